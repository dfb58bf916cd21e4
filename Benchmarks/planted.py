#!/usr/bin/env python3
"""Puts the alleles of published cases into the exome of a background person, screens each as a whole, and says where the gene came out.

Each case is screened with its terms and without. The folder of --out gets `report.md`, `ranks.tsv` (a line a case and arm) and the
reliability of the first gene's share as a picture (or text, without matplotlib). README.md says how background, decoys and planted
alleles are made. No case is dropped in silence: those that cannot be planted are counted by reason and named in `left-out.tsv`.
"""

import argparse
import collections
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import packets
from draws import drawer
from measuring import machine
from placing import Places
from planting import Background, case_file, people, person_of, planted, written
from ranking import COLUMNS, report

ARMS = ("with terms", "without terms")
NOISY = "with noisy terms"
PRESENT = "HP:0000118"


def main():
    options = arguments()
    for needed in ("exomes", "popfreq", "phenotype", "gnomad"):
        if not os.path.isdir(os.path.join(options.data, needed)):
            sys.exit(f"planted: no folder '{needed}' in {options.data}; name the inputs with --data or RARESCREEN_TEST_DATA")
    began = time.time()
    cases = packets.read(options.data, Places())
    usable = [case for case in cases if case.unusable is None]
    if options.only:
        sample = [case for case in usable if case.name in options.only]
        if len(sample) < len(options.only):
            sys.exit("planted: not among the cases that can be planted: " + ", ".join(set(options.only) - {case.name for case in sample}))
    else:
        sample = packets.chosen(usable, options.cases, options.half)
    paths = people(options.data, options.people, options.hard)
    os.makedirs(options.out, exist_ok=True)
    prepared = time.time()
    runner = Runner(options, paths)
    with ThreadPoolExecutor(options.jobs) as pool:
        # By person, so that few backgrounds are in memory at a time.
        rows = [row for found in pool.map(runner.case, sorted(sample, key=lambda case: person_of(case, options.people))) for row in found]
    rows.sort(key=lambda row: (row["case"], row["arm"]))
    table(os.path.join(options.out, "ranks.tsv"), COLUMNS, rows)
    table(os.path.join(options.out, "left-out.tsv"), ("case", "reason"),
          [{"case": case.name, "reason": case.unusable} for case in cases if case.unusable])
    lines = about(options, cases, usable, sample, prepared - began, time.time() - prepared)
    lines += report(rows, options.out)
    text = "\n".join(lines) + "\n"
    with open(os.path.join(options.out, "report.md"), "w", encoding="utf-8") as out:
        out.write(text)
    print(text, end="")
    failed = [row for row in rows if row["failure"]]
    if failed:
        sys.exit(f"planted: {len(failed)} screens failed; the first: {failed[0]['case']}: {failed[0]['failure']}")


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rarescreen", help="path of the program")
    options.add_argument("--data", default=os.environ.get("RARESCREEN_TEST_DATA", "."), help="folder of the inputs (RARESCREEN_TEST_DATA)")
    options.add_argument("--cases", default=300, type=count, help="how many cases, or 'all' (300, the same each time)")
    options.add_argument("--half", choices=("test", "tune", "all"), default="all", help="genes kept for testing, those for tuning, or all")
    options.add_argument("--people", type=int, default=16, help="background people, all of the one exome (16)")
    options.add_argument("--jobs", type=int, default=2, help="cases at a time (2)")
    options.add_argument("--no-terms", action="store_true", help="only screen without terms")
    options.add_argument("--noise", action="store_true", help="screen also with two terms made vaguer and two random ones added")
    options.add_argument("--clinvar", action="store_true", help="give half of the planted alleles a pathogenic record of ClinVar")
    options.add_argument("--hard", action="store_true", help="lower scores of planted alleles, higher ones of the background in genes of disease")
    options.add_argument("--set", action="append", default=[], metavar="key=value", help="a setting for every screen; may be repeated")
    options.add_argument("--only", action="append", help="this case alone, by its name in ranks.tsv; its folder is kept; may be repeated")
    options.add_argument("--out", default="planted-report", help="folder of the report (planted-report)")
    options = options.parse_args()
    options.rarescreen = os.path.abspath(options.rarescreen)
    if not os.access(options.rarescreen, os.X_OK):
        sys.exit(f"planted: {options.rarescreen} is no program; build it first: swift build -c release")
    return options


