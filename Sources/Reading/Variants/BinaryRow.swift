internal import Model

/// A BCF record as it lies in the bytes of a worker (BCF2 specification, section 6.3), with its fields found one after the
/// other and no further than they are asked for.
///
/// Safe to use while the bytes stay where they are: whoever makes a row vouches for its two sizes, and every further step is
/// held to them.
@safe struct BinaryRow {
  /// A typed vector (section 6.3.3): the size of its values in bytes, their kind, how many there are, and where.
  struct Vector {
    var type: UInt8
    var count: Int
    var start: Int
    var end: Int
  }

  static let fixedSize = 24
  let bytes: UnsafePointer<UInt8>
  /// Bytes of the parts: site, and samples.
  let sharedSize: Int
  let individualSize: Int

  /// - Parameter start: of the record, its two lengths first.
  init(at start: UnsafePointer<UInt8>) {
    sharedSize = unsafe Self.number(start, 0)
    individualSize = unsafe Self.number(start, 4)
    unsafe bytes = start + 8
  }

  /// The record from its two lengths on.
  var whole: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: bytes - 8, count: 8 + sharedSize + individualSize)
  }

  var contig: Int { unsafe Int(Int32(truncatingIfNeeded: Self.number(bytes, 0))) }
  /// 1-based.
  var position: Int { unsafe Int(Int32(truncatingIfNeeded: Self.number(bytes, 4))) + 1 }
  var referenceLength: Int { unsafe Int(Int32(truncatingIfNeeded: Self.number(bytes, 8))) }
  /// NaN when missing.
  var quality: Float { unsafe Float(bitPattern: UInt32(Self.number(bytes, 12))) }
  var infoCount: Int { unsafe Self.number(bytes, 16) & 0xffff }
  var alleleCount: Int { unsafe Self.number(bytes, 16) >> 16 }
  var sampleCount: Int { unsafe Self.number(bytes, 20) & 0xffffff }
  var formatCount: Int { unsafe Self.number(bytes, 20) >> 24 }

  static func number(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Int {
    unsafe Int(UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  /// The vector at an offset of the record's body; nil when it does not end before `limit`.
  func vector(at offset: Int, limit: Int, times: Int = 1) -> Vector? {
    guard offset < limit else { return nil }
    let head = unsafe bytes[offset]
    var start = offset + 1
    var count = Int(head >> 4)
    if count == 15 {
      // One whole number tells the length; anything else could nest without end.
      guard start < limit, unsafe (0x11...0x13).contains(bytes[start]) else { return nil }
      guard let length = vector(at: start, limit: limit), length.count == 1, let value = integer(length, 0),
        value >= 0
      else { return nil }
      count = value
      start = length.end
    }
    let type = head & 15
    // Nothing has no length; htslib ends the program over one.
    guard let size = Self.size(of: type), type != 0 || count == 0 else { return nil }
    let (values, overflow) = count.multipliedReportingOverflow(by: times * size)
    guard !overflow, values <= limit - start else { return nil }
    return Vector(type: type, count: count, start: start, end: start + values)
  }

  /// The type of text.
  static let textType: UInt8 = 7

  /// Behind the vector at an offset; nil when it does not end before `limit`. Quick for short vectors, which most are.
  @inline(__always)
  func end(at offset: Int, limit: Int) -> Int? {
    guard offset < limit else { return nil }
    let head = unsafe bytes[offset]
    let count = Int(head >> 4)
    guard count < 15 else { return vector(at: offset, limit: limit)?.end }
    // Sizes of the types 0 to 7, four bits each; a type that there is not has 15.
    let size = 0x1F4F_4210 >> (4 * Int(head & 7)) & 15
    let end = offset + 1 + count * size
    if size == 0, count > 0 { return nil }
    return size == 15 || head & 8 != 0 || end > limit ? nil : end
  }

  /// The number of a key at an offset, and where its value begins.
  @inline(__always)
  func key(at offset: Int, limit: Int) -> (key: Int, value: Int)? {
    guard offset + 5 <= limit else { return nil }
    switch unsafe bytes[offset] {
    case 0x11: return unsafe (Int(bytes[offset + 1]), offset + 2)
    case 0x12: return unsafe (Int(bytes[offset + 1]) | Int(bytes[offset + 2]) << 8, offset + 3)
    default:
      guard let vector = vector(at: offset, limit: limit), vector.count == 1, let key = integer(vector, 0) else {
        return nil
      }
      return (key, vector.end)
    }
  }

  /// Bytes of a value; nil for a type that there is not.
  static func size(of type: UInt8) -> Int? {
    switch type {
    case 0: 0
    case 1, 7: 1
    case 2: 2
    case 3, 5: 4
    default: nil
    }
  }

  /// A whole number of a vector; nil when it is missing, behind the end of the values, or of another type.
  func integer(_ vector: Vector, _ index: Int) -> Int? {
    let place = unsafe UnsafeRawPointer(bytes + vector.start)
    switch vector.type {
    case 1:
      let value = unsafe place.loadUnaligned(fromByteOffset: index, as: Int8.self)
      return value <= Int8.min + 7 ? nil : Int(value)
    case 2:
      let value = unsafe Int16(littleEndian: place.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self))
      return value <= Int16.min + 7 ? nil : Int(value)
    case 3:
      let value = unsafe Int32(littleEndian: place.loadUnaligned(fromByteOffset: 4 * index, as: Int32.self))
      return value <= Int32.min + 7 ? nil : Int(value)
    default: return nil
    }
  }

  /// A number of a vector; nil when it is missing or no number.
  func decimal(_ vector: Vector, _ index: Int) -> Double? {
    guard vector.type == 5 else { return integer(vector, index).map { Double($0) } }
    let bits = unsafe Self.number(bytes, vector.start + 4 * index)
    // Missing, and end of vector.
    return bits == 0x7F80_0001 || bits == 0x7F80_0002 ? nil : Double(Float(bitPattern: UInt32(bits)))
  }

  /// The FILTER vector, and by it the place where INFO begins; nil when the record is not sound so far.
  func filters() -> Vector? {
    guard var at = end(at: Self.fixedSize, limit: sharedSize) else { return nil }
    for _ in 0..<alleleCount {
      guard let end = end(at: at, limit: sharedSize) else { return nil }
      at = end
    }
    return vector(at: at, limit: sharedSize)
  }

  /// Whether an ALT is symbolic.
  func isSymbolic() -> Bool {
    guard var at = vector(at: Self.fixedSize, limit: sharedSize)?.end else { return true }
    for allele in 0..<alleleCount {
      guard let text = vector(at: at, limit: sharedSize) else { return true }
      if allele > 0, unsafe text.count > 0 && bytes[text.start] == UInt8(ascii: "<") { return true }
      at = text.end
    }
    return false
  }

  /// Whether every field lies where it should and every number in it has a name, so that htslib can be trusted with it.
  func isSound(_ header: BinaryHeader) -> Bool {
    func isKey(_ vector: Vector) -> Bool {
      guard vector.count == 1, let key = integer(vector, 0), header.keys.indices.contains(key) else { return false }
      return header.keys[key] != nil
    }
    guard header.contigs.indices.contains(contig), header.contigs[contig] != nil, alleleCount > 0,
      sampleCount == header.sampleCount, let filters = filters(), filters.type <= 3
    else { return false }
    for index in 0..<filters.count {
      guard let filter = integer(filters, index), header.keys.indices.contains(filter), header.keys[filter] != nil
      else {
        return false
      }
    }
    var at = filters.end
    for _ in 0..<infoCount {
      guard let key = vector(at: at, limit: sharedSize), isKey(key),
        let value = vector(at: key.end, limit: sharedSize)
      else { return false }
      at = value.end
    }
    let end = sharedSize + individualSize
    at = sharedSize
    for _ in 0..<formatCount {
      guard let key = vector(at: at, limit: end), isKey(key),
        let values = vector(at: key.end, limit: end, times: sampleCount)
      else { return false }
      // A genotype is whole numbers; htslib ends the program over others.
      if integer(key, 0) == header.genotypeKey, !(1...3).contains(values.type) { return false }
      at = values.end
    }
    return true
  }
}
