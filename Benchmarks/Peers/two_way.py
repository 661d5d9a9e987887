"""What a peer that keeps both sides in step is asked: the same workloads for each, on the same people."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol

import people
from child import Ended
from result import Result, measured
from setting import Setting
from simulator import Calls, Simulator

KillWhen = Callable[[], bool] | None

PAUSE = 10.5
"""Seconds before each run.

HubSpot's search is five seconds behind, and what an earlier run asked counts for its limits for ten.
"""


class TwoWayPeer(Protocol):
    name: str
    lost_every: int
    """Every so manieth request that creates loses its reply; each, for a peer that creates many records in one."""

    def first(self, simulator: Simulator, kill_when: KillWhen) -> Ended:
        """Matches what stands on both sides and brings the rest over."""

    def again(self, simulator: Simulator) -> list[Ended]:
        """Brings over what changed; more runs than one where the first one left something."""


class Session:
    """One peer on one pair of CRMs, workload after workload."""

    def __init__(self, setting: Setting, peer: TwoWayPeer, simulator: Simulator) -> None:
        self.setting, self.peer, self.simulator = setting, peer, simulator
        self.people = people.on_both_sides(simulator)
        self.lines: list[Result] = []

    def measure(self, workload: str, records: int, run: Callable[[], list[Ended]]) -> Result:
        before = self.simulator.usage()
        ends = run()
        calls = self.simulator.usage().since(before)
        line = measured(workload, self.peer.name, records, calls, ends)
        self.lines.append(line)
        return line

    def again(self, workload: str, records: int) -> Result:
        time.sleep(PAUSE)
        return self.measure(workload, records, lambda: self.peer.again(self.simulator))

    def take(self, count: int) -> list[people.Person]:
        """People that no workload has edited yet."""
        taken, self.people = self.people[:count], self.people[count:]
        return taken

    def first(self) -> Calls:
        """Answers what the first sync cost."""
        before = stock(self.simulator)
        line = self.measure(
            "first sync of both sides",
            sum(before.sizes),
            lambda: [self.peer.first(self.simulator, None)],
        )
        compare(line, before, stock(self.simulator))
        return Calls(line.hubspot, line.salesforce)

    def updates(self) -> None:
        changed, writes = self.setting.changed, self.setting.writes
        self.again("run again, nothing edited", 0)
        some, others = self.take(changed), self.take(changed)
        self.simulator.edit(people.hubspot_edits(some, "few"))
        self.simulator.edit(people.salesforce_edits(others, "few"))
        line = self.again(f"{changed} changed on each side", 2 * changed)
        line.lost = people.missing_numbers(self.simulator, some, "few") + people.missing_titles(
            self.simulator, others, "few"
        )
        many = self.take(writes)
        self.simulator.edit(people.hubspot_edits(many, "many"))
        line = self.again(f"{len(many)} updates to Salesforce", len(many))
        line.lost = people.missing_numbers(self.simulator, many, "many")
        many = self.take(writes)
        self.simulator.edit(people.salesforce_edits(many, "many"))
        line = self.again(f"{len(many)} updates to HubSpot", len(many))
        line.lost = people.missing_titles(self.simulator, many, "many")
        once_more = many[:changed]
        time.sleep(PAUSE)
        self.simulator.edit(people.salesforce_edits(once_more, "once more"))
        line = self.again(f"{len(once_more)} of them edited again within a minute", len(once_more))
        line.lost = people.missing_titles(self.simulator, once_more, "once more")

    def both_edited(self) -> None:
        """Two people edit other fields of the same records, the one in Salesforce some seconds later."""
        chosen = self.take(self.setting.writes // 2)
        self.simulator.edit(people.hubspot_edits(chosen, "both"))
        time.sleep(3)
        self.simulator.edit(people.salesforce_edits(chosen, "both"))
        line = self.again(f"{len(chosen)} edited on both sides", 2 * len(chosen))
        line.lost = people.missing_numbers(self.simulator, chosen, "both") + people.missing_titles(
            self.simulator, chosen, "both"
        )
        line.note = f"{2 * len(chosen)} edits of different fields"

    def creates(self, loses: bool) -> None:
        """New people; `loses`: some of the replies that tell they were made never come."""
        count = self.setting.writes
        for target, edits, round in [
            ("contacts", people.salesforce_creates, "tohubspot"),
            ("Contact", people.hubspot_creates, "tosalesforce"),
        ]:
            round += "lost" if loses else ""
            self.simulator.edit(edits(count, round))
            if loses:
                self.simulator.lose_create_replies(self.peer.lost_every)
            place = "HubSpot" if target == "contacts" else "Salesforce"
            workload = f"{count} creates in {place}" + (", replies lost" if loses else "")
            line = self.again(workload, count)
            if loses:
                # What was not told yet has its chance with the next run.
                self.simulator.lose_create_replies(None)
                time.sleep(PAUSE)
                self.peer.again(self.simulator)
                which = f"{self.peer.lost_every}th " if self.peer.lost_every > 1 else ""
                line.note = f"every {which}create's reply"
            line.twice, line.lost = people.made(self.simulator, target, round, count)


class Stock:
    """How many records there are, and how often each e-mail address stands in each CRM."""

    def __init__(self, simulator: Simulator) -> None:
        contacts, others = simulator.export("contacts"), simulator.export("Contact")
        self.sizes = [len(contacts), len(others)]
        self.emails = [
            Counter(record.fields.get(name, "").lower() for record in records)
            for records, name in [(contacts, "email"), (others, "Email")]
        ]
        for counts in self.emails:
            counts.pop("", None)


def stock(simulator: Simulator) -> Stock:
    return Stock(simulator)


def compare(line: Result, before: Stock, after: Stock) -> None:
    """Fills in who stands twice that did not, and whose address stands on one side only."""
    line.twice = sum(
        max(0, count - max(1, old[email]))
        for old, new in zip(before.emails, after.emails, strict=True)
        for email, count in new.items()
    )
    line.lost = len(after.emails[0].keys() ^ after.emails[1].keys())
    grown = [new - old for old, new in zip(before.sizes, after.sizes, strict=True)]
    line.note = f"{grown[0]} made in HubSpot, {grown[1]} in Salesforce"


def results(setting: Setting, peer: TwoWayPeer) -> list[Result]:
    with setting.serve() as simulator:
        session = Session(setting, peer, simulator)
        whole = session.first()
        session.updates()
        session.creates(loses=False)
        session.both_edited()
        session.creates(loses=True)
    with setting.serve() as simulator:
        killed = Session(setting, peer, simulator)
        before = stock(simulator)
        line = killed.measure(
            "first sync, killed midway, run again",
            sum(before.sizes),
            lambda: [
                peer.first(simulator, lambda: simulator.usage().total >= whole.total // 2),
                peer.first(simulator, None),
            ],
        )
        compare(line, before, stock(simulator))
    return session.lines + killed.lines
