public import Knowledge
public import Model

/// Writes what stores know of the alleles of a record as INFO fields, one value an allele. A value belongs to one worker.
public final class StoreFieldWriter {
  private var cursors: [AlleleStoreCursor]
  private let normaliser: AlleleNormaliser
  /// Of each store, its fields as `;KEY=`.
  private let keys: [[[UInt8]]]
  /// Of each store, the fields of the counts and numbers of all, which an allele has that nobody carries.
  private let absences: [(count: Int, number: Int)?]

  /// - Parameter normaliser: brings the alleles of records to the spelling of the stores.
  public init(_ stores: [AlleleStore], normaliser: AlleleNormaliser) {
    cursors = stores.map { AlleleStoreCursor($0) }
    self.normaliser = normaliser
    absences = StoreLayout(stores, beside: nil).plans.map { plan in
      plan.absence.map { (plan.uses[$0.count].field, plan.uses[$0.number].field) }
    }
    keys = stores.map { store in store.metadata.fields.map { Array(";\($0.name)=".utf8) } }
  }

  /// The INFO lines of the fields.
  public static func headerLines(_ stores: [AlleleStore]) -> [String] {
    stores.flatMap { store in
      store.metadata.fields.map { field in
        let description = "\(field.description) (\(store.metadata.name) \(store.metadata.version))"
          .map { $0.isNewline || $0 == "\t" ? " " : $0 == "\\" ? "/" : $0 == "\"" ? "'" : $0 }
        return "##INFO=<ID=\(field.name),Number=A,Type=\(field.type.rawValue),Description=\"\(String(description))\">"
      }
    }
  }

  /// Appends the fields of a record, each behind a semicolon; those without a value for any allele are left out. An allele that a
  /// source would have seen where it looked has a count of 0.
  ///
  /// - Returns: whether a store tells of one of the alleles.
  public func append(
    _ contig: Contig, _ position: Int, _ spelled: SpelledAlleles, to bytes: inout [UInt8]
  ) throws(KnowledgeError) -> Bool {
    if spelled.writtenCount == 1, let only = spelled.alternates.first {
      return try append(contig, position, spelled.reference, only.bases, to: &bytes)
    }
    var isKnown = false
    let alleles = spelled.alternates.map { allele in
      (number: allele.number, normal: normaliser.bases(contig, position, spelled.reference, allele.bases))
    }
    for place in cursors.indices {
      var entries = Array(repeating: Entry.unknown, count: spelled.writtenCount)
      var isTold = false
      for allele in alleles {
        let normal = allele.normal
        let row = try cursors[place].row(of: contig, normal.position, normal.reference, normal.alternate)
        if let row {
          entries[allele.number - 1] = .known(row)
          isKnown = true
        } else if absences[place] != nil,
          let number = cursors[place].store.numberLookedAt(
            contig, normal.position, normal.reference, normal.alternate, isLeftAligned: normaliser.isLeftAligning)
        {
          entries[allele.number - 1] = .absent(number: number)
          isKnown = true
        } else {
          continue
        }
        isTold = true
      }
      if isTold { try append(entries, of: place, to: &bytes) }
    }
    return isKnown
  }

  /// The same for a record of one alternate, as most are.
  private func append(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>,
    to bytes: inout [UInt8]
  ) throws(KnowledgeError) -> Bool {
    var isKnown = false
    let normal = normaliser.bases(contig, position, reference, alternate)
    for place in cursors.indices {
      if let row = try cursors[place].row(of: contig, normal.position, normal.reference, normal.alternate) {
        try cursors[place].append(of: row, keys: keys[place], to: &bytes)
        isKnown = true
      } else if let absence = absences[place],
        let number = cursors[place].store.numberLookedAt(
          contig, normal.position, normal.reference, normal.alternate, isLeftAligned: normaliser.isLeftAligning)
      {
        for (field, value) in [(absence.count, 0), (absence.number, number)].sorted(by: { $0.0 < $1.0 }) {
          bytes += keys[place][field]
          bytes += "\(value)".utf8
        }
        isKnown = true
      }
    }
    return isKnown
  }

  /// What a store says of an allele.
  private enum Entry {
    case known(AlleleStoreCursor.Row)
    case absent(number: Int)
    case unknown
  }

  private func append(
    _ entries: [Entry], of place: Int, to bytes: inout [UInt8]
  ) throws(KnowledgeError) {
    for (field, key) in keys[place].enumerated() {
      let start = bytes.count
      var hasValue = false
      bytes += key
      for (index, entry) in entries.enumerated() {
        if index > 0 { bytes.append(Bytes.comma) }
        if try append(entry, field, of: place, to: &bytes) {
          hasValue = true
        } else {
          bytes.append(Bytes.dot)
        }
      }
      if !hasValue { bytes.removeLast(bytes.count - start) }
    }
  }

  private func append(
    _ entry: Entry, _ field: Int, of place: Int, to bytes: inout [UInt8]
  ) throws(KnowledgeError) -> Bool {
    switch entry {
    case .known(let row): return try cursors[place].append(field, of: row, to: &bytes)
    case .absent(let number):
      guard let absence = absences[place], field == absence.count || field == absence.number else { return false }
      bytes += (field == absence.count ? "0" : "\(number)").utf8
      return true
    case .unknown: return false
    }
  }
}
