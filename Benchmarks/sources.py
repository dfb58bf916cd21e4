"""Public sources for look-ups: sites of a population with counts, a ClinVar, and calls of one sample that meet them.

Alleles are invented on the first chromosomes of GRCh38. Every tenth site of the population is called; every hundredth is in the
ClinVar.
"""

import os
import random

from genome import LENGTHS

CONTIGS = ("chr1", "chr2", "chr3")
BASES = "ACGT"
OTHERS = {base: [other for other in BASES if other != base] for base in BASES}
SIGNIFICANCE = ("Pathogenic", "Likely_pathogenic", "Uncertain_significance", "Likely_benign", "Benign")
REVIEW = ("criteria_provided,_single_submitter", "criteria_provided,_multiple_submitters,_no_conflicts",
          "no_assertion_criteria_provided", "reviewed_by_expert_panel")


def head(fields, samples=()):
    lines = ["##fileformat=VCFv4.2", "##fileDate=2026-01-01"]
    lines += [f"##contig=<ID={contig},length={LENGTHS[contig]}>" for contig in CONTIGS]
    lines += [f'##INFO=<ID={name},Number={number},Type={kind},Description="invented">' for name, number, kind in fields]
    lines += ['##FORMAT=<ID=GT,Number=1,Type=String,Description="genotype">'] if samples else []
    return "\n".join(lines) + "\n#" + "\t".join(
        ["CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", *(["FORMAT"] if samples else []), *samples]) + "\n"


def write(count, population, clinvar, calls):
    """Writes to three open files; all lines are ASCII bytes."""
    draw = random.Random(11)
    population.write(head([("AC", "A", "Integer"), ("AF", "A", "Float"), ("AN", "1", "Integer"),
                           ("nhomalt", "A", "Integer")]).encode("ascii"))
    clinvar.write(head([("CLNSIG", ".", "String"), ("CLNREVSTAT", ".", "String"), ("CLNDN", ".", "String")]).encode("ascii"))
    calls.write(head([("DP", "1", "Integer")], ["S"]).encode("ascii"))
    total, number = sum(LENGTHS[contig] for contig in CONTIGS), 0
    for contig in CONTIGS:
        step = LENGTHS[contig] * total // (count * LENGTHS[contig])
        for position in range(10_000, LENGTHS[contig] - 10_000, step):
            number += 1
            site = position + draw.randrange(max(1, step - 20))
            reference, alternate = allele(draw)
            copies = 1 if draw.random() < 0.55 else int(1 / (draw.random() + 1e-5))
            chromosomes = 152_000 - 2 * int(3_000 * draw.random() * draw.random())
            population.write(
                f"{contig}\t{site}\t.\t{reference}\t{alternate}\t.\tPASS\tAC={copies};AF={copies / chromosomes:.5e};"
                f"AN={chromosomes};nhomalt={copies * copies // chromosomes // 2}\n".encode("ascii"))
            if number % 10 == 0:
                calls.write(f"{contig}\t{site}\t.\t{reference}\t{alternate}\t50\tPASS\tDP=30\tGT\t0/1\n".encode("ascii"))
            if number % 100 == 0:
                clinvar.write(
                    f"{contig}\t{site}\t{number}\t{reference}\t{alternate}\t.\t.\tCLNSIG={draw.choice(SIGNIFICANCE)};"
                    f"CLNREVSTAT={draw.choice(REVIEW)};CLNDN=Condition_{draw.randrange(5_000)}\n".encode("ascii"))


def allele(draw):
    """Nine of ten are substitutions."""
    reference, kind = draw.choice(BASES), draw.random()
    if kind < 0.9:
        return reference, draw.choice(OTHERS[reference])
    tail = "".join(draw.choice(BASES) for _ in range(1 + draw.randrange(6)))
    return (reference, reference + tail) if kind < 0.95 else (reference + tail, reference)
