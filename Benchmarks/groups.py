"""What is compared with what: groups of rows, each with its commands, its goals, and the selections that must be equal."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field

import check_depth
from inputs import obtain
from measuring import CPU_SHARE, FASTER, PEAK, PEAK_SHARE, SECONDS, TENFOLD, WALL_SHARE
from peers import (
    CARRIED, CONTROL, FAMILY, HARMFUL, HARMFUL_BCFTOOLS, HARMFUL_SPLIT_VEP, PASSES, PATTERNS, QUESTION, bcftools_family)

JOINT_SAMPLES = 800
# What a command that fails ends its records with.
EXIT = "exit code"
# The peak of any run with two workers, MiB.
MOST = (PEAK, 64)


# The same where only reads are looked at.
MOST_READS = (PEAK, 60)


@dataclass
class Row:
    """A is under test, B beside it. A command is a Command, or a text that tells why it cannot be run."""
    a: object
    b: object
    goals: list = field(default_factory=list)


@dataclass
class Group:
    title: str
    rows: list
    # Pairs of commands that must select the same records, in the same order.
    same: list = field(default_factory=list)
    # Functions that yield a text for each difference of another kind.
    checks: list = field(default_factory=list)


class Setting:
    """Inputs and peers that the groups are made of."""

    def __init__(self, peers, records):
        self.peers, self.records = peers, records
        self.out = None

    def trio(self, name="trio.vcf.gz", records=None):
        return os.path.join(obtain("trio", records or self.records), name)

    def joint(self):
        return os.path.join(obtain("joint", max(500, self.records // 60), JOINT_SAMPLES), "joint.vcf.gz")

    def reads(self, name):
        """6.0 million reads of 30 Mb where three million records are asked for."""
        return os.path.join(obtain("aligned", 30, max(1, min(30, self.records // 100_000))), name)

    def sources(self):
        return obtain("sources", max(10_000, 10 * self.records // 3))

    def calls(self):
        return obtain("calls", max(1000, min(1_000_000, self.records // 3)))

    def slice(self):
        return max(1000, self.records // 15)

    def small(self):
        return min(20_000, max(1000, self.records // 15))

    def filter(self, *words, **options):
        """The command under test, or why it cannot be."""
        return self.peers.filter(*words, **options) if self.peers.can_filter else "filter: this rarescreen has none"

    def peer(self, name, *words, **options):
        """A peer's command, or why there is none."""
        if self.peers.program(name) is None:
            return f"{name}: {self.peers.missing[name]}"
        return getattr(self.peers, name.lower())(*words, **options)


def trio(setting):
    file, peers = setting.trio(), setting.peers
    def own(form, threads):
        return setting.filter(file, QUESTION, form, threads)
    rows = [Row(own("v", 2), peers.view(file, QUESTION, "v", 2), [(FASTER, 6), MOST]),
            Row(own("v", 1), peers.view(file, QUESTION, "v", 0), [(FASTER, 5)]),
            Row(own("b", 2), peers.view(file, QUESTION, "b", 2), [(FASTER, 6), MOST]),
            Row(own("b", 1), peers.view(file, QUESTION, "b", 0), [(FASTER, 5)]),
            Row(own("z", 2), peers.view(file, QUESTION, "z", 2), [MOST]),
            Row(own("v", 2), setting.peer("inflate", file, 2), [(CPU_SHARE, 1.25)]),
            Row(own("v", 1), setting.peer("inflate", file, 1), [(CPU_SHARE, 1.25)]),
            Row(own("v", 2), peers.bgzip(file, 2), [(WALL_SHARE, 1)]),
            Row(own("v", 1), peers.bgzip(file, 0))]
    return Group("Annotated trio: FILTER, QUAL and population frequency, every record", rows,
                 [(own("v", threads), peers.view(file, QUESTION, "v", 2)) for threads in (1, 2, 4)]
                 + [(setting.filter(file, CONTROL), peers.view(file, CONTROL))])


