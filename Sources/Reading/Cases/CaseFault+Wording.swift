import Model

extension CaseFault: CustomStringConvertible {
  /// `file:line:column: what; what to do`.
  public var description: String {
    let (what, remedy) = words
    return "\(place): \(what); \(remedy)"
  }

  private var words: (what: String, remedy: String) {
    switch fact {
    case .file(let fact): Self.words(fact)
    case .text(let fact): Self.words(fact)
    case .key(let fact): Self.words(fact)
    case .pedigree(let fact): Self.words(fact)
    case .sample(let fact): Self.words(fact)
    case .sheet(let fact): fact.words
    case .report(let fact): fact.words
    }
  }

  private static func words(_ fact: FileFact) -> (String, String) {
    switch fact {
    case .missing(let input, let path):
      (
        "\(input.rawValue) \(quoted(path, limit: 4_096)) does not exist",
        path.hasPrefix("~") || path.contains("/~")
          ? "`~` is not expanded, write the whole path"
          : "check the path; a path in a file is relative to that file"
      )
    case .unreadable(let input, let path, let problem):
      ("\(input.rawValue) \(quoted(path, limit: 4_096)) cannot be read: \(problem)", "check its permissions")
    case .folder(let input, let path):
      ("\(input.rawValue) \(quoted(path, limit: 4_096)) is a folder", "name a file in it")
    case .remote(let input, let path):
      ("\(input.rawValue) \(quoted(path, limit: 4_096)) is not on this machine", "download it first and give its path")
    case .standardInputTwice:
      ("`-` (standard input) is given for more than one input", "save all but one of them to a file")
    case .tooLarge(let input, let limit):
      ("the \(input.rawValue) is larger than \(limit >> 20) MiB", "check that this is the file that was meant")
    case .otherFormat(let input, let name, let flag):
      ("this is \(name), not a \(input.rawValue)", "give it with \(flag)")
    }
  }

  private static func words(_ fact: TextFact) -> (String, String) {
    switch fact {
    case .empty: ("the case file is empty", "write at least `variants:` and a file")
    case .notUTF8(let encoding):
      ("the text is not UTF-8" + (encoding.map { " but \($0)" } ?? ""), "save the file with encoding UTF-8")
    case .syntax(let language, let problem):
      ("\(language) syntax: \(problem)", "correct this line, or the one before it")
    case .tab: ("YAML takes no tab before a key", "indent with spaces")
    case .aliases: ("the YAML aliases (`*name`) are too many or too large", "write the values out")
    case .severalDocuments: ("a second YAML document starts here", "keep one document in a file, and remove `---`")
    case .tooDeep(let limit): ("values are nested deeper than \(limit)", "check the brackets")
    }
  }

  private static func words(_ fact: KeyFact) -> (String, String) {
    switch fact {
    case .unknownKey(let key, let nearest, let known):
      (
        "unknown key \(quoted(key))",
        nearest.map { "did you mean `\($0)`?" } ?? "known keys are \(known.joined(separator: ", "))"
      )
    case .duplicateKey(let key): ("key \(quoted(key)) is written twice", "keep one of them")
    case .severalAlignments(let sample):
      (
        "several alignment files of \(quoted(sample))",
        "a member has one: keep one of them, or join them first with `samtools merge` and `samtools index`"
      )
    case .wrongShape(let key, let expected, let found): ("`\(key)` is \(found)", "write \(expected)")
    case .emptyValue(let key): ("`\(key)` has no value", "give one, or remove the key")
    case .unknownWord(let word, let key, let allowed, let nearest):
      (
        "\(quoted(word)) is no value of `\(key)`",
        nearest.map { "did you mean `\($0)`?" } ?? "write one of \(allowed.joined(separator: ", "))"
      )
    case .flagSyntax(let value, let expected): ("\(quoted(value)) cannot be understood", "write \(expected)")
    case .unknownBuild(let word): ("\(quoted(word)) is no build that is known", "write GRCh37 or GRCh38")
    case .notHPOTerm(let word, let suggestion):
      (
        "\(quoted(word)) is no HPO id",
        suggestion.map { "did you mean \($0)?" } ?? "write `HP:` and seven digits, for example HP:0001250"
      )
    case .contradictoryTerm(let id):
      ("\(id) is among the phenotypes that are present and among those that are absent", "remove it from one list")
    case .settingValue(let key, let value, let expected, let hint):
      ("\(quoted(value)) is no value of setting `\(key)`", hint ?? "write \(expected)")
    case .settingOrder(let low, let high):
      ("setting `\(low)` is above `\(high)`", "the first must not exceed the second")
    case .noVariants: ("no variant file is given", "add `variants:` and a VCF or BCF, or give --vcf")
    case .pedigreeAndFamily: ("both `pedigree` and `family` are given", "keep one of them")
    case .notAnAllele(let text):
      ("\(quoted(text)) is no allele", "write CHROM-POS-REF-ALT, for example 2-165310413-C-T")
    case .notACriterion(let fault): ("\(quoted(fault.text)) \(fault.problem)", fault.remedy)
    case .repeatedCriterion(let code): ("\(code) is given twice", "keep it once, at one strength")
    case .emptyReview:
      ("the review says nothing of the variant", "add `class:`, `criteria:`, `remove:`, `dismiss:` or `note:`")
    case .reviewOfAnother(let other, let own):
      ("the review is of the case \(quoted(other)), not of \(quoted(own))", "name the review of this case")
    case .signedWithoutClass: ("the review is signed but gives no class", "add `class:`, or remove `signed:`")
    case .dismissedWithoutReason: ("the dismissal gives no reason", "say why after `dismiss:`, or remove it")
    case .notAnInstant(let text):
      ("\(quoted(text)) is no time with its zone", "write it as 2026-03-01T09:30:00+07:00")
    case .notADate(let text): ("\(quoted(text)) is no date", "write YYYY-MM-DD, for example 2026-03-01")
    case .noReview:
      (
        "the file holds no `review:`",
        "add a list of `{variant: CHROM-POS-REF-ALT, criteria: [PS3_Moderate], by: NAME}`"
      )
    }
  }

