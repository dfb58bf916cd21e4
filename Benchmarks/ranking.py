"""Figures of planted cases: how often the causal gene stands first, how many candidates there are, and whether shares can be believed."""

import collections
import math
import os
import random

COLUMNS = ("case", "gene", "hgnc_id", "disease", "kind", "consequence", "alleles", "terms", "excluded", "person", "arm", "rank",
           "printed_rank", "candidates", "genes", "score", "phenotype", "share", "top_gene", "top_score",
           "top_phenotype", "top_share", "top_is_causal", "alleles_listed",
           "knowledge", "paper", "reason", "failure")
TOPS = (1, 3, 5, 10)
RESAMPLES = 1000
CUTOFFS = (-2, 0, 1, 2, 3, 4, 5, 6)
GOALS = "Goals with terms: top-1 80 %, top-5 95 %, median of candidates 10. They are printed, not enforced."


def report(rows, folder):
    """Lines of Markdown; the picture goes into the folder."""
    done = [row for row in rows if not row["failure"]]
    arms = list(dict.fromkeys(row["arm"] for row in sorted(done, key=lambda row: row["arm"] != "with terms")))
    lines = [GOALS, "Genes of equal points share the worst rank. Intervals are 95 % of resampled genes, all cases of a gene together.", ""]
    groups = [(arm, of(done, arm)) for arm in arms]
    groups += [(f"{arm}, gene green", on_panel) for arm, mine in groups if (on_panel := [row for row in mine if "green" in row["knowledge"]])]
    lines += table("Arm", groups, intervals=True)
    for arm in arms:
        mine = of(done, arm)
        lines += [f"## {arm[0].upper() + arm[1:]}", ""]
        lines += table("Inheritance", grouped(mine, lambda row: row["kind"]))
        lines += table("Consequence", grouped(mine, worst))
        lines += table("Observed terms", grouped(mine, terms, order=("none", "1–3", "4–10", "more than 10")))
        lines += table("Excluded terms", grouped(mine, lambda row: "some" if row["excluded"] else "none"))
        lines += table("Knowledge", grouped(mine, lambda row: row["knowledge"]))
        lines += table("The case's paper, in the disease's annotations", grouped(mine, lambda row: row["paper"]))
        lines += cutoffs(mine) + not_found(mine) + rivals(mine) + reliability(mine)
        picture(mine, arm, folder)
    failures = collections.Counter(row["failure"] for row in rows if row["failure"])
    lines += [f"- **failed**, {count}: {words}" for words, count in failures.most_common()]
    return lines


def of(rows, arm):
    return [row for row in rows if row["arm"] == arm]


def worst(row):
    """The consequence of a case; of two alleles both, in order."""
    kinds = {kind(term) for term in row["consequence"].split(",")}
    return " + ".join(sorted(kinds))


def kind(term):
    if term in ("stop_gained", "frameshift_variant", "splice_donor_variant", "splice_acceptor_variant", "start_lost"):
        return "loss of function"
    if term.startswith("inframe") or term in ("stop_lost", "protein_altering_variant"):
        return "in frame"
    return "missense" if term == "missense_variant" else "silent or non-coding"


def terms(row):
    return "none" if row["terms"] == 0 else "1–3" if row["terms"] <= 3 else "4–10" if row["terms"] <= 10 else "more than 10"


def grouped(rows, key, order=()):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    names = [name for name in order if name in groups] or sorted(groups, key=lambda name: (-len(groups[name]), name))
    return [(name, groups[name]) for name in names]


def table(title, groups, intervals=False):
    lines = [f"| {title} | cases | " + " | ".join(f"top-{top}" for top in TOPS)
             + " | not found | MRR | mean over genes, top-1 | candidates: median (quartiles) |", "|---|---:|" + "---:|" * (len(TOPS) + 4)]
    for name, rows in groups:
        cells = []
        for top in TOPS:
            cells.append(percent(hits(rows, top)) + (interval(rows, lambda some, top=top: hits(some, top)) if intervals else ""))
        cells.append(percent(sum(row["rank"] == "" for row in rows) / len(rows)))
        cells.append(f"{reciprocal(rows):.3f}" + (interval(rows, reciprocal, "{:.3f}") if intervals else ""))
        genes = collections.defaultdict(list)
        for row in rows:
            genes[row["gene"]].append(row)
        cells.append(percent(sum(hits(own, 1) for own in genes.values()) / len(genes)))
        counts = sorted(row["candidates"] for row in rows)
        cells.append(f"{quantile(counts, 0.5):g} ({quantile(counts, 0.25):g}–{quantile(counts, 0.75):g})")
        lines.append(f"| {name} | {len(rows)} | " + " | ".join(cells) + " |")
    return lines + [""]


def hits(rows, top):
    return sum(row["rank"] != "" and row["rank"] <= top for row in rows) / max(1, len(rows))


