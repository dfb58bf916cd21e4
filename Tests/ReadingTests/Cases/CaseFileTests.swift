import Model
import Reading
import Testing

@Suite("Case files as written")
struct CaseFileTests {
  @Test("every key of the documentation is read")
  func wholeCase() throws {
    let folder = try CaseFolder([
      "trio.vcf.gz": "", "sv.vcf": "", "trio.ped": "F C D M 2 2\nF D 0 0 1 1\nF M 0 0 2 1\n", "child.cram": "",
      "ref.fa": "",
      "our-panel.tsv": "",
    ])
    let text = """
      case: DEMO-001
      build: hg38
      variants: [trio.vcf.gz, ./sv.vcf]
      pedigree: trio.ped
      proband: C
      sex: female
      phenotypes: [HP:0001250, hp_0001263]
      excluded_phenotypes:
        - HP:0000252  # microcephaly
      panels: [epilepsy, ./our-panel.tsv]
      alignments: {C: child.cram}
      reference: ref.fa
      settings: {max_af: 0.02, accept_filter: [LowQual, VQSR], incomplete_penetrance: yes}
      """
    let resolved = try folder.resolve(text)
    #expect(resolved.inputs.variants == ["trio.vcf.gz", "sv.vcf"].map { folder.path + "/" + $0 })
    #expect(resolved.phenotypes.map(\.id) == ["HP:0001250", "HP:0001263"])
    #expect(resolved.excludedPhenotypes.map(\.id) == ["HP:0000252"])
    #expect(resolved.build?.value == .grch38)
    #expect(resolved.settings.maximumFrequency == 0.02)
    #expect(resolved.settings.acceptedFilters == ["LowQual", "VQSR"])
    #expect(resolved.settings.incompletePenetrance)
    #expect(resolved.inputs.reference?.value == folder.path + "/ref.fa")
    #expect(resolved.inputs.alignments.map(\.path.value) == [folder.path + "/child.cram"])
    guard case .name(let bundled) = resolved.inputs.panels[0], case .file(let own) = resolved.inputs.panels[1] else {
      Issue.record("a bundled panel and a file are expected")
      return
    }
    #expect(bundled.value == "epilepsy" && bundled.line == 10 && bundled.column == 10)
    #expect(own.value == folder.path + "/our-panel.tsv")

    let (subject, warnings) = try resolved.subject(sampleNames: [["C", "D", "M"], ["C"]], assembly: .grch38)
    #expect(subject.id == "DEMO-001" && subject.proband == "C" && warnings.isEmpty)
    #expect(subject.pedigree.structure(around: "C") == .trio)
  }

  @Test("scalars stay as written, whatever YAML would make of them")
  func scalars() throws {
    let folder = try CaseFolder(["a.vcf": ""])
    let text = "case: 007\nvariants: a.vcf\nfamily: [{id: no, father: 0, mother: ~, sex: f, affected: yes}]\n"
    let (subject, _) = try folder.resolve(text).subject(sampleNames: [["no"]], assembly: .grch37)
    #expect(subject.id == "007")
    #expect(subject.pedigree["no"] == Individual(id: "no", family: "007", sex: .female, status: .affected))
  }

