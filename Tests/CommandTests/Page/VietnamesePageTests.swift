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

  @Test("Structural variants, the mitochondrion, repeats, and reads of two members")
  func otherKinds() throws {
    let shared = try ShardedCase()
    let outcome = try shared.screen("out", ["--lang", "vi", "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    let page = try shared.folder.text("out/report.html")
    #expect(page.contains("3243") && page.contains("HTT"), "the page shows all kinds")
    #expect(page.contains("khó định vị đoạn đọc ngắn: có gen giả"), "why reads are hard to place")
    #expect(try Self.left(in: shared.folder) == [])
  }

  @Test("A cohort in use: own counts, an earlier finding, a sample met before, and a panel with faults")
  func cohort() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily.solved
    family.add("chr2", 166_002_800, "G", "A", ["0/1", "0/1", "0/0"], frequency: 0.0001)
    let flags = try family.write(to: folder)
    #expect(try Program.run(["screen"] + flags + ["--out", folder.file("first"), "--quiet"]).status == 0)
    let database = folder.file("cohort.sqlite")
    let added = try Program.run(
      ["cohort", "add", "--findings", folder.file("first"), "--cohort", database, "--quiet"] + flags.prefix(4))
    #expect(added.status == 0, "\(added.text)")
    family.samples = ["C2", "F2", "M2"]
    let others = try folder.write("others.vcf", family.text)
    let pedigree = try folder.write("others.ped", "G\tC2\tF2\tM2\t2\t2\nG\tF2\t0\t0\t1\t1\nG\tM2\t0\t0\t2\t1\n")
    let panel = try folder.write(
      "own.tsv",
      "gene\tmoi\tmechanism\tconfidence\nSCN1A\tstrange\todd\t\nSCN1A\tAD\tLOF\tgreen\nNOGENE1\tAD\tLOF\tgreen\n")
    let outcome = try Program.run(
      ["screen", "--vcf", others, "--ped", pedigree, "--panel", panel, "--cohort", database, "--quiet"]
        + ["--lang", "vi", "--out", folder.file("out")])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try Self.left(in: folder) == [])
  }

  @Test("The index of a batch with cases that failed")
  func batch() throws {
    let batch = try BatchFolder()
    try batch.addFamily("GOOD")
    try batch.folder.write("BROKEN.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\nchr1\t5\n")
    try batch.writeSheet(["GOOD", "BROKEN", "LOST"])
    #expect(try batch.run("out", ["--lang", "vi", "--quiet"]).status == 65)
    let page = try batch.folder.text("out/index.html")
    let diseases = try batch.summary().column("disease")
    #expect(Self.left(page, known: diseases) == [])
    #expect(page.contains("(mã thoát 65)") && page.contains("(mã thoát 66)"))
  }

  @Test("A comparison of two runs, and of many")
  func comparison() throws {
    let folder = try TemporaryFolder()
    var family = SmallFamily.solved
    family.add(
      "chr2", 166_002_600, "G", "A", ["0/1", "0/0", "0/0"], consequence: "missense_variant", impact: "MODERATE")
    family.add("chr16", 28_482_100, "C", "T", ["0/1", "0/1", "0/0"], gene: "CLN3")
    let flags = try family.write(to: folder)
    try FileManager.default.createDirectory(atPath: folder.file("old"), withIntermediateDirectories: false)
    try FileManager.default.createDirectory(atPath: folder.file("new"), withIntermediateDirectories: false)
    let screen = ["screen", "--hpo", "HP:0001250", "--quiet", "--out"]
    #expect(try Program.run(screen + [folder.file("old/a")] + flags).status == 0)
    let review = """
      {"case": "CHILD", "build": "GRCh38", "review": [{"variant": "2-166002700-C-T", "gene": "SCN1A", "by": "Dr. Lan", \
      "criteria": ["PP1"], "remove": ["PM2"], "class": "pathogenic", "note": "đã xem", "date": "2026-11-27"}]}
      """
    let reviewed = try folder.write("review.json", review)
    var changed = SmallFamily()
    changed.add(
      "chr2", 166_002_700, "C", "T", ["0/1", "0/1", "0/0"], consequence: "missense_variant", impact: "MODERATE")
    changed.add("chr16", 28_482_100, "C", "T", ["1/1", "0/1", "0/1"], gene: "CLN3", frequency: 0.001)
    let other = try changed.write(to: folder, panel: "developmental")
    let caseFile = try folder.write(
      "case.yaml",
      """
      case: CHILD
      variants: family.vcf
      pedigree: family.ped
      panels: [developmental]
      phenotypes: [HP:0001263]
      settings: {max_af: 0.02}
      review: \(reviewed)

      """)
    #expect(other.count == flags.count)
    let again = try Program.run(["screen", caseFile, "--quiet", "--out", folder.file("new/a")])
    #expect(again.status == 0, "\(again.text)")
    let data = try ["old", "new"].flatMap { run in
      try ["candidates.json", "run.json"].flatMap { Self.texts(try Document(folder.bytes("\(run)/a/\($0)")).value) }
    }
    let single = try Program.run(
      ["compare", folder.file("old/a"), folder.file("new/a"), "--lang", "vi", "--out", folder.file("one")])
    #expect(single.status == 0, "\(single.text)")
    #expect(Self.left(try folder.text("one/compare.html"), known: data) == [])
    let many = try Program.run(
      ["compare", folder.file("old"), folder.file("new"), "--batch", "--lang", "vi", "--out", folder.file("many")])
    #expect(many.status == 0, "\(many.text)")
    #expect(Self.left(try folder.text("many/compare.html"), known: data) == [])
  }

  // MARK: Text

  /// Sentences of the report in `out` that hold an English word.
  private static func left(in folder: TemporaryFolder) throws -> [String] {
    let data = try ["candidates.json", "run.json"].flatMap { texts(try Document(folder.bytes("out/\($0)")).value) }
    return left(try folder.text("out/report.html"), known: data)
  }

  /// - Parameter known: data of the case, which may be in English.
  private static func left(_ page: String, known data: [String]) -> [String] {
    let known = Set(data).filter { $0.count > 3 }.sorted { ($1.count, $0) < ($0.count, $1) }
    return sentences(of: page).compactMap { sentence in
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
    // What is marked as English is read aloud as English.
    let body = page.replacing(/<(script|style)[^>]*>[\s\S]*?<\/(script|style)>/, with: "")
      .replacing(/<span[^>]* lang="en">[^<]*<\/span>/, with: "")
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
