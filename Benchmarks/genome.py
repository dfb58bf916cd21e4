"""The genome that invented records stand on: real genes of GRCh38 where they are, and what VEP would say of a position.

Places come from Panels/genes (MANE transcripts, HGNC names). Bases are invented: nothing here knows the reference sequence.
"""

import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GENES = os.path.join(ROOT, "Panels", "genes", "genes.tsv")
TRANSCRIPTS = os.path.join(ROOT, "Panels", "genes", "transcripts.tsv")
PANEL = os.path.join(ROOT, "Panels", "mendeliome.tsv")
PANEL_GENES = 500
# Longer genes stay out of the panel, so that it covers two per cent of the seven contigs.
LONGEST = 300_000
# How many transcripts a gene may show.
COUNTS = (2, 2, 2, 3, 4)

LENGTHS = dict(zip([f"chr{name}" for name in [*range(1, 23), "X", "Y", "M"]], [
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422,
    135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983,
    50818468, 156040895, 57227415, 16569]))
CONTIGS = [f"chr{i}" for i in range(1, 8)]

INTRON, EXON_5, CODING, EXON_3, BETWEEN = range(5)
# A gene this near is named as upstream or downstream, as VEP does.
NEAR = 5000
# Between the genes of the table stands an invented lncRNA in each stretch of this length.
STRETCH = 90_000
COMPLEMENT = str.maketrans("ACGT", "TGCA")

CSQ_FIELDS = (
    "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|cDNA_position|CDS_position|"
    "Protein_position|Amino_acids|Codons|Existing_variation|DISTANCE|STRAND|FLAGS|SYMBOL_SOURCE|HGNC_ID|CANONICAL|"
    "MANE_SELECT|ENSP|SIFT|PolyPhen|SOMATIC|PHENO")

CODONS = {
    first + second + third: amino
    for (first, second, third), amino in zip(
        ((a, b, c) for a in "TCAG" for b in "TCAG" for c in "TCAG"),
        "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG")}
AMINO = dict(zip("ARNDCQEGHILKMFPSTWYV*", (
    "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Ter").split()))


class Gene:
    """One gene by its MANE Select transcript, with isoforms beside it; half-open 0-based coordinates."""

    def __init__(self, row, symbol, ensembl, serial):
        self.start, self.end = int(row[3]), int(row[4])
        self.forward = row[2] == "+"
        self.symbol, self.hgnc = symbol, row[13]
        starts = [self.start + int(text) for text in row[7].split(",")]
        self.exons = [(start, start + int(size)) for start, size in zip(starts, row[8].split(","))]
        self.coding = (int(row[5]), int(row[6]))
        strand = "1" if self.forward else "-1"
        # Feature, text before the consequence's own fields, text after them, whether the transcript codes.
        self.isoforms = []
        number = int(ensembl[4:])
        for i in range(COUNTS[serial % 5]):
            if i == 0:
                feature, biotype, canonical, mane = row[11], "protein_coding", "YES", row[10]
            else:
                feature = f"ENST{(number * 7 + i * 7919) % 700_000:011d}.{1 + (serial + i) % 9}"
                biotype = ("protein_coding", "retained_intron", "nonsense_mediated_decay", "protein_coding")[(serial + i) % 4]
                canonical = mane = ""
            codes = biotype in ("protein_coding", "nonsense_mediated_decay")
            protein = f"ENSP{(number * 3 + i * 104_729) % 500_000:011d}.{1 + (serial + i) % 6}" if codes else ""
            before = f"|{symbol}|{ensembl}|Transcript|{feature}|{biotype}|"
            after = f"|{strand}||HGNC|{self.hgnc}|{canonical}|{mane}|{protein}|"
            self.isoforms.append((feature, before, after, biotype, protein))

    def segments(self):
        """Introns and parts of exons, ascending: start, end, kind, number of the exon or intron, place in the coding sequence."""
        exons = self.exons if self.forward else self.exons[::-1]
        count, found, coded, began, ended = len(exons), [], 0, self.coding[0] == self.coding[1], False
        for number, (start, end) in enumerate(exons, 1):
            low, high = max(start, self.coding[0]), min(end, self.coding[1])
            parts = [(start, end)] if low >= high else [(start, low), (low, high), (high, end)]
            for part in parts if self.forward else parts[::-1]:
                if part[0] >= part[1]:
                    continue
                if low < high and part == (low, high):
                    found.append((*part, CODING, number, coded))
                    coded += high - low
                    began = True
                else:
                    ended = began and coded >= 1 and self.finished(part)
                    found.append((*part, EXON_3 if ended else EXON_5, number, coded))
            if number < count:
                other = exons[number]
                gap = (end, other[0]) if self.forward else (other[1], start)
                found.append((*gap, INTRON, number, max(1, coded)))
        return sorted(found)

    def finished(self, part):
        return part[0] >= self.coding[1] if self.forward else part[1] <= self.coding[0]


def genes(contig):
    """Genes of one contig that code, ascending, none reaching into the one before it."""
    names = {}
    for row in rows(GENES):
        names[row[0]] = (row[1], row[2])
    found, end = [], 0
    for row in rows(TRANSCRIPTS):
        if row[0] != "GRCh38" or "chr" + row[1] != contig or row[9] != "select" or row[5] == row[6]:
            continue
        symbol, ensembl = names.get(row[13], (None, "."))
        if symbol is None or not ensembl.startswith("ENSG") or int(row[3]) < end:
            continue
        gene = Gene(row, symbol, ensembl, int(ensembl[4:]))
        found.append(gene)
        end = gene.end
    return found


