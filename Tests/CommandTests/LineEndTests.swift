import TestSupport
import Testing

/// Files that a Windows program saved: lines end in CR LF, and a mark of UTF-8 may stand before the first.
@Suite struct LineEndTests {
  private static let panel = "#panel: ours\nhgnc_id\tsymbol\tconfidence\tmoi\nHGNC:10585\tSCN1A\tgreen\tAD\n"
  private static let rows = "chr2\t166000000\t166100000\tSCN1A\n"

  /// A case of which every file has these line ends: what the command printed, and its tables.
  private func screened(_ lineEnd: String, mark: String = "") throws -> (Program.Outcome, HostileCase) {
    var subject = try HostileCase()
    subject.records = [
      HostileCase.record(),
      HostileCase.record(position: HostileCase.place + 1, calls: ["./.", ".", "0/1:20,20:40:99"]),
    ]
    let files = [
      ("case.vcf", "", subject.text), ("case.ped", mark, subject.pedigree), ("ours.tsv", mark, Self.panel),
      ("rows.bed", mark, Self.rows),
      (
        "case.yaml", mark,
        """
        case: H
        variants: case.vcf
        pedigree: case.ped
        proband: child
        phenotypes: [HP:0001250]
        panels: [ours.tsv, rows.bed]
        settings:
          max_af: 0.01

        """
      ),
    ]
    for (name, mark, text) in files {
      try subject.folder.write(name, mark + text.replacing("\n", with: lineEnd))
    }
    let outcome = try Program.run([
      "screen", subject.folder.file("case.yaml"), "--out", subject.folder.file("out"), "--threads", "2",
    ])
    return (outcome, subject)
  }

  @Test(arguments: ["", "\u{FEFF}"])
  func aCaseOfSuchFilesIsTheSameCase(mark: String) throws {
    let (plain, subject) = try screened("\n")
    let (other, twin) = try screened("\r\n", mark: mark)
    #expect(plain.status == 0, "\(plain.text)")
    #expect(other.status == 0, "\(other.text)")
    for name in ["candidates.tsv", "genes.tsv", "qc.json", "coverage.tsv"] where subject.folder.exists("out/" + name) {
      #expect(try twin.output(name) == subject.output(name))
    }
    #expect(try !subject.candidates().isEmpty)
    let records = try Program.shell("gzip -dc '\(twin.folder.file("out/candidates.vcf.gz"))'").stdout
    #expect(!records.utf8.contains(13) && records.contains("\tchild\tfather\tmother\n"))
  }

  @Test func theHeadersLastSampleHasNoLineEndInItsName() throws {
    let subject = try HostileCase()
    let text = (subject.text + HostileCase.record()).replacing("\n", with: "\r\n")
    let outcome = try subject.run("qc", ["--strict"], variants: text)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stdout.contains("mother") && !outcome.stdout.utf8.contains(13))
  }
}
