internal import Model

extension FHIRCode {
  init(_ assembly: Assembly) {
    self =
      switch assembly {
      case .grch37: .answer("LA14029-5", "GRCh37")
      case .grch38: .answer("LA26806-2", "GRCh38")
      }
  }

  /// LOINC's list LL2938-0, to which the guide binds chromosomes, has none for the mitochondrion: nil.
  init?(_ contig: Contig) {
    guard contig != .mitochondrion else { return nil }
    self = .answer(
      "LA\(21_253 + Int(contig.rawValue))-\(Self.chromosomeChecks[Int(contig.rawValue) - 1])",
      "Chromosome \(contig.name)")
  }

  /// Check digits of LA21254 to LA21277.
  private static let chromosomeChecks = [
    0, 7, 5, 3, 1, 9, 7, 5, 3, 1, 9, 6, 4, 2, 0, 8, 6, 4, 2, 0, 8, 5, 3, 1,
  ]

  init(_ value: VariantClass) {
    self =
      switch value {
      case .pathogenic: .answer("LA6668-3", "Pathogenic")
      case .likelyPathogenic: .answer("LA26332-9", "Likely pathogenic")
      case .uncertain: .answer("LA26333-7", "Uncertain significance")
      case .likelyBenign: .answer("LA26334-5", "Likely benign")
      case .benign: .answer("LA6675-8", "Benign")
      }
  }

  init(_ kind: Conclusion.Kind) {
    self =
      switch kind {
      case .positive: .answer("LA6576-8", "Positive")
      case .uncertain: .answer("LA9663-1", "Inconclusive")
      case .negative: .answer("LA6577-6", "Negative")
      case .notEvaluable: .answer("LA9664-9", "Failure")
      }
  }

  /// From which parent (LOINC list LL5489-1); nil where nobody knows.
  init?(_ origin: ParentOfOrigin) {
    switch origin {
    case .mother: self = .answer("LA26320-4", "Maternal")
    case .father: self = .answer("LA26321-2", "Paternal")
    case .both: self = .answer("LA30680-5", "Parental")
    case .deNovo: self = .answer("LA26807-0", "De novo")
    case .unknown: return nil
    }
  }

  /// How many copies have the allele; nil for a call that does not tell.
  ///
  /// - Parameter homoplasmy: fraction, 0…1, from which a mitochondrial allele counts as that of all copies.
  init?(_ genotype: Genotype, on contig: Contig, homoplasmy: Double) {
    let heterozygous = FHIRCode.answer("LA6706-1", "Heterozygous")
    if contig == .mitochondrion {
      guard let fraction = genotype.decisiveCounts.fraction, genotype.shownState.isCarrier else { return nil }
      self = fraction >= homoplasmy ? .answer("LA6704-6", "Homoplasmic") : .answer("LA6703-8", "Heteroplasmic")
      return
    }
    switch genotype.shownState {
    case .heterozygous, .heterozygousOther: self = heterozygous
    case .homozygous: self = .answer("LA6705-3", "Homozygous")
    case .hemizygous: self = .answer("LA6707-9", "Hemizygous")
    case .reference, .hemizygousReference, .partial, .missing, .hemizygousConflict: return nil
    }
  }

  /// Only what was confirmed is told as a fact; what is probable stands in the words beside it.
  init(_ phase: PairPhase) {
    let (code, text): (String, String?) =
      switch phase {
      case .confirmedTrans: ("Trans", nil)
      case .cis: ("Cis", nil)
      case .probableTrans: ("Indeterminate", "probably in trans")
      case .probableCis: ("Indeterminate", "probably in cis")
      case .unphased: ("Indeterminate", "not phased")
      case .unknown: ("Unknown", nil)
      }
    self.init(FHIRGuide.codeSystem("sequence-phase-relationship-cs"), code, display: code, text: text)
  }

