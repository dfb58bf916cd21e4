"""The other programs: which are there, their versions, and how each is asked the question that rarescreen is asked."""

import os
import re
import shutil
import subprocess
import sys

import check_depth
from inputs import cache
from measuring import Command

HERE = os.path.dirname(os.path.abspath(__file__))
PASSES = 'FILTER="PASS" && QUAL>30'
RARE = '(INFO/gnomad_AF<0.001 || INFO/gnomad_AF=".")'
QUESTION = f"{PASSES} && {RARE}"
# Asked besides, but not timed: a filter that gives one answer to every question must not pass.
CONTROL = 'FILTER!="PASS" && QUAL<500'
CARRIED = 'GT[0]="alt"'
# bcftools searches the whole CSQ text, with basic regular expressions; rarescreen reads the sub-field.
HARMFUL = "CSQ.IMPACT >= MODERATE"
HARMFUL_BCFTOOLS = '(INFO/CSQ~"[|]HIGH[|]" || INFO/CSQ~"[|]MODERATE[|]")'
HARMFUL_SPLIT_VEP = '(IMPACT="HIGH" || IMPACT="MODERATE")'
# What a family's genotypes show: a new variant, two copies of an inherited one, one copy from either parent.
PATTERNS = {
    "denovo": "kid.het && mom.hom_ref && dad.hom_ref",
    "recessive": "kid.hom_alt && mom.het && dad.het",
    "maternal": "kid.het && mom.het && dad.hom_ref",
    "paternal": "kid.het && mom.hom_ref && dad.het",
}
FAMILY = " || ".join(f"({pattern})" for pattern in PATTERNS.values())
# Both kinds of region take a record that reaches into one, as far as its REF goes.
OVERLAP = "1"
# As Debian spells it.
OTHER_NAMES = {"SnpSift": "snpSift"}
PYTHON_PEERS = ("vembrane", "genmod", "cyvcf2")


def bcftools_family(pattern):
    """A pattern in bcftools' words, which know the trio's samples by their place in the file."""
    for one, other in (("kid.", "GT[0]="), ("dad.", "GT[1]="), ("mom.", "GT[2]="),
                       ("hom_ref", '"RR"'), ("hom_alt", '"AA"'), ("=het", '="het"')):
        pattern = pattern.replace(one, other)
    return pattern