def count(text):
    """A number of cases; nil for all."""
    if text == "all":
        return None
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is neither a number of cases nor 'all'")
    return int(text)


def about(options, cases, usable, sample, preparing, running):
    """What was run on what."""
    arms = collections.Counter(case.kind for case in sample)
    lines = ["# Planted alleles", "", f"Machine: {machine()}", "",
             f"{len(sample)} cases ({', '.join(f'{count} {kind}' for kind, count in arms.most_common())}) of "
             f"{len({case.symbol for case in sample})} genes, half of the genes: {options.half}; {options.people} background people; "
             f"ClinVar: {'half of the planted alleles' if options.clinvar else 'none of the planted alleles'}; "
             f"scores: {'hard' if options.hard else 'usual'}; settings: {', '.join(options.set) or 'the defaults'}. "
             f"{preparing:.0f} s to prepare, {running:.0f} s to screen, {options.jobs} at a time.", "",
             f"Of {len(cases):,} published cases {len(usable):,} can be planted; not: "
             + "; ".join(f"{count} {reason}" for reason, count in packets.counts(cases).most_common()) + " (left-out.tsv).", ""]
    unknown, contrary = sum(len(case.unknown_terms) for case in sample), sum(len(case.contradicted_terms) for case in sample)
    guessed = sum(allele.told_by == "place" for case in sample for allele in case.alleles)
    beside = sorted({case.symbol for case in sample for allele in case.alleles if allele.place is None})
    lines += [f"Left out of the cases: {unknown} terms that the ontology does not know, {contrary} excluded terms that an observed one implies. "
              f"{guessed} alleles have no name of HGVS that tells the consequence: their place does. "
              f"Outside their gene's transcript: {', '.join(beside) or 'none'}.", ""]
    return lines


