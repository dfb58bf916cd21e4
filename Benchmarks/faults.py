#!/usr/bin/env python3
"""A batch that is killed again and again, and one on a disk that fills up: in the end everything must be as an undisturbed run leaves it.

usage: faults.py RARESCREEN [--families N] [--records N] [--kills N] [--series kills|cohort|disk ...] [--step MB]

kills   random SIGKILLs during a batch, each followed by --resume; then all files are compared, save times
cohort  the same with 'cohort add' of the sheet; counts must be those of an undisturbed cohort, and SQLite must find it whole
disk    the batch on a tmpfs of every number of MB up to what it needs: exit code 74, nothing under a final name but whole files, and
        after the disk has grown --resume ends as an undisturbed run (needs root, to mount)

Ends with 1 at the first difference, which it names.
"""

import argparse
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import inputs

SERIES = ("kills", "cohort", "disk")
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# Files of the batch itself and of a case's course, which tell how far it came.
COURSE = ("summary.tsv", "index.html", "relatives.tsv", "batch.json", "status.json", "log.txt")
LOCK = ".rarescreen-lock"
# Of the tree, about how much more a disk needs: files are written aside first.
MARGIN = 1.3


def tree(folder):
    """Every file with its bytes, in which times are masked."""
    found = {}
    for at, _, leaves in os.walk(folder):
        for leaf in leaves:
            if leaf != LOCK:
                path = os.path.join(at, leaf)
                with open(path, "rb") as content:
                    found[os.path.relpath(path, folder)] = TIME.sub(b"TIME", content.read())
    return found


def same(expected, found, what):
    if expected.keys() != found.keys():
        sys.exit(f"faults: {what}: files differ: {sorted(expected.keys() ^ found.keys())[:5]}")
    for path, content in expected.items():
        if found[path] != content:
            sys.exit(f"faults: {what}: {path} differs")


def whole(expected, found, what):
    """What has a final name is as it must be in the end."""
    for path, content in found.items():
        if os.path.basename(path) in COURSE:
            continue
        if path not in expected:
            if not path.endswith((".tmp", ".part")) and ".rarescreen" not in path:
                sys.exit(f"faults: {what}: {path} should not be there")
        elif expected[path] != content:
            sys.exit(f"faults: {what}: {path} is there and differs")


class Runs:
    def __init__(self, options, work):
        self.program, self.work, self.options = os.path.abspath(options.rarescreen), work, options
        self.sheet = os.path.join(inputs.obtain("exomes", options.families, options.records), "cases.tsv")
        self.draw = random.Random(options.seed)

    def path(self, label):
        return os.path.join(self.work, label)

    def batch(self, out, *flags):
        return [self.program, "batch", self.sheet, "--out", out, "--quiet", *flags]

    def run(self, command, *codes):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode not in codes:
            sys.exit(f"faults: {' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
        return done

    def undisturbed(self):
        """The tree of a run that nothing happens to, and its seconds."""
        out = self.path("whole")
        began = time.perf_counter()
        # The command line is in run.json: all runs have the same one.
        self.run(self.batch(out), 0)
        return tree(out), time.perf_counter() - began

    def killed(self, command, longest):
        """Runs a command and kills it after a random time; whether it was still running."""
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(self.draw.uniform(0.05, longest))
            return False
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True


def kills(runs):
    expected, seconds = runs.undisturbed()
    out, count, rounds = runs.path("killed"), 0, 0
    while count < runs.options.kills:
        # About ten kills on the way through the batch; then it begins anew.
        if runs.killed(runs.batch(out, "--resume"), max(0.5, seconds / 5)):
            count += 1
            whole(expected, tree(out), f"after {count} kills")
        else:
            same(expected, tree(out), f"after {count} kills")
            shutil.rmtree(out)
            rounds += 1
    runs.run(runs.batch(out, "--resume"), 0)
    same(expected, tree(out), f"after {count} kills")
    print(f"kills: {count} SIGKILLs over a batch of {runs.options.families} cases, {rounds + 1} times to the end: {len(expected)} files the same")


def cohort_state(path):
    with sqlite3.connect(path) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            sys.exit("faults: PRAGMA integrity_check finds fault")
        people = database.execute("SELECT family, name, digest FROM people ORDER BY 1, 2").fetchall()
    return people


def cohort(runs):
    def add(path):
        return [runs.program, "cohort", "add", runs.sheet, "--cohort", path, "--quiet"]

    def answers(path):
        told = runs.run([runs.program, "cohort", "query", "--region", "chr1:1-30000000", "--cohort", path], 0)
        return told.stdout

    once = runs.path("once.sqlite")
    began = time.perf_counter()
    runs.run(add(once), 0)
    seconds = time.perf_counter() - began
    expected, counts = cohort_state(once), answers(once)
    often, count = runs.path("often.sqlite"), 0
    while count < runs.options.kills:
        if runs.killed(add(often), max(0.5, seconds / 5)):
            count += 1
            if os.path.exists(often):
                people = cohort_state(often)
                if not set(people) <= set(expected):
                    sys.exit(f"faults: after {count} kills the cohort has people that it should not have")
        else:
            compare(expected, counts, often, answers, count)
            for leaf in os.listdir(runs.work):
                if leaf.startswith("often.sqlite"):
                    os.remove(runs.path(leaf))
    runs.run(add(often), 0)
    compare(expected, counts, often, answers, count)
    print(f"cohort: {count} SIGKILLs while {runs.options.families} cases were added: people and {len(counts.splitlines()) - 1} counts the same, "
          "integrity_check ok each time")


def compare(expected, counts, path, answers, count):
    if cohort_state(path) != expected or answers(path) != counts:
        sys.exit(f"faults: after {count} kills the cohort differs")


def disk(runs):
    mount = runs.path("disk")
    os.makedirs(mount, exist_ok=True)
    expected, _ = runs.undisturbed()
    needed = sum(map(len, expected.values())) / 1e6 * MARGIN
    full, sizes = 0, range(1, int(needed) + 2, runs.options.step)
    for size in sizes:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}M", "tmpfs", mount], check=True)
        try:
            out = os.path.join(mount, "out")
            done = runs.run(runs.batch(out), 0, 73, 74)
            if done.returncode:
                full += 1
                if done.returncode != 74 or "space" not in done.stderr:
                    sys.exit(f"faults: a disk of {size} MB: exit {done.returncode}: {done.stderr[-300:]}")
                whole(expected, tree(out), f"a disk of {size} MB")
            subprocess.run(["mount", "-o", f"remount,size={int(needed * 3) + 50}M", mount], check=True)
            runs.run(runs.batch(out, "--resume"), 0)
            same(expected, tree(out), f"a disk that had {size} MB")
        finally:
            subprocess.run(["umount", mount], check=True)
    print(f"disk: {len(sizes)} sizes from 1 to {sizes[-1]} MB; {full} were too small: exit code 74, no file cut short, and the same "
          f"{len(expected)} files after the disk had grown")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rarescreen")
    parser.add_argument("--families", type=int, default=50)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--series", action="append", choices=SERIES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        runs = Runs(options, work)
        for chosen in options.series or SERIES:
            globals()[chosen](runs)


if __name__ == "__main__":
    main()
