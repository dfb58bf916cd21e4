"""Families whose exomes are drawn from one invented population: any number of trios, the same each time, each with one planted cause.

Sites are shared, so that common variants are common; genotypes, reads and what is rare are each family's own. The sites of the
fingerprint are among them with the genotypes of a family, so that relatives are told from strangers.
"""

import os
import random

import inputs
from consequences import Annotator
from genome import CODING, PANEL, ROOT, genes, header, rows
from pools import ABSENT, COMMON, HET, LOW, MAJOR, MIDDLE, RARE, REF, alleles
from records import Pieces

FINGERPRINT = os.path.join(ROOT, "Panels", "data", "fingerprint_sites.tsv")
AUTOSOMES = [f"chr{number}" for number in range(1, 23)]
SEED = 20_261_128
# Of a family's records, how many are of each class, and from how many times as many sites they are taken.
SHARES = {MAJOR: (0.34, 1.3), COMMON: (0.44, 1.3), MIDDLE: (0.15, 4), LOW: (0.03, 25), RARE: (0.025, 100), ABSENT: (0.015, 100)}
PANEL_NAME = "mendeliome"
MEMBERS = ("CHILD", "FATHER", "MOTHER")


class Population:
    """The sites, made once for a number of records a family."""

    def __init__(self, count):
        self.pieces, self.count = Pieces(), count
        draw = random.Random(SEED)
        wanted = {kind: int(count * share * times) + 1 for kind, (share, times) in SHARES.items()}
        coding = [(contig, part[0], part[1]) for contig in AUTOSOMES for gene in genes(contig) for part in gene.segments()
                  if part[2] == CODING]
        spots = draw.choices(coding, weights=[end - start for _, start, end in coding], k=sum(wanted.values()))
        kinds = [kind for kind, number in wanted.items() for _ in range(number)]
        places = {(contig, draw.randrange(start, end) + 1): kind for (contig, start, end), kind in zip(spots, kinds)}
        self.known = {(row[0] if row[0].startswith("chr") else "chr" + row[0], int(row[1])): (row[3], row[4])
                      for row in rows(FINGERPRINT) if row[0] != "contig"}
        # Of a small file a part of them, evenly.
        step = max(1, 4 * len(self.known) // count)
        self.known = dict(list(self.known.items())[::step])
        # In the order of the contigs, which is that of a file.
        order = {contig: number for number, contig in enumerate(AUTOSOMES)}
        self.sites, self.of_kind, self.always = [], {kind: [] for kind in SHARES}, []
        for contig, position in sorted({**places, **dict.fromkeys(self.known)}, key=lambda place: (order[place[0]], place[1])):
            number = len(self.sites)
            if (contig, position) in self.known:
                self.always.append(number)
            else:
                self.of_kind[places[contig, position]].append(number)
            self.sites.append((contig, position, COMMON if (contig, position) in self.known else places[contig, position]))
        self.text = self.told(draw)
        self.causes = self.planted()

    def told(self, draw):
        """Of each site what comes before and after the words on the family's genotypes."""
        annotators = {contig: Annotator(contig, self.pieces.tables) for contig in AUTOSOMES}
        found = []
        for contig, position, kind in self.sites:
            annotator = annotators[contig]
            ref, alt = self.known.get((contig, position)) or draw.choice(self.pieces.snvs)
            found.append(self.line(annotator, contig, position, ref, alt, kind, draw))
        return found

    def line(self, annotator, contig, position, ref, alt, kind, draw, stop=False):
        pieces, number = self.pieces, draw.randrange(700, 65_536)
        known = f"rs{draw.getrandbits(30)}" if kind != ABSENT else ""
        share = ""
        if kind != ABSENT:
            one = draw.choice(pieces.population[kind])
            share = ";gnomad_AF={};gnomad_AF_popmax={};gnomad_AN={};gnomad_nhomalt={}".format(*one)
        entries = annotator.text(position, ref, alt, known, number, annotator.at(position), stop=stop)
        return (f"{contig}\t{position}\t{known or '.'}\t{ref}\t{alt}\t{draw.choice(pieces.qualities) if not stop else 900}\tPASS\t",
                f";{draw.choice(pieces.first)};{draw.choice(pieces.second)}{share};CADD={38 if stop else draw.choice(pieces.scores)};"
                f"CSQ={entries}\tGT:AD:DP:GQ:PL\t")

    def planted(self):
        """New stops, one a gene that only dominant disease is known of: place and text."""
        dominant = {row[0] for row in rows(PANEL) if len(row) > 3 and row[2] == "green" and row[3] == "AD"}
        found, taken = [], {site[:2] for site in self.sites}
        for number, contig in enumerate(AUTOSOMES):
            annotator, draw = Annotator(contig, self.pieces.tables), random.Random(SEED + number)
            for gene in genes(contig):
                coding = [part for part in gene.segments() if part[2] == CODING and part[1] - part[0] > 30]
                if gene.hgnc not in dominant or not coding:
                    continue
                position = (coding[0][0] + coding[0][1]) // 2
                if (contig, position) not in taken:
                    text = self.line(annotator, contig, position, "C", "T", ABSENT, draw, stop=True)
                    found.append(((number, position), gene.symbol, text))
        return found

    def family(self, number):
        """Lines of one family, in order, and the gene of its cause."""
        draw, pieces = random.Random(SEED * 31 + number), self.pieces
        chosen = set(self.always)
        for kind, (share, _) in SHARES.items():
            of_kind = self.of_kind[kind]
            chosen.update(draw.sample(of_kind, min(len(of_kind), int(self.count * share))))
        cause, symbol, text = self.causes[number % len(self.causes)]
        lines, waiting = [], True
        for site in sorted(chosen):
            contig, position, kind = self.sites[site]
            if waiting and (AUTOSOMES.index(contig), position) > cause:
                lines.append(self.record(text, (HET, REF, REF), alleles(1, 6), draw))
                waiting = False
            *members, counted, likely = draw.choice(pieces.triples[kind])
            lines.append(self.record(self.text[site], members, (counted, likely), draw))
        if waiting:
            lines.append(self.record(text, (HET, REF, REF), alleles(1, 6), draw))
        return lines, symbol

    def record(self, text, members, told, draw):
        calls = [draw.choice(self.pieces.samples[genotype])[0] for genotype in members]
        return f"{text[0]}{told[0]};{told[1]}{text[1]}{calls[0]}\t{calls[1]}\t{calls[2]}\n"


def name(number):
    return f"FAM{number:05d}"


def write(at, families, count):
    """Writes `families` trios of about `count` records each, with their pedigrees and a sheet, into a folder."""
    population = Population(count)
    sheet = ["case\tvariants\tpedigree\tphenotypes\tpanels"]
    for number in range(1, families + 1):
        family = name(number)
        child, father, mother = (f"{family}-{member}" for member in MEMBERS)
        packed = inputs.Packed(os.path.join(at, family + ".vcf.gz"), level=1)
        packed.write(header((child, father, mother)).encode("ascii"))
        lines, symbol = population.family(number)
        packed.write("".join(lines).encode("ascii"))
        packed.close(index=False)
        inputs.write(os.path.join(at, family + ".ped"), f"{family}\t{child}\t{father}\t{mother}\t1\t2\n"
                     f"{family}\t{father}\t0\t0\t1\t1\n{family}\t{mother}\t0\t0\t2\t1\n")
        sheet.append(f"{family}\t{family}.vcf.gz\t{family}.ped\tHP:0001250;HP:0001263\t{PANEL_NAME}")
        inputs.write(os.path.join(at, family + ".cause"), symbol + "\n")
    inputs.write(os.path.join(at, "cases.tsv"), "\n".join(sheet) + "\n")
