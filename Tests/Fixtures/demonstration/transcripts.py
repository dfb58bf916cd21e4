"""Transcripts of Panels/genes, and what an allele does to one: the words of VEP, the numbering of HGVS.

No genome sequence is at hand. Bases of a codon other than those in REF are therefore invented, the same way each time for
the same codon; so is the first residue of a frameshift. Indels are not shifted to the 3' end.
"""

import bisect
import itertools
import random

BASES = "TCAG"
CODONS = dict(zip(
    ("".join(c) for c in itertools.product(BASES, repeat=3)),
    "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"))
THREE = dict(zip("ACDEFGHIKLMNPQRSTVWY*", (
    "Ala Cys Asp Glu Phe Gly His Ile Lys Leu Met Asn Pro Gln Arg Ser Thr Val Trp Tyr Ter").split()))
ONE = {three: one for one, three in THREE.items()}
COMPLEMENT = str.maketrans("ACGT", "TGCA")
IMPACT = {
    "splice_acceptor_variant": "HIGH", "splice_donor_variant": "HIGH", "stop_gained": "HIGH", "frameshift_variant": "HIGH",
    "stop_lost": "HIGH", "start_lost": "HIGH", "inframe_insertion": "MODERATE", "inframe_deletion": "MODERATE",
    "missense_variant": "MODERATE", "splice_donor_5th_base_variant": "LOW", "splice_region_variant": "LOW",
    "splice_donor_region_variant": "LOW", "splice_polypyrimidine_tract_variant": "LOW", "synonymous_variant": "LOW",
    "5_prime_UTR_variant": "MODIFIER", "3_prime_UTR_variant": "MODIFIER", "intron_variant": "MODIFIER",
    "non_coding_transcript_exon_variant": "MODIFIER"}
CSQ = ("Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|cDNA_position|"
       "CDS_position|Protein_position|Amino_acids|Codons|STRAND|HGNC_ID|CANONICAL|MANE_SELECT|REVEL|CADD_PHRED|"
       "SpliceAI_pred_DS_max").split("|")


def reverse(bases):
    return bases.translate(COMPLEMENT)[::-1]


class Transcript:
    """One row of Panels/genes/transcripts.tsv; all coordinates 0-based, half-open."""

    def __init__(self, row, gene):
        self.contig, self.strand = row["contig"], row["strand"]
        self.start, self.end = int(row["tx_start"]), int(row["tx_end"])
        self.cds_start, self.cds_end = int(row["cds_start"]), int(row["cds_end"])
        self.exons = [(self.start + int(s), self.start + int(s) + int(n))
                      for s, n in zip(row["exon_starts"].split(","), row["exon_sizes"].split(","))]
        if self.strand == "-":
            self.exons.reverse()
        self.name, self.ensembl, self.protein = row["refseq"], row["ensembl"], row["protein"]
        self.hgnc, self.symbol, self.gene = row["hgnc_id"], gene["symbol"], gene["ensembl_gene"]
        self.is_coding = self.cds_start < self.cds_end
        if self.is_coding:
            forward = self.strand != "-"
            self.cds_first = self.cdna(self.cds_start if forward else self.cds_end - 1)
            self.cds_length = self.cdna(self.cds_end - 1 if forward else self.cds_start) - self.cds_first + 1

    def exon(self, position):
        """Place of the exon over a position, in the order of transcription; None in an intron."""
        return next((i for i, (s, e) in enumerate(self.exons) if s <= position < e), None)

    def cdna(self, position):
        """0-based place of an exonic position in the spliced transcript."""
        passed = 0
        for start, end in self.exons:
            if start <= position < end:
                return passed + (position - start if self.strand != "-" else end - 1 - position)
            passed += end - start
        raise ValueError(f"{position} is in no exon of {self.name}")

    def numbered(self, position):
        """HGVS number of a position, without `c.`."""
        exon = self.exon(position)
        if exon is not None:
            place = self.cdna(position)
            if not self.is_coding:
                return str(place + 1)
            if place < self.cds_first:
                return str(place - self.cds_first)
            if place >= self.cds_first + self.cds_length:
                return f"*{place - self.cds_first - self.cds_length + 1}"
            return str(place - self.cds_first + 1)
        _, donor, last, acceptor, first = self.intron(position)
        return f"{self.numbered(last)}+{donor}" if donor <= acceptor else f"{self.numbered(first)}-{acceptor}"

    def intron(self, position):
        """Place of the intron, bases after the exon before it, that exon's last base, and the same for the exon after it."""
        for i, (here, after) in enumerate(zip(self.exons, self.exons[1:])):
            if self.strand != "-" and here[1] <= position < after[0]:
                return i, position - here[1] + 1, here[1] - 1, after[0] - position, after[0]
            if self.strand == "-" and after[1] <= position < here[0]:
                return i, here[0] - position, here[0], position - after[1] + 1, after[1] - 1
        raise ValueError(f"{position} is in no intron of {self.name}")

    def codon(self, cds, ref, alt, residues):
        """Codons before and after a substitution at a place of the CDS; `residues` is what is known, such as `K/E`."""
        phase, number = cds % 3, cds // 3
        found = []
        for bases in itertools.product(BASES, repeat=2):
            before = "".join(bases[:phase]) + ref + "".join(bases[phase:])
            after = before[:phase] + alt + before[phase + 1:]
            if number == 0 and before != "ATG":
                continue
            pair = CODONS[before] + "/" + CODONS[after]
            if residues and pair == residues:
                found.append((before, after))
            elif not residues and "*" not in pair and (number == 0) == (before == "ATG"):
                found.append((before, after))
        if not found:
            return self.codon(cds, ref, alt, None) if residues else None
        # Which of them fits is told by the place alone, so that two alleles of one codon agree.
        silent = [c for c in found if CODONS[c[0]] == CODONS[c[1]]]
        chance = random.Random(f"{self.name}:{number}")
        if phase == 2 and silent and not residues and chance.random() < 0.85:
            found = silent
        return chance.choice(found)


