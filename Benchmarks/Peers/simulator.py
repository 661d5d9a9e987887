"""`duet-simulator serve` as a process, and its control plane."""

import json
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Calls:
    """API calls that each CRM has billed."""

    hubspot: int
    salesforce: int

    def since(self, earlier: "Calls") -> "Calls":
        return Calls(self.hubspot - earlier.hubspot, self.salesforce - earlier.salesforce)

    @property
    def total(self) -> int:
        return self.hubspot + self.salesforce


@dataclass
class Record:
    """A live record as the mock exports it; an empty value is not there."""

    id: str
    fields: dict[str, str]


class Simulator:
    """Both simulated CRMs, with the people of a seed; ends with the `with` block."""

    def __init__(self, path: str, seed: int, contacts: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bench-peers-"))
        self.process = subprocess.Popen(
            [path, "serve", "--seed", str(seed), "--contacts", str(contacts)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.ready_line = self.process.stdout.readline()
        ready = json.loads(self.ready_line)
        self.hubspot: dict[str, str] = ready["hubspot"]
        self.salesforce: dict[str, str] = ready["salesforce"]
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __enter__(self) -> "Simulator":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def control(self, path: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(
            self.hubspot["baseURL"] + "/_control/" + path,
            data=body,
            headers={"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=60) as reply:
            content: bytes = reply.read()
            return content

    def usage(self) -> Calls:
        usage = json.loads(self.control("usage"))
        return Calls(usage["hubspot"]["billed"], usage["salesforce"]["billed"])

    def export(self, object: str) -> list[Record]:
        records = []
        for line in self.control("export/" + object).decode().splitlines():
            item: dict[str, Any] = json.loads(line)
            fields = {name: str(value) for name, value in item["fields"].items() if value}
            records.append(Record(item["id"], fields))
        return records

    def edit(self, edits: Iterable[dict[str, Any]]) -> None:
        """People's edits; HubSpot's search shows them five seconds later."""
        lines = "".join(json.dumps({"author": "anna", **item}) + "\n" for item in edits)
        self.control("edits", lines.encode())

    def advance(self, seconds: int) -> None:
        self.control("clock", json.dumps({"advanceSeconds": seconds}).encode())

    def lose_create_replies(self, every: int | None) -> None:
        """The CRMs carry out every so manieth request that creates, and answer nothing."""
        self.control("faults", json.dumps({"loseEveryNthCreateReply": every}).encode())
