internal import Model

/// The meaning read off the name of an INFO key or a CSQ sub-field.
///
/// Names are cut into words at `_`, `-` and `.`; some words are figures (`af`, `ac`, `popmax`), some are ancestry groups, and
/// what is left must name a population database. `gnomADe_AFR_AF` is the frequency of group `afr` in `gnomade`.
struct AnnotationFieldName: Hashable {
  /// Where a field only counts: some spellings mean different things on different chromosomes.
  enum Scope: Hashable {
    case everywhere, nuclear, mitochondrial, hemizygousX
  }

  var role: AnnotationRole
  /// Database in lower case, for example `gnomad_exomes`; empty when the name does not tell.
  var database: String
  var group: AncestryGroup?
  var scope = Scope.everywhere
  /// Whether the name alone shows that a population database is meant, and not the call set itself.
  var isUnmistakable = false

  /// Reads a population figure, whatever its database; nil when the name holds no figure.
  ///
  /// - Parameter isLenient: whether words that are no known database may stand in the name, as in a key that a case file maps.
  init?(population name: String, isLenient: Bool = false) {
    let words = name.lowercased().split { "_-.".contains($0) }.map(String.init)
    var figures: Set<String> = []
    var rest: [String] = []
    var group: AncestryGroup?
    for word in words {
      if let figure = Self.figures[word] {
        figures.insert(figure)
      } else if let found = AncestryGroup(rawValue: word), group == nil {
        group = found
      } else if word != "dbnsfp" {
        rest.append(word)
      }
    }
    let isDatabase = rest.contains { word in Self.databases.contains { word.hasPrefix($0) } }
    if !isLenient {
      guard rest.allSatisfy({ word in Self.isDatabaseWord(word) }) else { return nil }
      guard isDatabase || rest.allSatisfy({ Self.qualifiers.contains($0) }) else { return nil }
    }
    // ANNOVAR writes the frequency without a word for it: `ExAC_ALL`.
    if figures.isEmpty, isDatabase, rest.last == "all" { figures = ["af"] }
    guard let (role, scope) = Self.role(of: figures) else { return nil }
    // Homozygotes of one group are a part of the whole, which has a field of its own.
    if group != nil, role == .homozygotes || role == .hemizygotes { return nil }
    self.role = role
    self.scope = scope
    self.group = group
    database = rest.joined(separator: "_")
    // A caller does not split its own counts by ancestry, so a group speaks for a database too.
    isUnmistakable = isDatabase || group != nil || !figures.isDisjoint(with: ["popmax", "faf95", "nhomalt"])
  }

  /// How the description of a field from a store of population figures begins, before the store's name, a colon and what the
  /// source calls the field.
  static let databaseMark = "Population database"

  /// Reads a field of a store by its description, since a laboratory may call a store what it likes; nil for other fields.
  init?(described field: VariantHeader.Field) {
    guard field.description.hasPrefix(Self.databaseMark + " ") else { return nil }
    let rest = field.description.dropFirst(Self.databaseMark.count + 1)
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    let store = String(rest[..<colon])
    guard field.id.hasPrefix(store + "_"), let name = Self(population: String(field.id.dropFirst(store.count + 1)))
    else { return nil }
    self = name
    database = store.lowercased() + (name.database.isEmpty ? "" : "_" + name.database)
    isUnmistakable = true
  }

  private static func isDatabaseWord(_ word: String) -> Bool {
    qualifiers.contains(word) || databases.contains { word.hasPrefix($0) }
  }

  private static func role(of figures: Set<String>) -> (AnnotationRole, Scope)? {
    switch figures {
    case ["af"]: (.alleleFrequency, .everywhere)
    case ["af", "popmax"]: (.populationMaximum, .everywhere)
    case ["faf95"], ["faf95", "popmax"]: (.filteringFrequency, .everywhere)
    case ["ac"]: (.alleleCount, .everywhere)
    case ["an"]: (.alleleNumber, .everywhere)
    case ["nhomalt"]: (.homozygotes, .everywhere)
    // ExAC counts homozygous people in AC_Hom; gnomAD's mitochondrial release counts homoplasmic ones.
    case ["ac", "hom"]: (.homozygotes, .everywhere)
    case ["af", "hom"]: (.alleleFrequency, .mitochondrial)
    case ["hom"]: (.homozygotes, .nuclear)
    case ["hemi"], ["ac", "hemi"]: (.hemizygotes, .everywhere)
    case ["ac", "male"]: (.hemizygotes, .hemizygousX)
    default: nil
    }
  }

