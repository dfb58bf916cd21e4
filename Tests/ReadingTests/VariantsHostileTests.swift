import Foundation
import Model
import Reading
import TestSupport
import Testing

/// Records made to break a reader.
@Suite struct VariantsHostileTests {
  private static let header =
    "##fileformat=VCFv4.3\n##contig=<ID=HLA-A*01:01,length=900>\n"
    + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t<script>alert(1)</script>\n"

  private static func read(_ records: [UInt8]) throws -> WholeFile {
    let folder = try TemporaryFolder()
    return try WholeFile(try folder.file("hostile.vcf", Array(header.utf8) + records))
  }

  @Test func aLineOfAMegabyteAmongOthers() throws {
    let long = "1\t5\t.\tA\tC\t.\t.\tX=" + String(repeating: "y", count: 1 << 20) + "\tGT\t0/1\n"
    let short = "1\t6\t.\tA\tC\t.\t.\t.\tGT\t0/1\n"
    let whole = try Self.read(Array((short + long + short + long).utf8))
    #expect(whole.lines.count == 4)
    #expect(whole.lines.map(\.utf8.count).max() == long.utf8.count - 1)
  }

  @Test(.timeLimit(.minutes(1))) func tenThousandAlternates() throws {
    let alternates = (0..<10_000).map { number in
      "A" + String(number, radix: 4).map { ["A", "C", "G", "T"][Int(String($0)) ?? 0] }.joined() + "G"
    }
    let line = "1\t5\t.\tA\t" + alternates.joined(separator: ",") + "\t.\t.\t.\tGT:AD:PL\t0/10000:1,2:0\n"
    let whole = try Self.read(Array((line + line).utf8))
    #expect(whole.lines.count == 2)
    #expect(whole.warnings.counts[.sampleNumber] == 4)
  }

  @Test func contigNamesWithColons() throws {
    let whole = try Self.read(Array("HLA-A*01:01\t901\t.\tA\tC\t.\t.\t.\tGT\t0/1\n".utf8))
    #expect(whole.warnings.isEmpty)
  }

  @Test func markupIsTextLikeAnyOther() throws {
    let line = "1\t5\t<script>\tA\t<script>\t.\t.\tGENE=<img/src=x>\tGT\t0/1"
    let whole = try Self.read(Array((line + "\n").utf8))
    #expect(whole.lines == [line])
    #expect(whole.header.samples == ["<script>alert(1)</script>"])
  }

  /// Random bytes, and sound lines with single bytes changed: read or refused, never a crash.
  @Test func randomBytes() throws {
    var state: UInt64 = 42
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let sound = Array("1\t5\trs1\tAT\tC,<DEL>\t3.5\tPASS\tAC=1,2;DB;END=7\tGT:AD:PL\t0|1:3,4,5:1,2,3,4,5,6\n".utf8)
    let file = try VariantFile(
      path: try TemporaryFolderKeeper.shared.file("header.vcf", Self.header.utf8))
    let parser = RecordParser(header: file.header)
    let interesting = Array("\t\n\r:;,=|/.<>[]*%\"\0\u{7f}0-Ne".utf8)
    var read = 0
    for round in 0..<3_000 {
      var line = sound
      for _ in 0...random(below: 3) {
        line[random(below: line.count)] =
          round % 2 == 0 ? interesting[random(below: interesting.count)] : UInt8(random(below: 256))
      }
      let chunk = RecordChunk(file: "f", firstOrdinal: 1, firstLine: 1, text: line + sound)
      do throws(ReadError) {
        let parsed = try parser.parse(chunk)
        read += 1
        for row in 0..<parsed.batch.count {
          let decoder = GenotypeCallDecoder(format: parsed.batch.bytes(.format, of: row))
          for sample in parsed.batch.samples(of: row) { _ = decoder.call(from: sample, alleleCount: 3) }
        }
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    #expect(read > 500)
  }

  /// The same for headers.
  @Test func randomHeaders() throws {
    var state: UInt64 = 99
    func random(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let sound = Array(VariantsDifferentialTests.sample.utf8)
    let folder = try TemporaryFolder()
    for _ in 0..<400 {
      var text = sound
      for _ in 0...random(below: 4) { text[random(below: text.count)] = UInt8(random(below: 256)) }
      let path = try folder.file("input.vcf", text)
      do throws(ReadError) { _ = try WholeFile(path) } catch { #expect(!error.description.isEmpty) }
    }
  }

  @Test(arguments: [
    ("a%3Ab%3Bc%3Dd%25e%2Cf", "a:b;c=d%e,f"), ("100%", "100%"), ("%zz%3", "%zz%3"), ("%2525", "%25"), ("%3a", ":"),
  ])
  func percentDecoding(encoded: String, decoded: String) {
    #expect(PercentEncoding.decode(encoded.utf8) == decoded)
  }

  @Test func percentEncodingComesBack() {
    let text = "a:b;c=d,e%f\tg\nh é"
    #expect(PercentEncoding.decode(PercentEncoding.encode(text).utf8) == text)
  }
}

/// One folder for files that outlive the expression that makes them.
enum TemporaryFolderKeeper {
  static let shared: TemporaryFolder = {
    do { return try TemporaryFolder() } catch { preconditionFailure("no temporary folder: \(error)") }
  }()
}
