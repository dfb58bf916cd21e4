import Model

/// Kind of an alternate allele, told from its text (VCF 4.5, section 1.6.1).
enum AlternateKind: Sendable, Hashable {
  case bases
  /// `*`: the allele is missing because of an upstream deletion.
  case spanningDeletion
  /// `<*>`, `<NON_REF>`: any other allele, in a reference block.
  case anyOther
  /// `<STR17>`: a repeat of 17 units.
  case repeatUnits
  /// `<DEL>`, `<DUP>`, …
  case symbolic
  case breakend
  case missing

  init(_ text: some Collection<UInt8>) {
    switch text.first {
    case nil: self = .missing
    case UInt8(ascii: "*"): self = .spanningDeletion
    case UInt8(ascii: "<"):
      let name = String(decoding: text, as: UTF8.self)
      if name == "<*>" || name == "<NON_REF>" || name == "<X>" {
        self = .anyOther
      } else {
        self = name.hasPrefix("<STR") || name == "<CNV:TR>" ? .repeatUnits : .symbolic
      }
    case UInt8(ascii: ".") where text.count == 1: self = .missing
    default:
      self = text.contains(where: Self.isOfBreakend) ? .breakend : .bases
    }
  }

  private static func isOfBreakend(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ".")
  }

  /// Whether the allele itself can be a finding.
  var isReportable: Bool {
    switch self {
    case .bases, .symbolic, .breakend: true
    case .spanningDeletion, .anyOther, .repeatUnits, .missing: false
    }
  }
}

/// How far a structural variant reaches.
struct StructuralExtent: Sendable {
  /// Last base, 1-based and inclusive.
  let end: Int

  /// `POS + |SVLEN|`, else `END`, else the reference allele's own length (VCF 4.5, sections 3 and 5). An insertion takes no
  /// room on the reference.
  ///
  /// - Parameter alternate: which alternate of the record, from 1: SVLEN has one value for each.
  init(of record: Int, alternate: Int = 1, in records: VariantBatch) {
    let position = records.positions[record]
    let alternates = records.alternates(of: record)
    let isInsertion =
      alternates.indices.contains(alternate - 1) && alternates[alternate - 1].starts(with: "<INS".utf8)
      || records.info("SVTYPE", of: record).map { $0.elementsEqual("INS".utf8) } ?? false
    // The sum stays a number, whatever a file claims: no chromosome reaches 2^31.
    let length = records.info("SVLEN", of: record).flatMap { Self.integer(alternate - 1, of: $0) }
      .map { Int(min($0.magnitude, UInt(Int32.max))) }
    if let length, length > 0, !isInsertion {
      end = position + length
    } else if !isInsertion, let stated = records.info("END", of: record).flatMap({ Self.integer(0, of: $0) }),
      stated >= position
    {
      end = min(stated, Int(Int32.max))
    } else {
      end = position + max(1, records.range(.reference, of: record).count) - 1
    }
  }

  /// The value at a place of a list; the first where the list is shorter.
  private static func integer(_ place: Int, of list: ArraySlice<UInt8>) -> Int? {
    let values = list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard let value = values.indices.contains(place) ? values[place] : values.first else { return nil }
    return Int(String(decoding: value, as: UTF8.self))
  }
}
