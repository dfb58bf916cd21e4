import Foundation
import TestSupport
import Testing

/// What leaves the laboratory with `--deidentify`: every byte of every file is searched for everything that names somebody.
@Suite("De-identified runs")
struct DeidentifyTests {
  /// Ids, file names, folders and texts of an invented family.
  private static let secrets = [
    "LanNguyen", "HungNguyen", "MaiNguyen", "MinhNguyen", "Stranger42", "FAM-Nguyen", "Kase-77", "nguyen", "Quach",
    "telephoned", "moved away", "2026-03-01", "09:30", "secretplace", "ourpanel", "Ward 7",
  ]

  /// A family with an unaffected brother and a stranger's column, in files and folders with telling names.
  private struct Family {
    let folder: TemporaryFolder
    var home: String { folder.file("nguyen-home") }
    var caseFile: String { home + "/nguyen.yaml" }
    var key: String { folder.file("key") }

    init() throws {
      folder = try TemporaryFolder()
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
      let names = ["LanNguyen", "HungNguyen", "MaiNguyen", "MinhNguyen", "Stranger42"]
      var family = SmallFamily(samples: names)
      family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0", "0/0", "0/1"])
      family.add("chr16", 28_482_100, "C", "T", ["0/1", "0/1", "0/0", "0/1", "0/0"], gene: "CLN3")
      family.add("chr16", 28_482_400, "G", "A", ["0/1", "0/0", "0/1", "0/0", "0/0"], gene: "CLN3")
      let lines = [
        "##bcftools_viewCommand=view -s LanNguyen /secretplace/nguyen.vcf.gz", "##SAMPLE=<ID=LanNguyen>",
        "##PEDIGREE=<ID=LanNguyen,Father=HungNguyen,Mother=MaiNguyen>", "##reference=file:///secretplace/g.fa",
        "##INFO=<ID=DN,Number=.,Type=String,Description=\"de novo in LanNguyen by /secretplace/x\">",
      ]
      let text = family.text.replacing(
        "##fileformat=VCFv4.2\n", with: "##fileformat=VCFv4.2\n" + lines.map { $0 + "\n" }.joined()
      )
      .replacing("\t500\tPASS\t", with: "\t500\tPASS\tDN=LanNguyen,Stranger42;")
      try text.write(toFile: home + "/nguyen.vcf", atomically: true, encoding: .utf8)
      try (0..<4).map { position in
        let parents = [0, 3].contains(position) ? "\(names[1])\t\(names[2])" : "0\t0"
        return "FAM-Nguyen\t\(names[position])\t\(parents)\t\([2, 1, 2, 1][position])\t\(position == 0 ? 2 : 1)\n"
      }.joined().write(toFile: home + "/nguyen.ped", atomically: true, encoding: .utf8)
      try
        ("#panel: ourpanel of Ward 7\n#title: Ward 7\n#source: Quach\nhgnc_id\tsymbol\tconfidence\tmoi\n"
        + "HGNC:10585\tSCN1A\tgreen\tAD\nHGNC:2074\tCLN3\tgreen\tAR\n")
        .write(toFile: home + "/ourpanel.tsv", atomically: true, encoding: .utf8)
      try """
      case: Kase-77
      variants: nguyen.vcf
      pedigree: nguyen.ped
      phenotypes: [HP:0001250]
      panels: [./ourpanel.tsv]
      review:
        - variant: 2-166002700-C-T
          criteria: [PS3]
          class: pathogenic
          by: Dr. Quach
          signed: 2026-03-01T09:30:00Z
          note: telephoned the mother
        - {variant: 16-28482100-C-T, by: Dr. Quach, date: 2026-03-01, dismiss: moved away}
      """.write(toFile: caseFile, atomically: true, encoding: .utf8)
      try FileManager.default.createDirectory(atPath: folder.file("keys"), withIntermediateDirectories: true)
      try writeKey("0123456789abcdef0123456789abcdef")
    }

    func writeKey(_ text: String) throws {
      try text.write(toFile: key, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    }

    func screen(_ out: String, _ arguments: [String] = []) throws -> Program.Outcome {
      try Program.run(
        ["screen", caseFile, "--out", folder.file(out), "--fhir", "--phenopacket", "--deidentify", "--key", key]
          + arguments)
    }
  }