  private static func words(_ fact: PedigreeFact) -> (String, String) {
    switch fact {
    case .tooFewColumns(let found):
      (
        "\(found) column\(found == 1 ? "" : "s") where a pedigree has 6",
        "write family, individual, father, mother, sex, phenotype; 0 for an unknown parent"
      )
    case .emptyPedigree: ("the pedigree names nobody", "add one line a person")
    case .duplicatePerson(let id, let first):
      ("individual \(quoted(id)) is already at \(first)", "remove one line, or give each person an id of their own")
    case .ownParent(let id): ("individual \(quoted(id)) is their own parent", "correct the parent, or write 0")
    case .parentOfWrongSex(let id, let role, let child, let sex):
      (
        "\(quoted(id)) is the \(role.rawValue) of \(quoted(child)) but \(sex.rawValue)",
        "swap the parents or correct the sex"
      )
    case .bothParents(let id, let child):
      ("\(quoted(id)) is father and mother of \(quoted(child))", "correct one of the parents, or write 0")
    case .fatherAndMother(let id):
      ("\(quoted(id)) is father of one individual and mother of another", "correct the parents")
    case .cycle(let ids):
      (
        "\(ids.map { quoted($0) }.joined(separator: " < ")) is a circle of descent",
        "correct a parent; nobody is their own ancestor"
      )
    case .parentOfOtherFamily(let id, let role, let child, let families):
      (
        "\(quoted(id)), \(role.rawValue) of \(quoted(child)), belongs to family \(quoted(families[0])), "
          + "the child to \(quoted(families[1]))",
        "give both the same family id"
      )
    case .sexContradiction(let id, let written, let pedigree):
      ("\(quoted(id)) is \(written.rawValue) here and \(pedigree.rawValue) in the pedigree", "correct one of them")
    }
  }

  private static func words(_ fact: SampleFact) -> (String, String) {
    switch fact {
    case .noSamples: ("the variant files hold no sample", "give files with genotypes of the family")
    case .noCommonSample(let pedigree, let samples):
      (
        "no one of the pedigree (\(listed(pedigree))) is a sample of the variant files (\(listed(samples)))",
        "use the sample names of the files in the pedigree"
      )
    case .unknownProband(let id, let known, let nearest):
      (
        "proband \(quoted(id)) is not in the pedigree (\(listed(known)))",
        nearest.map { "did you mean `\($0)`?" } ?? "name a person of the pedigree"
      )
    case .probandWithoutSample(let id, let samples, let nearest):
      (
        "proband \(quoted(id)) is no sample of the variant files (\(listed(samples)))",
        nearest.map { "did you mean `\($0)`?" } ?? "name the proband as the files do, or add the proband's file"
      )
    case .undecidedProband(let candidates):
      candidates.isEmpty
        ? ("nobody with a sample is affected", "add `proband:` or --proband, or mark the affected person")
        : ("several persons are affected: \(listed(candidates))", "add `proband:` or --proband with one of them")
    case .noPedigree(let samples):
      (
        "there are \(samples.count) samples (\(listed(samples))) and no pedigree",
        "add `pedigree:` or `family:`, or `proband:` to look at one of them alone"
      )
    case .unknownAlignmentSample(let id, let known, let nearest):
      (
        "alignment of \(quoted(id)), who is neither in the pedigree nor a sample (\(listed(known)))",
        nearest.map { "did you mean `\($0)`?" } ?? "use the sample name"
      )
    case .unknownConsent(let id, let known, let nearest):
      (
        "consent of \(quoted(id)), who is not in the family (\(listed(known)))",
        nearest.map { "did you mean `\($0)`?" } ?? "name members as the pedigree does"
      )
    case .severalSamplesOfOne(let id, let samples):
      (
        "individual \(quoted(id)) has several sample names (\(listed(samples)))",
        "give all files one sample name, for example with bcftools reheader -s"
      )
    case .buildMismatch(let written, let found):
      (
        "the case is \(written) but the variant files are \(found) by their contig lengths",
        "correct the build, or give files of \(written)"
      )
    case .unknownAssembly:
      (
        "the build is not known: the variant files give no contig lengths",
        "add `build: GRCh38` or `build: GRCh37`, or give --build"
      )
    }
  }
}

/// Text of a file inside a message: in quotation marks, without control characters, cut at `limit` characters.
func quoted(_ text: String, limit: Int = 60) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(limit) {
    shown.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
  }
  return "\"" + String(shown) + (text.unicodeScalars.count > limit ? "…" : "") + "\""
}

/// Names in a message, at most ten.
func listed(_ names: [String]) -> String {
  let shown = names.prefix(10).map { quoted($0).dropFirst().dropLast() }.joined(separator: ", ")
  if names.isEmpty { return "none" }
  return names.count > 10 ? shown + " and \(names.count - 10) more" : shown
}
