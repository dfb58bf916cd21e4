"""Instructions for a record, counted by valgrind: the same on a busy machine as on a quiet one."""

import os
import re
import subprocess

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
    for name, words in questions:
        cells = []
        for kind in KINDS:
            counts = [counted(peers.rarescreen, os.path.join(at, "trio.vcf.gz"), words, kind) for at in (folder, tenth)]
            cells.append("failed" if None in counts else f"{(counts[0] - counts[1]) / (RECORDS - RECORDS // 10):,.0f}")
        show(f"| {name} | " + " | ".join(cells) + " |")
    show("")


def counted(rarescreen, file, words, kind):
    """Instructions of one whole run, or None."""
    told = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", rarescreen, "filter", file, *words, "-O", "v", "--threads", "1",
         "--quiet"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        env={**os.environ, "RARESCREEN_SIMD": kind})
    found = re.search(r"Collected : (\d+)", told.stderr)
    return int(found.group(1)) if found and told.returncode == 0 else None