class Runner:
    """Plants and screens cases, several at a time."""

    def __init__(self, options, paths):
        self.options, self.paths, self.loaded = options, paths, {}
        self.environment = {**os.environ, "RARESCREEN_KNOWLEDGE": ""}
        self.settings = [word for setting in options.set for word in ("--set", setting)]
        self.known = packets.Known(options.data)
        ontology = packets.Ontology()
        self.ontology = ontology
        self.findings = sorted(term for term in ontology.parents if PRESENT in ontology.with_ancestors(term)) if options.noise else []

    def background(self, person):
        found = self.loaded.get(person) or Background(self.paths[person])
        # Cases come by person, so that the last few are enough.
        self.loaded = {**dict(list(self.loaded.items())[-2:]), person: found}
        return found

    def case(self, case):
        """A row an arm."""
        folder = tempfile.mkdtemp(prefix="rarescreen-planted-")
        try:
            self.background(person_of(case, self.options.people)).write(
                os.path.join(folder, "case.vcf"), planted(case, self.options))
            arms = {ARMS[0]: (case.terms, case.excluded), ARMS[1]: ([], [])}
            if self.options.noise:
                arms[NOISY] = (self.noisy(case), case.excluded)
            if self.options.no_terms:
                arms = {ARMS[1]: ([], [])}
            return [self.screened(case, folder, arm, *terms) for arm, terms in arms.items()]
        finally:
            if self.options.only:
                kept = os.path.join(self.options.out, case.name.replace("/", "-"))
                shutil.rmtree(kept, ignore_errors=True)
                shutil.move(folder, kept)
                print(f"planted: {kept}", file=sys.stderr)
            else:
                shutil.rmtree(folder, ignore_errors=True)

    def noisy(self, case):
        """The terms, of which two stand one level higher, and two that have nothing to do with the case."""
        draw, terms = drawer("noise", case.name), list(case.terms)
        for place in draw.sample(range(len(terms)), min(2, len(terms))):
            above = [parent for parent in self.ontology.parents[self.ontology.primary(terms[place])] if parent not in (PRESENT, "HP:0000001")]
            terms[place] = above[0] if above else terms[place]
        excluded = {self.ontology.primary(term) for term in case.excluded}
        added = [term for term in draw.sample(self.findings, 40) if not self.ontology.with_ancestors(term) & excluded]
        return sorted({term for term in terms if not self.ontology.with_ancestors(term) & excluded} | set(added[:2]))

    def screened(self, case, folder, arm, terms, excluded):
        name = arm.split()[0] + "-" + arm.split()[1]
        path, out = os.path.join(folder, f"{name}.yaml"), os.path.join(folder, name)
        case_file(case, path, terms, excluded)
        row = {"case": case.name, "gene": case.symbol, "hgnc_id": case.hgnc, "disease": case.disease, "kind": case.kind, "arm": arm,
               "person": person_of(case, self.options.people)[0], "consequence": ",".join(allele.terms[0] for allele in case.alleles),
               "alleles": ",".join(map(written, case.alleles)), "terms": len(case.terms), "excluded": len(case.excluded),
               "knowledge": self.known.gene(case), "paper": self.known.paper(case), "failure": "", "reason": ""}
        ended = self.run("screen", path, "--out", out, "--threads", "1", "--quiet", *self.settings)
        if ended.returncode != 0:
            return {**row, "failure": " ".join(ended.stderr.split())[:300] or f"ended with {ended.returncode}"}
        row.update(outcome(case, out))
        if row["rank"] == "":
            row["reason"] = self.reason(case, path)
        return row

    def run(self, *arguments):
        return subprocess.run([self.options.rarescreen, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)

    def reason(self, case, path):
        """Why none of the alleles is reported, of each allele the stage and the rule."""
        found = []
        for allele in case.alleles:
            text = self.run("explain", path, "--variant", written(allele), "--quiet", *self.settings).stdout
            lines = text.splitlines() or ["explain says nothing"]
            rule = next((line.split("rule", 1)[1].strip() for line in lines if line.strip().startswith("rule ")), "")
            stage = lines[0].rpartition("it left at ")[2].rstrip(".") if "it left at" in lines[0] else lines[0].partition(" is ")[2]
            if stage == "inheritance":
                rule = next((line.split("value", 1)[1].strip() for line in lines if line.strip().startswith("value ")), rule)
            found.append(f"{stage}: {rule}" if rule else stage)
        return " / ".join(dict.fromkeys(found))


def outcome(case, folder):
    """Rank of the causal gene, number of candidates, shares. Genes of equal points share the worst of their ranks."""
    genes, candidates = read(folder, "genes.tsv"), read(folder, "candidates.tsv")
    alleles = set(map(written, case.alleles))
    points = {line["rank"]: float(line["score"]) for line in candidates}
    row = {"rank": "", "printed_rank": "", "candidates": len(points), "points": sorted(points.values()), "genes": len(genes),
           "top_gene": "", "top_score": "", "top_phenotype": "", "top_share": "", "score": "", "phenotype": "", "share": "",
           "top_is_causal": 0, "alleles_listed": 0}
    if genes:
        row.update(top_gene=genes[0]["gene"], top_score=genes[0]["score"], top_phenotype=genes[0]["phenotype_score"],
                   top_share=genes[0]["share"])
    for gene in genes:
        listed = alleles & set(gene["variants"].split(","))
        if gene["hgnc_id"] == case.hgnc and listed:
            rank = sum(float(other["score"]) >= float(gene["score"]) for other in genes)
            row.update(rank=rank, printed_rank=int(gene["rank"]), score=gene["score"], phenotype=gene["phenotype_score"], share=gene["share"],
                       top_is_causal=int(gene["rank"] == "1"), alleles_listed=len(listed))
    return row


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def table(path, columns, rows):
    with open(path, "w", encoding="utf-8") as out:
        out.write("\t".join(columns) + "\n")
        for row in rows:
            out.write("\t".join(str(row.get(column, "")).replace("\t", " ") for column in columns) + "\n")


if __name__ == "__main__":
    main()
