public import Model

/// Alleles with their values on the way into a store, as columns: what a worker makes of a stretch of a source.
public struct StoreRows: Sendable {
  /// Contig, position and code of each allele, in one number that sorts as the store does.
  private(set) var keys: [UInt64] = []
  /// Spelling of the alleles without a code of their own, by row.
  private(set) var spelled: [Int: [UInt8]] = [:]
  /// Bits of the values, a list a field.
  private(set) var columns: [[UInt32]]
  /// Texts of this stretch, without repeats.
  private(set) var texts: [String] = []
  private var textPlaces: [String: UInt32] = [:]
  /// What is not among the rows, by reason in words.
  public private(set) var leftOut: [String: Int] = [:]
  /// Rows of the source that were looked at.
  public private(set) var read = 0

  public let fields: [StoreMetadata.Field]

  public init(fields: [StoreMetadata.Field]) {
    self.fields = fields
    columns = Array(repeating: [], count: fields.count)
  }

  public var count: Int { keys.count }

  /// Adds an allele without values.
  ///
  /// - Parameters:
  ///   - position: 1-based, on the chromosome.
  ///   - reference: normalised, in upper case.
  public mutating func append(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>
  ) {
    let code = AlleleCode.of(reference, alternate)
    if code == nil { spelled[count] = Array(reference) + [StoreBin.separator] + Array(alternate) }
    keys.append(Self.key(contig, position, code ?? AlleleCode.firstSpelled))
    for column in columns.indices { columns[column].append(StoreFormat.missing) }
  }

  /// Sets a figure of the allele that was added last.
  ///
  /// - Returns: whether the field can hold it; a whole number must fit 31 bits and may not be negative.
  @discardableResult
  public mutating func set(_ field: Int, _ value: Double) -> Bool {
    switch fields[field].type {
    case .integer:
      // INFO of a VCF holds whole numbers of 32 bits with a sign.
      guard let number = Int32(exactly: value), number >= 0 else { return false }
      let bits = UInt32(number)
      columns[field][count - 1] = bits
    case .float:
      let packed = Float(value)
      guard packed.isFinite else { return false }
      columns[field][count - 1] = packed.bitPattern
    case .text: return false
    }
    return true
  }

  public mutating func set(_ field: Int, _ text: String) {
    columns[field][count - 1] = place(of: text)
  }

  private mutating func place(of text: String) -> UInt32 {
    if let place = textPlaces[text] { return place }
    let place = UInt32(texts.count)
    texts.append(text)
    textPlaces[text] = place
    return place
  }

  /// Takes the allele that was added last back where it has no value, and counts it.
  public mutating func dropLastIfEmpty() {
    let last = count - 1
    guard last >= 0, columns.allSatisfy({ $0[last] == StoreFormat.missing }) else { return }
    keys.removeLast()
    spelled[last] = nil
    for column in columns.indices { columns[column].removeLast() }
    leaveOut("allele without a value")
  }

  public mutating func leaveOut(_ reason: String) { leftOut[reason, default: 0] += 1 }

  public mutating func countRead(_ rows: Int) { read += rows }

  static func key(_ contig: Contig, _ position: Int, _ code: UInt32) -> UInt64 {
    precondition((1...Int(Int32.max)).contains(position), "a position on no chromosome")
    let zeroBased = UInt64(truncatingIfNeeded: position - 1)
    return UInt64(contig.rawValue) << 56 | zeroBased << UInt64(StoreFormat.codeBits) | UInt64(code)
  }
}
