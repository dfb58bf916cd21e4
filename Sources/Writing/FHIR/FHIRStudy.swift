internal import Model

/// What was studied, by which method, and how well it was read: in STU 3 a procedure with one analysis and the files, in STU 2 an
/// observation a panel.
struct FHIRStudy {
  let report: Report
  let parties: FHIRParties

  /// The study first, then what it refers to.
  func procedures() -> [FHIRResource] {
    let regions = document(
      name: "regions.bed", kind: "bed", bytes: bed, words: "Everything that was looked at: \(regionWords)")
    let inputs = report.provenance.inputs.compactMap(input)
    let analysis = analysis(regions: regions, inputs: inputs)
    let study = FHIRResource(
      "Procedure", profile: "genomic-study",
      [
        (
          "extension",
          .array(
            [FHIRValue.extension("genomic-study-analysis-ext", "valueReference", analysis.reference)].compactMap { $0 })
        ),
        ("basedOn", .array([parties.request.reference])), ("status", .string("completed")),
        ("category", FHIRCode.laboratory.concept), ("code", Self.kind.concept), ("subject", parties.patient.reference),
        ("reasonCode", .array(report.subject.phenotypes.map { FHIRCode($0).concept })),
      ])
    return [study, analysis, regions] + inputs.map(\.document)
  }

  private static let kind = FHIRCode(
    FHIRGuide.codeSystem("genomic-study-type-cs"), "func-var", display: "Functional variation detection")
  private static let method = FHIRCode(
    FHIRGuide.codeSystem("genomic-study-method-type-cs"), "ngs-mps",
    display: "Next-Generation (NGS)/Massively parallel sequencing (MPS)")

  private func analysis(
    regions: FHIRResource, inputs: [(document: FHIRResource, kind: String)]
  ) -> FHIRResource {
    let changes = [
      FHIRCode.ontology("SO:0001483", "SNV"), .ontology("SO:0000667", "insertion"),
      .ontology("SO:0000159", "deletion"),
    ]
    let title = "\(report.provenance.program): variants of \(report.targets.genes.count) genes"
    let extensions: [JSONValue?] =
      [FHIRValue.extension("genomic-study-analysis-method-type", "valueCodeableConcept", Self.method.concept)]
      + changes.map {
        FHIRValue.extension("genomic-study-analysis-change-type", "valueCodeableConcept", $0.concept)
      } + [
        FHIRValue.extension(
          "genomic-study-analysis-genome-build", "valueCodeableConcept", FHIRCode(report.subject.assembly).concept),
        FHIRValue.extension(
          "genomic-study-analysis-genomic-source-class", "valueCodeableConcept", FHIRCode.germline.concept),
        FHIRValue.extension("genomic-study-analysis-title", "valueString", .words(title)),
        FHIRValue.extension("genomic-study-analysis-specimen", "valueReference", parties.specimen.reference),
        metrics, regionsStudied(regions),
        FHIRValue.extension(
          "genomic-study-analysis-device", [FHIRValue.part("device", "valueReference", parties.device.reference)]),
      ]
      + inputs.map { input in
        FHIRValue.extension(
          "genomic-study-analysis-input",
          [
            FHIRValue.part("file", "valueReference", input.document.reference),
            FHIRValue.part("type", "valueCodeableConcept", Self.format(input.kind).concept),
          ])
      }
    return FHIRResource(
      "Procedure", profile: "genomic-study-analysis",
      [
        ("extension", .array(extensions.compactMap { $0 })), ("status", .string("completed")),
        ("category", FHIRCode.laboratory.concept), ("subject", parties.patient.reference),
        (
          "note",
          .array([
            FHIRObservations.note(
              "Not looked for, or not reliably: changes that the input files do not hold; the report's page tells the limits."
            )
          ])
        ),
      ])
  }

  // MARK: Regions and coverage

  /// Coverage of the proband; nil where nobody looked.
  private var coverage: SampleCoverage? { report.result.coverage.first { $0.sample == report.subject.proband } }

  private var regionWords: String {
    let panels = report.targets.panels.map { panel in
      let name = [panel.name, panel.version].filter { !$0.isEmpty }.joined(separator: " ")
      return "\(name) (\(Phrases(.english)("counted.genes", count: panel.genes.count)))"
    }
    let unplaced = report.targets.unplaced.sorted()
    return "genes of \(panels.joined(separator: ", ")) with \(report.subject.settings.genePadding) bases around"
      + (unplaced.isEmpty ? "" : "; found by annotation alone: \(unplaced.joined(separator: ", "))")
  }

  private func regionsStudied(_ bed: FHIRResource) -> JSONValue? {
    let genes = report.targets.genes.compactMap { gene in
      FHIRValue.part("studied", "valueCodeableConcept", Self.gene(gene.symbol, gene.hgncID))
    }
    let judged = coverage?.genes ?? []
    func parts(_ name: String, _ verdicts: Set<GeneCoverage.Verdict>) -> [JSONValue?] {
      judged.filter { verdicts.contains($0.verdict) }.map {
        FHIRValue.part(name, "valueCodeableConcept", Self.gene($0.symbol, $0.hgncID))
      }
    }
    let words =
      regionWords
      + (coverage == nil
        ? "; coverage not assessed"
        : "; called: enough reads over 95 % of the coding bases or more; uncalled: over fewer, or not assessed")
    return FHIRValue.extension(
      "genomic-study-analysis-regions",
      [FHIRValue.part("description", "valueString", .words(words))] + genes
        + [FHIRValue.part("studied", "valueReference", bed.reference)]
        + parts("called", [.pass, .borderline]) + parts("uncalled", [.fail, .notAssessed]))
  }

