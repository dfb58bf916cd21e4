public import Model

/// Where a file keeps consequences, population frequencies, ClinVar and predictions, as its header tells.
///
/// Fields are found by name and description: gnomAD (v2 to v4), 1000 Genomes, ExAC, TOPMed, dbNSFP, VEP, SnpEff, SnpSift,
/// slivar and vcfanno spellings are known. A caller's own `AF`, `AC` and `AN` are counts of the call set, not of a population:
/// they are used only when their description names a population database, or when a case maps them to a role.
public struct AnnotationLayout: Sendable {
  /// One field that plays a role.
  struct FieldUse: Sendable, Hashable {
    var name: String
    var role: AnnotationRole
    /// Place of the field's database in `databases`.
    var database: Int
    var group: AncestryGroup?
    var scope: AnnotationFieldName.Scope
    var number: VariantHeader.Number
  }

  /// A field's use as `facts` needs it for every allele: without text, so that passing it on costs nothing.
  struct FactUse: Sendable {
    var role: AnnotationRole
    var database: Int
    var group: AncestryGroup?
    var scope: AnnotationFieldName.Scope
    var number: VariantHeader.Number
    /// Place of the name in `AnnotationLayout.useNames`.
    var name: Int
    /// dbSNP's CAF, whose list has the reference in front.
    var isReferenceFirst: Bool
    /// Whether the field speaks of the allele. VEP's CLIN_SIG is that of the position.
    var isOfAllele: Bool

    init(_ use: FieldUse, name: Int) {
      role = use.role
      database = use.database
      group = use.group
      scope = use.scope
      number = use.number
      self.name = name
      isReferenceFirst = use.name.uppercased() == "CAF"
      isOfAllele = use.name.uppercased() != "CLIN_SIG"
    }
  }

  /// What the value of a wanted INFO key is read for.
  struct KeyUse: Sendable {
    /// Places in `infoUses`.
    var uses: Range<Int>
    /// Place in `formats` of the consequence annotation that the key holds.
    var format: Int?
  }

  /// What says that a record is a repeat caller's: the unit of the repeat and its length in the reference.
  private static let repeatKeys = ["RU", "RL"]

  /// Consequence annotations, the preferred one first: VEP, SnpEff, bcftools csq.
  let formats: [ConsequenceFormat]
  /// Population databases by their words in field names, in the order in which they were found.
  let databases: [String]
  /// The INFO keys that are read, and for what.
  let keys: InfoKeys
  let keyUses: [KeyUse]
  let infoUses: [FactUse]
  /// For each consequence annotation, the sub-fields that play a role, with their index.
  let subfieldUses: [[(index: Int, use: FactUse)]]
  /// For each consequence annotation, the sub-fields that `facts` looks at.
  let factSubfields: [ConsequenceEntries.Subfields]
  /// Names of all fields that play a role, sorted.
  let useNames: [String]
  /// What was found, in words, sorted by role: `af: gnomAD_AF, CSQ/gnomADe_AF`.
  public let sources: [String]
  /// What is odd about the consequences of the file, in words.
  private let consequenceRemark: Wording?
  /// Names that a case maps to roles and that the header does not define, sorted.
  public let undefined: [String]
  /// Roles that some field plays.
  public let roles: Set<AnnotationRole>

