/// A code of a terminology, with the words for a reader.
struct FHIRCode: Sendable, Hashable {
  let system: String
  let code: String
  /// The terminology's own name of the code; nil where it is not certain, since validators refuse another.
  var display: String?
  /// Plain words.
  var text: String?

  init(_ system: String, _ code: String, display: String? = nil, text: String? = nil) {
    self.system = system
    self.code = code
    self.display = display
    self.text = text
  }

  /// A code that comes from an input; nil where FHIR would refuse it, since it holds blanks or nothing.
  init?(_ system: String, input: String?, display: String? = nil) {
    guard let input, !input.isEmpty, input.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.init(system, input, display: display)
  }

  var coding: JSONValue {
    .present([("system", .string(system)), ("code", .string(code)), ("display", .words(display))])
  }

  /// As a CodeableConcept.
  var concept: JSONValue { .present([("coding", .array([coding])), ("text", .words(text))]) }
}

extension FHIRCode {
  /// A question of LOINC, by its number; `text` is ours.
  static func question(_ code: String, _ text: String) -> FHIRCode { FHIRCode(System.loinc, code, text: text) }

  /// An answer of LOINC with its name.
  static func answer(_ code: String, _ display: String) -> FHIRCode { FHIRCode(System.loinc, code, display: display) }

  /// A code that the guide's authors still hope to get from LOINC.
  static func pending(_ code: String, _ text: String) -> FHIRCode {
    FHIRCode(FHIRGuide.codeSystem("tbd-codes-cs"), code, text: text)
  }

  static func ontology(_ code: String, _ display: String) -> FHIRCode {
    FHIRCode(System.sequenceOntology, code, display: display)
  }

  /// Addresses of terminologies (HL7 THO 6.1; aliases of the guide, `input/fsh/Aliases.fsh`).
  enum System {
    static let loinc = "http://loinc.org"
    static let units = "http://unitsofmeasure.org"
    static let hgvs = "http://varnomen.hgvs.org"
    static let refSeq = "http://www.ncbi.nlm.nih.gov/refseq"
    static let ensembl = "http://www.ensembl.org"
    static let sequenceOntology = "http://sequenceontology.org"
    static let phenotypes = "http://human-phenotype-ontology.org"
    static let dbSNP = "http://www.ncbi.nlm.nih.gov/projects/SNP"
    static let clinVar = "http://www.ncbi.nlm.nih.gov/clinvar"
    static let uri = "urn:ietf:rfc:3986"
    /// By the prefix of the id.
    static let diseases = [
      "OMIM": "https://www.omim.org", "ORPHA": "http://www.orpha.net",
      "MONDO": "http://purl.obolibrary.org/obo/mondo.owl",
    ]
  }

  // MARK: Categories

  static let laboratory = FHIRCode(
    "http://terminology.hl7.org/CodeSystem/observation-category", "laboratory", display: "Laboratory")
  static let genetics = FHIRCode("http://terminology.hl7.org/CodeSystem/v2-0074", "GE", display: "Genetics")

  // MARK: Questions (profiles of the guide; LOINC 2.78)

  static let report = answer("51969-4", "Genetic analysis report")
  static let overall = question("51968-6", "Overall interpretation")
  static let variant = answer("69548-6", "Genetic variant assessment")
  static let phase = question("82120-7", "Allelic phase")
  static let regionStudied = answer("53041-0", "DNA region of interest panel")
  static let consequence = pending("molecular-consequence", "Molecular consequence")
  static let implication = pending("diagnostic-implication", "Diagnostic implication")

  static let gene = question("48018-6", "Gene studied")
  static let codingName = question("48004-6", "DNA change (c.HGVS)")
  static let proteinName = question("48005-3", "Amino acid change (p.HGVS)")
  static let genomicName = question("81290-9", "Genomic DNA change (g.HGVS)")
  static let transcript = question("51958-7", "Transcript reference sequence")
  static let proteinSequence = pending("protein-ref-seq", "Protein reference sequence")
  static let assembly = question("62374-4", "Human reference sequence assembly")
  static let chromosome = question("48000-4", "Chromosome")
  static let genomicSequence = question("48013-7", "Genomic reference sequence")
  static let exactRange = question("81254-5", "Genomic allele start-end")
  static let outerRange = question("81301-4", "Outer start-end")
  static let innerRange = question("81302-2", "Inner start-end")
  static let coordinates = question("92822-6", "Genomic coordinate system")
  static let referenceAllele = question("69547-8", "Genomic reference allele")
  static let alternateAllele = question("69551-0", "Genomic alternate allele")
  static let allelicState = question("53034-5", "Allelic state")
  static let fraction = question("81258-6", "Sample variant allelic frequency")
  static let readDepth = question("82121-5", "Allelic read depth")
  static let sourceClass = question("48002-0", "Genomic source class")
  static let inheritance = question("94186-4", "Origin of germline genetic variant")
  static let inheritanceBasis = question("82309-6", "Basis of the origin")
  static let changeType = question("48019-4", "DNA change type")
  static let variationCode = question("81252-9", "Discrete genetic variant")
  static let copyNumber = question("82155-3", "Genomic structural variant copy number")
  static let confidence = pending("variant-confidence-status", "Variant confidence status")
  static let repeatMotif = pending("repeat-motif", "Repeat motif")
  static let repeatNumber = pending("repeat-number", "Number of repeats")
  static let featureConsequence = pending("feature-consequence", "Feature consequence")
  static let significance = question("53037-8", "Clinical significance")
  static let predictedPhenotype = question("81259-4", "Predicted phenotype")
  static let conditionInheritance = pending("condition-inheritance", "Condition inheritance")
  static let evidenceLevel = question("93044-6", "Level of evidence")
  static let conclusion = pending("conclusion-string", "Conclusion")
  static let regionDescription = question("81293-3", "Description of ranges of DNA sequences examined")
  static let regionCoverage = pending("region-coverage", "Region coverage")

  // MARK: Answers

  static let sequencing = answer("LA26398-0", "Sequencing")
  static let present = answer("LA9633-4", "Present")
  static let absent = answer("LA9634-2", "Absent")
  static let indeterminate = answer("LA11884-6", "Indeterminate")
  static let noCall = answer("LA18198-4", "No call")
  static let oneBased = answer("LA30102-0", "1-based character counting")
  static let germline = answer("LA6683-2", "Germline")
  static let familyDNA = answer("LA26427-7", "Family DNA")
  static let measured = answer("LA26426-9", "Directly measured")
}
