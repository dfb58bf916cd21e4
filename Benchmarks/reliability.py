#!/usr/bin/env python3
"""How often a first answer of a given share is right: a picture from the ranks of `phenotype --benchmark` or of planted.py.

    reliability.py ranks.tsv --half test -o reliability.svg

Ten groups of shares; the size of a point is the number of cases, the bar its 95 % interval (Wilson 1927), the line what would be right.
"""

import argparse
import csv

SIDE, LEFT, TOP = 360, 60, 20


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("ranks")
    parser.add_argument("--half", help="test or tuning, of phenotype --benchmark")
    parser.add_argument("--way", default="full", help="columns of phenotype --benchmark to read: full, leakage_controlled, noise")
    parser.add_argument("--arm", default="with terms", help="rows of planted.py to read")
    parser.add_argument("--annotated", action="store_true", help="only cases whose disease the release knows")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    pairs = read(options)
    groups = grouped(pairs)
    for low, found in sorted(groups.items()):
        right = sum(hit for _, hit in found)
        mean = sum(share for share, _ in found) / len(found)
        print(f"{low:.1f}-{low + 0.1:.1f}\t{len(found)}\tmean share {mean:.3f}\tright {right / len(found):.3f}")
    with open(options.output, "w", encoding="utf-8") as out:
        out.write(picture(groups, len(pairs)))


def read(options):
    pairs = []
    with open(options.ranks, encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if "arm" in row:
                if row["arm"] == options.arm and row["top_share"]:
                    pairs.append((float(row["top_share"]), row["top_is_causal"] == "1"))
            elif (options.half in (None, row["half"])) and (row["annotated"] == "yes" or not options.annotated):
                pairs.append((float(row[options.way + "_top_share"]), row[options.way + "_disease"] == "1"))
    return pairs


def grouped(pairs):
    groups = {}
    for share, hit in pairs:
        groups.setdefault(min(int(share * 10), 9) / 10, []).append((share, hit))
    return groups


def interval(right, count, z=1.96):
    """Wilson's interval of a share."""
    share = right / count
    middle = share + z * z / (2 * count)
    width = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5
    return (middle - width) / (1 + z * z / count), (middle + width) / (1 + z * z / count)


def picture(groups, total):
    def place(x, y):
        return LEFT + x * SIDE, TOP + (1 - y) * SIDE

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIDE + 20} {TOP + SIDE + 50}" font-family="sans-serif" font-size="12">',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<line x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}" stroke="#888" stroke-dasharray="4"/>',
    ]
    for tick in (0, 0.5, 1):
        x, y = place(tick, tick)
        parts.append(f'<text x="{x}" y="{TOP + SIDE + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 38}" text-anchor="middle">share of the first answer ({total:,} cases)</text>')
    parts.append(f'<text transform="translate(16 {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">first answer is the cause</text>')
    for found in groups.values():
        count, right = len(found), sum(hit for _, hit in found)
        x, y = place(sum(share for share, _ in found) / count, right / count)
        low, high = (place(0, bound)[1] for bound in interval(right, count))
        parts.append(f'<line x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}" stroke="#2a6f97"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + 8 * (count / total) ** 0.5:.1f}" fill="#2a6f97"/>')
    return "\n".join(parts + ["</svg>"]) + "\n"


if __name__ == "__main__":
    main()
