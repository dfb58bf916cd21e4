"""Approved human genes (HGNC) and the ways to find one: id, Ensembl, NCBI, symbol, old symbol."""

from collections import defaultdict

from tables import clean, joined, read_rows

# Always kept, whether or not a disease names them: a screen may be asked for any of them.
KEPT_LOCUS_TYPES = {"gene with protein product"}

# HGNC lists control regions of mtDNA (D-loop parts, promoters) as 'region'; the 37 genes have these types.
MITOCHONDRIAL_TYPES = {"gene with protein product", "RNA, transfer", "RNA, ribosomal"}


class Genes:
    """HGNC's complete set, held as dictionaries by every identifier that our sources use."""

    def __init__(self, path):
        self.rows = {row["hgnc_id"]: row for row in read_rows(path) if row["status"] == "Approved"}
        self.by_symbol = {row["symbol"]: gene for gene, row in self.rows.items()}
        self.by_ncbi = {row["entrez_id"]: gene for gene, row in self.rows.items() if row["entrez_id"]}
        self.by_ensembl = self._unique("ensembl_gene_id")
        self.by_previous = self._unique("prev_symbol")
        self.version = max(row["date_modified"] for row in self.rows.values())

    def _unique(self, column):
        """Index of a column that may hold a list; a key shared by two genes answers for neither."""
        found = defaultdict(set)
        for gene, row in self.rows.items():
            for value in row[column].split("|"):
                if value:
                    found[value].add(gene)
        return {value: next(iter(genes)) for value, genes in found.items() if len(genes) == 1}

    def find(self, hgnc="", ensembl="", ncbi="", symbol=""):
        """The HGNC id, by the surest identifier first; None when nothing fits."""
        if hgnc in self.rows:
            return hgnc
        return (
            self.by_ensembl.get(ensembl.split(".")[0])
            or self.by_ncbi.get(ncbi)
            or self.by_symbol.get(symbol)
            or self.by_previous.get(symbol)
        )

    def symbol(self, gene):
        return self.rows[gene]["symbol"]

    def chromosome(self, gene):
        """What inheritance needs to know: 'X' and 'Y' outside the pseudoautosomal regions, 'PAR', 'MT' or 'A'.

        HGNC writes a pseudoautosomal place as 'Xp22.33 and Yp11.2'.
        """
        location = self.rows[gene]["location"]
        if location == "mitochondria":
            return "MT"
        if location[:1] not in ("X", "Y"):
            return "A"
        return "PAR" if " and Y" in location else location[0]

    def is_locus_only(self, gene):
        """A stretch of chromosome that HGNC names without it being a gene."""
        return self.rows[gene]["locus_type"] == "fragile site"

    def has_gencc(self, gene):
        """Whether GenCC's submitters (ClinGen, PanelApp, Orphanet and others) have curated the gene."""
        return bool(self.rows[gene]["gencc"])


def number(gene):
    """The sort key of an id: `HGNC:5` comes before `HGNC:10`."""
    return int(gene.split(":")[1])


def gene_rows(genes, wanted):
    """Rows of genes.tsv: protein-coding genes, the 37 of mtDNA, and every gene that a disease or panel names."""
    rows = []
    for gene in sorted(genes.rows, key=number):
        row = genes.rows[gene]
        mitochondrial = genes.chromosome(gene) == "MT" and row["locus_type"] in MITOCHONDRIAL_TYPES
        if row["locus_type"] in KEPT_LOCUS_TYPES or mitochondrial or gene in wanted:
            rows.append(_row(gene, row))
    return rows


def _row(gene, row):
    lists = (joined([clean(part) for part in row[name].split("|") if part]) for name in ("alias_symbol", "prev_symbol"))
    return [gene, row["symbol"], row["ensembl_gene_id"] or ".", *lists, row["locus_type"]]
