import Foundation
import TestSupport
import Testing

@Suite(
  "knowledge fetch: names, checksums",
  .enabled(if: FileServer.isPossible, "python3 and curl are needed for a server on 127.0.0.1 to fetch from"))
struct FetchChecksumTests {
  private let server: FileServer
  private let out: TemporaryFolder

  init() throws {
    server = try FileServer()
    out = try TemporaryFolder()
    try server.folder.write("a.vcf", "alleles\n")
    try server.folder.write("b.vcf", "more alleles\n")
  }

  private func fetch(_ wanted: String, _ more: String...) throws -> Program.Outcome {
    try Program.run(["knowledge", "fetch", wanted, "--out", out.path] + more)
  }

  private func sum(_ tool: String, of name: String) throws -> String {
    String(try #require(try Tool.lines(tool, [server.folder.file(name)]).first).prefix { $0 != " " })
  }

  @Test("A checksum that fits is told, given or published", arguments: ["--md5", "--sha256"])
  func fits(flag: String) throws {
    let sum = try sum(flag == "--md5" ? "md5sum" : "sha256sum", of: "a.vcf")
    let given = try fetch(server.address("a.vcf"), flag, sum.uppercased())
    #expect(given.status == 0 && given.stdout.contains(sum), "\(given.text)")
    let line = flag == "--md5" ? "\(sum)  ./a.vcf" : "SHA256 (a.vcf) = \(sum)"
    try server.folder.write("sums.txt", "\(String(repeating: "0", count: sum.count)) *b.vcf\n\(line)\n")
    let again = try fetch(server.address("a.vcf"), "--checksums", server.address("sums.txt"))
    #expect(again.status == 0 && again.stdout.contains("there already"), "\(again.text)")
  }

  @Test("A checksum that does not fit keeps the bytes aside, and the file does not appear")
  func differs() throws {
    let wrong = String(repeating: "0", count: 64)
    let outcome = try fetch(server.address("a.vcf"), "--sha256", wrong)
    #expect(outcome.status == 65, "\(outcome.text)")
    let right = try sum("sha256sum", of: "a.vcf")
    #expect(outcome.stderr.contains(wrong) && outcome.stderr.contains(right))
    #expect(out.names() == ["a.vcf.part", "a.vcf.part.meta"])
    // Without the wrong checksum the bytes that came are enough.
    #expect(try fetch(server.address("a.vcf")).status == 0)
    #expect(try server.requests.count == 1)
    let inPlace = try fetch(server.address("a.vcf"), "--sha256", wrong)
    #expect(inPlace.status == 65 && inPlace.stderr.contains("move it away"), "\(inPlace.text)")
    #expect(try out.text("a.vcf") == "alleles\n")
  }

  @Test("A list of checksums that lacks the file, or is not there, is an error")
  func lists() throws {
    try server.folder.write("sums.txt", "\(try sum("md5sum", of: "b.vcf"))  b.vcf\n")
    let lacking = try fetch(server.address("a.vcf"), "--checksums", server.address("sums.txt"))
    #expect(lacking.status == 65 && lacking.stderr.contains("--md5"), "\(lacking.text)")
    let absent = try fetch(server.address("a.vcf"), "--checksums", server.address("none.txt"))
    #expect(absent.status == 66 && absent.stderr.contains("404"), "\(absent.text)")
    #expect(out.names() == [])
  }

  /// A folder of panels whose table of sources names the server.
  private func data(_ rows: String...) throws -> TemporaryFolder {
    let data = try TemporaryFolder()
    for folder in ["Panels/genes", "Panels/data"] {
      try FileManager.default.createDirectory(atPath: data.file(folder), withIntermediateDirectories: true)
    }
    try data.write("Panels/genes/genes.tsv", "")
    let columns = "name version assembly kind what files checksums megabytes licence registration page command note"
    let head = columns.replacingOccurrences(of: " ", with: "\t")
    try data.write("Panels/data/knowledge_sources.tsv", ([head] + rows).joined(separator: "\n") + "\n")
    return data
  }

  @Test("A source comes by its name: all files, each with the publisher's checksum, and the command that takes them in")
  func named() throws {
    for name in ["a.vcf", "b.vcf"] {
      try server.folder.write(name + ".md5", "\(try sum("md5sum", of: name))  /srv/release/2026-01-01.\(name)\n")
    }
    let files = server.address("{a,b}.vcf")
    let data = try data(
      "tiny\t1\tGRCh38\tfrequency\tfrequencies\t\(files)\t{file}.md5\t1\tfree\t.\thttps://example.org\trarescreen knowledge build frequency a.vcf b.vcf\t."
    )
    let outcome = try fetch("tiny", "--knowledge", data.path)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(out.names() == ["a.vcf", "b.vcf"])
    #expect(outcome.stdout.hasSuffix("next: rarescreen knowledge build frequency a.vcf b.vcf\n"))
    // The address of a file in the table is enough to find its checksum.
    try server.folder.write("a.vcf", "damaged\n")
    try FileManager.default.removeItem(atPath: out.file("a.vcf"))
    let damaged = try fetch(server.address("a.vcf"), "--knowledge", data.path)
    #expect(damaged.status == 65, "\(damaged.text)")
    let other = try fetch("tiny", "--knowledge", data.path, "--build", "GRCh37")
    #expect(other.status == 64, "\(other.text)")
  }

  @Test("Sources behind a registration, unknown names and addresses with tricks are refused")
  func refused() throws {
    let registration = try fetch("spliceai")
    #expect(registration.status == 66 && registration.stderr.contains("BaseSpace"), "\(registration.text)")
    let unknown = try fetch("clinvr")
    #expect(unknown.status == 64 && unknown.stderr.contains("clinvar"), "\(unknown.text)")
    for address in [
      "http://127.0.0.1/", "http://127.0.0.1/..", "http://127.0.0.1/a/%2e%2e", "http://127.0.0.1/.hidden",
      "http://127.0.0.1/a%2Fb", "file:///etc/passwd", "ftp://127.0.0.1/a", "http://me:secret@127.0.0.1/a",
      "http://127.0.0.1/a b",
    ] {
      let outcome = try fetch(address)
      #expect(outcome.status == 64, "\(address): \(outcome.text)")
      #expect(!outcome.stderr.contains("secret"))
    }
    #expect(try fetch(server.address("a.vcf"), "--sha256", "abc").status == 64)
    #expect(try fetch(server.address("a.vcf"), "--md5", String(repeating: "x", count: 32)).status == 64)
    #expect(out.names() == [])
  }
}
