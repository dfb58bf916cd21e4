#!/usr/bin/env python3
"""Holds the depths that `rarescreen coverage` writes to those of mosdepth, of a plain count of the reads, and of `samtools depth`.

The plain count spells the rule out, with --min-mapq and --min-baseq and without. mosdepth knows no threshold for bases, and does not join
mates that are no proper pair. Each region that differs is printed with reads there that programs count in different ways; the end is 1
where no such difference explains it. samtools joins all alignments of a name, supplementary ones too, and where they overlap looks at the
first one's base alone: it is information, and beside it stands in how many of its differences the plain count agrees with us. Without BED,
the places that have reads are cut into tiles. A BAM or CRAM without an index is copied and indexed first.
"""

import argparse
import csv
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

THRESHOLDS = (10, 20, 30)
# Our table and its columns, which are the contract's.
TABLE, WHOLE = "coverage.tsv", "all"
# Unmapped, secondary, failed, duplicate: left out by all three.
EXCLUDED = 1796
# A mean is printed with two decimals; a percentage too.
MEAN_STEP, SHARE_STEP = 0.01, 0.01
SUPPLEMENTARY, PAIRED, PROPER = 2048, 1, 2


@dataclass(frozen=True)
class Depth:
    """Mean depth of a region, and bases at or above each threshold."""
    mean: float
    bases: tuple


class Refused(Exception):
    """A program that ended badly, with what it said."""


def run(words, environment=None):
    ended = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if ended.returncode != 0:
        raise Refused(f"`{' '.join(words)}` ended with {ended.returncode}: {' '.join(ended.stderr.split())[:600]}")
    return ended.stdout


def own_words(program, bam, bed, reference=None, mapping=0, base=0, more=()):
    """A command that writes our table to the standard output."""
    return [program, "coverage", bam, "--panel", bed, *(["--reference", reference] if reference else []), "--min-mapq", str(mapping),
            "--min-baseq", str(base), "--quiet", *more]


def own(program, bam, bed, reference=None, mapping=0, base=0, more=()):
    """Our depths by region; a row of a whole gene stands for the rows after it."""
    found = {}
    for row in csv.DictReader(run(own_words(program, bam, bed, reference, mapping, base, more)).splitlines(), delimiter="\t"):
        if row["exon"] == WHOLE:
            continue
        size = int(row["length"])
        found[row["chrom"], int(row["start"]), int(row["end"])] = Depth(float(row["mean_depth"]), tuple(
            float(row[f"pct_{threshold}x"]) * size / 100 for threshold in THRESHOLDS))
    return found


def mosdepth_words(prefix, bam, bed, reference=None, threads=1, fast=False):
    return ["mosdepth", "-n", *(["-x"] if fast else []), "-t", str(threads), "--by", bed, "--thresholds", ",".join(map(str, THRESHOLDS)),
            *(["-f", reference] if reference else []), prefix, bam]


def mosdepth(bam, bed, reference=None):
    """mosdepth's depths by region."""
    with tempfile.TemporaryDirectory() as folder:
        prefix = os.path.join(folder, "depth")
        run(mosdepth_words(prefix, bam, bed, reference), {"MOSDEPTH_PRECISION": "6"})
        means, found = {}, {}
        with gzip.open(prefix + ".regions.bed.gz", "rt") as lines:
            for line in lines:
                words = line.rstrip("\n").split("\t")
                means[words[0], int(words[1]), int(words[2])] = float(words[-1])
        with gzip.open(prefix + ".thresholds.bed.gz", "rt") as lines:
            for line in lines:
                if not line.startswith("#"):
                    words = line.rstrip("\n").split("\t")
                    key = (words[0], int(words[1]), int(words[2]))
                    found[key] = Depth(means[key], tuple(map(float, words[4:])))
    return found


def samtools(bam, bed, reference=None, mapping=0, base=0):
    """samtools' depths by region. -s: where mates overlap, only the first counts."""
    words = ["samtools", "depth", "-s", "-b", bed, "-q", str(base), "-Q", str(mapping), *(["--reference", reference] if reference else []), bam]
    by_contig = {}
    for line in run(words).splitlines():
        contig, position, depth = line.split("\t")
        by_contig.setdefault(contig, {})[int(position) - 1] = int(depth)
    found = {}
    for key in regions(bed):
        depths = by_contig.get(key[0], {})
        here = [depths.get(at, 0) for at in range(key[1], key[2])]
        found[key] = Depth(sum(here) / len(here), tuple(float(sum(depth >= least for depth in here)) for least in THRESHOLDS))
    return found


