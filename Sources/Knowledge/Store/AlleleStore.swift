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
  /// Where the ends of the texts stand, and their number.
  private let textTable: (start: Int, count: Int)
  private let textsEnd: Int

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
    guard let metadataFault = Self.fault(of: metadata) else {
      textTable = try Self.textTable(sections[.texts], of: file)
      textsEnd = sections[.texts].upperBound
      self.path = path
      self.file = file
      self.metadata = metadata
      return
    }
    throw KnowledgeError(.store(.damaged(metadataFault)), at: place)
  }

  /// What of a description cannot be; nil for a sound one. Names of fields stand in headers of VCF files.
  private static func fault(of metadata: StoreMetadata) -> String? {
    if Assembly(rawValue: metadata.assembly) == nil { return "build" }
    let isNamed = metadata.fields.allSatisfy { $0.name.wholeMatch(of: /[A-Za-z_][0-9A-Za-z_.]*/) != nil }
    return isNamed && !metadata.fields.isEmpty ? nil : "names of fields"
  }

  private static func textTable(_ range: Range<Int>, of file: MappedFile) throws(KnowledgeError) -> (
    start: Int, count: Int
  ) {
    guard range.count >= 16,
      let count = Int(exactly: UInt64(littleEndian: file.load(range.lowerBound, as: UInt64.self))),
      count <= range.count / 8 - 2
    else { throw KnowledgeError(.store(.damaged("texts")), at: .init(file: file.path)) }
    return (range.lowerBound + 8, count)
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
    func damaged(_ what: String) -> KnowledgeError { KnowledgeError(.store(.damaged(what)), at: .init(file: path)) }
    var alleles = 0
    for entry in directory.entries {
      let bin = try StoreBin(entry, of: file, columnCount: metadata.fields.count)
      guard bin.isSound(fields: metadata.fields, textCount: textTable.count) else {
        throw damaged("alleles of \(entry.place)")
      }
      alleles += bin.rows
    }
    for number in 0..<textTable.count where text(UInt32(number)) == nil { throw damaged("texts") }
    guard alleles == metadata.alleles else {
      throw damaged("number of alleles")
    }
  }

  /// A text by its number.
  func text(_ number: UInt32) -> String? {
    guard number < textTable.count else { return nil }
    func end(_ place: Int) -> Int? {
      Int(exactly: UInt64(littleEndian: file.load(textTable.start + 8 * place, as: UInt64.self)))
    }
    let first = textTable.start + 8 * (textTable.count + 1)
    guard let start = end(Int(number)), let end = end(Int(number) + 1), start <= end, end <= textsEnd - first else {
      return nil
    }
    return file.text(first + start..<first + end)
  }
}
