"""The invented trio genome: one pass writes it annotated and bare. Seeded, and a shorter one is the beginning of a longer one."""

import random
import sys
from array import array

from consequences import Annotator, changes
from genome import CODING, CONTIGS, LENGTHS, panel_genes
from pools import CLASS_SHARES, HET, PIECES, REF, alleles, caller, population, several, sample, samples, triples

SEED = 20_240_917
# Distances between records are drawn below this, 1 per 463 bases in the mean.
WIDEST = 926
BATCH = 4096
DRAWS = 16
FILTERS = ["PASS"] * 60 + ["VQSRTrancheSNP99.90to100.00"] * 4
SIGNIFICANCES = (
    "Benign", "Likely_benign", "Uncertain_significance", "Uncertain_significance", "Benign/Likely_benign",
    "Uncertain_significance", "Conflicting_classifications_of_pathogenicity", "Likely_benign")
# In the panel's gene of this number modulo 40 a pair, or a new variant, is planted.
EVERY, PAIR, NEW = 40, 7, 27


class Pieces:
    """All that records are put together from."""

    def __init__(self):
        draw = random.Random(SEED)
        self.samples = samples(draw)
        self.triples = triples(draw)
        self.first, self.second = caller(draw)
        self.population = population(draw)
        self.tables = changes(draw)
        self.classes = [kind for kind, share in enumerate(CLASS_SHARES) for _ in range(share)]
        self.ranks = [f"{draw.gauss(0, 1.1):.3f}" for _ in range(PIECES)]
        self.qualities = [f"{quality:.2f}" for quality in (
            [draw.uniform(10, 30) for _ in range(PIECES // 25)] + [draw.gammavariate(3, 280) + 30.5 for _ in range(PIECES)])]
        draw.shuffle(self.qualities)
        self.qualities = self.qualities[:PIECES]
        self.scores = [f"{min(draw.expovariate(1 / 5.5), 50):.4g}" for _ in range(PIECES)]
        # Two of three changes of one base are transitions.
        self.snvs = [pair for pair in ("AG", "GA", "CT", "TC") for _ in range(4)]
        self.snvs += ["AC", "AT", "CA", "CG", "GC", "GT", "TA", "TG"]
        self.snvs = (self.snvs * 11)[:264]
        draw.shuffle(self.snvs)
        self.indels = []
        for _ in range(4096):
            more = min(1 + int(draw.expovariate(0.42)), 48)
            anchor = draw.choice("ACGT")
            unit = "".join(draw.choice("ACGT") for _ in range(draw.choice((1, 2, 3, 4, more))))
            longer = anchor + (unit * more)[:more]
            self.indels.append((longer, anchor) if draw.random() < 0.52 else (anchor, longer))


def plants(genes):
    """Variants that a screen should find: contig -> [(position, genotypes of child, father, mother, whether a stop)]."""
    found = {}
    for i, (contig, gene) in enumerate(genes):
        coding = [part for part in gene.segments() if part[2] == CODING and part[1] - part[0] > 30]
        if i % EVERY == PAIR and len(coding) > 1:
            for part, father, mother in ((coding[0], HET, REF), (coding[-1], REF, HET)):
                found.setdefault(contig, []).append(((part[0] + part[1]) // 2, HET, father, mother, False))
        elif i % EVERY == NEW and coding:
            found.setdefault(contig, []).append(((coding[0][0] + coding[0][1]) // 2, HET, REF, REF, True))
    return found


def write(count, annotated, bare):
    """Writes `count` records into two text streams, without headers; tells the contig and position of the last."""
    pieces, planted, left = Pieces(), plants(panel_genes()), count
    for number, contig in enumerate(CONTIGS):
        # A contig has its own numbers, so that a plant more or less on one leaves the others as they are.
        draw = random.Random(SEED + 1 + number)
        waiting = sorted(planted.get(contig, []), reverse=True)
        annotator, position = Annotator(contig, pieces.tables), 10_000
        while left > 0 and position < LENGTHS[contig]:
            full, plain, position = batch(pieces, draw, contig, position, annotator, waiting, min(left, BATCH))
            left -= len(full)
            annotated.write("".join(full).encode("ascii"))
            bare.write("".join(plain).encode("ascii"))
        if left == 0:
            return contig, position
    sys.exit(f"bench: the seven contigs hold {count - left:,} records, not {count:,}")


def batch(pieces, draw, contig, position, annotator, waiting, wanted):
    """Up to `wanted` records after a position: with annotation, without, and the last position."""
    numbers = array("H")
    numbers.frombytes(draw.getrandbits(16 * DRAWS * BATCH).to_bytes(2 * DRAWS * BATCH, sys.byteorder))
    end, full, plain = LENGTHS[contig], [], []
    refs, families, classes = pieces.samples, pieces.triples, pieces.classes
    first, second, ranks, qualities, scores = pieces.first, pieces.second, pieces.ranks, pieces.qualities, pieces.scores
    snvs, indels, figures = pieces.snvs, pieces.indels, pieces.population
    mask = PIECES - 1
    at, text = annotator.at, annotator.text
    for k in range(0, DRAWS * BATCH, DRAWS):
        if len(full) == wanted:
            break
        a, b, c, d, e, f, g, h, i, j, l, m, n, o, p, q = numbers[k:k + DRAWS]
        position += 1 + a * (WIDEST - 1) // 65536
        if position >= end:
            break
        while waiting and waiting[-1][0] <= position and len(full) < wanted:
            if waiting[-1][0] < position:
                one, other = plant(pieces, contig, waiting[-1], annotator, l)
                full.append(one)
                plain.append(other)
            waiting.pop()
        if len(full) == wanted:
            break
        place = at(position)
        kind = classes[b]
        if c < 1049 and kind > 1:
            one, other = multiple(pieces, contig, position, annotator, place, kind, (d, e, f, g, h, i, j, l, m, n, o, p, q))
            full.append(one)
            plain.append(other)
            continue
        # Insertions and deletions, an eighth of all, but few where genes code.
        if d < (700 if place[3] == CODING else 7900):
            ref, alt = indels[e & 4095]
            label = "VQSRTrancheINDEL99.00to100.00"
        else:
            ref, alt = snvs[e % 264]
            label = "VQSRTrancheSNP99.90to100.00"
        child, father, mother, counted, likely = families[kind][f & 4095]
        one, depth_1 = refs[child][g & mask if child < 3 else 0]
        two, depth_2 = refs[father][h & mask if father < 3 else 0]
        three, depth_3 = refs[mother][i & mask if mother < 3 else 0]
        known = f"rs{(j << 14 | l & mask)}" if kind else ""
        head = (f"{contig}\t{position}\t{known or '.'}\t{ref}\t{alt}\t{qualities[m & mask]}\t{'PASS' if q > 3400 else label}\t"
                f"{counted};BaseQRankSum={ranks[n & mask]};DP={depth_1 + depth_2 + depth_3};{first[o & mask]};{likely};{second[p & mask]}")
        tail = f"\tGT:AD:DP:GQ:PL\t{one}\t{two}\t{three}\n"
        if kind:
            share, highest, chromosomes, homozygous = figures[kind][(m ^ n << 3) & mask]
            share = f";gnomad_AF={share};gnomad_AF_popmax={highest};gnomad_AN={chromosomes};gnomad_nhomalt={homozygous}"
        else:
            share = ""
        word = f";CLNSIG={SIGNIFICANCES[q & 7]}" if q & 1016 == 8 or place[3] == CODING and q & 120 == 8 else ""
        full.append(f"{head}{share};CADD={scores[(o ^ j) & mask]}{word};CSQ={text(position, ref, alt, known, l, place)}{tail}")
        plain.append(head + tail)
    return full, plain, position


def multiple(pieces, contig, position, annotator, place, kind, numbers):
    """A record of two ALT alleles."""
    draw = random.Random(position << 16 | numbers[0])
    ref = "ACGT"[numbers[0] & 3]
    alts = draw.sample([base for base in "ACGT" if base != ref], 2)
    if numbers[1] & 1:
        alts[1] = ref + draw.choice("ACGT") * draw.randrange(1, 6)
    father, mother = (draw.choices((0, 1, 2), (3, 3, 2), k=2) for _ in range(2))
    child = [draw.choice(father), draw.choice(mother)]
    everyone = [child, father, mother]
    for allele in (1, 2):
        # Both alleles are somewhere, and what the child has came from a parent.
        if not any(allele in member for member in everyone):
            (father if allele == 1 else mother)[0] = allele
            child[:] = [father[0], mother[0]]
    members = [several(draw, *member) for member in everyone]
    counts = [sum(member.count(allele) for member in everyone) for allele in (1, 2)]
    told, shares = ",".join(map(str, counts)), ",".join(f"{count / 6:.3g}" for count in counts)
    head = (f"{contig}\t{position}\t.\t{ref}\t{','.join(alts)}\t{draw.uniform(60, 3000):.2f}\t"
            f"{'PASS' if numbers[2] > 6000 else 'VQSRTrancheINDEL99.00to100.00'}\t"
            f"AC={told};AF={shares};AN=6;BaseQRankSum={draw.gauss(0, 1):.3f};DP={sum(reads for _, reads in members)};"
            f"{draw.choice(pieces.first)};MLEAC={told};MLEAF={shares};{draw.choice(pieces.second)}")
    tail = "\tGT:AD:DP:GQ:PL\t" + "\t".join(fields for fields, _ in members) + "\n"
    one = draw.choice(pieces.population[kind])
    other = draw.choice(pieces.population[1]) if numbers[3] & 3 else (".", ".", one[2], ".")
    entries = ",".join(annotator.text(position, ref, alt, "", number & 65535, place, most=2)
                       for alt, number in zip(alts, numbers[4:]))
    info = (f";gnomad_AF={one[0]},{other[0]};gnomad_AF_popmax={one[1]},{other[1]};gnomad_AN={one[2]};"
            f"gnomad_nhomalt={one[3]},{other[3]};CADD={draw.choice(pieces.scores)},{draw.choice(pieces.scores)};CSQ={entries}")
    return head + info + tail, head + tail


def plant(pieces, contig, planted, annotator, number):
    """A record that a screen should find."""
    position, *members, stop = planted
    draw = random.Random(position)
    place = annotator.at(position)
    ref, alt = ("C", "T") if stop else draw.choice(("AG", "GA", "CT", "TC"))
    made = [sample(draw, genotype, 36) for genotype in members]
    counted, likely = alleles(sum(members), 6)
    head = (f"{contig}\t{position}\t.\t{ref}\t{alt}\t{draw.uniform(500, 900):.2f}\tPASS\t{counted};BaseQRankSum=0.110;"
            f"DP={sum(reads for _, reads in made)};{pieces.first[number & 1023]};{likely};{pieces.second[number & 1023]}")
    tail = "\tGT:AD:DP:GQ:PL\t" + "\t".join(fields for fields, _ in made) + "\n"
    # The lowest draw that is no stop and takes from the missense table.
    entries = annotator.text(position, ref, alt, "", 700 + 100 * (number & 63), place, stop=stop)
    return f"{head};CADD={38 if stop else 27.4};CSQ={entries}{tail}", head + tail


def joint(count, samples_wanted, out):
    """Records of a joint call of many samples into a text stream, without header: no CSQ, population figures only."""
    pieces = Pieces()
    draw = random.Random(SEED + 100)
    fields = [[text for text, _ in texts] for texts in samples(draw, 31, 1 << 16)]
    spectrum = [4e-4, 6e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.03, 0.1, 0.2, 0.35, 0.6]
    position, everyone = 10_000, range(samples_wanted)
    for _ in range(count):
        position += 1 + draw.randrange(WIDEST - 1)
        kind = pieces.classes[draw.randrange(65536)]
        share = draw.choice(spectrum[:4] if kind < 2 else spectrum[3:])
        row = draw.choices(fields[REF], k=samples_wanted)
        carriers = max(1, round(2 * share * (1 - share) * samples_wanted))
        double = round(share * share * samples_wanted)
        chosen = draw.sample(everyone, carriers + double)
        for i, sample_number in enumerate(chosen):
            row[sample_number] = draw.choice(fields[HET] if i < carriers else fields[2])
        ref, alt = pieces.snvs[draw.randrange(264)] if draw.random() < 0.88 else draw.choice(pieces.indels)
        counted, likely = alleles(carriers + 2 * double, 2 * samples_wanted)
        info = f"{counted};BaseQRankSum={draw.choice(pieces.ranks)};DP={31 * samples_wanted + draw.randrange(-900, 900)};" \
               f"{draw.choice(pieces.first)};{likely};{draw.choice(pieces.second)}"
        if kind:
            one, highest, chromosomes, homozygous = draw.choice(pieces.population[kind])
            info += f";gnomad_AF={one};gnomad_AF_popmax={highest};gnomad_AN={chromosomes};gnomad_nhomalt={homozygous}"
        known = f"rs{draw.getrandbits(30)}" if kind else "."
        label = FILTERS[draw.randrange(64)]
        out.write(f"chr1\t{position}\t{known}\t{ref}\t{alt}\t{draw.choice(pieces.qualities)}\t{label}\t{info}\tGT:AD:DP:GQ:PL\t".encode())
        out.write("\t".join(row).encode("ascii") + b"\n")
