#!/usr/bin/env python3
"""Times a whole screen of a family's exome beside bcftools and gzip on the same file.

usage: bench.py RARESCREEN [--records N] [--runs N]

The input is the demonstration family of Tests/Fixtures enlarged to about 100,000 records, made once and kept in the
temporary folder. Each peer is run in turn with rarescreen, A B A B, so that a machine that slows down slows both; the
ratio is taken pair by pair. Whole processes are measured: start, reading, work, writing. No thresholds: this prints a
table, and a person reads it.
"""

import argparse
import hashlib
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAMILY = os.path.join(ROOT, "Tests", "Fixtures", "demonstration")
EXPRESSION = 'FILTER="PASS" && (INFO/gnomAD_AF[0]<0.01 || INFO/gnomAD_AF[0]=".") && GT[0]="alt" && FMT/GQ[0]>=20'
# Copies of a record lie this far apart: near enough to stay in its gene, mostly.
STEP = 37
STRIDE = 17


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("rarescreen", help="path of the program")
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=5)
    options = options.parse_args()
    if not os.access(options.rarescreen, os.X_OK):
        sys.exit(f"bench: {options.rarescreen} is no program; build it first: ./run bench")
    folder, records, size = enlarged(options.records)
    variants = os.path.join(folder, "trio.vcf.gz")
    output = os.path.join(folder, "report")
    screen = [os.path.abspath(options.rarescreen), "screen", os.path.join(folder, "case.yaml"), "--out", output, "--quiet"]
    peers = [
        ("bcftools view -i, one thread", ["bcftools", "view", "-i", EXPRESSION, "-Oz", "-o", os.devnull, variants]),
        ("bcftools view -i, two threads more",
         ["bcftools", "view", "--threads", "2", "-i", EXPRESSION, "-Oz", "-o", os.devnull, variants]),
        ("bgzip -dc", ["bgzip", "-dc", variants]),
        ("gzip -dc", ["gzip", "-dc", variants]),
    ]
    subjects = [("rarescreen screen", screen), ("rarescreen screen --threads 1", screen + ["--threads", "1"])]
    print(f"Input: {records:,} records, 3 samples, {size / 1e6:.1f} MB BGZF ({options.runs} runs each after one to warm up)\n")
    print(f"Machine: {machine()}\n")
    print("Versions: " + "; ".join(versions(options.rarescreen)) + "\n")
    own = smallest_peak()
    print(f"Peaks of {own:.0f} MiB or less are this script's own, with which each process begins.\n")
    print("| A | B | A wall | B wall | A/B, pair by pair | A CPU | B CPU | A peak | B peak |")
    print("|---|---|---:|---:|---|---:|---:|---:|---:|")
    for name, command in subjects:
        for peer, other in peers:
            if shutil.which(other[0]) is None:
                print(f"| {name} | {peer} | not run: {other[0]} is not installed |||||||")
                continue
            row(name, command, peer, other, options.runs)
    shutil.rmtree(output, ignore_errors=True)


def row(name, command, peer, other, runs):
    """Measures two commands in turn and prints their line."""
    measure(command)
    measure(other)
    pairs = [(measure(command), measure(other)) for _ in range(runs)]
    ratios = sorted(a["wall"] / b["wall"] for a, b in pairs)
    cells = [name, peer]
    cells += [f"{median([pair[i]['wall'] for pair in pairs]):.3f} s" for i in (0, 1)]
    cells.append(f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})")
    cells += [f"{median([pair[i]['cpu'] for pair in pairs]):.3f} s" for i in (0, 1)]
    cells += [f"{max(pair[i]['peak'] for pair in pairs):.0f} MiB" for i in (0, 1)]
    print("| " + " | ".join(cells) + " |", flush=True)


def measure(command):
    """Wall and CPU seconds and peak memory of one process, as the kernel counted them."""
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            told = errors.read().decode("utf-8", "replace").strip()
            sys.exit(f"bench: `{' '.join(command)}` ended with {process.returncode}: {told[-2000:]}")
    # Linux counts ru_maxrss in KiB, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / unit}


