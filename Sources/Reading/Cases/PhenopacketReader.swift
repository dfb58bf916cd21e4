import Foundation
import Model

/// Gives a GA4GH phenopacket (schema v2, `Phenopacket` or `Family`) the same form as a YAML case file.
///
/// Field names are read in JSON spelling and in that of the protobuf files; the form may be JSON or YAML. The two fields of
/// schema v1 whose loss would change the meaning are read too: `negated` (now `excluded`) and `htsFiles` (now `files`).
struct PhenopacketReader {
  private var file: CaseFile
  private var list = FaultList(.malformedInput)
  private var assemblies: [Located<String>] = []

  static func recognises(_ root: DocumentNode) -> Bool {
    let fields = ["subject", "phenotypicFeatures", "metaData", "relatives", "interpretations"]
    if fields.contains(where: { root[$0] != nil }) { return true }
    return root["proband"].map { !$0.entries.isEmpty } ?? false
  }

  static func read(_ root: DocumentNode, path: String) -> CaseFile {
    let isFamily = root["proband"].map { !$0.entries.isEmpty } ?? false
    var reader = PhenopacketReader(file: CaseFile(format: isFamily ? .family : .phenopacket, path: path))
    if isFamily { reader.readFamily(root) } else { reader.readPhenopacket(root, path: "") }
    reader.file.id = text(root["id"]) ?? reader.file.id
    reader.file.build = reader.assemblies.first
    let build = reader.file.build.flatMap { Assembly(name: $0.value) }
    for assembly in reader.assemblies where build != nil && Assembly(name: assembly.value) != build {
      let mismatch = CaseFault.SampleFact.buildMismatch(
        written: reader.file.build?.value ?? "", found: assembly.value)
      reader.list.add(.sample(mismatch), at: assembly.place)
    }
    reader.file.faults = reader.list.faults
    return reader.file
  }

  /// A text that is there and not empty; protobuf writes an unset text as `""`.
  private static func text(_ node: DocumentNode?) -> Located<String>? {
    guard let text = node?.text, !text.value.isEmpty else { return nil }
    return text
  }

  private mutating func readFamily(_ root: DocumentNode) {
    if let proband = root["proband"] { readPhenopacket(proband, path: "proband.") }
    readPedigree(root["pedigree"])
    readFiles(root, path: "")
    let relatives = root["relatives"]?.elements ?? []
    for (position, relative) in relatives.enumerated() { readFiles(relative, path: "relatives[\(position)].") }
    let described = relatives.filter { !($0["phenotypicFeatures"]?.elements.isEmpty ?? true) }.count
    if described > 0, let place = root["relatives"]?.place {
      file.warnings.append(
        Wording(
          described, one: "\(place): the phenotypes of \(described) relative are not used",
          other: "\(place): the phenotypes of \(described) relatives are not used"))
    }
    if !relatives.isEmpty, file.family.isEmpty {
      file.warnings.append(
        "\(root.place): relatives without `pedigree` are not used, since their relation is not known")
    }
  }

  private mutating func readPhenopacket(_ root: DocumentNode, path: String) {
    let subject = root["subject"]
    file.proband = Self.text(subject?["id"])
    file.id = Self.text(root["id"]) ?? file.proband
    if let subject { readSex(subject) }
    let encounter = subject?["timeAtLastEncounter"] ?? subject?["ageAtCollection"]
    file.age = Self.text((encounter?["age"] ?? encounter)?["iso8601duration"])
    readOnset(root["diseases"])
    if let features = root["phenotypicFeatures"] {
      if case .list = features.content {
        for (position, feature) in features.elements.enumerated() {
          readFeature(feature, path: "\(path)phenotypicFeatures[\(position)]")
        }
      } else {
        wrongShape("\(path)phenotypicFeatures", expected: "a list", of: features)
      }
    }
    readFiles(root, path: path)
  }

  /// When the disease began, where a packet of one disease says so.
  private mutating func readOnset(_ diseases: DocumentNode?) {
    let onsets = (diseases?.elements ?? []).compactMap { $0["onset"] }
    guard onsets.count == 1, let onset = onsets.first else { return }
    file.onset = Self.text(onset["ontologyClass"]?["id"]) ?? Self.text((onset["age"] ?? onset)["iso8601duration"])
  }

  private mutating func wrongShape(_ key: String, expected: String, of node: DocumentNode) {
    list.add(.key(.wrongShape(key: key, expected: expected, found: node.shape)), at: node.place)
  }

  /// The chromosomes decide how many copies a male has of X and Y, so a plain karyotype stands above the recorded sex.
  private mutating func readSex(_ subject: DocumentNode) {
    file.sex = Self.text(subject["sex"])
    guard let karyotype = Self.text(subject["karyotypicSex"]) else { return }
    let recorded = file.sex.flatMap { PedigreeDialect.phenopacket.sex(of: $0.value) } ?? .unknown
    switch karyotype.value {
    case "XX", "XY":
      let sex = karyotype.value == "XX" ? "female" : "male"
      if recorded != .unknown, recorded.rawValue != sex {
        file.warnings.append(
          "\(karyotype.place): sex is \(recorded.rawValue) but karyotype \(karyotype.value); taken as \(sex)")
      }
      file.sex = karyotype.map { _ in sex }
    case "UNKNOWN_KARYOTYPE", "OTHER_KARYOTYPE": break
    default:
      file.warnings.append(
        "\(karyotype.place): karyotype \(quoted(karyotype.value)) is not modelled; copies of X and Y are those of the sex"
      )
    }
  }

