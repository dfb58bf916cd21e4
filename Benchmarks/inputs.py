#!/usr/bin/env python3
"""Makes the inputs once and keeps them: a trio's genome of any number of records in several forms, a joint call, a chromosome,
sources of knowledge, reads, and exomes of many families.

usage: inputs.py trio RECORDS | joint RECORDS SAMPLES | calls RECORDS | sources ALLELES
       | aligned DEPTH MEGABASES | mosaic SITES DEPTH | exomes FAMILIES RECORDS      prints the folder

Same arguments, same text: everything is seeded. The folder's name carries a key of the arguments, of the scripts that invent
records and of the gene tables, so that a change of any of them makes new inputs and old ones are never mistaken for them.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from genome import CONTIGS, GENES, PANEL, ROOT, TRANSCRIPTS, header, panel_genes

SOURCES = [os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
           for name in ("genome.py", "consequences.py", "pools.py", "records.py", "chromosome.py", "sources.py")] + [GENES, TRANSCRIPTS, PANEL]
# Scripts that only some inputs come from.
OWN_SOURCES = {kind: [os.path.join(os.path.dirname(os.path.abspath(__file__)), name) for name in names] for kind, names in {
    "aligned": ("strands.py", "reads.py", "aligned.py"),
    "mosaic": ("strands.py", "reads.py", "families.py", "placing.py", "entries.py", "draws.py"),
    "exomes": ("exomes.py",)}.items()}
TRIO = ("CHILD", "FATHER", "MOTHER")
PEDIGREE = """#family\tindividual\tfather\tmother\tsex\tphenotype
BENCH\tCHILD\tFATHER\tMOTHER\t1\t2
BENCH\tFATHER\t0\t0\t1\t1
BENCH\tMOTHER\t0\t0\t2\t1
"""
CASE = """# Invented for timing.
case: BENCH-001
build: GRCh38
variants: trio.vcf.gz
pedigree: trio.ped
proband: CHILD
phenotypes: [HP:0001250, HP:0001263]
panels: [./panel.tsv]
"""


def cache():
    """RARESCREEN_BENCH_CACHE, or a folder of this user among the temporary ones."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    return os.environ.get("RARESCREEN_BENCH_CACHE") or os.path.join(tempfile.gettempdir(), f"rarescreen-bench-{user}")


def folder(*parameters):
    """Where the inputs of these parameters are, or will be."""
    digest = hashlib.sha256("\n".join(map(str, parameters)).encode())
    for source in SOURCES + OWN_SOURCES.get(parameters[0], []):
        with open(source, "rb") as content:
            digest.update(content.read())
    return os.path.join(cache(), "-".join(map(str, parameters)) + "-" + digest.hexdigest()[:12])


def obtain(*parameters):
    """The folder with the inputs of these parameters, made first unless it is there.

    In a process of its own: what it peaks at would else be the least peak that any measured process can show.
    """
    if not os.path.isdir(folder(*parameters)):
        print(f"bench: making {' '.join(map(str, parameters))}, once", file=sys.stderr, flush=True)
        made = subprocess.run([sys.executable, os.path.abspath(__file__), *map(str, parameters)], stdout=subprocess.DEVNULL)
        if made.returncode != 0:
            sys.exit("bench: the input could not be made")
    return folder(*parameters)


class Packed:
    """A BGZF file written through bgzip."""

    def __init__(self, path, level=6):
        self.path = path
        with open(path, "wb") as out:
            self.process = subprocess.Popen(["bgzip", "-@", "2", "-l", str(level), "-c"], stdin=subprocess.PIPE, stdout=out)
        self.size = 0

    def write(self, text):
        self.size += len(text)
        self.process.stdin.write(text)

    def close(self, index=True):
        self.process.stdin.close()
        if self.process.wait() != 0:
            sys.exit(f"bench: bgzip ended with {self.process.returncode} on {self.path}")
        if index:
            run(["tabix", "-p", "vcf", self.path])


