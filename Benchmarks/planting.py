"""A case's own file: its alleles among the records of a background person, as an annotated single-sample VCF, and its case files."""

import array
import bisect
import hashlib
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from draws import cadd, drawer, log_uniform, population, revel_planted, sample, share, splice_planted
from entries import entry, header, impact, line, named, shown
from genome import GENES, LENGTHS, PANEL, TRANSCRIPTS
from inputs import cache, write
from placing import Places, trimmed

ORDER = {contig: number for number, contig in enumerate(LENGTHS)}
# How often a published allele is absent from the population database: of one copy causing disease, and of two.
ABSENT_DOMINANT, ABSENT_RECESSIVE = 0.75, 0.35
FREQUENCIES = (1e-6, 2e-5)
MITOCHONDRIAL_CHROMOSOMES = 56_434
SEXES = ("female", "male")
MAKERS = [os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
          for name in ("placing.py", "draws.py", "entries.py", "background.py", "consequences.py", "genome.py")]


class Background:
    """A person's VCF in memory, into which lines are put."""

    def __init__(self, path):
        with open(path, "rb") as content:
            self.text = content.read()
        self.starts, self.keys = array.array("Q"), []
        at = 0
        while at < len(self.text):
            end = self.text.index(b"\n", at) + 1
            if self.text[at:at + 1] != b"#":
                contig, position = self.text[at:at + 40].split(b"\t", 2)[:2]
                self.keys.append((ORDER[contig.decode()], int(position)))
                self.starts.append(at)
            at = end
        self.starts.append(len(self.text))

    def write(self, path, lines):
        """Writes the person with the lines, each after its (order of the contig, position); a record of the same allele gives way."""
        at = self.starts[0] if self.keys else len(self.text)
        with open(path, "wb") as out:
            out.write(self.text[:at])
            for key, text in sorted(lines):
                own = text.split(b"\t", 5)
                first, index = bisect.bisect_left(self.keys, key), bisect.bisect_right(self.keys, key)
                for same in range(first, index):
                    there = self.text[self.starts[same]:self.starts[same + 1]].split(b"\t", 5)
                    if there[3:5] == own[3:5] and self.starts[same] >= at:
                        out.write(self.text[at:self.starts[same]])
                        at = self.starts[same + 1]
                out.write(self.text[at:max(at, self.starts[index])])
                at = max(at, self.starts[index])
                out.write(text)
            out.write(self.text[at:])


def people(data, count, hard):
    """Paths of the people's files by (number, sex), made first unless they are there."""
    from background import FILES

    digest = hashlib.sha256()
    for source in [*MAKERS, GENES, TRANSCRIPTS, PANEL]:
        with open(source, "rb") as content:
            digest.update(content.read())
    digest.update(repr([(name, os.path.getsize(os.path.join(data, name))) for name in FILES]).encode())
    folder = os.path.join(cache(), ("hard-" if hard else "") + "people-" + digest.hexdigest()[:12])
    os.makedirs(folder, mode=0o700, exist_ok=True)
    paths = {(number, sex): os.path.join(folder, f"{number}.{sex}.vcf") for number in range(count) for sex in SEXES}
    missing = sorted({number for (number, _), path in paths.items() if not os.path.exists(path)})
    if missing:
        print(f"planted: making {len(missing)} background people, once", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(min(2, len(missing))) as pool:
            list(pool.map(make, [data] * 2, [missing[::2], missing[1::2]], [paths] * 2, [hard] * 2))
    return paths


def make(data, numbers, paths, hard):
    from background import Exome

    if not numbers:
        return
    exome = Exome(data, Places(), hard)
    for number in numbers:
        records = sorted(exome.person(number), key=lambda record: (ORDER[record[0]], record[1]))
        for index, sex in enumerate(SEXES):
            path = paths[number, sex]
            aside = f"{path}.{os.getpid()}"
            write(aside, header() + "".join(record[3 + index] for record in records if record[3 + index]))
            os.replace(aside, path)


def planted(case, options):
    """Lines of a case's alleles with their keys of order."""
    return [((ORDER[allele.contig], allele.position), planted_line(case, allele, options).encode()) for allele in case.alleles]


def planted_line(case, allele, options):
    draw = drawer("planted", case.name, *allele.key)
    absent = ABSENT_RECESSIVE if case.kind in ("hom", "compound") else ABSENT_DOMINANT
    frequency = 0.0 if draw.random() < absent else log_uniform(draw, *FREQUENCIES)
    mitochondrial = allele.contig == "chrM"
    an = {"an": MITOCHONDRIAL_CHROMOSOMES} if mitochondrial else {}
    info = population(draw, frequency, allele.contig, harmful=True, **an)
    if options.clinvar and draw.random() < 0.5:
        status = "criteria_provided,_multiple_submitters,_no_conflicts" if draw.random() < 0.5 else "criteria_provided,_single_submitter"
        info += f";CLNSIG=Pathogenic;CLNREVSTAT={status}"
    told = [own_entry(case, allele, draw, options.hard)]
    for place in allele.others[:3]:
        terms = named(place)
        if not place.is_coding() and terms:
            told.append(entry(place, terms, allele.ref, allele.alt))
    genotype = {"heterozygous": "0/1", "homozygous": "1/1", "hemizygous": "1/1"}[allele.zygosity]
    call = sample(draw, genotype, mitochondrial=mitochondrial)
    return line(allele.contig, allele.position, ".", allele.ref, allele.alt, info + ";CSQ=" + ",".join(told), call)


def own_entry(case, allele, draw, hard):
    """The entry of the case's gene. An allele beside the gene's transcript is told as upstream or downstream of it."""
    missense = allele.terms[0] == "missense_variant"
    scores = (f"{revel_planted(draw, hard):.3f}" if missense else "", f"{cadd(draw, impact(allele.terms), planted=True):.1f}",
              f"{splice_planted(draw, allele.terms):.2f}")
    if allele.place is None:
        return "|".join([shown(allele.ref, allele.alt), allele.terms[0], impact(allele.terms), case.symbol, "", "Transcript", "", "",
                         *[""] * 10, case.hgnc, "", "", *scores])
    gene = allele.place.gene
    coding, protein = allele.coding_name, allele.protein_name.replace("(", "").replace(")", "").replace("=", "%3D")
    names = None
    if coding.split(".")[0] == gene.refseq.split(".")[0]:
        names = (coding, protein if protein.split(".")[0] == gene.protein.split(".")[0] else "")
    return entry(allele.place, allele.terms, allele.ref, allele.alt, names=names, scores=scores)


def person_of(case, count):
    return int(share("person", case.name) * count), SEXES[case.is_male()]


def case_file(case, path, terms, excluded):
    """A case in YAML beside its variants."""
    lines = [f"case: {name_of(case)}", "build: GRCh38", "variants: case.vcf", "panels: [mendeliome]"]
    lines += [f"sex: {case.sex}"] if case.sex else []
    lines += [f"phenotypes: [{', '.join(terms)}]"] if terms else []
    lines += [f"excluded_phenotypes: [{', '.join(excluded)}]"] if excluded else []
    write(path, "\n".join(lines) + "\n")


def name_of(case):
    return "".join(letter if letter.isalnum() else "-" for letter in case.name)[:80]


def written(allele):
    """The allele as genes.tsv writes it: trimmed, without chr."""
    position, ref, alt = trimmed(allele.position, allele.ref, allele.alt)
    contig = allele.contig.removeprefix("chr")
    return f"{'MT' if contig == 'M' else contig}-{position}-{ref}-{alt}"
