import Reading
import TestSupport
import Testing

@Suite("Sheets of cases") struct CaseSheetTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.vcf", "b.vcf", "fasta.fa", "a.ped"] { try folder.write(name, "") }
  }

  private func read(_ text: String) throws -> CaseSheet {
    try CaseSheet.read(path: try folder.write("cases.tsv", text))
  }

  private func faults(_ text: String) throws -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let error as CaseError {
      return error.description.replacing(folder.path + "/", with: "").split(separator: "\n").map(String.init)
    }
  }

  @Test func aRowIsACase() throws {
    let sheet = try read(
      """
      case\tvariants\tproband\tsex\tphenotypes\tpanels\tsettings\talignments
      A-1\ta.vcf;b.vcf\tKID\tfemale\tHP:0001250;HP:0001263,HP:0000252\tepilepsy;./own.tsv\tmax_af=0.02;accept_filter=LowQual,q10\tKID=kid.bam

      # a remark
      A-2\t"b.vcf"\t.\t\t.\t\r

      """)
    #expect(sheet.entries.map(\.id) == ["A-1", "A-2"])
    #expect(sheet.entries.map(\.row) == [1, 2])
    let first = try sheet.entries[0].written.get()
    #expect(first.variants.map(\.value) == ["a.vcf", "b.vcf"])
    #expect(first.variants[0].line == 2 && first.variants[0].column == 5)
    #expect(first.proband?.value == "KID" && first.sex?.value == "female")
    #expect(first.panels.map(\.value) == ["epilepsy", "./own.tsv"])
    #expect(first.settings.map(\.key.value) == ["max_af", "accept_filter"])
    #expect(first.settings[1].values.map(\.value) == ["LowQual", "q10"])
    #expect(first.alignments.map(\.path.value) == ["kid.bam"])
    #expect(first.paths.variants == [folder.file("a.vcf"), folder.file("b.vcf")])
    let second = try sheet.entries[1].written.get()
    #expect(second.proband == nil && second.phenotypes.isEmpty && second.panels.isEmpty)
    let resolved = try second.resolve()
    #expect(resolved.inputs.variants == [folder.file("b.vcf")] && resolved.inputs.caseFile == nil)
  }

  @Test func aRowWithoutVariantsNamesACaseFile() throws {
    try folder.write("one.yaml", "case: ONE\nvariants: a.vcf\npanels: [epilepsy]\n")
    try folder.write("two.yaml", "variants: b.vcf\n")
    let sheet = try read("case\tpanels\none.yaml\tcardiac\ntwo.yaml\t.\n")
    #expect(sheet.entries.map(\.id) == ["ONE", "two"])
    let first = try sheet.entries[0].written.get()
    #expect(first.panels.map(\.value) == ["cardiac"])
    #expect(try first.resolve().inputs.variants == [folder.file("a.vcf")])
    // A case without a name is called by its file, in its report as well.
    #expect(try sheet.entries[1].written.get().id?.value == "two")
    #expect(sheet.entries[0].text.contains("panels\tcardiac") && sheet.entries[1].text.isEmpty)
  }

  @Test func aFolderOfCaseFilesIsABatch() throws {
    let cases = try TemporaryFolder()
    try cases.write("b.yaml", "case: B\nvariants: b.vcf\n")
    try cases.write("a.yml", "variants: a.vcf\n")
    try cases.write("c.json", "{\"broken\": ")
    try cases.write("notes.txt", "no case")
    let sheet = try CaseSheet.read(path: cases.path)
    #expect(sheet.entries.map(\.id) == ["a", "B", "c"])
    // What is wrong with one case waits for its run.
    #expect(throws: CaseError.self) { try sheet.entries[2].written.get() }
    let empty = try TemporaryFolder()
    #expect(throws: CaseError.self) { try CaseSheet.read(path: empty.path) }
  }

  @Test func unknownColumnsNameTheNearest() throws {
    #expect(
      try faults("case\tvariant\tphenotype\tvcf\tcolour\nA\ta.vcf\n").map { $0.prefix(70) } == [
        "cases.tsv:1:6: unknown column \"variant\"; did you mean `variants`?",
        "cases.tsv:1:14: unknown column \"phenotype\"; did you mean `phenotypes`?",
        "cases.tsv:1:24: unknown column \"vcf\"; did you mean `variants`?",
        "cases.tsv:1:28: unknown column \"colour\"; known columns are case, build",
      ])
    #expect(
      try faults("case,variants\nA,a.vcf\n")
        == ["cases.tsv:1:1: the header line has no tab; separate the columns by tabs; lists within a cell by `;`"])
    #expect(try faults("variants\tsex\na.vcf\tmale\n").first?.contains("there is no column `case`") == true)
    #expect(try faults("case\tcase\nA\tB\n").first?.contains("is there twice") == true)
  }

  @Test func faultsOfRowsAreToldBeforeAnythingIsRun() throws {
    #expect(
      try faults("case\tvariants\nA\ta.vcf\nB\tb.vcf\nA\tb.vcf\n")
        == ["cases.tsv:4:1: case \"A\" is there already, at cases.tsv:2:1; give each case an id of its own"])
    #expect(
      try faults("case\tvariants\nA\u{200B}\ta.vcf\nB\0\tb.vcf\nBà Nga\tb.vcf\n").map { $0.suffix(75) }
        == [
          "a character that nobody can see, U+200B; write it anew, without that character",
          "s a character that nobody can see, U+0; write it anew, without that character",
        ].map { $0.suffix(75) })
    // Each letter outside of ASCII is written with three characters a byte.
    #expect(try faults("case\tvariants\n\(String(repeating: "a", count: 255))\ta.vcf\n") == [])
    #expect(
      try faults("case\tvariants\n\(String(repeating: "Đ", count: 43))\ta.vcf\n").first?
        .hasSuffix("makes a folder's name of 258 bytes; shorten it to at most 255") == true)
    #expect(try faults("case\tvariants\nA\ta.vcf\tx\n").first?.hasPrefix("cases.tsv:2:9: the row has 3 cells") == true)
    #expect(try faults("case\tvariants\n.\ta.vcf\n").first?.hasPrefix("cases.tsv:2:1: `case` is empty") == true)
    #expect(
      try faults("case\tvariants\n") == ["cases.tsv: no row follows the header line; write one row for each case"])
    #expect(
      try faults("") == [
        "cases.tsv: there is no column `case`; name the cases in it, by their ids (with a column `variants`) or their case files"
      ])
  }

  @Test func aFaultOfARowStaysWithItsCase() throws {
    let sheet = try read("case\tvariants\tsettings\nA\tmissing.vcf\t.\nB\tb.vcf\tmax_af\nC\tb.vcf\t.\nnone.yaml\n")
    #expect(throws: CaseError.self) { try sheet.entries[0].written.get().resolve() }
    do {
      _ = try sheet.entries[1].written.get().resolve()
      Issue.record("no fault")
    } catch {
      #expect(
        error.description.hasSuffix(
          "cases.tsv:3:9: \"max_af\" cannot be understood; write KEY=VALUE, for example max_af=0.01"))
    }
    #expect(throws: Never.self) { try sheet.entries[2].written.get().resolve() }
    guard case .failure(let error) = sheet.entries[3].written else { return #expect(Bool(false)) }
    #expect(error.reason == .missingInput && error.faults[0].place.line == 5)
  }
}
