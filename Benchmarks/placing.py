"""Where an allele lies in the transcripts of the gene table: coding, untranslated, intron, splice site; no sequence is needed."""

from genome import CODING, EXON_3, EXON_5, GENES, INTRON, TRANSCRIPTS, Gene, rows

# MANE Select, and of genes without it (RNA genes, the mitochondrion) whatever the table has.
TAGS = ("select", "mitochondrial", "other")
BIN = 12
# Reach of VEP's splice region: bases of the exon, bases of the intron.
REGION_EXON, REGION_INTRON, SITE = 3, 8, 2
UNNAMED = "ENSG00000000001"


class Place:
    """One gene's view of a position. `offset` counts into the intron from the nearer exon, negative before an acceptor."""

    __slots__ = ("gene", "kind", "number", "name", "coded", "offset", "edge")

    def __init__(self, gene, kind, number, name, coded=None, offset=None, edge=None):
        self.gene, self.kind, self.number, self.name, self.coded, self.offset, self.edge = gene, kind, number, name, coded, offset, edge

    def is_coding(self):
        return self.kind == CODING

    def is_site(self):
        return self.offset is not None and abs(self.offset) <= SITE

    def is_near_site(self):
        """Within VEP's splice region, the site itself left out."""
        if self.offset is not None:
            return SITE < abs(self.offset) <= REGION_INTRON
        return self.edge is not None and self.edge < REGION_EXON


class Transcript(Gene):
    """A transcript of the table with what a CSQ entry says of it."""

    def __init__(self, row, symbol, ensembl):
        super().__init__(row, symbol, ensembl if ensembl.startswith("ENSG") else UNNAMED, 0)
        self.contig = "chrM" if row[1] == "MT" else "chr" + row[1]
        self.ensembl = ensembl if ensembl.startswith("ENSG") else ""
        self.refseq, self.feature, self.protein = ("" if text == "." else text for text in row[10:13])
        self.parts = self.segments()
        self.coding_length = sum(part[1] - part[0] for part in self.parts if part[2] == CODING)
        self.codes = self.coding_length > 0

    def place(self, at):
        """Of a 0-based base; nil outside the transcript."""
        for start, end, kind, number, coded in self.parts:
            if start <= at < end:
                break
        else:
            return None
        if kind == INTRON:
            left, right = at - start + 1, end - at
            first = (left <= right) == self.forward
            near = min(left, right)
            base, offset = (coded, near) if first else (coded + 1, -near)
            return Place(self, kind, number, f"{base}{offset:+d}", offset=offset)
        inside = at - start + 1 if self.forward else end - at
        edge = self.edge(at)
        if kind == CODING:
            return Place(self, kind, number, str(coded + inside), coded=coded + inside, edge=edge)
        name = f"-{end - start + 1 - inside}" if kind == EXON_5 else f"*{inside}"
        return Place(self, kind, number, name, edge=edge)

    def edge(self, at):
        """Bases between this one and the nearest end of its exon that an intron follows; nil where none does."""
        found = []
        for index, (start, end) in enumerate(self.exons):
            if start <= at < end:
                found += [at - start] * (index > 0) + [end - 1 - at] * (index + 1 < len(self.exons))
        return min(found, default=None)


class Places:
    """All transcripts, found by place or by gene."""

    def __init__(self):
        names = {row[0]: (row[1], row[2]) for row in rows(GENES)}
        self.of_gene, self.bins = {}, {}
        for row in rows(TRANSCRIPTS):
            if row[0] != "GRCh38" or row[9] not in TAGS or row[13] not in names or row[13] in self.of_gene:
                continue
            found = Transcript(row, *names[row[13]])
            self.of_gene[row[13]] = found
            for number in range(found.start >> BIN, (found.end >> BIN) + 1):
                self.bins.setdefault((found.contig, number), []).append(found)

    def at(self, contig, start, end):
        """The worst place of the 0-based half-open bases in each gene that holds one of them, worst first."""
        found = {}
        for base in sorted({start, *range(start, min(end, start + 200)), max(start, end - 1)}):
            for gene in self.bins.get((contig, base >> BIN), ()):
                place = gene.place(base) if gene.start <= base < gene.end else None
                if place is not None and (gene.hgnc not in found or weight(place) < weight(found[gene.hgnc])):
                    found[gene.hgnc] = place
        return sorted(found.values(), key=lambda place: (weight(place), place.gene.symbol))


def weight(place):
    """Order of severity of a place, the worst first."""
    if place.is_site():
        return 0
    return 1 + [CODING, EXON_5, EXON_3, INTRON].index(place.kind)


def changed(position, ref, alt):
    """The 0-based half-open bases that an allele changes; an insertion counts as the base behind which it stands."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        ref, alt, position = ref[1:], alt[1:], position + 1
    if len(ref) == 1 and len(alt) > 1 or len(ref) > 1 and len(alt) == 1 and ref[0] == alt[0]:
        start = position if len(ref) > 1 else position - 1
        return start, max(start + 1, position - 1 + len(ref))
    return position - 1, position - 1 + len(ref)


def trimmed(position, ref, alt):
    """The allele without bases that both spellings share, from the right first, one base kept."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        ref, alt, position = ref[1:], alt[1:], position + 1
    return position, ref, alt