def panel(setting):
    file, bed, peers = setting.trio(), setting.trio("panel.bed"), setting.peers
    def own(form, threads):
        return setting.filter(file, QUESTION, form, threads, regions=bed, index=False)
    rows = [Row(own("v", 2), peers.view(file, QUESTION, "v", 2, targets=bed), [(FASTER, 6), MOST]),
            Row(own("b", 2), peers.view(file, QUESTION, "b", 2, targets=bed), [(FASTER, 6)]),
            Row(own("v", 1), peers.view(file, QUESTION, "v", 0, targets=bed), [(FASTER, 5)]),
            Row(own("v", 2), setting.peer("inflate", file, 2), [(CPU_SHARE, 1.25), (WALL_SHARE, 1.25)]),
            Row(own("v", 2), peers.bgzip(file, 2), [(WALL_SHARE, 1)])]
    return Group("Annotated trio, panel of genes, the whole file read", rows,
                 [(own("v", threads), peers.view(file, QUESTION, "v", 2, targets=bed)) for threads in (1, 2)])


def index(setting):
    file, bed, peers = setting.trio(), setting.trio("panel.bed"), setting.peers
    def own(form, threads):
        return setting.filter(file, QUESTION, form, threads, regions=bed)
    def named(use):
        return setting.filter(file, QUESTION, "v", 2, panel=setting.trio("panel.tsv"), index=use)
    rows = [Row(own("v", 2), peers.view(file, QUESTION, "v", 2, regions=bed), [(FASTER, 3.5), MOST]),
            Row(named(True), peers.view(file, QUESTION, "v", 2, regions=bed), [(FASTER, 3.5), MOST]),
            Row(own("b", 2), peers.view(file, QUESTION, "b", 2, regions=bed), [(FASTER, 3.5)]),
            Row(own("v", 1), peers.view(file, QUESTION, "v", 0, regions=bed))]
    return Group("Annotated trio, panel of genes, by index", rows,
                 [(own("v", 2), peers.view(file, QUESTION, "v", 2, regions=bed)), (named(True), named(False))])


def csq(setting):
    file, peers = setting.trio(), setting.peers
    own = setting.filter(file, f"{QUESTION} && {CARRIED} && {HARMFUL}", "v", 2)
    other = peers.view(file, f"{QUESTION} && {CARRIED} && {HARMFUL_BCFTOOLS}", "v", 2)
    split = peers.split_vep(file, f"{QUESTION} && {CARRIED} && {HARMFUL_SPLIT_VEP}")
    rows = [Row(own, other, [(FASTER, 6), MOST]), Row(own, split, [(FASTER, 6)]),
            Row(own, setting.peer("inflate", file, 2), [(CPU_SHARE, 1.25)])]
    return Group("Annotated trio: the same, carried by the child, impact HIGH or MODERATE", rows, [(own, other)])


def annotate(setting):
    """Consequences of every record; both programs write all of them."""
    folder, peers = setting.calls(), setting.peers
    rows = [Row(peers.annotate(folder, "v", 1), peers.csq(folder, "v"), [(FASTER, 3), MOST]),
            Row(peers.annotate(folder, "v", 2), peers.csq(folder, "v"), [(FASTER, 3), MOST])]
    return Group("Consequences of the calls of a chromosome", rows, [(peers.annotate(folder), peers.csq(folder))])


def knowledge(setting):
    """Frequency and ClinVar of every record by look-ups; every record has a frequency, every tenth a ClinVar."""
    folder, peers = setting.sources(), setting.peers
    own, annotate = peers.look_up(folder), peers.bcftools_annotate(folder)
    vcfanno = setting.peer("vcfanno", folder)
    rows = [Row(own, annotate, [(FASTER, 5)]), Row(own, vcfanno, [(FASTER, 8)]),
            Row(peers.look_up(folder, threads=2), annotate)]
    rows += [Row(peers.build(folder, "population", os.path.join(setting.out, "stores"), threads),
                 peers.bgzip(os.path.join(folder, "population.vcf.gz"), 0)) for threads in (1, 2)]
    return Group("Frequency and ClinVar of the calls of a sample", rows, [(own, annotate), (own, vcfanno)])


