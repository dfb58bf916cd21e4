"""How sure HPO's gene–disease pairs are: HPO's file does not say, so other curations of the same gene do."""

import re

import moi
from hgnc import number
from model import Link

# Names of diseases that are a stretch of chromosome: the genes in it are not each a cause.
SEGMENT = re.compile(r"deletion|duplication|contiguous|monosomy|trisomy|chromosome \w+ ?[pq]", re.I)
# Segments that go by another name.
SEGMENTS = {
    "OMIM:176270", "ORPHA:739",  # Prader-Willi
    "OMIM:194050", "ORPHA:904",  # Williams
    "OMIM:188400", "OMIM:192430", "ORPHA:567",  # DiGeorge, velocardiofacial
    "OMIM:194190", "ORPHA:280",  # Wolf-Hirschhorn
    "OMIM:130650", "OMIM:180860",  # Beckwith-Wiedemann, Silver-Russell
    "OMIM:182290", "OMIM:610883", "ORPHA:819",  # Smith-Magenis, Potocki-Lupski
}
# A raised risk, not a Mendelian cause: green only with an expert's second word (Orphanet or G2P).
SUSCEPTIBILITY = re.compile(r"susceptib|predisposition|protection|resistance to|modifier|somatic", re.I)


def read_links(diseases, genes, experts):
    """A Link for each gene of each disease. `experts`: genes that G2P grades green."""
    orphanet = {g for d in diseases.values() if not d.is_omim for g in d.genes}
    links = []
    for disease in diseases.values():
        for gene in disease.genes:
            second = gene in experts or (disease.is_omim and gene in orphanet)
            modes = moi.fitted(disease.modes, genes.chromosome(gene))
            level = _confidence(disease, bool(modes), second, second or genes.has_gencc(gene))
            links.append(
                Link(
                    gene=gene,
                    disease=disease.identifier,
                    name=disease.name,
                    modes=frozenset(disease.modes),
                    confidence=level,
                    mechanisms=frozenset(),
                    penetrance=_penetrance(disease),
                    source="HPO-OMIM" if disease.is_omim else "HPO-Orphanet",
                )
            )
    return sorted(links, key=lambda link: (link.disease, number(link.gene)))


def _confidence(disease, fits, expert, curated):
    """What the sources together say of a pair. README, 'Confidence of HPO's pairs', states the rule in words.

    `fits`: the disease has a Mendelian mode, and one that the gene's chromosome allows (a nuclear gene of a
    mitochondrially inherited disease is a modifier). `expert`: Orphanet or G2P knows the gene for a disease;
    `curated`: they or any GenCC submitter do.
    """
    if not disease.is_omim:
        return "amber"  # Orphanet also lists modifiers and candidates, and HPO's file does not tell them apart
    if not disease.modes and disease.inheritance & moi.HPO_NOT_MENDELIAN:
        return "red"
    if not fits or is_segment(disease):
        return "amber"
    if SUSCEPTIBILITY.search(disease.name):
        return "green" if expert else "amber"
    return "green" if curated else "amber"


def is_segment(disease):
    """Whether a stretch of chromosome is the cause rather than each gene in it."""
    return (
        disease.identifier in SEGMENTS
        or moi.HPO_CONTIGUOUS in disease.inheritance
        or bool(SEGMENT.search(disease.name))
    )


def _penetrance(disease):
    if moi.HPO_INCOMPLETE in disease.inheritance:
        return "incomplete"
    return "complete" if moi.HPO_COMPLETE in disease.inheritance else "unknown"
