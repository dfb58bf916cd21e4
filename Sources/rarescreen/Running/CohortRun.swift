import Foundation
import Knowledge
import Model
import Reading
import Screening

/// Adds a case to the cohort: one pass over each of its files, in one transaction.
struct CohortRun {
  let subject: CohortCase
  let session: Session
  let database: String

  /// What was done, for the last line of the command.
  struct Outcome {
    var samples: [String]
    var tally: CarriageReader.Tally
    /// Nil where none were given.
    var findings: Int?
    var summary: CohortSummary

    /// The last lines for a terminal.
    var text: String {
      var lines: [String] = []
      if samples.isEmpty {
        lines.append("already there: nothing was added")
      } else {
        lines.append("added \(samples.count) samples: \(samples.joined(separator: ", "))")
        lines.append("\(tally.records) records, \(tally.alleles) alleles carried, \(tally.missing) genotypes missing")
        if tally.refused > 0 { lines.append("\(tally.refused) records refused by FILTER or QUAL count as missing") }
        if tally.otherContigs > 0 { lines.append("\(tally.otherContigs) records on other contigs are not counted") }
      }
      if let findings { lines.append("\(findings) findings kept") }
      return (lines + ["the cohort: \(summary)"]).joined(separator: "\n") + "\n"
    }
  }

  private struct Yield: Mergeable {
    var tally: CarriageReader.Tally
    /// In the order of the numbers.
    var sketches: [GenotypeSketch]

    mutating func merge(_ later: Yield) {
      tally += later.tally
      for index in sketches.indices { sketches[index] += later.sketches[index] }
    }
    mutating func shift(by records: Int) {}
  }

  /// - Parameters:
  ///   - findings: read before anything is written, so that a fault in them leaves the cohort alone.
  ///   - patience: seconds to wait for another writer.
  func add(
    extent: CohortAddition.Extent, replaces: Bool, findings: [CohortFinding]?, patience: Int
  ) throws -> Outcome {
    let now = Clock.now()
    let digests = try subject.digests()
    let writer = try CohortWriter(path: database, assembly: subject.assembly, patience: patience, now: now)
    let numbers = try writer.begin(
      CohortAddition(
        caseID: subject.id,
        members: subject.individuals.map { .init($0.namingItsFamily, digest: digests[$0.id]) },
        extent: extent, replaces: replaces, date: now))
    var tally = CarriageReader.Tally()
    if !numbers.isEmpty {
      let sites = try FingerprintSites(
        directory: try DataDirectory.find(given: session.options.knowledge) + "/data", assembly: subject.assembly)
      var sketches = Array(repeating: GenotypeSketch(sites: sites.count), count: numbers.count)
      for index in subject.paths.indices {
        guard let yield = try scan(index, numbers: numbers, sites: sites, into: writer) else { continue }
        tally += yield.tally
        for member in sketches.indices { sketches[member] += yield.sketches[member] }
      }
      try writer.add(zip(numbers.values.sorted(), sketches).map { (person: $0, sketch: $1) })
    }
    try writer.add(findings ?? [])
    let summary = try session.interruption.whileWriting { try writer.commit() }
    return Outcome(samples: numbers.keys.sorted(), tally: tally, findings: findings?.count, summary: summary)
  }

  private func scan(
    _ index: Int, numbers: [String: Int], sites: FingerprintSites, into writer: CohortWriter
  ) throws -> Yield? {
    let people = subject.individuals.filter { numbers[$0.id] != nil }
    // In the order of their numbers, which is that of the blocks.
    let individuals = people.sorted { (numbers[$0.id] ?? 0) < (numbers[$1.id] ?? 0) }
    let persons = individuals.map { numbers[$0.id] ?? 0 }
    let reader = CarriageReader(
      of: subject.files[index], individuals: individuals, assembly: subject.assembly, settings: subject.settings,
      reference: subject.reference)
    let columns = individuals.map { subject.files[index].header.samples.firstIndex(of: $0.id) }
    let sketching = SketchReader(sites: sites, sampleColumns: columns)
    let file = try VariantFile(path: subject.paths[index], isStrict: session.options.strict)
    do {
      let scanned = try foldRecords(
        of: file, plan: .all, session: session, tools: {},
        body: { _, records in
          let (rows, tally) = try reader.rows(in: records, of: index)
          var batch = CohortBatch()
          for row in rows {
            batch.add(row.allele, carriers: row.carriers.map { (person: persons[$0.member], carriage: $0.carriage) })
          }
          try writer.add(batch)
          var sketches = sketching.empty
          sketching.read(records, into: &sketches)
          return Yield(tally: tally, sketches: sketches)
        })
      session.warn(scanned.warnings)
      return scanned.yield
    } catch let error as ScreenError {
      throw Failure(error, in: subject.files[index].name)
    }
  }
}

extension Individual {
  fileprivate var namingItsFamily: Individual {
    var named = self
    named.family = familyOrSelf
    return named
  }
}