def bare(setting):
    file, bed, peers = setting.trio("bare.vcf.gz"), setting.trio("panel.bed"), setting.peers
    def own(form, threads=2, **options):
        return setting.filter(file, PASSES, form, threads, regions=bed, index=False)
    rows = [Row(own("v"), peers.view(file, PASSES, "v", 2, targets=bed), [(FASTER, 4.5), MOST]),
            Row(own("b"), peers.view(file, PASSES, "b", 2, targets=bed), [(FASTER, 4.5)]),
            Row(own("v", 1), peers.view(file, PASSES, "v", 0, targets=bed)),
            Row(own("v"), setting.peer("inflate", file, 2), [(CPU_SHARE, 1.25)])]
    return Group("Trio without annotation: FILTER, QUAL and panel, the whole file read", rows,
                 [(own("v"), peers.view(file, PASSES, "v", 2, targets=bed))])


def joint(setting):
    file, peers = setting.joint(), setting.peers
    def own(form, threads=2):
        return setting.filter(file, QUESTION, form, threads)
    rows = [Row(own("v"), peers.view(file, QUESTION, "v", 2), [(FASTER, 5), MOST]),
            Row(own("b"), peers.view(file, QUESTION, "b", 2), [(FASTER, 5)]),
            Row(own("v", 1), peers.view(file, QUESTION, "v", 0)),
            Row(own("v"), setting.peer("inflate", file, 2), [(CPU_SHARE, 1.25)])]
    return Group(f"Joint call of {JOINT_SAMPLES} samples", rows, [(own("v"), peers.view(file, QUESTION, "v", 2))])


def bcf(setting):
    file, peers = setting.trio("trio.bcf"), setting.peers
    def own(form, threads=2):
        return setting.filter(file, QUESTION, form, threads)
    rows = [Row(own("v"), peers.view(file, QUESTION, "v", 2), [(FASTER, 1.5), MOST]),
            Row(own("b"), peers.view(file, QUESTION, "b", 2), [(FASTER, 1.5), MOST]),
            Row(own("b", 1), peers.view(file, QUESTION, "b", 0)),
            Row(own("b"), setting.peer("inflate", file, 2))]
    return Group("Annotated trio as BCF", rows, [(own("v"), peers.view(file, QUESTION, "v", 2))])


def pipe(setting):
    file, peers = setting.trio(), setting.peers
    own = setting.filter(None, QUESTION, "v", 2, feed=file)
    other, beside = peers.view(None, QUESTION, "v", 2, feed=file), setting.filter(file, QUESTION, "v", 2)
    for command, name in ((own, "from a pipe"), (other, "from a pipe"), (beside, "from the file")):
        if not isinstance(command, str):
            command.name += ", " + name
    return Group("Annotated trio through a pipe", [Row(own, other, [(FASTER, 6), MOST]), Row(own, beside)], [(own, other)])


