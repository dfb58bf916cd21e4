"""The planted records: what the family holds, and what only looks as if it did.

Alleles are published ones of GRCh38 (ClinVar, 1000 Genomes, MITOMAP), save where a line says invented. `people` are child,
mother, father, each `GT` or `GT/alternate fraction`, in the order of the ALT alleles.
"""

from dataclasses import dataclass, field


@dataclass
class Planted:
    contig: str
    position: int
    ref: str
    alts: tuple
    expect: str
    people: tuple
    residues: tuple = (None,)
    # Frequency a ALT allele: 0 is looked for and not found, None is no data at all.
    frequency: tuple = (0,)
    homozygotes: int = None
    significance: str = None
    stars: int = 0
    filter: str = "PASS"
    revel: float = None
    cadd: float = None
    splice: float = None
    # Reads of a person instead of drawn ones: place of the person, then reads of REF and of each ALT.
    reads: dict = field(default_factory=dict)
    # Physical phase: place of the person, then PGT and PID; PS is the position in PID.
    phase: dict = field(default_factory=dict)


PATHOGENIC, UNCERTAIN = "Pathogenic", "Uncertain_significance"

PLANTED = [
    # The answers.
    Planted("9", 127675855, "C", ("T",), "de_novo", ("0/1", "0/0", "0/0"), ("R/*",),
            significance=PATHOGENIC, stars=1, cadd=40),
    Planted("11", 6617040, "G", ("A",), "compound_heterozygous_trans", ("0/1", "0/0", "0/1"), ("R/*",), (0.00023,),
            significance=PATHOGENIC, stars=2, cadd=38, phase={0: ("0|1", "6617040_G_A")}),
    Planted("11", 6617154, "C", ("G",), "compound_heterozygous_trans", ("0/1", "0/1", "0/0"), frequency=(0.00041,),
            significance=PATHOGENIC, stars=2, cadd=33, splice=0.99, phase={0: ("1|0", "6617040_G_A")}),
    Planted("X", 74524723, "C", ("T",), "x_linked_recessive", ("1/1", "0/1", "0/0"), ("R/*",),
            significance=PATHOGENIC, stars=1, cadd=37),
    # De novo, or so it seems.
    Planted("12", 13563172, "C", ("T",), "de_novo_parental_reads", ("0/1", "0/0", "0/0"), ("V/M",),
            revel=0.31, cadd=22.1, reads={1: (31, 4)}),
    Planted("2", 165344714, "A", ("G",), "de_novo_low_quality", ("0/1", "0/0", "0/0"), ("K/E",),
            significance=UNCERTAIN, stars=1, revel=0.88, cadd=29.3, reads={0: (11, 2)}),
    Planted("2", 166043875, "G", ("A",), "filtered_known_pathogenic", ("0/1", "0/0", "0/0"), ("R/*",),
            significance=PATHOGENIC, stars=2, filter="VQSRTrancheSNP99.90to100.00", cadd=38, reads={0: (38, 8)}),
    Planted("6", 33440765, "G", ("A",), "de_novo_synonymous", ("0/1", "0/0", "0/0"), ("S/S",), cadd=6.2, splice=0.01),
    Planted("19", 11105407, "C", ("A",), "de_novo_off_panel", ("0/1", "0/0", "0/0"), ("C/*",),
            significance=PATHOGENIC, stars=2, cadd=36),
    # Two alleles, or so it seems.
    Planted("5", 126552042, "A", ("C",), "compound_heterozygous_cis", ("0/1", "0/1", "0/0"), ("I/M",), (0.00003,),
            significance=UNCERTAIN, stars=1, revel=0.61, cadd=24.0,
            phase={0: ("0|1", "126552042_A_C"), 1: ("0|1", "126552042_A_C")}),
    Planted("5", 126552076, "G", ("A",), "compound_heterozygous_cis", ("0/1", "0/1", "0/0"), ("A/V",), (0.00008,),
            significance=UNCERTAIN, stars=1, revel=0.72, cadd=26.4,
            phase={0: ("0|1", "126552042_A_C"), 1: ("0|1", "126552042_A_C")}),
    Planted("15", 89318595, "T", ("C",), "compound_heterozygous_common_partner", ("0/1", "0/1", "0/0"), ("E/G",), (0.021,),
            significance="Benign/Likely_benign", stars=2, revel=0.67, cadd=25.0),
    Planted("15", 89327201, "C", ("T",), "compound_heterozygous_common_partner", ("0/1", "0/0", "0/1"), ("A/T",),
            (0.00055,), significance=PATHOGENIC, stars=2, revel=0.70, cadd=26.9),
    # Allele G is invented.
    Planted("22", 40349925, "C", ("T", "G"), "multiallelic_one_common", ("1/2", "0/2", "0/1"), ("R/C", "R/G"),
            (0.00002, 0.083), significance=UNCERTAIN, stars=2, revel=0.75, cadd=27.0),
    Planted("4", 15511381, "GGAA", ("G",), "common_deletion", ("0/1", "0/1", "0/0"), frequency=(0.022,),
            significance="Conflicting_classifications_of_pathogenicity", stars=1, cadd=15.3),
    # The substitution is invented; its REF lies in the deletion above.
    Planted("4", 15511383, "A", ("C", "*"), "spanning_deletion", ("1/2", "0/2", "0/1"), frequency=(0.00009, None),
            revel=0.22, cadd=20.1),
    Planted("12", 102840493, "G", ("A",), "recessive_single_hit", ("0/1", "0/0", "0/1"), ("R/W",), (0.0013,),
            significance=PATHOGENIC, stars=2, revel=0.93, cadd=32),
    Planted("8", 1771107, "A", ("T",), "homozygous_one_parent_reference", ("1/1", "0/1", "0/0"), ("Y/F",), (0.00001,),
            significance=UNCERTAIN, stars=1, revel=0.55, cadd=23.8),
    Planted("19", 49861346, "T", ("C",), "homozygous_no_frequency_data", ("1/1", "0/1", "0/1"), ("T/A",), (None,),
            significance=UNCERTAIN, stars=1, revel=0.18, cadd=12.0),
    Planted("15", 68208307, "T", ("C",), "homozygous_benign", ("1/1", "0/1", "0/1"), ("S/G",), (0.003,), 3,
            significance="Benign/Likely_benign", stars=2, revel=0.12, cadd=9.8),
    # Too common, in a healthy person, or not in the child.
    Planted("16", 89195074, "C", ("A",), "common_loss_of_function", ("0/1", "0/1", "0/0"), ("Y/*",), (0.0751,),
            significance="Likely_benign", stars=0, cadd=31),
    Planted("19", 41982073, "G", ("A",), "dominant_unaffected_carrier", ("0/1", "0/0", "0/1"), ("R/W",), (0.000004,),
            significance=UNCERTAIN, stars=1, revel=0.81, cadd=28.2),
    Planted("16", 2056242, "G", ("T",), "not_in_child", ("0/0", "0/1", "0/0"), ("E/*",),
            significance=PATHOGENIC, stars=1, cadd=39),
    # Where a boy has one copy, or two after all.
    Planted("X", 644586, "G", ("A",), "pseudoautosomal_unaffected_carrier", ("0/1", "0/0", "0/1"), ("A/T",), (0.00002,),
            significance=UNCERTAIN, stars=1, revel=0.66, cadd=23.3),
    Planted("X", 68064109, "G", ("T",), "x_heterozygous_male", ("0/1", "0/0", "0/0"), ("H/N",), (0.00001,),
            significance=UNCERTAIN, stars=1, revel=0.44, cadd=22.8, reads={0: (24, 11)}),
    Planted("MT", 3460, "G", ("A",), "mitochondrial_homoplasmic_mother", ("1/1", "1/1", "0/0"), ("A/T",), (0.00002,),
            significance=PATHOGENIC, stars=0),
]

# Where most people differ from the mitochondrial reference sequence, and one haplogroup each of mother and father.
MITOCHONDRIAL = [
    (263, "A", "G", 0.98, True), (750, "A", "G", 0.98, True), (1438, "A", "G", 0.95, True), (4769, "A", "G", 0.98, True),
    (8860, "A", "G", 0.99, True), (15326, "A", "G", 0.99, True), (73, "A", "G", 0.78, False), (2706, "A", "G", 0.77, False),
    (7028, "C", "T", 0.80, False), (11719, "G", "A", 0.77, False), (14766, "C", "T", 0.77, False),
]
