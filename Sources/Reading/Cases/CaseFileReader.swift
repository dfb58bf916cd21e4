/// Gives the keys of a YAML case file their meaning.
struct CaseFileReader {
  var file: CaseFile
  /// The case that a file of reviews names.
  var reviewedCase: Located<String>?
  var list = FaultList(.malformedCase)

  static func read(_ root: DocumentNode, path: String) -> CaseFile {
    var reader = CaseFileReader(file: CaseFile(format: .yaml, path: path))
    reader.readKeys(of: root)
    reader.file.faults = reader.list.faults
    return reader.file
  }

  private mutating func readKeys(of root: DocumentNode) {
    guard case .map(let entries) = root.content else {
      let expected = "`key: value` lines, for example `variants: family.vcf.gz`"
      list.add(.key(.wrongShape(key: CaseFile.wholeCase, expected: expected, found: root.shape)), at: root.place)
      return
    }
    for entry in entries { read(entry) }
    if let pedigree = file.pedigree, !file.family.isEmpty {
      list.add(.key(.pedigreeAndFamily), at: pedigree.place)
    }
    if let reviewedCase, let own = file.id?.value, reviewedCase.value != own {
      list.add(.key(.reviewOfAnother(reviewedCase.value, own: own)), at: reviewedCase.place)
    }
  }

  private mutating func read(_ entry: DocumentNode.Entry) {
    let key = entry.key.value
    if case .null = entry.value.content, CaseFile.keys.contains(key) {
      list.add(.key(.emptyValue(key: key)), at: entry.key.place)
      return
    }
    switch key {
    case "case": file.id = text(entry)
    case "build": file.build = text(entry)
    case "variants": file.variants = texts(entry)
    case "pedigree":
      // A list under `pedigree` is an inline family under the wrong key, and reads well enough.
      if case .list = entry.value.content { file.family = individuals(entry) } else { file.pedigree = text(entry) }
    case "family": file.family = individuals(entry)
    case "proband": file.proband = text(entry)
    case "sex": file.sex = text(entry)
    case "onset": file.onset = text(entry)
    case "phenotypes": file.phenotypes = texts(entry)
    case "excluded_phenotypes": file.excludedPhenotypes = texts(entry)
    case "panels": file.panels = texts(entry)
    case "alignments": file.alignments = alignments(entry)
    case "reference": file.reference = text(entry)
    case "settings": file.settings = settings(entry)
    case "review": file.reviews = reviews(entry)
    case "report": file.signature = signature(entry.value)
    case "consent": readConsent(entry)
    default: unknown(entry.key, among: CaseFile.keys, synonyms: Self.synonyms)
    }
  }

  mutating func unknown(_ key: Located<String>, among known: [String], synonyms: [String: String] = [:]) {
    list.addUnknown(key, among: known, synonyms: synonyms)
  }

  /// Words that other programs use for our keys and that edit distance would not find.
  static let synonyms = [
    "id": "case", "case_id": "case", "name": "case", "genome": "build", "assembly": "build", "genome_build": "build",
    "genome_assembly": "build", "vcf": "variants", "vcfs": "variants", "bcf": "variants", "ped": "pedigree",
    "index": "proband", "patient": "proband", "hpo": "phenotypes", "hpo_ids": "phenotypes", "hpo_terms": "phenotypes",
    "not_hpo": "excluded_phenotypes", "excluded": "excluded_phenotypes", "genes": "panels", "gene_panels": "panels",
    "age_of_onset": "onset", "onset_age": "onset", "bam": "alignments", "bams": "alignments", "cram": "alignments",
    "fasta": "reference", "thresholds": "settings", "filters": "settings", "options": "settings", "reviews": "review",
    "reviewed": "review", "signature": "report", "sign_off": "report", "acmg": "review", "classify": "review",
    "classification": "review",
  ]

  mutating func text(_ entry: DocumentNode.Entry) -> Located<String>? { list.text(of: entry) }

  /// One value or a list of values.
  mutating func texts(_ entry: DocumentNode.Entry) -> [Located<String>] {
    guard case .list(let nodes) = entry.value.content else { return text(entry).map { [$0] } ?? [] }
    var texts: [Located<String>] = []
    for node in nodes {
      if case .map(let entries) = node.content, entries.count == 1, entries[0].key.value.uppercased() == "HP" {
        // `- HP: 0001250` is a map for YAML.
        let found = "HP: " + (entries[0].value.text?.value ?? "")
        let suggestion = HPOTerm.suggestion(for: found)
        list.add(.key(.notHPOTerm(found, suggestion: suggestion)), at: entries[0].key.place)
      } else if let element = text(DocumentNode.Entry(key: entry.key, value: node)) {
        texts.append(element)
      }
    }
    return texts
  }

