internal import Model

extension Provenance.InputFile {
  /// `vcf`, `bcf`, `bam`, `cram` or `sam` by the name of a file of variants or reads; nil for other files.
  var format: String? {
    let names = name.lowercased().split(separator: ".").map(String.init)
    let ending = names.last { !["gz", "bgz"].contains($0) }
    switch role {
    case "variants": return ending == "bcf" ? "bcf" : "vcf"
    case "alignment": return ["bam", "cram", "sam"].contains(ending) ? ending : "bam"
    default: return nil
    }
  }

  /// Whether it can be read again: a pipe has no checksum and no size.
  var isStored: Bool { !digest.isEmpty || bytes > 0 }
}

extension Report {
  /// The contigs as the variant files name them.
  var contigNames: [Contig: String] {
    Dictionary(
      headers.flatMap(\.contigs).compactMap { line in Contig(name: line.name).map { ($0, line.name) } },
      uniquingKeysWith: { first, _ in first })
  }
}
