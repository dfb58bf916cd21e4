import Foundation
import Knowledge
import Model
import Screening
import TestSupport
import Testing

/// The numbers of the ontology beside hpo3 (https://github.com/anergictcell/hpo), an independent reader of the same release.
@Suite(.enabled(if: SimilarityOracle.isThere, "hpo3 and the release of HPO are not here"))
struct SimilarityOracleTests {
  @Test func contentsAndSimilaritiesAgree() throws {
    let folder = try TemporaryFolder()
    let release = "phenotype/hpo_2025-01-16/"
    for name in ["hp.obo", "phenotype.hpoa", "genes_to_phenotype.txt"] {
      let bytes = try #require(try Tool.output("gzip", ["-dc", RealData.path(release + name + ".gz")]))
      _ = try folder.file(name, bytes)
    }
    // The same facts on both sides: hpo3 counts diseases of OMIM, and takes a feature that nobody has for one that is seen.
    let lines = try folder.text("phenotype.hpoa").split(separator: "\n").filter { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      return cells.count < 8 || !cells[7].hasPrefix("0/") && !cells[7].hasPrefix("0%") && cells[7] != "HP:0040285"
    }
    try folder.write("phenotype.hpoa", lines.joined(separator: "\n") + "\n")
    var ours = PhenotypeRelease(genes: try GeneTable(directory: Checkout.fixture("panels/genes")))
    for (name, kind) in [
      ("hp.obo", PhenotypeRelease.Kind.ontology), ("phenotype.hpoa", .annotations),
      ("genes_to_phenotype.txt", .geneLinks),
    ] {
      for line in try folder.text(name).split(separator: "\n", omittingEmptySubsequences: false)
      where !line.hasPrefix("ORPHA") && !line.hasPrefix("DECIPHER") {
        ours.add(String(line), of: kind)
      }
    }
    for (name, bytes) in try ours.tables().files { _ = try folder.file(name, bytes) }
    let index = try PhenotypeIndex(directory: folder.path, for: .unknown)
    var generator = SplitMix64(seed: 11)
    let sets = (0..<40).map { _ in
      (0..<6).map { _ in Int.random(in: 0..<index.terms.count, using: &generator) }
    }
    let asked = try folder.write(
      "asked.txt", sets.map { $0.map { index.terms.id($0) }.joined(separator: " ") }.joined(separator: "\n"))
    let answers = try SimilarityOracle.answers(folder: folder.path, asked: asked)
    var compared = 0
    for (terms, line) in zip(sets, answers) {
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      var next = 0
      for term in terms {
        // hpo3 says 0 of a term that no disease has; here it is as informative as the rarest.
        let content = index.diseases(with: term).isEmpty ? 0 : index.informationContent(of: term)
        #expect(abs(content - numbers[next]) < 1e-6, "\(index.terms.id(term))")
        next += 1
      }
      for (one, other) in zip(terms, terms.dropFirst()) {
        let isKnown = ![one, other].contains { index.diseases(with: $0).isEmpty }
        for measure in [SimilarityMeasure.resnik, .lin] {
          if isKnown || measure == .resnik {
            #expect(abs(measure.similarity(one, other, in: index) - numbers[next]) < 1e-6)
            compared += 1
          }
          next += 1
        }
      }
    }
    #expect(compared > 250)
  }
}

enum SimilarityOracle {
  private static let packages = Checkout.directory + "/.build/python"

  static var isThere: Bool {
    RealData.isPresent && (try? run(["-c", "import pyhpo"])) != nil
  }

  /// For each line of ids their contents, then Resnik's and Lin's similarity of each and the next.
  static func answers(folder: String, asked: String) throws -> [String] {
    let program = """
      import sys
      from pyhpo import Ontology
      Ontology(sys.argv[1])
      for line in open(sys.argv[2]):
          terms = [Ontology.get_hpo_object(id) for id in line.split()]
          numbers = [t.information_content.omim for t in terms]
          for one, other in zip(terms, terms[1:]):
              numbers += [one.similarity_score(other, kind='omim', method=m) for m in ('resnik', 'lin')]
          print(*('%.9f' % n for n in numbers))
      """
    return try run(["-c", program, folder, asked]).split(separator: "\n").map(String.init)
  }

  private static func run(_ arguments: [String]) throws -> String {
    let output = try Tool.output("env", ["PYTHONPATH=\(packages)", "python3"] + arguments)
    return String(decoding: try #require(output), as: UTF8.self)
  }
}
