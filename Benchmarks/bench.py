#!/usr/bin/env python3
"""Times rarescreen beside programs that answer the same question on the same file, and prints a table in Markdown.

Each pair of commands runs in turn, A B A B, after one of each to warm up; the ratio is taken pair by pair. Before that both
must have given the same answer, or this ends with 1. Goals are printed, not enforced: a person reads the table.
"""

import argparse
import datetime
import itertools
import os
import shutil
import sys
import tempfile

import kernels
from groups import GROUPS, Setting, clean, differences
from measuring import Failed, Outcome, machine, paired, smallest_peak
from peers import QUESTION, Peers

HEAD = ("| A | B | A wall | B wall | B/A, pair by pair | A CPU | B CPU | CPU A/B | A peak | B peak | goal |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|")


def main():
    options = arguments()
    peers = Peers(options.rarescreen)
    if not peers.answers([peers.rarescreen, "--version"]):
        sys.exit(f"bench: {options.rarescreen} is no rarescreen; build it first: ./run bench")
    for needed in ("bcftools", "bgzip", "tabix"):
        if shutil.which(needed) is None:
            sys.exit(f"bench: {needed} is needed; install it, or use ./run bench")
    setting = Setting(peers, options.records)
    setting.out = tempfile.mkdtemp(prefix="rarescreen-bench-out-")
    table = Table(options.out)
    about = machine()
    wrong = 0
    try:
        table.show(f"## {datetime.date.today().isoformat()}\n")
        table.show(f"Machine: {about}\n")
        table.show(f"Input: {options.records:,} records; {options.runs} pairs of runs a row after one to warm up; medians, ranges in "
                   "brackets.\n")
        table.show(f"Question, unless a title says otherwise: `{QUESTION}`\n")
        table.show(f"A peak of {smallest_peak():.0f} MiB or less cannot be told from here.\n")
        for name in options.group:
            if name == "kernels":
                kernels.print_table(peers, table.show)
            else:
                wrong += group(GROUPS[name](setting), options, table.show)
        table.show(f"Load at the end: {os.getloadavg()[0]:.1f}\n")
        table.show("Versions: " + "; ".join(peers.versions()) + "\n")
    finally:
        clean(setting)
        table.close()
    if wrong:
        sys.exit(f"bench: {wrong} differences or failures; see above")


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rarescreen", help="path of the program")
    options.add_argument("--quick", action="store_true", help="300,000 records and 3 pairs, for daily use")
    options.add_argument("--records", type=int, help="records of the trio's genome (3,000,000)")
    options.add_argument("--runs", type=int, help="pairs of runs a row (5)")
    options.add_argument("--group", action="append", choices=[*GROUPS, "kernels"], help="only this group; may be repeated")
    options.add_argument("--out", help="write the table to this file too")
    options = options.parse_args()
    options.records = options.records or (300_000 if options.quick else 3_000_000)
    options.runs = options.runs or (3 if options.quick else 5)
    options.group = options.group or [*GROUPS, "kernels"]
    return options


class Table:
    """Prints lines, and keeps them for a file that appears whole at the end."""

    def __init__(self, path):
        self.path, self.lines = path, []

    def show(self, line):
        print(line, flush=True)
        self.lines.append(line)

    def close(self):
        if self.path:
            aside = f"{self.path}.{os.getpid()}"
            with open(aside, "w", encoding="utf-8") as out:
                out.write("\n".join(self.lines) + "\n")
            os.replace(aside, self.path)


def group(group, options, show):
    """Prints one group; how many differences and failures there were."""
    show(f"### {group.title}\n")
    wrong = 0
    for difference in itertools.chain(differences(group.same), *(check() for check in group.checks)):
        wrong += 1
        show(f"**DIFFERENT**: {difference}\n")
        print(f"bench: DIFFERENT: {difference}", file=sys.stderr, flush=True)
    show(HEAD)
    for row in group.rows:
        names = [side if isinstance(side, str) else side.name for side in (row.a, row.b)]
        missing = [side for side in (row.a, row.b) if isinstance(side, str)]
        if missing:
            show(f"| {names[0]} | {names[1]} | not run |||||||||")
            continue
        try:
            outcome = Outcome(paired(row.a, row.b, options.runs))
        except Failed as failure:
            wrong += 1
            show(f"| {names[0]} | {names[1]} | failed: {' '.join(str(failure).split())[:400].replace('|', chr(92) + '|')} |||||||||")
            continue
        show("| " + " | ".join(names + cells(outcome, row.goals)) + " |")
    show("")
    return wrong


def cells(outcome, goals):
    """The figures of a row."""
    ratios, share = outcome.ratios, outcome.cpu_share()
    middle = len(ratios) // 2
    ratio = ratios[middle] if len(ratios) % 2 else (ratios[middle - 1] + ratios[middle]) / 2
    found = [f"{seconds:.3f} s" for seconds in outcome.middle("wall")]
    found.append(f"{ratio:.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})")
    found += [f"{seconds:.3f} s" for seconds in outcome.middle("cpu")]
    found.append("." if share is None else f"{share:.3f}")
    found += [f"{peak:.0f} MiB" for peak in outcome.peaks()]
    found.append("; ".join(outcome.reaches(goal) for goal in goals) or ".")
    return found


if __name__ == "__main__":
    main()