  /// Every file below a folder with its bytes; compressed files and attachments are unpacked too.
  private func contents(of root: String) throws -> [(name: String, text: String)] {
    var found: [(String, String)] = []
    for name in FileManager.default.enumerator(atPath: root)?.compactMap({ $0 as? String }).sorted() ?? [] {
      found.append(("name of \(name)", name))
      guard let data = FileManager.default.contents(atPath: root + "/" + name) else { continue }
      found.append((name, String(decoding: data, as: Unicode.ASCII.self)))
      found.append((name, String(decoding: data, as: UTF8.self)))
      if name.hasSuffix(".gz") || name.hasSuffix(".tbi") {
        found.append((name, try Program.shell("gzip -dc '\(root)/\(name)'").stdout))
      }
      for match in String(decoding: data, as: UTF8.self).matches(of: /"([A-Za-z0-9+\/=]{40,})"/) {
        if let inner = Data(base64Encoded: String(match.1)) {
          found.append((name + ", attachment", String(decoding: inner, as: UTF8.self)))
        }
      }
    }
    return found
  }

  private func expectNothing(of secrets: [String] = Self.secrets, in root: String) throws {
    let files = try contents(of: root)
    #expect(files.count > 20)
    for (name, text) in files {
      for secret in secrets where text.range(of: secret, options: .caseInsensitive) != nil {
        Issue.record("\(secret) stands in \(name)")
      }
    }
  }

  @Test("No byte of any file names anybody, in either language, and the words for a terminal do not either")
  func nothingIsLeft() throws {
    let family = try Family()
    for (out, language) in [("en", "en"), ("vi", "vi")] {
      let outcome = try family.screen(out, ["--lang", language])
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(outcome.stderr.contains("genotypes remain personal data"))
      try expectNothing(in: family.folder.file(out))
      for secret in Self.secrets where secret != "nguyen" {
        #expect(!outcome.stdout.replacing(family.folder.path, with: "").contains(secret))
        #expect(
          !outcome.stderr.replacing(family.folder.path, with: "").contains(secret), "\(secret): \(outcome.stderr)")
      }
    }
    // The test can fail: without the flag everything is there.
    let plain = try Program.run(["screen", family.caseFile, "--out", family.folder.file("plain"), "--quiet"])
    #expect(plain.status == 0, "\(plain.text)")
    let all = try contents(of: family.folder.file("plain")).map(\.text).joined().lowercased()
    for secret in Self.secrets where secret != "Stranger42" && secret != "secretplace" {
      #expect(all.contains(secret.lowercased()), "\(secret)")
    }
    #expect(try family.folder.text("en/report.html").contains("genotypes remain personal data"))
  }

  @Test("The findings are those of a run with names")
  func sameFindings() throws {
    let family = try Family()
    #expect(try family.screen("out").status == 0)
    let plain = try Program.run(["screen", family.caseFile, "--out", family.folder.file("plain"), "--quiet"])
    #expect(plain.status == 0, "\(plain.text)")
    let tables = try ["out", "plain"].map { Rows(try family.folder.text($0 + "/candidates.tsv")) }
    for column in ["rank", "gene", "pos", "inheritance", "group", "consequence", "variant_score", "score", "max_af"] {
      #expect(!tables[1].column(column).isEmpty && tables[0].column(column) == tables[1].column(column), "\(column)")
    }
  }

  @Test("What a brother carries is in no file, his column is gone; with --show-carriers it is there, under a token")
  func carriers() throws {
    let family = try Family()
    #expect(try family.screen("out").status == 0)
    #expect(try family.screen("open", ["--show-carriers"]).status == 0)
    func columns(_ out: String) throws -> Int {
      let text = try Program.shell("gzip -dc '\(family.folder.file(out))/candidates.vcf.gz' | grep '^#CHROM'").stdout
      return text.split(separator: "\t").count
    }
    #expect(try columns("out") == 9 + 3 && columns("open") == 9 + 4)
    func genotypes(_ out: String) throws -> [String] {
      Rows(try family.folder.text(out + "/candidates.tsv")).column("genotypes")
    }
    #expect(try genotypes("out").allSatisfy { $0.contains("–") } && genotypes("open").allSatisfy { !$0.contains("–") })
  }

