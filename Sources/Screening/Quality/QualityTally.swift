public import Knowledge
public import Model

/// Counts over the genotypes of a case from which sex, relatedness and sample quality are judged.
///
/// One tally takes the batches of one variant file, in any order; tallies of several workers and of several files of a case
/// add up with `+=`, and the sum is the same whatever the division of the work. All sites are biallelic SNVs whose FILTER
/// is `PASS` or `.`. Only the columns of the pedigree's members are decoded, so that a joint file of thousands costs no
/// more than the search for their tabs.
///
///     var tally = QualityTally(pedigree: trio, sampleColumns: [0, 1, 2], assembly: .grch38)
///     tally.count(batch)
///     tally.report(for: trio, proband: "child").refutedLinks
///
/// - Complexity: `count` is linear in the bytes of the lines up to the last column wanted, plus, at each usable site, the
///   number of pairs and trios.
public struct QualityTally: Sendable {
  /// What became of a record. Every record falls into exactly one class.
  public enum SiteUse: Int, Sendable, Hashable, CaseIterable {
    case autosomal, x, y
    case pseudoautosomal
    /// The mitochondrion, decoys, scaffolds.
    case otherContig
    case filtered
    case notBiallelicSNV
    case uninformativeFrequency
    case withoutGenotypes
  }

  /// Two members by their positions in the pedigree, the first one smaller.
  struct Pair: Sendable, Hashable {
    var first: Int
    var second: Int
  }

  struct Trio: Sendable, Hashable {
    var child: Int
    var father: Int
    var mother: Int
  }

  let pedigree: Pedigree
  let pairs: [Pair]
  let trios: [Trio]
  /// Families so large that only parents and children are compared in them, with their number of genotyped members.
  let uncomparedFamilies: [(name: String, members: Int)]
  private let assembly: Assembly
  private let frequencyKey: String?
  private let sketchReader: SketchReader?
  /// Fingerprints by position in the pedigree; none where nobody asked for them.
  private(set) var sketches: [GenotypeSketch]
  /// Columns to decode, ascending, each with the pedigree position it belongs to.
  private let wanted: [(column: Int, position: Int)]
  /// Indices into `pairs` and `trios` of those that this file holds whole.
  private let activePairs: [Int]
  private let activeTrios: [Int]

  private(set) var samples: [SampleTally]
  /// Where the counts of a pair and of a trio lie; nil when the case holds no genotypes of somebody in it.
  private let pairSlots: [Int?]
  private let trioSlots: [Int?]
  /// Slot × chromosome × cell: a large family has thousands of pairs, so that the width of a count matters.
  private var pairCells: [UInt32]
  private var trioCells: [UInt32]
  /// Whether some file holds both.
  private(set) var isTogether: [Bool]
  private(set) var isTrioTogether: [Bool]
  private var uses = [Int](repeating: 0, count: SiteUse.allCases.count)
  private var layout = FormatLayout()

  private static let autosomes = 22

  /// A tally of nothing yet.
  ///
  /// - Parameters:
  ///   - sampleColumns: for each position of the pedigree, the sample column of this file (0 is the first behind FORMAT), or nil
  ///     when the file does not hold that person.
  ///   - genotyped: for each position of the pedigree whether some file of the case holds that person, the same for all tallies
  ///     that are to be added up; nil takes everybody.
  ///   - populationFrequencyKey: INFO key of a frequency, 0…1, in a population other than this file's own people. Where it is
  ///     given and has a value, rare and fixed sites are left out. The caller's own `AF` must not be used.
  ///   - fingerprint: sites of the fingerprints, where members are to be compared with earlier samples.
  public init(
    pedigree: Pedigree, sampleColumns: [Int?], assembly: Assembly, populationFrequencyKey: String? = nil,
    genotyped: [Bool]? = nil, fingerprint: FingerprintSites? = nil
  ) {
    let people = pedigree.individuals
    precondition(sampleColumns.count == people.count, "a column, or nil, for each member of the pedigree")
    self.pedigree = pedigree
    self.assembly = assembly
    frequencyKey = populationFrequencyKey
    sketchReader = fingerprint.map { SketchReader(sites: $0, sampleColumns: sampleColumns) }
    sketches = sketchReader?.empty ?? []
    wanted = sampleColumns.enumerated().compactMap { position, column in column.map { ($0, position) } }
      .sorted { $0 < $1 }
    let here = sampleColumns.map { $0 != nil }
    let inCase = genotyped ?? people.map { _ in true }
    let compared = ComparedPairs(pedigree, genotyped: inCase)
    pairs = compared.pairs
    uncomparedFamilies = compared.uncomparedFamilies
    trios = people.enumerated().compactMap { child, person in
      guard let father = person.father.flatMap(pedigree.position), let mother = person.mother.flatMap(pedigree.position)
      else { return nil }
      return Trio(child: child, father: father, mother: mother)
    }
    isTogether = pairs.map { here[$0.first] && here[$0.second] }
    activePairs = isTogether.indices.filter { [isTogether] in isTogether[$0] }
    isTrioTogether = trios.map { here[$0.child] && here[$0.father] && here[$0.mother] }
    activeTrios = isTrioTogether.indices.filter { [isTrioTogether] in isTrioTogether[$0] }
    samples = here.map { isHere in
      var sample = SampleTally()
      sample.isGenotyped = isHere
      return sample
    }
    for position in Self.withRuns(people, genotyped: inCase) { samples[position].homozygousSites = HomozygousSites() }
    pairSlots = Self.slots(pairs.map { inCase[$0.first] && inCase[$0.second] })
    trioSlots = Self.slots(trios.map { inCase[$0.child] && inCase[$0.father] && inCase[$0.mother] })
    pairCells = Array(repeating: 0, count: pairSlots.count { $0 != nil } * Self.autosomes * PairTable.size)
    trioCells = Array(repeating: 0, count: trioSlots.count { $0 != nil } * Self.autosomes * TrioTable.size)
  }

