import Foundation
import Model
import Screening
import TestSupport

/// A line of the tables that VIP's inheritance matcher is tested with: the family's calls and the expected answer.
struct VIPLine {
  var name: String
  var expected: String
  var fixture: FamilyFixture
  var contig: String
  /// GT of each member at the site, and at the other site of a pair.
  var calls: [String: String]
  var otherCalls: [String: String]

  /// `true`, `possible` and `false` of the tables in our words.
  var expectedWord: String { ["true": "PASS", "possible": "POSSIBLE"][expected] ?? "FAIL" }

  /// - Parameter columns: the header's column names; the table for Y has none and shares those of the others.
  init(_ fields: [String], columns: [String], contig: String, isIncomplete: Bool) {
    var values: [String: String] = [:]
    for (column, field) in zip(columns, fields) { values[column] = field }
    func status(_ member: String) -> AffectedStatus {
      ["AFFECTED": .affected, "MISSING": .unknown][values["\(member)AffectedStatus"] ?? ""] ?? .unaffected
    }
    let sex: Sex = values["probandSex"] == "FEMALE" ? .female : .male
    var people = Pedigree.trio(childSex: sex, father: status("father"), mother: status("mother")).individuals
    let hasBrother = !(values["brotherAffectedStatus"] ?? "").isEmpty
    if hasBrother {
      people.append(
        Individual(
          id: "brother", family: "F", father: "father", mother: "mother", sex: .male, status: status("brother")))
    }
    fixture = FamilyFixture(Pedigree(people))
    fixture.settings.incompletePenetrance = isIncomplete
    name = values["name"] ?? ""
    expected = values["expected"] ?? ""
    self.contig = values["gene"] ?? contig
    calls = [:]
    otherCalls = [:]
    for (person, column) in [("child", "proband"), ("father", "father"), ("mother", "mother"), ("brother", "brother")] {
      calls[person] = Self.call(values["\(column)Gt"])
      otherCalls[person] = Self.call(values["\(column)OtherGt"])
    }
  }

  /// `0|1:block1` as a call literal without quality fields; nil where the cell is empty.
  private static func call(_ cell: String?) -> String? {
    guard let cell, !cell.isEmpty else { return nil }
    let parts = cell.split(separator: ":")
    // BARE would drop the phase set, so the fields are emptied one by one.
    return "\(parts[0]) AD . GQ ." + (parts.count > 1 ? " PS \(parts[1])" : "")
  }

  private func alternates(of call: String?) -> [Int] {
    let genotype = (call ?? ".").prefix { $0 != " " }
    let carried = Set(genotype.split { "/|".contains($0) }.compactMap { Int($0) }.filter { $0 > 0 })
    return carried.isEmpty ? [1] : carried.sorted()
  }

  private func alleles(_ calls: [String: String], position: Int) -> [SegregatingAllele] {
    alternates(of: calls["child"]).map {
      fixture.at("\(contig):\(position) A>C,G,T,AA", calls, alternate: $0)
    }
  }

  /// The tables judge a record, ours an allele: the best over the alleles that the proband carries.
  func verdict(_ model: InheritanceModel, mode: ModeOfInheritance) -> Verdict {
    let position = contig == "MT" ? 3_243 : 20_000_000
    let first = alleles(calls, position: position)
    let verdicts: [Verdict]
    if model == .recessiveCompound {
      verdicts = first.flatMap { one in
        alleles(otherCalls, position: position + 1_000).map {
          fixture.inheritance.pairVerdict(one, $0, in: .fixture(mode)).verdict.verdict
        }
      }
    } else {
      verdicts = first.compactMap { fixture.verdict(model, $0, mode: mode) }
    }
    return verdicts.first { $0.isPass } ?? verdicts.first { !$0.isFail } ?? verdicts.first ?? .fail([])
  }

  static func lines(of file: String, contig: String, isIncomplete: Bool) throws -> [VIPLine] {
    let path = RealData.path("families/vip-inheritance/src/test/resources/\(file).tsv")
    var columns = [
      "name", "probandGt", "probandAffectedStatus", "probandSex", "fatherGt", "fatherAffectedStatus", "motherGt",
      "motherAffectedStatus", "brotherGt", "brotherAffectedStatus", "expected",
    ]
    var lines: [VIPLine] = []
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if fields[0] == "name" {
        columns = fields
      } else {
        lines.append(VIPLine(fields, columns: columns, contig: contig, isIncomplete: isIncomplete))
      }
    }
    return lines
  }
}

/// The few columns of a small VCF that the tests of the models need.
struct SmallVCF {
  struct Record {
    var contig: String
    var position: Int
    var reference: String
    var alternates: [String]
    var info: [String: String]
    /// By sample name.
    var calls: [String: GenotypeCall]
  }

  var samples: [String] = []
  var records: [Record] = []

  init(_ path: String) throws {
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("##") {
      let fields = line.split(separator: "\t").map(String.init)
      // One of the files leaves QUAL or ID out, so FORMAT is found by its content.
      guard let format = fields.firstIndex(where: { $0.hasPrefix("GT") || $0 == "FORMAT" }) else { continue }
      if fields[0] == "#CHROM" {
        samples = Array(fields[(format + 1)...])
        continue
      }
      var info: [String: String] = [:]
      for item in fields[format - 1].split(separator: ";") {
        let pair = item.split(separator: "=", maxSplits: 1).map(String.init)
        info[pair[0]] = pair.count > 1 ? pair[1] : ""
      }
      let names = fields[format].split(separator: ":").map(String.init)
      var calls: [String: GenotypeCall] = [:]
      for (sample, column) in zip(samples, fields[(format + 1)...]) { calls[sample] = Self.call(names, column) }
      records.append(
        Record(
          contig: fields[0], position: Int(fields[1]) ?? 0, reference: fields[3],
          alternates: fields[4].split(separator: ",").map(String.init), info: info, calls: calls))
    }
  }

  private static func call(_ names: [String], _ column: String) -> GenotypeCall {
    var values: [String: String] = [:]
    for (name, value) in zip(names, column.split(separator: ":")) where value != "." { values[name] = String(value) }
    let text = values["GT"] ?? "./."
    return GenotypeCall(
      text: text, alleles: text.split { "/|".contains($0) }.map { Int($0) }, isPhased: text.contains("|"),
      depth: values["DP"].flatMap(Int.init), quality: values["GQ"].flatMap(Double.init),
      alleleDepths: values["AD"]?.split(separator: ",").map { Int($0) } ?? [], phaseSet: values["PID"],
      physicalPhase: values["PGT"])
  }
}

extension FamilyFixture {
  /// The first alternate of a record, read for everybody in the pedigree.
  func at(_ record: SmallVCF.Record) -> SegregatingAllele? {
    guard let contig = Contig(name: record.contig) else { return nil }
    let reader = GenotypeReader(assembly: assembly, settings: settings)
    let genotypes = pedigree.individuals.map {
      reader.genotype(
        of: record.calls[$0.id] ?? .missing, alternate: 1, among: record.alternates,
        at: Locus(contig, record.position), for: $0, phaseScope: "file")
    }
    return SegregatingAllele(
      allele: Allele(contig, record.position, record.reference, record.alternates[0]), genotypes: genotypes)
  }
}