def reciprocal(rows):
    return sum(1 / row["rank"] for row in rows if row["rank"] != "") / max(1, len(rows))


def percent(share):
    return f"{100 * share:.1f} %"


def interval(rows, figure, form=None):
    """95 % of resampled genes; cases of one gene are much alike, so that they are drawn together."""
    genes = collections.defaultdict(list)
    for row in rows:
        genes[row["gene"]].append(row)
    draw, names = random.Random(1), sorted(genes)
    found = sorted(figure([row for name in draw.choices(names, k=len(names)) for row in genes[name]]) for _ in range(RESAMPLES))
    low, high = found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES)]
    return f" ({form.format(low)}–{form.format(high)})" if form else f" ({100 * low:.0f}–{100 * high:.0f})"


def quantile(values, share):
    if not values:
        return math.nan
    at = share * (len(values) - 1)
    low = int(at)
    return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (at - low)


def not_found(rows):
    """Cases without the causal gene, by what `explain` says."""
    reasons = collections.defaultdict(list)
    for row in rows:
        if row["rank"] == "":
            reasons[row["reason"]].append(row["case"])
    lines = [f"Not found: {sum(map(len, reasons.values()))} of {len(rows)}", ""]
    for reason, names in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        lines.append(f"- {len(names)}: {reason} ({', '.join(names[:3])}{' …' if len(names) > 3 else ''})")
    return lines + [""]


def cutoffs(rows):
    """What a lowest number of points would leave: causal genes, and candidates to read."""
    lines = ["| candidates with points of at least | causal genes left | candidates: median (quartiles) |", "|---:|---:|---:|"]
    for least in CUTOFFS:
        left = sum(row["rank"] != "" and float(row["score"]) >= least for row in rows)
        counts = sorted(sum(points >= least for points in row["points"]) for row in rows)
        lines.append(f"| {least} | {left} of {sum(row['rank'] != '' for row in rows)} | "
                     f"{quantile(counts, 0.5):g} ({quantile(counts, 0.25):g}–{quantile(counts, 0.75):g}) |")
    return lines + [""]


def rivals(rows):
    """What stands above the causal gene: the most frequent first genes that are not the cause."""
    firsts = collections.Counter((row["top_gene"], row["person"]) for row in rows if row["top_gene"] and not row["top_is_causal"])
    text = ", ".join(f"{gene} of person {person} ({count})" for (gene, person), count in firsts.most_common(8))
    return [f"First in the causal gene's stead: {text or 'none'}.", ""]


def deciles(rows):
    """(lowest share, mean share, how often the first gene is the causal one, cases) of each tenth of the shares from 0 to 1."""
    groups = collections.defaultdict(list)
    for row in rows:
        if row["top_share"] != "":
            groups[min(9, int(float(row["top_share"]) * 10))].append(row)
    return [(tenth / 10, sum(float(row["top_share"]) for row in own) / len(own), sum(row["top_is_causal"] for row in own) / len(own), len(own))
            for tenth, own in sorted(groups.items())]


def reliability(rows):
    """Whether the first gene's share is what it says: the chance to be the cause."""
    lines = ["| share of the first gene | cases | mean share | first gene is the cause |", "|---|---:|---:|---:|"]
    found = deciles(rows)
    for low, mean, right, count in found:
        lines.append(f"| {low:.1f}–{low + 0.1:.1f} | {count} | {mean:.3f} | {percent(right)} |")
    total = sum(count for *_, count in found)
    if total:
        error = sum(abs(mean - right) * count for _, mean, right, count in found) / total
        brier = sum((float(row["top_share"]) - row["top_is_causal"]) ** 2 for row in rows if row["top_share"] != "") / total
        lines += ["", f"Expected calibration error {error:.3f}, Brier score {brier:.3f}; {len(rows) - total} cases have no candidate."]
    return lines + [""]


def picture(rows, arm, folder):
    """Reliability as a picture, or as text where matplotlib is missing."""
    name, found = os.path.join(folder, "reliability-" + arm.replace(" ", "-")), deciles(rows)
    try:
        import matplotlib
    except ImportError:
        with open(name + ".txt", "w", encoding="utf-8") as out:
            out.write(f"{arm}: how often the first gene is the cause (#), beside its share (|)\n\n")
            for low, mean, right, count in found:
                bar = ["#" if place < round(right * 50) else " " for place in range(51)]
                bar[round(mean * 50)] = "|"
                out.write(f"{low:.1f}–{low + 0.1:.1f} {''.join(bar)} {count} cases\n")
        return
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.plot([mean for _, mean, _, _ in found], [right for _, _, right, _ in found], marker="o")
    for _, mean, right, count in found:
        axes.annotate(str(count), (mean, right), textcoords="offset points", xytext=(6, -10))
    axes.set(xlabel="share of the first gene", ylabel="first gene is the cause", xlim=(0, 1), ylim=(0, 1.02), title=arm)
    figure.savefig(name + ".svg")
    pyplot.close(figure)
