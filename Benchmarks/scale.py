#!/usr/bin/env python3
"""Many families: throughput and memory of a batch, what a case costs the file system, and how the cohort grows.

usage: scale.py RARESCREEN [--families N] [--records N] [--series NAME ...] [--pairs N] [--work DIR] [--out FILE]

Series: throughput (a batch on all cores beside one worker), memory (over a whole batch), files (of a case, and system calls where
strace is installed), cohort (size and time of additions and questions). Prints a table in Markdown. Inputs are invented: exomes.py. What fails ends the run with 1.
"""

import argparse
import collections
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import inputs
from exomes import name
from measuring import machine

SERIES = ("throughput", "memory", "files", "cohort")
# Cases that one worker is timed on: after the first of them the tables are loaded.
TIMED = 40
CALLS = ("open", "openat", "stat", "newfstatat", "statx", "lstat", "access", "faccessat", "faccessat2", "rename", "renameat", "renameat2", "unlink",
         "unlinkat", "mkdir", "mkdirat", "rmdir", "fsync", "fdatasync", "getdents64", "link", "linkat", "chmod", "fchmod", "fchmodat")


class Series:
    """What all series share: the program, the families, and where runs are left."""

    def __init__(self, options, work):
        self.program, self.work, self.pairs = os.path.abspath(options.rarescreen), work, options.pairs
        self.folder, self.count, self.records = inputs.obtain("exomes", options.families, options.records), options.families, options.records
        self.rows = []

    def sheet(self, count, first=1):
        """A sheet of some of the families; paths lead to where they lie."""
        with open(os.path.join(self.folder, "cases.tsv"), encoding="utf-8") as text:
            header, *lines = text.read().splitlines()
        path = os.path.join(self.work, f"cases-{first}-{count}.tsv")
        kept = []
        for line in lines[first - 1:first - 1 + count]:
            cells = line.split("\t")
            kept.append("\t".join([cells[0], *(os.path.join(self.folder, cell) for cell in cells[1:3]), *cells[3:]]))
        inputs.write(path, "\n".join([header, *kept]) + "\n")
        return path

    def out(self, label):
        path = os.path.join(self.work, label)
        shutil.rmtree(path, ignore_errors=True)
        return path

    def batch(self, sheet, out, *flags):
        return [self.program, "batch", sheet, "--out", out, "--quiet", *flags]

    def timed(self, command):
        """Seconds of wall and of CPU; the command must succeed."""
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        if status != 0:
            sys.exit(f"scale: {' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
        return wall, usage.ru_utime + usage.ru_stime

    def tell(self, what, figure):
        self.rows.append((what, figure))
        print(f"| {what} | {figure} |", flush=True)


def throughput(series):
    """Cases a minute on all cores beside those of one worker, both without what is loaded once."""
    cores = len(os.sched_getaffinity(0))
    count = min(TIMED, series.count)
    one, many = series.sheet(1), series.sheet(count)
    ratios, singles, rates, shares = [], [], [], []
    for _ in range(series.pairs):
        start, start_cpu = series.timed(series.batch(one, series.out("one"), "--threads", "1"))
        alone, alone_cpu = series.timed(series.batch(many, series.out("alone"), "--threads", "1"))
        start_all, _ = series.timed(series.batch(one, series.out("one"), "--threads", str(cores)))
        beside, beside_cpu = series.timed(series.batch(many, series.out("beside"), "--threads", str(cores)))
        single = (alone - start) / (count - 1)
        rate = (count - 1) / max(1e-9, beside - start_all)
        singles.append(single)
        rates.append(rate)
        ratios.append(rate * single / cores)
        shares.append((beside_cpu - start_cpu) / (alone_cpu - start_cpu))
    series.tell(f"a case with one worker, tables loaded ({count} cases)", f"{statistics.median(singles):.3f} s")
    series.tell(f"cases a minute, {cores} cores", f"{60 * statistics.median(rates):.0f}")
    series.tell(f"share of {cores} x the rate of one worker (goal 0.95)",
                f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})")
    series.tell("CPU beside that of one worker", f"{statistics.median(shares):.2f} x")


