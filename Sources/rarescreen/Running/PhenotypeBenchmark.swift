import Dispatch
import Foundation
import Knowledge
import Model
import Reading
import Screening
import Synchronization
import Writing

/// Ranks the known cause of every phenopacket below a folder, and sums up how well that went.
struct PhenotypeBenchmark {
  let folder: String
  let session: Session

  func run(out: String?) throws {
    let files = try phenopackets()
    let data = try PhenotypeData(session.options, for: .unknown)
    let ranks = try BySex(data)
    let outcomes = Mutex<[Int: Outcome]>([:])
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: session.options.workers) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < files.count else { return }
        let outcome = Self.outcome(of: files[place], in: folder, data, ranks)
        outcomes.withLock { $0[place] = outcome }
      }
    }
    var cases: [BenchmarkCase] = []
    var leftOut: [String: Int] = [:]
    var unknownTerms = 0
    for (_, outcome) in outcomes.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      switch outcome {
      case .ranked(let one, let unknown):
        cases.append(one)
        unknownTerms += unknown
      case .leftOut(let reason): leftOut[reason, default: 0] += 1
      }
    }
    session.warn(leftOut.sorted { $0.key < $1.key }.map { "\($0.value) phenopackets were left out: \($0.key)" })
    if unknownTerms > 0 {
      session.warn(["\(unknownTerms) terms are not in HPO's release \(data.likelihood.index.version) and were left out"]
      )
    }
    if cases.isEmpty { throw Failure(.malformedInput, "\(folder): no phenopacket with terms and a known cause") }
    try write(PhenotypeBenchmarkReport(cases), to: out)
  }

  /// What ranks patients of each sex.
  private struct BySex: Sendable {
    private let male, female, unknown: PublishedCaseRanks

    init(_ data: PhenotypeData) throws {
      unknown = PublishedCaseRanks(data.likelihood)
      male = PublishedCaseRanks(PhenotypeLikelihood(try PhenotypeIndex(directory: data.directory, for: .male)))
      female = PublishedCaseRanks(PhenotypeLikelihood(try PhenotypeIndex(directory: data.directory, for: .female)))
    }

    subscript(sex: Sex) -> PublishedCaseRanks {
      switch sex {
      case .male: male
      case .female: female
      case .unknown: unknown
      }
    }
  }

  private enum Outcome: Sendable {
    /// With the number of terms that the release does not hold.
    case ranked(BenchmarkCase, unknownTerms: Int)
    case leftOut(String)
  }

  private func write(_ report: PhenotypeBenchmarkReport, to out: String?) throws {
    if let out {
      let files = [
        OutputFile(name: "ranks.tsv", bytes: report.ranks), OutputFile(name: "summary.tsv", bytes: report.summary),
      ]
      try session.interruption.whileWriting { try OutputFolder(path: out).write(files) }
    }
    if !session.options.quiet { try StandardOutput.write(String(decoding: report.summary, as: UTF8.self)) }
  }

  private func phenopackets() throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder), let names = FileManager.default.enumerator(atPath: folder)
    else {
      throw Failure(.missingInput, "\(folder): no folder that can be read; give the folder of the phenopackets")
    }
    let files = names.compactMap { $0 as? String }.filter {
      $0.hasSuffix(".json") && !$0.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    if files.isEmpty {
      throw Failure(.missingInput, "\(folder): no file ends in .json; give the folder of the phenopackets")
    }
    return files.sorted()
  }

  private static func outcome(
    of name: String, in folder: String, _ data: PhenotypeData, _ models: BySex
  ) -> Outcome {
    do {
      let published = try PublishedCase(path: folder + "/" + name)
      guard let disease = published.diseases.first, Set(published.diseases).count == 1 else {
        return .leftOut(
          published.diseases.isEmpty ? "no disease is named as the cause" : "several diseases are the cause")
      }
      guard let gene = published.genes.first else { return .leftOut("no gene is named as the cause") }
      let resolved = try published.file.resolve(needsVariants: false)
      // A published case may contradict itself; what it says is absent gives way.
      let cleaned = data.ontology.clean(observed: resolved.phenotypes, excluded: [])
      let absent = data.ontology.clean(observed: [], excluded: resolved.excludedPhenotypes)
      let contradicted = Set(cleaned.observed.flatMap { data.ontology.ancestors(of: $0.id) })
      let query = PhenotypeQuery(
        observed: cleaned.observed, excluded: absent.excluded.filter { !contradicted.contains($0.id) },
        sex: resolved.probandSex, onset: resolved.onset, in: data.likelihood.index)
      if query.observed.isEmpty { return .leftOut("no observed phenotypic abnormality") }
      let genes = published.genes.compactMap { data.genes.find(hgncID: $0.hgncID, symbol: $0.symbol).gene?.hgncID }
      let ranks = models[query.sex]
      let found = try ranks.ranks(
        of: query, disease: disease, genes: Set(genes), references: published.references, seed: seed(name))
      return .ranked(
        BenchmarkCase(
          file: name, disease: disease, gene: gene.symbol, observedCount: query.observed.count,
          excludedCount: query.excluded.count, isAnnotated: ranks.isAnnotated(disease), isTest: isTest(gene.symbol),
          ranks: found),
        unknownTerms: cleaned.faults.count + absent.faults.count)
    } catch {
      return .leftOut("cannot be read, such as \(name): \(Failure(error).message.prefix(200))")
    }
  }

  /// Genes are divided by the lowest bit of the first byte of the SHA-256 of their symbol: 1 is the half for tests.
  private static func isTest(_ symbol: String) -> Bool {
    (FileDigest.sha256(ofText: symbol).first ?? 0) & 1 == 1
  }

  private static func seed(_ name: String) -> UInt64 {
    FileDigest.sha256(ofText: name).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