def run(command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def make_trio(at, count):
    import records

    names = [os.path.join(at, name) for name in ("trio.vcf.gz", "bare.vcf.gz")]
    annotated, bare = map(Packed, names)
    annotated.write(header(TRIO).encode("ascii"))
    bare.write(header(TRIO, annotated=False).encode("ascii"))
    last = records.write(count, annotated, bare)
    annotated.close()
    bare.close()
    binary = os.path.join(at, "trio.bcf")
    run(["bcftools", "view", "--no-version", "--threads", "2", "-Ob", "-o", binary, names[0]])
    run(["bcftools", "index", binary])
    inside = CONTIGS[:CONTIGS.index(last[0])]
    panel(at, [(contig, gene) for contig, gene in panel_genes() if contig in inside or contig == last[0] and gene.end <= last[1]])
    write(os.path.join(at, "trio.ped"), PEDIGREE)
    write(os.path.join(at, "case.yaml"), CASE)
    # The same without an index, for the time that a whole pass takes.
    unindexed = os.path.join(at, "unindexed")
    os.mkdir(unindexed)
    os.link(names[0], os.path.join(unindexed, "trio.vcf.gz"))
    for name in ("trio.ped", "case.yaml", "panel.tsv"):
        shutil.copy(os.path.join(at, name), unindexed)
    write(os.path.join(at, "text-size"), str(annotated.size))


def panel(at, chosen):
    """The panel as regions, as a list of symbols and as the lines that Panels/mendeliome.tsv has for it."""
    write(os.path.join(at, "panel.bed"), "".join(f"{contig}\t{gene.start}\t{gene.end}\t{gene.symbol}\n" for contig, gene in chosen))
    write(os.path.join(at, "symbols.txt"), "".join(gene.symbol + "\n" for _, gene in chosen))
    wanted = {gene.hgnc for _, gene in chosen}
    with open(PANEL, encoding="utf-8") as lines:
        kept = [line for line in lines if line.startswith(("#", "hgnc_id\t")) or line.split("\t", 1)[0] in wanted]
    write(os.path.join(at, "panel.tsv"), "".join(kept).replace("#panel: mendeliome", "#panel: bench", 1))


def make_joint(at, count, samples):
    import records

    packed = Packed(os.path.join(at, "joint.vcf.gz"))
    packed.write(header([f"S{i:04d}" for i in range(samples)], annotated=False, many=True).encode("ascii"))
    records.joint(count, samples, packed)
    packed.close()
    write(os.path.join(at, "text-size"), str(packed.size))


def make_calls(at, count):
    import chromosome

    chromosome.write(at, count)


def make_sources(at, count):
    import sources

    population, clinvar = (Packed(os.path.join(at, name)) for name in ("population.vcf.gz", "clinvar.vcf.gz"))
    with open(os.path.join(at, "calls.vcf"), "wb") as calls:
        sources.write(count, population, clinvar, calls)
    population.close()
    clinvar.close()
    write(os.path.join(at, "vcfanno.toml"), "".join(
        f'[[annotation]]\nfile="{os.path.join(folder("sources", count), name)}"\nfields={fields}\nops={["self"] * len(fields)}\n'
        f"names={names}\n" for name, fields, names in (
            ("population.vcf.gz", ["AF", "AC", "AN"], ["pop_AF", "pop_AC", "pop_AN"]),
            ("clinvar.vcf.gz", ["CLNSIG", "CLNREVSTAT", "CLNDN"], ["CLNSIG", "CLNREVSTAT", "CLNDN"]))))


def make_aligned(at, depth, megabases):
    import aligned

    aligned.write(at, depth, megabases)


def make_mosaic(at, sites, depth):
    import families

    families.write(at, sites, depth)


def make_exomes(at, count, records):
    import exomes

    exomes.write(at, count, records)


def write(path, text):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def main():
    kind, *numbers = sys.argv[1:]
    makers = {("trio", 1): make_trio, ("joint", 2): make_joint, ("calls", 1): make_calls,
              ("sources", 1): make_sources, ("aligned", 2): make_aligned, ("mosaic", 2): make_mosaic,
              ("exomes", 2): make_exomes}
    if (kind, len(numbers)) not in makers:
        sys.exit(__doc__)
    target = folder(kind, *numbers)
    if not os.path.isdir(target):
        os.makedirs(cache(), mode=0o700, exist_ok=True)
        aside = f"{target}.{os.getpid()}"
        os.mkdir(aside)
        try:
            makers[kind, len(numbers)](aside, *map(int, numbers))
            os.rename(aside, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    print(target)


if __name__ == "__main__":
    main()