def counted(bam, bed, reference=None, mapping=0, base=0, joined=0):
    """The rule, written down once more: a base counts once a fragment, if either mate shows it well enough; gaps and clips do not.

    `joined` is a bit of the flag that mates must have to be taken for one fragment; mosdepth asks for a proper pair.
    """
    wanted, depths, mates = {}, {}, {}
    for contig, start, end in regions(bed):
        wanted.setdefault(contig, set()).update(range(start, end))
    words = ["samtools", "view", "-F", str(EXCLUDED), "-q", str(mapping), "-M", "-L", bed, *(["-T", reference] if reference else []), bam]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            name, flag, contig, place, _, cigar, *_, qualities = line.split("\t", 11)[:11]
            here = bases(int(place) - 1, cigar, qualities, base) & wanted.get(contig, set())
            if int(flag) & PAIRED and int(flag) & joined == joined and not int(flag) & SUPPLEMENTARY:
                if (name, contig) in mates:
                    here -= mates.pop((name, contig))
                else:
                    mates[name, contig] = here
            for at in here:
                depths[contig, at] = depths.get((contig, at), 0) + 1
    found = {}
    for key in regions(bed):
        here = [depths.get((key[0], at), 0) for at in range(key[1], key[2])]
        found[key] = Depth(sum(here) / len(here), tuple(float(sum(depth >= least for depth in here)) for least in THRESHOLDS))
    return found


def bases(place, cigar, qualities, least):
    """Places of the reference that a read shows with a quality or a better one; a read without qualities shows all."""
    found, at = set(), 0
    for size, kind in re.findall(r"(\d+)([MIDNSHP=X])", cigar):
        size = int(size)
        if kind in "M=X":
            found.update(place + i for i in range(size) if qualities == "*" or ord(qualities[at + i]) - 33 >= least)
        place += size if kind in "MDN=X" else 0
        at += size if kind in "MIS=X" else 0
    return found


def regions(bed):
    with open(bed, encoding="utf-8") as lines:
        words = [line.split("\t") for line in lines if line.strip() and not line.startswith(("#", "track", "browser"))]
    return sorted({(row[0], int(row[1]), int(row[2])) for row in words})


def differing(ours, theirs):
    """Regions of which two programs say something else beyond rounding: (region, ours, theirs); None where one lacks it.

    Contigs of which we say nothing are left out: those that are no chromosome, of which we warn.
    """
    known = {region[0] for region in ours}
    for key in sorted(ours.keys() | {region for region in theirs if region[0] in known}):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            yield key, one, other
            continue
        size = key[2] - key[1]
        # Half a step of the last decimal, and a little for what is halfway.
        if (abs(one.mean - other.mean) > 0.51 * MEAN_STEP
                or any(abs(a - b) > 0.51 * SHARE_STEP * size / 100 + 1e-6 for a, b in zip(one.bases, other.bases))):
            yield key, one, other


def words(depth):
    return "absent" if depth is None else f"mean {depth.mean:.3f}, " + ", ".join(
        f"{bases:.1f} b ≥{least}x" for least, bases in zip(THRESHOLDS, depth.bases))


def witnesses(bam, region, reference, most):
    """Reads of a region that are counted in different ways: mates that overlap, gaps, skips, supplementary ones, with name, flag, place and CIGAR."""
    told = run(["samtools", "view", "-F", str(EXCLUDED), *(["-T", reference] if reference else []), bam, f"{region[0]}:{region[1] + 1}-{region[2]}"])
    reads = [line.split("\t", 11) for line in told.splitlines()]
    ends = {}
    for read in reads:
        ends.setdefault(read[0], []).append((int(read[3]), int(read[3]) + sum(int(size) for size, kind in re.findall(r"(\d+)([MDN=X])", read[5]))))
    found = []
    for name, flag, _, place, quality, cigar, _, mate, *_ in reads:
        notes = ["supplementary"] if int(flag) & SUPPLEMENTARY else []
        notes += ["no proper pair"] if int(flag) & 1 and not int(flag) & PROPER else []
        notes += [f"{len(ends[name])} of its name overlap"] if len(ends[name]) > 1 and max(start for start, _ in ends[name]) < min(end for _, end in ends[name]) else []
        notes += ["a gap"] if re.search("[DN]", cigar) else []
        if notes:
            found.append(f"{name} flag {flag} at {place} MAPQ {quality} {cigar} mate {mate}: {', '.join(notes)}")
    return found[:most] + ([f"and {len(found) - most} more"] if len(found) > most else []) + [f"{len(reads)} reads in all"]