def panel_genes():
    """The panel of 500 genes over the seven contigs: contig, gene; evenly among those that Panels/mendeliome.tsv knows."""
    known = {row[0] for row in rows(PANEL)}
    able = [(contig, gene) for contig in CONTIGS for gene in genes(contig) if gene.hgnc in known and gene.end - gene.start <= LONGEST]
    return [able[i] for i in range(len(able)) if i * PANEL_GENES // len(able) != (i + 1) * PANEL_GENES // len(able)]


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def places(contig):
    """Everything on a contig, ascending and without gaps: end, gene or None, start, kind, number, place in the coding sequence."""
    found, at = [], 0
    for gene in genes(contig):
        fill(found, at, gene.start)
        for start, end, kind, number, coded in gene.segments():
            found.append((end, gene, start, kind, number, coded))
        at = gene.end
    fill(found, at, LENGTHS[contig] + 1)
    return found


def fill(found, start, end):
    """The stretch between two genes."""
    while start < end:
        stop = min(end, (start // STRETCH + 1) * STRETCH)
        found.append((stop, None, start, BETWEEN, start // STRETCH, 0))
        start = stop


def header(samples, annotated=True, many=False):
    """Header lines as GATK, VEP and vcfanno would leave them."""
    info = [
        ("AC", "A", "Integer", "Allele count in genotypes, for each ALT allele, in the same order as listed"),
        ("AF", "A", "Float", "Allele Frequency, for each ALT allele, in the same order as listed"),
        ("AN", "1", "Integer", "Total number of alleles in called genotypes"),
        ("BaseQRankSum", "1", "Float", "Z-score from Wilcoxon rank sum test of Alt Vs. Ref base qualities"),
        ("DP", "1", "Integer", "Approximate read depth; some reads may have been filtered"),
        ("ExcessHet", "1", "Float", "Phred-scaled p-value for exact test of excess heterozygosity"),
        ("FS", "1", "Float", "Phred-scaled p-value using Fisher's exact test to detect strand bias"),
        ("MLEAC", "A", "Integer", "Maximum likelihood expectation (MLE) for the allele counts"),
        ("MLEAF", "A", "Float", "Maximum likelihood expectation (MLE) for the allele frequency"),
        ("MQ", "1", "Float", "RMS Mapping Quality"),
        ("MQRankSum", "1", "Float", "Z-score From Wilcoxon rank sum test of Alt vs. Ref read mapping qualities"),
        ("QD", "1", "Float", "Variant Confidence/Quality by Depth"),
        ("ReadPosRankSum", "1", "Float", "Z-score from Wilcoxon rank sum test of Alt vs. Ref read position bias"),
        ("SOR", "1", "Float", "Symmetric Odds Ratio of 2x2 contingency table to detect strand bias"),
        ("VQSLOD", "1", "Float", "Log odds of being a true variant versus being false under the trained model"),
        ("culprit", "1", "String", "The annotation which was the worst performing in the Gaussian mixture model"),
    ]
    frequencies = [
        ("gnomad_AF", "A", "Float", "Invented figure: frequency in gnomAD"),
        ("gnomad_AF_popmax", "A", "Float", "Invented figure: highest frequency of a group of gnomAD"),
        ("gnomad_AN", "1", "Integer", "Invented figure: chromosomes looked at in gnomAD"),
        ("gnomad_nhomalt", "A", "Integer", "Invented figure: homozygous people in gnomAD"),
    ]
    rest = [
        ("CADD", "A", "Float", "Invented figure: CADD PHRED score"),
        ("CLNSIG", ".", "String", "Invented word: clinical significance in ClinVar"),
        ("CSQ", ".", "String", "Consequence annotations from Ensembl VEP. Format: " + CSQ_FIELDS),
    ]
    lines = ["##fileformat=VCFv4.2"]
    lines += [f'##FILTER=<ID={name},Description="{text}">' for name, text in (
        ("PASS", "All filters passed"),
        ("VQSRTrancheSNP99.90to100.00", "Truth sensitivity tranche level for SNP model"),
        ("VQSRTrancheINDEL99.00to100.00", "Truth sensitivity tranche level for INDEL model"))]
    lines += [f'##FORMAT=<ID={name},Number={number},Type={kind},Description="{text}">' for name, number, kind, text in (
        ("GT", "1", "String", "Genotype"), ("AD", "R", "Integer", "Allelic depths for the ref and alt alleles"),
        ("DP", "1", "Integer", "Approximate read depth"), ("GQ", "1", "Integer", "Genotype Quality"),
        ("PL", "G", "Integer", "Normalized, Phred-scaled likelihoods for genotypes"))]
    # vembrane reads the names of CSQ's fields only behind VEP's own line.
    lines += ['##VEP="v110" time="2024-01-01 00:00:00" cache="homo_sapiens/110_GRCh38" assembly="GRCh38.p14"'] * annotated
    lines += [f'##INFO=<ID={name},Number={number},Type={kind},Description="{text}">'
              for name, number, kind, text in info + frequencies * (annotated or many) + rest * annotated]
    lines += [f"##contig=<ID={name},length={length},assembly=GRCh38>" for name, length in LENGTHS.items()]
    lines.append("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *samples]))
    return "\n".join(lines) + "\n"
