import Model
import TestSupport
import Testing

@testable import Writing

@Suite("Names taken out of a report")
struct DeidentifierTests {
  private static let pseudonyms = Pseudonyms(key: Array("0123456789abcdef0123456789abcdef".utf8))

  /// By OpenSSL: `printf 'rarescreen 1\0P\0CHILD' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef`.
  @Test("Tokens are HMAC-SHA256, as another program computes it", .enabled(if: Tool.isPresent("openssl"), "no openssl"))
  func oracle() throws {
    let line = try Program.shell(
      "printf 'rarescreen 1\\0P\\0CHILD' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef")
    let digits = try #require(line.stdout.split(separator: " ").last).prefix(12)
    #expect(Self.pseudonyms.token(of: "CHILD", as: .person) == "P-\(digits)")
  }

  @Test("Tokens are the same under one key, and others under another, for another name and for another kind")
  func tokens() {
    let token = Self.pseudonyms.token(of: "CHILD", as: .person)
    #expect(Pseudonyms.isToken(token, of: .person) && !Pseudonyms.isToken(token, of: .family))
    #expect(Pseudonyms(key: Array("0123456789abcdef0123456789abcdef".utf8)).token(of: "CHILD", as: .person) == token)
    let others = [
      Pseudonyms(key: Array("0123456789abcdef0123456789abcdeg".utf8)).token(of: "CHILD", as: .person),
      Self.pseudonyms.token(of: "CHILD2", as: .person), Self.pseudonyms.token(of: "CHILD", as: .family),
    ]
    #expect(Set(others.map { $0.dropFirst(2) } + [token.dropFirst(2)]).count == 4)
  }

