internal import Model

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `phenopacket.json`: the case as a GA4GH phenopacket, schema 2.0, with the candidates as its interpretations; a `Family` where
/// there is a pedigree of more than one. `rarescreen` reads it back as a case once it lies beside the files that it names.
///
/// It names files without their folders. The only time in it is the one that is given.
struct PhenopacketDocument {
  let report: Report
  /// `MetaData.created`; left out where nobody says, though validators ask for it.
  let issued: Instant?

  private var subject: Case { report.subject }
  private var isFamily: Bool { subject.pedigree.individuals.count > 1 }

  var document: JSONValue {
    guard isFamily else { return .present(packet + files + metaData) }
    return .present(
      [("id", .words(subject.id)), ("proband", .present(packet + metaData)), ("pedigree", pedigree)] + files
        + metaData)
  }

  /// The proband's own part.
  private var packet: [(String, JSONValue?)] {
    let proband = subject.pedigree[subject.proband]
    let features =
      subject.phenotypes.map { JSONValue.object(["type": PhenopacketCode($0).json]) }
      + subject.excludedPhenotypes.map { .object(["type": PhenopacketCode($0).json, "excluded": .bool(true)]) }
    let individual = JSONValue.present([
      ("id", .words(subject.proband)), ("sex", .string(Self.word(proband?.sex ?? .unknown))),
    ])
    return [
      ("id", .words(subject.id)), ("subject", individual), ("phenotypicFeatures", .array(features)),
      ("interpretations", .array(PhenopacketInterpretations(report: report).json)),
      // An onset has its place in a disease; which one it is nobody knows.
      (
        "diseases",
        subject.onset.map { onset in
          .array([
            .object([
              "term": PhenopacketCode.anyDisease.json,
              "onset": .object(["ontologyClass": PhenopacketCode(onset).json]),
            ])
          ])
        }
      ),
    ]
  }

  private var pedigree: JSONValue {
    let persons = subject.pedigree.individuals.map { person in
      JSONValue.present([
        ("familyId", .words(person.familyOrSelf)), ("individualId", .words(person.id)),
        ("paternalId", .words(person.father)), ("maternalId", .words(person.mother)),
        ("sex", .string(Self.word(person.sex))), ("affectedStatus", .string(Self.word(person.status))),
      ])
    }
    return .object(["persons": .array(persons)])
  }

  private static func word(_ sex: Sex) -> String {
    switch sex {
    case .male: "MALE"
    case .female: "FEMALE"
    case .unknown: "UNKNOWN_SEX"
    }
  }

  private static func word(_ status: AffectedStatus) -> String {
    switch status {
    case .affected: "AFFECTED"
    case .unaffected: "UNAFFECTED"
    case .unknown: "MISSING"
    }
  }

  // MARK: Files

  private var files: [(String, JSONValue?)] { [("files", .array(report.provenance.inputs.compactMap(file)))] }

  /// A file of variants or reads; nil for others, and for standard input. Reads are of the member to whom the case gave them.
  private func file(_ input: Provenance.InputFile) -> JSONValue? {
    guard input.isStored, let format = input.format else { return nil }
    let people = input.member.map { [$0] } ?? input.samples.filter { subject.pedigree[$0] != nil }
    return .present([
      ("uri", .string(Self.uri(of: input.name))),
      (
        "individualToFileIdentifiers",
        .object(people.map { JSONValue.Member($0, .string($0)) })
      ),
      (
        "fileAttributes",
        .present([
          ("fileFormat", .string(format.uppercased())), ("genomeAssembly", .string(subject.assembly.rawValue)),
          ("sha256", .words(input.digest)),
        ])
      ),
    ])
  }

  /// The name as a relative reference; one that needs escapes gets a scheme, by which readers know that they are escapes.
  private static func uri(of name: String) -> String {
    let digits = Array("0123456789ABCDEF")
    let escaped = name.utf8.reduce(into: "") { text, byte in
      let isPlain =
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
      if isPlain || "-._~".utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return escaped == name ? name : "file:" + escaped
  }

  // MARK: What made it

  private var metaData: [(String, JSONValue?)] {
    let terms = Set(PhenopacketInterpretations(report: report).prefixes + ["HP", "MONDO", "HGNC", "GENO"])
    let resources = PhenopacketResource.all.filter { terms.contains($0.prefix) }.map { resource in
      resource.json(version: resource.prefix == "HP" ? report.provenance.phenotypeRelease : nil)
    }
    let value = JSONValue.present([
      ("created", issued.map { .string("\($0)") }),
      ("createdBy", .words("\(report.provenance.program) \(report.provenance.version)")),
      ("resources", .array(resources)), ("phenopacketSchemaVersion", .string("2.0")),
    ])
    return [("metaData", value)]
  }
}
