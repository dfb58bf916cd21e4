"""Whole processes timed in pairs, with CPU and peak memory as the kernel counted them."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

# Numbers of a goal that is looked at in a pair of commands.
FASTER, WALL_SHARE, CPU_SHARE, PEAK, SECONDS, TENFOLD, PEAK_SHARE = range(7)
WORDS = {
    FASTER: "B/A ≥ {0:g}", WALL_SHARE: "A ≤ {0:g} × B", CPU_SHARE: "CPU of A ≤ {0:g} × B", PEAK: "peak of A ≤ {0:g} MiB",
    SECONDS: "A ≤ {0:g} s", TENFOLD: "A within {0:g}–{1:g} × B", PEAK_SHARE: "peak of A ≤ {0:g} × B",
}


def gnu_time():
    """Path of GNU time, or None: other kinds cannot write a number to a file."""
    path = shutil.which("time")
    told = subprocess.run([path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True) if path else None
    return path if told and "GNU" in told.stdout + told.stderr else None


TIME = gnu_time()


class Failed(Exception):
    """A command that ended badly, with what it said."""


@dataclass
class Command:
    """One process: its words, and a file that is piped into it where `feed` names one."""
    name: str
    words: list
    feed: str = None
    environment: dict = field(default_factory=dict)


@dataclass
class Run:
    wall: float
    cpu: float
    peak: float


def measure(command):
    """Wall and CPU seconds and peak memory (MiB) of one process; its output goes nowhere."""
    with tempfile.TemporaryFile() as errors, tempfile.NamedTemporaryFile("r") as told:
        # A process starts with the peak of the one that starts it. GNU time is far smaller than this script.
        before = [TIME, "--quiet", "-f", "%M", "-o", told.name] if TIME else []
        # A true pipe: the process that feeds it is not counted.
        feeder = subprocess.Popen(["cat", command.feed], stdout=subprocess.PIPE) if command.feed else None
        began = time.perf_counter()
        process = subprocess.Popen(
            before + command.words, stdin=feeder.stdout if feeder else subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=errors, env={**os.environ, **command.environment})
        if feeder:
            feeder.stdout.close()
        # What a process waited for counts as its own here.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if feeder:
            feeder.wait()
        if process.returncode != 0:
            errors.seek(0)
            raise Failed(f"`{' '.join(command.words)}` ended with {process.returncode}: "
                         + errors.read().decode("utf-8", "replace").strip()[-2000:])
        # Linux counts ru_maxrss in KiB, macOS in bytes.
        peak = int(told.read()) / (1 << 10) if TIME else usage.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    return Run(wall, usage.ru_utime + usage.ru_stime, peak)


def paired(a, b, pairs):
    """Runs A B A B, after one of each to warm up, so that a machine that slows down slows both."""
    measure(a)
    measure(b)
    return [(measure(a), measure(b)) for _ in range(pairs)]


class Outcome:
    """What a list of pairs tells."""

    def __init__(self, pairs):
        self.pairs = pairs
        self.ratios = sorted(b.wall / a.wall for a, b in pairs)

    def middle(self, what):
        """Medians of one figure for A and for B."""
        return [median([getattr(pair[i], what) for pair in self.pairs]) for i in (0, 1)]

    def peaks(self):
        return [max(pair[i].peak for pair in self.pairs) for i in (0, 1)]

    def cpu_share(self):
        """CPU of A in parts of B's, median of the pairs; None where a process was too short for its clock."""
        shares = [a.cpu / b.cpu for a, b in self.pairs if b.cpu > 0]
        return median(shares) if shares else None

    def reaches(self, goal):
        """Whether a goal is reached, and the words for it."""
        kind, *bounds = goal
        ratio, share = median(self.ratios), self.cpu_share()
        if kind == CPU_SHARE and share is None:
            return f"{WORDS[kind].format(*bounds)}: **too short to tell**"
        reached = {
            FASTER: lambda: ratio >= bounds[0],
            WALL_SHARE: lambda: 1 / ratio <= bounds[0],
            CPU_SHARE: lambda: share <= bounds[0],
            PEAK: lambda: self.peaks()[0] <= bounds[0],
            SECONDS: lambda: self.middle("wall")[0] <= bounds[0],
            TENFOLD: lambda: bounds[0] <= 1 / ratio <= bounds[1],
            PEAK_SHARE: lambda: self.peaks()[0] <= bounds[0] * self.peaks()[1],
        }[kind]()
        return f"{WORDS[kind].format(*bounds)}: {'met' if reached else '**not met**'}"


def smallest_peak():
    """Least peak that can be seen from here, MiB."""
    return measure(Command("true", ["true"])).peak


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {cores} cores, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f} at the start"
