internal import Knowledge
internal import Model

/// Makes rows of a store from alleles and the values that a source has for them: what VCF records and lines of tables share.
struct AllelePacker: Sendable {
  let fields: [StoreMetadata.Field]
  /// For each thing that is read, the field that it fills; several fill one where the highest counts.
  let readings: [(key: String, reading: PackedField.Reading, field: Int)]
  let normaliser: AlleleNormaliser
  /// Places in `fields` of counts and numbers, by group; the group `nil` is all.
  private let counts: [(count: Int, number: Int, group: AncestryGroup?)]
  private let faf95: Int?
  /// Which of several rows of an allele stands: of ClinVar that with the most stars, of populations that with the most
  /// chromosomes, of scores the highest figure.
  let resolution: DuplicateResolution
  private let assembly: Assembly

  init(
    _ packed: [PackedField], for kind: StoreMetadata.Kind, of store: String, assembly: Assembly,
    normaliser: AlleleNormaliser
  ) {
    self.assembly = assembly
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
    fractions = Set(
      names.indices.filter { place in
        switch names[place]?.role {
        case .alleleFrequency, .populationMaximum, .filteringFrequency: kind == .frequency
        default: false
        }
      })
    let numberOfAll = names.firstIndex { $0?.role == .alleleNumber && $0?.group == nil }
    resolution =
      switch kind {
      case .clinvar: .greatest(field: fields.firstIndex { $0.name == PackedFields.stars })
      case .frequency: .greatest(field: numberOfAll)
      case .scores: .highest
      }
    counts = names.indices.compactMap { place in
      guard let name = names[place], name.role == .alleleCount else { return nil }
      let number = names.firstIndex { $0?.role == .alleleNumber && $0?.group == name.group }
      return number.map { (place, $0, name.group) }
    }
  }

  /// Whether the chromosome has the bases that an allele replaces.
  func isOnChromosome(_ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>) -> Bool {
    position > 0 && position <= assembly.length(of: contig) - reference.count + 1
  }

  /// The allele as the store knows it, added without values.
  ///
  /// - Returns: false, with the row counted, for a position that the chromosome does not have.
  func append(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>,
    to rows: inout StoreRows
  ) -> Bool {
    guard isOnChromosome(contig, position, reference) else {
      rows.leaveOut(Reason.position)
      return false
    }
    let normal = normaliser.bases(contig, position, reference, alternate)
    rows.append(contig, normal.position, normal.reference, normal.alternate)
    return true
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
        let value = Self.filtering(count, number)
      else { continue }
      guard let group = pair.group else {
        ofAll = value
        continue
      }
      if group.isBottleneck || number < Double(PopulationFrequency.minimumAlleleNumber) { continue }
      ofGroups = max(ofGroups ?? 0, value)
    }
    if let value = ofGroups ?? ofAll { rows.set(faf95, value) }
  }

  private static func filtering(_ count: Double, _ number: Double) -> Double? {
    guard let count = Int(exactly: count), let number = Int(exactly: number) else { return nil }
    return filteringAlleleFrequency(count: count, number: number)
  }

  /// Fields that hold a frequency, a fraction 0…1.
  let fractions: Set<Int>

  /// Sets a figure of the last allele where it is higher than what was there; counts what no field can hold.
  ///
  /// - Parameter values: the figures of the allele so far, by field.
  func raise(_ field: Int, to number: Double, _ values: inout [Double?], in rows: inout StoreRows) {
    if number < values[field] ?? -.infinity { return }
    if fractions.contains(field), number > 1 {
      rows.leaveOut(Reason.aboveOne)
    } else if rows.set(field, number) {
      values[field] = number
    } else {
      rows.leaveOut(Reason.notANumber)
    }
  }

  /// Reasons why something of a source is not in a store.
  enum Reason {
    static let contig = "record on a contig that is no assembled chromosome"
    static let symbolic = "allele that is not spelled out in bases"
    static let aboveOne = "frequency above 1, which is no fraction"
    static let noAlternate = "record without an alternate allele"
    static let unsplit = "value that is no list with an entry for each allele"
    static let notANumber = "value that is no number"
    static let position = "row without a position on the assembly"
    static let foreignMitochondrion = "record on the old hg19 mitochondrion, whose positions are others"
  }
}
