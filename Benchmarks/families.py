"""A trio whose reads know more than its calls: a child's new variants, of which a parent has a few reads, as VCF, BAM and case files.

Sites stand in coding exons of dominant genes, one an exon. Around each there are common variants that the trio inherited, so that
reads can be held to calls. The caller saw no new allele in a parent; a tenth of the sites has a parent that it did not call.
"""

import math
import os
import random
import subprocess
from dataclasses import dataclass

import inputs
import reads
import strands
from entries import SAMPLE, entry, header
from genome import CODING, PANEL, rows
from placing import Places

CONTIGS = ("chr19", "chr20", "chr22")
# Share of a parent's reads that show the child's new allele.
FRACTIONS = (0, 0.02, 0.05, 0.1, 0.2)
KINDS = ("snv", "snv", "snv", "deletion", "insertion")
LONGEST = 30
APART, AROUND, REACH = 1200, 6, 320
CLEAR, BETWEEN = 50, 45
COLUMNS = ("chrom", "pos", "ref", "alt", "kind", "in_repeat", "fraction", "parent", "not_called")
TRUTH = "truth.tsv"
# Alignments of each case file: as they are, or with two people's files under each other's names.
SWAPS = {"case": ("CHILD", "FATHER", "MOTHER"), "child-mother": ("MOTHER", "FATHER", "CHILD"), "father-mother": ("CHILD", "MOTHER", "FATHER")}
# Files whose header names no sample: a swap shows in the reads alone.
NAMELESS = "nameless"
# Inherited substitutions on a chromosome that has no reads: a child with a thousand new variants and few others would be nobody's.
FAR, FAR_COUNT, FAR_STEP = "chr21", 25_000, 1500
RARE = "gnomAD_AF=0;gnomAD_AF_grpmax=0;gnomAD_faf95=0;gnomAD_AC=0;gnomAD_AN=1614000;gnomAD_nhomalt=0"
COMMON = "gnomAD_AF=0.5;gnomAD_AF_grpmax=0.55;gnomAD_faf95=0.5;gnomAD_AC=807000;gnomAD_AN=1614000;gnomAD_nhomalt=200000"


TRANSITION = {"A": "G", "G": "A", "C": "T", "T": "C"}


@dataclass
class Site:
    """A new variant of the child."""
    variant: strands.Variant
    place: object
    kind: str
    in_repeat: bool
    fraction: float
    parent: str
    not_called: str

    def row(self):
        one = self.variant
        return (one.contig, one.position, one.ref, one.alt, self.kind, int(self.in_repeat), self.fraction, self.parent, self.not_called or ".")


def write(at, count, depth):
    """Writes `count` sites of each fraction, and the trio's reads at a depth, into a folder."""
    draw = random.Random(f"mosaic {count}")
    genome = strands.Genome(CONTIGS)
    chosen = exons(count * len(FRACTIONS), draw)
    plans = [planned(exon, number, draw) for number, exon in enumerate(chosen)]
    for contig in CONTIGS:
        genome.plant(contig, [(start, tract) for place, start, tract, _ in plans if tract and place.gene.contig == contig])
    sites = [site(genome, plan, number, draw) for number, plan in enumerate(plans)]
    shared = [(variant, copies) for one in sites for variant, copies in around(genome, one, draw)]
    genome.write(os.path.join(at, "genome.fa"))
    text = sorted([(order(one.variant), line_of(one, depth, draw)) for one in sites]
                  + [(order(variant), line_around(variant, copies, depth, draw)) for variant, copies in shared])
    variants(at, "".join(line for _, line in text if not line.startswith(CONTIGS[-1] + "\t")) + "".join(far(depth, draw))
             + "".join(line for _, line in text if line.startswith(CONTIGS[-1] + "\t")))
    inputs.write(os.path.join(at, TRUTH), "\n".join("\t".join(map(str, row)) for row in [COLUMNS, *(one.row() for one in sites)]) + "\n")
    inputs.panel(at, sorted({one.place.gene.hgnc: (one.place.gene.contig, one.place.gene) for one in sites}.values(), key=lambda one: one[1].symbol))
    inputs.write(os.path.join(at, "trio.ped"), inputs.PEDIGREE)
    windows = [(one.variant.contig, one.variant.position - REACH - 80, one.variant.position + REACH + 80) for one in sites]
    for sample in inputs.TRIO:
        path = os.path.join(at, sample + ".bam")
        reads.write(path, sample, genome, strands.strands(carried(sample, sites, shared)), reads.Library(depth), sorted(windows), f"mosaic {depth}")
        unnamed(path, os.path.join(at, f"{sample}.{NAMELESS}.bam"))
    cases(at)


