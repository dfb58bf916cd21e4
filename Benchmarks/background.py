"""The background: a real exome's positions and alleles with an annotation that is drawn, since no genome sequence is at hand.

What is real: the records (one published exome, lifted to GRCh38), their places in MANE transcripts, the lengths of insertions and
deletions, frequencies where the tables of 1000 Genomes and ngs-bits have the allele. What is drawn, by a hash of the allele and of the
number of the person: missense, silent or stop, frequencies of the rest, scores, ClinVar, quality of the call. The same exome thus
serves as several people, who differ in which of their variants look dangerous.

What the draws aim at, of the 10,600 coding records that the file has. (It lacks most homozygous calls of frequent bases, which is
why it has half of a person's coding variants; what is missing would all leave as frequent.)
- missense and silent about even among the frequent: 10-11 k and 10-12 k a person (1000 Genomes 2010); missense 64 % of the rare,
  since fewer of those were weeded out.
- loss of function: frameshifts as their lengths are, splice sites as they lie, stops 0.25 % of the frequent and 2 % of the rare. That makes
  170, most of them frequent; about 100 are genuine (MacArthur 2012), 150 (1000 Genomes 2012) to 400 (2010) were called. 19 are below 0.5 %
  (10-20 in 1000 Genomes 2012).
- coding alleles that no known population has: 30; below 0.1 %: 175 more; below 1 %: some 240 more (gnomAD; all three from alleles
  without an rs number).
- selection: a rare stop, frameshift, splice or missense change stays in a gene with the probability that gnomAD's constraint (observed over expected)
  leaves it, else it is silent, or frequent where its place decides what it is: whoever carries the others is rarely a control.
- genotypes: of a frequent base two copies as often as Hardy and Weinberg have it, since the file lacks those; X of a male has one.
- decoys, put on rare coding records as they lie: two ClinVar pathogenic and three other truncating alleles, heterozygous, in purely recessive genes;
  two truncating alleles in a disease gene at 1-5 %; a few rare homozygous ones.
"""

import gzip
import os

from consequences import changes
from draws import (cadd, drawer, log_uniform, population, revel_background, sample, share, splice_background)
from entries import between, entry, impact, line, named
from genome import AMINO, LENGTHS, PANEL, rows
from placing import changed

EXOME = "exomes/template_exome_manuel.lifted_grch38.vcf.gz"
THOUSAND = "popfreq/kgp_af_by_pop_incl_KHV.grch38.tsv"
FREQUENT = "popfreq/ngsbits_hg38_snps.vcf.gz"
CONSTRAINT = "gnomad/constraint/gnomad.v4.1.constraint_metrics_reduced.tsv"
FILES = (EXOME, THOUSAND, FREQUENT, CONSTRAINT)
ABSENT, VERY_RARE, HOMOZYGOUS = 30, 175, 5
# Share of records whose call is thin or unbalanced.
POOR = 0.03
CARRIED, TRUNCATED, FREQUENT_TRUNCATED = 2, 3, 2
# X of GRCh38 that has a partner on Y: PAR1 and PAR2, 1-based.
PARTNERED = ((10_001, 2_781_479), (155_701_383, 156_030_895))
TRUNCATING = ("stop_gained", "frameshift_variant", "splice_donor_variant", "splice_acceptor_variant")


class Record:
    __slots__ = ("contig", "position", "name", "ref", "alt", "genotype", "places", "frequency", "known", "decoy", "order")

    def __init__(self, fields, places):
        self.contig, self.name, self.ref, self.alt = fields[0], fields[2], fields[3], fields[4]
        self.position, self.genotype = int(fields[1]), fields[9][:3]
        self.places = places.at(self.contig, *changed(self.position, self.ref, self.alt))
        self.frequency = self.known = self.decoy = None

    @property
    def key(self):
        return self.contig, self.position, self.ref, self.alt

    def is_coding(self):
        return any(place.is_coding() or place.is_site() for place in self.places)

    def is_rare(self):
        return self.frequency < 0.01

    def is_snv(self):
        return len(self.ref) == len(self.alt) == 1


class Exome:
    """What all people share: records, what is known of them, and how genes bear change."""

    def __init__(self, data, places, hard=False):
        self.hard = hard
        known = dict(frequencies(data))
        self.records = []
        with gzip.open(os.path.join(data, EXOME), "rt") as lines:
            for text in lines:
                if text[0] != "#" and text.split("\t", 1)[0] in LENGTHS:
                    record = Record(text.rstrip("\n").split("\t"), places)
                    record.known = known.get(record.key)
                    self.records.append(record)
        self.bears = dict(constraint(os.path.join(data, CONSTRAINT)))
        self.modes = {row[0]: row[3] for row in rows(PANEL) if len(row) > 3 and row[2] == "green"}

    def person(self, number):
        """(contig, position, key, text of the line for a female, for a male) of each record; the male's or female's may be nil."""
        drawn = Person(self, number)
        return [(record.contig, record.position, record.key, *drawn.lines(record)) for record in self.records]