  static let faults: [(String, [String])] = [
    (
      "phenotype: HP:0001250\n",
      ["case.yaml:2:1: unknown key \"phenotype\"; did you mean `phenotypes`?"]
    ),
    ("hpo: HP:0001250\n", ["case.yaml:2:1: unknown key \"hpo\"; did you mean `phenotypes`?"]),
    (
      "agreement: yes\n",
      [
        "case.yaml:2:1: unknown key \"agreement\"; known keys are case, build, variants, pedigree, family, proband, sex, "
          + "onset, phenotypes, excluded_phenotypes, panels, alignments, reference, settings, review, report, consent"
      ]
    ),
    ("sex: femal\n", ["case.yaml:2:6: \"femal\" is no value of `sex`; did you mean `female`?"]),
    ("build: GRCh39\n", ["case.yaml:2:8: \"GRCh39\" is no build that is known; write GRCh37 or GRCh38"]),
    ("phenotypes: [HP:1250]\n", ["case.yaml:2:14: \"HP:1250\" is no HPO id; did you mean HP:0001250?"]),
    ("phenotypes:\n  - HP: 0001250\n", ["case.yaml:3:5: \"HP: 0001250\" is no HPO id; did you mean HP:0001250?"]),
    (
      "phenotypes: [seizure]\n",
      ["case.yaml:2:14: \"seizure\" is no HPO id; write `HP:` and seven digits, for example HP:0001250"]
    ),
    (
      "phenotypes: HP:0001250\nexcluded_phenotypes: [HP_0001250]\n",
      [
        "case.yaml:3:23: HP:0001250 is among the phenotypes that are present and among those that are absent; "
          + "remove it from one list"
      ]
    ),
    ("proband:\n", ["case.yaml:2:1: `proband` has no value; give one, or remove the key"]),
    ("proband: [A, B]\n", ["case.yaml:2:10: `proband` is a list; write one value"]),
    (
      "alignments: child.bam\n",
      ["case.yaml:2:13: `alignments` is the text \"child.bam\"; write `{SAMPLE: file.bam}`"]
    ),
    (
      "alignments: {C: [1.bam, 2.bam]}\n",
      [
        "case.yaml:2:17: several alignment files of \"C\"; a member has one: keep one of them, or join them "
          + "first with `samtools merge` and `samtools index`"
      ]
    ),
    (
      "alignments:\n  C: 1.bam\n  C: '2.cram'  \n",
      [
        "case.yaml:3:3: several alignment files of \"C\"; a member has one: keep one of them, or join them "
          + "first with `samtools merge` and `samtools index`"
      ]
    ),
    (
      "alignments:\n  C: 1.bam\nsettings: {C: 1, C: 2}\n",
      ["case.yaml:4:12: key \"C\" is written twice; keep one of them"]
    ),
    (
      "reference: none.fa\nalignments:\n  C: ~/c.bam\n",
      [
        "case.yaml:2:12: reference file \"FOLDER/none.fa\" does not exist; "
          + "check the path; a path in a file is relative to that file",
        "case.yaml:4:6: alignment file \"FOLDER/~/c.bam\" does not exist; `~` is not expanded, write the whole path",
      ]
    ),
    (
      "reference: s3://bucket/x.fa\n",
      [
        "case.yaml:2:12: reference file \"s3://bucket/x.fa\" is not on this machine; download it first and give its path"
      ]
    ),
    ("panels: ./\n", ["case.yaml:2:9: panel file \"FOLDER/\" is a folder; name a file in it"]),
    ("variants: b.vcf\n", ["case.yaml:1:1: key \"variants\" is written twice; keep one of them"]),
    (
      "family: [{id: A, affected: 2, gender: male}]\n",
      [
        "case.yaml:2:28: \"2\" is no value of `affected`; write one of yes, no, unknown",
        "case.yaml:2:31: unknown key \"gender\"; did you mean `sex`?",
      ]
    ),
    (
      "family:\n  - {father: B}\n  - A\n",
      [
        "case.yaml:3:5: `id` has no value; give one, or remove the key",
        "case.yaml:4:5: `family` is the text \"A\"; write `{id: CHILD, sex: female, affected: yes}` for each person",
      ]
    ),
    (
      "pedigree: a.ped\nfamily: [{id: A}]\n",
      [
        "case.yaml:2:11: both `pedigree` and `family` are given; keep one of them",
        "case.yaml:2:11: pedigree file \"FOLDER/a.ped\" does not exist; "
          + "check the path; a path in a file is relative to that file",
      ]
    ),
    (
      "settings: {max_aff: 0.1, min_gq: high}\n",
      [
        "case.yaml:2:12: unknown key \"max_aff\"; did you mean `max_af`?",
        "case.yaml:2:34: \"high\" is no value of setting `min_gq`; write a number from 0 to 1000 (Phred)",
      ]
    ),
    ("settings: 3\n", ["case.yaml:2:11: `settings` is the text \"3\"; write `{max_af: 0.01}`"]),
    (
      "build: grch36\nsex: boy\nphenotypes: [HP:12]\nsettings: {min_depth: 1.5}\nnotes: x\n",
      [
        "case.yaml:2:8: \"grch36\" is no build that is known; write GRCh37 or GRCh38",
        "case.yaml:3:6: \"boy\" is no value of `sex`; write one of male, female, unknown",
        "case.yaml:4:14: \"HP:12\" is no HPO id; did you mean HP:0000012?",
        "case.yaml:5:23: \"1.5\" is no value of setting `min_depth`; write a whole number from 0 to 1000000 (reads)",
      ]
    ),
  ]

  @Test("a fault says where it is and what to do", arguments: faults)
  func fault(lines: String, expected: [String]) throws {
    let folder = try CaseFolder(["a.vcf": ""])
    let found = folder.faults(of: caseText(lines))
    let wanted = expected.map { $0.replacing("FOLDER/", with: "") }
    #expect(Array(found.prefix(wanted.count)) == wanted)
    // The last row has one fault more, whose message lists all keys.
    #expect(found.count == wanted.count + (lines.contains("notes: x") ? 1 : 0))
  }

