public import Model

/// A laboratory's template for its reports: a YAML file and the logo that it names.
///
///     laboratory: {name: Genetics Laboratory, address: 1 Hospital Road, accreditation: ISO 15189}
///     logo: logo.svg
///     sign_off: [{role: Laboratory director, name: Dr. A. Berg}]
///     sections: [candidates, quality]
public struct TemplateFile: Sendable {
  public let template: ReportTemplate
  public let path: String
  public let logoPath: String?

  /// - Throws: every fault of the file and of its logo at once.
  public static func read(path: String) throws(CaseError) -> TemplateFile {
    do throws(CaseError) {
      let text = try CaseText.read(path, as: .template, reason: .malformedInput)
      let start = DocumentNode(place: SourcePlace(file: path, line: 1, column: 1), content: .null)
      var reader = TemplateReader()
      reader.read(try DocumentNode.yaml(text, file: path) ?? start)
      if !reader.list.faults.isEmpty { throw CaseError(reader.list.faults) }
      return TemplateFile(template: reader.template, path: path, logoPath: reader.logoPath)
    } catch {
      throw error.ofInput
    }
  }
}

/// Gives the keys of a template their meaning.
private struct TemplateReader {
  var template = ReportTemplate()
  var logoPath: String?
  var list = FaultList(.malformedInput)

  private static let keys = ["laboratory", "logo", "title", "disclaimer", "sign_off", "sections"]
  private static let synonyms = [
    "lab": "laboratory", "letterhead": "laboratory", "picture": "logo", "image": "logo", "heading": "title",
    "report": "title", "signatures": "sign_off", "signers": "sign_off", "signed_by": "sign_off", "order": "sections",
    "note": "disclaimer", "legal": "disclaimer",
  ]

  mutating func read(_ root: DocumentNode) {
    let expected = "its keys: " + Self.keys.joined(separator: ", ")
    for entry in list.entries("the template", of: root, expected: expected) {
      switch entry.key.value {
      case "laboratory": template.laboratory = laboratory(entry.value)
      case "logo": template.logo = list.text(of: entry).flatMap { logo($0) }
      case "title": template.title = localText(entry)
      case "disclaimer": template.disclaimer = localText(entry)
      case "sign_off": template.signatures = signatures(entry)
      case "sections": template.sections = sections(entry)
      default: list.addUnknown(entry.key, among: Self.keys, synonyms: Self.synonyms)
      }
    }
  }

  private mutating func laboratory(_ node: DocumentNode) -> ReportTemplate.Laboratory? {
    var laboratory = ReportTemplate.Laboratory(name: LocalText(""))
    var isNamed = false
    let entries = list.entries("laboratory", of: node, expected: "`{name: …, address: …, accreditation: …}`")
    for entry in entries {
      switch entry.key.value {
      case "name":
        isNamed = true
        if let name = localText(entry) { laboratory.name = name }
      case "address": laboratory.address = localText(entry)
      case "phone": laboratory.phone = list.words(of: entry)
      case "email": laboratory.email = list.words(of: entry)
      case "accreditation": laboratory.accreditation = localText(entry)
      default:
        list.addUnknown(
          entry.key, among: ["name", "address", "phone", "email", "accreditation"],
          synonyms: ["telephone": "phone", "tel": "phone", "mail": "email", "accredited": "accreditation"])
      }
    }
    if !entries.isEmpty, !isNamed { list.add(.key(.emptyValue(key: "name")), at: node.place) }
    return laboratory
  }

  /// One text, or one for each language.
  private mutating func localText(_ entry: DocumentNode.Entry) -> LocalText? {
    guard case .map(let entries) = entry.value.content else { return list.words(of: entry).map { LocalText($0) } }
    var texts: [String: String] = [:]
    for language in entries {
      if LocalText.languages.contains(language.key.value) {
        texts[language.key.value] = list.words(of: language)
      } else {
        list.addUnknown(language.key, among: LocalText.languages)
      }
    }
    if entries.isEmpty { list.add(.key(.emptyValue(key: entry.key.value)), at: entry.key.place) }
    return LocalText(texts)
  }

  private mutating func logo(_ written: Located<String>) -> ReportTemplate.Logo? {
    let path = InputFile.path(written)
    do throws(CaseError) {
      let logo = try LogoFile.read(path: path, namedAt: written.place)
      logoPath = path
      return logo
    } catch {
      list.faults += error.faults
      return nil
    }
  }

  private mutating func signatures(_ entry: DocumentNode.Entry) -> [ReportTemplate.Signature] {
    let expected = "a list of `{role: Laboratory director, name: Dr. A. Berg}`"
    guard case .list(let nodes) = entry.value.content else {
      list.addWrongShape("sign_off", expected: expected, of: entry.value)
      return []
    }
    return nodes.compactMap { node in
      var role: LocalText?
      var name: String?
      let entries = list.entries("sign_off", of: node, expected: expected)
      for entry in entries {
        switch entry.key.value {
        case "role": role = localText(entry)
        case "name": name = list.words(of: entry)
        default: list.addUnknown(entry.key, among: ["role", "name"], synonyms: ["title": "role", "who": "name"])
        }
      }
      if !entries.isEmpty, !entries.contains(where: { $0.key.value == "role" }) {
        list.add(.key(.emptyValue(key: "role")), at: node.place)
      }
      return role.map { ReportTemplate.Signature(role: $0, name: name) }
    }
  }

  private mutating func sections(_ entry: DocumentNode.Entry) -> [ReportSection] {
    guard case .list(let nodes) = entry.value.content else {
      list.addWrongShape("sections", expected: "a list, for example `[candidates, quality]`", of: entry.value)
      return []
    }
    let known = ReportSection.allCases.map(\.rawValue)
    var sections: [ReportSection] = []
    for node in nodes {
      guard let text = list.text(of: DocumentNode.Entry(key: entry.key, value: node)) else { continue }
      if let section = ReportSection(rawValue: text.value) {
        if sections.contains(section) { list.add(.report(.repeatedSection(text.value)), at: text.place) }
        sections.append(section)
      } else {
        let nearest = nearest(to: text.value, in: known)
        list.add(
          .key(.unknownWord(text.value, key: "sections", allowed: known, nearest: nearest)), at: text.place)
      }
    }
    return sections
  }
}
