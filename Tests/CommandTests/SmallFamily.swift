import TestSupport

/// A text VCF of a child and its parents, made line by line, annotated in VEP's layout. Alleles are invented.
struct SmallFamily {
  /// Lengths of the first contigs, which tell the build.
  enum Build {
    case grch37, grch38

    var contigs: [(name: String, length: Int)] {
      switch self {
      case .grch37: [("1", 249_250_621), ("2", 243_199_373), ("16", 90_354_753), ("X", 155_270_560)]
      case .grch38: [("chr1", 248_956_422), ("chr2", 242_193_529), ("chr16", 90_338_345), ("chrX", 156_040_895)]
      }
    }
  }

  static let pedigree = "F\tCHILD\tFATHER\tMOTHER\t2\t2\nF\tFATHER\t0\t0\t1\t1\nF\tMOTHER\t0\t0\t2\t1\n"

  var build = Build.grch38
  var samples = ["CHILD", "FATHER", "MOTHER"]
  var isAnnotated = true
  private(set) var records: [String] = []

  /// Adds a record; calls are GT in the order of the samples.
  mutating func add(
    _ place: String, _ position: Int, _ reference: String, _ alternates: String, _ calls: [String],
    gene: String = "SCN1A", consequence: String = "stop_gained", impact: String = "HIGH", frequency: Double = 0,
    filter: String = "PASS"
  ) {
    let entries = alternates.split(separator: ",").map {
      "\(Self.named($0, reference))|\(consequence)|\(impact)|\(gene)|Transcript"
    }
    let annotation = isAnnotated ? ";CSQ=" + entries.joined(separator: ",") : ""
    let frequencies = alternates.split(separator: ",").map { _ in "\(frequency)" }.joined(separator: ",")
    let columns = [
      place, "\(position)", ".", reference, alternates, "500", filter, "gnomAD_AF=\(frequencies)\(annotation)",
      "GT:AD:DP:GQ",
    ]
    records.append((columns + calls.map { Self.call($0, alternates) }).joined(separator: "\t"))
  }

  var text: String {
    var lines = [
      "##fileformat=VCFv4.2", "##FILTER=<ID=LowQual,Description=\"Low quality\">",
      "##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description=\"Invented frequency\">",
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
      "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Reads\">",
      "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">",
      "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">",
    ]
    if isAnnotated {
      let format = "Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL|Feature_type"
      lines.append("##INFO=<ID=CSQ,Number=.,Type=String,Description=\"\(format)\">")
    }
    lines += build.contigs.map { "##contig=<ID=\($0.name),length=\($0.length)>" }
    lines.append(
      (["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + samples).joined(separator: "\t"))
    return (lines + records).joined(separator: "\n") + "\n"
  }

  /// Writes the variants and the pedigree; the result are the flags that name them.
  func write(to folder: TemporaryFolder, panel: String = "epilepsy") throws -> [String] {
    let variants = try folder.write("family.vcf", text)
    let pedigree = try folder.write("family.ped", Self.pedigree)
    return ["--vcf", variants, "--ped", pedigree, "--panel", panel]
  }

  /// A de novo stop in SCN1A: the smallest family with an answer.
  static var solved: SmallFamily {
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0"])
    return family
  }

  /// VEP leaves out the first base of REF and ALT when one of them is longer.
  private static func named(_ alternate: Substring, _ reference: String) -> String {
    if alternate.count == 1, reference.count == 1 { return String(alternate) }
    return alternate.count == 1 ? "-" : String(alternate.dropFirst())
  }

  /// Thirty reads, shared among the alleles of the call.
  private static func call(_ genotype: String, _ alternates: String) -> String {
    var depths = Array(repeating: 0, count: alternates.split(separator: ",").count + 1)
    let alleles = genotype.split(whereSeparator: { "/|".contains($0) }).compactMap { Int($0) }
    for allele in alleles { depths[allele] += 30 / alleles.count }
    return "\(genotype):\(depths.map { "\($0)" }.joined(separator: ",")):30:99"
  }
}