def smallest_peak():
    """Least peak that can be seen from here, MiB: a process begins with that of the one that starts it."""
    return measure(["true"])["peak"]


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def enlarged(wanted):
    """The folder with the enlarged case, how many records it has and the size of its variants; made unless it is there."""
    with open(os.path.join(FAMILY, "trio.vcf.gz"), "rb") as source:
        packed = source.read()
    with open(os.path.abspath(__file__), "rb") as script:
        key = hashlib.sha256(packed + script.read() + str(wanted).encode()).hexdigest()[:16]
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = os.path.join(tempfile.gettempdir(), f"rarescreen-bench-{user}", key)
    variants, count = os.path.join(folder, "trio.vcf.gz"), os.path.join(folder, "records")
    if not os.path.exists(count):
        # In a process of its own: a child begins with its parent's peak memory, so this one has to stay small.
        if os.fork() == 0:
            make(folder, packed, wanted)
            os._exit(0)
        if os.wait()[1] != 0:
            sys.exit("bench: the input could not be made")
    with open(count, encoding="ascii") as told:
        return folder, int(told.read()), os.path.getsize(variants)


def make(folder, packed, wanted):
    os.makedirs(folder, mode=0o700, exist_ok=True)
    header, lines = enlarge(inflate(packed).decode("ascii"), wanted)
    write(os.path.join(folder, "trio.vcf.gz"), compressed((header + "".join(lines)).encode("ascii")))
    for name in ("case.yaml", "trio.ped"):
        with open(os.path.join(FAMILY, name), "rb") as source:
            write(os.path.join(folder, name), source.read())
    write(os.path.join(folder, "records"), str(len(lines)).encode())


def enlarge(text, wanted):
    """Repeats the background records, as often as it takes; the planted ones stay as they are.

    A copy stands a few bases on and takes what follows the position from another record of its contig: the same text
    again and again in one BGZF block would unpack far too fast.
    """
    header = "".join(line + "\n" for line in text.split("\n") if line.startswith("#"))
    found = [line for line in text.split("\n") if line and not line.startswith("#")]
    order, ends, groups, records = {}, {}, {}, []
    for line in header.split("\n"):
        if line.startswith("##contig=<ID="):
            fields = dict(part.split("=") for part in line[len("##contig=<"):-1].split(","))
            order[fields["ID"]], ends[fields["ID"]] = len(order), int(fields["length"])
    for line in found:
        contig, position, rest = line.split("\t", 2)
        if "EXPECT=" in line or contig in ("chrY", "chrM"):
            records.append((order[contig], int(position), 0, line + "\n"))
        else:
            groups.setdefault(contig, []).append((int(position), rest))
    copies = -(-wanted // max(1, len(found)))
    taken = {(contig, position) for contig, group in groups.items() for position, _ in group}
    for contig, group in groups.items():
        for i, (position, _) in enumerate(group):
            for copy in range(copies):
                moved, rest = position + copy * STEP, group[(i + copy * STRIDE) % len(group)][1]
                if moved < ends[contig] and (copy == 0 or (contig, moved) not in taken):
                    taken.add((contig, moved))
                    records.append((order[contig], moved, i + 1, f"{contig}\t{moved}\t{rest}\n"))
    records.sort()
    return header, [record[3] for record in records]


def inflate(packed):
    """Text of a file of several gzip members."""
    parts = []
    while packed:
        member = zlib.decompressobj(wbits=31)
        parts.append(member.decompress(packed) + member.flush())
        packed = member.unused_data
    return b"".join(parts)


def compressed(text):
    """BGZF of at most 0xff00 bytes a block, with its end block (SAM specification, section 4.1)."""
    def block(data):
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        body = deflate.compress(data) + deflate.flush()
        head = struct.pack("<4BI2BH2BHH", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, len(body) + 25)
        return head + body + struct.pack("<II", zlib.crc32(data), len(data))
    return b"".join(block(text[i:i + 0xFF00]) for i in range(0, len(text), 0xFF00)) + block(b"")


def write(path, content):
    """Writes a file whole or not at all."""
    aside = f"{path}.{os.getpid()}"
    with open(aside, "wb") as out:
        out.write(content)
    os.replace(aside, path)


def versions(rarescreen):
    for command in ([rarescreen, "--version"], ["bcftools", "--version"], ["bgzip", "--version"], ["gzip", "--version"]):
        try:
            told = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            yield (told.stdout or told.stderr).strip().split("\n")[0]
        except (OSError, subprocess.TimeoutExpired):
            yield f"{command[0]}: not installed"


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    return f"{model}, {cores} cores, {platform.system()} {platform.release()}, load {load:.1f} at the start"


if __name__ == "__main__":
    main()
