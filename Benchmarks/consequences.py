"""The CSQ text of invented records, transcript by transcript, in VEP's layout of 30 sub-fields."""

import bisect

from genome import AMINO, BETWEEN, CODING, CODONS, COMPLEMENT, COUNTS, EXON_5, INTRON, NEAR, places

# How many changes of a codon there are to draw from.
CHANGES = 4096
LNC_KINDS = (
    "lncRNA", "lncRNA", "processed_pseudogene", "lncRNA", "unprocessed_pseudogene", "snRNA", "lncRNA", "misc_RNA")


def changes(random):
    """Changes of one base in a codon: (missense, synonymous, stopping), lists to draw from."""
    missense, synonymous, stopping = [], [], []
    while len(missense) < CHANGES or len(synonymous) < CHANGES or len(stopping) < 64:
        codon = random.choice(list(CODONS))
        place, base = random.randrange(3), random.choice("ACGT")
        other = codon[:place] + base + codon[place + 1:]
        before, after = CODONS[codon], CODONS[other]
        if base == codon[place] or before == "*":
            continue
        shown = "/".join(text[:place].lower() + text[place] + text[place + 1:].lower() for text in (codon, other))
        sift = random.randrange(101) / 100
        score = random.randrange(1001) / 1000
        if after == "*":
            stopping.append(("stop_gained", "HIGH", f"{before}/*", shown, AMINO[before], "Ter", "|"))
        elif before == after:
            synonymous.append(("synonymous_variant", "LOW", before, shown, AMINO[before], "=", "|"))
        else:
            words = f"{'deleterious' if sift < 0.05 else 'tolerated'}({sift:.2g})|" \
                    f"{'probably_damaging' if score > 0.908 else 'possibly_damaging' if score > 0.446 else 'benign'}({score:.3g})"
            missense.append(("missense_variant", "MODERATE", f"{before}/{after}", shown, AMINO[before], AMINO[after], words))
    return missense[:CHANGES], synonymous[:CHANGES], stopping[:64]