  private mutating func readFeature(_ feature: DocumentNode, path: String) {
    guard case .map = feature.content else {
      wrongShape(path, expected: "`{\"type\": {\"id\": \"HP:0001250\"}}`", of: feature)
      return
    }
    guard let id = Self.text(feature["type"]?["id"]) else {
      list.add(.key(.emptyValue(key: path + ".type.id")), at: feature.place)
      return
    }
    guard id.value.uppercased().hasPrefix("HP") else {
      file.warnings.append("\(id.place): \(path).type.id \(quoted(id.value)) is no HPO term and is not used")
      return
    }
    // Schema v1 wrote `negated`; to overlook either field would turn absence into presence.
    let excluded = feature["excluded"] ?? feature["negated"]
    switch excluded?.text?.value {
    case nil, "false": file.phenotypes.append(id)
    case "true": file.excludedPhenotypes.append(id)
    case let word?:
      let fact = CaseFault.KeyFact.unknownWord(word, key: path + ".excluded", allowed: ["true", "false"], nearest: nil)
      list.add(.key(fact), at: excluded?.place ?? feature.place)
    }
  }

  private mutating func readPedigree(_ pedigree: DocumentNode?) {
    for (position, person) in (pedigree?["persons"]?.elements ?? []).enumerated() {
      guard let id = Self.text(person["individualId"]) else {
        list.add(.key(.emptyValue(key: "pedigree.persons[\(position)].individualId")), at: person.place)
        continue
      }
      func parent(_ field: String) -> Located<String>? {
        Self.text(person[field]).flatMap { PedigreeDialect.phenopacket.isMissingParent($0.value) ? nil : $0 }
      }
      file.family.append(
        WrittenIndividual(
          id: id, family: Self.text(person["familyId"]), father: parent("paternalId"), mother: parent("maternalId"),
          sex: Self.text(person["sex"]), affected: Self.text(person["affectedStatus"])))
    }
  }

  private mutating func readFiles(_ root: DocumentNode, path: String) {
    for name in ["files", "htsFiles"] {
      for (position, entry) in (root[name]?.elements ?? []).enumerated() {
        readFile(entry, path: "\(path)\(name)[\(position)]")
      }
    }
  }

  private mutating func readFile(_ entry: DocumentNode, path: String) {
    guard let uri = Self.text(entry["uri"] ?? entry["path"]) else {
      list.add(.key(.emptyValue(key: path + ".uri")), at: entry.place)
      return
    }
    let attributes = entry["fileAttributes"]
    let location = uri.map(Self.path(ofURI:))
    let format = Self.text(attributes?["fileFormat"] ?? entry["htsFormat"])?.value ?? Self.format(of: location.value)
    let samples = entry["individualToFileIdentifiers"] ?? entry["individualToSampleIdentifiers"]
    switch format.lowercased() {
    case "vcf", "gvcf", "bcf":
      if !file.variants.contains(where: { $0.value == location.value }) { file.variants.append(location) }
      if let assembly = Self.text(attributes?["genomeAssembly"] ?? entry["genomeAssembly"]) {
        assemblies.append(assembly)
      }
      for sample in samples?.entries ?? [] {
        guard let name = Self.text(sample.value), name.value != sample.key.value else { continue }
        file.sampleNames.append(CaseFile.SampleName(individual: sample.key.value, sample: name))
      }
    case "bam", "cram", "sam":
      for sample in samples?.entries ?? [] {
        file.alignments.append(CaseFile.Alignment(sample: sample.key, path: location))
      }
      if (samples?.entries ?? []).isEmpty, let proband = file.proband {
        file.alignments.append(CaseFile.Alignment(sample: proband, path: location))
      }
    case "ped", "fam":
      if file.family.isEmpty {
        file.pedigree = location
      } else {
        file.warnings.append("\(uri.place): \(path) is not used, since the packet holds a pedigree itself")
      }
    default:
      file.warnings.append("\(uri.place): \(path) is of format \(quoted(format)) and is not used")
    }
  }

  private static func format(of path: String) -> String {
    let names = path.split(separator: "/").last?.lowercased().split(separator: ".") ?? []
    return String(names.last { $0 != "gz" && $0 != "bgz" } ?? "")
  }

  /// The path of a `file:` URI (RFC 8089) with its percent signs decoded; other texts are left as they are.
  private static func path(ofURI uri: String) -> String {
    guard uri.lowercased().hasPrefix("file:") else { return uri }
    var rest = uri.dropFirst(5)
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      if rest.hasPrefix("localhost/") { rest = rest.dropFirst("localhost".count) }
    }
    return rest.removingPercentEncoding ?? String(rest)
  }
}