  /// What the allele does to the sequence (Sequence Ontology, below SO:0002072); nil for a breakend, which may be any of several.
  init?(_ allele: Allele) {
    if allele.isSymbolic {
      guard let found = Self.symbolic.first(where: { allele.alternate.uppercased().hasPrefix($0.prefix) }) else {
        return nil
      }
      self = found.code
      return
    }
    let (reference, alternate) = (allele.reference, allele.alternate)
    if allele.isSNV {
      self = .ontology("SO:0001483", "SNV")
    } else if reference.utf8.count == alternate.utf8.count {
      self = .ontology("SO:0002007", "MNV")
    } else if alternate.hasPrefix(reference) {
      self = .ontology("SO:0000667", "insertion")
    } else if reference.hasPrefix(alternate) {
      self = .ontology("SO:0000159", "deletion")
    } else {
      self = .ontology("SO:1000032", "delins")
    }
  }

  /// The longer prefix first.
  private static let symbolic: [(prefix: String, code: FHIRCode)] = [
    ("<DEL", .ontology("SO:0000159", "deletion")),
    ("<DUP:TANDEM", .ontology("SO:1000173", "tandem_duplication")),
    ("<DUP", .ontology("SO:1000035", "duplication")),
    ("<INS:ME", .ontology("SO:0001837", "mobile_element_insertion")),
    ("<INS", .ontology("SO:0000667", "insertion")),
    ("<INV", .ontology("SO:1000036", "inversion")),
    ("<CNV", .ontology("SO:0001019", "copy_number_variation")),
  ]

  /// An id of a disease: `OMIM:612164`, `MONDO:…`, `ORPHA:…`; nil for another.
  init?(disease: Disease) {
    guard let id = disease.id, let colon = id.firstIndex(of: ":") else { return nil }
    let prefix = String(id[..<colon])
    guard let system = System.diseases[prefix] else { return nil }
    // MONDO's codes carry their prefix; OMIM's and Orphanet's are numbers.
    self.init(system, input: prefix == "MONDO" ? id : String(id[id.index(after: colon)...]))
    text = disease.name
  }

  init(_ term: PhenotypeTerm) {
    self.init(System.phenotypes, term.id, display: term.label, text: term.label)
  }

  /// A transcript or protein with its version, by the collection that its name tells; nil for a name of neither.
  init?(sequence name: String?) {
    guard let name else { return nil }
    let isRefSeq = ["NM_", "NR_", "NP_", "XM_", "XR_", "XP_", "NC_", "NG_"].contains { name.hasPrefix($0) }
    guard isRefSeq || name.hasPrefix("ENST") || name.hasPrefix("ENSP") else { return nil }
    self.init(isRefSeq ? System.refSeq : System.ensembl, input: name, display: name)
  }

  /// Supporting evidence by ClinVar's stars, as the guide's example list has them.
  init?(stars: Int?) {
    guard let stars, (0...4).contains(stars) else { return nil }
    self.init(
      FHIRGuide.codeSystem("clinvar-evidence-level-custom-cs"), stars == 0 ? "no-star" : "\(stars)-star",
      display: stars == 0 ? "no star" : "\(stars) star")
  }

  /// How the condition is inherited, of the guide's value set; nil where the panel does not say.
  init?(_ mode: ModeOfInheritance, of models: [InheritanceModel]) {
    let isDominant = models.contains { $0 == .autosomalDominant || $0 == .deNovo }
    let dominant = ("0000006", "Autosomal dominant inheritance")
    let recessive = ("0000007", "Autosomal recessive inheritance")
    let (number, display): (String, String)
    switch mode {
    case .autosomalDominant: (number, display) = dominant
    case .autosomalRecessive: (number, display) = recessive
    case .dominantAndRecessive: (number, display) = isDominant ? dominant : recessive
    case .dominantMaternallyImprinted:
      (number, display) = ("0012275", "Autosomal dominant inheritance with maternal imprinting")
    case .dominantPaternallyImprinted:
      (number, display) = ("0012274", "Autosomal dominant inheritance with paternal imprinting")
    case .xLinked: (number, display) = ("0001417", "X-linked inheritance")
    case .xLinkedRecessive: (number, display) = ("0001419", "X-linked recessive inheritance")
    case .xLinkedDominant: (number, display) = ("0001423", "X-linked dominant inheritance")
    case .yLinked: (number, display) = ("0001450", "Y-linked inheritance")
    case .mitochondrial: (number, display) = ("0001427", "Mitochondrial inheritance")
    case .unknown: return nil
    }
    self.init(System.phenotypes, "HP:" + number, display: display)
  }
}
