internal import Model

/// `qc_mqc.json`: the sample checks as a table that MultiQC finds by the file's name and shows beside those of other programs.
///
/// Format: MultiQC's documentation, "Custom content", data as part of a JSON file. A value that is not known is left out, which
/// MultiQC shows as an empty cell.
struct MultiQCTable {
  let quality: QualityReport
  let pedigree: Pedigree

  private struct Column {
    var key: String
    var title: String
    var description: String
    /// A verdict or a word, or a number with these decimals.
    var decimals: Int?
  }

  private static let columns = [
    Column(key: "stated_sex", title: "Stated sex", description: "Sex by the pedigree"),
    Column(
      key: "x_ratio", title: "X het/hom", description: "Heterozygous to homozygous calls on X: low in males",
      decimals: 2),
    Column(key: "sex_check", title: "Sex check", description: "Whether X and Y agree with the stated sex"),
    Column(key: "het_hom", title: "Het/hom", description: "Heterozygous to homozygous autosomal SNVs", decimals: 2),
    Column(key: "ti_tv", title: "Ti/Tv", description: "Transitions to transversions", decimals: 2),
    Column(
      key: "contamination", title: "Foreign reads",
      description: "Share of reference reads at homozygous alternate sites, a hint of foreign DNA", decimals: 4),
    Column(
      key: "roh", title: "F (ROH)", description: "Share of the autosomes in runs of homozygosity", decimals: 4),
    Column(
      key: "relatedness", title: "Relatedness",
      description: "Worst verdict of the comparisons with the sample's relatives"),
    Column(
      key: "mendelian_errors", title: "Mendelian errors",
      description: "Share of genotypes that cannot come from the parents", decimals: 4),
  ]

  var document: JSONValue {
    .object([
      "id": .string("rarescreen_qc"), "section_name": .string("rarescreen"),
      "description": .string("Sample checks from genotypes; thresholds and counts are in qc.json."),
      "plot_type": .string("table"),
      "pconfig": .object([
        "id": .string("rarescreen_qc_table"), "title": .string("rarescreen: sample checks"),
        "namespace": .string("rarescreen"),
      ]),
      "headers": .object(Self.columns.map { JSONValue.Member($0.key, Self.header($0)) }),
      "data": .object(samples.map { JSONValue.Member($0.escapedMarkup, .object(row($0))) }),
    ])
  }

  private static func header(_ column: Column) -> JSONValue {
    var members = [
      JSONValue.Member("title", .string(column.title)), JSONValue.Member("description", .string(column.description)),
    ]
    // Numbers are not coloured by their size: what is too much is the checks' to say.
    members.append(JSONValue.Member("scale", .bool(false)))
    if let decimals = column.decimals { members.append(JSONValue.Member("format", .string("{:,.\(decimals)f}"))) }
    return .object(members)
  }

  /// Those with genotypes, who alone have checks of their own, in the order of the checks.
  private var samples: [String] { distinct(quality.checks.filter { $0.kind == .sexFromX }.flatMap(\.samples)) }

  private func row(_ sample: String) -> [JSONValue.Member] {
    var row: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue?) {
      if let value { row.append(JSONValue.Member(key, value)) }
    }
    add("stated_sex", (pedigree[sample]?.sex).map { .string($0.rawValue) })
    add("x_ratio", value(.sexFromX, sample))
    add("sex_check", verdict(sample, of: [.sexFromX, .sexFromY]) { $0.samples == [sample] })
    add("het_hom", value(.heterozygosityRatio, sample))
    add("ti_tv", value(.transitionRatio, sample))
    add("contamination", value(.contamination, sample))
    add("roh", value(.homozygosity, sample))
    add("relatedness", verdict(sample, of: [.relatedness, .parentChildIdentity]) { $0.samples.contains(sample) })
    // Child, father, mother: the rate is the child's.
    add("mendelian_errors", value(.mendelianErrors, sample))
    return row
  }

  private func value(_ kind: QualityCheck.Kind, _ sample: String) -> JSONValue? {
    quality.checks.first { $0.kind == kind && $0.samples.first == sample }.flatMap(\.value).map { .number($0) }
  }

  private func verdict(
    _ sample: String, of kinds: [QualityCheck.Kind], where isMeant: (QualityCheck) -> Bool
  ) -> JSONValue? {
    let outcomes = quality.checks.filter { kinds.contains($0.kind) && isMeant($0) }.map(\.outcome)
    // A check that could be made says more than one beside it that could not.
    let made = outcomes.filter { $0 != .notEvaluable }
    return (made.isEmpty ? outcomes : made).max().map { .string($0.rawValue) }
  }
}