class Peers:
    """What was found on this machine. A peer that is missing is None, and `missing` tells why."""

    def __init__(self, rarescreen):
        self.rarescreen = os.path.abspath(rarescreen)
        self.missing = {}
        self.found = {}
        self.can_filter = self.answers([self.rarescreen, "filter", "--help"], "--where")

    @staticmethod
    def answers(words, wanted=""):
        try:
            told = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return told.returncode == 0 and wanted in told.stdout

    def program(self, name):
        """Path of a program, or None. Python peers get an environment of their own in the cache, as their needs conflict."""
        if name not in self.found:
            self.found[name] = self.environment(name) if name in PYTHON_PEERS else \
                self.limit() if name == "inflate" else shutil.which(name) or shutil.which(OTHER_NAMES.get(name, name))
            if self.found[name] is None:
                self.missing.setdefault(name, "not installed")
        return self.found[name]

    def environment(self, name):
        at = os.path.join(cache(), "peer-" + name)
        python, wanted = os.path.join(at, "bin", "python"), os.path.join(at, "bin", name)
        if os.path.exists(os.path.join(at, "complete")):
            return python if name == "cyvcf2" else wanted
        print(f"bench: installing {name} for comparison", file=sys.stderr, flush=True)
        shutil.rmtree(at, ignore_errors=True)
        for words in ([sys.executable, "-m", "venv", at], [python, "-m", "pip", "install", "--quiet", name]):
            made = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if made.returncode != 0:
                self.missing[name] = "could not be installed from PyPI"
                return None
        with open(os.path.join(at, "complete"), "w", encoding="utf-8"):
            return python if name == "cyvcf2" else wanted

    def limit(self):
        """The program that only inflates, compiled from limit/inflate.c; kept while its source stays older."""
        source, target = os.path.join(HERE, "limit", "inflate.c"), os.path.join(cache(), "inflate")
        if os.path.exists(target) and os.path.getmtime(target) >= os.path.getmtime(source):
            return target
        compiler = next((found for found in map(shutil.which, ("cc", "gcc", "clang")) if found), None)
        if compiler is None:
            self.missing["inflate"] = "no C compiler"
            return None
        os.makedirs(cache(), mode=0o700, exist_ok=True)
        made = subprocess.run([compiler, "-O2", "-o", target, source, "-ldeflate", "-lpthread"], capture_output=True, text=True)
        if made.returncode != 0:
            self.missing["inflate"] = "limit/inflate.c did not compile: " + (made.stderr.strip().split("\n") or [""])[0]
            return None
        return target

    # rarescreen

    def filter(self, file, where=None, form="v", threads=2, regions=None, panel=None, index=True, more=(), feed=None):
        words = [self.rarescreen, "filter", "-" if feed else file]
        words += ["--where", where] if where else []
        words += ["--regions", regions] if regions else []
        words += ["--panel", panel] if panel else []
        words += [] if index else ["--no-index"]
        words += ["-O", form, "--threads", str(threads), *more, "--quiet"]
        return Command(f"filter{' --panel' if panel else ''} -O{form}, {workers(threads)}", words, feed=feed)

    def screen(self, case, out, threads=2):
        words = [self.rarescreen, "screen", case, "--out", out, "--threads", str(threads), "--quiet"]
        return Command(f"screen, {workers(threads)}", words)

    def annotate(self, folder, form="v", threads=2):
        words = [self.rarescreen, "annotate", *self.calls(folder, "--reference", "--gene-model"), "-O", form,
                 "--threads", str(threads), "--quiet"]
        return Command(f"annotate -O{form}, {workers(threads)}", words)

    def stores(self, folder):
        """The stores of a folder's sources, built once by the rarescreen under test."""
        at = os.path.join(folder, "stores-" + str(int(os.path.getmtime(self.rarescreen))))
        for source in ("population", "clinvar"):
            if not os.path.exists(os.path.join(at, source)):
                subprocess.run(self.build(folder, source, at).words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
                open(os.path.join(at, source), "wb").close()
        return at

    def build(self, folder, source, at, threads=2):
        kind, options = ("clinvar", []) if source == "clinvar" else (
            "frequency", ["--name", "pop", "--release", "1", "--fields", "AF,AC,AN"])
        return Command(f"knowledge build {source}, {workers(threads)}", [
            self.rarescreen, "knowledge", "build", kind, os.path.join(folder, source + ".vcf.gz"), *options, "--knowledge", at,
            "--threads", str(threads), "--quiet"])

    def look_up(self, folder, form="v", threads=1):
        return Command(f"annotate --no-consequences -O{form}, {workers(threads)}", [
            self.rarescreen, "annotate", os.path.join(folder, "calls.vcf"), "--no-consequences", "--knowledge",
            self.stores(folder), "-O", form, "--threads", str(threads), "--quiet"])

    @staticmethod
    def bcftools_annotate(folder, form="v"):
        """From one file that holds both sources, since bcftools takes one at a time; made beforehand."""
        both, calls = (os.path.join(folder, name) for name in ("both.vcf.gz", "calls.vcf.gz"))
        if not os.path.exists(both + ".tbi"):
            subprocess.run(["bcftools", "view", "--no-version", "-Oz", "-o", calls, os.path.join(folder, "calls.vcf")], check=True)
            subprocess.run(["bcftools", "index", "-ft", calls], check=True)
            subprocess.run(["bcftools", "annotate", "--no-version", "-a", os.path.join(folder, "clinvar.vcf.gz"), "-c",
                            "INFO/CLNSIG,INFO/CLNREVSTAT,INFO/CLNDN", "-Oz", "-o", both,
                            os.path.join(folder, "population.vcf.gz")], check=True)
            subprocess.run(["bcftools", "index", "-ft", both], check=True)
        return Command(f"bcftools annotate -O{form}", [
            "bcftools", "annotate", "--no-version", "-a", both, "-c",
            "INFO/pop_AF:=INFO/AF,INFO/pop_AC:=INFO/AC,INFO/pop_AN:=INFO/AN,INFO/CLNSIG,INFO/CLNREVSTAT,INFO/CLNDN",
            "-O" + form, calls])

    def vcfanno(self, folder):
        return Command("vcfanno -p 1", [
            self.program("vcfanno"), "-p", "1", os.path.join(folder, "vcfanno.toml"), os.path.join(folder, "calls.vcf")])

    def coverage(self, file, bed, name, threads, quality, reference=None):
        """Depths of regions; quality is asked of reads and bases alike."""
        words = check_depth.own_words(self.rarescreen, file, bed, reference, quality, quality, ["--threads", str(threads)])
        return Command(f"coverage, {name}{', CRAM' if reference else ''}{', quality ≥ 20' if quality else ''}, {workers(threads)}", words)

    @staticmethod
    def calls(folder, reference, model):
        """The calls of a chromosome, with its sequence and genes behind the options that take them."""
        return [os.path.join(folder, "calls.vcf"), reference, os.path.join(folder, "genome.fa"),
                model, os.path.join(folder, "model.gff3")]

    # Peers. Without -o the result goes to the standard output, as rarescreen's does: to /dev/null while timed.

    def view(self, file, where=None, form="v", threads=2, regions=None, targets=None, feed=None):
        words = ["bcftools", "view", "--no-version", "--threads", str(threads), "-O", form]
        words += ["-R", regions, "--regions-overlap", OVERLAP] if regions else []
        words += ["-T", targets, "--targets-overlap", OVERLAP] if targets else []
        words += ["-i", where] if where else []
        option = " -R" if regions else " -T" if targets else ""
        return Command(f"bcftools view{option} -i -O{form}, --threads {threads}", words + ["-" if feed else file], feed=feed)

    def csq(self, folder, form="v"):
        # -l: each change by itself; the phases of these calls tell nothing.
        return Command(f"bcftools csq -l -O{form}, one thread",
                       ["bcftools", "csq", "-l", *self.calls(folder, "-f", "-g"), "-O", form])

    def split_vep(self, file, where):
        return Command("bcftools +split-vep -c IMPACT -i, one thread",
                       ["bcftools", "+split-vep", "-c", "IMPACT", "-s", "worst", "-i", where, file])

    def bgzip(self, file, threads):
        return Command(f"bgzip -dc -@{threads}" if threads else "bgzip -dc", ["bgzip", "-dc", "-@", str(max(1, threads)), file])

    def inflate(self, file, threads):
        return Command(f"plain decompression, {workers(threads)}", [self.program("inflate"), str(threads), file])

    def mosdepth(self, file, bed, name, out, reference=None):
        return Command(f"mosdepth -n --by {name}{', CRAM' if reference else ''}, -t 1",
                       check_depth.mosdepth_words(os.path.join(out, "mosdepth"), file, bed, reference))

    def samtools(self, kind, file, bed, name):
        options = {"bedcov": [bed], "depth": ["-s", "-b", bed]}[kind]
        return Command(f"samtools {kind} {name}", [self.program("samtools"), kind, *options, file])

    def vembrane(self, file):
        question = 'QUAL > 30 and "PASS" in FILTER and (INFO["gnomad_AF"] is NA or INFO["gnomad_AF"] < 0.001)'
        return Command("vembrane filter", [self.program("vembrane"), "filter", "-k", "CSQ", question, file])

    def snpsift(self, file):
        # In a file, since Debian's wrapper takes words apart at spaces.
        question = os.path.join(cache(), "question.snpsift")
        with open(question, "w", encoding="utf-8") as out:
            out.write("(FILTER = 'PASS') & (QUAL > 30) & ((na gnomad_AF) | (gnomad_AF[ANY] < 0.001))\n")
        return Command("SnpSift filter", [self.program("SnpSift"), "filter", "-e", question, file])

    def cyvcf2(self, file):
        return Command("cyvcf2 loop", [self.program("cyvcf2"), os.path.join(HERE, "loop_cyvcf2.py"), file])

    def genmod(self, file, pedigree):
        return Command("genmod models --vep", [self.program("genmod"), "models", "--vep", "-f", pedigree, file])

    def slivar(self, file, pedigree):
        words = [self.program("slivar"), "expr", "--pass-only", "--vcf", file, "--ped", pedigree]
        for name, pattern in PATTERNS.items():
            words += ["--trio", f"{name}:{pattern}"]
        return Command("slivar expr --trio", words)

    def versions(self):
        """First line of what each program in use says of itself."""
        for name, words in [("rarescreen", [self.rarescreen, "--version"]), ("bcftools", ["bcftools", "--version"]),
                            ("bgzip", ["bgzip", "--version"])] + [
                (name, self.version_words(name, path)) for name, path in self.found.items() if path]:
            try:
                # samtools tells its build's flags, in whatever bytes they were given.
                told = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=60)
                line = ((told.stdout or told.stderr).strip().split("\n") or [""])[0]
                # Where panels lie is this machine's own matter.
                line = re.sub(r",? ?panels in [^,;)]*", "", line)
                yield line if name.lower() in line.lower() or name == "inflate" else f"{name} {line}"
            except (OSError, subprocess.TimeoutExpired):
                yield f"{name}: not installed"
        for name, why in self.missing.items():
            yield f"{name}: {why}"

    @staticmethod
    def version_words(name, path):
        if name == "cyvcf2":
            return [path, "-c", "import cyvcf2; print('cyvcf2', cyvcf2.__version__)"]
        return [path] if name in ("SnpSift", "slivar") else [path, "--version"]


def workers(threads):
    return "1 worker" if threads == 1 else f"{threads} workers"
