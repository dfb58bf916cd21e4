#!/usr/bin/env python3
"""Writes the variant files that the corpus of filter expressions is tried on. Seeded: the same files every time.

    ./make.py    # in this folder
"""
import random

FILTERS = ["q10", "s50", "LowGQ", "weird.name"]
HEAD = """##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
""" + "".join(f'##FILTER=<ID={f},Description="made up">\n' for f in FILTERS) + """##contig=<ID=1,length=1000000>
##contig=<ID=chr2,length=1000000>
##contig=<ID=X,length=1000000>
##ALT=<ID=DEL,Description="deletion">
"""


def info(ident, number, kind):
    return f'##INFO=<ID={ident},Number={number},Type={kind},Description="made up">\n'


def form(ident, number, kind):
    return f'##FORMAT=<ID={ident},Number={number},Type={kind},Description="made up">\n'


INFO = [
    ("DP", "1", "Integer"), ("BIG", "1", "Integer"), ("SCORE", "1", "Float"), ("EAF", "A", "Float"), ("EAC", "A", "Integer"),
    ("RD", "R", "Integer"), ("GL3", "G", "Float"), ("IV", ".", "Integer"), ("FV", ".", "Float"), ("TWO", "2", "Integer"),
    ("STR", "1", "String"), ("LIST", ".", "String"), ("PERA", "A", "String"), ("KEY1", "1", "Character"),
    ("DB", "0", "Flag"), ("H2", "0", "Flag"), ("dotted.name", "1", "Integer"),
]
FORMAT = [
    ("GT", "1", "String"), ("GQ", "1", "Integer"), ("MQ", "1", "Float"), ("AD", "R", "Integer"), ("PL", "G", "Integer"),
    ("VAF", "A", "Float"), ("FT", "1", "String"), ("TAGS", ".", "String"), ("XV", ".", "Integer"), ("BOTH", "1", "Integer"),
]
ALLELES = [
    ("A", "C"), ("A", "C,G"), ("A", "T,*"), ("AT", "A"), ("A", "ATT"), ("AC", "GT"), ("ACT", "AGG,A"), ("G", "<DEL>"),
    ("G", "A,<DEL>"), ("G", "G[1:500["), ("G", "]1:500]G"), ("G", "*"), ("G", "<*>"), ("G", "<NON_REF>"), ("T", "."),
    ("ACT", "GCTA"), ("TC", "tg"), ("C", "A,G,T"), ("CAA", "C,CA"), ("A", "AC,T"), ("GTT", "G,GT,GTTT"), ("T", "C"), ("C", "T"),
]
FLOATS = ["0", "0.1", "0.001", "0.5", "1", "1e-3", "1.0E-5", "0.30000001", "0.3", "59.2", "16777217", "1e10", "-1.5", "-0",
          "3.4e38", "1e-40", "0.000999", "0.0010000001", ".", "123456.789"]
INTS = ["0", "1", "5", "7", "10", "127", "128", "255", "300", "32768", "70000", "16777217", "2147483647", "-5", "-1", "."]
WORDS = ["alpha", "beta", "Alpha", "a.b", "x/y", "gamma delta", ".", "b", "A", "snp", "0", "alphabet", "p.Arg12*"]


def pick(r, values, n):
    return ",".join(r.choice(values) for _ in range(n))


