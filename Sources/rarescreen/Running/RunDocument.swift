import Foundation
public import Model

/// What an earlier run found, from its `candidates.json`.
struct RunDocument: Decodable {
  struct Subject: Decodable {
    struct Person: Decodable {
      var id: String
      var family: String
    }
    var id: String
    var proband: String
    var assembly: Assembly
    var pedigree: [Person]
  }
  struct Gene: Decodable {
    var symbol: String
  }
  struct Candidate: Decodable {
    var rank: Int
    var gene: Gene
    var variants: [Variant]
  }
  struct NearMiss: Decodable {
    var kind: String
    var gene: Gene
    var variant: Variant
  }
  struct Variant: Decodable {
    struct Place: Decodable {
      var chrom: String
      var pos: Int
      var ref: String
      var alt: String
      var end: Int
    }
    /// The record as its file writes it.
    struct Source: Decodable {
      var pos: Int
      var ref: String
      var alts: [String]
      var altIndex: Int
    }
    struct Judgement: Decodable {
      struct Given: Decodable {
        var `class`: VariantClass
        var by: String
        var date: String?
        var signed: String?
      }
      var criteria: [Criterion]
      var givenClass: Given?
    }
    var allele: Place
    var source: Source
    var acmg: Judgement
  }

  var `case`: Subject
  var candidates: [Candidate]
  var nearMisses: [NearMiss]

  /// - Parameter folder: what `screen --out` left, or its `candidates.json`.
  static func read(folder: String) throws(Failure) -> RunDocument {
    let path = folder.hasSuffix(".json") ? folder : folder + "/candidates.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.missingInput, "\(path): cannot be read; give the folder that 'rarescreen screen --out' made")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let document = try? decoder.decode(RunDocument.self, from: data) else {
      throw Failure(
        .malformedInput, "\(path): not the candidates.json of a run of this rarescreen; run 'screen' again")
    }
    return document
  }
}

extension RunDocument.Variant {
  /// The normalised allele; nil for a chromosome that is none.
  var normalised: Allele? {
    Contig(name: allele.chrom).map { Allele($0, allele.pos, allele.ref, allele.alt, end: allele.end) }
  }

  /// The allele as the record spells it.
  var written: Allele? {
    guard source.alts.indices.contains(source.altIndex - 1), let contig = Contig(name: allele.chrom) else { return nil }
    return Allele(contig, source.pos, source.ref, source.alts[source.altIndex - 1])
  }

  var evidence: AutomatedEvidence {
    let given = acmg.givenClass.map {
      GivenClass($0.class, reviewer: $0.by, date: $0.date, signed: $0.signed.flatMap(Instant.init))
    }
    return AutomatedEvidence(criteria: acmg.criteria, given: given)
  }
}

extension Assembly: Decodable {}
extension EvidenceStrength: Decodable {}
extension VariantClass: Decodable {}

extension Criterion: Decodable {
  private enum Key: String, CodingKey {
    case code, strength, isBenign, evidence, rule, points, note, setAside, by, removedBy
  }

  /// Every key must be there: a file without the reasons would be summed up wrongly.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      try values.decode(String.self, forKey: .code), try values.decode(EvidenceStrength.self, forKey: .strength),
      isBenign: try values.decode(Bool.self, forKey: .isBenign),
      evidence: Wording(verbatim: try values.decode(String.self, forKey: .evidence)),
      rule: Wording(verbatim: try values.decode(String.self, forKey: .rule)),
      note: try values.decode(String?.self, forKey: .note).map(Wording.init(verbatim:)),
      reviewer: try values.decode(String?.self, forKey: .by))
    points = try values.decode(Int.self, forKey: .points)
    setAside = try values.decode(String?.self, forKey: .setAside).map(Wording.init(verbatim:))
    remover = try values.decode(String?.self, forKey: .removedBy)
  }
}
