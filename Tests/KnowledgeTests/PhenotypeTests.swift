import Knowledge
import Model
import Testing

@Suite struct OntologyTests {
  let ontology: Ontology

  init() throws { ontology = try Fixtures.ontology() }

  @Test func knowsWhatIsBroaderAndNarrower() {
    #expect(ontology.version == "2025-01-16")
    #expect(ontology["HP:0001250"]?.label == "Seizure")
    #expect(ontology.descendants(of: "HP:0001250") == ["HP:0001250", "HP:0002373", "HP:0007359", "HP:0011153"])
    #expect(
      ontology.ancestors(of: "HP:0011153")
        == ["HP:0011153", "HP:0007359", "HP:0001250", "HP:0012638", "HP:0000707", "HP:0000118", "HP:0000001"])
  }

  @Test(
    arguments: [
      ("HP:0001250", "HP:0001250", nil), ("HP_0001250", "HP:0001250", "HP_0001250 was read as HP:0001250"),
      ("HP:0001275", "HP:0001250", "HP:0001275 is now HP:0001250 (Seizure)"),
      (
        "HP:0000057", "HP:0008665",
        "HP:0000057 (obsolete Clitoromegaly) is obsolete; replaced by HP:0008665 (Clitoral hypertrophy)"
      ),
      (
        "HP:0000489", nil,
        "HP:0000489 (obsolete Abnormality of globe location or size) is obsolete and was left out; choose one of "
          + "HP:0100886 (Abnormality of globe location), HP:0100887 (Abnormality of globe size)"
      ),
    ] as [(String, String?, String?)])
  func resolvesRetiredIDs(text: String, id: String?, note: String?) throws {
    let resolution = try ontology.resolve(text)
    #expect(resolution.id == id)
    #expect(resolution.note?.description == note)
  }

  @Test(arguments: [
    ("HP:0001259", "HP:0001259 is not in the Human Phenotype Ontology; did you mean HP:0001250 (Seizure)?"),
    ("HP:9999999", "HP:9999999 is not in the Human Phenotype Ontology; look the term up at hpo.jax.org"),
    ("seizure", "'seizure' is a label, not an id; write HP:0001250 (Seizure)"),
    ("Siezure", "'Siezure' is a label, not an id; write HP:0001250 (Seizure)"),
    ("OMIM:607208", "'OMIM:607208' is no HPO term id; write HP: and seven digits, for example HP:0001250"),
    ("", "'' is no HPO term id; write HP: and seven digits, for example HP:0001250"),
  ])
  func refusesWhatItDoesNotKnow(text: String, message: String) throws {
    let error = try #require(throws: KnowledgeError.self) { try ontology.resolve(text) }
    #expect(error.description == message)
  }

  private func clean(_ observed: [String], not excluded: [String] = []) -> CleanedPhenotypes {
    ontology.clean(observed: observed.map { PhenotypeTerm(id: $0) }, excluded: excluded.map { PhenotypeTerm(id: $0) })
  }

  @Test func keepsTheNarrowerOfTwo() {
    let cleaned = clean(["HP:0001250", "HP:0000252", "HP:0007359"])
    #expect(cleaned.observed.map(\.id) == ["HP:0000252", "HP:0007359"])
    #expect(cleaned.observed.first?.label == "Microcephaly")
    #expect(cleaned.notes == ["HP:0001250 (Seizure) is implied by HP:0007359 (Focal-onset seizure) and was left out"])
    #expect(cleaned.faults.isEmpty)
  }

  @Test func joinsRepeatsUnderOldIDs() {
    let cleaned = clean(["HP:0001250", "HP:0001303", "HP:0001250"])
    #expect(cleaned.observed.map(\.id) == ["HP:0001250"])
    #expect(cleaned.notes.count == 3)
  }

  @Test func setsOtherBranchesAside() {
    let cleaned = clean(["HP:0000006", "HP:0001250"], not: ["HP:0000005"])
    #expect(cleaned.observed.map(\.id) == ["HP:0001250"])
    #expect(cleaned.others.map(\.id) == ["HP:0000006"])
    #expect(cleaned.excluded.isEmpty)
    #expect(cleaned.notes.count == 2)
  }

  @Test(arguments: [
    (["HP:0001250"], ["HP:0001250"], "HP:0001250", "HP:0001250"),
    (["HP:0001275"], ["HP:0001250"], "HP:0001250", "HP:0001250"),
    (["HP:0011153"], ["HP:0001250"], "HP:0011153", "HP:0001250"),
  ])
  func refusesContradictions(observed: [String], excluded: [String], one: String, other: String) {
    #expect(
      clean(observed, not: excluded).faults == [KnowledgeError(.contradiction(observed: one, excluded: other))])
  }

  @Test func aNarrowerTermMayBeExcluded() {
    let cleaned = clean(["HP:0001250"], not: ["HP:0007359"])
    #expect(cleaned.faults.isEmpty)
    #expect(cleaned.excluded.map(\.id) == ["HP:0007359"])
  }

  @Test func tellsEveryFaultAtOnce() {
    #expect(clean(["HP:9999999", "nonsense", "HP:0001250"], not: ["HP:8888888"]).faults.count == 3)
  }
}

@Suite struct DiseaseTableTests {
  private func panel(_ terms: String...) throws -> Panel {
    try Fixtures.diseases().makePanel(
      for: terms, name: "made", ontology: Fixtures.ontology(), genes: Fixtures.genes())
  }

  @Test func makesAPanelForATermAndAllNarrower() throws {
    let panel = try panel("HP:0001250")
    #expect(panel.genes.map(\.symbol) == ["CDKL5", "MT-ND1", "PCDH19", "POLG", "SCN1A", "STXBP1"])
    #expect(panel.genes.map(\.confidence) == [.green, .green, .amber, .green, .green, .green])
    #expect(
      panel.genes.map(\.modes) == [
        [.xLinkedDominant], [.mitochondrial], [.unknown], [.autosomalRecessive], [.autosomalDominant],
        [.autosomalDominant],
      ])
    // Orphanet's row and the deletion are weaker than the two of OMIM and do not count beside them.
    #expect(panel.genes[4].diseases.map { $0.id ?? "" } == ["OMIM:604403", "OMIM:607208"])
    #expect(panel.title == "Seizure")
    #expect(panel.version == "2025-01-16")
    #expect(try Fixtures.genes().validate(panel).map(\.kind) == [.unknownMode])
  }

  @Test func readsAutosomalWordsOfAGeneOfXAsXLinked() throws {
    let mecp2 = try #require(try panel("HP:0000252").genes.first { $0.symbol == "MECP2" })
    #expect(mecp2.modes == [.xLinkedRecessive, .xLinkedDominant])
  }

  @Test func severalTermsAreAnyOfThem() throws {
    #expect(try panel("HP:0011153", "HP:0007359").genes.map(\.symbol) == ["SCN1A", "STXBP1"])
  }

  @Test func aPanelWithoutGenesIsAnError() throws {
    #expect(throws: KnowledgeError(.noDisease(["HP:0100886"]))) { try panel("HP:0100886") }
    #expect(throws: KnowledgeError.self) { try panel("HP:9999999") }
  }
}
