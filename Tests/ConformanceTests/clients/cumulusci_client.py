"""CumulusCI against MockSalesforce: an org from its environment, data sets in and out of it.

Its commands are run as they were published; what they send to the org's domain comes here.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from loopback import Steps, equal, ready
from taps import Org

org = Org(ready()["salesforce"])
step = Steps()
home = tempfile.TemporaryDirectory()
project = Path(home.name, "project")

DOMAIN = "https://acme.my.salesforce.com"

MAPPING = """\
Accounts:
  sf_object: Account
  table: accounts
  api: {api}
  fields: {{Name: Name, Industry: Industry, NumberOfEmployees: NumberOfEmployees}}
Contacts:
  sf_object: Contact
  table: contacts
  api: {api}
  fields: {{LastName: LastName, Email: Email}}
  lookups: {{AccountId: {{table: accounts}}}}
"""

UPSERT = """\
Contacts:
  sf_object: Contact
  table: contacts
  api: {api}
  action: upsert
  update_key: HubSpot_Record_ID__c
  fields: {{LastName: LastName, HubSpot_Record_ID__c: HubSpot_Record_ID__c}}
"""


def connection():
    """What a user sets in the environment of a build to name an org."""
    user = org.api("GET", "/query?q=SELECT Username FROM User LIMIT 1")["records"][0]
    app = {"client_id": org.org["clientID"], "client_secret": org.org["clientSecret"]}
    config = {
        "instance_url": DOMAIN,
        "access_token": org.session.headers["Authorization"].removeprefix("Bearer "),
        "refresh_token": org.org["refreshToken"],
        "username": user["Username"],
        "connected_app": "env",
        **app,
    }
    urls = {
        "callback_url": "http://localhost:8080/callback",
        "login_url": "https://login.salesforce.com",
    }
    service = {**app, **urls}
    return {
        "CUMULUSCI_ORG_mock": json.dumps(config),
        "CUMULUSCI_SERVICE_connected_app": json.dumps(service),
    }


def cci(*arguments):
    script = str(Path(__file__).with_name("run_tap.py"))
    redirect = "salesforce.com=" + org.base
    done = subprocess.run(
        [sys.executable, script, "cumulusci.cli.cci", redirect, "--", *arguments],
        cwd=project,
        env={**os.environ, **environment, "HOME": home.name, "CUMULUSCI_KEY": "0123456789abcdef"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode != 0:
        raise AssertionError("cci failed: " + (done.stdout + done.stderr)[-1500:])
    return done.stdout


def dump(path, script):
    """Writes a data set as CumulusCI keeps it: the SQL that makes a SQLite file."""
    database = sqlite3.connect(":memory:")
    database.executescript(script)
    Path(project, path).write_text("\n".join(database.iterdump()))


def rows(path, query):
    database = sqlite3.connect(":memory:")
    database.executescript(Path(project, path).read_text())
    return database.execute(query).fetchall()


def data(task, api, mapping, path):
    Path(project, "mapping.yml").write_text(mapping.format(api=api))
    names = ["--mapping", "mapping.yml", "--sql_path", path]
    return cci("task", "run", task, "--org", "mock", *names)


def select(soql):
    return org.api("GET", "/query?q=" + soql)["records"]


# Token replies name the org's domain as a real org's do: the client asks nothing but https.
settings = {"salesforce": {"settings": {"instanceURL": DOMAIN}}}
org.session.patch(org.base + "/_control/settings", json=settings).raise_for_status()
org.sign_in("refresh_token", "refresh_token")
environment = connection()
project.mkdir()
Path(project, "cumulusci.yml").write_text(
    "project: {name: T, package: {name: T, api_version: '62.0'}}\n"
)
subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
# It would ask PyPI for a newer version of itself.
Path(home.name, ".cumulusci").mkdir()
Path(home.name, ".cumulusci", "cumulus_timestamp").write_text(str(time.time()))


@step("org info refreshes the token and tells who and what it is")
def _():
    info = json.loads(cci("org", "info", "mock", "--json"))
    equal(info["id"].split("/")[-2], info["userinfo"]["organization_id"])
    equal((info["org_type"], info["is_sandbox"]), ("Enterprise Edition", False))
    equal(info["instance_url"], DOMAIN)
    equal(info["username"], json.loads(environment["CUMULUSCI_ORG_mock"])["username"])


def round_trip(api, prefix):
    accounts = ", ".join(
        f"('{number}', '{prefix} {number} ü', 'Energy', {number})" for number in range(1, 4)
    )
    contacts = ", ".join(
        f"('{number}', 'Person {number}', '{prefix}{number}@example.com', '{number % 3 + 1}')"
        for number in range(1, 251)
    )
    dump(
        "in.sql",
        "CREATE TABLE accounts (id TEXT PRIMARY KEY, Name TEXT, Industry TEXT, "
        "NumberOfEmployees TEXT);"
        "CREATE TABLE contacts (id TEXT PRIMARY KEY, LastName TEXT, Email TEXT, AccountId TEXT);"
        f"INSERT INTO accounts VALUES {accounts}; INSERT INTO contacts VALUES {contacts};",
    )
    data("load_dataset", api, MAPPING, "in.sql")
    soql = f"SELECT Name, NumberOfEmployees FROM Account WHERE Name LIKE '{prefix} %25'"
    made = select(soql + " ORDER BY Name")
    equal([item["Name"] for item in made], [f"{prefix} {number} ü" for number in range(1, 4)])
    equal([item["NumberOfEmployees"] for item in made], [1, 2, 3])
    tied = select(f"SELECT Account.Name FROM Contact WHERE Email = '{prefix}10@example.com'")
    equal(tied[0]["Account"]["Name"], f"{prefix} 2 ü")
    data("extract_dataset", api, MAPPING, "out.sql")
    query = (
        "SELECT c.LastName, a.Name, a.Industry FROM contacts c "
        f"JOIN accounts a ON a.id = c.AccountId WHERE c.Email LIKE '{prefix}%@example.com'"
    )
    found = sorted(rows("out.sql", query))
    expected = [
        (f"Person {number}", f"{prefix} {number % 3 + 1} ü", "Energy") for number in range(1, 251)
    ]
    equal(found, sorted(expected))


@step("a data set goes in and out over REST")
def _():
    round_trip("rest", "rest")


@step("a data set goes in and out through the Bulk API")
def _():
    round_trip("bulk", "bulk")


@step("an upsert by an external id changes what is there and makes the rest")
def _():
    for api in ["rest", "bulk"]:
        key = f"cci-{api}"
        there = org.make("Contact", LastName="Old", HubSpot_Record_ID__c=key + "-1")
        dump(
            "upsert.sql",
            "CREATE TABLE contacts (id TEXT PRIMARY KEY, LastName TEXT, HubSpot_Record_ID__c TEXT);"
            f"INSERT INTO contacts VALUES ('1', 'New', '{key}-1'), ('2', 'Made', '{key}-2');",
        )
        data("load_dataset", api, UPSERT, "upsert.sql")
        soql = "SELECT Id, LastName FROM Contact WHERE HubSpot_Record_ID__c LIKE '{}-%25'"
        found = {item["LastName"]: item["Id"] for item in select(soql.format(key))}
        equal((set(found), found["New"]), ({"New", "Made"}, there))


@step("records are deleted by a condition")
def _():
    names = ["--objects", "Contact", "--where", "Email LIKE 'bulk%@example.com'"]
    cci("task", "run", "delete_data", "--org", "mock", *names)
    soql = "SELECT count() FROM Contact WHERE Email LIKE '{}%25@example.com'"
    for prefix, count in [("bulk", 0), ("rest", 250)]:
        found = org.api("GET", "/query?q=" + soql.format(prefix))["totalSize"]
        equal((prefix, found), (prefix, count))


step.finish()