class Annotator:
    """Tells what a variant does; asked in ascending order of position."""

    def __init__(self, contig, tables):
        self.places = places(contig)
        self.ends = [place[0] for place in self.places]
        self.missense, self.synonymous, self.stopping = tables
        self.index = 0

    def at(self, position):
        """The place that holds a 1-based position."""
        if self.ends[self.index] < position:
            self.index = bisect.bisect_left(self.ends, position, self.index)
        return self.places[self.index]

    def text(self, position, ref, alt, known, draw, place, stop=False, most=9):
        """CSQ entries of one allele. `draw` is a random number below 65,536; `known` the rs number or nothing."""
        _, gene, start, kind, number, coded = place
        if len(ref) == len(alt):
            shown, change = alt, None
        elif len(ref) > len(alt):
            shown, change = "-", "del" + ref[1:] if len(ref) < 6 else "del"
        else:
            shown, change = alt[1:], ("dup" if draw & 1 else "ins") + alt[1:]
        if kind == BETWEEN:
            return self.between(position, ref, alt, shown, change, known, draw, number, most)
        if change is None:
            change = f"{ref}>{alt}" if gene.forward else f"{ref}>{alt}".translate(COMPLEMENT)
        if kind == INTRON:
            return self.intron(gene, place, position, shown, change, known, most)
        if kind == CODING:
            offset = position - start if gene.forward else place[0] - position + 1
            return self.coding(gene, number, coded + offset, len(ref) - len(alt), shown, change, known, draw, stop, most)
        return self.untranslated(gene, place, position, shown, change, known, draw, most)

    def between(self, position, ref, alt, shown, change, known, draw, stretch, most):
        change = change or f"{ref}>{alt}"
        entries, here = [], self.index
        for neighbour, word in ((here + 1, 0), (here - 1, 1)):
            if 0 <= neighbour < len(self.places) and self.places[neighbour][1] is not None:
                gene = self.places[neighbour][1]
                distance = gene.start - position + 1 if word == 0 else position - gene.end
                if 0 < distance <= NEAR:
                    what = "upstream" if gene.forward == (word == 0) else "downstream"
                    for _, before, after, _, _ in gene.isoforms[:2]:
                        entries.append(f"{shown}|{what}_gene_variant|MODIFIER{before}|||||||||{known}|{distance}{after}|||")
        serial = stretch * 2654435761 & 0xFFFFFF
        kind = LNC_KINDS[serial & 7]
        symbol = f"AC{serial % 260_000:06d}.{1 + serial % 9}" if serial & 8 else f"LINC{1 + serial % 3000:05d}"
        source = "Clone_based_ensembl_gene" if serial & 8 else "EntrezGene"
        strand = "1" if serial & 16 else "-1"
        for i in range(COUNTS[(serial >> 5) % 5] - len(entries) // 2):
            feature = f"ENST{300_000 + (serial * 7 + i * 7919) % 400_000:011d}.{1 + (serial + i) % 3}"
            place = 1 + (serial >> 8) % 6
            base = 60 + (serial >> 6) % 900 * (i + 1)
            entries.append(
                f"{shown}|intron_variant&non_coding_transcript_variant|MODIFIER|{symbol}|ENSG{230_000 + serial % 60_000:011d}|"
                f"Transcript|{feature}|{kind}||{place}/{place + 1 + i}|{feature}:n.{base}{'+' if draw & 2 else '-'}"
                f"{1 + (position * (i + 3)) % 48_611}{change}|||||||{known}||{strand}||{source}||||||||")
        return ",".join(entries[:most])

    def intron(self, gene, place, position, shown, change, known, most):
        end, _, start, _, number, coded = place
        count = len(gene.exons) - 1
        left, right = position - start, end - position + 1
        near = min(left, right)
        first = (left <= right) == gene.forward
        sign, base = ("+", coded) if first else ("-", coded + 1)
        if near <= 2:
            what, impact = ("splice_donor_variant" if first else "splice_acceptor_variant"), "HIGH"
        elif near <= 8:
            what, impact = "splice_region_variant&intron_variant", "LOW"
        else:
            what, impact = "intron_variant", "MODIFIER"
        entries, shift = [], 0
        for feature, before, after, biotype, _ in gene.isoforms[:most]:
            told, prefix = what, "c."
            if biotype == "nonsense_mediated_decay":
                told = what + "&NMD_transcript_variant"
            elif biotype == "retained_intron":
                told, prefix = what + "&non_coding_transcript_variant", "n."
            entries.append(
                f"{shown}|{told}|{impact}{before}|{number}/{count}|{feature}:{prefix}{base + shift}{sign}{near}{change}|||||||"
                f"{known}|{after}|||")
            shift += 117
        return ",".join(entries)

    def coding(self, gene, number, at, removed, shown, change, known, draw, stop, most):
        count, entries, shift = len(gene.exons), [], 0
        extra = "|"
        if stop:
            what, impact, amino, codons, before_amino, after_amino, extra = self.stopping[draw % 64]
        elif removed % 3:
            what, impact, amino, codons, before_amino, after_amino = "frameshift_variant", "HIGH", "L/X", "cTg/cg", "Leu", "fs"
        elif removed:
            what = "inframe_deletion" if removed > 0 else "inframe_insertion"
            impact, amino, codons, before_amino, after_amino = "MODERATE", "EK/E", "gAAaag/gag", "Lys", "del"
        elif draw < 700:
            what, impact, amino, codons, before_amino, after_amino, extra = self.stopping[draw % 64]
        else:
            table = self.missense if draw % 100 < 58 else self.synonymous
            what, impact, amino, codons, before_amino, after_amino, extra = table[draw * 7 % CHANGES]
        for feature, before, after, biotype, protein in gene.isoforms[:most]:
            coded = at + shift
            residue = (coded + 2) // 3
            if biotype == "retained_intron":
                entries.append(
                    f"{shown}|non_coding_transcript_exon_variant|MODIFIER{before}{number}/{count}||{feature}:n.{coded + 211}{change}||"
                    f"{coded + 211}|||||{known}|{after}|||")
                continue
            told = what + "&NMD_transcript_variant" if biotype == "nonsense_mediated_decay" else what
            ending = "%3D" if after_amino == "=" else after_amino + (f"Ter{5 + draw % 40}" if after_amino == "fs" else "")
            entries.append(
                f"{shown}|{told}|{impact}{before}{number}/{count}||{feature}:c.{coded}{change}|"
                f"{protein}:p.{before_amino}{residue}{ending}|{coded + 133 + shift}|{coded}|{residue}|{amino}|{codons}|{known}|"
                f"{after}{extra}||")
            shift += 84
        return ",".join(entries)

    def untranslated(self, gene, place, position, shown, change, known, draw, most):
        end, _, start, kind, number, coded = place
        what = "5_prime_UTR_variant" if kind == EXON_5 else "3_prime_UTR_variant"
        offset = position - start if gene.forward else end - position + 1
        where = f"-{end - start + 1 - offset}" if kind == EXON_5 else f"*{offset}"
        entries = []
        for feature, before, after, biotype, _ in gene.isoforms[:most]:
            entries.append(
                f"{shown}|{what}|MODIFIER{before}{number}/{len(gene.exons)}||{feature}:c.{where}{change}||{coded + offset}|||||{known}|"
                f"{after}|||")
        return ",".join(entries)
