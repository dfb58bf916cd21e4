internal import Model

/// Where an allele lies, and what it makes of the sequence there, as components of its observation. Positions are 1-based, both
/// ends inside.
struct FHIRPlace {
  private let allele: Allele
  private let assembly: Assembly
  /// Of a structural variant; nil for bases.
  private let structure: StructuralRecord?

  init(_ variant: Variant, in report: Report) {
    allele = variant.allele
    assembly = report.subject.assembly
    let header = report.headers.indices.contains(variant.origin.file) ? report.headers[variant.origin.file] : nil
    structure =
      variant.allele.isSymbolic
      ? StructuralRecord(line: variant.origin.line, samples: header?.samples ?? [], of: report.subject.proband) : nil
  }

  var components: [JSONValue?] {
    let change = FHIRCode(allele)
    let accession = assembly.refSeqAccession(of: allele.contig)
    return [
      FHIRValue.component(.assembly, FHIRCode(assembly)), FHIRValue.component(.chromosome, FHIRCode(allele.contig)),
      FHIRValue.component(.genomicSequence, FHIRCode(sequence: accession)),
      FHIRValue.component(.coordinates, .oneBased),
    ] + ranges + [
      bases(.referenceAllele, allele.reference), bases(.alternateAllele, allele.alternate),
      FHIRValue.component(
        .changeType, "valueCodeableConcept", FHIRValue.concept(change, text: change == nil ? "breakend" : nil)),
      FHIRValue.component(
        .copyNumber, "valueQuantity", structure?.copyNumber.map { FHIRValue.quantity($0, unit: "copies") }),
    ]
  }

  /// Symbolic alleles have no bases.
  private func bases(_ code: FHIRCode, _ text: String) -> JSONValue? {
    allele.isSymbolic ? nil : FHIRValue.component(code, "valueString", .words(text))
  }

  private var ranges: [JSONValue?] {
    guard let structure else { return [range(.exactRange, allele.position, allele.end)] }
    // The base of a symbolic allele stands before what changes (VCF 4.2, section 3).
    let start = min(allele.position + 1, allele.end)
    guard structure.startInterval != nil || structure.endInterval != nil else {
      return [range(.exactRange, start, allele.end)]
    }
    let (left, right) = (structure.startInterval ?? 0...0, structure.endInterval ?? 0...0)
    return [
      range(.innerRange, start + left.upperBound, allele.end + right.lowerBound),
      range(.outerRange, start + left.lowerBound, allele.end + right.upperBound),
    ]
  }

  private func range(_ code: FHIRCode, _ low: Int, _ high: Int) -> JSONValue? {
    low <= high && low > 0 ? FHIRValue.component(code, "valueRange", FHIRValue.range(low, high)) : nil
  }
}

/// What a record of a structural variant says of its ends and copies (VCF 4.2, sections 1.4.4 and 3).
struct StructuralRecord {
  /// `CIPOS` and `CIEND`: bases around the ends; nil where the record gives none.
  let startInterval: ClosedRange<Int>?
  let endInterval: ClosedRange<Int>?
  /// `CN` of a sample.
  let copyNumber: Double?

  /// - Parameter samples: of the file, in the order of its columns.
  init(line: String, samples: [String], of sample: String) {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    let info = columns.count > 7 ? columns[7].split(separator: ";") : []
    startInterval = Self.interval(named: "CIPOS", in: info)
    endInterval = Self.interval(named: "CIEND", in: info)
    copyNumber = Self.copies(in: columns, column: samples.firstIndex(of: sample).map { $0 + 9 })
  }

  private static func interval(named name: String, in info: [Substring]) -> ClosedRange<Int>? {
    guard let entry = info.first(where: { $0.hasPrefix(name + "=") }) else { return nil }
    let ends = entry.dropFirst(name.utf8.count + 1).split(separator: ",").compactMap { Int($0) }
    // Beyond a chromosome no number means anything.
    guard ends.count == 2, ends[0] <= ends[1], ends.allSatisfy({ abs($0) < 300_000_000 }) else { return nil }
    return ends[0]...ends[1]
  }

  private static func copies(in columns: [Substring], column: Int?) -> Double? {
    guard let column, columns.indices.contains(column) else { return nil }
    let keys = columns[8].split(separator: ":", omittingEmptySubsequences: false)
    let values = columns[column].split(separator: ":", omittingEmptySubsequences: false)
    guard let place = keys.firstIndex(of: "CN"), values.indices.contains(place), let copies = Double(values[place]),
      copies.isFinite, copies >= 0
    else { return nil }
    return copies
  }
}