  /// - Parameters:
  ///   - header: of the file that the records come from.
  ///   - mapped: INFO keys or CSQ sub-fields that a case names for a role. A role that is named here is played by these fields
  ///     alone.
  public init(header: VariantHeader, roles mapped: [AnnotationRole: [String]] = [:]) {
    var finder = AnnotationFieldFinder(mapped: mapped)
    formats = Self.formats(in: header)
    for key in header.info.keys.sorted() where !formats.contains(where: { $0.key == key }) {
      if let field = header.info[key] { finder.add(info: field) }
    }
    for format in formats { finder.add(subfieldsOf: format) }
    databases = finder.databases
    let useNames = Set(finder.info.map(\.name) + finder.subfields.flatMap { $0.map(\.use.name) }).sorted()
    let compiled = { (use: FieldUse) in FactUse(use, name: useNames.firstIndex(of: use.name) ?? 0) }
    let keys = InfoKeys(Self.repeatKeys + finder.info.map(\.name) + formats.map(\.key))
    var infoUses: [FactUse] = []
    keyUses = keys.names.map { [formats] name in
      let first = infoUses.count
      infoUses += finder.info.filter { $0.name == name }.map(compiled)
      return KeyUse(uses: first..<infoUses.count, format: formats.firstIndex { $0.key == name })
    }
    self.infoUses = infoUses
    self.keys = keys
    self.useNames = useNames
    subfieldUses = finder.subfields.map { $0.map { ($0.index, compiled($0.use)) } }
    factSubfields = zip(formats, finder.subfields).map { format, uses in
      ConsequenceEntries.Subfields(of: format, holding: Set(uses.map(\.index)))
    }
    undefined = finder.undefined
    roles = Set(finder.info.map(\.role) + finder.subfields.flatMap { $0.map(\.use.role) })
    sources = Self.wording(formats: formats, finder: finder, roles: roles)
    consequenceRemark =
      formats.isEmpty && header.info["EFF"] != nil ? " (EFF, the format of SnpEff before 4.1, is not read)" : nil
  }

  /// The INFO keys that results are made of.
  public var readKeys: [String] { keys.names }

  /// The preferred consequence annotation; nil when the file has none.
  public var consequenceSource: Consequence.Source? { formats.first?.source }

  /// Whether the fields are those of a repeat caller.
  func isRepeat(_ fields: ArraySlice<InfoFields.Field>) -> Bool {
    Self.repeatKeys.indices.allSatisfy { key in fields.contains { $0.key == key } }
  }

  private static func formats(in header: VariantHeader) -> [ConsequenceFormat] {
    func preference(_ format: ConsequenceFormat) -> Int {
      switch format.source {
      case .vep: 0
      case .snpEff: 1
      case .bcftools: 2
      case .told, .geneModel: 3
      }
    }
    return header.info.values.compactMap(ConsequenceFormat.init)
      .sorted { (preference($0), $0.key) < (preference($1), $1.key) }
  }

  /// What neither the file tells nor others do, in words: `consequence: none`.
  ///
  /// - Parameters:
  ///   - others: roles that are played by what is asked beside the file.
  ///   - tellsConsequences: whether consequences are told where the file has none.
  public func missing(beside others: Set<AnnotationRole> = [], tellsConsequences: Bool = false) -> [Wording] {
    let roles = roles.union(others)
    var missing: [Wording] = []
    if formats.isEmpty, !tellsConsequences { missing.append("consequence: none\(consequenceRemark ?? "")") }
    if roles.isDisjoint(with: [.alleleFrequency, .populationMaximum, .filteringFrequency, .alleleCount]) {
      missing.append("population frequency: none")
    } else if !roles.contains(.alleleNumber) {
      missing.append("number of chromosomes (an): none, so absence from a database cannot be told from no coverage")
    }
    if !roles.contains(.clinVarSignificance) { missing.append("ClinVar: none") }
    if roles.isDisjoint(with: [.revel, .alphaMissense, .cadd]) { missing.append("missense predictor: none") }
    if !roles.contains(.spliceAI) { missing.append("SpliceAI: none") }
    return missing
  }

  private static func wording(
    formats: [ConsequenceFormat], finder: AnnotationFieldFinder, roles: Set<AnnotationRole>
  ) -> [String] {
    var sources = formats.map { format in
      let program =
        switch format.source {
        case .vep: "VEP"
        case .snpEff: "SnpEff"
        case .bcftools: "bcftools csq"
        case .told, .geneModel: "gene model"
        }
      return "consequence: \(format.key) (\(program), \(format.names.count) sub-fields)"
    }
    for role in AnnotationRole.allCases where roles.contains(role) {
      var names = finder.info.filter { $0.role == role }.map(\.name)
      for (format, uses) in zip(formats, finder.subfields) {
        names += uses.filter { $0.use.role == role }.map { "\(format.key)/\($0.use.name)" }
      }
      // gnomAD's own files hold dozens of fields by ancestry group.
      let rest = names.count > 6 ? " and \(names.count - 6) more" : ""
      sources.append("\(role.rawValue): \(names.prefix(6).joined(separator: ", "))\(rest)")
    }
    return sources
  }
}
