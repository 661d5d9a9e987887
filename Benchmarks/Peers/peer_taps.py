"""Singer taps: they read one CRM and write nothing."""

import json
import time
from pathlib import Path
from typing import Any

import child
from people import hubspot_edits, on_both_sides, salesforce_edits
from result import Result, measured
from setting import CLIENTS, Setting
from simulator import Simulator

Json = dict[str, Any]


class Tap:
    """One tap with its settings, and how its command line names a catalogue."""

    def __init__(
        self, name: str, stream: str, host: str, address: str, config: Json, python: str
    ) -> None:
        self.name, self.stream = name, stream
        self.command = [
            python, str(CLIENTS / "run_tap.py"), name.replace("-", "_"), f"{host}={address}", "--",
        ]  # fmt: skip
        self.config = config

    def run(self, folder: Path, *arguments: str) -> child.Ended:
        (folder / "config.json").write_text(json.dumps(self.config))
        return child.run([*self.command, "--config", "config.json", *arguments], folder, {})

    def discover(self, folder: Path) -> None:
        """Writes a catalogue with the one stream and all of its fields selected."""
        catalog = json.loads(self.run(folder, "--discover").output.read_text())
        for stream in catalog["streams"]:
            for item in stream["metadata"]:
                if item["breadcrumb"] == []:
                    top = item["metadata"]
                    top["selected"] = stream["stream"] == self.stream
                    for key in top.get("valid-replication-keys", [])[:1]:
                        top.update({"replication-method": "INCREMENTAL", "replication-key": key})
                elif item["metadata"].get("inclusion") == "available":
                    item["metadata"]["selected"] = True
        (folder / "catalog.json").write_text(json.dumps(catalog))

    def sync(self, folder: Path, with_state: bool) -> tuple[child.Ended, set[str], int]:
        """Answers the ids that it printed, and how many records; keeps the last state."""
        arguments = ["--properties", "catalog.json"]
        if with_state:
            arguments += ["--state", "state.json"]
        end = self.run(folder, *arguments)
        ids, count = set(), 0
        with end.output.open() as lines:
            for line in lines:
                message = json.loads(line)
                if message["type"] == "RECORD" and message["stream"] == self.stream:
                    count += 1
                    ids.add(str(message["record"].get("id") or message["record"].get("Id")))
                elif message["type"] == "STATE":
                    (folder / "state.json").write_text(json.dumps(message["value"]))
        return end, ids, count


def hubspot_tap(setting: Setting, simulator: Simulator) -> Tap:
    portal = simulator.hubspot
    config = {
        "redirect_uri": "https://localhost",
        "client_id": portal["clientID"],
        "client_secret": portal["clientSecret"],
        "refresh_token": portal["refreshToken"],
        "start_date": "2000-01-01T00:00:00Z",
    }
    python = setting.python("tap-hubspot")
    return Tap("tap-hubspot", "contacts", "api.hubapi.com", portal["baseURL"], config, python)


def salesforce_tap(setting: Setting, simulator: Simulator) -> Tap:
    org = simulator.salesforce
    config = {
        "client_id": org["clientID"],
        "client_secret": org["clientSecret"],
        "refresh_token": org["refreshToken"],
        "start_date": "2000-01-01T00:00:00Z",
        "api_type": "REST",
        "select_fields_by_default": "true",
    }
    python = setting.python("tap-salesforce")
    return Tap("tap-salesforce", "Contact", "salesforce.com", org["baseURL"], config, python)


def results(setting: Setting) -> list[Result]:
    lines = []
    for make, edits in [(hubspot_tap, hubspot_edits), (salesforce_tap, salesforce_edits)]:
        with setting.serve() as simulator:
            tap = make(setting, simulator)
            people = on_both_sides(simulator)[: setting.changed]
            everything = {record.id for record in simulator.export(tap.stream)}
            tap.discover(simulator.folder)
            before = simulator.usage()
            end, ids, count = tap.sync(simulator.folder, with_state=False)
            calls = simulator.usage().since(before)
            line = measured("read everything", tap.name, count, calls, [end])
            line.lost = len(everything - ids)
            lines.append(line)
            # The bookmark has whole seconds; what is edited in the same one is not what is asked here.
            time.sleep(1.1)
            simulator.edit(edits(people, "tap"))
            before = simulator.usage()
            end, ids, count = tap.sync(simulator.folder, with_state=True)
            calls = simulator.usage().since(before)
            line = measured(f"read {len(people)} changed", tap.name, len(people), calls, [end])
            changed = {person.contact if tap.stream == "contacts" else person.other for person in people}
            line.lost = len(changed - ids)
            line.note = f"{count} records printed"
            lines.append(line)
    return lines