def count(number, alleles):
    return {"A": alleles - 1, "R": alleles, "G": alleles * (alleles + 1) // 2}.get(number)


def values(r, number, kind, alleles, lone):
    n = count(number, alleles)
    if n is None:
        n = int(number) if number.isdigit() else r.choice([1, 1, 2, 3, 4])
    n = max(1, n)
    if r.random() < lone:
        return "."
    if kind == "Integer":
        # TWO holds counts.
        return pick(r, INTS if number != "2" else [i for i in INTS if not i.startswith("-")], n)
    if kind == "Float":
        return pick(r, FLOATS, n)
    if kind == "Character":
        return r.choice("abc.")
    words = [w for w in WORDS if number != "1" or "," not in w]
    return pick(r, words, n)


def site(r, position, with_info=True):
    chrom = r.choice(["1", "1", "chr2", "X"])
    ref, alt = ALLELES[position % len(ALLELES)]
    alleles = 1 if alt == "." else alt.count(",") + 2
    ident = r.choice([".", "rs%d" % position, "rs7;cosm%d" % position, "RS1", "rs1", "id,with"])
    qual = r.choice(["30", "59.2", ".", "0", "0.1", "100", "16777217", "29.999999", "30.000001", "1e5", "7"])
    filt = r.choice(["PASS", "PASS", ".", "q10", "s50", "q10;s50", "s50;q10;LowGQ", "weird.name", "LowGQ"])
    fields = []
    for name, number, kind in INFO:
        if r.random() < 0.35:
            continue
        fields.append(name if kind == "Flag" else f"{name}={values(r, number, kind, alleles, 0.12)}")
    r.shuffle(fields)
    return [chrom, str(position), ident, ref, alt, qual, filt, ";".join(fields) if with_info and fields else "."], alleles


def genotype(r, alleles):
    ploidy = r.choice([1, 2, 2, 2, 2, 2, 2, 3])
    copies = [r.choice(["."] + [str(r.randrange(alleles)) for _ in range(5)]) for _ in range(ploidy)]
    text = copies[0]
    for copy in copies[1:]:
        text += r.choice("//|") + copy
    return text


def sample(r, keys, alleles):
    if r.random() < 0.05:
        return "./." if keys[0][0] == "GT" else "."
    cells = []
    for name, number, kind in keys:
        cells.append(genotype(r, alleles) if name == "GT" else values(r, number, kind, alleles, 0.15))
    if r.random() < 0.15:
        cells = cells[: r.randrange(1, len(cells) + 1)]
    return ":".join(cells)


def write(name, header, samples, rows):
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"] + (["FORMAT"] + samples if samples else [])
    with open(name, "w") as out:
        out.write(header + "\t".join(columns) + "\n")
        for row in rows:
            out.write("\t".join(row) + "\n")


SAMPLES = ["kid", "mom", "dad", "uncle"]
INFO_HEAD = "".join(info(*i) for i in INFO)


def sites():
    r = random.Random(1)
    write("sites.vcf", HEAD + INFO_HEAD, [], [site(r, p)[0] for p in range(1, 161)])


def cohort(name, seed, genotyped, n, kept=0.7):
    r = random.Random(seed)
    rows = []
    for p in range(1, n + 1):
        row, alleles = site(r, p)
        keys = [k for k in FORMAT if k[0] != "GT" and r.random() < kept]
        if genotyped or not keys:
            keys = [FORMAT[0]] + keys if genotyped else [FORMAT[1]]
        rows.append(row + [":".join(k[0] for k in keys)] + [sample(r, keys, alleles) for _ in SAMPLES])
    head = HEAD + INFO_HEAD + info("BOTH", "1", "Integer") + "".join(form(*f) for f in FORMAT)
    write(name, head, SAMPLES, rows)


def counts():
    """Whole genotypes, with AC and AN in INFO where the header says so: what AF, MAF and MAC are counted from."""
    r = random.Random(4)
    rows = []
    for p in range(1, 81):
        row, alleles = site(r, p)
        if r.random() < 0.7:
            ac = [r.randrange(0, 3) for _ in range(alleles - 1)] or [0]
            row[7] = f"AC={','.join(map(str, ac))};AN={sum(ac) + r.randrange(0, 4)}"
            if alleles == 1:
                row[7] = "AN=8"
        else:
            row[7] = "."
        gts = []
        for _ in SAMPLES:
            gts.append("./." if r.random() < 0.1 else f"{r.randrange(alleles)}{r.choice('/|')}{r.randrange(alleles)}")
        rows.append(row + ["GT:AD"] + [g + ":" + pick(r, ["0", "3", "10", "25", "60", "."], alleles) for g in gts])
    head = HEAD + info("AC", "A", "Integer") + info("AN", "1", "Integer") + form(*FORMAT[0]) + form(*FORMAT[3])
    write("counts.vcf", head, SAMPLES, rows)


CSQ = "Allele|Consequence|IMPACT|SYMBOL|Feature_type|Feature|BIOTYPE|EXON|HGVSp|gnomADe_AF|CADD_PHRED|SIFT|MANE_SELECT"
ANN = "'Allele | Annotation | Annotation_Impact | Gene_Name | Feature_ID | Rank | HGVS.c | cDNA.pos / cDNA.length'"
BCSQ = "[*]consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change"
TERMS = [
    ("missense_variant", "MODERATE"), ("stop_gained", "HIGH"), ("synonymous_variant", "LOW"), ("intron_variant", "MODIFIER"),
    ("missense_variant&splice_region_variant", "MODERATE"), ("frameshift_variant", "HIGH"), ("inframe_deletion", "MODERATE"),
    ("splice_donor_variant&intron_variant", "HIGH"), ("upstream_gene_variant", "MODIFIER"), ("intergenic_variant", "MODIFIER"),
]


def annotated():
    r = random.Random(5)
    rows = []
    for p in range(1, 81):
        row, alleles = site(r, p, with_info=False)
        fields = ["DP=%d" % r.randrange(100)]
        entries = []
        for _ in range(r.choice([0, 1, 1, 2, 3, 4])):
            term, impact = r.choice(TERMS)
            entries.append("|".join([
                "C", term, impact, r.choice(["CDH2", "TTN", "BRCA2", ""]), "Transcript", r.choice(["ENST01", "NM_2.1"]),
                r.choice(["protein_coding", "lncRNA"]), r.choice(["", "3/10", "5/5"]), r.choice(["", "NP_1.1:p.Arg2%3D"]),
                r.choice(["", "0", "0.01", "1e-5", "0.2&0.00001"]), r.choice(["", "12.5", "31", "24.9"]),
                r.choice(["", "deleterious(0.01)", "tolerated(0.8)"]), r.choice(["", "NM_000001.1"])]))
        if entries:
            fields.append("CSQ=" + ",".join(entries))
        if r.random() < 0.5:
            term, impact = r.choice(TERMS)
            fields.append(f"ANN=C|{term}|{impact}|CDH2|NM_2.1|1/4|c.1A>G|3/90")
        if r.random() < 0.5:
            fields.append("BCSQ=" + r.choice(["missense|CDH2|ENST01|protein_coding|+|3A>3C|7A>C", "@1", "*stop_gained|TTN|E|pc|-"]))
        row[7] = ";".join(fields)
        gts = [r.choice(["0/0", "0/1", "1/1", "./.", "0|1"]) if alleles > 1 else "0/0" for _ in SAMPLES]
        ads = [pick(r, ["0", "5", "20"], alleles) for _ in SAMPLES]
        rows.append(row + ["GT:GQ:DP:AD"] + [f"{g}:{r.randrange(99)}:{r.randrange(60)}:{a}" for g, a in zip(gts, ads)])
    head = HEAD + info("DP", "1", "Integer")
    head += f'##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: {CSQ}">\n'
    head += f'##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: {ANN}">\n'
    head += f'##INFO=<ID=BCSQ,Number=.,Type=String,Description="Local consequence annotation. Format: {BCSQ}">\n'
    head += form("GT", "1", "String") + form("GQ", "1", "Integer") + form("DP", "1", "Integer") + form("AD", "R", "Integer")
    write("annotated.vcf", head, SAMPLES, rows)


def plain():
    """No INFO definitions of AC, AN, AF, and no INFO at all: everything is counted from GT."""
    r = random.Random(6)
    rows = []
    for p in range(1, 61):
        row, alleles = site(r, p, with_info=False)
        rows.append(row + ["GT"] + [genotype(r, alleles) for _ in SAMPLES])
    write("plain.vcf", HEAD + form(*FORMAT[0]), SAMPLES, rows)


def lists():
    with open("ids.txt", "w") as out:
        out.write("rs1\nRS1 with a remark\nrs20\nrs33\nrs7;cosm9\nrs7\nid,with\nalpha\nb\nx/y\n")
    with open("samples.txt", "w") as out:
        out.write("mom\nuncle\n")
    with open("family.ped", "w") as out:
        out.write("F\tkid\tdad\tmom\t1\t2\nF\tmom\t0\t0\t2\t1\nF\tdad\t0\t0\t1\t1\nF\tuncle\t0\t0\t1\t0\n")


sites()
cohort("cohort.vcf", 2, True, 200)
cohort("ungenotyped.vcf", 3, False, 80)
# Some functions of bcftools 1.16 read a record's missing field from the record before, so that every record has all here.
cohort("complete.vcf", 7, True, 120, kept=1.1)
counts()
annotated()
plain()
lists()
