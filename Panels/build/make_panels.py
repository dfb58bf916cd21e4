#!/usr/bin/env python3
"""Makes the data of Panels/ from the public files of HGNC, G2P, HPO, ACMG and MANE.

    python3 Panels/build/make_panels.py --hgnc hgnc_complete_set.txt.gz --g2p DIR --hpo DIR --acmg acmg_sf.tsv \\
        --mane mane.grch38.bed12plus.tsv.gz --mane37 mane_lifted.grch37.genepred.tsv.gz \\
        [--mondo mondo.sssom.tsv.gz] [--reduced reduced_penetrance.tsv] [--haplo clingen_level3.tsv] [--lean] -o Panels

The same inputs give the same bytes. What cannot be matched is named on stderr; a missing sentinel gene stops the build.
"""

import argparse
import os
import sys
from collections import Counter

import acmg
import checks
import classes
import diseases as hpo_diseases
import evidence
import g2p
import moi
import transcripts
from hgnc import MITOCHONDRIAL_TYPES, Genes, gene_rows
from model import Link
from ontology import Ontology
from panels import Gatherer, Panel, class_links, write_panel
from tables import open_text, read_data, read_rows, warn, write_table

# Raised by hand when a rule or a source changes what a panel holds; a report prints it.
VERSION = "1.0"

LICENCE = {
    "g2p": "G2P data: free to use, cite Thormann et al. 2019 (PMID 31147538)",
    "hpo": "HPO: free with attribution, content unchanged (https://hpo.jax.org/app/license); G2P: cite PMID 31147538",
    "acmg": "Gene list as facts; cite Miller et al. 2022 (PMID 35802134)",
}
# In English and in Vietnamese.
TITLES = {
    "developmental": ("Developmental disorders (G2P)", "Rối loạn phát triển (G2P)"),
    "eye": ("Eye disorders (G2P)", "Bệnh mắt (G2P)"),
    "skin": ("Skin disorders (G2P)", "Bệnh da (G2P)"),
    "cancer": ("Cancer predisposition (G2P)", "Khuynh hướng di truyền mắc ung thư (G2P)"),
    "cardiac": ("Inherited cardiac conditions (G2P)", "Bệnh tim di truyền (G2P)"),
}


def main():
    options = parse(sys.argv[1:])
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")
    genes = Genes(options.hgnc)
    ontology = Ontology(hpo_diseases.find(options.hpo, "hp.obo"))
    reviewed = read_data(os.path.join(here, "reviewed_pairs.tsv"))
    equivalents = hpo_diseases.read_equivalents(options.mondo) if options.mondo else {}
    diseases = hpo_diseases.read_diseases(options.hpo, ontology, genes, reviewed, equivalents)
    curated = g2p.read_links(options.g2p, genes)
    experts = [link for links in curated.values() for link in links]
    graded = {link.gene for link in experts if link.confidence == "green"}
    links = experts + evidence.read_links(diseases, genes, graded) + reviewed_links(reviewed, diseases)

    made = g2p_panels(curated) + [acmg_panel(options.acmg, genes)]
    rules = classes.read_classes(os.path.join(here, "classes"), ontology)
    made += [class_panel(rule, diseases, equivalents, ontology, links, genes) for rule in rules]
    made.append(mendeliome(made, links))

    reduced, haplo = reduced_genes(options.reduced, genes), haploinsufficient(options.haplo, genes)
    gatherer = Gatherer(genes, experts, versions(ontology), reduced, haplo)
    date = max(ontology.version, genes.version)  # of the newest source; HGNC names the genes of every panel
    rows = {panel.name: gatherer.rows(panel) for panel in made}
    checks.sentinels(os.path.join(here, "sentinels.tsv"), rows)  # before the first file is written
    for panel in made:
        write_panel(options.output, panel, rows[panel.name], VERSION, date)
    wanted = {row[0] for found in rows.values() for row in found} | {g for d in diseases.values() for g in d.genes}
    placed = write_genes(options, genes, wanted, here)
    report(genes, gatherer, rows, wanted, placed)


