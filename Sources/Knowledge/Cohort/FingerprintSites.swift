public import Model

/// The fixed list of common autosomal SNVs at which samples are compared: `data/fingerprint_sites.tsv`.
///
/// A site has the same number on both builds. The list of one version never changes, since the sketches that a cohort keeps know
/// sites by number alone.
public struct FingerprintSites: Sendable {
  /// Version of the list in the table's columns; raised with every change of it.
  public static let version = 1

  /// Number of sites.
  public var count: Int { keys.count }
  /// Contig and position of each site in genome order, and the number of the site.
  private let keys: [UInt64]
  private let numbers: [Int]
  /// Bases by number, capital letters in ASCII.
  private let alleles: [(reference: UInt8, alternate: UInt8)]
  /// Positions are 1-based.
  private let places: [(contig: Contig, position: Int)]

  /// Loads `fingerprint_sites.tsv` of a folder, columns `contig grch38 grch37 ref alt frequency`; positions are 1-based.
  public init(directory: String, assembly: Assembly) throws(KnowledgeError) {
    let table = try TextTable(file: directory + "/fingerprint_sites.tsv")
    let (contig, place) = (try table.column("contig"), try table.column(assembly.rawValue.lowercased()))
    let (reference, alternate) = (try table.column("ref"), try table.column("alt"))
    var ordered: [(key: UInt64, number: Int)] = []
    var places: [(contig: Contig, position: Int)] = []
    var alleles: [(reference: UInt8, alternate: UInt8)] = []
    for row in 0..<table.count {
      guard let name = Contig(name: table.text(row, contig)), name.isAutosome,
        let position = Int(table.text(row, place)),
        (1...assembly.length(of: name)).contains(position)
      else { throw table.bad(row, place, expected: "a position on an autosome") }
      let bases = [reference, alternate].map { Array(table.text(row, $0).utf8) }
      guard bases.allSatisfy({ $0.count == 1 && "ACGT".utf8.contains($0[0]) }) else {
        throw table.bad(row, reference, expected: "two bases")
      }
      ordered.append((Self.key(name, position), row))
      places.append((name, position))
      alleles.append((bases[0][0], bases[1][0]))
    }
    ordered.sort { $0.key < $1.key }
    keys = ordered.map(\.key)
    numbers = ordered.map(\.number)
    self.places = places
    self.alleles = alleles
  }

  private static func key(_ contig: Contig, _ position: Int) -> UInt64 {
    UInt64(contig.rawValue) << 32 | UInt64(clamping: position)
  }

  /// Number of the site at a place with these two bases, letters of either case in ASCII; nil for every other allele.
  public func number(at locus: Locus, reference: UInt8, alternate: UInt8) -> Int? {
    let key = Self.key(locus.contig, locus.position)
    let place = firstPlace(notBefore: key)
    guard place < keys.count, keys[place] == key else { return nil }
    let alleles = alleles[numbers[place]]
    return alleles.reference == reference & 0xDF && alleles.alternate == alternate & 0xDF ? numbers[place] : nil
  }

  /// The allele of a site.
  public func allele(_ number: Int) -> Allele {
    let (contig, position) = places[number]
    let bases = [alleles[number].reference, alleles[number].alternate].map { String(decoding: [$0], as: UTF8.self) }
    return Allele(contig, position, bases[0], bases[1])
  }

  /// Numbers of the sites in a region.
  public func numbers(in region: Region) -> ArraySlice<Int> {
    let start = firstPlace(notBefore: Self.key(region.contig, region.start + 1))
    let end = firstPlace(notBefore: Self.key(region.contig, region.end + 1))
    return numbers[start..<max(start, end)]
  }

  /// The places of all sites, in genome order.
  public var regions: [Region] {
    keys.compactMap { key in
      guard let contig = Contig(rawValue: UInt8(truncatingIfNeeded: key >> 32)) else { return nil }
      let position = Int(key & 0xFFFF_FFFF)
      return Region(contig, position - 1, position)
    }
  }

  private func firstPlace(notBefore key: UInt64) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
