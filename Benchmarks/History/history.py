"""Keeps what each commit measured, and draws it.

    history.py add COMMIT FOLDER   takes FOLDER/pieces.json and FOLDER/throughput.json
    history.py draw FILE.svg
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HISTORY = Path(__file__).parent / "history.jsonl"
LINES = {
    "updates-from-hubspot": "changed in HubSpot",
    "updates-from-salesforce": "changed in Salesforce",
    "creates-from-hubspot": "created from HubSpot",
    "creates-from-salesforce": "created from Salesforce",
    "updates-from-hubspot, seen again": "in step (HubSpot)",
    "updates-from-salesforce, seen again": "in step (Salesforce)",
}
"""What is drawn, by the benchmark's own names."""


def results(path: Path) -> dict[str, dict[str, float]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["results"]
    return {result["name"]: result["metrics"] for result in found}


def add(commit: str, folder: Path) -> None:
    """Appends a commit: thousands of turns of the reference loop that one record takes."""
    pieces = results(folder / "pieces.json")
    merge = pieces["merge, every field changed, a field"]
    turn = merge["ns"] / merge["× reference"]
    records = {
        name: round(metrics["µs a record"] / turn, 2)
        for name, metrics in results(folder / "throughput.json").items()
    }
    line = {"commit": commit, "nanosecondsOfTurn": round(turn, 3), "records": records}
    with HISTORY.open("a") as file:
        file.write(json.dumps(line) + "\n")


def in_order() -> list[dict[str, Any]]:
    """What was measured, in the order in which the commits came about."""
    log = subprocess.run(
        ["git", "log", "--format=%h", "--abbrev=7", "--reverse"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    place = {commit: index for index, commit in enumerate(log)}
    lines = [json.loads(line) for line in HISTORY.read_text().splitlines()]
    return sorted(lines, key=lambda line: place.get(line["commit"], len(log)))


def draw(path: str) -> None:
    from matplotlib import pyplot

    lines = in_order()
    pyplot.rcParams["svg.hashsalt"] = "duet"
    pyplot.rcParams["svg.fonttype"] = "none"
    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    commits = [line["commit"] for line in lines]
    for name, label in LINES.items():
        heights = [line["records"].get(name) for line in lines]
        axes.plot(commits, heights, marker="o", markersize=4, label=label)
    axes.set_yscale("log")
    axes.set_ylabel("a record, in thousand turns of the reference loop")
    axes.grid(True, axis="y", which="both", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(axis="x", rotation=30)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["add", commit, folder]:
            add(commit, Path(folder))
        case ["draw", path]:
            draw(path)
        case _:
            sys.exit(__doc__)
