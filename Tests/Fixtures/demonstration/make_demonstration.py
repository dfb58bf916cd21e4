#!/usr/bin/env python3
"""Makes trio.vcf.gz, the demonstration family, from sites.tsv, planted.py and the genes of Panels.

usage: make_demonstration.py [PANELS]        (default: the Panels folder of this checkout)

Standard library only. The same inputs give the same text on every machine, and the same bytes with the same zlib.
"""

import math
import os
import random
import struct
import sys
import zlib

from planted import MITOCHONDRIAL, PLANTED, Planted
from transcripts import CSQ, Transcripts, consequence, table

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = ("CHILD", "MOTHER", "FATHER")
LENGTHS = dict(zip([str(n) for n in range(1, 23)] + ["X", "Y", "MT"], (
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422,
    135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983,
    50818468, 156040895, 57227415, 16569)))
ORDER = {contig: i for i, contig in enumerate(LENGTHS)}
NAMES = {contig: "chrM" if contig == "MT" else "chr" + contig for contig in LENGTHS}
REVIEW = ("no_assertion_criteria_provided", "criteria_provided,_single_submitter",
          "criteria_provided,_multiple_submitters,_no_conflicts", "reviewed_by_expert_panel", "practice_guideline")
GNOMAD_AN = 1_614_000
# Last base of the first pseudoautosomal region of chrX, where a boy has two copies.
PSEUDOAUTOSOMAL_END = 2_781_479
READ_ERROR = 0.002

HEADER = """##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
##FILTER=<ID=VQSRTrancheSNP99.90to100.00,Description="Truth sensitivity tranche level for SNP model">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality, Phred">
##FORMAT=<ID=PGT,Number=1,Type=String,Description="Genotype in physical phase">
##FORMAT=<ID=PID,Number=1,Type=String,Description="Name of the physical phase set">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Genotype likelihoods, Phred">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Position of the physical phase set">
##INFO=<ID=AC,Number=A,Type=Integer,Description="Alternate alleles in genotypes">
##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency of each alternate allele in genotypes">
##INFO=<ID=AN,Number=1,Type=Integer,Description="Alleles in genotypes">
##INFO=<ID=DP,Number=1,Type=Integer,Description="Reads of all samples">
##INFO=<ID=FS,Number=1,Type=Float,Description="Strand bias, Fisher's exact test, Phred">
##INFO=<ID=MQ,Number=1,Type=Float,Description="Mapping quality, root mean square">
##INFO=<ID=QD,Number=1,Type=Float,Description="QUAL over reads of carriers">
##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="Demonstration figure: frequency in the population">
##INFO=<ID=gnomAD_AF_grpmax,Number=A,Type=Float,Description="Demonstration figure: highest frequency of a group">
##INFO=<ID=gnomAD_faf95,Number=A,Type=Float,Description="Demonstration figure: filtering allele frequency, 95 %">
##INFO=<ID=gnomAD_AC,Number=A,Type=Integer,Description="Demonstration figure: alleles in the population">
##INFO=<ID=gnomAD_AN,Number=A,Type=Integer,Description="Demonstration figure: chromosomes looked at">
##INFO=<ID=gnomAD_nhomalt,Number=A,Type=Integer,Description="Demonstration figure: homozygous people">
##INFO=<ID=gnomAD_nhemi,Number=A,Type=Integer,Description="Demonstration figure: hemizygous males, chrX only">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Clinical significance in ClinVar of September 2016">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="Review status in ClinVar">
##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations in VEP's layout. Format: {csq}">
##INFO=<ID=EXPECT,Number=1,Type=String,Description="What was planted here, and is to be found; absent: background">
"""


