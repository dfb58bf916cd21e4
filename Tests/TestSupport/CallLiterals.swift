public import Model

extension GenotypeCall {
  /// A call as a VCF column says it, with fields named; what is not named has the values of a good call.
  ///
  ///     GenotypeCall(reading: "0/1 AD 20,18")
  ///     GenotypeCall(reading: "0|1 PS 100")
  ///     GenotypeCall(reading: "./.")            // nothing known
  ///     GenotypeCall(reading: "0/1 BARE")       // GT and no other field
  ///
  /// Named fields: AD, DP, GQ, VAF, PS, PGT, FT, MIN_DP; `.` leaves a field out.
  public init(reading literal: String) {
    var words = literal.split(separator: " ").map(String.init)
    let text = words.isEmpty ? "./." : words.removeFirst()
    let alleles = text.split(whereSeparator: { "/|".contains($0) }).map { Int($0) }
    self.init(text: text, alleles: alleles, isPhased: text.contains("|"))
    let isBare = words == ["BARE"]
    if !isBare, alleles.contains(where: { $0 != nil }) {
      quality = 99
      alleleDepths = Self.typicalDepths(alleles)
    }
    while !isBare, words.count >= 2 {
      set(words[0], to: words[1])
      words.removeFirst(2)
    }
    if depth == nil, !alleleDepths.isEmpty { depth = alleleDepths.compactMap { $0 }.reduce(0, +) }
  }

  /// Thirty reads, shared among the alleles that were called.
  private static func typicalDepths(_ alleles: [Int?]) -> [Int?] {
    let called = alleles.compactMap { $0 }
    var depths = Array(repeating: 0, count: max(1, called.max() ?? 0) + 1)
    for allele in called { depths[allele] += 30 / called.count }
    return depths
  }

  private mutating func set(_ field: String, to value: String) {
    let isMissing = value == "."
    switch field {
    case "AD": alleleDepths = isMissing ? [] : value.split(separator: ",").map { Int($0) }
    case "DP": depth = Int(value)
    case "GQ": quality = Double(value)
    case "VAF": alleleFractions = value.split(separator: ",").map { Double($0) }
    case "PS", "PID": phaseSet = isMissing ? nil : value
    case "PGT": physicalPhase = isMissing ? nil : value
    case "FT": filter = isMissing ? nil : value
    case "MIN_DP": minimumDepth = Int(value)
    default: preconditionFailure("no such field in a call literal: \(field)")
    }
  }
}

extension Verdict {
  /// `PASS`, `POSSIBLE` or `FAIL`, without reasons.
  public var word: String {
    switch self {
    case .pass: "PASS"
    case .possible: "POSSIBLE"
    case .fail: "FAIL"
    }
  }
}
