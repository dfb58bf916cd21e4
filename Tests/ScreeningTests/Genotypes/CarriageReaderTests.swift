import Model
import Screening
import TestSupport
import Testing

@Suite("Who carries what, for the cohort")
struct CarriageReaderTests {
  private static let people = Pedigree.trio(childSex: .male).individuals
  private static let header = VariantHeader(version: "4.2", samples: ["mother", "other", "child", "father"])

  private static func rows(_ lines: [String], _ people: [Individual] = people, settings: Settings = Settings()) throws
    -> (rows: [CarriageReader.Row], tally: CarriageReader.Tally)
  {
    let reader = CarriageReader(
      of: InputFile(name: "x.vcf", header: header), individuals: people, assembly: .grch38, settings: settings)
    return try reader.rows(in: VariantBatch(lines: lines), of: 0)
  }

  private static func carried(_ row: CarriageReader.Row) -> [String: Carriage] {
    Dictionary(uniqueKeysWithValues: row.carriers.map { (people[$0.member].id, $0.carriage) })
  }

  /// Calls in the order mother, child, father, each `GT:AD:DP:GQ`.
  private static func line(_ place: String, _ calls: [String], alternates: String = "T", filter: String = "PASS")
    -> String
  {
    "\(place)\t.\tC\t\(alternates)\t50\t\(filter)\t.\tGT:AD:DP:GQ\t\(calls[0])\t1/1:0,30:30:99\t\(calls[1])\t\(calls[2])"
  }

  @Test(
    "One allele, three members",
    arguments: [
      (
        "chr2\t100", ["0/1:15,15:30:99", "0/1:15,15:30:99", "0/0:30,0:30:99"],
        ["mother": .heterozygous, "child": .heterozygous]
      ),
      ("chr2\t100", ["0/0:30,0:30:99", "1/1:0,30:30:99", "./.:.:.:."], ["child": .homozygous, "father": .missing]),
      // Quality 19 and depth 9 fail, for the reference as for the allele.
      (
        "chr2\t100", ["0/1:15,15:30:19", "0/1:15,15:30:20", "0/0:30,0:30:19"],
        ["mother": .missing, "child": .heterozygous, "father": .missing]
      ),
      (
        "chr2\t100", ["0/1:4,5:9:99", "0/1:5,5:10:99", "0/0:9,0:9:99"],
        ["mother": .missing, "child": .heterozygous, "father": .missing]
      ),
      ("chr2\t100", ["0/1", "./1", "0|0"], ["mother": .heterozygous, "child": .partial]),
      (
        "chrX\t50000000", ["0/1:15,15:30:99", "1:0,15:15:99", "1/1:0,15:15:99"],
        ["mother": .heterozygous, "child": .hemizygous, "father": .hemizygous]
      ),
      // The lower thresholds of a single copy.
      ("chrX\t50000000", ["0/0:30,0:30:99", "0:7,0:7:12", "0/0:7,0:7:12"], [:]),
      ("chrX\t50000000", ["0/0:30,0:30:99", "0/1:15,15:30:99", "0:30,0:30:99"], ["child": .missing]),
      (
        "chrY\t15000000", ["0/1:15,15:30:99", "1:0,15:15:99", "./.:.:.:."], ["child": .hemizygous, "father": .missing]
      ),
      ("chrX\t1000000", ["0/0:30,0:30:99", "0/1:15,15:30:99", "0/0:30,0:30:99"], ["child": .heterozygous]),
      (
        "chrM\t3243", ["0/1:150,150:300:99", "1/1:0,300:300:99", "0/0:300,0:300:99"],
        ["mother": .heteroplasmic, "child": .hemizygous]
      ),
    ] as [(String, [String], [String: Carriage])])
  func members(place: String, calls: [String], expected: [String: Carriage]) throws {
    let rows = try Self.rows([Self.line(place, calls)]).rows
    #expect(rows.map(Self.carried) == (expected.isEmpty ? [] : [expected]))
  }

  @Test("A record that FILTER refuses is missing in everybody, those with the reference as well")
  func refused() throws {
    let line = Self.line("chr2\t100", ["0/1:15,15:30:99", "0/0:30,0:30:99", "0/0:30,0:30:99"], filter: "LowQual")
    let read = try Self.rows([line])
    #expect(read.rows.map(Self.carried) == [["mother": .missing, "child": .missing, "father": .missing]])
    #expect(read.tally.refused == 1 && read.tally.missing == 3 && read.tally.alleles == 0)
    var settings = Settings()
    settings.acceptedFilters = ["LowQual"]
    #expect(try Self.rows([line], settings: settings).rows.map(Self.carried) == [["mother": .heterozygous]])
  }

  @Test("Each alternate has its own carriers, normalised; the spanning deletion has none")
  func alternates() throws {
    let line = Self.line(
      "chr2\t100", ["1/2:0,15,15,0:30:99", "0/1:15,15,0,0:30:99", "2/3:0,0,15,15:30:99"], alternates: "T,CA,*")
    let rows = try Self.rows([line]).rows
    #expect(rows.map(\.allele.name) == ["2-100-C-T", "2-100-C-CA"])
    #expect(
      rows.map(Self.carried) == [
        ["mother": .heterozygous, "child": .heterozygous], ["mother": .heterozygous, "father": .heterozygous],
      ])
  }

  @Test("What lies on no chromosome is counted and left")
  func otherContigs() throws {
    let line = Self.line("GL000220.1\t100", ["0/1:15,15:30:99", "0/0:30,0:30:99", "0/0:30,0:30:99"])
    let read = try Self.rows([line])
    #expect(read.rows.isEmpty && read.tally.otherContigs == 1 && read.tally.records == 1)
  }
}
