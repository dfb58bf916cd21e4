/// Lines of VIP's tables where our verdict is another one, by the rule that makes the difference.
///
/// The test fails when a line differs that is not here, and when a line stands here that does not differ.
enum VIPDifferences {
  static let rules: [(rule: String, lines: [String: [String]])] = [
    (
      "A proband who is not seen to carry the allele has nothing to explain: FAIL, not POSSIBLE.",
      [
        "ADNonPenTests": ["Mixed2", "Mixed4", "Mixed5", "Mixed7"],
        "ADtests": ["Mixed2", "Mixed5", "Mixed7", "Mixed9", "Mixed12", "Mixed14"], "ARTests": ["Mixed8"],
        "XldTests": ["mixed7"], "XlrTests": ["uncalled"], "YLtests": ["denovoHapMiss", "Hom9", "HapMiss"],
        "MTtests": ["denovoHapMiss", "HapMiss"],
        "DenovoTests": ["ProbandPartial6", "ProbandMissing", "Ymale4", "Ymale6", "Ymale2dip", "Ymale10dip"],
        "ArCompoundTests": ["mixed2", "mixed3", "missing6", "phasedNull", "phasedNull2"],
      ]
    ),
    (
      "An affected member's half call, `./1`, is never better than POSSIBLE; `./0` counts as no genotype at all.",
      [
        "ADNonPenTests": ["Mixed3", "Mixed6"], "ADtests": ["Mixed8", "Mixed10", "Mixed13", "Mixed15"],
        "ARTests": ["Mixed3"], "XldTests": ["mixed6", "mixed2", "mixed3", "Multiallelic9"],
        "XlrTests": ["mixed2", "mixed3"], "DenovoTests": ["ProbandPartial1"],
      ]
    ),
    (
      "On a single copy `./1` is the allele, since there is no other copy to call.",
      ["YLtests": ["Het4", "Hom4", "Hom8", "Hom12"]]
    ),
    (
      "A heterozygous call on a male's X or Y is POSSIBLE: mosaic, mapping error or extra X.",
      ["DenovoTests": ["XDenovoM", "Ymale1dip", "MultiAllelicY1", "MultiAllelicY4"]]
    ),
    (
      "Under incomplete penetrance an unaffected carrier makes POSSIBLE, not PASS.",
      ["ADNonPenTests": ["HetParentsUnaffectedNP", "HetParentsMotherAffectedNP", "Multi2", "Multi3"]]
    ),
    (
      "A member of unknown status decides nothing, where VIP caps the verdict.",
      [
        "ADNonPenTests": ["Unknown1", "Unknown2"], "ADtests": ["Unknown1"], "XldTests": ["Unknown1", "Unknown2"],
        "XlrTests": ["Unknown1", "Unknown2"],
      ]
    ),
    (
      "Two copies in a child need a carrier on each side: else a deletion, isodisomy or an error, POSSIBLE.",
      [
        "ADtests": ["HomAlt"],
        "ARTests": [
          "DenovoHom", "DenovoHomParentHet", "HomFatherHomAffected", "UnaffectedBrotherHet", "AffectedBrotherHom",
          "MultiAllelic2", "MultiAllelic5",
        ],
        "XlrTests": [
          "FemaleDenovo", "FemaleMotherHet", "FemaleUnaffectedBrotherHasNot", "FemaleAffectedBrotherHasIt",
        ], "DenovoTests": ["denovoHomAlt"],
      ]
    ),
    (
      "An allele that a parent carries is inherited, also when the child has two copies or a half call.",
      [
        "DenovoTests": [
          "HomOneFromParent", "HomAltOneFromParent", "XFatherHasItHomAltF", "ProbandPartial2", "ProbandPartial3",
          "ProbandPartial4", "HomozygoteOneFromParent", "MultiAllelic3", "MultiAllelicX1",
        ]
      ]
    ),
    (
      "Two carrier children of clean parents are one germline mosaic, not two new mutations: POSSIBLE.",
      [
        "ADtests": ["AffectedBrotherHasIt"], "XldTests": ["AffectedBrotherHasIt", "FemaleAffectedBrotherHasIt"],
        "XlrTests": ["AffectedBrotherHasIt"],
      ]
    ),
    (
      "An unaffected heterozygous mother contradicts an X-linked dominant disease of full penetrance.",
      ["XldTests": ["MotherHet", "FemaleMotherHete"]]
    ),
    (
      "An unaffected hemizygous father contradicts the allele although he hands no X to his son.",
      ["DenovoTests": ["XFatherHasItM"]]
    ),
    (
      "A father's mitochondria say nothing about his child.",
      ["MTtests": ["Het3", "Hom2", "Hom3", "Hom4", "Hom5", "Hom6", "Hom8", "Hap2"]]
    ),
    (
      "A new mitochondrial mutation is a finding of the mitochondrial model, not a de novo one.",
      [
        "DenovoTests": [
          "MT1", "MT3", "MT4", "MT5", "MT6", "MT1dip", "MT2dip", "MT3dip", "MT4dip", "MT5dip", "MT6dip", "MT8dip",
          "MultiAllelicMT",
        ]
      ]
    ),
    (
      "An unaffected parent who has both alleles has them on one copy, so the child does too.",
      [
        "ArCompoundTests": [
          "FatherUnaffectedHasBoth", "phasedFatherBothSameAllele", "phasedFatherBothSameAlleleOtherBlock",
          "phasedFatherBothSameAlleleOtherBlock2", "phasedFatherBothSameAlleleSwitched", "Unknown3",
        ]
      ]
    ),
    (
      "Tested parents outweigh read phase; the contradiction is flagged.",
      ["ArCompoundTests": ["phasedProbandBothSameAllele"]]
    ),
    (
      "A pair of which no parent has one half needs a new mutation, whose copy nobody knows: POSSIBLE.",
      [
        "ArCompoundTests": [
          "BrotherUnaffectedHasOne", "BrotherAffectedHasBoth", "mixedPhased", "mixedPhased2", "multiallelic8",
        ]
      ]
    ),
    (
      "An unaffected brother who has both halves excludes the pair under full penetrance.",
      ["ArCompoundTests": ["BrotherUnaffectedHasBoth"]]
    ),
    (
      "Each alternate of a record is judged by itself: another alternate is no copy of it and no doubt about it.",
      [
        "ADtests": [
          "multiallelic_denovo_fatherHas1", "multiallelic_father_has_other", "multiallelic_2denovo",
        ],
        "XldTests": ["Multiallelic4", "Multiallelic5", "Multiallelic7"],
        "XlrTests": ["Multiallelic1", "Multiallelic3", "Multiallelic9", "Multiallelic12"], "YLtests": ["HapMulti"],
        "ArCompoundTests": [
          "multiallelic1", "multiallelic4", "multiallelic5", "multiallelic7", "multiallelic9", "multiallelic10",
          "multiallelicPhased6",
        ],
      ]
    ),
  ]

  static func lines(of file: String) -> Set<String> { Set(rules.flatMap { $0.lines[file] ?? [] }) }
}