def order(variant):
    return CONTIGS.index(variant.contig), variant.position, variant.ref, variant.alt


def exons(count, draw):
    """Places in the middle of coding exons of genes that only dominant disease is known of, far enough from each other."""
    dominant = {row[0] for row in rows(PANEL) if len(row) > 3 and row[2] == "green" and row[3] == "AD"}
    found = []
    for contig in CONTIGS:
        last = 0
        genes = sorted((gene for gene in Places().of_gene.values() if gene.contig == contig and gene.hgnc in dominant),
                       key=lambda gene: gene.start)
        for start, end, gene in sorted(((part[0], part[1], gene) for gene in genes for part in gene.parts if part[2] == CODING),
                                       key=lambda part: part[:2]):
            middle = (start + end) // 2
            if end - start >= 70 and middle >= last + APART:
                found.append((gene, middle))
                last = middle
    if len(found) < count:
        raise SystemExit(f"bench: {count} sites are asked for, {len(found)} exons are there")
    return draw.sample(found, count)


def planned(exon, number, draw):
    """Place, start, the tract to put there, and the unit of the tract: for every second deletion and insertion."""
    gene, at = exon
    serial = number // len(FRACTIONS)
    if KINDS[serial % len(KINDS)] == "snv" or serial // len(KINDS) % 2 == 0:
        return gene.place(at), at, "", ""
    size = draw.choice((1, 1, 2, 3))
    unit = "".join(draw.sample("ACGT", size))
    return gene.place(at), at, unit * draw.randint(max(3, 7 // size), 12 // size), unit


def site(genome, plan, number, draw):
    """The new variant at a place; fractions, kinds, parents and missing calls take turns."""
    place, at, tract, unit = plan
    contig, serial = place.gene.contig, number // len(FRACTIONS)
    text, kind = genome.text[contig], KINDS[serial % len(KINDS)]
    size = round(math.exp(draw.uniform(0, math.log(LONGEST))))
    if kind == "snv":
        variant = strands.Variant(contig, at + 1, text[at], draw.choice("ACGT".replace(text[at], "")))
    elif tract:
        copies = draw.randint(1, max(1, min(3, len(tract) // len(unit) - 2)))
        removed, added = (copies * len(unit), "") if kind == "deletion" else (0, copies * unit)
        variant = strands.normalised(text, contig, at, removed, added)
    else:
        removed, added = (size, "") if kind == "deletion" else (0, "".join(draw.choices("ACGT", k=size)))
        variant = strands.normalised(text, contig, at, removed, added)
    not_called = ("FATHER", "MOTHER")[serial // 20 % 2] if serial % 10 == serial // 10 % 10 else None
    return Site(variant, place, kind, bool(tract), FRACTIONS[number % len(FRACTIONS)], ("FATHER", "MOTHER")[serial % 2], not_called)


def around(genome, one, draw):
    """Common substitutions beside a site, with the chromosomes that have them: father's two, mother's two; the first of each is the child's."""
    contig, position = one.variant.contig, one.variant.position
    text, taken = genome.text[contig], [position]
    for _ in range(AROUND * 4):
        at = position + draw.randint(-REACH, REACH)
        near = [abs(at - other) for other in taken]
        if len(taken) > AROUND:
            break
        # The deletion reaches behind its place.
        if near[0] < CLEAR + LONGEST or min(near) < BETWEEN:
            continue
        copies = tuple(draw.random() < 0.5 for _ in range(4))
        if not any(copies):
            continue
        taken.append(at)
        yield strands.Variant(contig, at, text[at - 1], draw.choice("ACGT".replace(text[at - 1], "") if draw.random() < 0.3 else TRANSITION[text[at - 1]])), copies


def carried(sample, sites, shared):
    """(variant, copies) of one person, as reads.strands takes them."""
    found = []
    for variant, (father, other_father, mother, other_mother) in shared:
        first, second = {"CHILD": (father, mother), "FATHER": (father, other_father), "MOTHER": (mother, other_mother)}[sample]
        if first or second:
            found.append((variant, 1 if first and second else 0.5 if first else "0.5b"))
    for number, one in enumerate(sites):
        if sample == "CHILD":
            found.append((one.variant, (0.5, "0.5b")[number % 2]))
        elif sample == one.parent and one.fraction:
            found.append((one.variant, one.fraction))
    return found


def call(draw, genotype, depth):
    """GT:AD:DP:GQ; a parent without the allele has none of its reads, as a reference block would say."""
    total = max(8, reads.poisson(draw, depth))
    if genotype == "0/1":
        other = min(total - 3, max(3, sum(draw.random() < 0.49 for _ in range(total))))
    else:
        other = total if genotype == "1/1" else 0
    return f"{genotype}:{total - other},{other}:{total}:{min(99, 3 * total)}"


def line_of(one, depth, draw):
    term = {"snv": "missense_variant", "deletion": "inframe_deletion", "insertion": "inframe_insertion"}[one.kind]
    if abs(len(one.variant.ref) - len(one.variant.alt)) % 3:
        term = "frameshift_variant"
    missing = {sample: "./.:.:.:." for sample in (one.not_called,) if sample}
    calls = [call(draw, "0/1", depth), *(missing.get(sample) or call(draw, "0/0", depth) for sample in ("FATHER", "MOTHER"))]
    return record(one.variant, RARE + ";CSQ=" + entry(one.place, [term], one.variant.ref, one.variant.alt), calls)


def line_around(variant, copies, depth, draw):
    father, other_father, mother, other_mother = copies
    words = ("0/0", "0/1", "1/1")
    return record(variant, COMMON, [call(draw, words[one + other], depth) for one, other in (
        (father, mother), (father, other_father), (mother, other_mother))])


def far(depth, draw):
    """Lines between those of chr20 and of chr22. No sequence is asked for there, so the bases are invented."""
    for number in range(FAR_COUNT):
        ref, alt = draw.choice(("AG", "GA", "CT", "TC", "AC", "GT"))
        copies = tuple(draw.random() < 0.5 for _ in range(4))
        if any(copies):
            yield line_around(strands.Variant(FAR, 8_000_000 + number * FAR_STEP, ref, alt), copies, depth, draw)


def record(variant, info, calls):
    return "\t".join((variant.contig, str(variant.position), ".", variant.ref, variant.alt, "500", "PASS", info, "GT:AD:DP:GQ", *calls)) + "\n"


def variants(at, text):
    packed = inputs.Packed(os.path.join(at, "trio.vcf.gz"))
    packed.write(header().replace("FORMAT\t" + SAMPLE, "FORMAT\t" + "\t".join(inputs.TRIO)).encode("ascii"))
    packed.write(text.encode("ascii"))
    packed.close()


def unnamed(path, target):
    """A copy whose header names no sample."""
    told = subprocess.run(["samtools", "view", "-H", "--no-PG", path], check=True, capture_output=True, text=True).stdout
    told = "".join("\t".join(word for word in line.split("\t") if not word.startswith(("SM:", "LB:"))) + "\n" for line in told.splitlines())
    inputs.write(target + ".header", told)
    with open(target, "wb") as out:
        subprocess.run(["samtools", "reheader", "--no-PG", target + ".header", path], check=True, stdin=subprocess.DEVNULL, stdout=out)
    os.remove(target + ".header")
    inputs.run(["samtools", "index", target])


def cases(at):
    """A case file for each way to name the alignments, with and without names in their headers, and one without alignments."""
    common = inputs.CASE.replace("timing", "reads").replace("BENCH-001", "MOSAIC-001").replace("phenotypes: [HP:0001250, HP:0001263]\n", "")
    inputs.write(os.path.join(at, "without.yaml"), common)
    for name, order in SWAPS.items():
        for suffix in ("", "." + NAMELESS):
            files = ", ".join(f"{sample}: {other}{suffix}.bam" for sample, other in zip(inputs.TRIO, order))
            inputs.write(os.path.join(at, name + suffix + ".yaml"), common + f"alignments: {{{files}}}\nreference: genome.fa\n")
