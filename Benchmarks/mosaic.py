#!/usr/bin/env python3
"""What the reads add to a trio's calls: does `screen` see that a parent has some of the child's new allele, and that files were swapped?

A child has new variants; the caller saw none of them in a parent, whose reads hold 0, 2, 5, 10 or 20 % of the allele. Prints a table of how
often "de novo" becomes "parental mosaicism?", beside what samtools counts in the same files; the parents that were not called and
that the reads settle; and whether alignments under the wrong name are noticed. README.md says how people and reads are made.
"""

import argparse
import csv
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from counts import counted
from families import FRACTIONS, NAMELESS, SWAPS, TRUTH
from inputs import TRIO, obtain
from measuring import machine
from strands import Variant

# Where a run says what it made of a site: the only place that knows names and words of its files.
ANSWERS = "candidates.json"
QUALITY = "qc.json"
DE_NOVO = "de_novo"
SUSPECTED, UNSETTLED = "parental mosaicism", "one parent missing"
FAILED = ("fail", "warning")
# What makes a parent suspect: so many reads of the allele, and so large a share of the reads there.
READS, SHARE = 2, 0.02
DISAGREED = "disagreements.tsv"


@dataclass
class Site:
    variant: Variant
    kind: str
    in_repeat: bool
    fraction: float
    parent: str
    not_called: str


class Answers:
    """Reasons of the de novo verdict of each site in a run's folder; what else is said of the family."""

    def __init__(self, folder):
        with open(os.path.join(folder, ANSWERS), encoding="utf-8") as content:
            told = json.load(content)
        self.reasons = {}
        for candidate in told["candidates"]:
            words = list(candidate["flags"])
            for verdict in candidate["verdicts"]:
                if verdict["model"] == DE_NOVO:
                    words += verdict["reasons"] + verdict["flags"]
            for variant in candidate["variants"]:
                self.reasons.setdefault(self.key(variant["allele"]), []).extend(words + variant["flags"])
        with open(os.path.join(folder, QUALITY), encoding="utf-8") as content:
            self.checks = {json.dumps(check, sort_keys=True) for check in json.load(content)["checks"] if check["verdict"] in FAILED}
        self.warnings = set(told["warnings"])

    @staticmethod
    def key(allele):
        return allele["chrom"].removeprefix("chr"), allele["pos"], allele["ref"], allele["alt"]

    def of(self, variant):
        """Words about a site; None where it is no candidate."""
        return self.reasons.get((variant.contig.removeprefix("chr"), variant.position, variant.ref, variant.alt))

    def suspects(self, variant):
        return any(SUSPECTED in word for word in self.of(variant) or ())

    def settles(self, variant):
        words = self.of(variant)
        return words is not None and not any(UNSETTLED in word for word in words)


class Runner:
    """Screens case files of one folder."""

    def __init__(self, options, folder, out):
        self.options, self.folder, self.out = options, folder, out
        self.environment = {**os.environ, "RARESCREEN_KNOWLEDGE": ""}

    def run(self, case):
        """Exit code, messages, seconds and answers of a screen; no answers where it failed."""
        target = os.path.join(self.out, case)
        words = [self.options.rarescreen, "screen", os.path.join(self.folder, case + ".yaml"), "--out", target,
                 "--threads", str(self.options.threads)]
        began = time.perf_counter()
        ended = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=self.environment)
        seconds = time.perf_counter() - began
        messages = [line for line in ended.stderr.splitlines() if line.startswith("rarescreen:")]
        return ended.returncode, messages, seconds, Answers(target) if ended.returncode == 0 else None