def frequencies(data):
    """Published frequencies: (contig, position, ref, alt), fraction."""
    with gzip.open(os.path.join(data, FREQUENT), "rt") as lines:
        for text in lines:
            if text[0] != "#":
                row = text.rstrip("\n").split("\t")
                yield (row[0], int(row[1]), row[3], row[4]), float(row[7].split("AF=")[1].split(";")[0])
    for row in rows(os.path.join(data, THOUSAND)):
        if row[0] != "chrom":
            yield (row[0], int(row[1]), row[2], row[3]), float(row[4])


def constraint(path):
    """Symbol, (observed over expected) of loss of function and of missense, at most 1."""
    with open(path, encoding="utf-8") as lines:
        columns = next(lines).rstrip("\n").split("\t")
        gene, select, loss, missense = map(columns.index, ("gene", "mane_select", "lof.oe", "mis.oe"))
        for text in lines:
            row = text.rstrip("\n").split("\t")
            if row[select] == "true" and "NA" not in (row[loss], row[missense]):
                yield row[gene], (min(1.0, float(row[loss])), min(1.0, float(row[missense])))


class Person:
    """One set of draws over the exome."""

    def __init__(self, exome, number):
        self.exome, self.number = exome, number
        self.missense, self.silent, self.stops = changes(drawer("codons", number))
        unknown = sorted((record for record in exome.records if record.known is None), key=lambda record: share(number, *record.key))
        self.spread([record for record in unknown if record.is_coding() and record.genotype == "0/1"], ABSENT, VERY_RARE)
        self.spread([record for record in unknown if not record.is_coding() and record.genotype == "0/1"], ABSENT * 2, VERY_RARE * 2)
        homozygous = [record for record in unknown if record.genotype == "1/1"]
        for record in homozygous:
            record.frequency = log_uniform(self.draw(record, "AF"), 0.05, 0.9)
        for record in [record for record in homozygous if record.is_coding()][:HOMOZYGOUS]:
            record.frequency = log_uniform(self.draw(record, "AF"), 5e-4, 9e-3)
        for record in exome.records:
            record.decoy = None
            if record.known is not None:
                record.frequency = max(record.known, 2e-4)
            elif not record.is_rare() or record.genotype == "1/1":
                continue
            elif record.is_coding() and not self.is_borne(record):
                record.frequency = log_uniform(self.draw(record, "AF"), 0.01, 0.3)
        self.place_decoys(unknown)

    def draw(self, record, what):
        return drawer(self.number, what, *record.key)

    def spread(self, records, absent, rare):
        """Frequencies of heterozygous alleles without a published one, those without an rs number rarest.

        What a person carries of a site spectrum of 1/x is spread evenly over x; the tables lack few of the frequent coding bases.
        """
        unnamed = [record for record in records if record.name == "."]
        for place, record in enumerate(unnamed):
            draw = self.draw(record, "AF")
            record.frequency = (0.0 if place < absent else log_uniform(draw, 1e-6, 1e-3) if place < absent + rare
                                else log_uniform(draw, 1e-3, 1e-2))
        for record in records:
            if record.name != ".":
                draw = self.draw(record, "AF")
                record.frequency = log_uniform(draw, 5e-3, 0.5) if record.is_coding() else draw.uniform(5e-3, 0.9)

    def is_borne(self, record):
        """Whether a change whose place or length makes it truncating may be rare in a person without the disease."""
        place = record.places[0]
        if not place.is_site() and (record.is_snv() or (len(record.ref) - len(record.alt)) % 3 == 0):
            return True
        return self.draw(record, "borne").random() < self.bears(place)[0]

    def bears(self, place):
        return self.exome.bears.get(place.gene.symbol, (0.6, 0.9))

    def place_decoys(self, unknown):
        """On rare heterozygous coding bases, in the order of the person's hash."""
        waiting = [record for record in unknown if record.genotype == "0/1" and record.is_snv() and record.contig not in ("chrX", "chrY")
                   and record.places and record.places[0].is_coding() and record.is_rare()]
        recessive = [record for record in waiting if self.mode(record) == "AR"]
        for index, record in enumerate(recessive[:CARRIED + TRUNCATED]):
            record.decoy = "carried" if index < CARRIED else "truncated"
            record.frequency = log_uniform(self.draw(record, "decoy"), 1e-5, 1e-3)
        ill = [record for record in waiting if self.mode(record) and record.decoy is None]
        for record in ill[:FREQUENT_TRUNCATED]:
            record.decoy, record.frequency = "frequent", log_uniform(self.draw(record, "decoy"), 0.01, 0.05)

    def mode(self, record):
        return self.exome.modes.get(record.places[0].gene.hgnc)

    def lines(self, record):
        """The line for a female and for a male; nil on Y for the one, a single copy of X for the other."""
        draw = self.draw(record, "rest")
        told = [self.told(record, place, draw) for place in record.places[:4]]
        info = population(draw, record.frequency, record.contig) + self.clinvar(record, told, draw)
        info += ";CSQ=" + (",".join(text for _, text in told) or between(record.ref, record.alt))
        name = record.name.split(";")[0]
        texts = []
        for is_male in (False, True):
            genotype = self.genotype(record)
            if record.contig == "chrX" and is_male and not any(low <= record.position <= high for low, high in PARTNERED):
                genotype = "1/1"
            call = sample(self.draw(record, "call"), genotype, poor=0 if record.decoy else POOR)
            kept = record.contig != "chrY" or is_male
            texts.append(line(record.contig, record.position, name, record.ref, record.alt, info, call) if kept else None)
        return texts

    def genotype(self, record):
        """As in the file; a frequent heterozygous base may have two copies."""
        if record.genotype == "0/1" and record.is_snv() and not record.is_rare() and record.contig != "chrY":
            frequency = min(record.frequency, 1.0)
            if self.draw(record, "copies").random() < frequency / (2 - frequency):
                return "1/1"
        return record.genotype

    def told(self, record, place, draw):
        """Terms and CSQ entry in one gene."""
        rare = record.is_rare()
        amino, score = ("", "", "", ""), ""
        terms = named(place)
        if place.is_coding() and record.decoy and place is record.places[0]:
            change = draw.choice(self.stops)
        elif place.is_coding():
            change = self.change(record, place, draw, rare)
        else:
            change = None
        if change:
            terms = [change[0], *terms]
            amino = (change[2], change[3], change[4], "%3D" if change[5] == "=" else change[5])
            if change[0] == "missense_variant":
                score = f"{revel_background(draw, self.exome.hard and place.gene.hgnc in self.exome.modes):.3f}"
        scores = (score, f"{cadd(draw, impact(terms)):.1f}", f"{splice_background(draw, place, rare):.2f}")
        return terms, entry(place, terms, record.ref, record.alt, amino, scores=scores)

    def change(self, record, place, draw, rare):
        """What a coding change does: term, impact, amino acids, codons, residue before and after."""
        if not record.is_snv():
            removed = len(record.ref) - len(record.alt)
            residue = draw.choice(list(AMINO.values())[:20])
            if removed % 3:
                return "frameshift_variant", "HIGH", "L/X", "cTg/cg", residue, "fs"
            return ("inframe_deletion" if removed > 0 else "inframe_insertion"), "MODERATE", "EK/E", "gAAaag/gag", residue, "del" * (removed > 0)
        kind, borne = draw.random(), draw.random()
        loss, missense = self.bears(place)
        stops, changing = (0.02, 0.66) if rare else (0.0025, 0.485)
        if kind < stops and (not rare or borne < loss):
            return draw.choice(self.stops)
        if stops <= kind < changing and (not rare or borne < missense):
            return draw.choice(self.missense)
        return draw.choice(self.silent)

    def clinvar(self, record, told, draw):
        """Of genes of disease: what ClinVar would have; mostly benign, uncertain in part of the rare, the carried decoys pathogenic."""
        if record.decoy == "carried":
            return ";CLNSIG=Pathogenic;CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts"
        if not told or self.mode(record) is None:
            return ""
        grade, chance = impact(told[0][0]), draw.random()
        word = ""
        if not record.is_rare():
            word = "Benign" if chance < 0.5 else "Likely_benign" if chance < 0.65 else ""
        elif grade in ("HIGH", "MODERATE"):
            word = ("Uncertain_significance" if chance < 0.25 else "Likely_benign" if chance < 0.32
                    else "Conflicting_classifications_of_pathogenicity" if chance < 0.36 else "")
        elif grade == "LOW":
            word = "Likely_benign" if chance < 0.4 else ""
        status = "criteria_provided,_multiple_submitters,_no_conflicts" if draw.random() < 0.5 else "criteria_provided,_single_submitter"
        if word.startswith("Conflicting"):
            status = "criteria_provided,_conflicting_classifications"
        return word and f";CLNSIG={word};CLNREVSTAT={status}"
