"""Figures drawn from published distributions, each by a hash of what it belongs to: the same every time, on every machine.

Sources. REVEL: 75.4 % of disease mutations, 10.9 % of neutral variants and 12.4 % of all exome variants are above 0.5, and 52.1,
3.3 and 4.1 % above 0.75 (Ioannidis et al. 2016, Figure S1); of 131 curated disease variants 99 % were above 0.5, 88 % above 0.75 and
45 % above 0.932 (Human Mutation 2023, 8857940). Background scores follow the first; planted ones lie between the two, median 0.85.
SpliceAI: a person has some five rare variants that change splicing outside the splice sites (Jaganathan et al. 2019). Numbers of
variants a person: `background.py`.
"""

import hashlib
import math
import random

# Chromosomes that the invented population database looked at, as in gnomAD v4.
CHROMOSOMES = 1_614_000


def drawer(*what):
    """A random number generator of its own for whatever is named."""
    return random.Random(int.from_bytes(hashlib.sha256("\x1f".join(map(str, what)).encode()).digest()[:8], "big"))


def share(*what):
    """A number from 0 up to 1 by hash."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, what)).encode()).digest()[:7], "big") / 2 ** 56


def log_uniform(draw, low, high):
    return math.exp(draw.uniform(math.log(low), math.log(high)))


def revel_background(draw, hard=False):
    """12 % above 0.5, 4 % above 0.75, median 0.19; or hard, for genes of disease, where scores run high: 26 %, 8 % and 0.31.

    Of benign variants that a diagnostic laboratory had looked at, 40 % were above the cut-off (Gunning et al. 2021, J Med Genet).
    """
    if hard:
        return draw.betavariate(4, 1.2) if draw.random() < 0.10 else draw.betavariate(1.3, 2.9)
    return draw.betavariate(4, 1.2) if draw.random() < 0.05 else draw.betavariate(1, 3.6)


def revel_planted(draw, hard=False):
    """91 % above 0.5, 66 % above 0.75, 26 % above 0.932, median 0.84; or hard: 75, 49 and 20 %, median 0.74, REVEL's own test set."""
    return draw.betavariate(1.6, 0.75) if hard else draw.betavariate(3.2, 0.85)


def cadd(draw, impact, planted=False):
    """PHRED-scaled; the program reads REVEL where both are there."""
    if planted:
        middle, spread = {"HIGH": (35, 5), "MODERATE": (27, 3)}.get(impact, (18, 6))
    else:
        middle, spread = {"HIGH": (28, 8), "MODERATE": (15, 8)}.get(impact, (5, 4))
    return min(max(draw.gauss(middle, spread), 0.01), 60)


def splice_background(draw, place, rare):
    """Highest delta of a background variant; what is frequent and changes splicing is rare."""
    if place is not None and place.is_site():
        return draw.betavariate(5, 1) if rare else draw.betavariate(1, 2)
    near = place is not None and place.is_near_site()
    odds = (0.08 if rare else 0.015) if near else (0.008 if rare else 0.002)
    return draw.uniform(0.2, 0.8) if draw.random() < odds else min(draw.betavariate(0.4, 20), 0.19)


def splice_planted(draw, terms):
    if any(term in terms for term in ("splice_donor_variant", "splice_acceptor_variant")):
        return draw.betavariate(12, 1)
    if terms[0] in ("missense_variant", "stop_gained", "frameshift_variant", "inframe_deletion", "inframe_insertion"):
        near = "splice_region_variant" in terms
        return draw.uniform(0.2, 0.9) if draw.random() < (0.5 if near else 0.03) else min(draw.betavariate(0.4, 20), 0.19)
    # Silent or intronic: published as the cause since it disturbs splicing.
    return draw.betavariate(3, 1.5)


def population(draw, frequency, contig, an=CHROMOSOMES, harmful=False):
    """INFO fields of the population database for a frequency; 0 for an allele that it looked for and does not have.

    Of a harmful allele nobody there has two copies, and no male the only one.
    """
    count = 0 if frequency <= 0 else max(1, round(frequency * an))
    if count == 0:
        return f"gnomAD_AF=0;gnomAD_AF_grpmax=0;gnomAD_faf95=0;gnomAD_AC=0;gnomAD_AN={an};gnomAD_nhomalt=0"
    frequency = count / an
    group = min(1.0, frequency * draw.uniform(1.1, 2.5))
    group_count = group * an * draw.uniform(0.1, 0.6)
    homozygotes = 0 if harmful else int(frequency * frequency * an / 2 + draw.random() * 0.5)
    text = (f"gnomAD_AF={frequency:.3g};gnomAD_AF_grpmax={group:.3g};gnomAD_faf95={group * lower(group_count):.3g};"
            f"gnomAD_AC={count};gnomAD_AN={an};gnomAD_nhomalt={homozygotes}")
    return text + f";gnomAD_nhemi={0 if harmful else round(count * 0.33)}" if contig == "chrX" else text


def lower(count):
    """What is left of a count at the lower end of its one-sided 95 % interval (Wilson and Hilferty's approximation), 0…1."""
    if count < 1:
        return 0.05 * count
    return max(0.05, 1 - 1 / (9 * count) - 1.645 / (3 * math.sqrt(count))) ** 3


def sample(draw, genotype, poor=0.0, mitochondrial=False):
    """GT:AD:DP:GQ of a call: depth 25 to 200, median about 70; a share of `poor` calls is thin or unbalanced."""
    bad = draw.random() < poor
    depth = draw.randrange(4, 14) if bad else min(max(int(draw.lognormvariate(4.25, 0.4)), 25), 200)
    if mitochondrial:
        depth *= 20
    if genotype in ("1/1", "1"):
        alternate = depth - (draw.random() < 0.15)
    else:
        balance = draw.uniform(0.12, 0.3) if bad else draw.gauss(0.48, 0.04)
        alternate = min(depth - 1, max(2, sum(draw.random() < balance for _ in range(min(depth, 200))) * depth // min(depth, 200)))
    quality = draw.randrange(8, 40) if bad else min(99, 3 * depth)
    return f"{genotype}:{depth - alternate},{alternate}:{depth}:{quality}"
