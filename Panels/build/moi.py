"""Modes of inheritance: one small set of codes, and what each source's words mean in it."""

# `XL` is X-linked without a word on females: read it as XLD or XLR.
CODES = (
    "AD", "AR", "AD-maternally-imprinted", "AD-paternally-imprinted",
    "XL", "XLD", "XLR", "YL", "MT", "unknown",
)

# HPO, aspect I. Terms that only qualify (sporadic, anticipation, onset, sex-limited) say no mode and are left out.
HPO = {
    "HP:0000006": "AD",
    "HP:0000007": "AR",
    "HP:0001417": "XL",
    "HP:0001419": "XLR",
    "HP:0001423": "XLD",
    "HP:0001427": "MT",
    "HP:0001450": "YL",
    "HP:0012274": "AD-paternally-imprinted",
    "HP:0012275": "AD-maternally-imprinted",
    "HP:0032113": "AD+AR",  # semidominant: one allele mild, two alleles severe
    "HP:0034340": "AD",  # pseudoautosomal dominant
    "HP:0034341": "AR",  # pseudoautosomal recessive
}

# HPO terms that say that a disease is not Mendelian; alone, without a code above, they make a pair 'red'.
HPO_NOT_MENDELIAN = {
    "HP:0001426",  # non-Mendelian
    "HP:0010982",  # polygenic
    "HP:0010983",  # oligogenic
    "HP:0001442",  # somatic mosaicism
}
HPO_CONTIGUOUS = "HP:0001466"  # contiguous gene syndrome: the segment is the cause, not each gene in it
HPO_INCOMPLETE = "HP:0003829"  # incomplete penetrance; its descendants grade it
HPO_COMPLETE = "HP:0034950"

# Every value met in G2P's 'allelic requirement', of the older and the newer releases.
G2P = {
    "biallelic": "AR",
    "biallelic_autosomal": "AR",
    "biallelic_PAR": "AR",
    "monoallelic": "AD",
    "monoallelic_autosomal": "AD",
    "monoallelic_PAR": "AD",
    "biallelic,monoallelic": "AD+AR",
    "biallelic,digenic": "AR",  # the second gene is a modifier of the biallelic cause
    "monoallelic,digenic": "AD",
    "hemizygous": "XLR",
    "monoallelic_X_hem": "XLR",
    "x-linked dominant": "XLD",
    "monoallelic_X_het": "XLD",
    "x-linked over-dominance": "XLD",  # heterozygous females are worse off than hemizygous males (PCDH19, EFNB1)
    "monoallelic_Y_hem": "YL",
    "mitochondrial": "MT",
    "mtDNA": "MT",
    "mosaic": "AD",  # one allele is enough; it arises after fertilisation, so look for low allele fractions
    "imprinted": "unknown",  # replaced by IMPRINTED below where the silent parental allele is known
    "digenic": "unknown",  # one allele in each of two genes is no mode of a single gene
    "uncertain": "unknown",
    "": "unknown",
}

# G2P says 'imprinted' without saying whose allele is silent. Paternally imprinted: the mother's allele is the active one.
IMPRINTED = {
    "CDKN1C": "AD-paternally-imprinted",
    "GNAS": "AD-paternally-imprinted",
    "IGF2": "AD-maternally-imprinted",
    "KCNK9": "AD-paternally-imprinted",
    "MAGEL2": "AD-maternally-imprinted",
    "SNRPN": "AD-maternally-imprinted",
    "UBE3A": "AD-paternally-imprinted",
}

ACMG = {"AD": "AD", "AR": "AR", "XL": "XL"}

# An autosomal word for a gene of X (outside the pseudoautosomal regions) is read as its X-linked kin,
# and an X-linked word for a pseudoautosomal gene (SHOX, CSF2RA) as its autosomal kin.
ON_X = {"AD": "XLD", "AR": "XLR"}
ON_PAR = {"XLD": "AD", "XLR": "AR", "XL": "AD+AR"}


def codes(text):
    """`AD+AR` as a set; 'unknown' is the empty set, so that it never hides a known mode."""
    return {code for code in text.split("+") if code != "unknown"}


def text(found):
    """The set in CODES order, joined by '+'."""
    return "+".join(code for code in CODES if code in found) or "unknown"


def fitted(found, chromosome):
    """The codes that the gene's chromosome allows; `chromosome` is 'X', 'Y', 'PAR', 'MT' or 'A'.

    A disease with several genes has the modes of all of them (Leigh syndrome: AR and MT), so each gene keeps its own.
    """
    if chromosome == "MT":
        return {"MT"}
    if chromosome == "X":
        return {ON_X.get(code, code) for code in found} & {"XL", "XLD", "XLR"}
    if chromosome == "Y":
        return {"YL"} if found else set()
    if chromosome == "PAR":
        found = set().union(*(codes(ON_PAR.get(code, code)) for code in found))
    return found - {"XL", "XLD", "XLR", "YL", "MT"}


def sharpened(found):
    """One disease's codes by several sources: a stated imprint says more than plain AD."""
    imprinted = {code for code in found if code.endswith("imprinted")}
    return found - {"AD"} if imprinted else found