  private static let figures: [String: String] = [
    "af": "af", "aaf": "af", "freq": "af", "maf": "af", "ac": "ac", "an": "an", "nhomalt": "nhomalt", "nhom": "nhomalt",
    "nhomo": "nhomalt", "hn": "nhomalt", "hom": "hom", "hemi": "hemi", "nhemi": "hemi", "male": "male", "xy": "male",
    "popmax": "popmax", "grpmax": "popmax", "max": "popmax", "fafmax": "popmax", "faf95": "faf95",
  ]

  /// Beginnings of words that name a population database.
  private static let databases = [
    "gnomad", "exac", "1000g", "1kg", "kg", "g1k", "topmed", "bravo", "esp", "evs", "uk10k", "alfa", "genomeasia",
    "tgp",
    "tommo",
  ]

  /// Words that stand beside a database's name: parts, releases, and `adj`, ExAC's counts after genotype filters.
  private static let qualifiers: Set<String> = [
    "exomes", "exome", "genomes", "genome", "joint", "adj", "all", "v2", "v3", "v4", "r2", "r3", "r4", "phase3", "p3",
    "wes", "wgs", "freeze8",
  ]

  /// Words of a header description that name a population database.
  static func describesDatabase(_ description: String) -> Bool {
    let lower = description.lowercased()
    return [
      "gnomad", "exac", "1000 genomes", "1000genomes", "1000g", "topmed", "bravo", "esp6500",
      "exome sequencing project",
      "uk10k", "allele frequency aggregator",
    ].contains { lower.contains($0) }
  }

  /// Reads a key that is no population figure: ClinVar, predictions, the laboratory's cohort.
  static func role(ofOther name: String) -> AnnotationRole? {
    var lower = name.lowercased()
    if lower.hasPrefix("dbnsfp_") { lower.removeFirst("dbnsfp_".count) }
    return others[lower]
  }

  private static let others: [String: AnnotationRole] = {
    let names: [AnnotationRole: [String]] = [
      .clinVarSignificance: [
        "clnsig", "clinvar_clnsig", "clin_sig", "clinvar_sig", "clinvar_significance", "clinvar", "clinvar_clin_sig",
        "clinical_significance", "clinvar_clinical_significance",
      ],
      .clinVarReview: [
        "clnrevstat", "clinvar_clnrevstat", "clinvar_review", "clinvar_review_status", "clinvar_stars",
        "clinvar_revstat",
        "clinvar_gold_stars", "review_status",
      ],
      .revel: ["revel", "revel_score", "revel_max"],
      .alphaMissense: ["am_pathogenicity", "alphamissense", "alphamissense_score", "alphamissense_pathogenicity"],
      .cadd: ["cadd", "cadd_phred", "cadd_phred_hg19", "cadd_scaled"],
      .spliceAI: [
        "spliceai", "spliceai_max", "spliceai_ds_max", "splice_ai_max_ds", "spliceai_max_ds", "spliceai_pred_ds_max",
        "spliceai_pred_ds_ag", "spliceai_pred_ds_al", "spliceai_pred_ds_dg", "spliceai_pred_ds_dl", "spliceai_ds_ag",
        "spliceai_ds_al", "spliceai_ds_dg", "spliceai_ds_dl", "ds_ag", "ds_al", "ds_dg", "ds_dl",
      ],
      .localFrequency: ["local_af", "cohort_af", "inhouse_af"],
      .localCount: ["local_ac", "cohort_ac", "inhouse_ac"],
      .localNumber: ["local_an", "cohort_an", "inhouse_an"],
    ]
    var table: [String: AnnotationRole] = [:]
    for (role, spellings) in names {
      for spelling in spellings { table[spelling] = role }
    }
    return table
  }()

  /// Spellings that the grammar of words does not cover.
  static let populationAliases: [String: AnnotationRole] = [
    "max_aaf_all": .populationMaximum, "1000gaf": .alleleFrequency, "1000g2015aug_all": .alleleFrequency,
    "caf": .alleleFrequency,
  ]
}
