import Model
import Testing

@testable import Reading

@Suite struct PanelBEDTests {
  @Test(arguments: [
    "chr1\t10\t20\tone\nchrX\t5\t9\nMT\t0\t100\t.\n",
    "track name=x\nbrowser position chr1\n#chrom\tchromStart\tchromEnd\tname\n1 10 20 one\nX  5  9\nchrM 0 100\n",
    "#chr\tstart\tend\tgene\r\n1\t10\t20\tone\t0\t+\r\nX\t5\t9\t\t0\t+\r\nM\t0\t100\t.\t0\t-\r\n",
  ])
  func readsEveryDialect(text: String) throws {
    let file = try panelFile(text, name: "targets.bed")
    #expect(file.form == .bed)
    #expect(
      file.panel.regions.map(\.region) == [Region(.chr1, 10, 20), Region(.x, 5, 9), Region(.mitochondrion, 0, 100)])
    #expect(file.panel.regions.map(\.name) == ["one", "", ""])
    #expect(file.panel.name == "targets")
    #expect(file.assemblies == Assembly.allCases)
  }

  @Test func namesWhatIsNotUsed() throws {
    let file = try panelFile("1\t0\t9\nchrUn_1\t0\t9\nGL000220.1\t1\t2\nchrUn_1\t5\t6\n2\t7\t7\n")
    #expect(file.panel.regions.count == 1)
    #expect(
      file.notes.map(\.text) == [
        "rows on contigs that are no assembled chromosomes are not used: GL000220.1 (1), chrUn_1 (2)",
        "rows without a base are not used: lines 5",
      ])
  }

  @Test func lengthsTellTheAssembly() throws {
    // Chromosome 1 is longer on GRCh37, chromosome 19 on neither the same.
    #expect(try panelFile("1\t249000000\t249200000\n").assemblies == [.grch37])
    #expect(try panelFile("X\t156000000\t156040895\n").assemblies == [.grch38])
    #expect(try panelFile("1\t249000000\t249200000\nX\t156000000\t156040895\n").assemblies == [])
  }

  @Test(
    arguments: [
      ("1\t10\t20\n1\tx\t20\n", 2, 3, "start 'x' is no position"), ("1\t-1\t20\n", 1, 3, "start '-1'"),
      ("1\t10\t1e5\n", 1, 6, "end '1e5'"), ("1\t30\t20\n", 1, 6, "ends (20) before it starts (30)"),
      ("1\t10\t20\nchr1\t10\n", 2, nil, "2 columns"), ("1\t0\t300000000\n", 1, nil, "behind the end of chromosome 1"),
      ("track x\nsome text\n", 2, nil, "2 columns"),
    ] as [(String, Int, Int?, String)])
  func saysWhichRowIsWrong(text: String, line: Int, column: Int?, message: String) throws {
    let error = try #require(throws: PanelError.self) { try panelFile(text) }
    #expect(error.place == .init(file: "test.txt", line: line, column: column))
    #expect(error.description.contains(message))
  }

  @Test func whatIsWrittenReadsBack() throws {
    let panel = try panelFile("#title: Places\n1\t10\t20\tone\nX\t5\t9\n", name: "places").panel
    #expect(try panelFile(PanelFile.write(panel), name: "places").panel == panel)
  }

  @Test func rowsOfOneNameThatOverlapAreOne() throws {
    let file = try panelFile(
      "1\t10\t20\tA\n1\t10\t20\tA\n1\t15\t30\tB\n2\t5\t9\n1\t18\t25\tA\n1\t25\t30\tA\n2\t8\t12\n2\t12\t13\n")
    #expect(
      file.panel.regions.map { "\($0.name) \($0.region)" } == [
        "A 1:11-25", "B 1:16-30", " 2:6-12", "A 1:26-30", " 2:13-13",
      ])
    #expect(file.notes.map(\.text).count == 1 && file.notes[0].description.hasSuffix("counts twice: lines 2, 5, 7"))
  }

  @Test func ofRowsOnUnknownContigsAlone() throws {
    let error = try #require(throws: PanelError.self) { try panelFile("chr99\t0\t9\nchr99\t10\t19\n") }
    #expect(error.description.contains("chr99 (2)") && error.description.contains("name chromosomes"))
  }

  @Test(arguments: ["/dev/null", "/dev/zero", "/dev/fd/0"])
  func ofADevice(path: String) throws {
    let error = try #require(throws: PanelError.self) { try PanelFile.read(path: path) }
    #expect(error.description.contains("a pipe or a device"))
  }
}
