"""HPO's disease annotations: which features a disease has, how it is inherited, and which genes cause it."""

import os
import re

import moi
from model import Disease, Share
from tables import clean, read_rows, warn

# Words of frequency as shares; the middle of each range. Excluded is 0, which is the same as NOT.
FREQUENCY = {
    "HP:0040280": 1.0,
    "HP:0040281": 0.895,
    "HP:0040282": 0.545,
    "HP:0040283": 0.17,
    "HP:0040284": 0.025,
    "HP:0040285": 0.0,
}


def read_diseases(folder, ontology, genes, reviewed, equivalents):
    """All annotated diseases by id, with features that are present, inheritance terms and genes.

    `reviewed`: pairs to withhold (data/reviewed_pairs.tsv); `equivalents`: Orphanet's id -> OMIM's for one disease.
    """
    diseases = {}
    incomplete = ontology.below(moi.HPO_INCOMPLETE)
    for row in read_rows(find(folder, "phenotype.hpoa"), comment="#"):
        identifier = row["database_id"]
        disease = diseases.setdefault(identifier, Disease(identifier, clean(row["disease_name"])))
        if row["qualifier"] == "NOT":
            continue
        if row["aspect"] == "I":
            term = row["hpo_id"]
            disease.modes |= moi.codes(moi.HPO.get(term, "unknown"))
            disease.inheritance.add(moi.HPO_INCOMPLETE if term in incomplete else term)
        elif row["aspect"] == "P":
            _add_share(disease.present, row["hpo_id"], row["frequency"])
    for disease in diseases.values():
        disease.present = {term: share for term, share in disease.present.items() if share.value(1.0) > 0}
    _add_genes(diseases, folder, genes)
    for row in reviewed:
        if row["decision"] == "withhold":
            diseases[row["disease"]].genes.discard(row["hgnc_id"])
        else:
            diseases[row["disease"]].genes.add(row["hgnc_id"])
    borrow_inheritance(diseases, equivalents)
    return diseases


def _add_share(present, term, frequency):
    share = present.setdefault(term, Share())
    counted = re.fullmatch(r"(\d+)/(\d+)", frequency)
    if counted and int(counted[2]):
        share.affected += int(counted[1])
        share.examined += int(counted[2])
    elif frequency in FREQUENCY:
        share.stated = max(share.stated, FREQUENCY[frequency])
    elif frequency.endswith("%"):
        share.stated = max(share.stated, float(frequency[:-1]) / 100)
    else:
        share.unstated = True


def _add_genes(diseases, folder, genes):
    """Genes of diseases from genes_to_phenotype, which repeats the pair for each term."""
    pairs = sorted({
        (row["ncbi_gene_id"], row["gene_symbol"], row["disease_id"])
        for row in read_rows(find(folder, "genes_to_phenotype.txt"))
    })
    unknown = set()
    for ncbi, symbol, identifier in pairs:
        gene = genes.find(ncbi=ncbi, symbol=symbol)
        if gene is None:
            unknown.add(ncbi)
        elif genes.is_locus_only(gene):
            warn(f"HPO: {genes.symbol(gene)} is a fragile site, not a gene")
        elif identifier in diseases:
            diseases[identifier].genes.add(gene)
    for ncbi in sorted(unknown, key=int):
        warn(f"HPO: no approved gene for NCBI gene {ncbi}")


def find(folder, name):
    for candidate in (name, name + ".gz"):
        path = os.path.join(folder, candidate)
        if os.path.exists(path):
            return path
    raise SystemExit(f"{folder}: no {name}")


def read_equivalents(path):
    """Orphanet -> OMIM ids that MONDO calls the same disease; only one-to-one answers are kept."""
    omim, orphanet = {}, {}
    for row in read_rows(path, comment="#"):
        if row["predicate_id"] == "skos:exactMatch":
            if row["object_id"].startswith("OMIM:"):
                omim.setdefault(row["subject_id"], []).append(row["object_id"])
            elif row["object_id"].startswith("Orphanet:"):
                orphanet.setdefault(row["subject_id"], []).append(row["object_id"])
    return {
        ids[0].replace("Orphanet:", "ORPHA:"): omim[mondo][0]
        for mondo, ids in orphanet.items()
        if len(ids) == 1 and len(omim.get(mondo, [])) == 1
    }


def borrow_inheritance(diseases, equivalents):
    """Orphanet's diseases carry no inheritance terms in HPO's file: take those of the same disease in OMIM."""
    for orphanet, omim in equivalents.items():
        if orphanet in diseases and omim in diseases and not diseases[orphanet].inheritance:
            diseases[orphanet].modes = set(diseases[omim].modes)
            diseases[orphanet].inheritance = set(diseases[omim].inheritance)
