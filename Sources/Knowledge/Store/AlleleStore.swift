internal import Foundation
public import Model

/// A packed table of alleles with what one source knows of them, mapped into memory.
///
///     let store = try AlleleStore(path: "gnomad.GRCh38.rsk", assembly: .grch38)
///     var cursor = AlleleStoreCursor(store)
///     if let row = try cursor.row(of: .chr7, 117_559_590, "ATCT".utf8, "A".utf8) { try cursor.number(0, of: row) }
///
/// Keys are normalised alleles: trimmed, and left-aligned where the store says so. What is not there is unknown, unless the
/// coverage says that somebody looked.
public struct AlleleStore: Sendable {
  public let path: String
  public let metadata: StoreMetadata
  /// Where the source looked; nil where it does not say.
  public let coverage: StoreCoverage?
  let file: MappedFile
  let directory: StoreDirectory
  private let texts: Range<Int>

  /// Opens a store; the checksums of header, directory and description are checked now, that of each bin at its first use.
  ///
  /// - Throws: `KnowledgeError` with a `StoreFault` for a file of another kind, build or later format, and for a damaged one.
  public init(path: String, assembly: Assembly? = nil) throws(KnowledgeError) {
    let place = KnowledgeError.Place(file: path)
    let file = try MappedFile(path: path)
    guard file.count >= StoreFormat.headerSize, UInt64(littleEndian: file.load(0, as: UInt64.self)) == StoreFormat.magic
    else { throw KnowledgeError(.store(.notAStore), at: place) }
    let version = UInt32(littleEndian: file.load(8, as: UInt32.self))
    guard version <= StoreFormat.version else {
      throw KnowledgeError(
        .store(.newerFormat(found: Int(version), known: Int(StoreFormat.version))), at: place)
    }
    guard version > 0, file.load(12, as: UInt32.self) == 0 else {
      throw KnowledgeError(.store(.damaged("header")), at: place)
    }
    let sections = try Self.sections(of: file)
    directory = try StoreDirectory(
      sections[.directory], of: file, bins: StoreFormat.headerSize..<sections[.texts].lowerBound)
    let description = file.text(sections[.metadata])
    let json = Data(description.prefix { $0 != "\0" }.utf8)
    guard let metadata = try? JSONDecoder().decode(StoreMetadata.self, from: json) else {
      throw KnowledgeError(.store(.damaged("description")), at: place)
    }
    if let assembly, metadata.assembly != assembly.rawValue {
      throw KnowledgeError(.store(.otherAssembly(found: metadata.assembly, asked: assembly)), at: place)
    }
    coverage = sections[.coverage].isEmpty ? nil : try StoreCoverage(sections[.coverage], of: file)
    texts = sections[.texts]
    self.path = path
    self.file = file
    self.metadata = metadata
  }

  private struct Sections {
    var ranges: [Range<Int>]
    subscript(section: StoreFormat.Section) -> Range<Int> { ranges[section.rawValue] }
  }

  private static func sections(of file: MappedFile) throws(KnowledgeError) -> Sections {
    let place = KnowledgeError.Place(file: file.path)
    let footer = file.count - StoreFormat.footerSize
    guard footer >= StoreFormat.headerSize,
      UInt64(littleEndian: file.load(file.count - 8, as: UInt64.self)) == StoreFormat.magic.byteSwapped
    else { throw KnowledgeError(.store(.cut), at: place) }
    let sum = UInt64(littleEndian: file.load(file.count - 16, as: UInt64.self))
    guard file.checksum(footer..<file.count - 16) == sum else {
      throw KnowledgeError(.store(.damaged("footer")), at: place)
    }
    var ranges: [Range<Int>] = []
    var previous = StoreFormat.headerSize
    for section in StoreFormat.Section.allCases {
      let entry = footer + 24 * section.rawValue
      let start = UInt64(littleEndian: file.load(entry, as: UInt64.self))
      let length = UInt64(littleEndian: file.load(entry + 8, as: UInt64.self))
      let checksum = UInt64(littleEndian: file.load(entry + 16, as: UInt64.self))
      guard start >= UInt64(previous), start <= UInt64(footer), length <= UInt64(footer) - start, length % 8 == 0,
        ranges.isEmpty || start == UInt64(previous)
      else { throw KnowledgeError(.store(.damaged("footer")), at: place) }
      let range = Int(start)..<Int(start + length)
      guard file.checksum(range) == checksum else {
        throw KnowledgeError(.store(.damaged("\(section)")), at: place)
      }
      ranges.append(range)
      previous = range.upperBound
    }
    guard previous == footer else { throw KnowledgeError(.store(.damaged("length")), at: place) }
    return Sections(ranges: ranges)
  }

  /// Bytes of the file.
  public var size: Int { file.count }

  /// Checksum over the checksums of all parts, in hexadecimal: two stores with the same one hold the same.
  public var fingerprint: String {
    let sum = UInt64(littleEndian: file.load(file.count - 16, as: UInt64.self))
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Reads every byte and holds it to its checksum, and every key to the order.
  public func verify() throws(KnowledgeError) {
    var alleles = 0
    for entry in directory.entries {
      let bin = try StoreBin(entry, of: file, columnCount: metadata.fields.count)
      for row in 1..<max(1, bin.rows) where bin.key(row) < bin.key(row - 1) {
        throw KnowledgeError(.store(.damaged("order of \(entry.place)")), at: .init(file: path))
      }
      alleles += bin.rows
    }
    guard alleles == metadata.alleles else {
      throw KnowledgeError(.store(.damaged("number of alleles")), at: .init(file: path))
    }
  }

  /// A text by its number.
  func text(_ number: UInt32) -> String? {
    guard !texts.isEmpty else { return nil }
    let count = Int(UInt64(littleEndian: file.load(texts.lowerBound, as: UInt64.self)))
    guard number < count, 8 * (count + 2) <= texts.count else { return nil }
    let table = texts.lowerBound + 8
    let start = Int(truncatingIfNeeded: UInt64(littleEndian: file.load(table + 8 * Int(number), as: UInt64.self)))
    let end = Int(truncatingIfNeeded: UInt64(littleEndian: file.load(table + 8 * Int(number) + 8, as: UInt64.self)))
    let first = table + 8 * (count + 1)
    guard start >= 0, start <= end, end <= texts.upperBound - first else { return nil }
    return file.text(first + start..<first + end)
  }
}
