"""How the comparison is shown: a table for people, JSON for scripts, Markdown for the documentation."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from result import Result

COLUMNS: list[tuple[str, Callable[[Result], str]]] = [
    ("workload", lambda line: line.workload),
    ("peer", lambda line: line.peer),
    ("HubSpot calls", lambda line: f"{line.hubspot:,}"),
    ("Salesforce calls", lambda line: f"{line.salesforce:,}"),
    ("calls/record", lambda line: figures(line.calls_per_record)),
    ("seconds", lambda line: f"{line.seconds:.2f}"),
    ("CPU s", lambda line: f"{line.cpu:.2f}"),
    ("records/s", lambda line: figures(line.records_per_second)),
    ("peak MB", lambda line: f"{line.peak_mb:.0f}"),
    ("twice", lambda line: known(line.twice)),
    ("lost", lambda line: known(line.lost)),
    ("", lambda line: remark(line)),
]
WORDS = {"workload", "peer", ""}


def known(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def figures(number: float | None) -> str:
    """Three figures, as no machine repeats more of them."""
    if number is None:
        return "–"
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def remark(line: Result) -> str:
    runs = f"{line.runs} runs" if line.runs > 1 else ""
    return "; ".join(part for part in (line.note, runs) if part)


def grouped(lines: Sequence[Result]) -> list[Result]:
    """Lines of one workload together, in the order in which workloads and peers first came."""
    order = list(dict.fromkeys(line.workload for line in lines))
    return sorted(lines, key=lambda line: order.index(line.workload))


def table(lines: Sequence[Result]) -> str:
    rows = [[name for name, _ in COLUMNS]]
    last = ""
    for line in grouped(lines):
        cells = [cell(line) for _, cell in COLUMNS]
        if line.workload == last:
            cells[0] = ""
        last = line.workload
        rows.append(cells)
    widths = [max(len(row[index]) for row in rows) for index in range(len(COLUMNS))]
    texts = []
    for row in rows:
        parts = [
            cell.ljust(width) if name in WORDS else cell.rjust(width)
            for cell, width, (name, _) in zip(row, widths, COLUMNS, strict=True)
        ]
        texts.append("  ".join(parts).rstrip())
    return "\n".join(texts)


def markdown(lines: Sequence[Result]) -> str:
    head = [name for name, _ in COLUMNS]
    marks = ["---" if name in WORDS else "---:" for name in head]
    rows = [head, marks] + [[cell(line) for _, cell in COLUMNS] for line in grouped(lines)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def to_json(
    lines: Sequence[Result], repeats: Sequence[Sequence[Result]], facts: dict[str, object]
) -> str:
    def item(line: Result) -> dict[str, object]:
        return {
            **asdict(line),
            "calls_per_record": line.calls_per_record,
            "records_per_second": line.records_per_second,
        }

    content = {
        "formatVersion": "1.0",
        **facts,
        "results": [item(line) for line in lines],
        "repeats": [[item(line) for line in repeat] for repeat in repeats],
    }
    return json.dumps(content, indent=2)
