public import Knowledge
public import Model

/// Writes what stores know of the alleles of a record as INFO fields, one value an allele. A value belongs to one worker.
public final class StoreFieldWriter {
  private var cursors: [AlleleStoreCursor]
  private let normaliser: AlleleNormaliser
  /// Of each store, its fields as `;KEY=`.
  private let keys: [[[UInt8]]]

  /// - Parameter normaliser: brings the alleles of records to the spelling of the stores.
  public init(_ stores: [AlleleStore], normaliser: AlleleNormaliser) {
    cursors = stores.map { AlleleStoreCursor($0) }
    self.normaliser = normaliser
    keys = stores.map { store in store.metadata.fields.map { Array(";\($0.name)=".utf8) } }
  }

  /// The INFO lines of the fields.
  public static func headerLines(_ stores: [AlleleStore]) -> [String] {
    stores.flatMap { store in
      store.metadata.fields.map { field in
        let description = "\(field.description) (\(store.metadata.name) \(store.metadata.version))"
          .replacing("\\", with: "/").replacing("\"", with: "'")
        return "##INFO=<ID=\(field.name),Number=A,Type=\(field.type.rawValue),Description=\"\(description)\">"
      }
    }
  }

  /// Appends the fields of a record, each behind a semicolon; those without a value for any allele are left out.
  ///
  /// - Parameter count: alternates in the ALT column, those that are not spelled out included.
  /// - Returns: whether a store has one of the alleles.
  public func append(
    _ contig: Contig, _ position: Int, _ spelled: SpelledAlleles, count: Int, to bytes: inout [UInt8]
  ) throws(KnowledgeError) -> Bool {
    var isKnown = false
    let alleles = spelled.alternates.map { allele in
      (number: allele.number, normal: normaliser.bases(contig, position, spelled.reference, allele.bases))
    }
    for place in cursors.indices {
      var rows = Array(repeating: AlleleStoreCursor.Row?.none, count: count)
      var isFound = false
      for allele in alleles {
        let normal = allele.normal
        let row = try cursors[place].row(of: contig, normal.position, normal.reference, normal.alternate)
        rows[allele.number - 1] = row
        if row != nil { isFound = true }
      }
      if isFound { try append(rows, of: place, to: &bytes) }
      if isFound { isKnown = true }
    }
    return isKnown
  }

  private func append(
    _ rows: [AlleleStoreCursor.Row?], of place: Int, to bytes: inout [UInt8]
  ) throws(KnowledgeError) {
    for (field, key) in keys[place].enumerated() {
      let start = bytes.count
      var hasValue = false
      bytes += key
      for (index, row) in rows.enumerated() {
        if index > 0 { bytes.append(Bytes.comma) }
        if let row, try cursors[place].append(field, of: row, to: &bytes) {
          hasValue = true
        } else {
          bytes.append(Bytes.dot)
        }
      }
      if !hasValue { bytes.removeLast(bytes.count - start) }
    }
  }
}
