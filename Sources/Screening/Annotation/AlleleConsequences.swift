public import Model

/// The consequences of one allele, and what could not be read of them.
public struct AlleleConsequences: Sendable, Hashable {
  /// A reason why the consequences may be incomplete or less certain than they look.
  public enum Remark: Sendable, Hashable {
    /// bcftools csq stores the consequence at another record: `@position`.
    case backReference(position: Int)
    /// The annotation names an allele that the record does not have.
    case unmatchedAllele(String)
    /// The entries do not say which of several alleles they belong to; all got them.
    case alleleNotNamed
    /// A consequence term that the Sequence Ontology table does not know; the source's own impact was used.
    case unknownTerm(String)
  }

  /// In the order of the file.
  public var consequences: [Consequence] = []
  /// Without repeats, in the order in which they were met.
  public var remarks: [Remark] = []

  public init() {}

  mutating func note(_ remark: Remark) {
    if !remarks.contains(remark) { remarks.append(remark) }
  }
}

extension AlleleConsequences.Remark: CustomStringConvertible {
  public var description: String {
    switch self {
    case .backReference(let position): "consequence stored at position \(position) (compound change)"
    case .unmatchedAllele(let name): "annotation of an allele that the record does not have: \(name)"
    case .alleleNotNamed: "consequences do not say which allele they belong to"
    case .unknownTerm(let name): "unknown consequence term: \(name)"
    }
  }
}

extension AnnotationLayout {
  /// The consequences of one alternate allele, as its record tells.
  ///
  /// - Parameter alternate: place in the ALT column, from 1.
  /// - Complexity: O(length of the annotation); strings are made for the entries of the allele only.
  public func consequences(of row: Int, alternate: Int, in batch: VariantBatch) -> [Consequence] {
    annotation(of: row, alternate: alternate, in: batch).consequences
  }

  /// The consequences of one alternate allele with remarks. Of several annotations in the file the preferred one that the
  /// record bears is read.
  ///
  /// - Parameter alternate: place in the ALT column, from 1.
  public func annotation(of row: Int, alternate: Int, in batch: VariantBatch) -> AlleleConsequences {
    annotation(of: row, alternate: alternate, in: batch, InfoFields(of: row, in: batch, keys: keys))
  }

  /// - Parameter isBrief: whether the change and the gene are enough.
  func annotation(
    of row: Int, alternate: Int, in batch: VariantBatch, _ fields: InfoFields, isBrief: Bool = false
  ) -> AlleleConsequences {
    for format in formats {
      guard let key = keys.names.firstIndex(of: format.key), let value = fields.value(key, of: row),
        !Bytes.isMissing(value, in: batch.text)
      else { continue }
      let alleles = RecordAlleles(of: row, in: batch)
      let entries = ConsequenceEntries(value, format: format, alleles: alleles)
      var result = AlleleConsequences()
      for entry in 0..<entries.count {
        switch entries.owner(of: entry) {
        case .allele(let number):
          if number == alternate { entries.read(entry, isBrief: isBrief, into: &result) }
        case .everyAllele:
          entries.read(entry, isBrief: isBrief, into: &result)
        case .unspecified:
          entries.read(entry, isBrief: isBrief, into: &result)
          result.note(.alleleNotNamed)
        case .unmatched(let name):
          result.note(.unmatchedAllele(name))
        case .elsewhere(let position):
          result.note(.backReference(position: position))
        }
      }
      return result
    }
    return AlleleConsequences()
  }
}
