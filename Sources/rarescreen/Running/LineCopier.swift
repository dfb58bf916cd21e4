import Model

/// The lines of a batch, copied in two parts, so that something can be put at the end of INFO.
struct LineCopier {
  let batch: VariantBatch
  private let text: [UInt8]
  /// INFO keys that are left out.
  private let dropped: Set<String>

  init(_ batch: VariantBatch, dropping dropped: Set<String>) {
    self.batch = batch
    text = batch.text
    self.dropped = dropped
  }

  /// Appends a line up to the end of its INFO.
  ///
  /// - Returns: whether INFO holds anything; a missing one is left out.
  func appendBeginning(_ row: Int, to bytes: inout [UInt8]) -> Bool {
    let start = batch.bounds(of: row).lowerBound
    let info = batch.range(.info, of: row)
    if info.count == 1, text[info.lowerBound] == UInt8(ascii: ".") {
      bytes.append(start..<info.lowerBound, of: text)
      return false
    }
    if dropped.isEmpty {
      bytes.append(start..<info.upperBound, of: text)
      return !info.isEmpty
    }
    bytes.append(start..<info.lowerBound, of: text)
    let before = bytes.count
    batch.forEachInfo(of: row) { key, value in
      if dropped.contains(String(decoding: key, as: UTF8.self)) { return }
      if bytes.count > before { bytes.append(UInt8(ascii: ";")) }
      bytes.append(key.startIndex..<max(key.endIndex, value.endIndex), of: text)
    }
    return bytes.count > before
  }

  /// Appends what stands behind INFO.
  func appendEnd(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(batch.range(.info, of: row).upperBound..<batch.bounds(of: row).upperBound, of: text)
  }
}
