"""Paired reads of invented people: BAM or CRAM with planted variants, whose true fraction is known at each place.

Places are as in VCF, 1-based, where a `Variant` is meant; everything else is 0-based and half-open. What is drawn is what decides what a
program makes of reads: errors by base quality, duplicates, mapping quality 0, clipped ends, mates that overlap, and indels
near the end of a read that an aligner shows as mismatches or clips. Reads are given their true place otherwise.
"""

import bisect
import math
import random
import subprocess
from dataclasses import dataclass, field

from genome import LENGTHS
from strands import Haplotype

LENGTH = 150
INSERT, INSERT_SPREAD, SHORTEST = 350, 60, LENGTH
# Bins of a NovaSeq: quality and how often a base has it.
QUALITIES = ((37, 0.955), (25, 0.037), (11, 0.008))
# So many strings of qualities and insert sizes are drawn once and used again.
POOL = 4096
# Scores of bwa mem: what a gap costs to open and to extend, what a mismatch costs, and what an alignment to the read's end earns.
GAP_OPEN, GAP_EXTEND, MISMATCH, END = 6, 1, 4, 5
# A longer deletion is not bridged: the shorter side of the read is clipped.
LONGEST_GAP = 50
# Fragments are drawn for this many bases of the reference at a time.
STEP = 50_000
# Reads are compared with the reference by so many bases first.
PIECE = 16


@dataclass
class Library:
    """What a sequencing run makes of a person. Depth counts neither duplicates nor the pairs that are left out on purpose."""
    depth: float
    duplicates: float = 0.06
    # Reads with an end that is no part of the genome.
    clipped: float = 0.02
    # Pairs with mapping quality 0, beside those of the stretches below.
    ambiguous: float = 0.01
    # Pairs of which one read is unmapped, failed by the machine, or has a secondary or a supplementary alignment.
    odd: float = 0.008
    # (start, end) where nothing maps uniquely; (start, end, share) where only a share of the fragments is seen.
    unmappable: list = field(default_factory=list)
    thin: list = field(default_factory=list)


class Qualities:
    """A pool of quality strings, each with the chance of no error and the places of the errors by their weight."""

    def __init__(self, draw):
        values, weights = [value for value, _ in QUALITIES], [weight for _, weight in QUALITIES]
        self.pool = []
        for _ in range(POOL):
            # Low ones come together, and more of them towards the end.
            row, at = [], 0
            while at < LENGTH:
                value = draw.choices(values, [weights[0], *(weight * (0.5 + at / LENGTH) for weight in weights[1:])])[0]
                row += [value] * (1 if value == values[0] else draw.randint(1, 3))
                at = len(row)
            rates, total = [], 0.0
            for value in row[:LENGTH]:
                total += 10 ** (-value / 10)
                rates.append(total)
            self.pool.append(("".join(chr(value + 33) for value in row[:LENGTH]), 1 - math.exp(-total), rates))


def wrong(text, rates, draw):
    """The bases with one error or more, each at a place by its quality."""
    places = {bisect.bisect_left(rates, draw.random() * rates[-1])}
    while draw.random() < rates[-1] / 2:
        places.add(bisect.bisect_left(rates, draw.random() * rates[-1]))
    bases = list(text)
    for place in places:
        bases[place] = draw.choice("ACGT".replace(bases[place], ""))
    return "".join(bases)


