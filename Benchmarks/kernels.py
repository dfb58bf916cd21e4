"""Instructions for a record, counted by valgrind: the same on a busy machine as on a quiet one."""

import os
import re
import shutil
import subprocess
import tempfile

from inputs import obtain
from peers import CARRIED, HARMFUL, PASSES, QUESTION

# Both beyond the beginning of a file, which is checked with more care than the rest and would count as records otherwise.
SHORT, LONG = 20_000, 40_000
# valgrind knows no AVX-512.
KINDS = ("baseline", "avx2")


def print_table(peers, show):
    """Counts for each kernel and question, and what a shorter file leaves when start and end are taken off."""
    show("### Instructions for a record (valgrind)\n")
    if not peers.can_filter:
        show("Not run: this rarescreen has no `filter`.\n")
        return
    if peers.program("valgrind") is None:
        show("Not run: valgrind is not installed.\n")
        return
    folder, shorter = obtain("trio", LONG), obtain("trio", SHORT)
    questions = [
        ("panel, whole file", ["--where", QUESTION, "--regions", os.path.join(folder, "panel.bed"), "--no-index"]),
        ("FILTER and QUAL", ["--where", PASSES]),
        ("and population frequency", ["--where", QUESTION]),
        ("and genotype and impact", ["--where", f"{QUESTION} && {CARRIED} && {HARMFUL}"]),
    ]
    show("One worker; inflating included. Per record: the difference of "
         f"{LONG:,} and {SHORT:,} records over the records between them.\n")
    show("| question | " + " | ".join(f"RARESCREEN_SIMD={kind}" for kind in KINDS) + " |")
    show("|---|" + "---:|" * len(KINDS))
    with tempfile.TemporaryDirectory(prefix="rarescreen-bench-kernels-") as aside:
        program = stripped(peers.rarescreen, aside)
        files = [os.path.join(at, "trio.vcf.gz") for at in (folder, shorter)]
        if peers.program("inflate"):
            show(f"| plain decompression | {each([counted([peers.program('inflate'), '1', file]) for file in files])}" + " |" * len(KINDS))
        for name, words in questions:
            cells = []
            for kind in KINDS:
                cells.append(each([counted(
                    [program, "filter", file, *words, "-O", "v", "--threads", "1", "--quiet"], RARESCREEN_SIMD=kind) for file in files]))
            show(f"| {name} | " + " | ".join(cells) + " |")
    show("")


def stripped(program, folder):
    """A copy without debugging information, which older valgrinds stumble over; the program itself where that fails."""
    copy = os.path.join(folder, os.path.basename(program))
    if shutil.which("strip") and subprocess.run(["strip", "--strip-debug", "-o", copy, program]).returncode == 0:
        return copy
    return program


def counted(words, **environment):
    """Instructions of one whole run, or None."""
    told = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env={**os.environ, **environment})
    found = re.search(r"Collected : (\d+)", told.stderr)
    return int(found.group(1)) if found and told.returncode == 0 else None


def each(counts):
    """Instructions for each record that the long run has more than the short one."""
    return "failed" if None in counts else f"{(counts[0] - counts[1]) / (LONG - SHORT):,.0f}"