  @Test("Names are replaced where they stand by themselves, the longest first")
  func replacement() {
    let replaced = NameReplacement([
      "CHILD": "P1", "CHILD-2": "P2", "/data/fam/x.vcf": "file", "x.vcf": "name", "é": "P3",
    ])
    for (text, expected) in [
      ("CHILD", "P1"), ("CHILD:CHILD-2,CHILDREN", "P1:P2,CHILDREN"), ("a CHILD.", "a P1."),
      ("GRANDCHILD", "GRANDCHILD"),
      ("/data/fam/x.vcf: bad", "file: bad"), ("../x.vcf.tbi", "../name.tbi"), ("", ""), ("é", "P3"), ("née", "née"),
    ] { #expect(replaced(text) == expected, "\(text)") }
  }

  /// The small report under tokens, as the program makes it, with what inputs drag along.
  private func report(_ showsCarriers: Bool = false) -> (plain: Report, given: Report) {
    var plain = SmallReport.report
    plain.headers[0].lines += [
      "##source=/home/nguyen/caller", "##bcftools_viewCommand=view -s CHILD /data/x.vcf", "##SAMPLE=<ID=CHILD>",
      "##PEDIGREE=<ID=CHILD,Father=DAD>", "##contig=<ID=chr9,length=5,URL=file:///home/nguyen/g.fa>",
      "##INFO=<ID=WHO,Number=.,Type=String,Description=\"Who: CHILD, from /home/nguyen/kid.bed, \\\"a / b\\\"\",Source=\"x\">",
      "##FILTER=<ID=q,Description=\"below 5\">",
    ]
    plain.headers[0].contigs.append(VariantHeader.ContigLine(name: "DAD", length: 5))
    plain.headers[0].info["WHO"] = VariantHeader.Field(id: "WHO", number: .unbounded, type: .string, description: "")
    plain.headers[0].samples = ["CHILD", "STRANGER", "DAD", "MUM"]
    let line = plain.result.candidates[0].variants[0].variant.origin.line.split(separator: "\t").map(String.init)
    plain.result.candidates[0].variants[0].variant.origin.line =
      (line[..<7] + [
        "AC=1;MAD_OF_ALL=7;ANY;CHR2=DAD;END=9;WHO=CHILD,STRANGER:DAD;CSQ=DAD|MUM", "GT:SM", "0/1:CHILD", "1/1:STRANGER",
        "0/0:DAD", "0|1:MUM",
      ]).joined(
        separator: "\t")
    let names = Self.pseudonyms
    var given = plain
    given.subject = names.renamed(plain.subject)
    given.headers = plain.headers.map { names.renamed($0) }
    given.result.warnings = ["\("/data/fam/trio.vcf.gz"): \("DAD")"]
    let deidentifier = Deidentifier(
      names, subject: plain.subject, headers: plain.headers, files: [("variants", "/data/fam/trio.vcf.gz")],
      read: ["WHO", "CSQ"])
    return (plain, deidentifier.report(given, showsCarriers: showsCarriers))
  }

  @Test("Of the header stay definitions alone, of records the family's columns, and no names in either")
  func records() throws {
    let given = report().given
    let lines = String(decoding: ReportWriter(report: given).candidateRecords(), as: UTF8.self).split(separator: "\n")
    let header = lines.filter { $0.hasPrefix("##") }
    #expect(
      header.allSatisfy { line in
        ["fileformat", "contig", "INFO", "FORMAT", "FILTER"].contains { line.hasPrefix("##\($0)=") }
      })
    #expect(header.contains("##contig=<ID=chr9,length=5>"))
    let token = Self.pseudonyms.token(of: "CHILD", as: .person)
    #expect(
      header.contains("##INFO=<ID=WHO,Number=.,Type=String,Description=\"Who: \(token), from …, \\\"a / b\\\"\">"),
      "\(header)")
    #expect(!header.contains { $0.hasPrefix("##INFO=<ID=AC,") })
    let people = ["CHILD", "DAD", "MUM"].map { Self.pseudonyms.token(of: $0, as: .person) }
    #expect(lines.first { $0.hasPrefix("#CHROM") }?.split(separator: "\t").suffix(3).map(String.init) == people)
    let record = try #require(lines.first { $0.contains("WHO=") })
    let stranger = Self.pseudonyms.token(of: "STRANGER", as: .person)
    // What nobody read may be a sum over all columns; a contig keeps its name though somebody is called so.
    #expect(record.contains("\tCHR2=DAD;END=9;WHO=\(people[0]),\(stranger):\(people[1]);CSQ=DAD|MUM"), "\(record)")
    #expect(record.hasSuffix("\tGT:SM\t0/1:\(people[0])\t0/0:\(people[1])\t0|1:\(people[2])"))
  }

  @Test("File names, texts, options and times are those of nobody")
  func rest() {
    let given = report().given
    #expect(given.provenance.started == "2026" && given.provenance.finished == "2026")
    #expect(
      given.result.warnings == [
        "variants-1.vcf.gz: \(Self.pseudonyms.token(of: "DAD", as: .person))", Deidentifier.warning,
      ])
    #expect(
      Deidentifier.masked([
        "rarescreen", "screen", "case.yaml", "--ped=a.ped", "--proband", "CHILD", "-o", "out", "-", "--", "-Nguyen",
      ])
        == ["rarescreen", "screen", "…", "--ped=…", "--proband", "…", "-o", "…", "…", "--", "…"])
  }

  @Test("Reviewers get tokens, days become years, and their words and signatures go")
  func reviews() throws {
    var subject = SmallReport.report.subject
    subject.reviews = [
      Review(
        written: "1-5-A-G", allele: Allele(.chr1, 5, "A", "G"), classification: .pathogenic, reviewer: "A. Berg",
        date: "2026-03-01", signed: Instant("2026-03-01T09:30:00Z"), note: "told Lan's mother", dismissal: "Lan moved")
    ]
    let review = try #require(Self.pseudonyms.renamed(subject).reviews.first)
    #expect(Pseudonyms.isToken(review.reviewer, of: .reviewer) && review.date == "2026" && review.signed == nil)
    #expect(review.note == nil && review.dismissal == "the reason is withheld" && review.classification == .pathogenic)
    let person = try #require(Self.pseudonyms.renamed(subject).pedigree.individuals.first)
    #expect([person.id, person.father, person.mother].allSatisfy { Pseudonyms.isToken($0 ?? "", of: .person) })
    #expect(Pseudonyms.isToken(person.family, of: .family))
  }
}
