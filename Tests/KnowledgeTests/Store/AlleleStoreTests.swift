import Foundation
import Model
import TestSupport
import Testing

@testable import Knowledge

@Suite("Stores of alleles")
struct AlleleStoreTests {
  typealias Line = StoreFixture.Line

  /// Alleles of every shape at few positions, so that many share one.
  private static func lines(_ count: Int, seed: UInt64) -> [Line] {
    var random = SplitMix64(seed: seed)
    var seen: Set<Allele> = []
    func bases(_ count: Int) -> String {
      String(
        decoding: (0..<count).map { _ in Array("ACGTN".utf8)[min(4, Int.random(in: 0..<82, using: &random) / 20)] },
        as: UTF8.self)
    }
    while seen.count < count {
      let contig: Contig = [.chr1, .chr2, .x, .mitochondrion].randomElement(using: &random) ?? .chr1
      let start = [1, 1_048_570, 1_048_576, 1_048_577, 3_000_000].randomElement(using: &random) ?? 1
      let long = Int.random(in: 0..<10, using: &random) == 0 ? 60 : 5
      let position = contig == .mitochondrion ? 100 : start + Int.random(in: 0..<40, using: &random)
      let allele = Allele(
        contig, position, bases(Int.random(in: 1...long, using: &random)), bases(Int.random(in: 1...5, using: &random)))
      if allele.reference != allele.alternate { seen.insert(allele) }
    }
    return seen.sorted().map { allele in
      Line(
        allele, Bool.random(using: &random) ? Float.random(in: 0...1, using: &random) : nil,
        [nil, 0, 1, 254, 255, 65_534, 65_535, 4_000_000].randomElement(using: &random) ?? nil,
        [nil, "Pathogenic", "Benign", "a,b|c", ""].randomElement(using: &random) ?? nil)
    }
  }

