internal import Model

/// A header compiled for checking records against it.
struct RecordRules: Sendable {
  /// What a key's values must look like.
  struct Field: Sendable {
    var number: VariantHeader.Number
    var type: VariantHeader.ValueType
    var isNonNegative: Bool
    /// Whether the header or the specification declares the key.
    var isDeclared: Bool

    static let unknown = Field(number: .unbounded, type: .string, isNonNegative: false, isDeclared: false)
  }

  let minorVersion: Int
  let samples: [String]
  /// Declared contigs with their lengths, where known.
  let contigs: [String: Int?]
  let filters: Set<String>
  private let info: [String: Field]
  private let format: [String: Field]

  init(header: VariantHeader) {
    minorVersion = header.minorVersion
    samples = header.samples
    contigs = Dictionary(header.contigs.map { ($0.name, $0.length) }) { first, _ in first }
    filters = Set(header.filters.keys)
    info = Self.merge(header.info, ReservedFields.info, minor: header.minorVersion)
    format = Self.merge(header.format, ReservedFields.format, minor: header.minorVersion)
  }

  /// The header's own declarations win over the specification's: they are what the writer meant.
  private static func merge(
    _ declared: [String: VariantHeader.Field], _ reserved: [String: ReservedFields.Definition], minor: Int
  ) -> [String: Field] {
    var fields = reserved.filter { $0.value.holds(in: minor) }.mapValues {
      Field(number: $0.number, type: $0.type, isNonNegative: $0.isNonNegative, isDeclared: true)
    }
    for (key, field) in declared {
      fields[key] = Field(
        number: field.number, type: field.type, isNonNegative: fields[key]?.isNonNegative ?? false, isDeclared: true)
    }
    return fields
  }

  func infoField(_ key: ArraySlice<UInt8>) -> Field { info[String(decoding: key, as: UTF8.self)] ?? .unknown }

  func formatField(_ key: ArraySlice<UInt8>) -> Field { format[String(decoding: key, as: UTF8.self)] ?? .unknown }
}

/// How many values a field must have in one record.
struct Cardinality {
  /// Alternate alleles; 0 when ALT is `.`.
  var alternates: Int
  /// Copies in the genotype at hand; nil outside of samples or when unknown.
  var ploidy: Int?

  /// The counts allowed; nil when any will do.
  func counts(of number: VariantHeader.Number) -> ClosedRange<Int>? {
    switch number {
    case .count(let count): count...count
    // Writers differ on what stands where there is no alternate allele.
    case .perAlternate: alternates == 0 ? nil : alternates...alternates
    case .perAllele: alternates == 0 ? nil : alternates + 1...alternates + 1
    case .perGenotype: ploidy.flatMap { genotypes(ploidy: $0) }.map { $0...$0 }
    case .perPloidy: ploidy.map { $0...$0 }
    case .perLocalAlternate, .perLocalAllele, .perLocalGenotype, .perBaseModification, .unbounded: nil
    }
  }

  /// Number of unordered genotypes of `ploidy` copies: C(alleles + ploidy - 1, ploidy) (VCF 4.5, section 1.6.2).
  private func genotypes(ploidy: Int) -> Int? {
    guard ploidy > 0, ploidy <= 16 else { return nil }
    var result = 1
    for step in 1...ploidy {
      let (product, overflow) = result.multipliedReportingOverflow(by: alternates + step)
      if overflow { return nil }
      result = product / step
    }
    return result
  }
}

extension RecordRules.Field {
  /// Whether one value is of the field's type; `.` always is.
  func fits(_ value: ArraySlice<UInt8>) -> Bool {
    if value.count == 1, value[value.startIndex] == Byte.dot { return true }
    switch type {
    case .integer: return isInteger(value)
    case .float: return decimalNumber(value) != nil
    case .character: return value.count == 1 || String(decoding: value, as: UTF8.self).count == 1
    case .string, .flag: return true
    }
  }
}