def resident(pid):
    """MiB that a process has in memory, without pages of mapped files."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))
    except (OSError, StopIteration):
        return None


def memory(series):
    """Memory while one batch goes through all families: every tenth of it."""
    out = series.out("memory")
    began = time.perf_counter()
    process = subprocess.Popen(series.batch(series.sheet(series.count), out), stdin=subprocess.DEVNULL)
    seen = collections.defaultdict(list)
    while process.poll() is None:
        time.sleep(0.2)
        done = done_cases(out)
        now = resident(process.pid)
        if now is not None:
            seen[done].append(now)
    wall = time.perf_counter() - began
    if process.returncode != 0:
        sys.exit(f"scale: the batch of {series.count} cases ended with {process.returncode}")
    # From the tenth case on, each tenth of the batch with its median and its highest.
    step = max(1, (series.count - 10) // 10)
    tenths = []
    for first in range(10, series.count, step):
        taken = [value for done, values in seen.items() if first <= done < first + step for value in values]
        if taken:
            tenths.append((first, statistics.median(taken), max(taken)))
    series.tell(f"{series.count:,} cases, all cores", f"{wall:.0f} s, {60 * series.count / wall:.0f} a minute")
    series.tell("MiB of its own (median, highest), by cases done", "; ".join(f"{first}: {median:.0f}, {peak:.0f}" for first, median, peak in tenths))
    medians = [median for _, median, _ in tenths]
    if medians:
        series.tell("last tenth beside the first (goal 0.9–1.1)", f"{medians[-1] / medians[0]:.2f}")
    found = causes(series, out)
    series.tell("planted causes found first", f"{found} of {series.count}")


def done_cases(out):
    try:
        return sum(os.path.exists(os.path.join(entry.path, "run.json")) for entry in os.scandir(out) if entry.is_dir())
    except FileNotFoundError:
        return 0


def causes(series, out):
    """Of how many families the planted gene is the first."""
    found = 0
    for number in range(1, series.count + 1):
        with open(os.path.join(series.folder, name(number) + ".cause"), encoding="utf-8") as text:
            symbol = text.read().strip()
        with open(os.path.join(out, name(number), "candidates.tsv"), encoding="utf-8") as lines:
            first = [line.split("\t") for line in lines][1:2]
        found += bool(first) and first[0][1] == symbol
    return found


def files(series):
    """Files and bytes that a case leaves, and what it asks of the file system."""
    count = min(20, series.count)
    out = series.out("files")
    series.timed(series.batch(series.sheet(count), out))
    sizes = [os.path.getsize(os.path.join(at, leaf)) for at, _, leaves in os.walk(out) for leaf in leaves if at != out]
    series.tell(f"files, kB a case ({count} cases)", f"{len(sizes) / count:.1f}, {sum(sizes) / count / 1000:.0f}")
    if not shutil.which("strace"):
        series.tell("system calls on the file system a case", "strace is not installed")
        return
    tallies = []
    for cases in (1, count):
        log = os.path.join(series.work, "strace.txt")
        series.timed(["strace", "-f", "-qq", "-c", "-e", "trace=" + ",".join(CALLS), "-o", log,
                      *series.batch(series.sheet(cases), series.out("traced"))])
        with open(log, encoding="utf-8") as lines:
            rows = [line.split() for line in lines]
        tallies.append({row[-1]: int(row[3]) for row in rows if len(row) >= 5 and row[-1] in CALLS})
    each = {call: (tallies[1].get(call, 0) - tallies[0].get(call, 0)) / (count - 1) for call in CALLS}
    told = ", ".join(f"{call} {number:.0f}" for call, number in sorted(each.items(), key=lambda one: -one[1]) if number >= 0.5)
    series.tell("system calls on the file system a case", f"{sum(each.values()):.0f}: {told}")


def cohort(series):
    """The laboratory's database: growth, and the time of additions, of a question, and of a screen that asks it."""
    database = os.path.join(series.work, "cohort.sqlite")
    for leaf in os.listdir(series.work):
        if leaf.startswith("cohort.sqlite"):
            os.remove(os.path.join(series.work, leaf))
    count, last = series.count, 0
    told = []
    for share in (0.1, 0.2, 0.5, 1):
        upto = int(count * share)
        if upto <= last:
            continue
        wall, _ = series.timed([series.program, "cohort", "add", series.sheet(upto - last, first=last + 1), "--cohort", database, "--quiet"])
        told.append(f"{upto}: {os.path.getsize(database) / 1e6:.1f} MB, {wall / (upto - last):.2f} s an addition")
        last = upto
    series.tell("cohort by families", "; ".join(told))
    wall, _ = series.timed([series.program, "cohort", "query", "1-1014143-C-T", "--cohort", database, "--quiet"])
    series.tell("one question", f"{wall:.2f} s")
    few = series.sheet(min(10, count))
    without, _ = series.timed(series.batch(few, series.out("without")))
    with_cohort, _ = series.timed(series.batch(few, series.out("with"), "--cohort", database))
    series.tell(f"{min(10, count)} cases without, with it", f"{without:.1f} s, {with_cohort:.1f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rarescreen")
    parser.add_argument("--families", type=int, default=1000)
    parser.add_argument("--records", type=int, default=25_000)
    parser.add_argument("--series", action="append", choices=SERIES)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--work")
    parser.add_argument("--out")
    options = parser.parse_args()
    if options.families < 2:
        parser.error("--families: two or more, since figures are differences between runs of one and of several")
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or temporary
        os.makedirs(work, exist_ok=True)
        series = Series(options, work)
        print(f"{series.count:,} families of {series.records:,} records; {machine()}\n\n| | |\n|---|---|", flush=True)
        for chosen in options.series or SERIES:
            globals()[chosen](series)
        if options.out:
            inputs.write(options.out, "".join(f"| {what} | {figure} |\n" for what, figure in series.rows))


if __name__ == "__main__":
    main()
