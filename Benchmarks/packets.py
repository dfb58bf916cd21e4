"""Published cases (GA4GH phenopackets): person, terms, and alleles with the consequence that their HGVS names tell."""

import collections
import gzip
import hashlib
import json
import os
import re
import tarfile

from draws import share
from entries import named
from genome import GENES, LENGTHS, PANEL, ROOT, rows
from placing import changed

ARCHIVE = "phenotype/phenopacket-store.tar.gz"
ANNOTATIONS = "phenotype/hpo_2025-01-16/phenotype.hpoa.gz"
TERMS = os.path.join(ROOT, "Panels", "phenotype", "terms.tsv")
DISEASES = os.path.join(ROOT, "Panels", "phenotype", "diseases.tsv")
POSITION = re.compile(r"[*-]?\d+(?:[+-]\d+)?")


class Allele:
    """One allele of a case; `place` is in the case's gene, nil where the table has the gene elsewhere or not at all."""

    def __init__(self, record, zygosity, names, gene, places):
        self.contig = "chrM" if record["chrom"] in ("MT", "chrMT", "M") else record["chrom"]
        self.position, self.ref, self.alt = int(record["pos"]), record["ref"], record["alt"]
        self.zygosity = zygosity
        self.coding_name, self.protein_name = names.get("hgvs.c", ""), names.get("hgvs.p", "")
        found = places.at(self.contig, *changed(self.position, self.ref, self.alt)) if self.contig in LENGTHS else []
        self.gene = places.of_gene.get(gene)
        self.place = next((place for place in found if place.gene.hgnc == gene), None)
        self.others = [place for place in found if place is not self.place]
        self.terms, self.told_by = consequence(self)

    @property
    def key(self):
        return self.contig, self.position, self.ref, self.alt


class Case:
    def __init__(self, name, packet, ontology, places, symbols):
        self.name = name
        self.sex = {"MALE": "male", "FEMALE": "female"}.get(packet["subject"].get("sex"))
        diagnosis = packet["interpretations"][0]["diagnosis"]
        self.disease = diagnosis["disease"]["id"]
        told = [part["variantInterpretation"]["variationDescriptor"] for part in diagnosis["genomicInterpretations"]]
        self.hgnc = told[0]["geneContext"]["valueId"]
        self.symbol = symbols.get(self.hgnc)
        self.alleles = []
        for part in told:
            if "vcfRecord" not in part:
                continue
            names = {name["syntax"]: name["value"] for name in part.get("expressions", ())}
            self.alleles.append(Allele(part["vcfRecord"], part["allelicState"]["label"], names, self.hgnc, places))
        self.settle_copies()
        self.unusable = self.fault(told)
        self.read_terms(packet, ontology)

    def settle_copies(self):
        """One allele told twice is homozygous; a female's hemizygous one, as dominant cases of X are told, is one of two copies."""
        if len({allele.key for allele in self.alleles}) < len(self.alleles):
            self.alleles = self.alleles[:1]
            self.alleles[0].zygosity = "homozygous"
        for allele in self.alleles:
            if allele.zygosity == "hemizygous" and self.sex == "female":
                allele.zygosity = "heterozygous"

    def fault(self, told):
        """Why the case cannot be planted; nil when it can."""
        if any("vcfRecord" not in part for part in told):
            kind = next(part.get("structuralType", {}).get("label", "no coordinates") for part in told if "vcfRecord" not in part)
            return f"{'one of two alleles' if self.alleles else 'the allele'} without vcfRecord ({kind})"
        if self.symbol is None:
            return "gene not in the table of HGNC names"
        if any(part["vcfRecord"]["genomeAssembly"] not in ("hg38", "GRCh38") for part in told):
            return "allele not on GRCh38"
        if any(allele.contig not in LENGTHS for allele in self.alleles):
            return "allele on a contig that is no assembled chromosome"
        if any(set(allele.ref + allele.alt) - set("ACGT") or allele.ref == allele.alt for allele in self.alleles):
            return "allele not spelled in bases"
        return None

    def read_terms(self, packet, ontology):
        """Terms known to the ontology; an excluded one that an observed one implies is left out, as the program refuses it."""
        present = {feature["type"]["id"] for feature in packet.get("phenotypicFeatures", ()) if not feature.get("excluded")}
        absent = {feature["type"]["id"] for feature in packet.get("phenotypicFeatures", ()) if feature.get("excluded")}
        self.terms = sorted(ontology.known(present))
        self.unknown_terms = sorted((present | absent) - ontology.known(present | absent))
        implied = set().union(*(ontology.with_ancestors(term) for term in self.terms))
        kept = {term for term in ontology.known(absent) if ontology.primary(term) not in implied}
        self.contradicted_terms = sorted(ontology.known(absent) - kept)
        self.excluded = sorted(kept)

    @property
    def kind(self):
        """The inheritance class of the report."""
        if any(allele.contig == "chrM" for allele in self.alleles):
            return "mitochondrial"
        return "compound" if len(self.alleles) > 1 else {"homozygous": "hom", "hemizygous": "hemi"}.get(self.alleles[0].zygosity, "het")

    def is_male(self):
        """Of whose X the background is: as told, else by a hemizygous allele on X, else by hash."""
        if self.sex:
            return self.sex == "male"
        if any(allele.zygosity == "hemizygous" for allele in self.alleles):
            return True
        return share("sex", self.name) < 0.5


