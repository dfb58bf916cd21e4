import Foundation
import Reading
import TestSupport
import Testing

/// The passed and failed files of hts-specs and of EBI's vcf-validator.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct VariantsConformanceTests {
  /// Unpacks the collection once a test and sorts its VCF files by folder name.
  private static func files(in verdict: String) throws -> (folder: TemporaryFolder, paths: [String]) {
    let folder = try TemporaryFolder()
    _ = try #require(try Tool.output("tar", ["xzf", RealData.path("conformance.tar.gz"), "-C", folder.path]))
    return (folder, folder.files().filter { $0.contains("/\(verdict)/") && $0.contains(".vcf") })
  }

  @Test func everyPassedFileIsRead() throws {
    let (folder, paths) = try Self.files(in: "passed")
    var clean = 0
    for path in paths where !path.hasSuffix(".bz2") {
      #expect(throws: Never.self, "\(path)") { if try WholeFile(path).warnings.isEmpty { clean += 1 } }
    }
    #expect(paths.count > 90)
    // The others really break a rule, such as GT 0|2 with one ALT, which those collections do not look at.
    #expect(clean * 10 >= paths.count * 6)
    _ = folder
  }

  /// bcftools finds 8 % of them; four need rules that are not worth their cost.
  @Test func nearlyEveryFailedFileIsRefusedOrWarnedAbout() throws {
    let (folder, paths) = try Self.files(in: "failed")
    var found = 0
    for path in paths {
      do {
        let warnings = try WholeFile(path).warnings
        if warnings.isEmpty { continue }
        #expect(warnings.kept.allSatisfy { $0.place.line != nil })
        found += 1
        #expect(throws: ReadError.self, "strict: \(path)") { try WholeFile(path, isStrict: true) }
      } catch {
        found += 1
        // A header without #CHROM line and a file that is a blank line are wrong as a whole.
        let isAboutTheWhole = error.description.contains("#CHROM") || error.description.contains("not a VCF")
        #expect(error.place.line != nil || isAboutTheWhole, "\(error)")
      }
    }
    #expect(paths.count > 700)
    #expect(found * 100 >= paths.count * 98)
    _ = folder
  }

  @Test func bzip2IsRefusedWithAdvice() throws {
    let (folder, paths) = try Self.files(in: "passed")
    let path = try #require(paths.first { $0.hasSuffix(".bz2") })
    let error = #expect(throws: ReadError.self) { try WholeFile(path) }
    #expect(error?.description.contains("bzip2") == true)
    _ = folder
  }

  /// Odd dialects that tools in use have written.
  @Test func oddButRealFilesAreRead() throws {
    // No #CHROM line; no byte; BCF 2.1, which htslib does not read.
    let refused: Set = [
      "Homo_sapiens_assembly38.tile_db_header.vcf", "empty.vcf", "VcfThatLacksAnIndex.bcf",
    ]
    let root = RealData.path("parsing")
    let names = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }.sorted()
    for name in names where [".vcf", ".vcf.gz", ".bcf", ".bgz"].contains(where: { name.hasSuffix($0) }) {
      let path = root + "/" + name
      if refused.contains(URL(fileURLWithPath: path).lastPathComponent) {
        #expect(throws: ReadError.self) { try WholeFile(path) }
      } else {
        #expect(throws: Never.self, "\(name)") { try WholeFile(path) }
      }
    }
  }
}
