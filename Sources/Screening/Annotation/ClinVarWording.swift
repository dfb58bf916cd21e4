public import Model

extension ClinVarRecord.Significance {
  /// Reads ClinVar's words in any of their spellings; nil when the text says nothing.
  ///
  /// Words may be joined by `/`, `|`, `,`, `&`, with `_` for spaces, and may be the numbers of ClinVar's old VCF files
  /// (0 uncertain, 2 benign, 3 likely benign, 4 likely pathogenic, 5 pathogenic). Words of different directions together,
  /// as when submissions are listed one by one, are a conflict.
  public init?(reading text: String) {
    let words = text.lowercased().split { "/|,&;".contains($0) }
      .map { word in
        // By bytes: `replacing` searches as for any pattern, which shows where ClinVar speaks of many alleles.
        String(
          decoding: word.utf8.drop { Self.isBlank($0) }.map { Self.isBlank($0) ? UInt8(ascii: " ") : $0 }, as: UTF8.self
        )
      }
    var classes: Set<Self> = []
    var isOther = false
    for word in words where !word.isEmpty && word != "." {
      if word.hasPrefix("conflict") {
        self = .conflicting
        return
      }
      if let known = Self.words[word] {
        classes.insert(known)
      } else if Int(word) == nil || Self.otherNumbers.contains(word) {
        isOther = true
      }
    }
    let isPathogenic = classes.contains(.pathogenic) || classes.contains(.likelyPathogenic)
    let isBenign = classes.contains(.benign) || classes.contains(.likelyBenign)
    if [isPathogenic, isBenign, classes.contains(.uncertain)].count(where: { $0 }) > 1 {
      self = .conflicting
    } else if classes.isSuperset(of: [.pathogenic, .likelyPathogenic]) {
      self = .pathogenicOrLikely
    } else if classes.isSuperset(of: [.benign, .likelyBenign]) {
      self = .benignOrLikely
    } else if let only = classes.first {
      self = only
    } else if isOther {
      self = .other
    } else {
      return nil
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ") }

  /// Not provided, drug response, histocompatibility, other. Any other number is an id, not a class.
  private static let otherNumbers: Set<String> = ["1", "6", "7", "255"]

  private static let words: [String: Self] = [
    "pathogenic": .pathogenic, "5": .pathogenic, "likely pathogenic": .likelyPathogenic, "4": .likelyPathogenic,
    "uncertain significance": .uncertain, "uncertain": .uncertain, "vus": .uncertain, "0": .uncertain,
    "likely benign": .likelyBenign, "3": .likelyBenign, "benign": .benign, "2": .benign, "p": .pathogenic,
    "lp": .likelyPathogenic, "lb": .likelyBenign, "b": .benign,
  ]
}

/// Stars of ClinVar's review status, 0…4; nil when the words are not known.
///
/// Source: ClinVar's table of review statuses, https://www.ncbi.nlm.nih.gov/clinvar/docs/review_status/. Short forms are those
/// of ClinVar's VCF files before 2017.
func clinVarStars(reading text: String) -> Int? {
  let words = text.lowercased().replacing("&", with: ",").replacing("_", with: " ")
  if let stars = Int(words) { return (0...4).contains(stars) ? stars : nil }
  if words.contains("practice guideline") || words == "guideline" { return 4 }
  if words.contains("expert panel") || words == "exp" { return 3 }
  if words.contains("conflicting") || words == "conf" { return 1 }
  if words.contains("multiple submitters") || words == "mult" { return 2 }
  if words.contains("single submitter") || words == "single" { return 1 }
  if words.hasPrefix("no ") { return 0 }
  return nil
}
