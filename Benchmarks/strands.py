"""Chromosomes of invented people: a genome with the names and lengths of GRCh38's contigs, and strands of it with variants planted.

Places are as in VCF, 1-based, where a `Variant` is meant; everything else is 0-based and half-open.
"""

import bisect
import hashlib
import random
from dataclasses import dataclass

from genome import LENGTHS

EDGE = 10_000
# A, C, G and T with 41 % G+C, by a byte.
BASES = bytes(b"A" * 75 + b"C" * 53 + b"G" * 53 + b"T" * 75)


class Genome:
    """Whole contigs with the names and lengths of GRCh38, N at both ends, invented bases and tandem repeats between."""

    def __init__(self, contigs, seed=11):
        self.text, self.repeats, self.digests = {}, {}, {}
        for contig in contigs:
            draw = random.Random(f"{seed} {contig}")
            bases = bytearray(draw.randbytes(LENGTHS[contig]).translate(BASES))
            self.repeats[contig] = list(plant_repeats(bases, draw))
            bases[:EDGE] = bases[-EDGE:] = b"N" * EDGE
            self.text[contig] = bases.decode("ascii")

    def plant(self, contig, tracts):
        """Puts (start, bases) in place of what is there."""
        text, pieces, at = self.text[contig], [], 0
        for start, bases in sorted(tracts):
            pieces += [text[at:start], bases]
            at = start + len(bases)
        self.text[contig] = "".join(pieces) + text[at:]

    def write(self, path):
        """FASTA with its index, a line a contig: an index knows any length of line."""
        at = 0
        with open(path, "w", encoding="ascii") as out, open(path + ".fai", "w", encoding="ascii") as index:
            for contig, text in self.text.items():
                at += out.write(f">{contig}\n")
                index.write(f"{contig}\t{len(text)}\t{at}\t{len(text)}\t{len(text) + 1}\n")
                at += out.write(text + "\n")

    def digest(self, contig):
        """MD5 of a contig; of so many N where this genome has none of the name."""
        if contig not in self.digests:
            text = self.text.get(contig) or "N" * LENGTHS[contig]
            self.digests[contig] = hashlib.md5(text.encode("ascii"), usedforsecurity=False).hexdigest()
        return self.digests[contig]


def plant_repeats(bases, draw):
    """Homopolymers and repeats of units of 2 to 4 bases, about one in 1.5 kb; yields start, end and length of the unit."""
    at = EDGE
    while (at := at + draw.randint(500, 2500)) < len(bases) - EDGE:
        size = draw.choice((1, 1, 2, 2, 3, 4))
        # A unit of one base is no repeat of two: the first two differ.
        unit = bytes(draw.sample(b"ACGT", min(size, 2))) + bytes(draw.choices(b"ACGT", k=max(0, size - 2)))
        tract = unit * draw.randint(max(3, 6 // size), max(6, 14 // size))
        bases[at:at + len(tract)] = tract
        yield at, at + len(tract), size


@dataclass(frozen=True, order=True)
class Variant:
    """One change as a line of VCF has it: `position` is 1-based, and an indel keeps the base before it."""
    contig: str
    position: int
    ref: str
    alt: str

    def end(self):
        """Behind the last base of the reference that it replaces, 0-based."""
        return self.position - 1 + len(self.ref)


def normalised(text, contig, start, removed, added):
    """The change of `removed` bases behind `start` (0-based) into `added`, placed as far left as it goes."""
    ref, alt = text[start:start + removed], added
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while not ref or not alt:
        start -= 1
        ref, alt = text[start] + ref, text[start] + alt
        if ref[-1] != alt[-1]:
            break
        ref, alt = ref[:-1], alt[:-1]
    return Variant(contig, start + 1, ref, alt)


@dataclass
class Strand:
    """One kind of chromosome in the person: its share of all chromosomes, and the variants that it carries, none touching another."""
    weight: float
    variants: list


def strands(variants):
    """Strands from (variant, copies) pairs: 0.5 on the first chromosome, "0.5b" on the second, 1 on both, less for a mosaic on the first.

    Mosaics of one fraction share a clone, whose part of the first chromosomes is theirs.
    """
    fractions = sorted({copies for _, copies in variants if copies != "0.5b" and copies < 0.5})
    if sum(fractions) > 0.5:
        raise ValueError("clones of these fractions do not fit into one chromosome")
    first = [variant for variant, copies in variants if copies in (0.5, 1)]
    made = [Strand(fraction, sorted(first + [variant for variant, copies in variants if copies == fraction])) for fraction in fractions]
    made.append(Strand(0.5 - sum(fractions), sorted(first)))
    made.append(Strand(0.5, sorted(variant for variant, copies in variants if copies in ("0.5b", 1))))
    return made


class Haplotype:
    """Bases of a strand in a window of the reference, and where each stretch of them stands there."""

    def __init__(self, text, start, end, variants):
        self.reference = text
        pieces, self.starts, self.places, self.kinds = [], [], [], []
        self.size, at = 0, start

        def add(kind, place, bases):
            if bases:
                self.starts.append(self.size)
                self.places.append(place)
                self.kinds.append(kind)
                pieces.append(bases)
                self.size += len(bases)

        for variant in variants:
            place = variant.position - 1
            if place < at or variant.end() > end:
                if place < start or variant.end() > end:
                    continue
                raise ValueError(f"{variant} touches the one before it")
            shared = min(len(variant.ref), len(variant.alt))
            kept = 1 if shared == 1 and len(variant.ref) != len(variant.alt) else 0
            add("M", at, text[at:place + kept])
            add("X", place + kept, variant.alt[kept:shared])
            add("I", place + shared, variant.alt[shared:])
            at = variant.end()
        add("M", at, text[at:end])
        self.starts.append(self.size)
        self.text = "".join(pieces)
        self.matching = [(place, number) for number, (place, kind) in enumerate(zip(self.places, self.kinds)) if kind != "I"]

    def at(self, place):
        """The first base here that stands at a place of the reference or behind it."""
        index = bisect.bisect_right(self.matching, (place, len(self.starts))) - 1
        if index < 0:
            return 0
        start, number = self.matching[index]
        return min(self.starts[number] + place - start, self.starts[number + 1])

    def place(self, at):
        """Where a base stands in the reference; one of an insertion, or behind it."""
        segment = bisect.bisect_right(self.starts, at) - 1
        return self.places[segment] + at - self.starts[segment]

    def operations(self, at, length, segment):
        """Place and CIGAR operations of the read that begins here, before an aligner's second thoughts."""
        found, end, place, last = [], at + length, None, None
        while at < end and segment < len(self.kinds):
            size = min(end, self.starts[segment + 1]) - at
            if self.kinds[segment] == "I":
                found.append(["I", size])
            else:
                here = self.places[segment] + at - self.starts[segment]
                if place is None:
                    place = here
                if last is not None and here > last:
                    found.append(["D", here - last])
                if found and found[-1][0] == "M":
                    found[-1][1] += size
                else:
                    found.append(["M", size])
                last = here + size
            at += size
            segment += 1
        if place is None:
            place = self.places[segment - 1]
        return place, found