def settled(reference, place, operations, bases):
    """What an aligner shows: gaps that an end of the read does not pay for become mismatches or a clip."""
    operations = [list(operation) for operation in operations]
    for backwards in (False, True):
        while True:
            gap = next((i for i, (kind, _) in enumerate(operations[::-1] if backwards else operations) if kind in "ID"), None)
            if gap is None:
                break
            gap = len(operations) - 1 - gap if backwards else gap
            short = operations[gap + 1:] if backwards else operations[:gap]
            inner = operations[:gap] if backwards else operations[gap + 1:]
            short_bases, inner_bases = (sum(size for kind, size in part if kind != "D") for part in (short, inner))
            kind, size = operations[gap]
            if short_bases > inner_bases:
                break
            extra = short_bases + (size if kind == "I" else 0)
            spans = sum(length for other, length in inner if other != "I")
            shift = 0 if backwards else sum(length for other, length in short if other != "I") + (size if kind == "D" else 0)
            start = place + shift
            if backwards:
                told, against = bases[len(bases) - extra:], reference[start + spans:start + spans + extra]
            else:
                told, against = bases[:extra][::-1], reference[start - extra:start][::-1]
            reached, best = extended(told, against)
            paid = size <= LONGEST_GAP and short_bases and short_bases + END - GAP_OPEN - GAP_EXTEND * size >= best
            if paid:
                break
            clip = [["S", extra - reached]] if reached < extra else []
            if backwards:
                operations = inner + [["M", reached]] * (reached > 0) + clip
            else:
                operations = clip + [["M", reached]] * (reached > 0) + inner
                place = start - reached
            operations = joined(operations)
            if clip:
                # What is clipped ends this side.
                break
    return place, operations


def extended(told, against):
    """How far a read goes on without a gap, and what that earns."""
    reached = score = best = 0
    for number, (one, other) in enumerate(zip(told, against), 1):
        score += 1 if one == other else -MISMATCH
        if score > best:
            reached, best = number, score
    if len(told) == len(against) and score + END >= best:
        return len(told), score + END
    return reached, best


def joined(operations):
    found = []
    for kind, size in operations:
        if found and found[-1][0] == kind:
            found[-1][1] += size
        else:
            found.append([kind, size])
    return found


def described(reference, place, operations, bases):
    """MD and NM of a read."""
    words, same, at, changes = [], 0, 0, 0
    for kind, size in operations:
        if kind == "M":
            for start in range(0, size, PIECE):
                here = reference[place + start:place + min(size, start + PIECE)]
                told = bases[at + start:at + min(size, start + PIECE)]
                if here == told:
                    same += len(here)
                    continue
                for one, other in zip(here, told):
                    if one == other:
                        same += 1
                    else:
                        words.append(f"{same}{one}")
                        same, changes = 0, changes + 1
            place += size
        elif kind == "D":
            words.append(f"{same}^{reference[place:place + size]}")
            same, changes, place = 0, changes + size, place + size
        elif kind == "I":
            changes += size
        at += size if kind != "D" else 0
    return "".join(words) + str(same), changes


