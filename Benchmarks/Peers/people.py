"""Who is edited, and whether what was edited is where it belongs afterwards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator import Record, Simulator


@dataclass
class Person:
    """Somebody whose e-mail address stands once in each CRM."""

    email: str
    contact: str
    """The id in HubSpot."""
    other: str
    """The id in Salesforce."""


def by_email(records: Sequence[Record], name: str) -> dict[str, Record]:
    """The records whose address no other one has."""
    counts = Counter(record.fields.get(name, "").lower() for record in records)
    return {
        email: record
        for record in records
        if (email := record.fields.get(name, "").lower()) and counts[email] == 1
    }


def on_both_sides(simulator: Simulator) -> list[Person]:
    """Everybody with one record on each side, in the order of their addresses."""
    here = by_email(simulator.export("contacts"), "email")
    there = by_email(simulator.export("Contact"), "Email")
    leads = {record.fields.get("Email", "").lower() for record in simulator.export("Lead")}
    shared = sorted(here.keys() & there.keys() - leads)
    return [Person(email, here[email].id, there[email].id) for email in shared]


def number(round: str, index: int) -> str:
    """A telephone number that nobody else has."""
    return f"+1 {sum(round.encode()) % 900 + 100} {index:07}"


def hubspot_edits(people: Sequence[Person], round: str) -> list[dict[str, Any]]:
    """A new mobile phone for each, edited in HubSpot."""
    return [
        {
            "object": "contacts",
            "id": person.contact,
            "fields": {"mobilephone": number(round, index)},
        }
        for index, person in enumerate(people)
    ]


def salesforce_edits(people: Sequence[Person], round: str) -> list[dict[str, Any]]:
    """A new job title for each, edited in Salesforce."""
    return [
        {"object": "Contact", "id": person.other, "fields": {"Title": f"{round} {index}"}}
        for index, person in enumerate(people)
    ]


def hubspot_creates(count: int, round: str) -> list[dict[str, Any]]:
    return [
        {
            "object": "contacts",
            "fields": {"email": address(round, index), "lastname": f"New {index}"},
        }
        for index in range(count)
    ]


def salesforce_creates(count: int, round: str) -> list[dict[str, Any]]:
    return [
        {"object": "Contact", "fields": {"Email": address(round, index), "LastName": f"New {index}"}}
        for index in range(count)
    ]


def address(round: str, index: int) -> str:
    return f"{round}{index}@new.example.com"


def missing_numbers(simulator: Simulator, people: Sequence[Person], round: str) -> int:
    """How many of `hubspot_edits` do not stand in both CRMs."""
    return missing(simulator, people, "mobilephone", "MobilePhone", lambda i: number(round, i))


def missing_titles(simulator: Simulator, people: Sequence[Person], round: str) -> int:
    """How many of `salesforce_edits` do not stand in both CRMs."""
    return missing(simulator, people, "jobtitle", "Title", lambda i: f"{round} {i}")


def missing(
    simulator: Simulator, people: Sequence[Person], here: str, there: str, wanted: Any
) -> int:
    contacts = {record.id: record.fields for record in simulator.export("contacts")}
    others = {record.id: record.fields for record in simulator.export("Contact")}
    return sum(
        1
        for index, person in enumerate(people)
        if contacts.get(person.contact, {}).get(here) != wanted(index)
        or others.get(person.other, {}).get(there) != wanted(index)
    )


def made(simulator: Simulator, object: str, round: str, count: int) -> tuple[int, int]:
    """Of so many new people: records too many, and people who are not there."""
    name = "email" if object == "contacts" else "Email"
    counts = Counter(record.fields.get(name, "").lower() for record in simulator.export(object))
    found = [counts[address(round, index)] for index in range(count)]
    return sum(max(0, each - 1) for each in found), sum(1 for each in found if each == 0)
