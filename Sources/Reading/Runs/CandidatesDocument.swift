internal import Model

/// `candidates.json` of an earlier run, as far as two runs are compared. What older programs did not write may be missing.
struct CandidatesDocument: VersionedDocument {
  struct Subject: Decodable {
    struct Term: Decodable {
      var id: String
      var label: String?
    }
    struct Person: Decodable {
      var id: String
      var father: String?
      var mother: String?
      var sex: String
      var status: String
    }
    var id: String
    var proband: String
    var assembly: String
    var phenotypes: [Term]
    var excludedPhenotypes: [Term]?
    var onset: String?
    var pedigree: [Person]
  }
  struct Targets: Decodable {
    struct Gene: Decodable {
      var symbol: String
      var hgncId: String?
      var confidence: String
      var modes: [String]
      var panels: [String]
    }
    var genes: [Gene]
  }
  struct Gene: Decodable {
    var symbol: String
    var hgncId: String?
  }
  struct Disease: Decodable {
    var id: String?
    var name: String
  }
  struct Ledger: Decodable {
    struct Totals: Decodable {
      var phenotype: Double?
      var variant: Double
      var segregation: Double
      var gene: Double
      var total: Double
    }
    struct Entry: Decodable {}
    /// Null where the phenotype was not scored.
    var phenotype: [Entry]?
    var totals: Totals
  }
  struct Candidate: Decodable {
    var rank: Int
    var gene: Gene
    var disease: Disease?
    var models: [String]
    var group: String?
    var variants: [VariantDocument]
    var ledger: Ledger
  }
  struct NearMiss: Decodable {
    struct Decision: Decodable {
      var stage: String
      var value: ScalarText?
      var threshold: ScalarText?
    }
    var kind: String
    var gene: Gene
    var variant: VariantDocument
    var decision: Decision
  }
  struct Repeat: Decodable {
    struct Copy: Decodable {
      var units: Int
    }
    var gene: String
    var copies: [Copy]
    var conclusion: String
  }
  struct Quality: Decodable {
    struct Check: Decodable {
      var check: String
      var samples: [String]
      var verdict: String
    }
    var checks: [Check]
  }

  var schemaVersion: String
  var `case`: Subject
  var targets: Targets
  var candidates: [Candidate]
  var nearMisses: [NearMiss]
  var repeats: [Repeat]?
  var quality: Quality
}

struct VariantDocument: Decodable {
  struct Place: Decodable {
    var name: String
  }
  struct Consequence: Decodable {
    var terms: [String]
    var transcript: String?
    var hgvsC: String?
    var hgvsP: String?
  }
  struct Frequency: Decodable {
    var state: String
    var maxAf: Double?
    var filterAf: Double?
    var homozygotes: Int?
    var sources: [String]
    var localAc: Int?
  }
  struct ClinVar: Decodable {
    var significance: String
    var text: String
    var stars: Int?
  }
  struct Predictions: Decodable {
    var revel: Double?
    var alphaMissense: Double?
    var caddPhred: Double?
    var spliceaiMax: Double?
  }
  struct Judgement: Decodable {
    struct Criterion: Decodable {
      var code: String
      var name: String
      var points: Int
      var by: String?
      var removedBy: String?
    }
    struct GivenClass: Decodable {
      var `class`: String
      var by: String
      var signed: String?
    }
    var points: Int
    var classHint: String
    var criteria: [Criterion]
    var givenClass: GivenClass?
  }
  struct Remark: Decodable {
    var by: String
    var dismissed: String?
  }
  struct Genotype: Decodable {
    var sample: String
    var gt: String
    var state: String
  }

  var allele: Place
  var consequence: Consequence?
  var frequency: Frequency
  var clinvar: ClinVar?
  var predictions: Predictions
  var acmg: Judgement
  var remarks: [Remark]?
  var genotypes: [Genotype]
}

/// A text, number or truth value, as text.
struct ScalarText: Decodable {
  var text: String

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Int.self) {
      text = "\(number)"
    } else if let number = try? value.decode(Double.self) {
      text = SettingKey.text(number)
    } else if let flag = try? value.decode(Bool.self) {
      text = "\(flag)"
    } else {
      text = try value.decode(String.self)
    }
  }
}

/// `run.json` of an earlier run.
struct ProvenanceDocument: VersionedDocument {
  struct Input: Decodable {
    var role: String
    var name: String
    var bytes: Int
    var sha256: String
  }
  struct Store: Decodable {
    var name: String
    var kind: String
    var release: String
    var fingerprint: String
  }
  struct Panel: Decodable {
    var name: String
    var version: String
    var date: String
    var geneCount: Int
  }
  struct Funnel: Decodable {
    struct Counts: Decodable {
      var removed: [String: Int]
    }
    var alleles: Counts
  }

  var schemaVersion: String
  var version: String
  var htslib: String
  var finished: String
  var `case`: String
  var assembly: String
  var settings: [String: ScalarText]
  var inputs: [Input]
  var knowledge: [Store]?
  var panels: [Panel]
  var funnel: Funnel
}
