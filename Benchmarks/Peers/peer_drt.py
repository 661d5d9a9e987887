"""drt: brings rows of a database to one CRM, whatever stands there."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import child
import people
from result import Result, measured
from setting import Setting
from simulator import Simulator

Row = dict[str, str]
HUBSPOT = "{type: hubspot, object_type: %s, id_property: %s, auth: {type: bearer, token_env: HUBSPOT_TOKEN}}"
SALESFORCE = (
    "{type: salesforce_bulk, object_name: Contact, operation: %s, instance_url_env: SF_INSTANCE_URL, "
    "client_id_env: SF_CLIENT_ID, client_secret_env: SF_CLIENT_SECRET, username_env: SF_USERNAME, "
    "password_env: SF_PASSWORD}"
)


class Drt:
    """A project with one sync of one table."""

    def __init__(self, setting: Setting, simulator: Simulator) -> None:
        self.python = setting.python("drt")
        self.simulator = simulator
        self.folder = simulator.folder

    def prepare(self, destination: str, rows: Sequence[Row]) -> None:
        (self.folder / ".drt").mkdir(exist_ok=True)
        (self.folder / "syncs").mkdir(exist_ok=True)
        profile = f"default:\n  type: sqlite\n  database: {json.dumps(str(self.folder / 'rows.db'))}\n"
        (self.folder / ".drt/profiles.yml").write_text(profile)
        (self.folder / "drt_project.yml").write_text("name: bench\nprofile: default\n")
        sync = f"name: people\nmodel: SELECT * FROM people\ndestination: {destination}\n"
        (self.folder / "syncs/people.yml").write_text(sync)
        with sqlite3.connect(self.folder / "rows.db") as database:
            names = list(rows[0])
            database.execute(f"CREATE TABLE people ({', '.join(names)})")
            marks = ", ".join("?" for _ in names)
            values = [[row[name] for name in names] for row in rows]
            database.executemany(f"INSERT INTO people VALUES ({marks})", values)

    def run(self, kill_when: Callable[[], bool] | None = None) -> child.Ended:
        portal, org = self.simulator.hubspot, self.simulator.salesforce
        environment = {
            "HUBSPOT_TOKEN": portal["token"],
            "SF_INSTANCE_URL": org["baseURL"],
            "SF_CLIENT_ID": org["clientID"],
            "SF_CLIENT_SECRET": org["clientSecret"],
            "SF_USERNAME": org["username"],
            "SF_PASSWORD": org["password"] + org["securityToken"],
        }
        script = str(Path(__file__).with_name("run_drt.py"))
        command = [self.python, script, portal["baseURL"], "run"]
        return child.run(command, self.folder, environment, kill_when, accepts=(0, 1))


def results(setting: Setting) -> list[Result]:
    return [
        hubspot_updates(setting),
        hubspot_creates(setting, None),
        salesforce_updates(setting),
        salesforce_creates(setting),
        hubspot_creates(setting, 10),
        deals(setting, 10),
        killed(setting),
    ]


def title_rows(chosen: Sequence[people.Person]) -> list[Row]:
    return [{"email": one.email, "jobtitle": f"drt {index}"} for index, one in enumerate(chosen)]


def wrong_titles(simulator: Simulator, chosen: Sequence[people.Person]) -> int:
    fields = {record.id: record.fields for record in simulator.export("contacts")}
    return sum(
        fields[one.contact].get("jobtitle") != f"drt {index}" for index, one in enumerate(chosen)
    )


def hubspot_updates(setting: Setting) -> Result:
    with setting.serve() as simulator:
        chosen = people.on_both_sides(simulator)[: setting.writes]
        drt = Drt(setting, simulator)
        drt.prepare(HUBSPOT % ("contacts", "email"), title_rows(chosen))
        end = drt.run()
        line = measured(f"{len(chosen)} updates to HubSpot", "drt-core", len(chosen), simulator.usage(), [end])
        line.lost = wrong_titles(simulator, chosen)
        return line


def killed(setting: Setting) -> Result:
    """Killed when half of its rows are written, and started again."""
    with setting.serve() as simulator:
        chosen = people.on_both_sides(simulator)[: setting.writes]
        drt = Drt(setting, simulator)
        drt.prepare(HUBSPOT % ("contacts", "email"), title_rows(chosen))
        ends = [drt.run(lambda: simulator.usage().hubspot >= len(chosen)), drt.run()]
        workload = f"{len(chosen)} updates to HubSpot, killed midway, run again"
        line = measured(workload, "drt-core", len(chosen), simulator.usage(), ends)
        line.lost = wrong_titles(simulator, chosen)
        # An update is two calls: a create that is refused, and the update itself.
        line.note = f"{simulator.usage().hubspot - 2 * len(chosen)} calls more than without the kill"
        return line


def hubspot_creates(setting: Setting, lost_every: int | None) -> Result:
    with setting.serve() as simulator:
        rows = [
            {"email": people.address("drt", index), "lastname": f"New {index}"}
            for index in range(setting.writes)
        ]
        drt = Drt(setting, simulator)
        drt.prepare(HUBSPOT % ("contacts", "email"), rows)
        simulator.lose_create_replies(lost_every)
        end = drt.run()
        workload = f"{len(rows)} creates in HubSpot" + (", replies lost" if lost_every else "")
        line = measured(workload, "drt-core", len(rows), simulator.usage(), [end])
        line.twice, line.lost = people.made(simulator, "contacts", "drt", len(rows))
        line.note = f"every {lost_every}th create's reply" if lost_every else ""
        return line


def deals(setting: Setting, lost_every: int) -> Result:
    """Deals have nothing by which HubSpot itself refuses a second one."""
    with setting.serve() as simulator:
        stage = {"dealstage": "appointmentscheduled", "pipeline": "default"}
        rows = [{"dealname": f"New {index}", **stage} for index in range(setting.writes)]
        drt = Drt(setting, simulator)
        drt.prepare(HUBSPOT % ("deals", "dealname"), rows)
        simulator.lose_create_replies(lost_every)
        end = drt.run()
        workload = f"{len(rows)} deals made in HubSpot, replies lost"
        line = measured(workload, "drt-core", len(rows), simulator.usage(), [end])
        names = [record.fields.get("dealname") for record in simulator.export("deals")]
        wanted = {row["dealname"] for row in rows}
        line.twice = sum(name in wanted for name in names) - len(wanted & set(names))
        line.lost = len(wanted - set(names))
        line.note = f"every {lost_every}th create's reply"
        return line


def salesforce_updates(setting: Setting) -> Result:
    with setting.serve() as simulator:
        chosen = people.on_both_sides(simulator)[: setting.writes]
        rows = [
            {"Id": one.other, "MobilePhone": people.number("drt", index)}
            for index, one in enumerate(chosen)
        ]
        drt = Drt(setting, simulator)
        drt.prepare(SALESFORCE % "update", rows)
        end = drt.run()
        workload = f"{len(rows)} updates to Salesforce"
        line = measured(workload, "drt-core", len(rows), simulator.usage(), [end])
        fields = {record.id: record.fields for record in simulator.export("Contact")}
        line.lost = sum(fields[row["Id"]].get("MobilePhone") != row["MobilePhone"] for row in rows)
        line.note = "one Bulk 2.0 job"
        return line


def salesforce_creates(setting: Setting) -> Result:
    with setting.serve() as simulator:
        rows = [
            {"Email": people.address("drt", index), "LastName": f"New {index}"}
            for index in range(setting.writes)
        ]
        drt = Drt(setting, simulator)
        drt.prepare(SALESFORCE % "insert", rows)
        end = drt.run()
        workload = f"{len(rows)} creates in Salesforce"
        line = measured(workload, "drt-core", len(rows), simulator.usage(), [end])
        line.twice, line.lost = people.made(simulator, "Contact", "drt", len(rows))
        line.note = "one Bulk 2.0 job"
        return line