def parse(arguments):
    parser = argparse.ArgumentParser(description="Makes the data of Panels/ from public files.")
    for name, what in (
        ("--hgnc", "HGNC complete set"),
        ("--g2p", "folder of G2P's CSV files"),
        ("--hpo", "folder with hp.obo, phenotype.hpoa, genes_to_phenotype.txt"),
        ("--acmg", "ACMG SF list as a table"),
        ("--mane", "MANE on GRCh38, BED12+"),
        ("--mane37", "MANE lifted to GRCh37, genePred"),
    ):
        parser.add_argument(name, required=True, help=what)
    parser.add_argument("--mondo", help="mondo.sssom.tsv: which Orphanet and OMIM diseases are the same")
    parser.add_argument("--reduced", help="table with a column Reduced_penetrance of gene symbols")
    parser.add_argument("--haplo", help="symbols, one a line: ClinGen haploinsufficiency score 3")
    parser.add_argument("--lean", action="store_true", help="GRCh37: only genes of panels and diseases (3 MB less)")
    parser.add_argument("-o", "--output", required=True, help="the folder Panels")
    return parser.parse_args(arguments)


def versions(ontology):
    """Source, as panels name it -> its version."""
    found = {g2p.SOURCES[panel]: version for panel, version in g2p.VERSIONS.items()}
    found.update({"HPO-OMIM": ontology.version, "HPO-Orphanet": ontology.version})
    found.update({acmg.SOURCE: acmg.VERSION, "rCRS": transcripts.RCRS, "reviewed": VERSION})
    return found


def reviewed_links(reviewed, diseases):
    """The pairs that people added (data/reviewed_pairs.tsv)."""
    return [
        Link(
            gene=row["hgnc_id"],
            disease=row["disease"],
            name=diseases[row["disease"]].name,
            modes=frozenset(moi.codes(row["moi"])),
            confidence="green",
            mechanisms=frozenset(),
            penetrance="unknown",
            source="reviewed",
        )
        for row in reviewed
        if row["decision"] == "add"
    ]


def reduced_genes(path, genes):
    if not path:
        return frozenset()
    symbols = {row["Reduced_penetrance"] for row in read_rows(path)}
    return frozenset(genes.find(symbol=symbol) for symbol in symbols if symbol) - {None}


def haploinsufficient(path, genes):
    if not path:
        return frozenset()
    with open_text(path) as file:
        return frozenset(genes.find(symbol=line.strip()) for line in file) - {None}


def g2p_panels(curated):
    return [
        Panel(
            name=name,
            title=TITLES[name][0],
            title_vi=TITLES[name][1],
            source=f"Gene2Phenotype {', '.join(g2p.FILES[name])} ({g2p.VERSIONS[name]}), {g2p.ADDRESS}",
            licence=LICENCE["g2p"],
            links=links,
        )
        for name, links in curated.items()
    ]


def acmg_panel(path, genes):
    return Panel(
        name="acmg_sf",
        title="ACMG secondary findings",
        title_vi="Phát hiện thứ cấp theo ACMG",
        source=f"ACMG SF v{acmg.VERSION}, https://www.ncbi.nlm.nih.gov/clinvar/docs/acmg/",
        licence=LICENCE["acmg"],
        links=acmg.read_links(path, genes),
        opt_in=True,
    )


def hpo_source(ontology_version):
    return (
        f"HPO annotations {ontology_version} (OMIM, Orphanet), https://hpo.jax.org; "
        "Gene2Phenotype; GenCC flag and symbols of HGNC"
    )


