internal import Model

extension RecordedRun {
  init(_ document: CandidatesDocument, _ record: ProvenanceDocument, on assembly: Assembly) {
    self.init()
    let subject = document.case
    caseID = subject.id
    proband = subject.proband
    self.assembly = assembly
    program = record.version
    htslib = record.htslib
    finished = record.finished
    settings = record.settings.mapValues(\.text)
    inputs = record.inputs.map { Input(role: $0.role, name: $0.name, digest: $0.sha256, bytes: $0.bytes) }
    stores = (record.knowledge ?? []).map {
      Store(name: $0.name, kind: $0.kind, release: $0.release, fingerprint: $0.fingerprint)
    }
    panels = record.panels.map {
      Panel(name: $0.name, version: $0.version, date: $0.date, geneCount: $0.geneCount)
    }
    genes = document.targets.genes.map {
      Gene(symbol: $0.symbol, hgncID: $0.hgncId, confidence: $0.confidence, modes: $0.modes, panels: $0.panels)
    }
    phenotypes = subject.phenotypes.map { PhenotypeTerm(id: $0.id, label: $0.label) }
    excludedPhenotypes = (subject.excludedPhenotypes ?? []).map { PhenotypeTerm(id: $0.id, label: $0.label) }
    onset = subject.onset
    members = subject.pedigree.map { person in
      let who: Wording =
        "\(person.id) \(Wording(term: person.sex, of: "sex")) \(Wording(term: person.status, of: "status"))"
      let parents = [person.father, person.mother].compactMap { $0 }
      guard let first = parents.first, let last = parents.last else { return who }
      return who + (parents.count == 1 ? ", of \(first)" : ", of \(first) and \(last)")
    }.sorted()
    candidateCount = document.candidates.count
    nearMissCount = document.nearMisses.count
    findings = Self.findings(document)
    removed = record.funnel.alleles.removed
    checks = document.quality.checks.map { Check(name: $0.check, samples: $0.samples, outcome: $0.verdict) }
    repeats = (document.repeats ?? []).map {
      Repeat(gene: $0.gene, units: $0.copies.map(\.units), conclusion: $0.conclusion)
    }
  }

  /// One finding of each allele and gene: a candidate at its best rank, else the first near miss.
  private static func findings(_ document: CandidatesDocument) -> [RecordedFinding] {
    struct Key: Hashable {
      var allele: String
      var gene: String
    }
    var seen: Set<Key> = []
    var findings: [RecordedFinding] = []
    for candidate in document.candidates.sorted(by: { $0.rank < $1.rank }) {
      for variant in candidate.variants {
        guard seen.insert(Key(allele: variant.allele.name, gene: candidate.gene.symbol)).inserted else { continue }
        var finding = RecordedFinding(variant, candidate.gene, standing: .candidate(rank: candidate.rank))
        finding.group = candidate.group
        finding.models = candidate.models
        finding.disease = candidate.disease?.name
        let totals = candidate.ledger.totals
        finding.sums = RecordedFinding.Sums(
          phenotype: candidate.ledger.phenotype == nil ? nil : totals.phenotype, variant: totals.variant,
          segregation: totals.segregation, gene: totals.gene, total: totals.total)
        findings.append(finding)
      }
    }
    for miss in document.nearMisses {
      guard seen.insert(Key(allele: miss.variant.allele.name, gene: miss.gene.symbol)).inserted else { continue }
      findings.append(
        RecordedFinding(
          miss.variant, miss.gene,
          standing: .nearMiss(
            kind: miss.kind, stage: miss.decision.stage, value: miss.decision.value?.text,
            threshold: miss.decision.threshold?.text)))
    }
    return findings
  }
}

extension RecordedFinding {
  fileprivate init(_ variant: VariantDocument, _ gene: CandidatesDocument.Gene, standing: Standing) {
    self.init(allele: variant.allele.name, gene: gene.symbol, hgncID: gene.hgncId, standing: standing)
    classHint = variant.acmg.classHint
    points = variant.acmg.points
    givenClass = variant.acmg.givenClass.map { given -> Wording in
      "\(given.class)" + " by \(given.by)" + (given.signed == nil ? "" : ", signed")
    }
    dismissal = variant.remarks?.last { $0.dismissed != nil }.map { "\($0.dismissed ?? "") (\($0.by))" }
    criteria = variant.acmg.criteria.map {
      Criterion(code: $0.code, name: $0.name, points: $0.points, reviewer: $0.by, remover: $0.removedBy)
    }
    clinVar = variant.clinvar.map { ClinVar(significance: $0.significance, text: $0.text, stars: $0.stars) }
    let found = variant.frequency
    frequency = Frequency(
      state: found.state, value: found.filterAf ?? found.maxAf, homozygotes: found.homozygotes,
      sources: found.sources)
    localCount = found.localAc
    let told = variant.predictions
    let named = [
      ("REVEL", told.revel), ("AlphaMissense", told.alphaMissense), ("CADD", told.caddPhred),
      ("SpliceAI", told.spliceaiMax),
    ]
    predictions = Dictionary(
      named.compactMap { name, value in value.map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
    consequence = variant.consequence.map { $0.terms.joined(separator: "&") }
    transcript = variant.consequence?.transcript
    hgvsC = variant.consequence?.hgvsC
    hgvsP = variant.consequence?.hgvsP
    genotypes = Dictionary(
      variant.genotypes.map { ($0.sample, "\($0.gt) (\($0.state))") }, uniquingKeysWith: { first, _ in first })
  }
}
