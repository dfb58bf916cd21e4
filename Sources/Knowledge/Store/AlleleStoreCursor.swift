public import Model

/// A place in a store from which the next alleles are looked for.
///
/// A sorted stream of alleles moves through the store once, each search beginning where the last one ended; a stream that goes
/// back is answered as well, only slower. A value belongs to one worker.
public struct AlleleStoreCursor {
  /// An allele that the store holds.
  public struct Row: Sendable, Hashable {
    let bin: Int
    let row: Int
  }

  public let store: AlleleStore
  private let types: [StoreMetadata.Field.ValueType]
  /// Place in the directory of the bin that is open.
  private var place = -1
  private var bin: StoreBin?
  private var hint = 0

  public init(_ store: AlleleStore) {
    self.store = store
    types = store.metadata.fields.map(\.type)
  }

  /// The row of a normalised allele, in upper case; nil when the store does not hold it.
  ///
  /// - Parameter position: 1-based, of the first base of `reference`.
  /// - Throws: `damaged` at the first use of a bin whose checksum is wrong.
  /// - Complexity: about log2 of the distance to the allele before.
  public mutating func row(
    of contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>
  ) throws(KnowledgeError) -> Row? {
    guard try open(contig, position), let bin else { return nil }
    let code = AlleleCode.of(reference, alternate)
    let key = Self.key(position, code ?? AlleleCode.firstSpelled)
    hint = bin.firstRow(notBelow: key, near: hint)
    if code == nil {
      return bin.spelledRow(reference, alternate, key: key, from: hint).map { Row(bin: place, row: $0) }
    }
    return hint < bin.rows && bin.key(hint) == key ? Row(bin: place, row: hint) : nil
  }

  /// The alleles that begin at a position, in the order of the store.
  public mutating func alleles(at locus: Locus) throws(KnowledgeError) -> [(row: Row, allele: Allele)] {
    guard try open(locus.contig, locus.position), let bin else { return [] }
    let first = bin.firstRow(notBelow: Self.key(locus.position, 0), near: hint)
    var found: [(row: Row, allele: Allele)] = []
    var row = first
    while row < bin.rows, bin.key(row) >> UInt32(StoreFormat.codeBits) == Self.offset(locus.position) {
      if let spelling = bin.alleles(row) {
        found.append(
          (Row(bin: place, row: row), Allele(locus.contig, locus.position, spelling.reference, spelling.alternate)))
      }
      row += 1
    }
    return found
  }

  /// The figure of a field; nil where it is missing or a text.
  public mutating func number(_ field: Int, of row: Row) throws(KnowledgeError) -> Double? {
    let bits = try bits(field, of: row)
    if bits == StoreFormat.missing { return nil }
    return switch store.metadata.fields[field].type {
    case .integer: Double(bits)
    // The decimal that was packed is the shortest one that gives the same Float: 0.01, not 0.00999999978.
    case .float: Double(Float(bitPattern: bits).description)
    case .text: nil
    }
  }

  /// The value of a field as it is written in a VCF; nil where it is missing.
  public mutating func text(_ field: Int, of row: Row) throws(KnowledgeError) -> String? {
    let bits = try bits(field, of: row)
    if bits == StoreFormat.missing { return nil }
    return switch store.metadata.fields[field].type {
    case .integer: String(bits)
    case .float: Self.text(ofFloat: bits)
    case .text: try storedText(bits)
    }
  }

  /// Appends the value of a field as it stands in a list of an INFO key, with what would end the list or the key as `%XX` (VCF 4.3,
  /// section 1.2), and blanks as `_`.
  ///
  /// - Returns: false, with nothing appended, where the value is missing.
  public mutating func append(_ field: Int, of row: Row, to bytes: inout [UInt8]) throws(KnowledgeError) -> Bool {
    let bits = try bits(field, of: row)
    if bits == StoreFormat.missing { return false }
    try append(bits, as: store.metadata.fields[field].type, to: &bytes)
    return true
  }

  /// Appends all fields that a row has a value for.
  ///
  /// - Parameter keys: what stands before each value, by field.
  public mutating func append(of row: Row, keys: [[UInt8]], to bytes: inout [UInt8]) throws(KnowledgeError) {
    try open(place: row.bin)
    guard let bin else { return }
    for field in types.indices {
      let bits = bin.value(field, row.row)
      if bits == StoreFormat.missing { continue }
      bytes += keys[field]
      try append(bits, as: types[field], to: &bytes)
    }
  }

  private func append(
    _ bits: UInt32, as type: StoreMetadata.Field.ValueType, to bytes: inout [UInt8]
  ) throws(KnowledgeError) {
    switch type {
    case .integer: Self.append(bits, to: &bytes)
    case .float: bytes += Self.text(ofFloat: bits).utf8
    case .text:
      for byte in try storedText(bits).utf8 {
        switch byte {
        case UInt8(ascii: ","): bytes += "%2C".utf8
        case UInt8(ascii: ";"): bytes += "%3B".utf8
        case UInt8(ascii: "="): bytes += "%3D".utf8
        case 0...32: bytes.append(UInt8(ascii: "_"))
        default: bytes.append(byte)
        }
      }
    }
  }

  private func storedText(_ number: UInt32) throws(KnowledgeError) -> String {
    guard let text = store.text(number) else {
      throw KnowledgeError(.store(.damaged("texts")), at: .init(file: store.path))
    }
    return text
  }

  private static func text(ofFloat bits: UInt32) -> String {
    let value = Float(bitPattern: bits)
    return value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : value.description
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    var rest = number
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func bits(_ field: Int, of row: Row) throws(KnowledgeError) -> UInt32 {
    try open(place: row.bin)
    return bin?.value(field, row.row) ?? StoreFormat.missing
  }

  static func offset(_ position: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: (position &- 1) & ((1 << StoreFormat.binShift) - 1))
  }

  static func key(_ position: Int, _ code: UInt32) -> UInt32 {
    offset(position) << UInt32(StoreFormat.codeBits) | code
  }

  /// Makes the bin of a position the one that is open; false when the store has none there.
  private mutating func open(_ contig: Contig, _ position: Int) throws(KnowledgeError) -> Bool {
    guard position > 0,
      let wanted = store.directory.place(of: contig, bin: (position &- 1) >> StoreFormat.binShift)
    else { return false }
    try open(place: wanted)
    return true
  }

  private mutating func open(place wanted: Int) throws(KnowledgeError) {
    if place == wanted, bin != nil { return }
    bin = try StoreBin(
      store.directory.entries[wanted], of: store.file, columnCount: store.metadata.fields.count)
    place = wanted
    hint = 0
  }
}
