import TestSupport

/// A trio with one de novo stop in SCN1A and whatever else a test puts beside it, in files of its own.
struct HostileCase {
  let folder: TemporaryFolder
  var samples = ["child", "father", "mother"]
  var pedigree = """
    F\tchild\tfather\tmother\t2\t2
    F\tfather\t0\t0\t1\t1
    F\tmother\t0\t0\t2\t1

    """
  var headerLines: [String] = []
  var records: [String] = []

  init() throws { folder = try TemporaryFolder() }

  /// A place in an exon of SCN1A on GRCh38 (MANE Select NM_001165963.4).
  static let place = 166_042_296
  static let calls = ["0/1:20,20:40:99", "0/0:40,0:40:99", "0/0:40,0:40:99"]

  static func consequence(
    allele: String = "T", symbol: String = "SCN1A", gene: String = "HGNC:10585", protein: String = "p.Arg1Ter"
  ) -> String {
    "CSQ=\(allele)|stop_gained|HIGH|\(symbol)|\(gene)|ENST00000674923|ENST00000674923.1:c.1C>T|\(protein)"
  }

  static func record(
    chromosome: String = "2", position: Int = place, reference: String = "C", alternate: String = "T",
    filter: String = "PASS", info: String = consequence(), calls: [String] = calls
  ) -> String {
    let fixed = [chromosome, "\(position)", ".", reference, alternate, "500", filter, info, "GT:AD:DP:GQ"]
    return (fixed + calls).joined(separator: "\t") + "\n"
  }

  var header: String {
    let lines = [
      "##fileformat=VCFv4.2", "##contig=<ID=2,length=242193529>", "##contig=<ID=5,length=181538259>",
      "##contig=<ID=X,length=156040895>",
      "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">",
      "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Type\">",
      "##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"Length\">",
      "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Format: "
        + "Allele|Consequence|IMPACT|SYMBOL|HGNC_ID|Feature|HGVSc|HGVSp\">",
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
      "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">",
      "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">",
      "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Quality\">",
    ]
    let columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + samples
    return (lines + headerLines + [columns.joined(separator: "\t")]).joined(separator: "\n") + "\n"
  }

  var text: String { header + records.joined() }

  /// Writes the files and runs a command on them; `variants` stands for the text where a test spoils it.
  func run(_ command: String = "screen", _ further: [String] = [], variants: String? = nil) throws -> Program.Outcome {
    try folder.write("case.vcf", variants ?? text)
    try folder.write("case.ped", pedigree)
    let arguments = [
      command, "--vcf", folder.file("case.vcf"), "--ped", folder.file("case.ped"), "--proband=\(samples[0])",
      "--case-id", "H", "--panel", "epilepsy", "--threads", "2",
    ]
    let output = command == "screen" ? ["--out", folder.file("out")] : []
    return try Program.run(arguments + output + further)
  }

  func output(_ name: String) throws -> String { try folder.text("out/" + name) }

  /// The rows of `candidates.tsv` as cells by column; nil for a row with another number of cells than the header.
  func candidates() throws -> [[String: String]?] {
    let lines = try output("candidates.tsv").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let columns = lines.first else { return [] }
    return lines.dropFirst().map { cells in
      cells.count == columns.count ? Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first }) : nil
    }
  }
}