def main():
    options = arguments()
    out = options.out or tempfile.mkdtemp(prefix="rarescreen-mosaic-")
    wrong = []
    try:
        print(f"# What the reads add\n\nMachine: {machine()}; {options.sites} sites a cell.\n")
        tables, first = [], None
        for depth in options.depths:
            folder = obtain("mosaic", options.sites, depth)
            sites = truth(folder)
            counts = {parent: counted(os.path.join(folder, parent + ".bam"), os.path.join(folder, "genome.fa"),
                                      [one.variant for one in sites]) for parent in TRIO}
            wrong += unexpected(sites, counts, depth)
            runner = Runner(options, folder, os.path.join(out, str(depth)))
            os.makedirs(runner.out, exist_ok=True)
            tables.append((depth, sites, counts, runner.run("without"), runner.run("case")))
            first = first or (runner, tables[0][4])
        wrong += [f"{depth}x: `screen` ended with {run[0]}: {' '.join(run[1])}" for depth, _, _, *runs in tables for run in runs
                  if run[3] is None]
        if all(run[3] for *_, one, other in tables for run in (one, other)):
            if all(without[3].reasons == case[3].reasons for *_, without, case in tables):
                print("**The same reasons with alignments and without: this rarescreen does not look at the reads of a candidate.**\n")
            print_cells(tables)
            print_missing(tables)
            print_times(tables)
            if options.out:
                write_disagreements(os.path.join(options.out, DISAGREED), tables)
        if first[1][3] is not None:
            wrong += print_swaps(*first)
    finally:
        if not options.out:
            shutil.rmtree(out, ignore_errors=True)
    if wrong:
        sys.exit("\n".join(["", *(f"mosaic: {text}" for text in wrong)]))


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rarescreen", help="path of the program")
    options.add_argument("--sites", type=int, default=200, help="new variants of each fraction (200)")
    options.add_argument("--depths", type=lambda text: [int(word) for word in text.split(",")], default=[30, 60, 100], help="depths (30,60,100)")
    options.add_argument("--threads", type=int, default=2, help="workers of a screen (2)")
    options.add_argument("--out", help="keep the runs in this folder")
    options = options.parse_args()
    options.rarescreen = os.path.abspath(options.rarescreen)
    return options


def truth(folder):
    with open(os.path.join(folder, TRUTH), encoding="utf-8", newline="") as lines:
        return [Site(Variant(row["chrom"], int(row["pos"]), row["ref"], row["alt"]), row["kind"], row["in_repeat"] == "1",
                     float(row["fraction"]), row["parent"], None if row["not_called"] == "." else row["not_called"])
                for row in csv.DictReader(lines, delimiter="\t")]


def unexpected(sites, counts, depth):
    """Where the reads are not what was planted, one text a cell: outside five standard deviations of the binomial.

    Indels are seen less often than they are there, since reads that end in them do not show them: only more than planted is wrong there.
    """
    for sample in TRIO:
        for fraction in FRACTIONS:
            for kind in ("snv", "deletion", "insertion"):
                chosen = [one for one in sites if one.fraction == fraction and one.kind == kind and sample in ("CHILD", one.parent)]
                shown, total = (sum(counts[sample][one.variant][side] for one in chosen) for side in (0, 1))
                wanted = 0.5 if sample == "CHILD" else fraction
                spread = 5 * math.sqrt(max(total * wanted * (1 - wanted), total * 0.001)) + 5
                if shown > total * wanted + spread or kind == "snv" and shown < total * wanted - spread or total == 0:
                    yield f"{depth}x: {sample} has {shown} of {total} reads of {kind}s planted at {wanted:g}"


def share(sites, holds):
    """A share as words, with the count it is of."""
    sites = list(sites)
    return f"{100 * sum(map(holds, sites)) / len(sites):.1f} %" if sites else "."


def beyond(fraction, depth, least):
    """Chance of at least so many reads by the binomial."""
    return 1 - sum(math.comb(depth, number) * fraction ** number * (1 - fraction) ** (depth - number) for number in range(least))


def holds(count):
    """Whether reads that samtools counted make a parent suspect."""
    shown, total = count
    return shown >= READS and shown >= SHARE * total


