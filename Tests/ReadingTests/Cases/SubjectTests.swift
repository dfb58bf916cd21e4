import Model
import Reading
import TestSupport
import Testing

@Suite("A case meets the samples of its files")
struct SubjectTests {
  private static let trio = """
    family:
      - {id: C, father: D, mother: M, sex: female, affected: yes}
      - {id: D, sex: male, affected: no}
      - {id: M, sex: female, affected: no}

    """

  private func meet(
    _ lines: String, _ samples: [[String]], _ assembly: Assembly? = .grch38, files: [String: String] = [:]
  ) throws -> Result<(subject: Case, warnings: [String]), CaseError> {
    let folder = try CaseFolder(files.merging(["a.vcf": ""]) { first, _ in first })
    let resolved = try folder.resolve(caseText(lines))
    do {
      let (subject, warnings) = try resolved.subject(sampleNames: samples, assembly: assembly)
      return .success((subject, warnings.map { $0.description.replacing(folder.path + "/", with: "") }))
    } catch {
      return .failure(
        CaseError(
          error.faults.map { fault in
            var place = fault.place
            if let file = place.file { place.source = .file(file.replacing(folder.path + "/", with: "")) }
            return CaseFault(fault.fact, reason: fault.reason, at: place)
          }))
    }
  }

  static let subjects: [(String, [[String]], String, Int)] = [
    (trio, [["C", "D", "M"]], "C", 3),
    (trio, [["C"], ["D"], ["M"]], "C", 3),
    (trio, [["D", "M", "C"], ["C", "D", "M"], ["C"]], "C", 3),
    (trio + "proband: C\n", [["C", "D", "M"]], "C", 3),
    // The only affected person with a sample.
    ("family: [{id: A, affected: yes}, {id: B, affected: yes}]\nsex: male\n", [["B"]], "B", 2),
    ("", [["S"]], "S", 1),
    ("proband: T\n", [["S", "T"]], "T", 1),
    ("family: [{id: S, sex: male}]\n", [["S"]], "S", 1),
  ]

  @Test("the proband is found", arguments: subjects)
  func proband(lines: String, samples: [[String]], proband: String, people: Int) throws {
    let (subject, _) = try meet(lines, samples).get()
    #expect(subject.proband == proband && subject.pedigree.individuals.count == people)
    #expect(subject.pedigree[proband]?.status == .affected)
  }

  @Test("a lone sample gets the sex of the case")
  func singleton() throws {
    let (subject, warnings) = try meet("sex: female\ncase: X\n", [["S"]]).get()
    #expect(subject.pedigree.individuals == [Individual(id: "S", family: "X", sex: .female, status: .affected)])
    #expect(warnings.isEmpty)
    let (_, told) = try meet("", [["S"]]).get()
    #expect(told == ["case.yaml: the sex of proband \"S\" is unknown; X and Y cannot be judged; add `sex:`"])
  }

  static let warned: [(String, [[String]], [String])] = [
    (
      trio, [["C", "D"]], ["case.yaml:5:10: \"M\" has no sample in the variant files; their genotypes count as missing"]
    ),
    (
      trio, [["C", "D", "M", "X"], ["Y"]],
      ["case.yaml: 2 samples of the variant files are not in the pedigree and are ignored"]
    ),
    (
      trio + "proband: M\n", [["C", "D", "M"]],
      ["case.yaml:5:10: proband \"M\" is unaffected in the pedigree and taken as affected"]
    ),
  ]

  @Test("what does not fit but does no harm is warned about", arguments: warned)
  func warnings(lines: String, samples: [[String]], expected: [String]) throws {
    #expect(try meet(lines, samples).get().warnings == expected)
  }

  @Test("of several families the proband's is used and the others are named")
  func families() throws {
    let ped = "A C 0 0 2 1\nB P Q 0 1 2\nB Q 0 0 1 1\n"
    let (subject, warnings) = try meet("pedigree: t.ped\n", [["P", "Q", "C"]], files: ["t.ped": ped]).get()
    #expect(subject.pedigree.individuals.map(\.id) == ["P", "Q"])
    #expect(warnings == ["case.yaml:2:11: 1 individual of another family is left out: C"])
  }

  static let faults: [(String, [[String]], Assembly?, [String])] = [
    (
      trio, [["1", "2"]], .grch38,
      [
        "case.yaml: no one of the pedigree (C, D, M) is a sample of the variant files (1, 2); "
          + "use the sample names of the files in the pedigree"
      ]
    ),
    (
      trio + "proband: CC\n", [["C", "D"]], .grch38,
      ["case.yaml:6:10: proband \"CC\" is not in the pedigree (C, D, M); did you mean `C`?"]
    ),
    (
      trio, [["D", "M"]], .grch38,
      [
        "case.yaml:3:10: proband \"C\" is no sample of the variant files (D, M); did you mean `D`?"
      ]
    ),
    (
      "family: [{id: A, affected: yes}, {id: B, affected: yes}]\n", [["A", "B"]], .grch38,
      ["case.yaml: several persons are affected: A, B; add `proband:` or --proband with one of them"]
    ),
    (
      "family: [{id: A}, {id: B}]\n", [["A", "B"]], .grch38,
      ["case.yaml: nobody with a sample is affected; add `proband:` or --proband, or mark the affected person"]
    ),
    (
      "", [["A", "B"]], .grch38,
      [
        "case.yaml: there are 2 samples (A, B) and no pedigree; "
          + "add `pedigree:` or `family:`, or `proband:` to look at one of them alone"
      ]
    ),
    (
      "proband: patient1\n", [["patient_1"]], .grch38,
      [
        "case.yaml:2:10: proband \"patient1\" is no sample of the variant files (patient_1); did you mean `patient_1`?"
      ]
    ),
    ("", [[], []], .grch38, ["case.yaml: the variant files hold no sample; give files with genotypes of the family"]),
    (
      trio + "sex: male\nbuild: hg19\n", [["C", "D", "M"]], .grch38,
      [
        "case.yaml:6:6: \"C\" is male here and female in the pedigree; correct one of them",
        "case.yaml:7:8: the case is GRCh37 but the variant files are GRCh38 by their contig lengths; "
          + "correct the build, or give files of GRCh37",
      ]
    ),
    (
      trio, [["C", "D", "M"]], nil,
      [
        "case.yaml: the build is not known: the variant files give no contig lengths; "
          + "add `build: GRCh38` or `build: GRCh37`, or give --build"
      ]
    ),
    (
      trio + "alignments: {Cc: a.vcf}\n", [["C", "D", "M"]], .grch38,
      [
        "case.yaml:6:14: alignment of \"Cc\", who is neither in the pedigree nor a sample (C, D, M); did you mean `C`?"
      ]
    ),
  ]

  @Test("what contradicts is refused, all at once", arguments: faults)
  func fault(lines: String, samples: [[String]], assembly: Assembly?, expected: [String]) throws {
    guard case .failure(let error) = try meet(lines, samples, assembly) else {
      Issue.record("a fault is expected")
      return
    }
    #expect(error.faults.map(\.description) == expected)
  }
}
