import TestSupport

/// A trio whose variants and reads a test makes, in a folder of its own.
struct WitnessFamily {
  typealias Change = MemberReads.Change

  /// A stop in a dominant gene, and two in a recessive one that a fragment can span. All bases are invented.
  static let stop = Change("chr2", 166_002_700, "C", "T")
  static let pair = [Change("chr16", 28_482_100, "C", "T"), Change("chr16", 28_482_400, "G", "A")]

  static let panel =
    "#panel: ours\nhgnc_id\tsymbol\tconfidence\tmoi\nHGNC:10585\tSCN1A\tgreen\tAD\nHGNC:2074\tCLN3\tgreen\tAR\n"
    + "HGNC:14124\tNPRL3\tgreen\tAD\n"

  let folder: TemporaryFolder
  var variants = SmallFamily()
  private(set) var alignments: [String] = []

  init() throws { folder = try TemporaryFolder() }

  /// The stop with the family's calls, and reads without and with it of those who are named.
  init(_ calls: [String], _ reads: [String: (reference: Int, alternate: Int)]) throws {
    try self.init()
    Self.stop.add(to: &variants, calls, gene: "SCN1A")
    for (name, counts) in reads.sorted(by: { $0.key < $1.key }) {
      var member = MemberReads(name)
      member.cover(Self.stop, reference: counts.reference, alternate: counts.alternate)
      try add(member, of: name)
    }
  }

  /// A de novo stop, seen in the child alone.
  static func solved() throws -> WitnessFamily {
    try WitnessFamily(["0/1", "0/0", "0/0"], ["CHILD": (15, 15), "FATHER": (30, 0), "MOTHER": (32, 0)])
  }

  mutating func add(_ reads: MemberReads, of name: String) throws {
    alignments += ["--alignment", "\(name)=\(try reads.write(name.lowercased(), in: folder))"]
  }

  func flags() throws -> [String] {
    try variants.write(to: folder, panel: folder.write("ours.tsv", Self.panel)) + alignments
  }

  func screen(_ arguments: [String] = [], into out: String = "out") throws -> Program.Outcome {
    try Program.run(["screen", "--out", folder.file(out)] + flags() + arguments)
  }

  func explain(_ allele: String = "2-166002700-C-T", _ arguments: [String] = []) throws -> Program.Outcome {
    try Program.run(["explain", "--variant", allele] + flags() + arguments)
  }

  /// The rows of `candidates.tsv`.
  func candidates() throws -> Rows { Rows(try folder.text("out/candidates.tsv")) }

  /// What `candidates.json` has of the reads of the first variant, by member.
  func evidence() throws -> [String: [String: Any]] {
    let document = try Document(folder.bytes("out/candidates.json"))
    let variants = (document["candidates"] as? [[String: Any]])?.first?["variants"] as? [[String: Any]]
    let genotypes = variants?.first?["genotypes"] as? [[String: Any]] ?? []
    return Dictionary(
      uniqueKeysWithValues: genotypes.compactMap { genotype in
        guard let name = genotype["sample"] as? String, let reads = genotype["reads"] as? [String: Any] else {
          return nil
        }
        return (name, reads)
      })
  }
}