  static let texts: [(String, String)] = [
    ("", "case.yaml:1:1: the case file is empty; write at least `variants:` and a file"),
    ("# only a comment\n", "case.yaml:1:1: the case file is empty; write at least `variants:` and a file"),
    ("just words\n", "case.yaml:1:1: `the case` is the text \"just words\""),
    ("case: A\n---\ncase: B\n", "case.yaml:2:1: a second YAML document starts here"),
    ("case: A\n\tsex: male\n", "case.yaml:2:1: YAML takes no tab before a key; indent with spaces"),
    ("case: A\r\nvariants: a.vcf\r\n\tsex: male\r\n", "case.yaml:3:1: YAML takes no tab before a key"),
    ("case: [A\n", "case.yaml:2:1: YAML syntax:"),
    ("a: &a [x]\nb: *c\n", "case.yaml:2:4: YAML syntax: found undefined alias"),
    ("case: \u{0}\n", "case.yaml:1:7: YAML syntax: control characters are not allowed"),
    ("##fileformat=VCFv4.2\n", "case.yaml:1:1: this is a VCF, not a case file; give it with --vcf"),
    ("sex: male\n", "case.yaml: no variant file is given; add `variants:` and a VCF or BCF, or give --vcf"),
    (String(repeating: "[", count: 100_000), "case.yaml:"),
    (String(repeating: "- ", count: 100_000), "case.yaml:"),
    (
      "case: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
      "case.yaml:1:71: values are nested"
    ),
  ]

  @Test("a text that is no case", arguments: texts)
  func text(text: String, expected: String) throws {
    let folder = try CaseFolder()
    let found = folder.faults(of: text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(expected) == true, "\(found)")
  }

  @Test("text in another encoding is refused at its first bad byte")
  func encoding() throws {
    let latin = Array("case: A\nproband: M".utf8) + [0xFC] + Array("ller\n".utf8)
    let error = #expect(throws: CaseError.self) { try CaseFile(bytes: latin, path: "c.yaml") }
    #expect(error?.description == "c.yaml:2:11: the text is not UTF-8; save the file with encoding UTF-8")
    let wide = #expect(throws: CaseError.self) { try CaseFile(bytes: [0xFF, 0xFE, 0x63, 0], path: "c.yaml") }
    #expect(wide?.description.contains("but UTF-16") == true)
    #expect(try CaseFile(bytes: [0xEF, 0xBB, 0xBF] + Array("case: A".utf8), path: "c.yaml").id?.value == "A")
  }

  @Test("aliases cannot blow a file up, as values or as keys")
  func billionLaughs() throws {
    var text = "a0: &a0 [x, x, x]\n"
    for level in 1...12 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
    }
    for ending in ["case: *a12\n", "? *a12\n: x\n"] {
      let found = try CaseFolder().faults(of: text + ending)
      #expect(found == ["case.yaml:1:1: the YAML aliases (`*name`) are too many or too large; write the values out"])
    }
    let folder = try CaseFolder(["a.vcf": ""])
    #expect(
      folder.faults(of: "variants: &v a.vcf\npanels: [epilepsy]\nproband: &p A\nfamily: [{id: *p, affected: yes}]\n")
        .isEmpty)
  }

  @Test("a case file cut at any byte never crashes and always answers")
  func cut() throws {
    let folder = try CaseFolder(["a.vcf": ""])
    let text = """
      case: "Düsseldorf 1"
      variants: [a.vcf]
      family:
        - {id: C, father: D, mother: M, sex: female, affected: yes}
        - {id: D, sex: male, affected: no}
      phenotypes: [HP:0001250, 'HP:0001263']
      alignments: {C: &x c.bam, D: *x}
      settings: {max_af: 1%, accept_filter: [a, b]}
      """
    let bytes = Array(text.utf8)
    for length in 0...bytes.count {
      do {
        _ = try CaseFile(bytes: Array(bytes.prefix(length)), path: folder.path + "/c.yaml").resolve()
      } catch {
        #expect(!error.faults.isEmpty)
        #expect(error.faults.allSatisfy { !$0.description.isEmpty })
      }
    }
  }

  @Test("a missing case file is told as such")
  func missing() throws {
    let error = #expect(throws: CaseError.self) { try CaseFile.read(path: "/nowhere/case.yaml") }
    #expect(error?.reason == .missingInput)
  }

  @Test("the gravest reason decides the exit code")
  func reason() throws {
    func reason(_ text: String) throws -> CaseFault.Reason? {
      let folder = try CaseFolder(["a.vcf": "", "bad.ped": "F A A 0 1 2\n"])
      do {
        _ = try folder.resolve(text)
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(try reason("variants: b.vcf\n") == .missingInput)
    #expect(try reason("variants: b.vcf\npedigree: bad.ped\n") == .malformedInput)
    #expect(try reason("variants: b.vcf\npedigree: bad.ped\nsex: x\n") == .malformedCase)
  }
}
