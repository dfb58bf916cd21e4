"""A chromosome for consequence callers: chr20 of GRCh38 with its genes where they are, invented bases, and calls of a trio.

Coding sequences begin with ATG, end with TAA and have no stop within, so that every caller takes them as they are.
"""

import os
import random

from genome import COMPLEMENT, LENGTHS, genes

CONTIG = "chr20"
LINE = 60
STOPS = ("TAA", "TAG", "TGA")
# Calls keep away from the ends of the chromosome.
EDGE = 100_000
FORMAT = "GT:AD:DP:GQ:PL\t0/1:20,18:38:99:300,0,300\t0/0:40,0:40:99:0,99,900\t0/0:38,1:39:99:0,99,900"
INFO = "AC=1;AF=0.167;AN=6;DP=117;FS=1.2;MQ=60;QD=12.5"
DECLARED = [("INFO", name, number, kind) for name, number, kind in (
    ("AC", "A", "Integer"), ("AF", "A", "Float"), ("AN", "1", "Integer"), ("DP", "1", "Integer"), ("FS", "1", "Float"),
    ("MQ", "1", "Float"), ("QD", "1", "Float"))] + [("FORMAT", name, number, kind) for name, number, kind in (
        ("GT", "1", "String"), ("AD", "R", "Integer"), ("DP", "1", "Integer"), ("GQ", "1", "Integer"), ("PL", "G", "Integer"))]


def write(at, count):
    """Writes genome.fa with its index, model.gff3 and calls.vcf into a folder."""
    draw = random.Random(7)
    bases = bytearray(draw.choices(b"ACGT", k=LENGTHS[CONTIG]))
    with open(os.path.join(at, "model.gff3"), "w", encoding="ascii") as out:
        out.write("##gff-version 3\n")
        for gene in genes(CONTIG):
            parts = coding_parts(gene)
            if sum(end - start for start, end in parts) >= 9:
                plant(gene, parts, bases, draw)
                out.write(features(gene, parts))
    text = bases.decode("ascii")
    with open(os.path.join(at, "genome.fa"), "w", encoding="ascii") as out:
        out.write(f">{CONTIG}\n")
        out.writelines(text[start:start + LINE] + "\n" for start in range(0, len(text), LINE))
    with open(os.path.join(at, "genome.fa.fai"), "w", encoding="ascii") as out:
        out.write(f"{CONTIG}\t{len(text)}\t{len(CONTIG) + 2}\t{LINE}\t{LINE + 1}\n")
    with open(os.path.join(at, "calls.vcf"), "w", encoding="ascii") as out:
        out.writelines(calls(text, count, draw))


def coding_parts(gene):
    """Coding parts of the exons, ascending."""
    low, high = gene.coding
    return sorted((max(start, low), min(end, high)) for start, end in gene.exons if max(start, low) < min(end, high))


def plant(gene, parts, bases, draw):
    """Writes a coding sequence into the bases."""
    length = sum(end - start for start, end in parts)
    sense = [codon for codon in (a + b + c for a in "ACGT" for b in "ACGT" for c in "ACGT") if codon not in STOPS]
    sequence = ("ATG" + "".join(draw.choices(sense, k=length // 3 - 2)) + "TAA").ljust(length, "A")
    if not gene.forward:
        sequence = sequence.translate(COMPLEMENT)[::-1]
    done = 0
    for start, end in parts:
        bases[start:end] = sequence[done:done + end - start].encode("ascii")
        done += end - start


def features(gene, parts):
    """Lines of a gene as Ensembl's GFF3 has them."""
    transcript = gene.isoforms[0][0].split(".")[0]
    strand = "+" if gene.forward else "-"
    lines = []

    def add(kind, start, end, phase, attributes):
        lines.append(f"{CONTIG}\tbench\t{kind}\t{start + 1}\t{end}\t.\t{strand}\t{phase}\t{attributes}\n")

    add("gene", gene.start, gene.end, ".", f"ID=gene:G{transcript};Name={gene.symbol};biotype=protein_coding")
    add("mRNA", gene.start, gene.end, ".", f"ID=transcript:{transcript};Parent=gene:G{transcript};biotype=protein_coding")
    for start, end in sorted(gene.exons):
        add("exon", start, end, ".", f"Parent=transcript:{transcript}")
        for left, right, is_left in ((start, min(end, gene.coding[0]), True), (max(start, gene.coding[1]), end, False)):
            if left < right:
                add("five_prime_UTR" if is_left == gene.forward else "three_prime_UTR", left, right, ".", f"Parent=transcript:{transcript}")
    done = 0
    for start, end in parts if gene.forward else parts[::-1]:
        add("CDS", start, end, -done % 3, f"Parent=transcript:{transcript}")
        done += end - start
    return "".join(lines)


def calls(text, count, draw):
    """Lines of a VCF: substitutions, and an insertion or deletion in eight."""
    yield "##fileformat=VCFv4.2\n"
    yield f"##contig=<ID={CONTIG},length={len(text)}>\n"
    for group, name, number, kind in DECLARED:
        yield f'##{group}=<ID={name},Number={number},Type={kind},Description="Invented">\n'
    yield "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCHILD\tFATHER\tMOTHER\n"
    for position in sorted(draw.sample(range(EDGE, len(text) - EDGE), count)):
        reference, kind = text[position - 1], draw.random()
        if kind < 0.88:
            alternate = draw.choice([base for base in "ACGT" if base != reference])
        elif kind < 0.94:
            alternate = reference
            reference = text[position - 1:position + draw.randint(1, 6)]
        else:
            alternate = reference + "".join(draw.choices("ACGT", k=draw.randint(1, 5)))
        yield f"{CONTIG}\t{position}\t.\t{reference}\t{alternate}\t500\tPASS\t{INFO}\t{FORMAT}\n"
