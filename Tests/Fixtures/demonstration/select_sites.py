#!/usr/bin/env python3
"""Chooses the background sites of the demonstration family: real alleles of GRCh38 in genes of its panels.

usage: select_sites.py PANELS KGP CLINVAR CLINVAR_HGVS SNPS >sites.tsv

KGP: frequencies of 2,504 people of 1000 Genomes at exonic SNPs (chrom pos ref alt AF AF_AFR AF_AMR AF_EAS AF_EUR AF_SAS).
CLINVAR, CLINVAR_HGVS: ClinVar of 2016 on GRCh38, and its protein changes, joined by measureset_id.
SNPS: a sites-only VCF of common SNPs with INFO/AF, for chrX and chrY.
Only run again when other sites are wanted; the table is what make_demonstration.py reads.
"""

import csv
import gzip
import random
import re
import sys

from transcripts import ONE, Transcripts, consequence, table

PANELS = ("epilepsy", "intellectual_disability", "developmental")
# Genes with a planted variant carry no rare background, so that each lead is what it says.
PLANTED = set("STXBP1 TPP1 SLC16A2 GRIN2B SCN2A ALDH7A1 CDH15 PAH ATP1A3 CLN8 CC2D2A ADSL PNKP CLN6 SCN1A SHOX OPHN1 "
              "POLG SYNGAP1 LDLR TSC2".split())
STARS = (("guideline", "4"), ("expert", "3"), ("multiple", "2"), ("single", "1"), ("conflicting", "1"))
PSEUDOAUTOSOMAL = ((10_001, 2_781_479), (155_701_383, 156_030_895))


def main(folder, kgp, clinvar, clinvar_hgvs, snps):
    csv.field_size_limit(1 << 30)
    chance = random.Random(38)
    transcripts = Transcripts(folder)
    green, lenient = panel_genes(folder)
    taken, rare_genes, rows = set(), set(), []

    def add(contig, position, ref, alt, frequency, highest, residues=".", significance=".", review=".", source="."):
        """Takes a site unless its neighbourhood, its genes or its kind forbid it."""
        if any((contig, position + d) in taken for d in range(-3, 4)):
            return False
        over = transcripts.over(contig, position - 1, position)
        if not over or float(frequency) < 0.5 and not any(t.hgnc in green for t in over):
            return False
        try:
            effects = [consequence(t, position, ref, alt, None if residues == "." else residues) for t in over]
        except ValueError:
            return False
        if any(e["Consequence"].split("&")[0] in ("start_lost", "stop_lost", "stop_gained") for e in effects):
            return False
        if float(frequency) < 0.01:
            names = {t.symbol for t in over}
            matters = any(e["IMPACT"] in ("HIGH", "MODERATE") or "splice" in e["Consequence"] for e in effects)
            if names & PLANTED or any(t.hgnc in lenient for t in over) and matters:
                return False
            if matters and names & rare_genes:
                return False
            if matters:
                rare_genes.update(names)
        taken.add((contig, position))
        rows.append((contig, position, ref, alt, frequency, highest, residues, significance, review, source))
        return True

    def is_surplus(ref, alt):
        """Leaves out some transitions, of which lists of known alleles have too many."""
        return ref + alt in ("AG", "GA", "CT", "TC") and chance.random() < 0.3

    known = read_clinvar(clinvar, clinvar_hgvs)
    thousand = [r for r in csv.DictReader(open(kgp, encoding="utf-8"), delimiter="\t")]
    chance.shuffle(thousand)
    # Many frequent alleles, in whatever gene: a person's heterozygotes are then about twice the homozygotes, as in an exome.
    wanted = {"frequent": 570, "middle": 640, "common": 200, "rare": 150}
    for r in thousand:
        frequency = float(r["AF"])
        kind = "frequent" if frequency >= 0.5 else "middle" if frequency >= 0.2 else "common" if frequency >= 0.05 else "rare"
        if wanted[kind] == 0:
            continue
        key = (r["chrom"][3:], int(r["pos"]), r["ref"], r["alt"])
        if key[2] not in "ACGT" or key[3] not in "ACGT":
            continue
        if kind in ("common", "rare") and is_surplus(*key[2:]):
            continue
        highest = max(float(r["AF_" + g]) for g in ("AFR", "AMR", "EAS", "EUR", "SAS"))
        # What ClinVar calls disease-causing is planted or left out.
        told = known.get(key, (".", ".", "."))
        if "athogenic" in told[1]:
            continue
        wanted[kind] -= add(*key, short(frequency), short(highest), *told, "1000G")
    rare = sorted(known)
    chance.shuffle(rare)
    left = 370
    for key in rare:
        residues, significance, review = known[key]
        if left == 0 or "athogenic" in significance or key[0] in ("X", "Y", "MT") or max(len(key[2]), len(key[3])) > 6:
            continue
        is_substitution = len(key[2]) == len(key[3]) == 1
        if residues == "." and is_substitution and chance.random() < 0.3 or (not is_substitution and chance.random() < 0.5):
            continue
        if not is_substitution and 1 not in (len(key[2]), len(key[3])) or is_surplus(*key[2:]):
            continue
        exponent = chance.uniform(-3.3, -2.05) if "enign" in significance else chance.uniform(-5.3, -3.7)
        left -= add(*key, short(10 ** exponent), short(10 ** exponent * 1.8), residues, significance, review, "ClinVar")
    common = read_snps(snps)
    chance.shuffle(common)
    left = 150
    for contig, position, ref, alt, frequency in common:
        inside = any(low <= position <= high for low, high in PSEUDOAUTOSOMAL)
        if contig == "X" and left and not inside and 0.25 <= frequency <= 0.75:
            left -= add(contig, position, ref, alt, short(frequency), short(frequency), source="ngs-bits")
        elif contig == "Y" and position > 2_781_479 and frequency > 0.08:
            rows.append((contig, position, ref, alt, short(frequency), short(frequency), ".", ".", ".", "ngs-bits"))
    write(rows)


