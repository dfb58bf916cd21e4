"""Transcripts with their exons, on both builds, in BED's 0-based half-open coordinates."""

from dataclasses import dataclass

from tables import read_data, read_rows, warn

COLUMNS = [
    "assembly", "contig", "strand", "tx_start", "tx_end", "cds_start", "cds_end", "exon_starts", "exon_sizes",
    "tag", "refseq", "ensembl", "protein", "hgnc_id", "origin",
]
CONTIGS = [str(n) for n in range(1, 23)] + ["X", "Y", "MT"]
TAGS = {"MANE Select": "select", "MANE Plus Clinical": "plus_clinical"}
RCRS = "NC_012920.1"  # the revised Cambridge reference; both builds' MT (UCSC's hg19 chrM is another sequence)


@dataclass
class Transcript:
    """One transcript on one build; `exons` are absolute (start, end), in ascending order."""

    assembly: str
    contig: str
    strand: str
    cds: tuple  # (start, end), or None without a coding sequence
    exons: list
    tag: str
    refseq: str
    ensembl: str
    protein: str
    gene: str
    origin: str

    @property
    def start(self):
        return self.exons[0][0]

    @property
    def end(self):
        return self.exons[-1][1]

    def key(self):
        build = 0 if self.assembly == "GRCh38" else 1
        return (build, CONTIGS.index(self.contig), self.start, self.end, self.ensembl, self.gene)

    def row(self):
        cds = self.cds or (self.start, self.start)
        return [
            self.assembly, self.contig, self.strand, str(self.start), str(self.end), str(cds[0]), str(cds[1]),
            ",".join(str(start - self.start) for start, _ in self.exons),
            ",".join(str(end - start) for start, end in self.exons),
            self.tag, self.refseq, self.ensembl, self.protein, self.gene, self.origin,
        ]


def numbers(text):
    return [int(part) for part in text.strip(",").split(",")]


def read_mane(path, genes):
    """MANE on GRCh38 by Ensembl transcript, patches included; transcripts of genes without an HGNC id are named."""
    found, unknown = {}, []
    for row in read_rows(path):
        gene = genes.find(
            ensembl=row["geneName"], ncbi=row["ncbiGene"].removeprefix("GeneID:"), symbol=row["geneName2"]
        )
        if gene is None:
            unknown.append(row["geneName2"])
            continue
        start = int(row["chromStart"])
        blocks = zip(numbers(row["chromStarts"]), numbers(row["blockSizes"]))
        cds = (int(row["thickStart"]), int(row["thickEnd"]))
        found[row["name"]] = Transcript(
            assembly="GRCh38",
            contig=row["#chrom"].removeprefix("chr"),
            strand=row["strand"],
            cds=cds if cds[0] < cds[1] else None,
            exons=[(start + offset, start + offset + size) for offset, size in blocks],
            tag=TAGS[row["maneStat"]],
            refseq=row["ncbiId"],
            ensembl=row["name"],
            protein=row["ncbiProtAcc"] or ".",
            gene=gene,
            origin="MANE",
        )
    warn(f"MANE: no HGNC id for {len(unknown)} genes: " + " ".join(sorted(unknown)))
    return found


def read_lifted(path, mane):
    """The GRCh37 table, as it is: every exon kept its length there. Names come from MANE's own row."""
    found = []
    for row in read_rows(path):
        source = mane.get(row["#name"])
        contig = row["chrom"].removeprefix("chr")
        if source is None or contig not in CONTIGS:
            continue
        cds = (int(row["cdsStart"]), int(row["cdsEnd"]))
        found.append(
            Transcript(
                assembly="GRCh37",
                contig=contig,
                strand=row["strand"],
                cds=cds if cds[0] < cds[1] else None,
                exons=list(zip(numbers(row["exonStarts"]), numbers(row["exonEnds"]))),
                tag=source.tag,
                refseq=source.refseq,
                ensembl=source.ensembl,
                protein=source.protein,
                gene=source.gene,
                origin="MANE_lifted",
            )
        )
    return found


def read_mitochondrial(path, genes):
    """The 37 genes of mtDNA, the same on both builds. A CDS may end in an incomplete stop codon (T or TA)."""
    found = []
    for row in read_data(path):
        span = (int(row["start"]), int(row["end"]))
        gene = genes.by_symbol[row["symbol"]]
        protein = genes.rows[gene]["refseq_accession"] or "."
        for assembly in ("GRCh38", "GRCh37"):
            found.append(
                Transcript(
                    assembly=assembly,
                    contig="MT",
                    strand=row["strand"],
                    cds=span if row["coding"] == "yes" else None,
                    exons=[span],
                    tag="mitochondrial",
                    refseq=RCRS,
                    ensembl=".",
                    protein=protein if row["coding"] == "yes" else ".",
                    gene=gene,
                    origin="rCRS",
                )
            )
    return found


def read_extra(path):
    """Rows that MANE lacks, in the final table's own columns (data/extra_transcripts.tsv)."""
    found = []
    for row in read_data(path):
        start = int(row["tx_start"])
        cds = (int(row["cds_start"]), int(row["cds_end"]))
        blocks = zip(numbers(row["exon_starts"]), numbers(row["exon_sizes"]))
        found.append(
            Transcript(
                assembly=row["assembly"],
                contig=row["contig"],
                strand=row["strand"],
                cds=cds if cds[0] < cds[1] else None,
                exons=[(start + offset, start + offset + size) for offset, size in blocks],
                tag=row["tag"],
                refseq=row["refseq"],
                ensembl=row["ensembl"],
                protein=row["protein"],
                gene=row["hgnc_id"],
                origin=row["origin"],
            )
        )
    return found


def on_primary(mane, genes):
    """MANE's rows on the chromosomes themselves; those on patches and alternate loci are named."""
    placed = [one for one in mane.values() if one.contig in CONTIGS]
    aside = sorted(genes.symbol(one.gene) for one in mane.values() if one.contig not in CONTIGS)
    warn(f"MANE: {len(aside)} genes only on patches or alternate loci: " + " ".join(aside))
    return placed
