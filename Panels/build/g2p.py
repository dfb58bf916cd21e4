"""Gene2Phenotype (G2P): expert-curated gene–disease pairs with allelic requirement and mechanism.

Two layouts are read: the older (DDD category) and Cardiac's newer one (ClinGen validity).
"""

import os

import moi
from model import Link
from tables import clean, read_rows, warn

# Panel -> file. CardiacG2P_curated_20210723 is read too: it holds three genes that the newer file has left out.
FILES = {
    "developmental": ["DDG2P.csv"],
    "eye": ["EyeG2P.csv"],
    "skin": ["SkinG2P.csv"],
    "cancer": ["CancerG2P.csv"],
    "cardiac": ["Cardiac_G2P.csv", "CardiacG2P_curated_20210723.csv"],
}
ADDRESS = "https://www.ebi.ac.uk/gene2phenotype"
SOURCES = {
    "developmental": "G2P-DD",
    "eye": "G2P-Eye",
    "skin": "G2P-Skin",
    "cancer": "G2P-Cancer",
    "cardiac": "G2P-Cardiac",
}
# The files carry no release number; each is at least as new as the newest article or review date that it cites.
VERSIONS = {
    "developmental": ">=2021-03",
    "eye": ">=2020-05",
    "skin": ">=2019-02",
    "cancer": ">=2018-03",
    "cardiac": ">=2025-02",
}

CONFIDENCE = {
    "definitive": "green",
    "strong": "green",
    "confirmed": "green",
    "probable": "green",  # 'strong' in G2P's later words
    "both RD and IF": "green",  # confirmed, and also on a list of incidental findings
    "child IF": "amber",  # an incidental finding in a child: not what the child is tested for
    "moderate": "amber",
    "possible": "amber",
    "limited": "red",
    "disputed": "red",
    "refuted": "red",
}

# 'altered': a changed protein whose effect (loss, gain, dominant negative) the source leaves open.
# Too much of a normal product is a gain: a truncating variant does not cause it.
MECHANISM = {
    "loss of function": "LOF",
    "absent gene product": "LOF",
    "decreased gene product level": "LOF",
    "dominant negative": "DN",
    "activating": "GOF",
    "gain of function": "GOF",
    "increased gene dosage": "GOF",
    "part of contiguous gene duplication": "GOF",
    "all missense/in frame": "altered",
    "altered gene product sequence": "altered",
    "undetermined non-loss-of-function": "altered",
    "cis-regulatory or promotor mutation": "unknown",
    "5_prime or 3_prime UTR mutation": "unknown",
    "uncertain": "unknown",
    "": "unknown",
    "NA": "unknown",
}


def read_links(folder, genes):
    """All pairs, as panel -> [Link]; a gene that HGNC does not know is named and left out."""
    links = {}
    for panel, files in FILES.items():
        found, covered = [], set()
        for name in files:
            fresh = [link for link in _read(os.path.join(folder, name), SOURCES[panel], genes)]
            found += [link for link in fresh if link.gene not in covered]
            covered |= {link.gene for link in fresh}
        links[panel] = found
    return links


def _read(path, source, genes):
    for row in read_rows(path, delimiter=","):
        row = {key.lower(): value for key, value in row.items()}
        hgnc = "HGNC:" + row["hgnc id"]
        gene = genes.find(hgnc=hgnc, symbol=row["gene symbol"])
        if gene is None:
            warn(f"{os.path.basename(path)}: no approved gene for {row['gene symbol']}")
            continue
        yield _link(row, gene, source, genes.symbol(gene))


def _link(row, gene, source, symbol):
    grade = row.get("ddd category") or row["gene disease validity (clingen)"]
    modifiers = row.get("inheritance modifiers", "")
    return Link(
        gene=gene,
        disease=_disease(row),
        name=clean(row["disease name"]),
        modes=frozenset(moi.codes(_mode(row["allelic requirement"], symbol))),
        confidence=_looked_up(CONFIDENCE, grade, "category"),
        mechanisms=frozenset(_mechanisms(row)),
        penetrance="incomplete" if "incomplete penetrance" in modifiers else "unknown",
        source=source,
    )


def _looked_up(table, value, what):
    """A value that no table lists stops the build: a new word of the source needs a decision."""
    if value not in table:
        raise SystemExit(f"G2P: unknown {what} '{value}'")
    return table[value]


def _mode(requirement, symbol):
    if requirement == "imprinted" and symbol in moi.IMPRINTED:
        return moi.IMPRINTED[symbol]
    return _looked_up(moi.G2P, requirement, "allelic requirement")


def _disease(row):
    number = row.get("disease mim", "")
    if number.isdigit():
        return "OMIM:" + number
    accession = row.get("disease accession", "")
    return accession if accession.startswith("MONDO:") else "."


def _mechanisms(row):
    """The stated mechanism; where the newer layout leaves it open, what it says of the gene product."""
    words = row.get("mutation consequence")
    if words is None:
        words = row["mechanism"]
        if words in ("", "NA"):
            words = row["disease-associated variant consequence"]
    found = {_looked_up(MECHANISM, word.strip(), "mechanism") for word in words.split(";")}
    return found - {"unknown"}