def panel_genes(folder):
    """Green genes of the panels, and genes in which a healthy parent's allele may cause disease all the same."""
    green, lenient = set(), set()
    for name in PANELS:
        for row in table(f"{folder}/{name}.tsv"):
            if row["confidence"] == "green":
                green.add(row["hgnc_id"])
            if row["penetrance"] == "incomplete" or "imprinted" in row["moi"]:
                lenient.add(row["hgnc_id"])
    return green, lenient


def read_clinvar(path, hgvs):
    changes = {}
    with gzip.open(hgvs, "rt", encoding="utf-8") as lines:
        for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            match = re.fullmatch(r".*:p\.([A-Z][a-z]{2})\d+([A-Z][a-z]{2}|=)", r["hgvs_p"])
            if match and match[1] in ONE and (match[2] == "=" or match[2] in ONE):
                before = ONE[match[1]]
                changes[r["measureset_id"]] = before + "/" + (before if match[2] == "=" else ONE[match[2]])
    known = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for r in csv.DictReader(lines, delimiter="\t"):
            words = [w for w in r["clinical_significance"].split("|") if w != "not_provided"]
            if not words or not set(r["ref"] + r["alt"]) <= set("ACGT"):
                continue
            significance = words[0] if len(words) == 1 else "/".join(words)
            if "conflicting" in r["review_status"]:
                significance = "Conflicting_classifications_of_pathogenicity"
            review = next((stars for words, stars in STARS if words in r["review_status"]), "0")
            residues = changes.get(r["measureset_id"], ".") if len(r["ref"]) == len(r["alt"]) == 1 else "."
            known[(r["chrom"][3:], int(r["pos"]), r["ref"], r["alt"])] = (residues, significance, review)
    return known


def read_snps(path):
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(("chrX", "chrY")):
                f = line.rstrip("\n").split("\t")
                if len(f[3]) == len(f[4]) == 1:
                    found.append((f[0][3:], int(f[1]), f[3], f[4], float(f[7][3:])))
    return found


def short(number):
    return f"{number:.3g}"


def write(rows):
    order = {c: i for i, c in enumerate([str(n) for n in range(1, 23)] + ["X", "Y", "MT"])}
    rows.sort(key=lambda r: (order[r[0]], r[1]))
    print("#Real alleles of GRCh38, chosen by select_sites.py; frequencies of source ClinVar are invented (README.md)")
    print("contig\tpos\tref\talt\taf\taf_grpmax\tresidues\tclnsig\tstars\tsource")
    for row in rows:
        print(*row, sep="\t")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
