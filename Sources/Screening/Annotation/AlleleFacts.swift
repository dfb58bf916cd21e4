public import Model

/// What the annotation of a record says of one alternate allele, apart from its consequences.
public struct AlleleFacts: Sendable, Hashable {
  public var frequency: PopulationFrequency
  /// Copies in the laboratory's own cohort.
  public var localCount: Int?
  /// Chromosomes in the laboratory's own cohort.
  public var localNumber: Int?
  public var clinVar: ClinVarRecord?
  public var predictions: Predictions

  public init(
    frequency: PopulationFrequency = .noData, localCount: Int? = nil, localNumber: Int? = nil,
    clinVar: ClinVarRecord? = nil, predictions: Predictions = Predictions()
  ) {
    self.frequency = frequency
    self.localCount = localCount
    self.localNumber = localNumber
    self.clinVar = clinVar
    self.predictions = predictions
  }
}

extension AnnotationLayout {
  /// Reads frequencies, ClinVar and predictions of one alternate allele.
  ///
  /// `.`, an empty value and a negative number are missing, which is never 0. Lists are split by the header's `Number`; where
  /// one allele bears several values, as with dbNSFP's one score a transcript or `&`-joined CSQ values, the highest counts.
  ///
  /// - Parameter alternate: place in the ALT column, from 1.
  /// - Complexity: one pass over INFO, with a table from key to role; none where the fields were found before.
  public func facts(of row: Int, alternate: Int, in batch: VariantBatch) -> AlleleFacts {
    facts(of: row, alternate: alternate, in: batch, InfoFields(of: row, in: batch, keys: keys))
  }

  func facts(of row: Int, alternate: Int, in batch: VariantBatch, _ fields: InfoFields) -> AlleleFacts {
    notes(of: row, alternate: alternate, in: batch, fields, databaseCount: databases.count).facts(names: useNames)
  }

  /// The figures of one alternate allele before they are weighed, so that others can be added.
  ///
  /// - Parameter databaseCount: number of population databases, those that will be added included.
  func notes(
    of row: Int, alternate: Int, in batch: VariantBatch, _ fields: InfoFields, databaseCount: Int
  ) -> FactNotes {
    let alleles = RecordAlleles(of: row, in: batch)
    var notes = FactNotes(
      databaseCount: databaseCount, contig: batch.contigs[row], position: batch.positions[row])
    for field in fields.of(row) {
      let wanted = keyUses[field.key]
      for use in wanted.uses {
        read(field.value, as: infoUses[use], alternate: alternate, alleles: alleles, into: &notes)
      }
      if let format = wanted.format {
        readSubfields(of: format, field.value, alternate: alternate, alleles: alleles, into: &notes)
      }
    }
    return notes
  }

  private func read(
    _ value: Range<Int>, as use: FactUse, alternate: Int, alleles: RecordAlleles, into notes: inout FactNotes
  ) {
    switch use.role {
    case .clinVarSignificance, .clinVarReview:
      // Words hold commas of their own, so they are split only where the header counts them by allele.
      let own = use.number == .perAlternate ? part(of: value, use, alternate, alleles) : value
      if let own { notes.add(words: Bytes.decoded(own, in: alleles.text), as: use) }
    case .spliceAI where value.contains(where: { alleles.text[$0] == Bytes.bar }):
      readSpliceAI(value, as: use, alternate: alternate, alleles: alleles, into: &notes)
    default:
      if let own = part(of: value, use, alternate, alleles) {
        notes.add(Self.highest(own, separator: Bytes.comma, in: alleles.text), as: use)
      }
    }
  }

  /// The part of a list that belongs to an allele; nil when the list cannot be split by allele.
  private func part(
    of value: Range<Int>, _ use: FactUse, _ alternate: Int, _ alleles: RecordAlleles
  ) -> Range<Int>? {
    let count = Bytes.partCount(of: value, in: alleles.text, separator: Bytes.comma)
    let alternates = alleles.alternates.count
    let index: Int?
    switch use.number {
    case .perAllele: index = count == alternates + 1 ? alternate : nil
    case .perAlternate where count != alternates && alternates == 1: return value
    case .perAlternate: index = count == alternates ? alternate - 1 : nil
    case .count(1) where count == 1: return value
    default:
      // A list of unknown rule: by allele when the length fits, with the reference in front as in dbSNP's CAF, or one value.
      if count == alternates + 1, use.isReferenceFirst {
        index = alternate
      } else if alternates == 1 || count == 1 {
        return value
      } else {
        index = count == alternates ? alternate - 1 : nil
      }
    }
    return index.flatMap { Bytes.part($0, of: value, in: alleles.text, separator: Bytes.comma) }
  }

  private static func highest(_ range: Range<Int>, separator: UInt8, in text: [UInt8]) -> Double? {
    var highest: Double?
    Bytes.forEachPart(of: range, in: text, separator: separator) { _, part in
      if let value = Bytes.number(part, in: text) { highest = max(highest ?? value, value) }
    }
    return highest
  }

  /// `ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_…`, an entry a gene; the allele is spelled as in ALT. Source: SpliceAI's README.
  private func readSpliceAI(
    _ value: Range<Int>, as use: FactUse, alternate: Int, alleles: RecordAlleles, into notes: inout FactNotes
  ) {
    Bytes.forEachPart(of: value, in: alleles.text, separator: Bytes.comma) { _, entry in
      var isOwn = false
      Bytes.forEachPart(of: entry, in: alleles.text, separator: Bytes.bar) { index, part in
        if index == 0 { isOwn = alleles.index(fullName: part) == alternate }
        if isOwn, (2...5).contains(index) { notes.add(Bytes.number(part, in: alleles.text), as: use) }
      }
    }
  }

  private func readSubfields(
    of place: Int, _ value: Range<Int>, alternate: Int, alleles: RecordAlleles, into notes: inout FactNotes
  ) {
    guard !subfieldUses[place].isEmpty, !Bytes.isMissing(value, in: alleles.text) else { return }
    let entries = ConsequenceEntries(
      value, format: formats[place], alleles: alleles, keeping: factSubfields[place])
    for entry in 0..<entries.count {
      switch entries.owner(of: entry) {
      case .allele(let number) where number == alternate: break
      case .everyAllele: break
      case .allele, .unspecified, .unmatched, .elsewhere: continue
      }
      for (index, use) in subfieldUses[place] {
        let part = entries.part(entry, index)
        if use.role == .clinVarSignificance || use.role == .clinVarReview {
          notes.add(words: Bytes.decoded(part, in: alleles.text), as: use)
        } else if part.contains(where: { alleles.text[$0] == UInt8(ascii: ":") }) {
          notes.add(Self.frequency(part, ofAllele: entries.alleleName(entry), in: alleles.text), as: use)
        } else {
          notes.add(Self.highest(part, separator: Bytes.ampersand, in: alleles.text), as: use)
        }
      }
    }
  }

  /// `T:0.0012&A:0.3`, as VEP wrote frequencies before release 90: the figure of the named allele.
  private static func frequency(_ range: Range<Int>, ofAllele name: Range<Int>?, in text: [UInt8]) -> Double? {
    var found: Double?
    Bytes.forEachPart(of: range, in: text, separator: Bytes.ampersand) { _, part in
      guard let colon = part.first(where: { text[$0] == UInt8(ascii: ":") }), let name,
        text[part.lowerBound..<colon] == text[name]
      else { return }
      found = Bytes.number(colon + 1..<part.upperBound, in: text)
    }
    return found
  }
}
