"""The nouns that the sources are read into: an ontology's disease, and a gene's link to a disease."""

from dataclasses import dataclass, field


@dataclass
class Disease:
    """A disease of HPO's annotation file, as far as panels need it."""

    identifier: str
    name: str
    modes: set = field(default_factory=set)  # inheritance codes
    inheritance: set = field(default_factory=set)  # HPO terms of aspect I, as they stand
    present: dict = field(default_factory=dict)  # HPO term -> Share
    genes: set = field(default_factory=set)  # HGNC ids

    @property
    def is_omim(self):
        return self.identifier.startswith("OMIM:")


@dataclass
class Share:
    """How much of the patients show a term: counted ('3/7'), in words, or not said."""

    stated: float = 0.0  # largest share given as a word or a percentage; 0 when none is
    affected: int = 0
    examined: int = 0
    unstated: bool = False

    # A term seen in one or two patients says little about the disease: 1/1 is not 100 %.
    FEW = 3

    def value(self, when_unstated):
        """The share in 0…1; `when_unstated` stands in where the annotation gives no frequency."""
        shares = [self.stated]
        if self.examined:
            counted = self.affected / self.examined
            shares.append(counted if self.examined >= self.FEW else min(counted, when_unstated))
        if self.unstated:
            shares.append(when_unstated)
        return max(shares)


@dataclass(frozen=True)
class Link:
    """One gene and one disease, by one source."""

    gene: str  # HGNC id
    disease: str  # OMIM:…, ORPHA:…, MONDO:… or '.'
    name: str
    modes: frozenset
    confidence: str  # green, amber or red: what this source alone says of the pair
    mechanisms: frozenset
    penetrance: str  # complete, incomplete or unknown
    source: str


LEVELS = ("green", "amber", "red")


def shown_penetrance(values):
    """'incomplete' as soon as one disease of the gene has it: a healthy carrier parent is then possible."""
    known = set(values) - {"unknown"}
    if "incomplete" in known:
        return "incomplete"
    return "complete" if known else "unknown"