class Sequencer:
    """Draws the reads of one person, window after window, and hands out lines of SAM in order."""

    def __init__(self, genome, person, library, seed):
        self.genome, self.person, self.library, self.seed = genome, person, library, seed
        draw = random.Random(f"{seed} pools")
        self.qualities = Qualities(draw).pool
        self.inserts = [max(SHORTEST, round(draw.gauss(INSERT, INSERT_SPREAD))) for _ in range(POOL)]
        self.names = 0

    def lines(self, windows):
        """Text of the reads of windows (contig, start, end), a stretch at a time, sorted; fragments begin up to an insert before a window."""
        waiting = []
        for number, (contig, start, end) in enumerate(windows):
            after = windows[number + 1][1] - INSERT if windows[number + 1:number + 2] and windows[number + 1][0] == contig else None
            if after is not None and after < end:
                raise ValueError(f"the window behind {contig}:{start}-{end} is too near")
            text, margin = self.genome.text[contig], INSERT + 8 * INSERT_SPREAD
            low, high = max(0, start - INSERT), min(len(text), end + margin)
            strands = [(strand.weight, Haplotype(text, low, high, [one for one in strand.variants if one.contig == contig]))
                       for strand in self.person]
            for at in range(low, end, STEP):
                until = min(at + STEP, end)
                draw = random.Random(f"{self.seed} {contig} {at}")
                for weight, haplotype in strands:
                    self.fragments(contig, haplotype, weight, (at, until), draw, waiting)
                waiting.sort()
                settled_until = until if until < end else after
                ready = len(waiting) if settled_until is None else bisect.bisect_left(waiting, (settled_until + 1,))
                yield "".join(line for _, line in waiting[:ready])
                del waiting[:ready]

    def fragments(self, contig, haplotype, weight, step, draw, out):
        """Adds (place, line) of the fragments that begin in a step of the reference."""
        low, high = haplotype.at(step[0]), haplotype.at(step[1])
        library, chance, inserts = self.library, draw.random, self.inserts
        thin = [(start, end, share) for start, end, share in library.thin if start < step[1] + 2 * INSERT and end > step[0]]
        poor = [(start, end) for start, end in library.unmappable if start < step[1] + 2 * INSERT and end > step[0]]
        for _ in range(poisson(draw, weight * library.depth * (high - low) / (2 * LENGTH))):
            at = low + int(chance() * (high - low))
            size = inserts[int(chance() * POOL)]
            if at + size > haplotype.size:
                continue
            first, ambiguous = chance() < 0.5, chance() < library.ambiguous
            if thin or poor:
                middle = haplotype.place(at + size // 2)
                if any(start <= middle < end and chance() >= share for start, end, share in thin):
                    continue
                ambiguous = ambiguous or any(start <= middle < end for start, end in poor) and chance() < 0.95
            self.pair(contig, haplotype, at, size, first, ambiguous, 0, draw, out)
            if chance() < library.duplicates:
                self.pair(contig, haplotype, at, size, first, ambiguous, 1024, draw, out)

    def pair(self, contig, haplotype, at, size, first, ambiguous, flag, draw, out):
        """Adds both reads of a fragment."""
        left, right = self.read(haplotype, at, False, draw), self.read(haplotype, at + size - LENGTH, True, draw)
        if left is None or right is None:
            return
        self.names += 1
        name = f"P:1:{self.names >> 12}:{self.names & 4095}"
        quality = 0 if ambiguous else 60
        left_flag, right_flag = (flag | 99, flag | 147) if first else (flag | 163, flag | 83)
        (place, cigar, bases, qualities, md, changes, end), (place2, cigar2, bases2, qualities2, md2, changes2, end2) = left, right
        span = max(end, end2) - min(place, place2)
        if draw.random() < self.library.odd:
            self.odd(contig, name, left, right, (left_flag, right_flag), quality, span, draw, out)
            return
        out.append((place + 1, f"{name}\t{left_flag}\t{contig}\t{place + 1}\t{quality}\t{cigar}\t=\t{place2 + 1}\t{span}\t{bases}\t{qualities}"
                    f"\tMC:Z:{cigar2}\tMD:Z:{md}\tNM:i:{changes}\tMQ:i:{quality}\tRG:Z:1\n"))
        out.append((place2 + 1, f"{name}\t{right_flag}\t{contig}\t{place2 + 1}\t{quality}\t{cigar2}\t=\t{place + 1}\t{-span}\t{bases2}"
                    f"\t{qualities2}\tMC:Z:{cigar}\tMD:Z:{md2}\tNM:i:{changes2}\tMQ:i:{quality}\tRG:Z:1\n"))

    def read(self, haplotype, at, backwards, draw):
        """Place, CIGAR, bases, qualities, MD, NM and end of one read; None where nothing of it can be placed."""
        qualities, rate, rates = self.qualities[int(draw.random() * POOL)]
        segment = bisect.bisect_right(haplotype.starts, at) - 1
        bases = haplotype.text[at:at + LENGTH]
        flawed = draw.random() < rate
        if flawed:
            bases = wrong(bases, rates, draw)
        if haplotype.kinds[segment] == "M" and at + LENGTH <= haplotype.starts[segment + 1]:
            place = haplotype.places[segment] + at - haplotype.starts[segment]
            if draw.random() < self.library.clipped:
                operations, place, bases = clipped(place, bases, backwards, draw)
            elif not flawed:
                return place, "150M", bases, qualities, "150", 0, place + LENGTH
            else:
                operations = [["M", LENGTH]]
        else:
            place, operations = haplotype.operations(at, LENGTH, segment)
            place, operations = settled(haplotype.reference, place, operations, bases)
        if not any(kind == "M" for kind, _ in operations):
            return None
        md, changes = described(haplotype.reference, place, operations, bases)
        end = place + sum(size for kind, size in operations if kind in "MD")
        return place, "".join(f"{size}{kind}" for kind, size in operations), bases, qualities, md, changes, end

    def odd(self, contig, name, left, right, flags, quality, span, draw, out):
        """A pair of which one read is out of the ordinary: which bit of the flag says so is drawn."""
        kind = draw.choice((4, 256, 512, 2048))
        place2 = right[0]
        if kind == 4:
            bits = flags[0] & (64 | 128 | 1024)
            out.append((left[0] + 1, line(contig, name, bits | 1 | 8, left, quality, left[0], 0)))
            out.append((left[0] + 1, f"{name}\t{flags[1] & (64 | 128 | 1024) | 1 | 4}\t{contig}\t{left[0] + 1}\t0\t*\t=\t{left[0] + 1}\t0"
                        f"\t{right[2]}\t{right[3]}\tRG:Z:1\n"))
            return
        extra = 512 if kind == 512 else 0
        out.append((left[0] + 1, line(contig, name, flags[0] | extra, left, quality, place2, span)))
        out.append((place2 + 1, line(contig, name, flags[1] | extra, right, quality, left[0], -span)))
        if kind != 512:
            # The same bases once more, behind their mate: few programs look whether they are the same.
            out.append((place2 + 1, line(contig, name, flags[0] | kind, (place2, right[1], right[2], right[3], right[4], right[5]),
                                         quality if kind == 2048 else 0, place2, 0)))


def line(contig, name, flag, read, quality, mate, span):
    place, cigar, bases, qualities, md, changes = read[:6]
    return (f"{name}\t{flag}\t{contig}\t{place + 1}\t{quality}\t{cigar}\t=\t{mate + 1}\t{span}\t{bases}\t{qualities}"
            f"\tMD:Z:{md}\tNM:i:{changes}\tRG:Z:1\n")


def clipped(place, bases, backwards, draw):
    """A read whose far end is an adapter's: a read from the reverse strand has it in front."""
    size = draw.randint(5, 40)
    noise = "".join(draw.choices("ACGT", k=size))
    if backwards:
        return [["S", size], ["M", LENGTH - size]], place + size, noise + bases[size:]
    return [["M", LENGTH - size], ["S", size]], place, bases[:LENGTH - size] + noise


def poisson(draw, mean):
    """A Poisson number; by its bell where that is as good."""
    if mean > 200:
        return max(0, round(draw.gauss(mean, mean ** 0.5)))
    count, at = -1, 0.0
    while at <= mean:
        at += draw.expovariate(1)
        count += 1
    return count


def header(sample, genome):
    """Header lines with all contigs of GRCh38, since a build is known by their lengths. What the genome lacks is all N: CRAM asks for digests."""
    lines = ["@HD\tVN:1.6\tSO:coordinate"]
    lines += [f"@SQ\tSN:{name}\tLN:{length}\tM5:{genome.digest(name)}" for name, length in LENGTHS.items()]
    lines.append(f"@RG\tID:1\tSM:{sample}\tLB:{sample}\tPL:ILLUMINA")
    return "\n".join(lines) + "\n"


def write(path, sample, genome, person, library, windows, seed):
    """Writes a person's reads in windows (contig, start, end), in the header's order and apart, as BAM with its index; how many lines."""
    made = Sequencer(genome, person, library, f"{seed} {sample}")
    words = ["samtools", "view", "--no-PG", "-b", "--write-index", "-o", f"{path}##idx##{path}.bai", "-"]
    count = 0
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:
        process.stdin.write(header(sample, genome).encode("ascii"))
        for text in made.lines(windows):
            count += text.count("\n")
            process.stdin.write(text.encode("ascii"))
        process.stdin.close()
        if process.wait() != 0:
            raise OSError(f"samtools ended with {process.returncode} on {path}")
    return count


def as_cram(bam, path, fasta):
    """The same reads as CRAM 3.0 against the FASTA, with its index."""
    subprocess.run(["samtools", "view", "--no-PG", "-C", "-T", fasta, "--write-index", "-o", f"{path}##idx##{path}.crai", bam],
                   check=True, stdin=subprocess.DEVNULL)