class Ontology:
    def __init__(self):
        self.parents, self.primaries = {}, {}
        for row in rows(TERMS):
            if not row[0].startswith("HP:"):
                continue
            self.parents[row[0]] = [parent for parent in row[2].split("|") if parent != "."]
            for other in row[3].split("|"):
                self.primaries[other] = row[0]
            if row[4] != ".":
                self.primaries[row[0]] = row[4]

    def known(self, terms):
        return {term for term in terms if self.primary(term) in self.parents}

    def primary(self, term):
        return self.primaries.get(term, term)

    def with_ancestors(self, term):
        found, waiting = set(), [self.primary(term)]
        while waiting:
            term = waiting.pop()
            if term not in found:
                found.add(term)
                waiting += self.parents.get(term, ())
        return found


def read(data, places):
    """All cases, by name."""
    symbols = {row[0]: row[1] for row in rows(GENES)}
    ontology, found = Ontology(), []
    with tarfile.open(os.path.join(data, ARCHIVE)) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".json"):
                name = member.name.split("/", 1)[1].removesuffix(".json").replace("/phenopackets/", "/")
                found.append(Case(name, json.load(archive.extractfile(member)), ontology, places, symbols))
    return sorted(found, key=lambda case: case.name)


class Known:
    """What the program's tables, and the annotations that they were made from, know of cases."""

    def __init__(self, data):
        self.confidence = {row[0]: row[2] for row in rows(PANEL) if len(row) > 2}
        self.diseases = {row[0] for row in rows(DISEASES)}
        with gzip.open(os.path.join(data, ANNOTATIONS), "rt") as lines:
            fields = [text.split("\t") for text in lines if not text.startswith("#")]
        self.papers = {(row[0], paper) for row in fields if len(row) > 4 for paper in row[4].split(";")}

    def gene(self, case):
        """The gene's grade in the mendeliome, and whether the disease is one that it could be ranked by."""
        grade = self.confidence.get(case.hgnc)
        if grade != "green":
            return f"gene {grade}" if grade else "gene not in the mendeliome"
        return "gene green, disease known" if case.disease in self.diseases else "gene green, disease new"

    def paper(self, case):
        """Whether the annotations of the disease cite the paper that the case is from: then its terms were there before it."""
        name = re.search(r"PMID_(\d+)", case.name)
        return "cited" if name and (case.disease, f"PMID:{name.group(1)}") in self.papers else "not cited"


def is_test(symbol):
    """Whether a gene is of the half that is kept for testing: SHA-256 of its symbol begins with an odd byte."""
    return hashlib.sha256(symbol.encode()).digest()[0] % 2 == 1


def chosen(cases, count, half):
    """A fixed random sample by hash, of all genes or of one half."""
    kept = [case for case in cases if half == "all" or is_test(case.symbol) == (half == "test")]
    kept.sort(key=lambda case: share("sample", case.name))
    return kept if count is None else kept[:count]


