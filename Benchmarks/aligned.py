"""Reads of a stretch of chr22 as BAM and CRAM, and regions to ask their depth of.

The header has GRCh38's contigs. Stretches without unique reads and stretches with few make depths differ, as capture and repeats do.
"""

import os
import random

import inputs
import reads
import strands
from genome import CODING, CONTIGS, genes, panel_genes

CONTIG, START = "chr22", 17_000_000
# Genes of the panel where the reads are: two per cent of a stretch of 30 Mb; the rest of 500 lies on chromosomes without reads.
PANEL_GENES, SHARE = 500, 0.02
TARGETS, TARGET, TARGET_SPREAD = 546, 183, 60
# A substitution in so many bases, an indel in so many.
SUBSTITUTION, INDEL = 1000, 8000


def write(at, depth, megabases):
    draw = random.Random(f"aligned {depth} {megabases}")
    genome = strands.Genome([CONTIG])
    end = START + megabases * 1_000_000
    path = os.path.join(at, "genome.fa")
    genome.write(path)
    library = reads.Library(depth, unmappable=stretches(draw, end, 300_000, (500, 3000)),
                            thin=[(*one, draw.random() * 0.5) for one in stretches(draw, end, 100_000, (200, 800))])
    bam = os.path.join(at, "reads.bam")
    count = reads.write(bam, "SAMPLE", genome, strands.strands(person(genome, end, draw)), library, [(CONTIG, START, end)], f"aligned {depth}")
    reads.as_cram(bam, os.path.join(at, "reads.cram"), path)
    bed(os.path.join(at, "genes.bed"), chosen(end))
    bed(os.path.join(at, "targets.bed"), targets(draw, end))
    bed(os.path.join(at, "exons.bed"), exons(end))
    inputs.write(os.path.join(at, "lines"), f"{count}\n")


def stretches(draw, end, apart, sizes):
    """(start, end) of stretches, one in about so many bases."""
    found, at = [], START
    while (at := at + round(draw.expovariate(1 / apart)) + sizes[1]) < end:
        found.append((at, at + draw.randint(*sizes)))
    return found


def person(genome, end, draw):
    """Variants with their copies; none within 40 bases of another."""
    text, found, at = genome.text[CONTIG], [], START
    while (at := at + 40 + round(draw.expovariate(1 / SUBSTITUTION))) < end:
        copies = draw.choice((0.5, "0.5b", 1))
        if draw.random() < SUBSTITUTION / INDEL:
            size = draw.choice((1, 1, 1, 2, 2, 3, 4, 6, 10, 20))
            removed, added = (size, "") if draw.random() < 0.5 else (0, "".join(draw.choices("ACGT", k=size)))
            variant = strands.normalised(text, CONTIG, at, removed, added)
            # One in a repeat may have come far to the left.
            if found and variant.position - 1 < found[-1][0].end():
                continue
            at += size
        else:
            variant = strands.Variant(CONTIG, at + 1, text[at], draw.choice("ACGT".replace(text[at], "")))
        found.append((variant, copies))
    return found


def chosen(end):
    """Genes of the stretch up to the share, evenly among them, and genes of chr1 to chr7: (contig, start, end, symbol)."""
    here = [gene for gene in genes(CONTIG) if gene.start >= START and gene.end <= end and gene.end - gene.start <= 300_000]
    wanted, found, covered = SHARE * (end - START), [], 0
    step = max(1, len(here) // 12)
    for gene in [gene for offset in range(step) for gene in here[offset::step]]:
        if covered >= wanted:
            break
        found.append((CONTIG, gene.start, gene.end, gene.symbol))
        covered += gene.end - gene.start
    return [(contig, gene.start, gene.end, gene.symbol) for contig, gene in panel_genes()[:PANEL_GENES - len(found)]] + sorted(found)


def exons(end):
    """Coding exons of every gene of the stretch, with ten bases around, as an exome or a large panel has them."""
    return [(CONTIG, start - 10, stop + 10, f"{gene.symbol}:{number}") for gene in genes(CONTIG) if gene.start >= START and gene.end <= end
            for start, stop, kind, number, _ in gene.segments() if kind == CODING]


def targets(draw, end):
    found, step = [], (end - START) // TARGETS
    for number in range(TARGETS):
        size = max(30, round(draw.gauss(TARGET, TARGET_SPREAD)))
        at = START + number * step + draw.randint(0, max(0, step - size - 1))
        found.append((CONTIG, at, at + size, f"target{number + 1}"))
    return found


def bed(path, rows):
    order = [*CONTIGS, CONTIG]
    inputs.write(path, "".join("\t".join(map(str, row)) + "\n" for row in sorted(rows, key=lambda row: (order.index(row[0]), row[1]))))
