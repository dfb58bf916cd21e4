"""Classes of disease, as data/classes/NAME.tsv defines them, and which diseases fall into one."""

import os
import re
from dataclasses import dataclass

from tables import read_data

# An annotation without a frequency neither proves a core feature (0.8) nor rules out a common one (0.3).
WHEN_UNSTATED = 0.5

# How a disease belongs to a class, the surest first.
PARTS = ("named", "core", "feature")


@dataclass
class DiseaseClass:
    """One panel's rules; README, 'The rule of a class', says them in words."""

    name: str
    title: str
    title_vi: str
    names: list  # compiled expressions
    not_names: list
    core: list  # (root term, minimum share)
    feature: list
    query: str

    def names_it(self, disease_name):
        return any(rule.search(disease_name) for rule in self.names) and not any(
            rule.search(disease_name) for rule in self.not_names
        )


def read_classes(folder, ontology):
    """All classes of the folder; a term whose label is not HPO's own is an error, since ids are easy to mistype."""
    return [
        _read(os.path.join(folder, name), ontology) for name in sorted(os.listdir(folder)) if name.endswith(".tsv")
    ]


def _read(path, ontology):
    rules = {"name": [], "not_name": [], "core": [], "feature": []}
    shown = []
    for row in read_data(path):
        kind, value = row["rule"], row["value"]
        if kind in ("core", "feature"):
            if ontology.label(value) != row["label"]:
                raise SystemExit(f"{path}: {value} is '{ontology.label(value)}', not '{row['label']}'")
            rules[kind].append((value, float(row["minimum"])))
            shown.append(f"{kind} {value} {row['label']} >= {row['minimum']}")
        else:
            rules[kind].append(re.compile(value, re.IGNORECASE))
    stems = len(rules["name"])
    with open(path, encoding="utf-8") as file:
        title = file.readline().removeprefix("#title:").strip()
        title_vi = file.readline().removeprefix("#title_vi:").strip()
    return DiseaseClass(
        name=os.path.basename(path).removesuffix(".tsv"),
        title=title,
        title_vi=title_vi,
        names=rules["name"],
        not_names=rules["not_name"],
        core=rules["core"],
        feature=rules["feature"],
        query=f"disease name matches one of {stems} stems (data/classes/{os.path.basename(path)}); " + "; ".join(shown),
    )


def members(disease_class, diseases, equivalents, ontology):
    """Disease id -> 'named', 'core' or 'feature', for the diseases in the class.

    `equivalents` pairs Orphanet's id of a disease with OMIM's: what is known of one holds for the other.
    """
    core = [(ontology.below(root), minimum) for root, minimum in disease_class.core]
    feature = [(ontology.below(root), minimum) for root, minimum in disease_class.feature]
    found = {}
    for identifier, disease in diseases.items():
        if disease_class.names_it(disease.name):
            found[identifier] = "named"
        elif _shows(disease, core):
            found[identifier] = "core"
        elif _shows(disease, feature):
            found[identifier] = "feature"
    for pair in equivalents.items():
        parts = {found.get(identifier) for identifier in pair} - {None}
        if parts:
            part = min(parts, key=PARTS.index)
            found.update((identifier, part) for identifier in pair if identifier in diseases)
    return found


def _shows(disease, rules):
    """Whether any term of the disease is below a root with at least the root's minimum share."""
    return any(
        term in terms and share.value(WHEN_UNSTATED) >= minimum
        for terms, minimum in rules
        for term, share in disease.present.items()
    )
