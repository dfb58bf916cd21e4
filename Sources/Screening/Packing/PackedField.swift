internal import Knowledge
internal import Model

/// A field of a store and what fills it.
struct PackedField: Sendable {
  /// What is read of a record or a row for the field.
  enum Reading: Sendable, Hashable {
    /// The number that a key or column has for the allele; of SpliceAI's own entries, `ALLELE|SYMBOL|DS_AG|…`, the highest delta.
    case number
    /// All of the value, as it stands.
    case words
    /// Stars of a review status in words.
    case stars
    /// The record's ID, where it is a number.
    case recordID
    /// FILTER, where it is neither `PASS` nor missing.
    case filter
    /// FAF95 from the counts of the groups, where the source has none.
    case computedFAF95
    /// The changes of the protein that the allele means, by transcript.
    case proteinChange
  }

  var field: StoreMetadata.Field
  /// INFO key or column of the source; empty where none is read.
  var key: String
  var reading: Reading

  init(_ name: String, _ type: StoreMetadata.Field.ValueType, _ description: String, key: String, _ reading: Reading) {
    field = StoreMetadata.Field(name: name, type: type, description: description)
    self.key = key
    self.reading = reading
  }
}

/// An INFO key or a column of a source.
struct SourceKey: Sendable {
  var name: String
  /// Whether it holds whole numbers; nil where the source does not tell.
  var isInteger: Bool?
  var description = ""
}

/// Which fields of a source go into a store of a kind, and under which names.
///
/// Population figures keep their names behind the name of the store (`gnomad_AF_afr`); ClinVar and scores have the names by which
/// `annotate` writes them whatever the source calls them.
struct PackedFields {
  let kind: StoreMetadata.Kind
  /// Name of the store.
  let name: String
  /// Fields that are asked for by name; nil for all that are known.
  let wanted: [String]?

  /// The changes of the protein, where consequences can be told.
  static let proteinChange = "CLN_PROTEIN"
  /// The stars of ClinVar's review status, by which one of several records of an allele stands for it.
  static let stars = "CLNSTARS"

  /// The kinds of store that a source has fields for. ClinVar's own significance speaks for ClinVar alone.
  static func kinds(of keys: [SourceKey]) -> [StoreMetadata.Kind] {
    let kinds = StoreMetadata.Kind.allCases.filter {
      !PackedFields(kind: $0, name: "x", wanted: nil).fields(of: keys, hasFilter: false).isEmpty
    }
    return kinds.contains(.clinvar) ? [.clinvar] : kinds
  }

  /// - Parameter keys: of the source, in its order.
  func fields(of keys: [SourceKey], hasFilter: Bool) -> [PackedField] {
    switch kind {
    case .frequency: frequencies(keys, hasFilter: hasFilter)
    case .clinvar: clinVar(keys)
    case .scores: scores(keys)
    }
  }

  /// Names that are asked for and that the source does not have.
  func absent(from keys: [SourceKey]) -> [String] {
    (wanted ?? []).filter { name in !keys.contains { $0.name == name } }
  }

  private func isWanted(_ key: String) -> Bool { wanted?.contains(key) ?? true }

  // MARK: Populations

  private func frequencies(_ keys: [SourceKey], hasFilter: Bool) -> [PackedField] {
    var fields: [PackedField] = []
    var roles: Set<AnnotationRole> = []
    let known = wanted == nil ? Self.populationFigures(keys.map(\.name)) : Set(wanted ?? [])
    for source in keys where known.contains(source.name) {
      let key = source.name
      let read = AnnotationFieldName(population: key)
      if let role = read?.role { roles.insert(role) }
      let isCount = source.isInteger ?? [.alleleCount, .alleleNumber, .homozygotes, .hemizygotes].contains(read?.role)
      fields.append(
        PackedField(
          "\(name)_\(key)", isCount ? .integer : .float,
          "\(read == nil ? "" : AnnotationFieldName.databaseMark + " ")\(name): \(key)", key: key, .number))
    }
    if fields.isEmpty { return [] }
    func isNew(_ field: String) -> Bool { !fields.contains { $0.field.name == "\(name)_\(field)" } }
    if isNew("faf95"), !roles.contains(.filteringFrequency), roles.isSuperset(of: [.alleleCount, .alleleNumber]) {
      fields.append(
        PackedField(
          "\(name)_faf95", .float,
          "\(AnnotationFieldName.databaseMark) \(name): filtering allele frequency at 95 % confidence, computed from AC and AN",
          key: "", .computedFAF95))
    }
    if hasFilter, isNew("FILTER") {
      fields.append(PackedField("\(name)_FILTER", .text, "FILTER of the record of \(name)", key: "", .filter))
    }
    return fields
  }

