internal import Model

/// What the VCF specification asks of a `##` line beyond its syntax.
struct HeaderRules {
  /// The `x` of VCF 4.x.
  let minorVersion: Int

  func faults(in meta: MetaLine) -> [FormatRule] {
    if meta.faults.contains(.metaSyntax), meta.attributes == nil { return [] }
    switch meta.key {
    case "INFO": return fieldFaults(meta, reserved: ReservedFields.info, types: Self.infoTypes)
    case "FORMAT": return fieldFaults(meta, reserved: ReservedFields.format, types: Self.formatTypes)
    case "FILTER": return identifierFaults(meta) + descriptionFaults(meta)
    case "ALT": return alternateFaults(meta)
    case "contig": return contigFaults(meta)
    case "META": return typeFaults(meta, types: Self.formatTypes)
    case "SAMPLE": return sampleFaults(meta)
    case "PEDIGREE": return pedigreeFaults(meta)
    case "pedigreeDB", "assembly": return isURL(meta.value) ? [] : [.metaValue]
    default: return []
    }
  }

  private static let infoTypes: Set<String> = ["Integer", "Float", "Flag", "Character", "String"]
  private static let formatTypes: Set<String> = ["Integer", "Float", "Character", "String"]

  private func fieldFaults(
    _ meta: MetaLine, reserved: [String: ReservedFields.Definition], types: Set<String>
  ) -> [FormatRule] {
    var faults = identifierFaults(meta) + descriptionFaults(meta) + typeFaults(meta, types: types)
    for name in ["ID", "Number", "Type"] where meta[name]?.isQuoted == true { faults.append(.metaQuote) }
    let number = meta["Number"].flatMap { VariantHeader.Number(text: $0.value) }
    if number == nil { faults.append(.metaNumber) }
    let type = meta["Type"].flatMap { VariantHeader.ValueType(rawValue: $0.value) }
    if let id = meta["ID"]?.value, let definition = reserved[id], definition.holds(in: minorVersion), let number,
      let type, definition.number != number || definition.type != type
    {
      faults.append(.metaReserved)
    }
    return faults
  }

  private func identifierFaults(_ meta: MetaLine) -> [FormatRule] {
    guard let id = meta["ID"]?.value, !id.isEmpty, !id.contains(where: \.isWhitespace) else { return [.metaIdentifier] }
    return meta.key == "FILTER" && id == "0" ? [.metaIdentifier] : []
  }

  private func descriptionFaults(_ meta: MetaLine) -> [FormatRule] {
    meta["Description"]?.isQuoted == true ? [] : [.metaDescription]
  }

  private func typeFaults(_ meta: MetaLine, types: Set<String>) -> [FormatRule] {
    guard let type = meta["Type"]?.value, types.contains(type) else { return [.metaType] }
    return []
  }

  /// ALT lines have ID and Description; where a writer adds Number and Type, they must be sound and in that order.
  private func alternateFaults(_ meta: MetaLine) -> [FormatRule] {
    var faults = identifierFaults(meta) + descriptionFaults(meta)
    if let id = meta["ID"]?.value, !isAlternateName(id) { faults.append(.metaIdentifier) }
    if let number = meta["Number"], VariantHeader.Number(text: number.value) == nil { faults.append(.metaNumber) }
    if meta["Type"] != nil { faults += typeFaults(meta, types: Self.infoTypes) }
    let keys = meta.attributes?.map(\.key) ?? []
    if let number = keys.firstIndex(of: "Number"), let type = keys.firstIndex(of: "Type"), type < number {
      faults.append(.metaSyntax)
    }
    return faults
  }

  /// First levels of symbolic alleles: those of the specification and those that callers in use write.
  private func isAlternateName(_ id: String) -> Bool {
    if id.utf8.count == 1 || id.hasPrefix("STR") { return true }
    // From 4.3 on an ID without levels may name anything, such as an assembly contig.
    if minorVersion >= 3, !id.contains(":"), !id.contains(where: { $0.isWhitespace || $0 == "<" || $0 == ">" }) {
      return true
    }
    let first = id.prefix { $0 != ":" }
    return [
      "DEL", "INS", "DUP", "INV", "CNV", "BND", "TRA", "CTX", "CPX", "MCNV", "ROH", "NON_REF", "LOH", "GAIN", "LOSS",
    ].contains(first) || (first.hasPrefix("CN") && first.dropFirst(2).allSatisfy(\.isNumber))
  }

  private func contigFaults(_ meta: MetaLine) -> [FormatRule] {
    guard let id = meta["ID"]?.value else { return [.metaIdentifier] }
    var faults: [FormatRule] = []
    if !isContigName(id.utf8) { faults.append(.metaIdentifier) }
    if let length = meta["length"]?.value, Int(length).map({ $0 < 0 }) ?? true { faults.append(.metaValue) }
    return faults
  }

  private func sampleFaults(_ meta: MetaLine) -> [FormatRule] {
    guard let id = meta["ID"]?.value, !id.isEmpty else { return [.metaIdentifier] }
    let isSound = id.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "*" }
    return isSound ? [] : [.metaIdentifier]
  }

  private func pedigreeFaults(_ meta: MetaLine) -> [FormatRule] {
    guard let attributes = meta.attributes else { return [.metaValue] }
    var faults: [FormatRule] = []
    if minorVersion >= 3, meta["ID"] == nil { faults.append(.metaIdentifier) }
    if attributes.contains(where: { !$0.isQuoted && $0.value.contains(where: \.isWhitespace) }) {
      faults.append(.metaValue)
    }
    return faults
  }

  /// `scheme://host/path`, with or without angle brackets, or a path; the host begins with a letter or is an address.
  private func isURL(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.hasPrefix("<"), rest.hasSuffix(">") { rest = rest.dropFirst().dropLast() }
    if rest.isEmpty || rest.contains(where: { $0.isWhitespace || $0 == "<" || $0 == ">" }) { return false }
    guard let scheme = rest.firstRange(of: "://") else { return true }
    let host = rest[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" }
    let isNumber = host.allSatisfy(\.isNumber)
    return !rest[..<scheme.lowerBound].isEmpty && !isNumber
  }
}

/// Whether the characters may stand in a contig name (VCF 4.3, section 1.4.7; the SAM specification's name pattern).
func isContigName(_ name: some Collection<UInt8>) -> Bool {
  guard let first = name.first, first != UInt8(ascii: "*"), first != Byte.equals else { return false }
  return name.allSatisfy { byte in
    guard byte > 32, byte < 127 else { return false }
    switch byte {
    case UInt8(ascii: "\\"), Byte.comma, UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "<"), UInt8(ascii: ">"):
      return false
    default: return true
    }
  }
}
