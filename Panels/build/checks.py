"""Checks that stop a build: a panel without its best-known genes is worse than no panel."""

from tables import read_data


def sentinels(path, rows):
    """Each gene of data/sentinels.tsv must be in its panel at the level given or better."""
    order = ("green", "amber", "red")
    levels = {name: {row[1]: row[2] for row in found} for name, found in rows.items()}
    faults = []
    for row in read_data(path):
        level = levels.get(row["panel"], {}).get(row["symbol"])
        if level is None:
            faults.append(f"{row['panel']}: {row['symbol']} is missing")
        elif order.index(level) > order.index(row["least"]):
            faults.append(f"{row['panel']}: {row['symbol']} is {level}, expected {row['least']}")
    if faults:
        raise SystemExit("sentinel genes:\n  " + "\n  ".join(faults))