def print_cells(tables):
    """Sites whose parents were called: how often the program suspects a parent, and what the reads hold."""
    print(f"## De novo becomes \"{SUSPECTED}?\"\n\nBoth parents called 0/0. 0 %: false alarms. Beside: suspected from the calls alone; the binomial chance of "
          f"{READS} reads; sites where samtools counts {READS} reads of the allele in the parent that are {100 * SHARE:g} % (mapping and base quality 20), and how many of "
          "these are suspected.\n")
    print("| depth | fraction | sites | suspected | calls alone | binomial | samtools | suspected of those | SNV | indel | indel in repeat | no candidate |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for depth, sites, counts, without, case in tables:
        for fraction in FRACTIONS:
            cell = [one for one in sites if one.fraction == fraction and not one.not_called]
            def suspected(one, answers=case[3]):
                return answers.suspects(one.variant)
            held = [one for one in cell if holds(counts[one.parent][one.variant])]
            kinds = [share((one for one in cell if (one.kind == "snv", one.in_repeat) == wanted), suspected)
                     for wanted in ((True, False), (False, False), (False, True))]
            figures = [f"**{share(cell, suspected)}**", share(cell, lambda one: without[3].suspects(one.variant)),
                       f"{100 * beyond(fraction, depth, READS):.1f} %", share(cell, held.__contains__), share(held, suspected), *kinds,
                       str(sum(case[3].of(one.variant) is None for one in cell))]
            print(f"| {depth} | {100 * fraction:g} % | {len(cell)} | {' | '.join(figures)} |")
    print()


def write_disagreements(path, tables):
    """Sites where the program suspects a parent and samtools' counts do not, or the other way round."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("\t".join(("depth", "chrom", "pos", "ref", "alt", "in_repeat", "fraction", "parent", "shown", "reads", "suspected", "reasons")) + "\n")
        for depth, sites, counts, _, case in tables:
            for one in sites:
                count, suspected = counts[one.parent][one.variant], case[3].suspects(one.variant)
                if not one.not_called and suspected != holds(count):
                    variant = one.variant
                    out.write("\t".join(map(str, (depth, variant.contig, variant.position, variant.ref, variant.alt, int(one.in_repeat), one.fraction,
                                                  one.parent, *count, int(suspected), "; ".join(case[3].of(variant) or ["no candidate"])))) + "\n")


def print_missing(tables):
    """Sites with a parent that was not called."""
    print(f"## A parent that was not called\n\nSettled: \"{UNSETTLED}\" is no longer said. A parent that has 10 % or 20 % of the allele should be suspected, "
          "one that has none should not.\n")
    print("| depth | sites | settled | calls alone | none of the allele: suspected | 10 or 20 %: suspected |\n|---:|---:|---:|---:|---:|---:|")
    for depth, sites, _, without, case in tables:
        cell = [one for one in sites if one.not_called]
        clean = [one for one in cell if one.fraction == 0 or one.parent != one.not_called]
        having = [one for one in cell if one.fraction >= 0.1 and one.parent == one.not_called]
        def suspected(one, answers=case[3]):
            return answers.suspects(one.variant)
        print(f"| {depth} | {len(cell)} | **{share(cell, lambda one: case[3].settles(one.variant))}** | "
              f"{share(cell, lambda one: without[3].settles(one.variant))} | "
              f"{share((one for one in clean if one.fraction == 0), suspected)} | {share(having, suspected)} |")
    print()


def print_times(tables):
    print("## Time of a screen\n\n| depth | candidates' sites | without alignments | with three |\n|---:|---:|---:|---:|")
    for depth, sites, _, without, case in tables:
        print(f"| {depth} | {len(sites)} | {without[2]:.2f} s | {case[2]:.2f} s |")
    print()


def kind_of(text):
    """A message without the names of files, alleles and numbers, which differ between runs whatever is found."""
    text = re.sub(r"\S*/?\b(" + "|".join(TRIO) + r")(\." + NAMELESS + r")?\.bam", "FILE", text)
    return re.sub(r"[\d.,]+", "0", re.sub(r"(\w+-\d+-[ACGT]+-[ACGT]+(, …|, )?)+", "ALLELES", text))


def told(run):
    """All that a run says."""
    answers = run[3]
    return [line.removeprefix("rarescreen: ") for line in run[1]] + (sorted(answers.warnings | answers.checks) if answers else [])


def print_swaps(runner, right):
    """Runs with two people's alignments under each other's names; those that nothing was said of."""
    print("## Alignments under the wrong name\n\nNoticed: another exit code, or a message or a failed check of a kind that the right names do not bring. "
          "Where it is not, what it does to the candidates.\n")
    print("| swapped | names in the headers | noticed | candidates, right names | candidates, swapped | what is said |\n|---|---|---|---:|---:|---|")
    missed = []
    for suffix in ("", "." + NAMELESS):
        usual = runner.run("case" + suffix) if suffix else right
        expected = set(map(kind_of, told(usual)))
        for name in SWAPS:
            if name == "case":
                continue
            run = runner.run(name + suffix)
            said = [] if run[0] == usual[0] else [f"exit code {run[0]}"]
            said += [text for text in told(run) if kind_of(text) not in expected]
            changed = [text for text in told(run) if text not in told(usual) and kind_of(text) in expected and "FILE" not in kind_of(text)]
            note = "; ".join(said or changed).replace(runner.folder + os.sep, "")[:260].replace("|", "\\|")
            figures = [str(len(one[3].reasons)) if one[3] else "." for one in (usual, run)]
            print(f"| {name} | {'none' if suffix else 'the true ones'} | {'yes' if said else '**no**'} | {' | '.join(figures)} | {note or '.'} |")
            if not said:
                missed.append(f"swap {name}, {'no name' if suffix else 'names'} in the headers: nothing says so")
    print()
    return missed


if __name__ == "__main__":
    main()