def scaling(setting):
    """Two workers beside one, and the input beside a tenth of it."""
    file, tenth = setting.trio(), setting.trio(records=max(1000, setting.records // 10))
    rows = [Row(setting.filter(file, QUESTION, "v", 2), setting.filter(file, QUESTION, "v", 1), [(FASTER, 1.85)])]
    for threads in (2, 1):
        big, little = (setting.filter(name, QUESTION, "v", threads) for name in (file, tenth))
        if not isinstance(big, str):
            big.name += ", all records"
            little.name += ", a tenth of them"
        rows.append(Row(big, little, [(TENFOLD, 9.5, 10.5), (PEAK_SHARE, 1.05)]))
    return Group("Scaling", rows)


def screen(setting):
    """A whole report. Its peer by index selects the same regions and no more."""
    peers, file = setting.peers, setting.trio()
    indexed, whole = (peers.screen(setting.trio(case), os.path.join(setting.out, name))
                      for case, name in (("case.yaml", "indexed"), ("unindexed/case.yaml", "whole")))
    indexed.name += ", index there"
    whole.name += ", no index"
    rows = [Row(indexed, peers.view(file, QUESTION, "v", 2, regions=setting.trio("panel.bed")), [(SECONDS, 0.5), MOST]),
            Row(whole, setting.peer("inflate", file, 2), [(WALL_SHARE, 1.35), MOST]),
            Row(whole, peers.view(file, QUESTION, "v", 2, targets=setting.trio("panel.bed")))]
    return Group("A whole screen, report on disk", rows)


def family(setting):
    """Models of inheritance, on few records: genmod is slow."""
    file, pedigree = (setting.trio(name, setting.small()) for name in ("trio.vcf.gz", "trio.ped"))
    own = setting.filter(file, FAMILY, "v", 2, more=["--ped", pedigree])
    whole = setting.peers.screen(setting.trio("case.yaml", setting.small()), os.path.join(setting.out, "family"))
    genmod, slivar = setting.peer("genmod", file, pedigree), setting.peer("slivar", file, pedigree)
    rows = [Row(own, genmod, [(FASTER, 50)]), Row(whole, genmod, [(FASTER, 50)]), Row(own, slivar, [(FASTER, 20)])]
    other = setting.peers.view(file, bcftools_family(FAMILY), "v", 2)
    rows.append(Row(own, other))
    # New variants are too rare for few records to hold one, so that all are asked for them.
    every = setting.trio()
    new = (setting.filter(every, PATTERNS["denovo"], "v", 2, more=["--ped", setting.trio("trio.ped")]),
           setting.peers.view(every, bcftools_family(PATTERNS["denovo"]), "v", 2))
    return Group(f"Models of a family, {setting.small():,} records", rows, [(own, other), new])


def scripts(setting):
    """Tools that take an interpreter for each record, on a slice; vembrane wants one ALT allele a record."""
    file, peers = setting.trio(records=setting.slice()), setting.peers
    split = os.path.join(os.path.dirname(file), "split.vcf.gz")
    if not os.path.exists(split):
        aside = f"{split}.{os.getpid()}"
        subprocess.run(["bcftools", "norm", "--no-version", "-m", "-any", "-Oz", "-o", aside, file], check=True,
                       stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(aside, split)
    own = [setting.filter(name, QUESTION, "v", 1) for name in (file, split)]
    cyvcf2, vembrane, snpsift = setting.peer("cyvcf2", file), setting.peer("vembrane", split), setting.peer("SnpSift", file)
    rows = [Row(own[0], cyvcf2), Row(own[1], vembrane), Row(own[0], snpsift), Row(own[0], peers.view(file, QUESTION, "v", 0))]
    return Group(f"Beside scripted filters, {setting.slice():,} records", rows,
                 [(own[0], cyvcf2), (own[1], vembrane), (own[0], snpsift)])


def coverage(setting):
    """Depth of regions by index. Beside mosdepth without thresholds of quality, which it does not know; then with rarescreen's own."""
    peers, bam, cram, fasta = setting.peers, *(setting.reads(name) for name in ("reads.bam", "reads.cram", "genome.fa"))
    rows, checks = [], []
    for name in ("genes", "targets", "exons"):
        bed = setting.reads(name + ".bed")
        def own(threads=1, file=bam, quality=0, bed=bed, name=name):
            return peers.coverage(file, bed, name, threads, quality, fasta if file == cram else None)
        mosdepth, on_cram = (setting.peer("mosdepth", file, bed, name, setting.out, reference) for file, reference in ((bam, None), (cram, fasta)))
        rows += [Row(own(), mosdepth, [(FASTER, 8), MOST_READS]), Row(own(2), mosdepth, [(FASTER, 8), MOST_READS]),
                 Row(own(quality=20), mosdepth, [(FASTER, 8), MOST_READS]),
                 Row(own(), setting.peer("samtools", "bedcov", bam, bed, name), [(FASTER, 1.3)]),
                 Row(own(2, quality=20), own(quality=20), [(FASTER, 1.8)]),
                 Row(own(1, cram), on_cram, [(FASTER, 10), MOST_READS]), Row(own(1, cram, 20), on_cram, [(FASTER, 10), MOST_READS]),
                 Row(own(2, cram, 20), own(1, cram, 20), [(FASTER, 1.8)])]
        checks += [depths(peers, file, bed, threads, reference) for file, reference in ((bam, None), (cram, fasta)) for threads in (1, 2)]
    # For information: it reads the whole file.
    rows.append(Row(own(), setting.peer("samtools", "depth", bam, bed, "exons")))
    return Group("Depth of regions from BAM and CRAM: 500 genes, 546 scattered targets, the coding exons of 30 Mb", rows, checks=checks)


def depths(peers, file, bed, threads, reference):
    """A check that rarescreen and mosdepth agree on every region."""
    def check():
        if peers.program("mosdepth") is None:
            return
        try:
            ours = check_depth.own(peers.rarescreen, file, bed, reference, more=["--threads", str(threads)])
            theirs = check_depth.mosdepth(file, bed, reference)
        except check_depth.Refused as refusal:
            yield str(refusal)
            return
        if not any(depth.mean for depth in ours.values()):
            yield f"no region of {bed} has reads: nothing was compared"
        for (contig, start, end), one, other in check_depth.differing(ours, theirs):
            yield f"{contig}:{start}-{end} of {file} is {check_depth.words(one)} by rarescreen but {check_depth.words(other)} by mosdepth"
    return check


GROUPS = {make.__name__: make for make in (trio, panel, index, csq, annotate, knowledge, bare, joint, bcf, pipe, scaling, screen, family, scripts,
                                         coverage)}


def differences(pairs):
    """Where two commands select other records, one text a pair."""
    for own, other in pairs:
        if isinstance(own, str) or isinstance(other, str):
            continue
        a, b, count = keys(own), keys(other), 0
        while True:
            one, two = next(a, None), next(b, None)
            if one == two and (one is None or one[0] == EXIT):
                # Two that fail alike, or find nothing, agree on nothing.
                if one or count == 0:
                    yield (f"{text(one)} after {count:,} records from both `{' '.join(own.words)}` and `{' '.join(other.words)}`: "
                           "nothing was compared")
                break
            if one != two:
                yield (f"record {count + 1:,} is {text(one)} in `{' '.join(own.words)}` but {text(two)} in "
                       f"`{' '.join(other.words)}`")
                a.close()
                b.close()
                break
            count += 1


def text(key):
    return " ".join(" ".join(key).split()) if key else "none"


def keys(command):
    """CHROM, POS, ID, REF and ALT of each record that a command writes; ends with its exit code where that is not 0."""
    feed = subprocess.Popen(["cat", command.feed], stdout=subprocess.PIPE) if command.feed else None
    process = subprocess.Popen(command.words, stdin=feed.stdout if feed else subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    try:
        for line in process.stdout:
            if not line.startswith(b"#"):
                yield tuple(part.decode("ascii", "replace") for part in line.split(b"\t", 5)[:5])
        process.wait()
        if process.returncode:
            yield (EXIT, str(process.returncode))
    finally:
        process.kill()
        process.wait()
        if feed:
            feed.kill()
            feed.wait()


def clean(setting):
    shutil.rmtree(setting.out, ignore_errors=True)
