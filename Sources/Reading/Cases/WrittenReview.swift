public import Model

/// A reviewer's own criteria and class for one allele, as written under `review:`.
public struct WrittenReview: Sendable, Hashable {
  public var place: SourcePlace
  public var variant: Located<String>?
  public var gene: Located<String>?
  public var criteria: [Located<String>] = []
  public var removed: [Located<String>] = []
  public var classification: Located<String>?
  public var reviewer: Located<String>?
  public var date: Located<String>?
  public var signed: Located<String>?
  public var note: Located<String>?
  public var dismissal: Located<String>?

  static let keys = ["variant", "gene", "criteria", "remove", "class", "dismiss", "by", "date", "signed", "note"]

  /// Words that people use for the keys and that edit distance would not find.
  static let synonyms = [
    "allele": "variant", "id": "variant", "codes": "criteria", "acmg": "criteria", "add": "criteria",
    "without": "remove", "not": "remove", "reviewer": "by", "name": "by", "curator": "by", "comment": "note",
    "reason": "dismiss", "dismissed": "dismiss", "evidence": "note", "symbol": "gene", "when": "date",
    "classification": "class", "significance": "class", "pathogenicity": "class", "signed_at": "signed",
    "signature": "signed",
  ]

  /// Understands every word; what is wrong goes to the list.
  func resolved(_ list: inout FaultList) -> Review? {
    let allele = allele(&list)
    let criteria = codes(criteria, &list)
    let removed = codes(removed, &list)
    let classification = resolvedClass(&list)
    if self.criteria.isEmpty, self.removed.isEmpty, self.classification == nil, note == nil, dismissal == nil {
      list.add(.key(.emptyReview), at: place)
    }
    let signed = resolvedSigning(&list)
    if let dismissal, !dismissal.value.contains(where: \.isLetter) {
      list.add(.key(.dismissedWithoutReason), at: dismissal.place)
    }
    if let date, !Instant.isDay(date.value) { list.add(.key(.notADate(date.value)), at: date.place) }
    let name = reviewer.map { Self.oneLine($0.value) } ?? ""
    if let reviewer, name.isEmpty { list.add(.key(.emptyValue(key: "by")), at: reviewer.place) }
    guard let variant, let allele, !name.isEmpty else { return nil }
    return Review(
      written: variant.value, allele: allele, gene: gene.map { Self.oneLine($0.value) }, criteria: criteria,
      removed: removed.map(\.code), classification: classification, reviewer: name, date: date?.value, signed: signed,
      note: note.map { Self.oneLine($0.value) }, dismissal: dismissal.map { Self.oneLine($0.value) })
  }

  /// Names stand in messages, each of which is one line.
  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func allele(_ list: inout FaultList) -> Allele? {
    guard let variant else { return nil }
    guard let allele = try? Allele(text: variant.value) else {
      list.add(.key(.notAnAllele(variant.value)), at: variant.place)
      return nil
    }
    return allele
  }

  private func resolvedClass(_ list: inout FaultList) -> VariantClass? {
    guard let classification else { return nil }
    if let value = VariantClass(reading: classification.value) { return value }
    let words = VariantClass.allCases.map(\.word)
    let nearest = nearest(to: classification.value.lowercased(), in: words)
    list.add(
      .key(.unknownWord(classification.value, key: "class", allowed: words, nearest: nearest)), at: classification.place
    )
    return nil
  }

  /// What is signed is a class: criteria alone are no judgement that anybody could answer for.
  private func resolvedSigning(_ list: inout FaultList) -> Instant? {
    guard let signed else { return nil }
    if classification == nil { list.add(.key(.signedWithoutClass), at: signed.place) }
    guard let instant = Instant(signed.value) else {
      list.add(.key(.notAnInstant(signed.value)), at: signed.place)
      return nil
    }
    return instant
  }

  private func codes(_ written: [Located<String>], _ list: inout FaultList) -> [CriterionCode] {
    var codes: [CriterionCode] = []
    for text in written {
      do throws(CriterionFault) {
        let code = try CriterionCode(text.value)
        if codes.contains(where: { $0.code == code.code }) {
          list.add(.key(.repeatedCriterion(code.code)), at: text.place)
        } else {
          codes.append(code)
        }
      } catch {
        list.add(.key(.notACriterion(error)), at: text.place)
      }
    }
    return codes
  }
}