def tiles(bam, reference, size, most):
    """Rows of a BED that cut the places with reads into tiles."""
    found = {}
    words = ["samtools", "depth", *(["--reference", reference] if reference else []), bam]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            contig, position, depth = line.split("\t")
            if int(depth):
                found[contig, (int(position) - 1) // size * size] = True
    lengths = dict(re.findall(r"^@SQ.*\tSN:(\S+)\t(?:.*\t)?LN:(\d+)", run(["samtools", "view", "-H", bam]), re.M))
    chosen = list(found)
    return [(contig, start, min(start + size, int(lengths[contig]))) for contig, start in chosen[::max(1, -(-len(chosen) // most))]]


def indexed(bam, folder):
    """The file, or a copy with an index of its own."""
    target = os.path.join(folder, os.path.basename(bam))
    if any(os.path.exists(bam + suffix) for suffix in (".bai", ".csi", ".crai")):
        return bam
    shutil.copy(bam, target)
    run(["samtools", "index", target])
    return target


def main():
    options = arguments()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            bam = indexed(options.bam, folder)
            bed = options.bed
            if bed is None:
                bed = os.path.join(folder, "tiles.bed")
                with open(bed, "w", encoding="ascii") as out:
                    out.writelines("\t".join(map(str, row)) + f"\ttile{number}\n" for number, row in
                                   enumerate(tiles(bam, options.reference, options.tile, options.most)))
            strict, more = (options.min_mapq, options.min_baseq), ["--build", options.build] if options.build else []
            ours = {pair: own(options.rarescreen, bam, bed, options.reference, *pair, more) for pair in ((0, 0), strict)}
            print(f"{options.bam}: {len(ours[0, 0])} regions, {sum(depth.mean > 0 for depth in ours[0, 0].values())} of them with reads")
            known, asked = {region[0] for region in ours[0, 0]}, {region[0] for region in regions(bed)}
            if asked - known:
                print(f"  not compared, since rarescreen reports no region there: {', '.join(sorted(asked - known))}")
            if not any(depth.mean for depth in ours[0, 0].values()):
                raise Refused("nothing was compared: no region has reads")
            plain = {pair: counted(bam, bed, options.reference, *pair) for pair in ours}
            for pair, told in ours.items():
                found = list(differing(told, plain[pair]))
                show(f"plain count at {pair[0]}, {pair[1]}", told, found, bam, options)
                wrong += len(found)
            wrong += beside_mosdepth(ours[0, 0], bam, bed, options)
            for pair, told in ours.items():
                beside_samtools(told, plain[pair], pair, bam, bed, options.reference)
        except Refused as refusal:
            sys.exit(f"check_depth: {options.bam}: {refusal}")
    sys.exit(1 if wrong else 0)


def show(name, ours, found, bam, options, note=""):
    """Prints where another program differs, with reads."""
    print(f"  {name}: {len(found)} of {len(ours)} differ{note}")
    for region, one, other in found[:options.show]:
        print(f"    {region[0]}:{region[1]}-{region[2]}  rarescreen {words(one)}  |  {name} {words(other)}")
        for text in witnesses(bam, region, options.reference, options.reads):
            print("      " + text)


def beside_mosdepth(ours, bam, bed, options):
    """Prints where mosdepth differs; how many of those are not due to mates that it does not join, since they are no proper pair."""
    try:
        theirs = mosdepth(bam, bed, options.reference)
    except Refused as refusal:
        print(f"  mosdepth: not compared: {refusal}")
        return 0
    found = list(differing(ours, theirs))
    as_they_do = counted(bam, bed, options.reference, joined=PROPER) if found else {}
    against = {region for region, _, _ in differing(as_they_do, theirs)}
    unexplained = [region for region, one, other in found if one is None or other is None or region in against]
    note = f"; {len(found) - len(unexplained)} of them since mates overlap that are no proper pair" if found else ""
    show("mosdepth", ours, found, bam, options, note)
    return len(unexplained)


def beside_samtools(ours, plain, pair, bam, bed, reference):
    """Prints how often samtools differs, and how many of those the plain count decides for us."""
    try:
        found = [region for region, _, _ in differing(ours, samtools(bam, bed, reference, *pair))]
    except Refused as refusal:
        print(f"  samtools depth -s: not compared: {refusal}")
        return
    against = {region for region, _, _ in differing(ours, plain)}
    print(f"  samtools depth -s -Q {pair[0]} -q {pair[1]}: {len(found)} of {len(ours)} differ; in {sum(region not in against for region in found)} "
          "of them the plain count agrees with rarescreen")


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("bam", help="BAM or CRAM")
    options.add_argument("bed", nargs="?", help="regions; tiles where reads are, when not given")
    options.add_argument("--rarescreen", default="rarescreen", help="path of the program")
    options.add_argument("--reference", help="FASTA, for CRAM")
    options.add_argument("--build", help="GRCh37 or GRCh38, for a header that does not tell")
    options.add_argument("--min-mapq", type=int, default=20, help="mapping quality of the second run (20)")
    options.add_argument("--min-baseq", type=int, default=20, help="base quality of the second run (20)")
    options.add_argument("--tile", type=int, default=200, help="bases of a tile (200)")
    options.add_argument("--most", type=int, default=2000, help="most tiles (2000)")
    options.add_argument("--show", type=int, default=10, help="differences that are printed (10)")
    options.add_argument("--reads", type=int, default=8, help="reads that are printed of each (8)")
    return options.parse_args()


if __name__ == "__main__":
    main()
