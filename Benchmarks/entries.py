"""Lines of VCF with CSQ as VEP lays it out, and the header that declares them."""

from genome import CODING, EXON_3, EXON_5, LENGTHS

SAMPLE = "PATIENT"
FIELDS = ("Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|cDNA_position|CDS_position|"
          "Protein_position|Amino_acids|Codons|STRAND|HGNC_ID|CANONICAL|MANE_SELECT|REVEL|CADD_PHRED|SpliceAI_pred_DS_max")
IMPACTS = {
    "HIGH": ("splice_donor_variant", "splice_acceptor_variant", "stop_gained", "frameshift_variant", "start_lost", "stop_lost"),
    "MODERATE": ("missense_variant", "inframe_deletion", "inframe_insertion", "protein_altering_variant"),
    "LOW": ("synonymous_variant", "splice_region_variant", "splice_donor_5th_base_variant", "splice_donor_region_variant",
            "splice_polypyrimidine_tract_variant", "stop_retained_variant")}
IMPACT = {term: impact for impact, terms in IMPACTS.items() for term in terms}
RANK = ["HIGH", "MODERATE", "LOW", "MODIFIER"]
INVENTED = "Invented figure: "


def impact(terms):
    return min((IMPACT.get(term, "MODIFIER") for term in terms), key=RANK.index)


def header():
    lines = ["##fileformat=VCFv4.2", '##FILTER=<ID=PASS,Description="All filters passed">']
    lines += [f'##FORMAT=<ID={name},Number={number},Type={kind},Description="{text}">' for name, number, kind, text in (
        ("GT", "1", "String", "Genotype"), ("AD", "R", "Integer", "Reads of each allele"), ("DP", "1", "Integer", "Reads"),
        ("GQ", "1", "Integer", "Genotype quality, Phred"))]
    lines += [f'##INFO=<ID={name},Number={number},Type={kind},Description="{text}">' for name, number, kind, text in (
        ("gnomAD_AF", "A", "Float", INVENTED + "frequency in the population"),
        ("gnomAD_AF_grpmax", "A", "Float", INVENTED + "highest frequency of a group"),
        ("gnomAD_faf95", "A", "Float", INVENTED + "filtering allele frequency, 95 %"),
        ("gnomAD_AC", "A", "Integer", INVENTED + "alleles in the population"),
        ("gnomAD_AN", "1", "Integer", INVENTED + "chromosomes looked at"),
        ("gnomAD_nhomalt", "A", "Integer", INVENTED + "homozygous people"),
        ("gnomAD_nhemi", "A", "Integer", INVENTED + "hemizygous males, chrX only"),
        ("CLNSIG", ".", "String", "Invented word: clinical significance in ClinVar"),
        ("CLNREVSTAT", ".", "String", "Invented word: review status in ClinVar"),
        ("CSQ", ".", "String", "Consequence annotations in VEP's layout. Format: " + FIELDS))]
    lines += [f"##contig=<ID={name},length={length},assembly=GRCh38>" for name, length in LENGTHS.items()]
    lines.append("\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", SAMPLE]))
    return "\n".join(lines) + "\n"


def named(place):
    """The terms of a place that no coding change is drawn for."""
    if place.is_site():
        return ["splice_donor_variant" if place.offset > 0 else "splice_acceptor_variant"]
    near = ["splice_region_variant"] if place.is_near_site() else []
    if not place.gene.codes:
        return near + (["intron_variant", "non_coding_transcript_variant"] if place.offset is not None
                       else ["non_coding_transcript_exon_variant"])
    if place.kind in (EXON_5, EXON_3):
        return near + ["5_prime_UTR_variant" if place.kind == EXON_5 else "3_prime_UTR_variant"]
    return near + ["intron_variant"] if place.kind != CODING else near


def shown(ref, alt):
    """The allele as VEP spells it."""
    if len(ref) == len(alt) or ref[0] != alt[0]:
        return alt
    return alt[1:] or "-"


def entry(place, terms, ref, alt, amino=("", "", "", ""), names=None, scores=("", "", "")):
    """One entry. `amino` is amino acids, codons and the names before and after; `names` replaces HGVS names of c. and p."""
    gene = place.gene
    number = f"{place.number}/{len(gene.exons) - (place.offset is not None)}"
    exon, intron = (number, "") if place.offset is None else ("", number)
    residue = (place.coded + 2) // 3 if place.coded else None
    total = gene.coding_length // 3 - 1
    if names is None:
        transcript, protein = "", ""
        if len(ref) == len(alt) == 1 and gene.codes:
            transcript = f"{gene.refseq}:c.{place.name}{strand(ref, gene)}>{strand(alt, gene)}"
        if residue and amino[3]:
            protein = f"{gene.protein}:p.{amino[2]}{residue}{amino[3]}"
        names = (transcript, protein)
    return "|".join((
        shown(ref, alt), "&".join(terms), impact(terms), gene.symbol, gene.ensembl, "Transcript", gene.refseq or gene.feature,
        "protein_coding" if gene.codes else "non_coding", exon, intron, *names, "",
        f"{place.coded}/{gene.coding_length}" if place.coded else "", f"{residue}/{total}" if residue else "", amino[0], amino[1],
        "1" if gene.forward else "-1", gene.hgnc, "YES", gene.feature, *scores))


def strand(bases, gene):
    return bases if gene.forward else bases.translate(str.maketrans("ACGT", "TGCA"))[::-1]


def between(ref, alt):
    return f"{shown(ref, alt)}|intergenic_variant|MODIFIER" + "|" * (FIELDS.count("|") - 2)


def line(contig, position, name, ref, alt, info, call):
    return f"{contig}\t{position}\t{name}\t{ref}\t{alt}\t500\tPASS\t{info}\tGT:AD:DP:GQ\t{call}\n"

