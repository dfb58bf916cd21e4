import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@Suite("Public sources of knowledge")
struct KnowledgeSourcesTests {
  private static let columns =
    "name\tversion\tassembly\tkind\twhat\tfiles\tchecksums\tmegabytes\tlicence\tregistration\tpage\tcommand\tnote"

  /// A table with one row whose files, checksums and further cells are given.
  private func sources(
    files: String, checksums: String = ".", kind: String = "scores", assembly: String = "GRCh38",
    megabytes: String = "1",
    licence: String = "CC0"
  ) throws -> KnowledgeSources {
    let folder = try TemporaryFolder()
    let cells = [
      "s", ".", assembly, kind, "scores", files, checksums, megabytes, licence, ".", "https://example.org", ".", ".",
    ]
    try folder.write("knowledge_sources.tsv", Self.columns + "\n" + cells.joined(separator: "\t") + "\n")
    return try KnowledgeSources(directory: folder.path)
  }

  @Test("Ranges, lists and names in addresses are written out")
  func patterns() throws {
    let files = try sources(
      files: "https://e.org/c{1-3,X}.v{a,b}.gz|https://e.org/download?id=7 as table.csv", checksums: "{file}.md5"
    ).all[0].files
    #expect(
      files.map(\.name) == [
        "c1.va.gz", "c1.vb.gz", "c2.va.gz", "c2.vb.gz", "c3.va.gz", "c3.vb.gz", "cX.va.gz", "cX.vb.gz", "table.csv",
      ])
    #expect(files[1].checksums == "https://e.org/c1.vb.gz.md5")
    #expect(files.last?.address == "https://e.org/download?id=7")
  }

  @Test(
    "Addresses that cannot be fetched or kept are refused with their line",
    arguments: [
      "ftp://e.org/a.gz", "https://e.org/", "https://e.org/..", "https://e.org/a{1-}.gz", "https://e.org/a{2-1}.gz",
      "https://e.org/a{1,}.gz", "https://e.org/a}.gz", "https://e.org/a{1", "https://e.org/a as ../b",
      "https://e.org/a as .b", "https://e.org/a as -b",
    ])
  func badAddresses(files: String) {
    #expect {
      try sources(files: files)
    } throws: {
      ($0 as? KnowledgeError)?.place?.line == 2
    }
  }

  @Test("Other cells that do not hold what their column holds are refused")
  func badCells() {
    #expect(throws: KnowledgeError.self) { try sources(files: ".", kind: "rumours") }
    #expect(throws: KnowledgeError.self) { try sources(files: ".", assembly: "hg38") }
    #expect(throws: KnowledgeError.self) { try sources(files: ".", megabytes: "about 1") }
    #expect(throws: KnowledgeError.self) { try sources(files: ".", licence: ".") }
  }

  @Test("Every row of the project's table can be acted on")
  func project() throws {
    let sources = try KnowledgeSources(directory: Fixtures.projectPanels + "/data").all
    let keys = sources.map { "\($0.name) \($0.assembly?.rawValue ?? "both")" }
    #expect(Set(keys).count == keys.count)
    for source in sources {
      let key = "\(source.name) \(source.assembly?.rawValue ?? "both")"
      // An assembly of its own and none at once would leave open which is meant.
      #expect(source.assembly == nil || !sources.contains { $0.name == source.name && $0.assembly == nil }, "\(key)")
      #expect(!source.files.isEmpty || source.registration != nil, "\(key)")
      #expect(source.page.hasPrefix("https://"), "\(key)")
      let addresses = source.files.map(\.address) + source.files.compactMap(\.checksums)
      #expect(addresses.allSatisfy { $0.hasPrefix("https://") && !$0.contains("{") }, "\(key)")
      #expect(Set(source.files.map(\.name)).count == source.files.count, "\(key)")
      switch source.kind {
      case .frequency, .clinvar, .scores, .genes, .phenotypes:
        #expect(source.command?.hasPrefix("rarescreen knowledge build \(source.kind.rawValue) ") == true, "\(key)")
      case .geneModel, .reference: #expect(source.command?.hasPrefix("rarescreen annotate ") == true, "\(key)")
      }
    }
    #expect(
      Set(sources.map(\.name)).isSuperset(
        of: [
          "gnomad_exomes", "gnomad_genomes", "1000g", "clinvar", "revel", "alphamissense", "cadd", "spliceai", "hpo",
        ]))
  }

  @Test("A build command names the files that a fetch leaves, as they are or unpacked")
  func commandsFitFiles() throws {
    for source in try KnowledgeSources(directory: Fixtures.projectPanels + "/data").all where !source.files.isEmpty {
      guard let command = source.command, source.kind != .phenotypes, source.name != "revel" else { continue }
      let words = command.split(separator: " ").map(String.init)
      if let flag = words.firstIndex(of: "--release") { #expect(words[flag + 1] == source.version, "\(source.name)") }
      let fits = source.files.contains { file in
        words.contains { word in
          guard let star = word.firstIndex(of: "*") else { return file.name == word || file.name == word + ".gz" }
          return file.name.hasPrefix(word[..<star]) && file.name.hasSuffix(word[word.index(after: star)...])
        }
      }
      #expect(fits, "\(source.name)")
    }
  }

  @Test("A file is found by its address, a source by its name and assembly")
  func lookup() throws {
    let sources = try KnowledgeSources(directory: Fixtures.projectPanels + "/data")
    let address = "https://ftp.ncbi.nlm.nih.gov/pub/clinvar/vcf_GRCh37/clinvar.vcf.gz"
    #expect(sources.source(ofFileAt: address)?.source.assembly == .grch37)
    #expect(sources.source(ofFileAt: address)?.file.checksums == address + ".md5")
    #expect(try sources.sources(named: "clinvar", on: .grch38).count == 1)
    #expect(try sources.sources(named: "hpo", on: .grch37).count == 1)
    #expect {
      try sources.sources(named: "gnomad_exoms")
    } throws: {
      "\($0)".contains("did you mean gnomad_exomes?")
    }
  }
}
