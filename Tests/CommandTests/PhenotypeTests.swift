import Foundation
import TestSupport
import Testing

@Suite("Ranking by phenotype alone")
struct PhenotypeTests {
  @Test("Diseases and genes, best first, with lines that add up")
  func ranking() throws {
    let run = try Program.run(
      ["phenotype", "HP:0012469", "HP_0001263", "--not", "HP:0000252", "--top", "5", "--format", "json"])
    #expect(run.status == 0)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let answer = try decoder.decode(Answer.self, from: Data(run.stdout.utf8))
    #expect(answer.diseases.count == 5 && answer.genes.count == 5)
    #expect(answer.diseases.map(\.score) == answer.diseases.map(\.score).sorted(by: >))
    for disease in answer.diseases {
      #expect(disease.terms.reduce(0) { $0 + $1.points } == disease.score)
      #expect(disease.terms.contains { $0.id == "HP:0012469" && $0.label == "Infantile spasms" && !$0.excluded })
    }
    #expect(answer.genes.allSatisfy { $0.hgncId.hasPrefix("HGNC:") })
  }

  private struct Answer: Decodable {
    struct Term: Decodable {
      var id: String?
      var label: String
      var points: Double
      var excluded: Bool
    }
    struct Disease: Decodable {
      var score: Double
      var terms: [Term]
    }
    struct Gene: Decodable { var hgncId: String }
    var diseases: [Disease]
    var genes: [Gene]
  }

  @Test("A phenopacket stands for its terms")
  func phenopacket() throws {
    let folder = try TemporaryFolder()
    let packet = try folder.write(
      "p.json",
      """
      {"id": "p", "subject": {"id": "s", "sex": "FEMALE"}, "phenotypicFeatures": [{"type": {"id": "HP:0012469"}},
      {"type": {"id": "HP:0001263"}}, {"type": {"id": "HP:0000252"}, "excluded": true}]}
      """)
    let byFile = try Program.run(["phenotype", packet, "--top", "3"])
    let byTerms = try Program.run(
      ["phenotype", "HP:0012469,HP:0001263", "--not", "HP:0000252", "--sex", "female", "--top", "3"])
    #expect(byFile.status == 0)
    #expect(byFile.stdout == byTerms.stdout)
    #expect(Rows(byFile.stdout).column("kind") == ["disease", "disease", "disease", "gene", "gene", "gene"])
  }

  @Test(
    "What cannot be ranked is refused with the remedy",
    arguments: [
      (["HP:9999999"], 64, "not in the Human Phenotype Ontology"),
      (["HP:0001250", "--not", "HP:0001250"], 64, "remove it from one"),
      (["HP:0000006"], 64, "no observed phenotypic abnormality"), (["nosuch.json"], 66, "nosuch.json"),
      ([], 64, "Give HP"), (["HP:0001250", "--top", "-1"], 64, "--top"),
      (["HP:0001250", "--onset", "soon"], 64, "onset"), (["HP:0001250", "--onset", "P-5Y"], 64, "onset"),
      (["HP_0001250", "HP:0001250", "--strict"], 65, "--strict"),
      (["HP:0000118"], 64, "no observed phenotypic abnormality"),
      (["--benchmark", "/no/such/folder"], 66, "no folder"),
      (["HP:0001250", "--out", "x"], 64, "belongs to --benchmark"),
      (["HP:0001250", "--measure", "lin", "--not", "HP:0000252"], 64, "observed terms alone"),
    ] as [([String], Int32, String)])
  func refusals(arguments: [String], status: Int32, message: String) throws {
    let run = try Program.run(["phenotype"] + arguments)
    #expect(run.status == status)
    #expect(run.stderr.contains(message), "\(run.stderr)")
  }

  @Test("Terms are found by words, synonyms and near spellings")
  func search() throws {
    let seizures = Rows(try Program.run(["phenotype", "search", "seiz"]).stdout)
    #expect(seizures.column("id").first == "HP:0001250")
    #expect(seizures.rows.count == 20)
    let byTone = Rows(try Program.run(["phenotype", "search", "weak", "muscle", "tone", "--top", "1"]).stdout)
    #expect(byTone.column("label") == ["Hypotonia"])
    #expect(byTone.column("synonym") == ["Low or weak muscle tone"])
    #expect(Rows(try Program.run(["phenotype", "search", "Siezure"]).stdout).column("id").contains("HP:0001250"))
  }