  private static func gene(_ symbol: String, _ id: String?) -> JSONValue? {
    FHIRValue.concept(FHIRCode(FHIRGuide.stu3.genes, input: id, display: symbol), text: symbol)
  }

  private var metrics: JSONValue? {
    guard let coverage else { return nil }
    let total = coverage.total
    var depth: JSONValue?
    if case .reads = coverage.source { depth = total.mean.map { FHIRValue.quantity(Self.rounded($0), unit: "reads") } }
    let share = total.share(total.callable).map {
      FHIRValue.quantity(Self.rounded($0 * 100), unit: "percent", code: "%")
    }
    return FHIRValue.extension(
      "genomic-study-analysis-metrics",
      [
        FHIRValue.part("read-depth", "valueQuantity", depth),
        FHIRValue.part("sequencing-coverage", "valueQuantity", share),
        FHIRValue.part("metrics-description", "valueString", .words(Self.words(coverage.source))),
      ])
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  private static func words(_ source: SampleCoverage.Source) -> String {
    switch source {
    case .reads(let mapping, let base):
      "share of the coding bases of the genes with enough reads; reads of mapping quality \(mapping) and bases of quality "
        + "\(base) or more, mates counted once"
    case .referenceBlocks(let quality):
      "share of the coding bases of the genes for which the caller vouches with a genotype quality of \(quality) or more"
    }
  }

  // MARK: Files

  /// 0-based, half-open; contigs as the variant files name them.
  private var bed: [UInt8] {
    let names = report.contigNames
    let lines = report.targets.screened.regions.map { region in
      "\(names[region.contig] ?? region.contig.name)\t\(region.start)\t\(region.end)\n"
    }
    return Array(lines.joined().utf8)
  }

  private static func format(_ kind: String) -> FHIRCode {
    FHIRCode(FHIRGuide.codeSystem("genomic-study-data-format-cs"), kind, display: kind.uppercased())
  }

  /// A file of variants or reads by its own name; nil for others, and for standard input.
  private func input(_ file: Provenance.InputFile) -> (document: FHIRResource, kind: String)? {
    guard file.isStored, let kind = file.format else { return nil }
    let identifier =
      file.digest.isEmpty ? nil : JSONValue.array([FHIRValue.identifier(file.digest, kind: "SHA-256")])
    let document = FHIRResource(
      "DocumentReference", profile: "genomic-data-file",
      [
        ("identifier", identifier), ("status", .string("current")),
        ("subject", parties.patient.reference),
        (
          "content",
          .array([
            .present([
              (
                "attachment",
                .present([("size", .integer(min(file.bytes, Self.mostBytes))), ("title", .words(file.name))])
              )
            ])
          ])
        ),
      ])
    return (document, kind == "bcf" ? "vcf" : kind)
  }

  /// FHIR's unsignedInt ends here.
  private static let mostBytes = 2_147_483_647

  private func document(name: String, kind: String, bytes: [UInt8], words: String) -> FHIRResource {
    FHIRResource(
      "DocumentReference", profile: "genomic-data-file",
      [
        ("status", .string("current")), ("type", .object(["text": .string(kind.uppercased())])),
        ("subject", parties.patient.reference), ("description", .words(words)),
        (
          "content",
          .array([
            .present([
              (
                "attachment",
                .present([
                  ("contentType", .string("text/plain")), ("data", FHIRValue.base64(bytes)),
                  ("size", .integer(bytes.count)), ("hash", .string(UniqueName.hash(of: bytes))),
                  ("title", .string(name)),
                ])
              )
            ])
          ])
        ),
      ])
  }

  // MARK: STU 2

  /// A panel an observation: the older guide lets an observation name one gene by its code, so that the genes stand in words.
  static func regionsStudied(_ common: FHIRObservations) -> [FHIRResource] {
    let report = common.report
    let coverage = report.result.coverage.first { $0.sample == report.subject.proband }
    return report.targets.panels.map { panel in
      let genes = report.targets.genes.filter { $0.panels.contains(panel.name) }.map(\.symbol).sorted()
      let words = "panel \(panel.name) \(panel.version), \(genes.count) genes: \(genes.joined(separator: ", "))"
      let read = coverage.map(\.total).flatMap { $0.share($0.callable) }
      return common.observation(
        "region-studied", .regionStudied, method: .sequencing,
        components: [
          FHIRValue.component(.regionDescription, "valueString", .words(words)),
          FHIRValue.component(
            .regionCoverage, "valueQuantity",
            read.map { FHIRValue.quantity(rounded($0 * 100), unit: "percent", code: "%") }),
        ])
    }
  }
}
