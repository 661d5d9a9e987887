"""One line of the comparison."""

from dataclasses import dataclass
from statistics import median

from child import Ended
from simulator import Calls


@dataclass
class Result:
    """What one peer needed for one workload.

    `records` is what it handled: records read by a tap, records of both sides in a first sync, changed records
    otherwise. `twice` counts records too many, `lost` edits or people that are not where they belong; both are
    None where the workload cannot show them.
    """

    workload: str
    peer: str
    records: int
    hubspot: int
    salesforce: int
    seconds: float
    cpu: float
    peak_mb: float
    runs: int = 1
    twice: int | None = None
    lost: int | None = None
    note: str = ""

    @property
    def calls_per_record(self) -> float | None:
        return (self.hubspot + self.salesforce) / self.records if self.records else None

    @property
    def records_per_second(self) -> float | None:
        return self.records / self.seconds if self.records else None


def measured(workload: str, peer: str, records: int, calls: Calls, ends: list[Ended]) -> Result:
    """All runs of the workload together; memory is that of the largest."""
    return Result(
        workload,
        peer,
        records,
        calls.hubspot,
        calls.salesforce,
        sum(end.seconds for end in ends),
        sum(end.cpu for end in ends),
        max(end.peak_mb for end in ends),
        runs=len(ends),
    )


def medians(repeats: list[list[Result]]) -> list[Result]:
    """The median of each number over the repeats, which have the same lines; of `twice` and `lost` the worst."""
    lines = []
    for same in zip(*repeats, strict=True):
        first = same[0]
        lines.append(
            Result(
                first.workload,
                first.peer,
                round(median(line.records for line in same)),
                round(median(line.hubspot for line in same)),
                round(median(line.salesforce for line in same)),
                median(line.seconds for line in same),
                median(line.cpu for line in same),
                median(line.peak_mb for line in same),
                runs=max(line.runs for line in same),
                twice=worst([line.twice for line in same]),
                lost=worst([line.lost for line in same]),
                note=first.note,
            )
        )
    return lines


def worst(numbers: list[int | None]) -> int | None:
    told = [number for number in numbers if number is not None]
    return max(told) if told else None
