"""Reads of alleles in a BAM as `samtools mpileup` counts them: once a fragment, duplicates and failed reads left out."""

import os
import re
import subprocess
import tempfile

# An indel stands behind the base before it: sign, length, bases.
INDEL = re.compile(r"([+-])(\d+)")
LEAST_MAPPING, LEAST_BASE = 20, 20


def counted(bam, fasta, variants, mapping=LEAST_MAPPING, base=LEAST_BASE):
    """Reads that show each variant, and reads there, by variant; a place without reads has none of either."""
    with tempfile.NamedTemporaryFile("w", suffix=".bed", delete=False) as places:
        places.writelines(f"{contig}\t{position - 1}\t{position}\n" for contig, position in
                          sorted({(one.contig, one.position) for one in variants}))
    try:
        told = subprocess.run(["samtools", "mpileup", "-B", "-d", "100000", "-q", str(mapping), "-Q", str(base), "-f", fasta, "-l",
                               places.name, bam], check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout
    finally:
        os.remove(places.name)
    found = {}
    for line in told.splitlines():
        contig, position, _, depth, bases = line.split("\t")[:5]
        found[contig, int(position)] = (int(depth), bases)
    return {one: (shown(one, found.get((one.contig, one.position), (0, ""))[1]), found.get((one.contig, one.position), (0, ""))[0])
            for one in variants}


def shown(variant, column):
    """How many reads of a column of mpileup show the variant."""
    column, at, count = re.sub(r"\^.", "", column).replace("$", "").upper(), 0, 0
    while at < len(column):
        here, change = column[at], None
        at += 1
        match = INDEL.match(column, at)
        if match:
            size = int(match[2])
            change = (match[1], column[match.end():match.end() + size])
            at = match.end() + size
        if len(variant.ref) == len(variant.alt):
            count += here == variant.alt
        elif len(variant.ref) < len(variant.alt):
            count += change == ("+", variant.alt[1:])
        else:
            count += change == ("-", variant.ref[1:])
    return count