class Transcripts:
    """MANE Select transcripts of GRCh38 (and the genes of mtDNA), searchable by place."""

    def __init__(self, folder):
        genes = {row["hgnc_id"]: row for row in table(f"{folder}/genes/genes.tsv")}
        self.by_contig, self.starts = {}, {}
        for row in table(f"{folder}/genes/transcripts.tsv"):
            if row["assembly"] == "GRCh38" and row["tag"] in ("select", "mitochondrial") and row["hgnc_id"] in genes:
                self.by_contig.setdefault(row["contig"], []).append(Transcript(row, genes[row["hgnc_id"]]))
        for contig, found in self.by_contig.items():
            found.sort(key=lambda t: (t.start, t.end, t.name, t.hgnc))
            self.starts[contig] = [t.start for t in found]

    def over(self, contig, start, end):
        """Transcripts over a region, by start. No gene is longer than 2.5 Mb."""
        found = self.by_contig.get(contig, [])
        last = bisect.bisect_left(self.starts.get(contig, []), end)
        first = bisect.bisect_left(self.starts.get(contig, []), start - 2_500_000)
        return [t for t in found[first:last] if t.end > start]


def table(path):
    """Rows of a tab-separated table with `#` lines before its header."""
    with open(path, encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        header = next(rows)
        return [dict(zip(header, row)) for row in rows]


def consequence(transcript, position, ref, alt, residues=None):
    """What an allele does to a transcript, as fields of CSQ; `position` is 1-based, as in a VCF."""
    t = transcript
    if len(ref) == len(alt) == 1:
        first = last = position - 1
    elif len(ref) > 1:
        first, last = position, position + len(ref) - 2
    else:
        first, last = position - 1, position
    entry = {
        "SYMBOL": t.symbol, "Gene": t.gene, "Feature_type": "Transcript", "Feature": t.name, "HGNC_ID": t.hgnc,
        "STRAND": "-1" if t.strand == "-" else "1", "BIOTYPE": "protein_coding" if t.is_coding else "Mt_tRNA",
        "MANE_SELECT": t.ensembl if t.ensembl != "." else "", "CANONICAL": "YES"}
    low, high = (first, last) if t.strand != "-" else (last, first)
    low, high = max(t.start, min(t.end - 1, low)), max(t.start, min(t.end - 1, high))
    prefix = "c" if t.is_coding else "n"
    entry["HGVSc"] = f"{t.name}:{prefix}." + change(t, low, high, ref, alt)
    exon = t.exon(first)
    if exon is None:
        place, donor, _, acceptor, _ = t.intron(first)
        entry["INTRON"] = f"{place + 1}/{len(t.exons) - 1}"
        terms = intronic(donor, acceptor)
    else:
        entry["EXON"] = f"{exon + 1}/{len(t.exons)}"
        entry["cDNA_position"] = str(t.cdna(first) + 1)
        terms = exonic(t, entry, first, ref, alt, residues)
        start, end = t.exons[exon]
        forward = t.strand != "-"
        from_start, to_end = (first - start, end - 1 - first) if forward else (end - 1 - first, first - start)
        if (exon > 0 and from_start < 3) or (exon + 1 < len(t.exons) and to_end < 3):
            terms.append("splice_region_variant")
    order = list(IMPACT)
    terms.sort(key=order.index)
    entry["Consequence"], entry["IMPACT"] = "&".join(terms), IMPACT[terms[0]]
    return entry


def change(t, low, high, ref, alt):
    if len(ref) == len(alt) == 1:
        bases = (ref, alt) if t.strand != "-" else (reverse(ref), reverse(alt))
        return f"{t.numbered(low)}{bases[0]}>{bases[1]}"
    span = t.numbered(low) if low == high else f"{t.numbered(low)}_{t.numbered(high)}"
    if len(ref) > len(alt):
        return f"{span}del"
    inserted = alt[1:] if t.strand != "-" else reverse(alt[1:])
    return f"{span}ins{inserted}"


def intronic(donor, acceptor):
    if donor <= 2:
        return ["splice_donor_variant"]
    if acceptor <= 2:
        return ["splice_acceptor_variant"]
    terms = ["intron_variant"]
    if donor == 5:
        terms.append("splice_donor_5th_base_variant")
    elif donor <= 6:
        terms.append("splice_donor_region_variant")
    elif donor <= 8 or acceptor <= 8:
        terms.append("splice_region_variant")
    if 3 <= acceptor <= 17:
        terms.append("splice_polypyrimidine_tract_variant")
    return terms


def exonic(t, entry, position, ref, alt, residues):
    if not t.is_coding:
        return ["non_coding_transcript_exon_variant"]
    cds = t.cdna(position) - t.cds_first
    if cds < 0:
        return ["5_prime_UTR_variant"]
    if cds >= t.cds_length:
        return ["3_prime_UTR_variant"]
    number = cds // 3 + 1
    entry["CDS_position"], entry["Protein_position"] = str(cds + 1), str(number)
    if len(ref) != len(alt):
        return indel(t, entry, number, len(alt) - len(ref))
    bases = (ref, alt) if t.strand != "-" else (reverse(ref), reverse(alt))
    codons = t.codon(cds, *bases, residues)
    if codons is None:
        raise ValueError(f"no codon fits {t.name}:c.{cds + 1}{ref}>{alt}")
    before, after = CODONS[codons[0]], CODONS[codons[1]]
    phase = cds % 3
    entry["Codons"] = "/".join(c[:phase].lower() + c[phase] + c[phase + 1:].lower() for c in codons)
    entry["Amino_acids"] = before if before == after else f"{before}/{after}"
    what = "%3D" if before == after else "?" if number == 1 else THREE[after]
    entry["HGVSp"] = f"{t.protein}:p.{THREE[before]}{number}{what}"
    if number == 1:
        return ["start_lost"]
    if before == after:
        return ["synonymous_variant"]
    return ["stop_gained" if after == "*" else "stop_lost" if before == "*" else "missense_variant"]


def indel(t, entry, number, longer):
    residue = random.Random(f"{t.name}:{number}").choice("ADEGKLNPQRSTV")
    if longer % 3:
        entry["Amino_acids"], entry["HGVSp"] = f"{residue}/X", f"{t.protein}:p.{THREE[residue]}{number}fs"
        return ["frameshift_variant"]
    if longer < 0:
        entry["Amino_acids"], entry["HGVSp"] = f"{residue}/-", f"{t.protein}:p.{THREE[residue]}{number}del"
        return ["inframe_deletion"]
    entry["Amino_acids"], entry["HGVSp"] = f"{residue}/{residue}A", f"{t.protein}:p.{THREE[residue]}{number}insAla"
    return ["inframe_insertion"]
