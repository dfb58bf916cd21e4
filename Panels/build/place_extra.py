#!/usr/bin/env python3
"""Makes data/extra_transcripts.tsv: coordinates for genes that the MANE tables leave out of a build.

    python3 Panels/build/place_extra.py --hgnc F --mane F --mane37 F --ensembl38 F --ensembl37 F \\
        --gencode38 F --gencode37 F --to37 CHAIN --to38 CHAIN -o Panels

Run it after make_panels.py (it reads which genes need a place), then run make_panels.py again. In this order:

1. MANE_lifted_partial: a MANE transcript whose exons did not all keep their length on GRCh37. Each exon becomes
   its aligned part there, so the reading frame may shift: the two builds differ in sequence.
2. GENCODE_V24: exons of the canonical transcript on the build itself (or carried over from the other build, then
   GENCODE_V24_lifted), for coding genes that MANE has only on a patch, or not at all. The CDS comes from MANE's
   transcript on the patch where the exons agree; without one, cds_start = cds_end although the gene is coding.
3. Ensembl_extent: the gene's span as one block, for RNA genes. True exons for single-exon genes; for spliced
   RNA genes the introns are inside.
"""

import argparse
import os
from collections import Counter, defaultdict

import transcripts
from chain import Chains
from hgnc import Genes
from tables import open_text, read_rows, warn, write_table
from transcripts import CONTIGS, Transcript

# Below this share of aligned exon bases a transcript has no honest place on the other build.
LEAST_ALIGNED = 0.5
# Ends of one gene in two annotations differ by less than this many bases in all, or it is another gene.
NEAR = 100


def main():
    options = parse()
    genes = Genes(options.hgnc)
    mane = transcripts.read_mane(options.mane, genes)
    primary = [one for one in mane.values() if one.contig in CONTIGS]
    lifted = {one.ensembl for one in transcripts.read_lifted(options.mane37, mane)}
    to37, to38 = Chains(options.to37), Chains(options.to38)

    models = {
        "GRCh38": read_gencode(options.gencode38, "GRCh38", genes),
        "GRCh37": read_gencode(options.gencode37, "GRCh37", genes),
    }
    extents = {
        "GRCh38": read_extents(options.ensembl38, "GRCh38", genes),
        "GRCh37": read_extents(options.ensembl37, "GRCh37", genes),
    }
    across = {"GRCh38": ("GRCh37", to38), "GRCh37": ("GRCh38", to37)}

    parts = [lift(one, to37, "GRCh37", "MANE_lifted_partial") for one in primary if one.ensembl not in lifted]
    found = confirmed([one for one in parts if one], extents["GRCh37"], genes)
    placed = {
        "GRCh38": {one.gene for one in primary},
        "GRCh37": {mane[name].gene for name in lifted} | {one.gene for one in found},
    }
    patches = {one.gene: one for one in mane.values() if one.contig not in CONTIGS}
    wanted = {gene for gene in panel_genes(options.output) if genes.chromosome(gene) != "MT"}
    for build, (other, chains) in across.items():
        for gene in sorted(wanted - placed[build]):
            one = models[build].get(gene)
            if one is None and gene in models[other]:
                one = lift(models[other][gene], chains, build, "GENCODE_V24_lifted")
            if one is not None and gene in patches:
                take_cds(one, patches[gene])
            if one is None and gene in extents[build]:
                one = widened(extents[build][gene], extents[other].get(gene), build, chains)
            if one:
                found.append(one)
            else:
                warn(f"{build}: no place for {genes.symbol(gene)}")
    head = [
        "# Made by build/place_extra.py, which says what each origin means and where it comes from.",
        "# Rows for genes that the MANE tables leave out of a build; same columns as genes/transcripts.tsv.",
    ]
    rows = [one.row() for one in sorted(found, key=Transcript.key)]
    write_table(os.path.join(options.output, "data", "extra_transcripts.tsv"), head, transcripts.COLUMNS, rows)
    warn(f"extra transcripts: {dict(Counter((one.assembly, one.origin) for one in found))}")