extension CaseFileReader {
  /// The list itself, or that of the file which is named in its place.
  mutating func reviews(_ entry: DocumentNode.Entry) -> [WrittenReview] {
    if case .text = entry.value.content { return text(entry).map { reviews(ofFile: $0) } ?? [] }
    guard case .list(let nodes) = entry.value.content else {
      wrongShape(
        entry.key.value, expected: "a list of `{variant: CHROM-POS-REF-ALT, criteria: [PS3_Moderate], by: NAME}`",
        of: entry.value)
      return []
    }
    return nodes.compactMap { review($0) }
  }

  private mutating func reviews(ofFile written: Located<String>) -> [WrittenReview] {
    let path = InputFile.path(written)
    if let problem = InputFile(path: path).problem(as: .review) {
      list.add(.file(problem), at: written.place, reason: .missingInput)
      return []
    }
    do throws(CaseError) {
      file.reviewFile = path
      let text = try CaseText.read(path, as: .review, reason: .malformedInput, namedAt: written.place)
      let keys = try DocumentNode.yaml(text, file: path)?.entries ?? []
      guard let entry = keys.first(where: { $0.key.value == "review" }), case .list(let nodes) = entry.value.content
      else {
        list.add(.key(.noReview), at: SourcePlace(file: path, line: 1, column: 1))
        return []
      }
      reviewedCase = keys.first { $0.key.value == "case" }?.value.text
      if let report = keys.first(where: { $0.key.value == "report" }) { file.signature = signature(report.value) }
      return nodes.compactMap { review($0) }
    } catch {
      list.faults += error.faults
      return []
    }
  }

  private mutating func review(_ node: DocumentNode) -> WrittenReview? {
    guard case .map(let entries) = node.content else {
      wrongShape(
        "review", expected: "`{variant: CHROM-POS-REF-ALT, criteria: [PS3_Moderate], by: NAME}` for each variant",
        of: node)
      return nil
    }
    var review = WrittenReview(place: node.place)
    for entry in entries {
      if case .null = entry.value.content,
        ["gene", "criteria", "remove", "class", "dismiss", "date", "signed", "note"].contains(entry.key.value)
      {
        continue
      }
      switch entry.key.value {
      case "variant": review.variant = text(entry)
      case "gene": review.gene = text(entry)
      case "criteria": review.criteria = texts(entry)
      case "remove": review.removed = texts(entry)
      case "class": review.classification = text(entry)
      case "by": review.reviewer = text(entry)
      case "date": review.date = text(entry)
      case "signed": review.signed = text(entry)
      case "note": review.note = text(entry)
      case "dismiss": review.dismissal = text(entry)
      default: unknown(entry.key, among: WrittenReview.keys, synonyms: WrittenReview.synonyms)
      }
    }
    for key in ["variant", "by"] where !entries.contains(where: { $0.key.value == key }) {
      list.add(.key(.emptyValue(key: key)), at: node.place)
    }
    return review
  }
}

extension CaseFile {
  /// Reads a file for its reviews: what a page saved, a list in YAML, or a case file.
  ///
  /// - Throws: all faults of the file at once, as those of an input.
  public static func reviewed(
    path: String
  ) throws(CaseError) -> (file: CaseFile, reviews: [Review], signature: ReportSignature?) {
    do throws(CaseError) {
      let file = try CaseFile(text: CaseText.read(path, as: .review, reason: .malformedInput), path: path)
      let (reviews, signature) = try file.resolvedReviews()
      return (file, reviews, signature)
    } catch {
      throw error.ofInput
    }
  }

  /// The reviewers' criteria alone, of a case file or of a file that holds nothing else; no other file of the case need be there.
  ///
  /// - Throws: all faults of the file at once, also where it has neither a review nor a signature.
  private func resolvedReviews() throws(CaseError) -> ([Review], ReportSignature?) {
    var list = FaultList(.malformedCase)
    list.faults = faults
    let resolved = (reviews ?? []).compactMap { $0.resolved(&list) }
    let signature = signature?.resolved(&list)
    if signature == nil, reviews == nil || (resolved.isEmpty && list.faults.isEmpty) {
      list.add(.key(.noReview), at: SourcePlace(file: path ?? "-", line: 1, column: 1))
    }
    guard list.faults.isEmpty else { throw CaseError(list.faults) }
    return (resolved, signature)
  }
}
