internal import Model

/// Repeats that may be expanded. The older guide has no components for them: there the words say it.
struct FHIRRepeats {
  let common: FHIRObservations

  var resources: [FHIRResource] {
    common.report.result.repeats.filter { finding in
      switch finding.conclusion {
      case .possible, .expanded, .singleExpanded: true
      case .normal, .intermediate, .notDefined: false
      }
    }.map(variant)
  }

  private func variant(_ finding: RepeatFinding) -> FHIRResource {
    let locus = finding.locus
    let gene = common.report.targets.genes.first { $0.symbol == locus.symbol }
    let copies = finding.copies.map { copy in
      "\(copy.units)" + (copy.interval.map { " (\($0.lowerBound)-\($0.upperBound))" } ?? "") + " units"
    }
    let repeats =
      common.guide == .stu2
      ? []
      : [FHIRValue.component(.repeatMotif, "valueString", .words(locus.motif))]
        + finding.copies.map { copy in
          FHIRValue.component(
            .repeatNumber, "valueQuantity", FHIRValue.quantity(Double(copy.units), unit: "repeats"))
        }
    // The loci have coordinates of GRCh38 alone.
    let place: [JSONValue?] =
      common.report.subject.assembly == .grch38
      ? [
        FHIRValue.component(.assembly, FHIRCode(Assembly.grch38)),
        FHIRValue.component(.chromosome, FHIRCode(locus.region.contig)),
        FHIRValue.component(.coordinates, .oneBased),
        FHIRValue.component(
          .outerRange, "valueRange", FHIRValue.range(locus.region.start + 1, locus.region.end)),
      ] : []
    return common.observation(
      "variant", .variant, value: finding.conclusion == .possible ? .indeterminate : .present, method: .sequencing,
      components: [common.gene(locus.symbol, gene?.hgncID)] + place + repeats + [
        FHIRValue.component(
          .conclusion, "valueString",
          .words(
            "repeat \(finding.conclusion.rawValue.replacing("_", with: " ")): \(locus.motif), \(copies.joined(separator: " and ")); "
              + "pathogenic from \(locus.pathogenicMinimum); to be confirmed by another method (PCR, Southern blot)")
        )
      ])
  }
}
