"""simple-salesforce against MockSalesforce: what its own documentation shows, and its errors."""

import csv
import datetime
import io
import tempfile

from loopback import LoopbackSession, Steps, equal, ready, refused
from simple_salesforce import Salesforce, SalesforceLogin, format_soql
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceMoreThanOneRecord,
    SalesforceResourceNotFound,
)

org = ready()["salesforce"]
session = LoopbackSession(org["baseURL"])
step = Steps()


def connect(**changes):
    options = {
        "consumer_key": org["clientID"],
        "consumer_secret": org["clientSecret"],
        "domain": "acme.my",
        "session": session,
        "version": "62.0",
    }
    return Salesforce(**{**options, **changes})


sf = connect()
ids = {}


@step("signs in with client credentials and learns its instance")
def _():
    equal(org["baseURL"].endswith(sf.sf_instance), True)


@step("a wrong secret is refused as an OAuth error")
def _():
    try:
        connect(consumer_secret="wrong")
    except SalesforceAuthenticationFailed as error:
        equal(error.code, "invalid_client")
        return
    raise AssertionError("nothing was refused")


@step("a dead session is told from other failures, and a new login helps")
def _():
    dead = Salesforce(session_id="00D!dead", instance="acme.my.salesforce.com", session=session)
    refused(SalesforceExpiredSession, dead.limits, "INVALID_SESSION_ID")
    token, instance = SalesforceLogin(
        consumer_key=org["clientID"],
        consumer_secret=org["clientSecret"],
        domain="acme.my",
        session=session,
    )
    alive = Salesforce(session_id=token, instance=instance, session=session)
    equal("DailyApiRequests" in alive.limits(), True)


@step("describes the org and an object")
def _():
    names = [item["name"] for item in sf.describe()["sobjects"]]
    equal({"Account", "Contact", "Lead", "Opportunity", "Case", "Task", "Event"} - set(names), set())
    fields = {field["name"]: field for field in sf.Contact.describe()["fields"]}
    equal(fields["LastName"]["nillable"], False)
    equal(fields["Email"]["type"], "email")
    equal(sf.Contact.metadata()["objectDescribe"]["keyPrefix"], "003")


@step("tells production from a sandbox")
def _():
    equal(sf.is_sandbox(), False)


@step("creates, reads, changes and deletes a record")
def _():
    made = sf.Contact.create({"LastName": "Roux", "Email": "roux@example.com"})
    equal((made["success"], made["errors"]), (True, []))
    ids["roux"] = made["id"]
    equal(sf.Contact.update(made["id"], {"FirstName": "Ana"}), 204)
    record = sf.Contact.get(made["id"])
    equal((record["Name"], record["IsDeleted"]), ("Ana Roux", False))
    gone = sf.Contact.create({"LastName": "Gone"})["id"]
    equal(sf.Contact.delete(gone), 204)
    refused(SalesforceResourceNotFound, lambda: sf.Contact.delete(gone), "ENTITY_IS_DELETED")


@step("upserts by an external id and reads by it")
def _():
    key = "HubSpot_Record_ID__c"
    equal(sf.Contact.upsert(f"{key}/9001", {"LastName": "Key"}), 201)
    equal(sf.Contact.upsert(f"{key}/9001", {"LastName": "Keyed"}), 200)
    equal(sf.Contact.get_by_custom_id(key, "9001")["LastName"], "Keyed")
    missing = lambda: sf.Contact.get_by_custom_id(key, "none")  # noqa: E731
    refused(SalesforceResourceNotFound, missing, "NOT_FOUND")


@step("what is refused names its code and its fields")
def _():
    create = sf.Contact.create
    missing = refused(SalesforceMalformedRequest, lambda: create({"FirstName": "x"}))
    equal(missing.content[0]["errorCode"], "REQUIRED_FIELD_MISSING")
    equal(missing.content[0]["fields"], ["LastName"])
    for body, code in [
        ({"LastName": "x", "Email": "no"}, "INVALID_EMAIL_ADDRESS"),
        ({"LastName": "x" * 81}, "STRING_TOO_LONG"),
        ({"LastName": "x", "Nope__c": 1}, "INVALID_FIELD"),
        ({"LastName": "x", "AccountId": "001000000000000AAA"}, "INVALID_CROSS_REFERENCE_KEY"),
        ({"LastName": "x", "HubSpot_Record_ID__c": "9001"}, "DUPLICATE_VALUE"),
    ]:
        refused(SalesforceMalformedRequest, lambda body=body: create(body), code)
    refused(SalesforceResourceNotFound, lambda: sf.Nope__c.create({}), "NOT_FOUND")


