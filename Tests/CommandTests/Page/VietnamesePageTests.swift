import Foundation
import TestSupport
import Testing

/// A page in Vietnamese has no English prose: what is left of its text without the data of the case holds no English function word.
@Suite("page in Vietnamese")
struct VietnamesePageTests {
  /// Words that stand in nearly every English sentence, and that are no Vietnamese ones.
  private static let english: Set = [
    "the", "of", "and", "with", "from", "is", "are", "was", "were", "not", "which", "that", "this", "has", "have", "by",
    "for", "but", "only", "other", "its", "as", "on", "at", "be", "been", "or", "if", "when", "where", "each",
  ]

  @Test("The demonstration, with a reviewer's word on it")
  func demonstration() throws {
    let folder = try TemporaryFolder()
    let review = try folder.write(
      "review.json",
      """
      {"case": "DEMO-001", "build": "GRCh38", "review": [{"variant": "9-127675855-C-T", "gene": "STXBP1", "by": "Dr. Lan", \
      "criteria": ["PP1"], "remove": ["PM2"], "class": "likely_pathogenic", "date": "2026-11-27"}]}
      """)
    for name in ["trio.vcf.gz", "trio.ped"] {
      try FileManager.default.copyItem(atPath: Demonstration.folder + "/" + name, toPath: folder.file(name))
    }
    let written = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
    let caseFile = try folder.write("case.yaml", written + "\nreview: \(review)\n")
    let outcome = try Program.run(["screen", caseFile, "--lang", "vi", "--quiet", "--out", folder.file("out")])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.left(in: folder) == [])
  }

  @Test("A family with reads: confirmed, doubted and open genotypes")
  func reads() throws {
    let family = try WitnessFamily.solved()
    #expect(try family.screen(["--lang", "vi"]).status == 0)
    #expect(try Self.left(in: family.folder) == [])
  }

  @Test("Files with faults, parents of the wrong sex, and a proband who carries nothing new")
  func faults() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily()
    family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/1", "0/0"], filter: "Undeclared")
    family.add(
      "chr2", 166_002_600, "G", "A", ["0/1", "0/0", "0/0"], consequence: "missense_variant", impact: "MODERATE")
    family.add("chr16", 28_482_100, "C", "T", ["0/1", "0/1", "0/0"], gene: "CLN3")
    family.add("chr16", 28_482_400, "G", "A", ["0/1", "0/0", "./."], gene: "CLN3", frequency: 0.002)
    family.add("chrX", 154_030_912, "G", "A", ["0/1", "0/1", "0/0"], gene: "MECP2")
    let flags = try family.write(to: folder)
    let outcome = try Program.run(
      ["screen"] + flags + ["--hpo", "HP:0001250", "--hpo", "HP:0002197", "--hpo", "HP:0000006", "--quiet"]
        + ["--set", "accept_filter=Undeclared", "--lang", "vi", "--out", folder.file("out")])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.left(in: folder) == [])
  }

  // MARK: Text

  /// Sentences of the page that hold an English word.
  private static func left(in folder: TemporaryFolder) throws -> [String] {
    let data = try ["candidates.json", "run.json"].flatMap { texts(try Document(folder.bytes("out/\($0)")).value) }
    let known = Set(data).sorted { ($1.count, $0) < ($0.count, $1) }
    return sentences(of: try folder.text("out/report.html")).compactMap { sentence in
      var rest = sentence
      for text in known { rest = rest.replacing(text, with: " ") }
      // Commands to be typed stand in quotation marks.
      rest = rest.replacing(/'[^']*'/, with: " ").replacing(/`[^`]*`/, with: " ")
      // Symbols of genes are words in capital letters; checksums hold letters beside digits.
      let words = rest.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
      return words.contains { $0 != $0.uppercased() && english.contains($0.lowercased()) } ? rest : nil
    }
  }

  /// What is shown or read aloud, piece by piece.
  private static func sentences(of page: String) -> [String] {
    let body = page.replacing(/<(script|style)[^>]*>[\s\S]*?<\/(script|style)>/, with: "")
    let spoken = body.matches(of: /(?:aria-label|title|placeholder)="([^"]*)"/).map { String($0.1) }
    let inline = body.replacing(/<\/?(b|i|em|strong|small|code|a|abbr|span|tspan)( [^>]*)?>/, with: "")
    return (inline.split(separator: /<[^>]*>/).map(String.init) + spoken)
      .map { text in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
          .reduce(text) { $0.replacing($1.0, with: $1.1) }
      }
      .filter { $0.contains(where: \.isLetter) }
  }

  /// Names in a document that stay as they are in every language: of diseases, features, panels, files and people.
  private static func texts(_ value: Any) -> [String] {
    if let list = value as? [Any] { return list.flatMap(texts) }
    guard let object = value as? [String: Any] else { return [] }
    var found: [String] = []
    for (key, member) in object {
      let isFeature = (object["id"] as? String)?.hasPrefix("HP:") ?? false
      if let text = member as? String, text.count > 3 {
        let isName = ["name", "title", "source", "licence", "version", "platform", "text"].contains(key)
        if isName || key == "label" && isFeature || key == "note" && object["by"] != nil { found.append(text) }
      }
      if key == "command_line", let words = member as? [String] { found += words.filter { $0.count > 3 } }
      found += texts(member)
    }
    return found
  }
}
