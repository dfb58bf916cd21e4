"""Ready-made pieces of records: genotypes of samples and of trios, figures of a caller and of a population.

Each piece is drawn from some thousand. A window of deflate sees few tens of records, so pieces seldom meet their own copy there.
"""

PIECES = 1 << 14
# Classes of frequency: not in gnomAD, rare, low, and three of common; shares of 65,536 draws.
ABSENT, RARE, LOW, MIDDLE, COMMON, MAJOR = range(6)
CLASS_SHARES = (2200, 5000, 6000, 12_000, 22_000, 18_336)
CLASS_RANGES = ((0, 1e-5), (7e-6, 9.9e-4), (1e-3, 1e-2), (1e-2, 0.1), (0.1, 0.5), (0.5, 0.999))
REF, HET, HOM, NONE = range(4)



def depth(random, mean):
    return max(4, int(random.gauss(mean, mean ** 0.5 * 1.15)))


def sample(random, genotype, mean=33):
    """Fields of one sample at a site with one ALT allele, and its depth."""
    if genotype == NONE:
        return "./.:0,0:0:.:0,0,0", 0
    reads = depth(random, mean)
    if genotype == REF:
        other = random.choices((0, 1, 2), (93, 6, 1))[0]
        quality = min(99, 3 * (reads - other))
        return f"0/0:{reads - other},{other}:{reads}:{quality}:0,{quality},{reads * 41 + random.randrange(90)}", reads
    if genotype == HOM:
        other = random.choices((0, 1), (95, 5))[0]
        quality = min(99, 3 * (reads - other))
        return f"1/1:{other},{reads - other}:{reads}:{quality}:{reads * 42 + random.randrange(150)},{3 * reads},0", reads
    alt = sum(random.random() < 0.485 for _ in range(reads))
    alt = min(max(alt, 2), reads - 2) if reads > 4 else reads // 2
    first, last = alt * 31 + random.randrange(60), (reads - alt) * 33 + random.randrange(60)
    return f"0/1:{reads - alt},{alt}:{reads}:{min(99, first, last)}:{first},0,{last}", reads


def samples(random, mean=33, count=PIECES):
    """For each genotype a list of (fields, depth)."""
    return [[sample(random, genotype, mean) for _ in range(count if genotype < NONE else 16)] for genotype in range(4)]


def several(random, first, second, mean=33):
    """Fields of one sample at a site with two ALT alleles, and its depth."""
    reads = depth(random, mean)
    counts = [0, 0, 0]
    share = reads // 2 + random.randrange(-2, 3) if first != second else 0
    counts[first] += share
    counts[second] += reads - share
    likely = []
    for b in range(3):
        for a in range(b + 1):
            likely.append(0 if (a, b) == tuple(sorted((first, second))) else
                          38 * sum(n for i, n in enumerate(counts) if i not in (a, b)) + 3 * reads + random.randrange(40))
    a, b = sorted((first, second))
    return f"{a}/{b}:{','.join(map(str, counts))}:{reads}:{min(99, 3 * reads)}:{','.join(map(str, likely))}", reads


def triples(random):
    """For each class of frequency 4,096 families: child, father, mother, and what the caller says of their alleles."""
    found = []
    for low, high in CLASS_RANGES:
        families = []
        while len(families) < 4096:
            share = max(random.uniform(low, high), 2e-4)
            parents = [(random.random() < share, random.random() < share) for _ in range(2)]
            if not any(map(any, parents)) and share < 0.01:
                # Waiting for a rare allele takes long: one parent has it.
                parents[random.randrange(2)] = (True, False)
            child = random.choice(parents[0]) + random.choice(parents[1])
            members = [child, sum(parents[0]), sum(parents[1])]
            if not any(members):
                continue
            if random.random() < 0.004:
                members[random.randrange(3)] = NONE
            called = [genotype for genotype in members if genotype != NONE]
            if sum(called):
                families.append((*members, *alleles(sum(called), 2 * len(called))))
        found.append(families)
    return found


def alleles(count, number):
    """What stands before and after in INFO: `AC=1;AF=0.167;AN=6` and `MLEAC=1;MLEAF=0.167`."""
    share = f"{count / number:.3g}"
    return f"AC={count};AF={share};AN={number}", f"MLEAC={count};MLEAF={share}"


def caller(random):
    """INFO keys of GATK, first part and second part, without those that follow from the genotypes."""
    first = [f"ExcessHet={random.gammavariate(1.5, 1.2) + 0.5:.4f};FS={max(0.0, random.gauss(1.5, 2.4)):.3f}"
             for _ in range(PIECES)]
    second = []
    for _ in range(PIECES):
        quality = 60.0 if random.random() < 0.75 else random.uniform(38, 60)
        second.append(
            f"MQ={quality:.2f};MQRankSum={random.gauss(0, 0.6) if quality < 60 else 0:.3g};"
            f"QD={random.uniform(4, 34):.2f};ReadPosRankSum={random.gauss(0.2, 0.9):.3f};SOR={random.gammavariate(4, 0.2):.3f};"
            f"VQSLOD={random.gauss(18, 4):.2f};culprit={random.choice(('MQ', 'FS', 'QD', 'SOR', 'MQRankSum', 'ReadPosRankSum', 'DP'))}")
    return first, second


def population(random):
    """For each class of frequency a list of gnomAD's figures: frequency, highest of a group, chromosomes, homozygous people."""
    found = []
    for kind, (low, high) in enumerate(CLASS_RANGES):
        figures = []
        for _ in range(1 if kind == ABSENT else PIECES):
            share = low * (high / low) ** random.random() if kind in (RARE, LOW, MIDDLE) else random.uniform(low, high)
            number = 152_312 - 2 * int(random.expovariate(1 / 400))
            share = max(1, round(share * number)) / number
            # Rounding must not carry a rare allele over the line that queries draw.
            highest = min(1.0, share * random.uniform(1.0, 2.2))
            figures.append((f"{share:.6g}", f"{highest:.6g}", number, int(share * share * number / 2)))
        found.append([] if kind == ABSENT else figures)
    return found