@step("two records with one e-mail are more than one for an upsert by it")
def _():
    for name in ["One", "Two"]:
        sf.Contact.create({"LastName": name, "Email": "twins@example.com"})
    try:
        sf.Contact.upsert("Email/twins@example.com", {"LastName": "x"})
    except SalesforceMoreThanOneRecord as error:
        equal(len(error.content), 2)
        return
    raise AssertionError("nothing was refused")


@step("queries with quoted values, parents, counts and pages")
def _():
    account = sf.Account.create({"Name": "O'Neil & Sons"})["id"]
    for number in range(450):
        ids.setdefault("page", []).append({"LastName": f"Page {number}", "AccountId": account})
    for start in range(0, 450, 200):
        records = [
            {"attributes": {"type": "Contact"}, **item} for item in ids["page"][start : start + 200]
        ]
        body = {"allOrNone": False, "records": records}
        rows = sf.restful("composite/sobjects", method="POST", json=body)
        equal({row["success"] for row in rows}, {True})
    soql = format_soql(
        "SELECT Id, Account.Name FROM Contact WHERE Account.Name = {name} ORDER BY Id",
        name="O'Neil & Sons",
    )
    small = {"Sforce-Query-Options": "batchSize=200"}
    first = sf.query(soql, headers=small)
    equal((first["totalSize"], first["done"], len(first["records"])), (450, False, 200))
    second = sf.query_more(first["nextRecordsUrl"], identifier_is_url=True)
    equal((second["done"], len(second["records"])), (False, 200))
    equal(len(list(sf.query_all_iter(soql))), 450)
    equal(sf.query_all(soql)["records"][449]["Account"]["Name"], "O'Neil & Sons")
    equal(sf.query("SELECT COUNT() FROM Contact WHERE LastName LIKE 'Page %'")["totalSize"], 450)


@step("deleted records show with include_deleted only")
def _():
    soql = "SELECT Id, IsDeleted FROM Contact WHERE LastName = 'Gone'"
    equal(sf.query(soql)["totalSize"], 0)
    equal(sf.query(soql, include_deleted=True)["records"][0]["IsDeleted"], True)


@step("a query that cannot be run points at its mistake")
def _():
    for soql, code in [
        ("SELECT Nope FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        ("SELECT Id FROM", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE Description = 'x'", "INVALID_FIELD"),
    ]:
        refused(SalesforceMalformedRequest, lambda soql=soql: sf.query(soql), code)


@step("searches for words")
def _():
    found = sf.quick_search("Ana Roux")["searchRecords"]
    equal([item["Id"] for item in found], [ids["roux"]])
    sosl = "FIND {rou*} IN NAME FIELDS RETURNING Contact(Id, LastName WHERE FirstName = 'Ana')"
    equal([item["LastName"] for item in sf.search(sosl)["searchRecords"]], ["Roux"])
    refused(SalesforceMalformedRequest, lambda: sf.search("FIND x"), "MALFORMED_SEARCH")


@step("lists what was updated and deleted between two minutes")
def _():
    now = datetime.datetime.now(datetime.timezone.utc)
    start, end = now - datetime.timedelta(hours=1), now + datetime.timedelta(minutes=2)
    equal(ids["roux"] in sf.Contact.updated(start, end)["ids"], True)
    deleted = sf.Contact.deleted(start, end)
    equal(len(deleted["deletedRecords"]), 1)
    equal("earliestDateAvailable" in deleted, True)


@step("limits, record counts and the usage that every reply tells")
def _():
    limits = sf.limits()["DailyApiRequests"]
    equal(0 < limits["Remaining"] < limits["Max"], True)
    counts = sf.restful("limits/recordCount", params={"sObjects": "Contact"})["sObjects"]
    equal(counts[0]["name"], "Contact")
    sf.limits()
    before = sf.api_usage["api-usage"].used
    sf.Contact.get(ids["roux"])
    sf.limits()
    equal(sf.api_usage["api-usage"].used, before + 2)