  /// Members in whom runs of homozygosity are looked for: all in a family of usual size, else the affected ones first.
  private static func withRuns(_ people: [Individual], genotyped: [Bool]) -> ArraySlice<Int> {
    let members = people.indices.filter { genotyped[$0] }
    let (affected, others) = (
      members.filter { people[$0].status == .affected }, members.filter { people[$0].status != .affected }
    )
    return (affected + others).prefix(QualityCutoff.runMembers)
  }

  /// Numbers those that hold from 0.
  private static func slots(_ isHeld: [Bool]) -> [Int?] {
    var next = 0
    return isHeld.map { held in
      if held { next += 1 }
      return held ? next - 1 : nil
    }
  }

  /// Number of records that were put to a use; the sum over all uses is the number of records counted.
  public func records(_ use: SiteUse) -> Int { uses[use.rawValue] }

  /// Number of records counted.
  public var records: Int { uses.reduce(0, +) }

  /// Records of a large file that were left out, since windows of the genome tell enough; see `QualityWindows`.
  public private(set) var recordsLeftOut = 0

  public mutating func leaveOut(records: Int) { recordsLeftOut += records }

  /// Adds the counts of another worker, or of another file of the same case.
  ///
  /// - Precondition: both were made for the same pedigree.
  public static func += (left: inout QualityTally, right: QualityTally) {
    precondition(
      left.pedigree == right.pedigree && left.pairs == right.pairs, "tallies of different pedigrees do not add up")
    for index in left.samples.indices { left.samples[index] += right.samples[index] }
    for index in left.pairCells.indices { left.pairCells[index] += right.pairCells[index] }
    for index in left.trioCells.indices { left.trioCells[index] += right.trioCells[index] }
    for index in left.isTogether.indices where right.isTogether[index] { left.isTogether[index] = true }
    for index in left.isTrioTogether.indices where right.isTrioTogether[index] { left.isTrioTogether[index] = true }
    for index in left.uses.indices { left.uses[index] += right.uses[index] }
    left.recordsLeftOut += right.recordsLeftOut
    for index in left.sketches.indices { left.sketches[index] += right.sketches[index] }
  }

  /// The counts alone, for another process.
  public var counts: QualityCounts {
    QualityCounts(
      samples: samples, pairCells: pairCells, trioCells: trioCells, uses: uses, recordsLeftOut: recordsLeftOut,
      sketches: sketches.map(\.words))
  }

  /// Adds what another process counted of the same file for the same case; false, and nothing added, where it is of other ones.
  public mutating func add(_ counts: QualityCounts) -> Bool {
    let read = zip(sketches, counts.sketches).compactMap { GenotypeSketch(sites: $0.sites, words: $1) }
    guard counts.samples.count == samples.count, counts.samples.allSatisfy(\.isWhole),
      counts.pairCells.count == pairCells.count, counts.trioCells.count == trioCells.count,
      counts.uses.count == uses.count, counts.sketches.count == sketches.count, read.count == sketches.count
    else { return false }
    var other = self
    (other.samples, other.pairCells, other.trioCells) = (counts.samples, counts.pairCells, counts.trioCells)
    (other.uses, other.recordsLeftOut, other.sketches) = (counts.uses, counts.recordsLeftOut, read)
    self += other
    return true
  }

  /// The joint genotypes of a pair over all autosomes but those excluded (numbered from 0).
  func table(ofPair pair: Int, excluding excluded: Set<Int> = []) -> PairTable {
    var table = PairTable()
    guard let slot = pairSlots[pair] else { return table }
    for chromosome in 0..<Self.autosomes where !excluded.contains(chromosome) {
      let base = (slot * Self.autosomes + chromosome) * PairTable.size
      for cell in table.cells.indices { table.cells[cell] += Int(pairCells[base + cell]) }
    }
    return table
  }

  /// The joint genotypes of a trio on one autosome, numbered from 0.
  func table(ofTrio trio: Int, chromosome: Int) -> TrioTable {
    var table = TrioTable()
    guard let slot = trioSlots[trio] else { return table }
    let base = (slot * Self.autosomes + chromosome) * TrioTable.size
    table.cells = trioCells[base..<base + TrioTable.size].map(Int.init)
    return table
  }
}