  @Test("Tokens are the same in every run with one key, and others with another")
  func keys() throws {
    let family = try Family()
    #expect(try family.screen("one").status == 0 && family.screen("two").status == 0)
    for name in try #require(family.folder.names(in: "one")) where name != "run.json" {
      #expect(try family.folder.bytes("one/" + name) == family.folder.bytes("two/" + name), "\(name)")
    }
    // A run of the same kind may be repeated in its folder.
    #expect(try family.screen("two").status == 0)
    try family.writeKey("fedcba9876543210fedcba9876543210")
    #expect(try family.screen("three").status == 0)
    let ids = try ["one", "three"].map { out in
      (try Document(family.folder.bytes(out + "/candidates.json"))["case", "pedigree"] as? [[String: Any]])?
        .compactMap { $0["id"] as? String } ?? []
    }
    #expect(ids[0].count == 4 && Set(ids[0] + ids[1]).count == 8)
  }

  @Test("A key that is missing, short or in the output folder, and a folder with other files, are refused")
  func refused() throws {
    let family = try Family()
    func run(_ arguments: [String]) throws -> Program.Outcome {
      try Program.run(["screen", family.caseFile, "--out", family.folder.file("out")] + arguments)
    }
    let short = try family.folder.write("short", "0123456789abcde")
    try FileManager.default.createDirectory(atPath: family.folder.file("out"), withIntermediateDirectories: true)
    let inside = try family.folder.write("out/key", "0123456789abcdef")
    let link = family.folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: inside)
    for (arguments, status, words) in [
      (["--deidentify"], Int32(64), "--deidentify needs --key"),
      (["--key", family.key], 64, "--key is for --deidentify"),
      (["--deidentify", "--key", family.folder.file("none")], 66, "no such key file"),
      (["--deidentify", "--key", short], 65, "a key of 15 bytes"),
      (["--deidentify", "--key", inside], 64, "lies in the output folder"),
      (["--deidentify", "--key", link], 64, "lies in the output folder"),
      (["--deidentify", "--key", "/dev/urandom"], 64, "is kept in a file"),
      (["--deidentify", "--key", family.key], 73, "--deidentify did not write"),
      (
        ["--deidentify", "--key", family.key, "--fhir", "--issued", "2026-03-01T09:30:00Z"], 64, "--issued tells a day"
      ),
    ] {
      let outcome = try run(arguments)
      #expect(outcome.status == status && outcome.stderr.contains(words), "\(arguments): \(outcome.text)")
    }
    #expect(family.folder.names(in: "out") == ["key"])
  }

  @Test("A key that others may read is a warning")
  func openKey() throws {
    let family = try Family()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: family.key)
    let outcome = try family.screen("out")
    #expect(outcome.status == 0 && outcome.stderr.contains("chmod 600"), "\(outcome.text)")
    #expect(try family.screen("strict", ["--strict"]).status == 65)
  }

  @Test("A batch: folders, status, log and overview name nobody, failed cases included, and --resume knows the key")
  func batch() throws {
    let family = try Family()
    try "case\tvariants\tpedigree\tpanels\nnguyen.yaml\t.\t.\t.\nKase-88\tnguyen-lost.vcf\tnguyen.ped\tepilepsy\n"
      .write(toFile: family.home + "/cases.tsv", atomically: true, encoding: .utf8)
    let arguments = [
      "batch", family.home + "/cases.tsv", "--out", family.folder.file("out"), "--deidentify", "--key", family.key,
      "--resume",
    ]
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 65 && outcome.stderr.contains("nguyen-lost.vcf"), "\(outcome.text)")
    try expectNothing(of: Self.secrets + ["Kase-88"], in: family.folder.file("out"))
    let summary = Rows(try family.folder.text("out/summary.tsv"))
    #expect(summary.column("state") == ["done", "failed"] && summary.column("gene").first == "SCN1A")
    #expect(Rows(try family.folder.text("out/relatives.tsv")).rows.isEmpty)
    let again = try Program.run(arguments)
    #expect(again.stdout.contains("1 of them before and unchanged"), "\(again.text)")
    try family.writeKey("fedcba9876543210fedcba9876543210")
    let other = try Program.run(arguments)
    #expect(!other.stdout.contains("before and unchanged"), "\(other.text)")
    // Folders under names are refused.
    let named = try Program.run(["batch", family.home + "/cases.tsv", "--out", family.folder.file("named"), "--quiet"])
    #expect(named.status == 65)
    let mixed = try Program.run([
      "batch", family.home + "/cases.tsv", "--out", family.folder.file("named"), "--deidentify", "--key", family.key,
    ])
    #expect(mixed.status == 73, "\(mixed.text)")
  }
}