  @Test("Published measures rank too", arguments: ["resnik", "simgic", "exomiser"])
  func measures(measure: String) throws {
    let run = try Program.run(["phenotype", "HP:0012469", "--measure", measure, "--top", "2"])
    #expect(run.status == 0)
    #expect(Rows(run.stdout).header == ["rank", "id", "name", measure])
    #expect(Rows(run.stdout).rows.count == 2)
  }

  @Test("A folder of solved phenopackets is ranked and summed up; what cannot be is named")
  func benchmark() throws {
    let folder = try TemporaryFolder()
    let packets = folder.file("packets")
    try FileManager.default.createDirectory(atPath: packets, withIntermediateDirectories: true)
    func packet(_ name: String, _ terms: [String], disease: String?) throws {
      let features = terms.map { "{\"type\": {\"id\": \"\($0)\"}}" }.joined(separator: ",")
      let cause =
        disease.map {
          """
          [{"diagnosis": {"disease": {"id": "\($0)"}, "genomicInterpretations": [{"variantInterpretation":
          {"variationDescriptor": {"geneContext": {"symbol": "FBN1", "valueId": "HGNC:3603"}}}}]}}]
          """
        } ?? "[]"
      try folder.write(
        "packets/" + name,
        "{\"id\": \"\(name)\", \"subject\": {\"id\": \"s\"}, \"phenotypicFeatures\": [\(features)], \"interpretations\": \(cause)}"
      )
    }
    // Ectopia lentis, dilated aortic root, arachnodactyly, tall stature: Marfan syndrome.
    try packet("a.json", ["HP:0001083", "HP:0002616", "HP:0001166", "HP:0000098"], disease: "OMIM:154700")
    try packet("b.json", ["HP:0001083"], disease: "OMIM:999999")
    try packet("c.json", [], disease: "OMIM:154700")
    try packet("d.json", ["HP:0001083"], disease: nil)
    let run = try Program.run(["phenotype", "--benchmark", packets, "--out", folder.file("out")])
    #expect(run.status == 0)
    #expect(run.stderr.contains("1 phenopackets were left out: no observed phenotypic abnormality"))
    #expect(run.stderr.contains("1 phenopackets were left out: no disease is named as the cause"))
    let ranks = Rows(try folder.text("out/ranks.tsv"))
    #expect(ranks.column("file") == ["a.json", "b.json"])
    #expect(ranks.column("full_disease")[0].count == 1)
    #expect(ranks.column("full_disease")[1] == ".")
    #expect(ranks.column("annotated") == ["yes", "no"])
    #expect(try folder.text("out/summary.tsv") == run.stdout)
    #expect(Rows(run.stdout).column("not_found").first == "50.0")
  }

  @Test("Tables of a newer release are built beside the stores, and used")
  func built() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "hp.obo",
      """
      format-version: 1.2
      data-version: hp/releases/2031-01-01

      [Term]
      id: HP:0000001
      name: All

      [Term]
      id: HP:0000118
      name: Phenotypic abnormality
      is_a: HP:0000001

      [Term]
      id: HP:0001250
      name: Seizure
      is_a: HP:0000118

      """)
    try folder.write(
      "phenotype.hpoa",
      """
      #version: 2031-01-01
      database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex\tmodifier\taspect\tbiocuration
      OMIM:7\tA new disease\t\tHP:0001250\tPMID:1\tPCS\t\t3/4\t\t\tP\tx

      """)
    try folder.write(
      "genes_to_phenotype.txt",
      "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n1\tSCN1A\tHP:0001250\tSeizure\t-\tOMIM:7\n")
    let names = ["hp.obo", "phenotype.hpoa", "genes_to_phenotype.txt"].map(folder.file)
    let knowledge = ["--knowledge", folder.file("k")]
    let build = try Program.run(["knowledge", "build", "phenotypes"] + names + knowledge)
    #expect(build.status == 0, "\(build.stderr)")
    let run = try Program.run(["phenotype", "HP:0001250"] + knowledge)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(Rows(run.stdout).column("name") == ["A new disease", "SCN1A"])
    let wrong = try Program.run(["knowledge", "build", "phenotypes", names[0]] + knowledge)
    #expect(wrong.status == 64)
    #expect(wrong.stderr.contains("phenotype.hpoa is missing"))
    // What was there is still whole.
    #expect(try Program.run(["phenotype", "HP:0001250"] + knowledge).stdout == run.stdout)
  }
}
