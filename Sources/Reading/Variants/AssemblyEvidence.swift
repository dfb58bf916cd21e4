public import Model

/// What the contig lengths of a header say about the reference assembly, with the reasons in words.
///
/// Names are never evidence: `chr1` occurs in every assembly.
public struct AssemblyEvidence: Sendable, Hashable {
  public enum Finding: Sendable, Hashable {
    case assembly(Assembly)
    /// No assembled chromosome has a length in the header; the case must say which assembly it is.
    case unknown
    /// Some lengths fit one assembly and others do not.
    case mixed
    /// No length fits GRCh37 or GRCh38.
    case unsupported
  }

  /// Which mitochondrial sequence the file is called against.
  public enum Mitochondrion: Sendable, Hashable {
    /// The revised Cambridge reference sequence, 16,569 bases (NC_012920.1).
    case revisedCambridge
    /// The sequence of UCSC's first hg19, 16,571 bases (NC_001807.4): positions differ, MT may not be interpreted.
    case oldHG19
    case other(length: Int)
    /// No length in the header.
    case unknown
  }

  public var finding: Finding
  public var mitochondrion: Mitochondrion
  /// One sentence a fact, in the order of the header.
  public var reasons: [String]

  /// Finds the assembly of a list of contigs: those of a VCF header, a FASTA index or a BAM header.
  public init(contigs: [VariantHeader.ContigLine]) {
    var votes: [Assembly: [String]] = [:]
    var strangers: [String] = []
    mitochondrion = .unknown
    for line in contigs {
      guard let contig = Contig(name: line.name), let length = line.length else { continue }
      if contig == .mitochondrion {
        mitochondrion = Self.mitochondrion(of: length)
      } else if let assembly = Assembly.having(contig, length: length) {
        votes[assembly, default: []].append(line.name)
      } else {
        strangers.append("\(line.name) (\(length))")
      }
    }
    reasons = Assembly.allCases.compactMap { assembly in
      votes[assembly].map { "\(Self.count($0)) of \(assembly)'s length: \(Self.some($0))" }
    }
    if !strangers.isEmpty { reasons.append("\(Self.count(strangers)) of another length: \(Self.some(strangers))") }
    switch (votes.count, strangers.isEmpty) {
    case (0, true):
      finding = .unknown
      reasons.append("no assembled chromosome has a length in the header")
    case (0, false): finding = .unsupported
    case (1, true): finding = votes.keys.first.map { .assembly($0) } ?? .unknown
    default: finding = .mixed
    }
  }

  private static func mitochondrion(of length: Int) -> Mitochondrion {
    switch length {
    case Assembly.grch38.length(of: .mitochondrion): .revisedCambridge
    case Assembly.oldMitochondrionLength: .oldHG19
    default: .other(length: length)
    }
  }

  private static func count(_ names: [String]) -> String { names.count == 1 ? "1 contig" : "\(names.count) contigs" }

  private static func some(_ names: [String]) -> String {
    names.prefix(3).map { printable($0) }.joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }
}

extension VariantHeader {
  /// What the `##contig` lengths say about the assembly.
  public var assemblyEvidence: AssemblyEvidence { AssemblyEvidence(contigs: contigs) }
}