def parse():
    parser = argparse.ArgumentParser(description="Places genes that the MANE tables leave out of a build.")
    for name in ("hgnc", "mane", "mane37", "ensembl38", "ensembl37", "gencode38", "gencode37", "to37", "to38"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("-o", "--output", required=True, help="the folder Panels")
    return parser.parse_args()


def panel_genes(folder):
    """Every gene that a panel or a disease names: the mendeliome holds both."""
    return {row["hgnc_id"] for row in read_rows(os.path.join(folder, "mendeliome.tsv"), comment="#")}


def lift(one, chains, build, origin):
    """The transcript on another build by its best chain; None when less than half of it aligns."""
    pieces = defaultdict(list)
    for index, (start, end) in enumerate(one.exons):
        for chain, contig, low, high, forward in chains.lift(one.contig, start, end):
            if contig in CONTIGS:
                pieces[chain, contig, forward].append((index, low, high))
    total = sum(end - start for start, end in one.exons)
    if not pieces:
        return None
    place, best = max(pieces.items(), key=lambda item: (sum(high - low for _, low, high in item[1]), -item[0][0]))
    if sum(high - low for _, low, high in best) < LEAST_ALIGNED * total:
        return None
    chain, contig, forward = place
    exons = sorted(
        (min(low for i, low, _ in best if i == index), max(high for i, _, high in best if i == index))
        for index in {i for i, _, _ in best}
    )
    return Transcript(
        assembly=build,
        contig=contig,
        strand=one.strand if forward else {"+": "-", "-": "+"}[one.strand],
        cds=_lift_cds(one, chains, place),
        exons=exons,
        tag=one.tag,
        refseq=one.refseq,
        ensembl=one.ensembl,
        protein=one.protein,
        gene=one.gene,
        origin=origin,
    )


def _lift_cds(one, chains, place):
    """From the first to the last coding base that aligns."""
    if one.cds is None:
        return None
    spans = []
    for start, end in one.exons:
        low, high = max(start, one.cds[0]), min(end, one.cds[1])
        if low < high:
            for chain, contig, new_low, new_high, forward in chains.lift(one.contig, low, high):
                if (chain, contig, forward) == place:
                    spans.append((new_low, new_high))
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def read_gencode(path, build, genes):
    """Canonical GENCODE V24 transcripts: NAME CHROM STRAND TX_START TX_END EXON_START EXON_END, 0-based."""
    found = {}
    for row in read_rows(path):
        gene = genes.find(symbol=row["#NAME"])
        if gene is None or row["CHROM"] not in CONTIGS:
            continue
        exons = list(zip(transcripts.numbers(row["EXON_START"]), transcripts.numbers(row["EXON_END"])))
        found[gene] = Transcript(
            build, row["CHROM"], row["STRAND"], None, exons, "other", ".", ".", ".", gene, "GENCODE_V24"
        )
    return found


def take_cds(one, patch):
    """Carries MANE's CDS from the patch to the chromosome: each end by an exon that shares a boundary there.

    An end whose exon is not on the chromosome (SHANK3's first coding exon) is cut to the nearest exon that is.
    """
    shifts = {}  # patch exon -> offset to the chromosome
    for start, end in patch.exons:
        for other_start, other_end in one.exons:
            if end - start == other_end - other_start:
                shifts.setdefault((start, end), other_start - start)
    if not shifts:
        return
    ends = []
    for position, is_start in ((patch.cds[0], True), (patch.cds[1], False)):
        exon = next(exon for exon in patch.exons if exon[0] <= position <= exon[1])
        near = min(shifts, key=lambda known: abs(known[0] - exon[0]))
        guess = position + _boundary_shift(exon, one.exons, shifts[near])
        inside = [e for e in one.exons if e[0] <= guess <= e[1]]
        if inside:
            ends.append(guess)
        else:
            ends.append(min((e[0] if is_start else e[1] for e in one.exons), key=lambda edge: abs(edge - guess)))
    one.cds = (ends[0], ends[1])


def _boundary_shift(exon, exons, near):
    """The offset of the exon that shares its start or end, looked for close to a neighbour's offset."""
    offers = [other[0] - exon[0] for other in exons] + [other[1] - exon[1] for other in exons]
    return min(offers, key=lambda offer: (abs(offer - near), offer))


def read_extents(path, build, genes):
    """Ensembl genes: contig, start, end (1-based, inclusive), symbol, id; patches are left out."""
    found = {}
    with open_text(path) as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#") or fields[0] not in CONTIGS:
                continue
            gene = genes.find(ensembl=fields[4], symbol=fields[3])
            if gene is not None:
                span = (int(fields[1]) - 1, int(fields[2]))
                # Ensembl's table has no strand; '+' would be a guess.
                found[gene] = Transcript(
                    build, fields[0], ".", None, [span], "other", ".", ".", ".", gene, "Ensembl_extent"
                )
    return found


def widened(extent, other, build, chains):
    """The extent, and what the other build's annotation adds at its ends.

    Ensembl moved RMRP's ends by a few bases between releases; known pathogenic alleles lie in that difference.
    """
    moved = other and lift(other, chains, build, extent.origin)
    if moved and moved.contig == extent.contig and abs(moved.start - extent.start) + abs(moved.end - extent.end) < NEAR:
        extent.exons = [(min(extent.start, moved.start), max(extent.end, moved.end))]
    return extent


def confirmed(found, extents, genes):
    """Only what lies where Ensembl has the gene: chains also join paralogues (SEC22B, FAM72B)."""
    sure, unsure = [], []
    for one in found:
        extent = extents.get(one.gene)
        if extent and one.contig == extent.contig and one.start < extent.end and extent.start < one.end:
            sure.append(one)
        else:
            unsure.append(genes.symbol(one.gene))
    warn(f"GRCh37: {len(unsure)} lifted transcripts not confirmed by Ensembl: " + " ".join(sorted(unsure)))
    return sure


if __name__ == "__main__":
    main()
