"""Instructions for a record, counted by valgrind: the same on a busy machine as on a quiet one."""

import os
import re
import shutil
import subprocess
import tempfile

from inputs import obtain
from peers import CARRIED, HARMFUL, PASSES, QUESTION

RECORDS = 20_000
# valgrind knows no AVX-512.
KINDS = ("baseline", "avx2")


def print_table(peers, show):
    """Counts for each kernel and question, and what a file of a tenth leaves when start and end are taken off."""
    show("### Instructions for a record (valgrind)\n")
    if not peers.can_filter:
        show("Not run: this rarescreen has no `filter`.\n")
        return
    if peers.program("valgrind") is None:
        show("Not run: valgrind is not installed.\n")
        return
    folder, tenth = obtain("trio", RECORDS), obtain("trio", RECORDS // 10)
    questions = [
        ("panel, whole file", ["--where", QUESTION, "--regions", os.path.join(folder, "panel.bed"), "--no-index"]),
        ("FILTER and QUAL", ["--where", PASSES]),
        ("and population frequency", ["--where", QUESTION]),
        ("and genotype and impact", ["--where", f"{QUESTION} && {CARRIED} && {HARMFUL}"]),
    ]
    show("One worker; inflating included. Per record: the difference of "
         f"{RECORDS:,} and {RECORDS // 10:,} records over the records between them.\n")
    show("| question | " + " | ".join(f"RARESCREEN_SIMD={kind}" for kind in KINDS) + " |")
    show("|---|" + "---:|" * len(KINDS))
    with tempfile.TemporaryDirectory(prefix="rarescreen-bench-kernels-") as aside:
        program = stripped(peers.rarescreen, aside)
        files = [os.path.join(at, "trio.vcf.gz") for at in (folder, tenth)]
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
    return "failed" if None in counts else f"{(counts[0] - counts[1]) / (RECORDS - RECORDS // 10):,.0f}"