class Family:
    """Child, mother, father: who inherits which allele, and the reads that show it."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.passed, self.last = {}, None

    def haplotypes(self, contig, position):
        """Which of the mother's and of the father's two copies went to the child: one crossing-over in 60 Mb."""
        for parent in ("mother", "father"):
            if self.last is None or self.last[0] != contig:
                self.passed[parent] = self.chance.randrange(2)
            elif self.chance.random() < 1 - math.exp(-(position - self.last[1]) / 60e6):
                self.passed[parent] = 1 - self.passed[parent]
        self.last = (contig, position)
        return self.passed["mother"], self.passed["father"]

    def genotypes(self, contig, position, frequency):
        """Genotypes of a background site that at least one of the three carries."""
        from_mother, from_father = self.haplotypes(contig, position)
        if frequency < 0.01:
            # One copy in one parent, so that no rare allele of the background is homozygous.
            copies = [[0, 0], [0, 0]]
            copies[self.chance.randrange(2)][self.chance.randrange(2)] = 1
        else:
            while True:
                copies = [[int(self.chance.random() < frequency) for _ in range(2)] for _ in range(2)]
                if contig == "X":
                    copies[1] = [copies[1][0]] * 2
                if any(copies[0] + copies[1]):
                    break
        mother, father = copies
        child = [mother[from_mother], father[from_father]]
        if contig == "X":
            child = [mother[from_mother]] * 2
        return ["{}/{}".format(*sorted(pair)) for pair in (child, mother, father)]

    def depth(self, contig, sample):
        single = contig == "Y" or contig == "X" and sample != 1
        mean = 1_800 if contig == "MT" else 17 if single else 34
        return max(12 if single else 14, round(self.chance.gauss(mean, mean / 5)))

    def reads(self, contig, sample, genotype, alleles, error=READ_ERROR):
        """Reads of each allele: binomial, one read in 500 wrong."""
        copies = [int(a) for a in genotype.split("/")]
        counts = [0] * alleles
        for _ in range(self.depth(contig, sample)):
            allele = copies[self.chance.randrange(2)]
            if self.chance.random() < error:
                allele = 1 if allele == 0 else 0
            counts[allele] += 1
        if copies[0] != copies[1] and min(counts[a] for a in copies) < sum(counts) * 0.27:
            return self.reads(contig, sample, genotype, alleles, error)
        return counts


def likelihoods(counts, genotype):
    """PL of every unordered pair of alleles, the called one lowest, and GQ."""
    scores = []
    for high in range(len(counts)):
        for low in range(high + 1):
            score = 0.0
            for allele, reads in enumerate(counts):
                share = ((allele == low) + (allele == high)) / 2
                score -= 10 * reads * math.log10(share * (1 - READ_ERROR) + (1 - share) * READ_ERROR)
            scores.append(score)
    low, high = (int(a) for a in genotype.split("/"))
    called = high * (high + 1) // 2 + low
    scores = [max(0, round(s - scores[called])) if i != called else 0 for i, s in enumerate(scores)]
    others = sorted(s for i, s in enumerate(scores) if i != called)
    return scores, min(99, others[0])


def filtering_frequency(count, number):
    """Frequency at which at least `count` alleles of `number` are seen with a chance of 5 % (Poisson)."""
    if count == 0:
        return 0.0
    low, high = 0.0, count + 1.0
    for _ in range(60):
        middle = (low + high) / 2
        term = total = math.exp(-middle)
        for k in range(1, count):
            term *= middle / k
            total += term
        if 1 - total < 0.05:
            low = middle
        else:
            high = middle
    return low / number


def population(contig, frequency, highest, homozygotes, number):
    """Population figures of one allele; none of them when nobody looked."""
    if frequency is None:
        return None
    count = round(frequency * number)
    group = number // 5
    group_count = min(round(highest * group), 600)
    scale = group if round(highest * group) <= 600 else 600 / highest
    if homozygotes is None:
        homozygotes = math.floor(frequency ** 2 * number / 2)
    figures = {
        "gnomAD_AF": f"{frequency:.3g}", "gnomAD_AF_grpmax": f"{highest:.3g}",
        "gnomAD_faf95": f"{filtering_frequency(group_count, scale):.3g}", "gnomAD_AC": str(count),
        "gnomAD_AN": str(number), "gnomAD_nhomalt": str(homozygotes)}
    if contig == "X":
        figures["gnomAD_nhemi"] = str(math.floor(count / 3))
    return figures


class Writer:
    def __init__(self, transcripts):
        self.transcripts, self.family = transcripts, Family(1250)
        # Scores are drawn apart, so that a new one moves no genotype.
        self.scores = random.Random(263)
        self.records = []

    def record(self, site: Planted, highest, number, is_planted):
        contig, alleles = site.contig, 1 + len(site.alts)
        samples, total, quality, carried = [], 0, 0.0, 0
        for i, genotype in enumerate(site.people):
            if genotype == "./.":
                samples.append(("./.", "0," * (alleles - 1) + "0", "0", "0", ".", ".", ".", "."))
                continue
            # What a planted record shows is what it says: no chance read of the other allele.
            error = 0 if is_planted else READ_ERROR
            place = "PAR" if contig == "X" and site.position <= PSEUDOAUTOSOMAL_END else contig
            counts = site.reads.get(i) or self.family.reads(place, i, genotype, alleles, error)
            scores, confidence = likelihoods(counts, genotype)
            pgt, pid = site.phase.get(i, (".", "."))
            called = pgt if pgt != "." else genotype
            samples.append((called, ",".join(map(str, counts)), str(sum(counts)), str(confidence), pgt, pid,
                            ",".join(map(str, scores)), pid.split("_")[0]))
            total += sum(counts)
            if genotype != "0/0":
                quality += scores[0]
                carried += sum(counts)
        keys = [("GT", 0), ("AD", 1), ("DP", 2), ("GQ", 3), ("PL", 6)]
        if site.phase:
            keys = [("GT", 0), ("AD", 1), ("DP", 2), ("GQ", 3), ("PGT", 4), ("PID", 5), ("PL", 6), ("PS", 7)]
        info = self.info(site, total, quality, carried, highest, number)
        if is_planted:
            info.append(f"EXPECT={site.expect}")
        line = [NAMES[contig], str(site.position), ".", site.ref, ",".join(site.alts), f"{quality:.2f}", site.filter,
                ";".join(info), ":".join(k for k, _ in keys)] + [":".join(s[i] for _, i in keys) for s in samples]
        self.records.append((ORDER[contig], site.position, "\t".join(line)))

    def info(self, site, total, quality, carried, highest, number):
        copies = [a for genotype in site.people if genotype != "./." for a in genotype.split("/")]
        counts = [copies.count(str(i + 1)) for i in range(len(site.alts))]
        info = ["AC=" + ",".join(map(str, counts)), "AF=" + ",".join(f"{c / len(copies):.3g}" for c in counts),
                f"AN={len(copies)}", f"DP={total}", f"FS={self.scores.expovariate(0.8):.1f}",
                f"MQ={60 - min(2.0, self.scores.expovariate(12)):.1f}", f"QD={min(36.0, quality / max(1, carried)):.1f}"]
        figures = [population(site.contig, f, h, site.homozygotes, number) for f, h in zip(site.frequency, highest)]
        for key in next((f for f in figures if f), {}):
            info.append(f"{key}=" + ",".join(f[key] if f else "." for f in figures))
        if site.significance:
            info += [f"CLNSIG={site.significance}", f"CLNREVSTAT={REVIEW[site.stars]}"]
        entries = []
        residues = site.residues + (None,) * (len(site.alts) - len(site.residues))
        for alt, known in zip(site.alts, residues):
            if alt != "*":
                entries += self.entries(site, alt, known)
        return info + (["CSQ=" + ",".join(entries)] if entries else [])

    def entries(self, site, alt, residues):
        found = []
        for transcript in self.transcripts.over(site.contig, site.position - 1, site.position):
            entry = consequence(transcript, site.position, site.ref, alt, residues)
            entry["Allele"] = alt if len(alt) == len(site.ref) else alt[1:] or "-"
            if site.contig == "MT":
                entry["HGVSc"] = f"NC_012920.1:m.{site.position}{site.ref}>{alt}"
            terms = entry["Consequence"]
            if "missense" in terms and site.contig != "MT":
                entry["REVEL"] = f"{site.revel if site.revel is not None else self.scores.betavariate(1.4, 4):.2f}"
            drawn = 24 if "missense" in terms else 9
            entry["CADD_PHRED"] = f"{site.cadd if site.cadd is not None else self.scores.triangular(0.1, drawn, 6):.1f}"
            near = site.splice if site.splice is not None else min(0.09, self.scores.expovariate(80))
            entry["SpliceAI_pred_DS_max"] = f"{near:.2f}" if site.contig != "MT" else ""
            found.append("|".join(entry.get(key, "") for key in CSQ))
        return found


def background(family):
    """Sites of sites.tsv and of the mitochondrion, with their genotypes."""
    for row in table(f"{HERE}/sites.tsv"):
        contig, position, frequency = row["contig"], int(row["pos"]), float(row["af"])
        if contig == "Y":
            people = ("1/1", "./.", "1/1")
        else:
            people = tuple(family.genotypes(contig, position, frequency))
        known = row["clnsig"] != "."
        if row["source"] == "1000G" and family.chance.random() < 0.004:
            people = people[:2] + ("./.",)
        passed = "PASS" if frequency < 0.01 or family.chance.random() > 0.02 else "VQSRTrancheSNP99.90to100.00"
        yield Planted(
            contig, position, row["ref"], (row["alt"],), "", people, (None if row["residues"] == "." else row["residues"],),
            (frequency,), significance=row["clnsig"] if known else None, stars=int(row["stars"]) if known else 0,
            filter=passed), (float(row["af_grpmax"]),), 5008 if row["source"] == "1000G" else GNOMAD_AN
    for position, ref, alt, frequency, is_everyone in MITOCHONDRIAL:
        people = ("1/1", "1/1", "1/1" if is_everyone else "0/0")
        yield Planted("MT", position, ref, (alt,), "", people, frequency=(frequency,)), (frequency,), 113_000


def compressed(text):
    """BGZF of at most 0xff00 bytes a block, with its end block (SAM specification, section 4.1)."""
    def block(data):
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = deflate.compress(data) + deflate.flush()
        head = struct.pack("<4BI2BH2BHH", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, len(body) + 25)
        return head + body + struct.pack("<II", zlib.crc32(data), len(data))
    return b"".join(block(text[i:i + 0xFF00]) for i in range(0, len(text), 0xFF00)) + block(b"")


def main(panels):
    writer = Writer(Transcripts(panels))
    for site, highest, number in background(writer.family):
        writer.record(site, highest, number, is_planted=False)
    for site in PLANTED:
        highest = tuple(None if f is None else min(1.0, f * 1.6) for f in site.frequency)
        writer.record(site, highest, GNOMAD_AN, is_planted=True)
    header = HEADER.format(csq="|".join(CSQ))
    header += "".join(f"##contig=<ID={NAMES[c]},length={n},assembly=GRCh38>\n" for c, n in LENGTHS.items())
    header += "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *SAMPLES]) + "\n"
    writer.records.sort(key=lambda r: r[:2])
    text = header + "".join(line + "\n" for _, _, line in writer.records)
    with open(f"{HERE}/trio.vcf.gz", "wb") as out:
        out.write(compressed(text.encode("ascii")))
    print(f"{len(writer.records)} records, {len(PLANTED)} of them planted")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else f"{HERE}/../../../Panels")