@step("one composite makes a parent and its child")
def _():
    base = "/services/data/v62.0/sobjects"
    child = {"LastName": "Child", "AccountId": "@{a1.id}"}
    body = {
        "allOrNone": True,
        "compositeRequest": [
            {"method": "POST", "url": f"{base}/Account", "referenceId": "a1", "body": {"Name": "P"}},
            {"method": "POST", "url": f"{base}/Contact", "referenceId": "c1", "body": child},
        ],
    }
    parts = sf.restful("composite", method="POST", json=body)["compositeResponse"]
    equal([part["httpStatusCode"] for part in parts], [201, 201])
    record = sf.Contact.get(parts[1]["body"]["id"])
    equal(record["AccountId"], parts[0]["body"]["id"])


@step("a bulk insert tells each record's fate")
def _():
    rows = [{"LastName": f"Bulk {number}", "Email": ""} for number in range(250)]
    rows.append({"LastName": "", "Email": "bulk@example.com"})
    jobs = sf.bulk2.Contact.insert(records=rows, wait=0.1)
    equal(
        [(job["numberRecordsTotal"], job["numberRecordsFailed"]) for job in jobs], [(251, 1)]
    )
    job = jobs[0]["job_id"]
    failed = list(csv.DictReader(io.StringIO(sf.bulk2.Contact.get_failed_records(job))))
    equal([row["Email"] for row in failed], ["bulk@example.com"])
    equal(failed[0]["sf__Error"].startswith("REQUIRED_FIELD_MISSING:"), True)
    made = list(csv.DictReader(io.StringIO(sf.bulk2.Contact.get_successful_records(job))))
    equal((len(made), {row["sf__Created"] for row in made}), (250, {"true"}))
    ids["bulk"] = [row["sf__Id"] for row in made]


@step("a bulk update, an upsert and a delete")
def _():
    some = ids["bulk"][:3]
    sf.bulk2.Contact.update(records=[{"Id": id, "Title": "Bulk"} for id in some], wait=0.1)
    equal({sf.Contact.get(id)["Title"] for id in some}, {"Bulk"})
    key = "HubSpot_Record_ID__c"
    rows = [{key: "9001", "LastName": "By key"}, {key: "9002", "LastName": "New"}]
    job = sf.bulk2.Contact.upsert(records=rows, external_id_field=key, wait=0.1)[0]["job_id"]
    made = csv.DictReader(io.StringIO(sf.bulk2.Contact.get_successful_records(job)))
    equal({row[key]: row["sf__Created"] for row in made}, {"9001": "false", "9002": "true"})
    sf.bulk2.Contact.delete(records=[{"Id": id} for id in some], wait=0.1)
    sf.bulk2.Contact.hard_delete(records=[{"Id": ids["bulk"][3]}], wait=0.1)
    soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Bulk %'"
    equal(sf.query(soql)["totalSize"], 246)
    equal(sf.query(soql, include_deleted=True)["totalSize"], 249)


@step("a bulk query brings its result page by page")
def _():
    soql = "SELECT Id, LastName, Account.Name FROM Contact WHERE LastName LIKE 'Page %' ORDER BY Id"
    pages = list(sf.bulk2.Contact.query(soql, max_records=200, wait=0.1))
    lines = [list(csv.reader(io.StringIO(page))) for page in pages]
    equal([len(page) - 1 for page in lines], [200, 200, 50])
    equal(lines[0][0], ["Id", "LastName", "Account.Name"])
    equal(lines[0][1][2], "O'Neil & Sons")
    with tempfile.TemporaryDirectory() as folder:
        files = sf.bulk2.Contact.download(soql, path=folder, max_records=500, wait=0.1)
        equal([item["number_of_records"] for item in files], [450])


@step("layouts, list views and the UI API are reached by their paths")
def _():
    layout = sf.Contact.describe_layout("012000000000000AAA")
    equal(layout["editLayoutSections"][0]["layoutRows"][0]["numItems"], 2)
    views = sf.restful("sobjects/Contact/listviews")["listviews"]
    equal([view["label"] for view in views], ["All Contacts", "New This Week"])
    info = sf.restful("ui-api/object-info/Contact")
    equal(info["fields"]["Email"]["dataType"], "Email")


@step("the first Bulk API inserts, updates and queries in batches")
def _():
    rows = sf.bulk.Contact.insert([{"LastName": "First"}, {"FirstName": "x"}])
    equal([row["success"] for row in rows], [True, False])
    equal(rows[1]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING")
    changed = sf.bulk.Contact.update([{"Id": rows[0]["id"], "Title": "Old"}])
    equal([(row["success"], row["created"]) for row in changed], [(True, False)])
    found = sf.bulk.Contact.query("SELECT Title FROM Contact WHERE LastName = 'First'")
    equal([row["Title"] for row in found], ["Old"])


step.finish()
