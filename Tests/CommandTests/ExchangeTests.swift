import Foundation
import TestSupport
import Testing

/// What a run leaves for other systems: a FHIR bundle and a phenopacket.
@Suite("Exchange: FHIR and phenopackets")
struct ExchangeTests {
  private static let time = "2026-03-01T09:30:00+07:00"

  /// A run of the demonstration with both files.
  private func run(_ arguments: [String], into folder: TemporaryFolder) throws {
    let outcome = try Demonstration.screen(into: folder, ["--fhir", "--phenopacket"] + arguments)
    #expect(outcome.status == 0, "\(outcome.text)")
  }

  @Test("Both files are there when asked for, beside all others, and hold to their formats")
  func files() throws {
    let folder = try TemporaryFolder()
    try run(["--issued", Self.time], into: folder)
    #expect(folder.names(in: "out") == (Demonstration.files + ["fhir.json", "phenopacket.json"]).sorted())
    let bundle = try Document(folder.bytes("out/fhir.json"))
    #expect(bundle["timestamp"] as? String == Self.time)
    #expect(try Document(folder.bytes("out/phenopacket.json"))["metaData", "created"] as? String == Self.time)
    if ExchangeChecker.hasFHIR {
      #expect(try ExchangeChecker.faults(ofBundle: folder.bytes("out/fhir.json")) == "")
    }
    if ExchangeChecker.hasPhenopackets {
      #expect(try ExchangeChecker.faults(ofPhenopacket: folder.bytes("out/phenopacket.json")) == "")
    }
    for name in ["out/fhir.json", "out/phenopacket.json"] {
      let text = try folder.text(name)
      #expect(!text.contains(Checkout.directory) && !text.contains(folder.path))
    }
  }

  @Test("The same inputs give the same bytes, and without --issued no time is in them")
  func sameBytes() throws {
    let runs = try ["1", "8"].map { threads in
      let folder = try TemporaryFolder()
      try run(["--threads", threads], into: folder)
      return folder
    }
    for name in ["out/fhir.json", "out/phenopacket.json"] {
      #expect(try runs[0].bytes(name) == runs[1].bytes(name), "\(name)")
      let text = try runs[0].text(name)
      #expect(!text.contains("\"issued\"") && !text.contains("\"timestamp\"") && !text.contains("\"created\""))
    }
  }

  @Test("The phenopacket beside its files is the case again")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let text = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
      .replacing("trio.vcf.gz", with: Demonstration.variants).replacing("trio.ped", with: Demonstration.pedigree)
    let path = try folder.write("case.yaml", text + "onset: P5M\n")
    let first = try Program.run(["screen", path, "--out", folder.file("out"), "--phenopacket", "--quiet"])
    #expect(first.status == 0, "\(first.text)")
    try FileManager.default.copyItem(atPath: Demonstration.variants, toPath: folder.file("out/trio.vcf.gz"))
    let panels = ["--panel", "epilepsy", "--panel", "intellectual_disability", "--panel", "developmental"]
    let outcome = try Program.run(
      ["screen", folder.file("out/phenopacket.json"), "--out", folder.file("again"), "--quiet"] + panels)
    #expect(outcome.status == 0, "\(outcome.text)")
    for name in ["candidates.tsv", "genes.tsv"] {
      #expect(try folder.bytes("again/" + name) == folder.bytes("out/" + name), "\(name)")
    }
  }

  @Test("A class that a reviewer signed is told as such in both, and in the older guide")
  func reviewed() throws {
    let folder = try TemporaryFolder()
    let text = try String(contentsOfFile: Demonstration.caseFile, encoding: .utf8)
      .replacing("trio.vcf.gz", with: Demonstration.variants).replacing("trio.ped", with: Demonstration.pedigree)
    let review = """
      review:
        - {variant: 9-127675855-C-T, class: Pathogenic, by: A. Berg, signed: 2026-03-01T09:30:00Z}

      """
    let path = try folder.write("case.yaml", text + review)
    let outcome = try Program.run([
      "screen", path, "--out", folder.file("out"), "--fhir-guide", "2.0", "--phenopacket", "--quiet",
    ])
    #expect(outcome.status == 0, "\(outcome.text)")
    let bundle = try folder.text("out/fhir.json")
    #expect(bundle.contains("\"code\": \"53037-8\"") && bundle.contains("\"code\": \"LA6668-3\""))
    #expect(bundle.contains("StructureDefinition/genomics-report\""))
    #expect(try folder.text("out/phenopacket.json").contains("\"PATHOGENIC\""))
    #expect(
      Rows(try folder.text("out/candidates.tsv")).column("acmg_class").first?
        .hasPrefix("P (class given by A. Berg, signed 2026-03-01T09:30:00Z; ") == true)
    if ExchangeChecker.hasFHIR { #expect(try ExchangeChecker.faults(ofBundle: Array(bundle.utf8)) == "") }
  }

  @Test(
    "What cannot be is refused with 64",
    arguments: [
      (["--fhir", "--issued", "2026-03-01"], "--issued takes a time with its zone"),
      (["--fhir-guide", "4.0"], "fhir-guide"),
    ])
  func refused(arguments: [String], words: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Demonstration.screen(into: folder, arguments)
    #expect(outcome.status == 64 && outcome.stderr.contains(words), "\(outcome.text)")
    #expect(!folder.exists("out"))
  }
}
