"""hp.obo: the terms of the Human Phenotype Ontology."""

from collections import defaultdict

from tables import open_text


class Ontology:
    """hp.obo: terms with parents, and what became of retired ones."""

    def __init__(self, path):
        self.terms, self.version = {}, "unknown"
        term = None
        with open_text(path) as file:
            for line in file:
                key, _, value = line.rstrip("\n").partition(": ")
                if line.startswith("["):
                    term = defaultdict(list) if line.startswith("[Term]") else None
                elif key == "data-version":
                    self.version = value.rsplit("/", 1)[-1]
                elif term is not None and value:
                    if key == "id":
                        self.terms[value] = term
                    term[key].append(value.split(" ! ")[0])
        self.children = defaultdict(set)
        for identifier, term in self.terms.items():
            for parent in term["is_a"]:
                self.children[parent].add(identifier)

    def label(self, identifier):
        return self.terms[identifier]["name"][0]

    def below(self, root):
        """The term and all its descendants."""
        found, waiting = {root}, [root]
        while waiting:
            fresh = self.children[waiting.pop()] - found
            found |= fresh
            waiting += fresh
        return found
