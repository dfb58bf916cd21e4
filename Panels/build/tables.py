"""Reading and writing of the small text tables; every write is whole or not at all."""

import csv
import gzip
import io
import os
import re
import sys

# HGNC's free-text columns pass the csv module's default limit of 128 kB a field.
csv.field_size_limit(1 << 30)

MISSING = "."


def open_text(path):
    """Opens plain or gzip text, told apart by content because downloads are often renamed."""
    with open(path, "rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return io.TextIOWrapper(gzip.open(path, "rb"), encoding="utf-8", newline="")
    return open(path, encoding="utf-8", newline="")


def read_rows(path, delimiter="\t", comment=None):
    """Yields each row as a dictionary by the header's names; `comment` lines before the header are skipped.

    Some tables mark the header itself with '#' (`#chrom`, `#name`): give no `comment` for those.
    """
    with open_text(path) as file:
        lines = (line for line in file if not (comment and line.startswith(comment)))
        reader = csv.DictReader(lines, delimiter=delimiter)
        for row in reader:
            yield {key: (value or "").strip() for key, value in row.items() if key is not None}


def read_data(path):
    """Rows of one of this folder's own tables: '#' comments, tabs, no quoting."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
    names = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        fields = line.split("\t")
        if len(fields) != len(names):
            raise SystemExit(f"{path}: {len(fields)} columns, expected {len(names)}: {line}")
        rows.append(dict(zip(names, fields)))
    return rows


def clean(text):
    """Text fit for a cell: no tab, newline or '|' (the list separator), single spaces."""
    return re.sub(r"\s+", " ", text.replace("|", "/")).strip()


def joined(values, separator="|"):
    """A list as one cell, '.' when it is empty."""
    return separator.join(values) or MISSING


def write_table(path, comments, names, rows):
    """Writes comments, header and rows; replaces the old file only when all lines are down."""
    partial = path + ".partial"
    with open(partial, "w", encoding="utf-8", newline="\n") as file:
        for line in comments:
            file.write(line + "\n")
        file.write("\t".join(names) + "\n")
        for row in rows:
            if len(row) != len(names) or any("\t" in cell or "\n" in cell or not cell for cell in row):
                raise SystemExit(f"{path}: malformed row {row}")
            file.write("\t".join(row) + "\n")
    os.replace(partial, path)


def warn(message):
    """One line on stderr: whatever could not be placed is named, never dropped in silence."""
    print("make_panels: " + message, file=sys.stderr)