  /// What is taken when nothing is asked for. Of gnomAD, whose exomes and genomes also tell of both together (`joint`), a file's own
  /// figures are enough.
  private static func populationFigures(_ keys: [String]) -> Set<String> {
    let figures = keys.filter { isPopulationFigure($0) }
    let own = figures.filter { !$0.lowercased().split(separator: "_").contains("joint") }
    return Set(own.isEmpty ? figures : own)
  }

  /// Frequencies, counts and numbers of all, of a known group, or of one other population such as `AF_KHV`; not those of one sex,
  /// of subsets, or before quality filters.
  private static func isPopulationFigure(_ key: String) -> Bool {
    // The frequency of the rarer allele is not that of the alternate one, and ESP writes it in percent.
    if key.lowercased().split(separator: "_").contains("maf") { return false }
    if let name = AnnotationFieldName(population: key) {
      // Counts of whichever group is highest belong to no group.
      return name.role == .populationMaximum || !key.lowercased().contains("max") || name.role == .filteringFrequency
    }
    let words = key.lowercased().split(separator: "_")
    let others = words.filter { !["af", "ac", "an"].contains($0) }
    return words.count == 2 && others.count == 1 && !noPopulations.contains(String(others[0]))
  }

  /// Words beside a figure that are no population: one sex, figures before filters, the highest of others, a kind of genotype.
  private static let noPopulations: Set<String> = [
    "raw", "xx", "xy", "male", "female", "adj", "grpmax", "popmax", "max", "het", "hom", "hemi", "joint", "controls",
  ]

  // MARK: ClinVar

  private func clinVar(_ keys: [SourceKey]) -> [PackedField] {
    let names = keys.map(\.name)
    var fields: [PackedField] = []
    func add(_ name: String, _ description: String, from key: String?) {
      if let key, isWanted(key) {
        fields.append(PackedField(name, .text, "ClinVar: \(description)", key: key, .words))
      }
    }
    func first(_ role: AnnotationRole) -> String? {
      names.first { AnnotationFieldName.role(ofOther: $0) == role }
    }
    guard let significance = first(.clinVarSignificance) else { return [] }
    add("CLNSIG", "significance", from: significance)
    add("CLNREVSTAT", "review status", from: first(.clinVarReview))
    if let review = first(.clinVarReview) {
      fields.append(
        PackedField(Self.stars, .integer, "ClinVar: stars of the review status, 0 to 4", key: review, .stars))
    }
    add("CLNSIGCONF", "significances of the submissions in conflict", from: names.first { $0 == "CLNSIGCONF" })
    add("CLNDN", "conditions", from: ["CLNDN", "CLNDBN", "ALL_TRAITS", "all_traits"].first { names.contains($0) })
    fields.append(PackedField("CLNVID", .integer, "ClinVar: variation id", key: "", .recordID))
    return fields
  }

  // MARK: Scores

  private static let scores: [(role: AnnotationRole, name: String, description: String)] = [
    (.revel, "REVEL", "REVEL score, 0 to 1"),
    (.alphaMissense, "AlphaMissense", "AlphaMissense pathogenicity, 0 to 1"),
    (.cadd, "CADD_PHRED", "CADD, Phred-scaled"),
    (.spliceAI, "SpliceAI", "highest of SpliceAI's four delta scores, 0 to 1"),
  ]

  private func scores(_ keys: [SourceKey]) -> [PackedField] {
    var fields: [PackedField] = []
    for score in Self.scores {
      for source in keys where isWanted(source.name) {
        let name = source.name.lowercased() == "phred" ? "cadd_phred" : source.name
        let isRaw = score.role == .cadd && source.description.lowercased().contains("raw score")
        guard AnnotationFieldName.role(ofOther: name) == score.role, !isRaw else { continue }
        // Several keys of one score, as SpliceAI's four deltas, are one figure: the highest counts.
        fields.append(PackedField(score.name, .float, score.description, key: source.name, .number))
      }
    }
    return fields
  }
}