def consequence(allele):
    """Terms of an allele, worst first, and what told them: `hgvs` or `place`."""
    told = coding_name_terms(allele.coding_name.partition(":c.")[2], allele)
    place = allele.place
    if told:
        near = place is not None and place.is_near_site() and not any(term.startswith("splice") for term in told)
        return told + ["splice_region_variant"] * near, "hgvs"
    if place is None:
        return [beside(allele)], "place"
    terms = named(place)
    return (length_terms(allele) + terms if place.is_coding() else terms), "place"


def beside(allele):
    """What an allele outside the gene's transcript is."""
    if allele.gene is None or not allele.gene.codes or allele.gene.contig != allele.contig:
        return "non_coding_transcript_exon_variant"
    return "upstream_gene_variant" if (allele.position <= allele.gene.start) == allele.gene.forward else "downstream_gene_variant"


def length_terms(allele):
    removed = len(allele.ref) - len(allele.alt)
    if removed == 0:
        return ["missense_variant"]
    return ["frameshift_variant"] if removed % 3 else ["inframe_deletion" if removed > 0 else "inframe_insertion"]


def coding_name_terms(name, allele):
    """Terms by HGVS; nothing where neither name tells."""
    ends = POSITION.findall(re.split(r"del|dup|ins|inv|[ACGT=]", name)[0]) if name else []
    offsets = [int(re.search(r"[+-]\d+$", end[1:]).group()) for end in ends if re.search(r"[+-]\d+$", end[1:])]
    # A change that reaches from an exon into an intron takes the site between them.
    crosses = len(ends) == 2 and len(offsets) == 1
    if offsets and (crosses or any(abs(offset) <= 2 for offset in offsets)):
        nearest = min(offsets, key=abs)
        if not (crosses and "dup" in name):
            return ["splice_donor_variant" if nearest > 0 else "splice_acceptor_variant"]
    if offsets:
        return intron_terms(min(offsets, key=abs))
    protein = allele.protein_name.partition(":p.")[2].strip("()")
    told = protein_terms(protein, allele)
    if told:
        return told
    if ends and (ends[0].startswith("*") or ends[0].startswith("-")):
        return ["3_prime_UTR_variant" if ends[0][0] == "*" else "5_prime_UTR_variant"]
    return length_terms(allele) if ends else []


def intron_terms(offset):
    if offset == 5:
        return ["splice_donor_5th_base_variant", "intron_variant"]
    if 3 <= offset <= 6:
        return ["splice_donor_region_variant", "intron_variant"]
    if abs(offset) <= 8:
        return ["splice_region_variant", "intron_variant"]
    return ["splice_polypyrimidine_tract_variant", "intron_variant"] if -17 <= offset < 0 else ["intron_variant"]


def protein_terms(protein, allele):
    """Terms by the protein's name; nothing for an unknown effect."""
    if not protein or protein in ("?", "0?", "0"):
        return ["start_lost"] if protein.startswith("0") else []
    if re.match(r"Met1(?!\d)", protein):
        return ["start_lost"]
    if "fs" in protein:
        return ["frameshift_variant"]
    if "ext" in protein:
        return ["stop_lost"]
    if re.search(r"(Ter|\*|X)\d*$", protein) and not protein.startswith("Ter"):
        return ["stop_gained"] if len(allele.ref) == len(allele.alt) or (len(allele.ref) - len(allele.alt)) % 3 == 0 else ["frameshift_variant"]
    if "=" in protein:
        return ["synonymous_variant"]
    if "delins" in protein:
        removed = len(allele.ref) - len(allele.alt)
        return ["missense_variant"] if removed == 0 else ["inframe_deletion" if removed > 0 else "inframe_insertion"]
    if "del" in protein:
        return ["inframe_deletion"]
    if "dup" in protein or "ins" in protein:
        return ["inframe_insertion"]
    return ["missense_variant"] if re.fullmatch(r"([A-Z][a-z]{2})\d+([A-Z][a-z]{2})", protein) else []


def counts(cases):
    return collections.Counter(case.unusable for case in cases if case.unusable)