  mutating func wrongShape(_ key: String, expected: String, of node: DocumentNode) {
    list.addWrongShape(key, expected: expected, of: node)
  }

  /// What members agreed to: `{secondary_findings: [CHILD]}`.
  private mutating func readConsent(_ entry: DocumentNode.Entry) {
    guard case .map(let entries) = entry.value.content else {
      wrongShape("consent", expected: "`{secondary_findings: [CHILD, MOTHER]}`", of: entry.value)
      return
    }
    for consent in entries {
      guard consent.key.value == "secondary_findings" else {
        unknown(consent.key, among: ["secondary_findings"])
        continue
      }
      // An empty list, or nothing, is a no.
      if case .null = consent.value.content { continue }
      file.secondaryConsent = texts(consent)
    }
  }

  private mutating func alignments(_ entry: DocumentNode.Entry) -> [CaseFile.Alignment] {
    guard case .map(let entries) = entry.value.content else {
      wrongShape("alignments", expected: "`{SAMPLE: file.bam}`", of: entry.value)
      return []
    }
    return entries.compactMap { sample in
      if case .list = sample.value.content {
        list.add(.key(.severalAlignments(sample.key.value)), at: sample.value.place)
        return nil
      }
      return text(sample).map { CaseFile.Alignment(sample: sample.key, path: $0) }
    }
  }

  private mutating func settings(_ entry: DocumentNode.Entry) -> [CaseFile.WrittenSetting] {
    guard case .map(let entries) = entry.value.content else {
      wrongShape("settings", expected: "`{max_af: 0.01}`", of: entry.value)
      return []
    }
    return entries.compactMap { setting in
      if case .list = setting.value.content {
        return CaseFile.WrittenSetting(key: setting.key, values: texts(setting), isList: true)
      }
      if case .null = setting.value.content {
        // An unknown key says more than its missing value, and is told when the settings are resolved.
        if SettingKey.named(setting.key.value) != nil {
          list.add(.key(.emptyValue(key: setting.key.value)), at: setting.key.place)
          return nil
        }
        return CaseFile.WrittenSetting(key: setting.key, values: [])
      }
      return text(setting).map { CaseFile.WrittenSetting(key: setting.key, values: [$0]) }
    }
  }

  private mutating func individuals(_ entry: DocumentNode.Entry) -> [WrittenIndividual] {
    guard case .list(let nodes) = entry.value.content else {
      wrongShape(
        entry.key.value, expected: "a list of `{id: CHILD, father: DAD, mother: MUM, sex: female, affected: yes}`",
        of: entry.value)
      return []
    }
    return nodes.compactMap { individual($0) }
  }

  private mutating func individual(_ node: DocumentNode) -> WrittenIndividual? {
    guard case .map(let entries) = node.content else {
      wrongShape("family", expected: "`{id: CHILD, sex: female, affected: yes}` for each person", of: node)
      return nil
    }
    var id: Located<String>?
    var person = WrittenIndividual(id: Located("", at: node.place))
    for entry in entries {
      if case .null = entry.value.content, entry.key.value != "id" { continue }
      switch entry.key.value {
      case "id": id = text(entry)
      case "father": person.father = parent(entry)
      case "mother": person.mother = parent(entry)
      case "sex": person.sex = text(entry)
      case "affected": person.affected = text(entry)
      default:
        let synonyms = ["sample": "id", "name": "id", "status": "affected", "phenotype": "affected", "gender": "sex"]
        unknown(entry.key, among: ["id", "father", "mother", "sex", "affected"], synonyms: synonyms)
      }
    }
    guard let id else {
      if !entries.contains(where: { $0.key.value == "id" }) { list.add(.key(.emptyValue(key: "id")), at: node.place) }
      return nil
    }
    person.id = id
    return person
  }

  private mutating func parent(_ entry: DocumentNode.Entry) -> Located<String>? {
    guard let text = entry.value.text else { return self.text(entry) }
    return PedigreeDialect.family.isMissingParent(text.value) ? nil : text
  }
}