def class_panel(rule, diseases, equivalents, ontology, links, genes):
    membership = classes.members(rule, diseases, equivalents, ontology)
    chosen = class_links(rule, membership, links, diseases)
    if rule.name == "mitochondrial":
        chosen += bare_mitochondrial(genes, {link.gene for link in chosen})
    return Panel(
        name=rule.name,
        title=rule.title,
        title_vi=rule.title_vi,
        source=hpo_source(ontology.version),
        licence=LICENCE["hpo"],
        links=chosen,
        query=rule.query,
    )


def bare_mitochondrial(genes, present):
    """The genes of mtDNA without a disease in HPO: all 37 are searched, these as amber."""
    return [
        Link(gene, ".", ".", frozenset({"MT"}), "amber", frozenset(), "unknown", "rCRS")
        for gene, row in genes.rows.items()
        if genes.chromosome(gene) == "MT" and row["locus_type"] in MITOCHONDRIAL_TYPES and gene not in present
    ]


def mendeliome(made, links):
    """Every link of every panel, and every gene–disease pair of HPO and G2P besides."""
    everything = {link: None for link in links}
    others = (panel.links for panel in made if panel.name in ("acmg_sf", "mitochondrial"))
    everything.update({link: None for found in others for link in found})
    return Panel(
        name="mendeliome",
        title="All genes of all panels and of every disease",
        title_vi="Mọi gen của mọi bảng gen và của mọi bệnh",
        source="all sources of the other panels",
        licence=LICENCE["hpo"],
        links=list(everything),
        query="every gene–disease pair of HPO and G2P; red: the disease is not Mendelian (somatic, multifactorial)",
    )


def write_genes(options, genes, wanted, here):
    """genes.tsv and transcripts.tsv; returns the genes with coordinates on each build."""
    names = ["hgnc_id", "symbol", "ensembl_gene", "aliases", "previous", "locus_type"]
    kept = gene_rows(genes, wanted)
    head = [f"#source: HGNC complete set, {genes.version}, https://www.genenames.org", "#licence: CC0 1.0"]
    write_table(os.path.join(options.output, "genes", "genes.tsv"), head, names, kept)

    mane = transcripts.read_mane(options.mane, genes)
    found = transcripts.on_primary(mane, genes) + transcripts.read_lifted(options.mane37, mane)
    found += transcripts.read_mitochondrial(os.path.join(here, "mtdna_genes.tsv"), genes)
    extra = os.path.join(here, "extra_transcripts.tsv")
    if os.path.exists(extra):
        found += transcripts.read_extra(extra)
    known = {"GRCh38": {row[0] for row in kept}}
    known["GRCh37"] = wanted if options.lean else known["GRCh38"]
    found = sorted((one for one in found if one.gene in known[one.assembly]), key=transcripts.Transcript.key)
    head = [
        "#source: MANE Select and Plus Clinical (NCBI, EMBL-EBI); GRCh37 rows are lifted from GRCh38, not annotated there",
        "#coordinates: 0-based, half-open; exon_starts are relative to tx_start; cds_start = cds_end: no coding sequence",
    ]
    write_table(
        os.path.join(options.output, "genes", "transcripts.tsv"), head, transcripts.COLUMNS, [one.row() for one in found]
    )
    return {build: {one.gene for one in found if one.assembly == build} for build in ("GRCh38", "GRCh37")}


def report(genes, gatherer, rows, wanted, placed):
    """What a reviewer reads after a rebuild."""
    for name, found in rows.items():
        levels = Counter(row[2] for row in found)
        warn(f"panel {name}: " + ", ".join(f"{levels[level]} {level}" for level in ("green", "amber", "red")))
    changes = Counter((said, read) for _, _, said, read in gatherer.changed)
    for (said, read), count in sorted(changes.items()):
        warn(f"inheritance: {said} read as {read} for {count} gene–source pairs (chromosome)")
    for build, found in placed.items():
        lost = sorted(genes.symbol(gene) for gene in wanted - found)
        warn(f"{build}: {len(lost)} panel or disease genes without coordinates: " + " ".join(lost))


if __name__ == "__main__":
    main()
