"""The ACMG secondary-findings list: genes to report whatever the patient was tested for, if the patient wants it."""

import moi
from model import Link
from tables import clean, read_rows, warn

SOURCE = "ACMG-SF"
VERSION = "3.1"
EVERY = "All P and LP"  # what is reported of most genes; anything else is said beside the disease


def read_links(path, genes):
    links = []
    for row in read_rows(path):
        gene = genes.find(row["hgnc_id"], row["ensembl_gene_id"], row["ncbi_gene_id"], row["gene_symbol"])
        if gene is None:
            warn(f"ACMG SF: no approved gene for {row['gene_symbol']}")
            continue
        note = row["variants_to_report"]
        name = clean(row["disease_phenotype"]) + ("" if note == EVERY else f" [report: {note}]")
        for number in row["disorder_mim"].split(","):
            number = number.strip()
            links.append(
                Link(
                    gene=gene,
                    disease="OMIM:" + number if number.isdigit() else ".",
                    name=name,
                    modes=frozenset({moi.ACMG[row["inheritance"]]}),
                    confidence="green",
                    mechanisms=frozenset(),
                    penetrance="unknown",
                    source=SOURCE,
                )
            )
    return links
