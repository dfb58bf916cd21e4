public import Knowledge
public import Model

/// Makes rows of a store from alleles and the values that a source has for them: what VCF records and lines of tables share.
struct AllelePacker: Sendable {
  let fields: [StoreMetadata.Field]
  /// For each thing that is read, the field that it fills; several fill one where the highest counts.
  let readings: [(key: String, reading: PackedField.Reading, field: Int)]
  let normaliser: AlleleNormaliser
  /// Places in `fields` of counts and numbers, by group; the group `nil` is all.
  private let counts: [(count: Int, number: Int, group: AncestryGroup?)]
  private let faf95: Int?

  init(_ packed: [PackedField], of store: String, normaliser: AlleleNormaliser) {
    var fields: [StoreMetadata.Field] = []
    var readings: [(key: String, reading: PackedField.Reading, field: Int)] = []
    for one in packed {
      let place = fields.firstIndex { $0.name == one.field.name } ?? fields.count
      if place == fields.count { fields.append(one.field) }
      readings.append((one.key, one.reading, place))
    }
    self.fields = fields
    self.readings = readings
    self.normaliser = normaliser
    faf95 = readings.first { $0.reading == .computedFAF95 }?.field
    let names = fields.map { AnnotationFieldName(population: String($0.name.dropFirst(store.utf8.count + 1))) }
    counts = names.indices.compactMap { place in
      guard let name = names[place], name.role == .alleleCount else { return nil }
      let number = names.firstIndex { $0?.role == .alleleNumber && $0?.group == name.group }
      return number.map { (place, $0, name.group) }
    }
  }

  /// The allele as the store knows it, added without values.
  func append(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>,
    to rows: inout StoreRows
  ) {
    let normal = normaliser.bases(contig, position, reference, alternate)
    rows.append(contig, normal.position, normal.reference, normal.alternate)
  }

  /// Sets the FAF95 of the last allele from its counts: the highest of the groups without a bottleneck that are large enough, else
  /// that of all.
  ///
  /// - Parameter values: of the fields, where they are numbers.
  func setComputed(_ values: [Double?], in rows: inout StoreRows) {
    guard let faf95 else { return }
    var ofGroups: Double?
    var ofAll: Double?
    for pair in counts {
      guard let count = values[pair.count], let number = values[pair.number],
        let value = filteringAlleleFrequency(count: Int(count), number: Int(number))
      else { continue }
      guard let group = pair.group else {
        ofAll = value
        continue
      }
      if group.isBottleneck || Int(number) < PopulationFrequency.minimumAlleleNumber { continue }
      ofGroups = max(ofGroups ?? 0, value)
    }
    if let value = ofGroups ?? ofAll { rows.set(faf95, value) }
  }

  /// Reasons why something of a source is not in a store.
  enum Reason {
    static let contig = "record on a contig that is no assembled chromosome"
    static let symbolic = "allele that is not spelled out in bases"
    static let noValue = "allele without a value"
    static let notANumber = "value that is no number"
    static let position = "row without a position on the assembly"
  }
}
