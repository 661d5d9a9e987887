"""tap-salesforce against MockSalesforce: discovery, a full and an incremental sync, both APIs."""

import time

from loopback import Steps, equal, ready
from taps import Org

org = Org(ready()["salesforce"])
step = Steps()
rest = org.api


def tap(api):
    return org.tap(api, "true")


catalogs = {}
state = {}
ids = []


@step("records are there to be read")
def _():
    org.sign_in("refresh_token", "refresh_token")
    for number in range(3):
        names = {"LastName": f"Tap {number}", "Email": f"tap{number}@example.com"}
        ids.append(org.make("Contact", **names))


@step("discovery finds the objects, their keys and what makes them incremental")
def _():
    catalogs["REST"] = tap("REST").discover()
    streams = {stream["stream"]: stream for stream in catalogs["REST"]["streams"]}
    equal({"Account", "Contact", "Lead", "Opportunity", "Case"} - set(streams), set())
    contact = streams["Contact"]
    top = next(item for item in contact["metadata"] if item["breadcrumb"] == [])["metadata"]
    equal(top["table-key-properties"], ["Id"])
    equal(top["valid-replication-keys"], ["SystemModstamp"])
    equal("Email" in contact["schema"]["properties"], True)


@step("a full sync brings every record with its fields")
def _():
    records, last = tap("REST").sync(catalogs["REST"], "Contact")
    equal(sorted(item["LastName"] for item in records["Contact"]), ["Tap 0", "Tap 1", "Tap 2"])
    equal(records["Contact"][0]["Email"].endswith("@example.com"), True)
    state.update(last)


@step("a second sync brings what changed and what was deleted since")
def _():
    time.sleep(1.1)
    rest("PATCH", "/sobjects/Contact/" + ids[0], {"Title": "Boss"})
    rest("DELETE", "/sobjects/Contact/" + ids[1])
    records, _ = tap("REST").sync(catalogs["REST"], "Contact", state=dict(state))
    found = {item["Id"]: item for item in records["Contact"]}
    equal((found[ids[0]]["Title"], found[ids[1]]["IsDeleted"]), ("Boss", True))


@step("discovery and a sync through the Bulk API")
def _():
    catalogs["BULK"] = tap("BULK").discover()
    records, _ = tap("BULK").sync(catalogs["BULK"], "Contact")
    found = {item["Id"]: item for item in records["Contact"]}
    equal(set(found) >= {ids[0], ids[2]}, True)
    equal(found[ids[0]]["Title"], "Boss")


step.finish()
