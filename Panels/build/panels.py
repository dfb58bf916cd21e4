"""Panels: the links of a panel gathered by gene, and the files they are written to."""

import os
from collections import defaultdict
from dataclasses import dataclass, field, replace

import moi
from model import LEVELS, shown_penetrance
from tables import joined, write_table

COLUMNS = [
    "hgnc_id", "symbol", "confidence", "moi", "mechanism", "penetrance", "diseases", "source", "source_version",
]
MECHANISMS = ("LOF", "GOF", "DN", "altered")
DISEASE_ORDER = ("OMIM", "MONDO", "ORPHA", ".")


@dataclass
class Panel:
    """A panel before it is written: what its head says, and its links."""

    name: str
    title: str
    title_vi: str
    source: str
    licence: str
    links: list = field(default_factory=list)
    query: str = ""
    opt_in: bool = False


class Gatherer:
    """Turns links into one row a gene; knows what is true of a gene whatever the panel."""

    def __init__(self, genes, experts, versions, reduced=frozenset(), haplo=frozenset()):
        self.genes = genes
        self.versions = versions
        self.reduced = reduced  # genes on a list of reduced penetrance
        self.haplo = haplo  # genes that ClinGen finds haploinsufficient
        self.changed = set()  # (gene, source, said, read) where a mode did not fit the chromosome
        self.mechanisms = defaultdict(set)  # (gene, disease) and (gene, None) -> G2P's mechanisms
        for link in experts:
            self.mechanisms[link.gene, link.disease] |= link.mechanisms
            if link.confidence == "green":
                self.mechanisms[link.gene, None] |= link.mechanisms

    def rows(self, panel):
        """The panel's rows, sorted by symbol."""
        links = defaultdict(list)
        for link in panel.links:
            links[link.gene].append(link)
        return sorted((self._row(gene, found) for gene, found in links.items()), key=lambda row: row[1])

    def _row(self, gene, links):
        """The gene's best level, with the diseases that reach it; weaker links count as sources only."""
        level = min((link.confidence for link in links), key=LEVELS.index)
        best = [self._fitted(link) for link in links if link.confidence == level]
        modes = set().union(*_modes_by_disease(best).values()) or moi.fitted(set(), self.genes.chromosome(gene))
        penetrance = {link.penetrance for link in best}
        if gene in self.reduced:
            penetrance.add("incomplete")
        sources = sorted({link.source for link in links})
        return [
            gene,
            self.genes.symbol(gene),
            level,
            moi.text(modes),
            self._mechanism(gene, best),
            shown_penetrance(penetrance),
            _diseases(best),
            joined(sources, "+"),
            joined([self.versions[source] for source in sources], "+"),
        ]

    def _fitted(self, link):
        modes = frozenset(moi.fitted(set(link.modes), self.genes.chromosome(link.gene)))
        if link.modes and modes != link.modes:
            self.changed.add((link.gene, link.source, moi.text(link.modes), moi.text(modes)))
        return replace(link, modes=modes)

    def _mechanism(self, gene, links):
        """G2P's word on the very disease where it has one, else on the gene as a whole, else ClinGen's.

        ClinGen speaks of the gene, not of a disease (PTPN11's loss causes metachondromatosis, not Noonan
        syndrome), so its word counts only where G2P is silent.
        """
        found = set().union(*(link.mechanisms for link in links))
        for link in links:
            if link.disease != ".":
                found |= self.mechanisms.get((gene, link.disease), set())
        found = found or self.mechanisms.get((gene, None), set())
        found = found or ({"LOF"} if gene in self.haplo else set())
        return "+".join(code for code in MECHANISMS if code in found) or "unknown"


def _key(link):
    """One disease: its id, or G2P's name where it has none."""
    return (link.disease, link.name.casefold() if link.disease == "." else "")


def _modes_by_disease(links):
    modes = defaultdict(set)
    for link in links:
        modes[_key(link)] |= link.modes
    return {key: moi.sharpened(found) for key, found in modes.items()}


def _diseases(links):
    """`OMIM:613720 (AD) name`, each disease once, HPO's name before G2P's where both have it."""
    named, modes = {}, _modes_by_disease(links)
    for link in sorted(links, key=lambda link: (not link.source.startswith("HPO"), link.source, link.name)):
        named.setdefault(_key(link), link.name)
    keys = sorted(named, key=lambda key: (DISEASE_ORDER.index(key[0].split(":")[0]), *key))
    shown = (f"{key[0]} ({moi.text(modes[key])}) {named[key]}" for key in keys if named[key] != ".")
    return joined(shown, " | ")


def write_panel(folder, panel, rows, version, date):
    """One panel file; the head is what a report must state about a panel."""
    comments = [
        f"#panel: {panel.name}",
        f"#title: {panel.title}",
        f"#title_vi: {panel.title_vi}",
        f"#version: {version}",
        f"#date: {date}",
        f"#source: {panel.source}",
        f"#licence: {panel.licence}",
    ]
    if panel.query:
        comments.append(f"#query: {panel.query}")
    if panel.opt_in:
        comments.append("#opt_in: true")
    write_table(os.path.join(folder, panel.name + ".tsv"), comments, COLUMNS, rows)


def class_links(disease_class, membership, links, diseases):
    """The links of a class: by the disease, or for a pair of G2P by the name that G2P gives the disease.

    A disease that merely shows a feature of the class makes its genes amber at best, unless Orphanet also names
    the gene for a disease that the class has by name. Red links stay out.
    """
    parts = {link: _part(disease_class, membership, link, diseases) for link in links}
    vouched = {link.gene for link, part in parts.items() if part == "named" and link.source == "HPO-Orphanet"}
    chosen = []
    for link, part in parts.items():
        if part is None or link.confidence == "red":
            continue
        whole = part != "feature" or link.gene in vouched
        chosen.append(link if whole else replace(link, confidence=capped("amber", link.confidence)))
    return chosen


def _part(disease_class, membership, link, diseases):
    """G2P often gives all genes of a series the number of its first disease: features count only if HPO agrees."""
    if link.source.startswith("G2P"):
        if disease_class.names_it(link.name):
            return "named"
        if link.disease not in diseases or link.gene not in diseases[link.disease].genes:
            return None
    return membership.get(link.disease)


def capped(ceiling, level):
    """The level, but no better than the ceiling."""
    return max(ceiling, level, key=LEVELS.index)
