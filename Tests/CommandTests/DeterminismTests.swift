import Foundation
import TestSupport
import Testing

@Suite("The same inputs give the same bytes")
struct DeterminismTests {
  @Test("Whatever the number of threads")
  func threads() throws {
    let runs = try [1, 2, 8].map { threads in
      let folder = try TemporaryFolder()
      let outcome = try Demonstration.screen(into: folder, ["--threads", "\(threads)"])
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(folder.names(in: "out") == Demonstration.files)
      return folder
    }
    for name in Demonstration.files where name != "run.json" {
      let first = try runs[0].bytes("out/" + name)
      for other in runs.dropFirst() { #expect(try other.bytes("out/" + name) == first, "\(name) differs") }
    }
    let provenance = try runs.map { folder in
      try folder.text("out/run.json").split(separator: "\n").filter {
        !$0.contains("\"started\"") && !$0.contains("\"finished\"")
      }
    }
    #expect(provenance[1] == provenance[0])
    #expect(provenance[2] == provenance[0])
  }

  @Test(
    "Whatever the container: text, gzip, BGZF, BCF, standard input, a named pipe",
    arguments: [
      ("gzip -dc \"$IN\" > v", "v"), ("gzip -dc \"$IN\" | gzip > v", "v"),
      ("bcftools view --no-version -Ob -o v \"$IN\"", "v"), ("bcftools view --no-version -Ou -o v \"$IN\"", "v"),
      ("exec < \"$IN\"", "-"), ("cat \"$IN\" | true; gzip -dc \"$IN\" > w; exec < w", "-"),
      ("mkfifo v; gzip -dc \"$IN\" > v &", "v"),
    ])
  func containers(preparation: String, name: String) throws {
    let reference = try TemporaryFolder()
    let flags = "--ped '\(Demonstration.pedigree)' --panel epilepsy --quiet"
    let plain = try Program.shell(
      "$RARESCREEN screen --vcf '\(Demonstration.variants)' \(flags) --out out", directory: reference.path)
    #expect(plain.status == 0, "\(plain.text)")
    let folder = try TemporaryFolder()
    let outcome = try Program.shell(
      "\(preparation)\n$RARESCREEN screen --vcf \(name) \(flags) --out out",
      environment: ["IN": Demonstration.variants],
      directory: folder.path)
    #expect(outcome.status == 0, "\(outcome.text)")
    for table in ["candidates.tsv", "genes.tsv", "qc.json"] {
      #expect(try folder.bytes("out/" + table) == reference.bytes("out/" + table), "\(table) differs")
    }
  }
}