  @Test(
    "Every allele is found with its values, in order, backwards and at random", arguments: [1, 2, 3, 4] as [UInt64])
  func roundTrip(seed: UInt64) throws {
    let lines = Self.lines(900, seed: seed)
    let store = try StoreFixture(lines, piece: 64)
    let opened = try store.open()
    #expect(opened.metadata.alleles == lines.count)
    #expect(opened.metadata == store.metadata)
    try opened.verify()
    var random = SplitMix64(seed: seed)
    for order in [lines, lines.reversed(), lines.shuffled(using: &random)] {
      var cursor = AlleleStoreCursor(opened)
      for line in order { #expect(try StoreFixture.line(line.allele, &cursor) == line) }
    }
  }

  @Test("What is not there is not found: other bases, other lengths, other places")
  func absence() throws {
    let lines = Self.lines(600, seed: 9)
    let known = Set(lines.map(\.allele))
    let store = try StoreFixture(lines)
    var cursor = AlleleStoreCursor(try store.open())
    var asked = 0
    for allele in Self.lines(900, seed: 10).map(\.allele) where !known.contains(allele) {
      asked += 1
      #expect(try StoreFixture.line(allele, &cursor) == nil)
    }
    #expect(asked > 500)
    #expect(try StoreFixture.line(Allele(.chr7, 100, "A", "C"), &cursor) == nil)
    #expect(try StoreFixture.line(Allele(.chr1, 0, "A", "C"), &cursor) == nil)
    #expect(try StoreFixture.line(Allele(.chr1, 900_000_000, "A", "C"), &cursor) == nil)
  }

  @Test("All alleles of a position are told, spelled out")
  func position() throws {
    let lines = Self.lines(900, seed: 5)
    let store = try StoreFixture(lines)
    var cursor = AlleleStoreCursor(try store.open())
    let groups = Dictionary(grouping: lines.map(\.allele)) { $0.locus }
    for (locus, alleles) in groups {
      #expect(Set(try cursor.alleles(at: locus).map(\.allele)) == Set(alleles))
    }
    #expect(try cursor.alleles(at: Locus(.chr9, 5)).isEmpty)
  }

  @Test("A figure comes back as the decimal that went in")
  func decimals() throws {
    let texts = ["0.01", "0.001", "6.57895e-06", "0.5", "1.0", "0.0", "1e-04", "0.99999", "28.1"]
    let lines = texts.enumerated().map { Line(Allele(.chr1, 100 + $0, "A", "C"), Float($1)) }
    var cursor = AlleleStoreCursor(try StoreFixture(lines).open())
    for (place, text) in texts.enumerated() {
      let row = try #require(try cursor.row(of: .chr1, 100 + place, Array("A".utf8)[...], Array("C".utf8)[...]))
      #expect(try cursor.number(0, of: row) == Double(text))
      #expect(try cursor.text(0, of: row).flatMap(Double.init) == Double(text))
    }
  }

  @Test("Few values take a byte or none an allele, many take their own width")
  func width() throws {
    let few = (0..<40_000).map { Line(Allele(.chr1, 1 + $0, "A", "C"), 0.001, $0 % 3) }
    let many = (0..<40_000).map { Line(Allele(.chr1, 1 + $0, "A", "C"), Float($0) / 40_000, $0) }
    let (small, large) = (try StoreFixture(few, piece: 5_000).open(), try StoreFixture(many, piece: 5_000).open())
    // Four bytes of key, one of the counts, none of the frequency.
    #expect(small.size < 40_000 * 51 / 10 + 1_000)
    #expect(large.size < 40_000 * 12)
  }

  @Test("An allele that comes again is counted; the first one stands, or of each figure the highest")
  func duplicates() throws {
    let allele = Allele(.chr3, 500, "A", "G")
    let lines = [
      Line(allele, 0.25, 3, "one"), Line(allele, 0.5, nil, "two"), Line(allele, nil, 9, nil),
      Line(Allele(.chr3, 500, "A", "AGGGGGG"), 0.125, 1, nil), Line(Allele(.chr3, 500, "A", "AGGGGGG"), 0.5, 1, nil),
    ]
    let first = try StoreFixture(lines, piece: 2)
    var cursor = AlleleStoreCursor(try first.open())
    #expect(try StoreFixture.line(allele, &cursor) == lines[0])
    #expect(first.metadata.alleles == 2 && first.metadata.leftOut == ["allele that was there before": 3])
    let most = try StoreFixture(lines, piece: 2, resolution: .greatest(field: 1))
    cursor = AlleleStoreCursor(try most.open())
    #expect(try StoreFixture.line(allele, &cursor) == lines[2])
    cursor = AlleleStoreCursor(try StoreFixture(lines, piece: 2, resolution: .highest).open())
    #expect(try StoreFixture.line(allele, &cursor) == Line(allele, 0.5, 9, "one"))
    #expect(try StoreFixture.line(lines[3].allele, &cursor)?.frequency == 0.5)
  }

  @Test("Alleles out of order within reach are sorted; a stream that goes far back is refused")
  func order() throws {
    let near = [100, 40, 70, 1_048_600, 1_048_500].map { Line(Allele(.chr1, $0, "A", "C"), 0.5) }
    var cursor = AlleleStoreCursor(try StoreFixture(near, piece: 1).open())
    for line in near { #expect(try StoreFixture.line(line.allele, &cursor) == line) }
    let far = [100, 5_000_000, 100].map { Line(Allele(.chr1, $0, "A", "C"), 0.5) }
    let error = #expect(throws: KnowledgeError.self) { try StoreFixture(far, piece: 1) }
    #expect(error?.reason == .store(.unsorted(Locus(.chr1, 100))))
    let back = [Contig.chr1, .chr2, .chr1].map { Line(Allele($0, 100, "A", "C"), 0.5) }
    #expect(throws: KnowledgeError.self) { try StoreFixture(back, piece: 1) }
    // Chromosomes in any order are no fault: files are given as the shell lists them.
    let listed = [Contig.chr10, .chr1, .x, .chr2].map { Line(Allele($0, 100, "A", "C"), 0.5) }
    cursor = AlleleStoreCursor(try StoreFixture(listed, piece: 1).open())
    for line in listed { #expect(try StoreFixture.line(line.allele, &cursor) == line) }
  }

  @Test("More long alleles at one position than there are codes for are all found")
  func saturation() throws {
    let lines = (0..<1_500).map { index in
      Line(Allele(.chr1, 77, "A", "ACGTACGT" + String(repeating: "G", count: index)), nil, index)
    }
    var cursor = AlleleStoreCursor(try StoreFixture(lines, piece: 400).open())
    for line in lines { #expect(try StoreFixture.line(line.allele, &cursor) == line) }
    #expect(try cursor.alleles(at: Locus(.chr1, 77)).count == 1_500)
  }

  @Test("A store without alleles is not made")
  func empty() throws {
    let error = #expect(throws: KnowledgeError.self) { try StoreFixture([]) }
    #expect(error?.reason == .store(.noAlleles))
  }

  @Test("Covered and absent is told from not covered, with the number of chromosomes at each base")
  func coverage() throws {
    let line = Line(Allele(.chr2, 100, "A", "C"), 0.5)
    #expect(try StoreFixture([line]).open().coverage == nil)
    let stretches = [
      StoreCoverage.Stretch(region: Region(.chr2, 1_000, 2_000), alleleNumber: 152_000),
      StoreCoverage.Stretch(region: Region(.chr2, 10, 100), alleleNumber: 4_000),
      StoreCoverage.Stretch(region: Region(.chr2, 90, 120), alleleNumber: 4_000),
      StoreCoverage.Stretch(region: Region(.chr2, 115, 130), alleleNumber: nil),
      StoreCoverage.Stretch(region: Region(.chr4, 5, 6), alleleNumber: 9),
    ]
    let coverage = try #require(try StoreFixture([line], coverage: stretches).open().coverage)
    let expected: [(Locus, StoreCoverage.Answer)] = [
      (Locus(.chr2, 10), .notCovered), (Locus(.chr2, 11), .covered(alleleNumber: 4_000)),
      (Locus(.chr2, 120), .covered(alleleNumber: 4_000)), (Locus(.chr2, 121), .covered(alleleNumber: nil)),
      (Locus(.chr2, 130), .covered(alleleNumber: nil)), (Locus(.chr2, 131), .notCovered),
      (Locus(.chr2, 2_000), .covered(alleleNumber: 152_000)), (Locus(.chr2, 2_001), .notCovered),
      (Locus(.chr4, 6), .covered(alleleNumber: 9)), (Locus(.chr3, 6), .notCovered), (Locus(.chr1, 1), .notCovered),
    ]
    for (locus, answer) in expected { #expect(coverage.answer(at: locus) == answer, "\(locus)") }
    // Over a region every base must have been looked at, by a known number.
    #expect(coverage.lowestNumber(in: Region(.chr2, 10, 120)) == 4_000)
    #expect(coverage.lowestNumber(in: Region(.chr2, 10, 121)) == nil)
    #expect(coverage.lowestNumber(in: Region(.chr2, 9, 20)) == nil)
    #expect(coverage.lowestNumber(in: Region(.chr2, 1_999, 2_000)) == 152_000)
    #expect(coverage.lowestNumber(in: Region(.chr2, 100, 1_500)) == nil)
    #expect(coverage.lowestNumber(in: Region(.chr9, 0, 1)) == nil)
  }
}

@Suite("Damaged stores")
struct StoreDamageTests {
  private static let lines = (0..<300).map { index in
    StoreFixture.Line(
      Allele(.chr1, 1_048_500 + index, "A", index % 20 == 0 ? "ACGTACGT" : "C"), Float(index) / 300, index,
      "w\(index % 4)")
  }

  @Test("Each flipped bit is found, and none crashes a look-up")
  func flips() throws {
    let store = try StoreFixture(
      Self.lines, coverage: [.init(region: Region(.chr1, 0, 2_000_000), alleleNumber: 5_000)])
    let bytes = try store.folder.bytes("f.GRCh38.rsk")
    var random = SplitMix64(seed: 3)
    var places = Set((0..<400).map { _ in Int.random(in: bytes.indices, using: &random) })
    places.formUnion(0..<16)
    places.formUnion((bytes.count - 112)..<bytes.count)
    for place in places {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let path = try store.folder.file("damaged.GRCh38.rsk", damaged)
      let error = #expect(throws: KnowledgeError.self, "byte \(place)") {
        let opened = try AlleleStore(path: path)
        var cursor = AlleleStoreCursor(opened)
        for line in Self.lines.prefix(40) { _ = try? StoreFixture.line(line.allele, &cursor) }
        try opened.verify()
      }
      #expect(error?.description.contains("build") == true || error?.description.contains("later rarescreen") == true)
    }
  }

  /// Checksums are no secret: a file that was made to mislead is an error or an answer, never the end of the program.
  @Test("Bytes that are changed together with their checksums crash nothing")
  func forged() throws {
    let store = try StoreFixture(
      Self.lines, coverage: [.init(region: Region(.chr1, 0, 2_000_000), alleleNumber: 5_000)])
    let bytes = try store.folder.bytes("f.GRCh38.rsk")
    var random = SplitMix64(seed: 8)
    for _ in 0..<1_500 {
      var forged = bytes
      let place = Int.random(in: 16..<bytes.count - StoreFormat.footerSize, using: &random)
      for offset in 0..<Int.random(in: 1...8, using: &random)
      where place + offset < bytes.count - StoreFormat.footerSize {
        forged[place + offset] = [0, 1, 127, 128, 255].randomElement(using: &random) ?? 0
      }
      Self.sign(&forged)
      let path = try store.folder.file("forged.GRCh38.rsk", forged)
      Self.use(path)
    }
  }

  /// Asks a store for whatever can be asked.
  private static func use(_ path: String) {
    guard let opened = try? AlleleStore(path: path) else { return }
    var cursor = AlleleStoreCursor(opened)
    for line in lines.prefix(60) { _ = try? StoreFixture.line(line.allele, &cursor) }
    _ = try? cursor.alleles(at: Locus(.chr1, 1_048_500))
    _ = opened.coverage?.lowestNumber(in: Region(.chr1, 5, 500))
    try? opened.verify()
  }

  /// Gives a changed file the checksums of its parts, as far as their places can be read.
  private static func sign(_ bytes: inout [UInt8]) {
    func word(_ offset: Int) -> Int {
      (0..<8).reduce(0) { $0 | Int(truncatingIfNeeded: UInt64(bytes[offset + $1]) << UInt64(8 * $1)) }
    }
    func put(_ value: UInt64, at offset: Int) {
      for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
    }
    let footer = bytes.count - StoreFormat.footerSize
    let directory = footer + 24 * StoreFormat.Section.directory.rawValue
    for entry in stride(
      from: word(directory), to: word(directory) + word(directory + 8), by: StoreFormat.directoryEntrySize)
    {
      let (start, length) = (word(entry + 8), word(entry + 16))
      guard start >= 16, length >= 0, start <= footer, length <= footer - start else { continue }
      put(StoreChecksum.of(Array(bytes[start..<start + length])), at: entry + 32)
    }
    for section in StoreFormat.Section.allCases {
      let entry = footer + 24 * section.rawValue
      put(StoreChecksum.of(Array(bytes[word(entry)..<word(entry) + word(entry + 8)])), at: entry + 16)
    }
    put(StoreChecksum.of(Array(bytes[footer..<bytes.count - 16])), at: bytes.count - 16)
  }

  @Test("A look-up in a damaged bin is an error, not an answer")
  func lookup() throws {
    let store = try StoreFixture(Self.lines)
    var bytes = try store.folder.bytes("f.GRCh38.rsk")
    bytes[40] ^= 4
    let path = try store.folder.file("damaged.GRCh38.rsk", bytes)
    var cursor = AlleleStoreCursor(try AlleleStore(path: path))
    #expect(throws: KnowledgeError.self) { try StoreFixture.line(Self.lines[0].allele, &cursor) }
  }

  @Test("A file cut anywhere is refused")
  func cut() throws {
    let store = try StoreFixture(Self.lines)
    let bytes = try store.folder.bytes("f.GRCh38.rsk")
    for length in stride(from: 0, to: bytes.count, by: 61) {
      let path = try store.folder.file("cut.GRCh38.rsk", bytes.prefix(length))
      #expect(throws: KnowledgeError.self, "\(length)") { try AlleleStore(path: path) }
    }
  }

  @Test("A newer format, another build and another file are refused with what to do")
  func foreign() throws {
    let store = try StoreFixture(Self.lines)
    var bytes = try store.folder.bytes("f.GRCh38.rsk")
    bytes[8] = 2
    let newer = #expect(throws: KnowledgeError.self) {
      try AlleleStore(path: try store.folder.file("newer.rsk", bytes))
    }
    #expect(newer?.reason == .store(.newerFormat(found: 2, known: 1)))
    let other = #expect(throws: KnowledgeError.self) { try AlleleStore(path: store.path, assembly: .grch37) }
    #expect(other?.reason == .store(.otherAssembly(found: "GRCh38", asked: .grch37)))
    let text = #expect(throws: KnowledgeError.self) {
      try AlleleStore(path: try store.folder.write("text.rsk", "##fileformat=VCFv4.2\n"))
    }
    #expect(text?.reason == .store(.notAStore))
    #expect(throws: KnowledgeError.self) { try AlleleStore(path: store.folder.file("none.rsk")) }
  }

  @Test("The stores of a folder: those of the assembly, in order, and no other file")
  func folder() throws {
    let store = try StoreFixture(Self.lines)
    try store.folder.write(".g.GRCh38.rsk", "left aside")
    try store.folder.write("notes.txt", "hello")
    let base = try KnowledgeBase(folder: store.folder.path, assembly: .grch38)
    #expect(base.stores.map(\.metadata.name) == ["f"])
    #expect(try KnowledgeBase(folder: store.folder.path, assembly: .grch37).stores.isEmpty)
    #expect(try KnowledgeBase(folder: store.folder.file("nowhere"), assembly: .grch37).stores.isEmpty)
    try store.folder.write("z.GRCh38.rsk", "not a store at all, really")
    #expect(throws: KnowledgeError.self) { try KnowledgeBase(folder: store.folder.path, assembly: .grch38) }
  }
}