// MARK: - Counting

extension QualityTally {
  /// A record that passed the site's own tests.
  private struct Site {
    var use: SiteUse
    /// Nil where the site is of no use.
    var locus: Locus?
    var isTransition = false

    /// Number of the autosome from 0.
    var chromosome: Int { locus.map { Int($0.contig.rawValue) - 1 } ?? 0 }
  }

  /// Counts every record of a batch.
  public mutating func count(_ batch: VariantBatch) {
    sketchReader?.read(batch, into: &sketches)
    let text = batch.text
    var codes = [GenotypeClass](repeating: .missing, count: samples.count)
    for row in 0..<batch.count {
      var site = Self.site(batch, row, assembly)
      if let frequencyKey, !Self.isInformative(batch, row, site.use, frequencyKey) {
        site.use = .uninformativeFrequency
      }
      switch site.use {
      case .autosomal, .x, .y:
        let format = batch.range(.format, of: row)
        layout.adopt(text, format)
        let lineEnd = batch.line(of: row).endIndex
        if layout.hasGenotype, format.upperBound < lineEnd, !wanted.isEmpty {
          count(text, site, from: format.upperBound + 1, lineEnd: lineEnd, &codes)
        } else {
          site.use = .withoutGenotypes
        }
      case .pseudoautosomal, .otherContig, .filtered, .notBiallelicSNV, .uninformativeFrequency, .withoutGenotypes:
        break
      }
      uses[site.use.rawValue] += 1
    }
  }

  private mutating func count(
    _ text: [UInt8], _ site: Site, from start: Int, lineEnd: Int, _ codes: inout [GenotypeClass]
  ) {
    guard let locus = site.locus else { return }
    var column = 0
    var offset = start
    for (wantedColumn, position) in wanted {
      while column < wantedColumn, offset <= lineEnd {
        offset = FormatLayout.columnEnd(text, from: offset, lineEnd: lineEnd) + 1
        column += 1
      }
      var call = SampleCall()
      var next = lineEnd
      if offset <= lineEnd { (call, next) = layout.decode(text, from: offset, lineEnd: lineEnd) }
      switch site.use {
      case .x: samples[position].countX(call, at: locus)
      case .y: samples[position].countY(call, isAlone: column == 0 && next == lineEnd)
      default:
        codes[position] = samples[position].countAutosomal(
          call, at: locus, isTransition: site.isTransition)
      }
    }
    guard site.use == .autosomal else { return }
    for pair in activePairs {
      let cell = PairTable.cell(codes[pairs[pair].first], codes[pairs[pair].second])
      guard let slot = pairSlots[pair] else { continue }
      pairCells[(slot * Self.autosomes + site.chromosome) * PairTable.size + cell] += 1
    }
    for trio in activeTrios {
      let members = trios[trio]
      let cell = TrioTable.cell(
        child: codes[members.child], father: codes[members.father], mother: codes[members.mother])
      guard let slot = trioSlots[trio] else { continue }
      trioCells[(slot * Self.autosomes + site.chromosome) * TrioTable.size + cell] += 1
    }
  }

  private static func site(_ batch: VariantBatch, _ row: Int, _ assembly: Assembly) -> Site {
    guard let contig = batch.contigs[row], contig != .mitochondrion else { return Site(use: .otherContig) }
    guard FormatLayout.isPass(batch.text, batch.range(.filter, of: row)) else { return Site(use: .filtered) }
    let reference = batch.range(.reference, of: row)
    let alternate = batch.range(.alternate, of: row)
    guard reference.count == 1, alternate.count == 1,
      let from = base(batch.text[reference.lowerBound]), let to = base(batch.text[alternate.lowerBound]), from != to
    else { return Site(use: .notBiallelicSNV) }
    let locus = Locus(contig, batch.positions[row])
    if contig.isAutosome {
      // In the order A, C, G, T a transition (A–G, C–T) is a step of two.
      return Site(use: .autosomal, locus: locus, isTransition: abs(from - to) == 2)
    }
    if assembly.isPseudoautosomal(locus) { return Site(use: .pseudoautosomal) }
    return Site(use: contig == .x ? .x : .y, locus: locus)
  }

  private static func base(_ byte: UInt8) -> Int? {
    switch byte | 0x20 {
    case UInt8(ascii: "a"): 0
    case UInt8(ascii: "c"): 1
    case UInt8(ascii: "g"): 2
    case UInt8(ascii: "t"): 3
    default: nil
    }
  }

  /// Whether a site's population frequency lets it tell people apart; an unknown frequency does not refuse a site.
  private static func isInformative(_ batch: VariantBatch, _ row: Int, _ use: SiteUse, _ key: String) -> Bool {
    guard use == .autosomal || use == .x, let value = batch.info(key, of: row),
      let frequency = Double(String(decoding: value, as: UTF8.self))
    else { return true }
    return (use == .x ? QualityCutoff.informativeFrequencyX : QualityCutoff.informativeFrequency).contains(frequency)
  }
}
