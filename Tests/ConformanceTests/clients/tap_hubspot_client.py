"""tap-hubspot against MockHubSpot: discovery, and the streams of all three generations of the API."""

import time

from loopback import Steps, equal, ready
from taps import Portal, Tap

portal = ready()["hubspot"]
step = Steps()
beside = Portal(portal)
api, make = beside.api, beside.make
config = {
    "redirect_uri": "https://localhost",
    "client_id": portal["clientID"],
    "client_secret": portal["clientSecret"],
    "refresh_token": portal["refreshToken"],
    "start_date": "2020-01-01T00:00:00Z",
}
tap = Tap("tap_hubspot", config, {"api.hubapi.com": portal["baseURL"]})
ids = {}
found = {}
last = {}


@step("records of every kind are there to be read")
def _():
    for number in range(3):
        ids[f"c{number}"] = make("contacts", email=f"tap{number}@example.com", city="Oslo")
    ids["company"] = make("companies", name="Acme", domain="acme.test")
    ids["deal"] = make("deals", dealname="Big", amount="12.5", dealstage="closedwon")
    ids["ticket"] = make("tickets", subject="Help", hs_pipeline_stage="1")
    ids["note"] = make("notes", hs_timestamp="2026-11-22T10:00:00Z", hs_note_body="Called")
    tie = "/crm/v4/objects/{}/{}/associations/default/{}/{}"
    api("PUT", tie.format("contacts", ids["c0"], "companies", ids["company"]))
    api("PUT", tie.format("deals", ids["deal"], "contacts", ids["c0"]))
    branch = {
        "filterBranchType": "OR",
        "filterBranches": [
            {
                "filterBranchType": "AND",
                "filters": [
                    {
                        "filterType": "PROPERTY",
                        "property": "city",
                        "operation": {"operator": "IS_EQUAL_TO", "values": ["oslo"]},
                    }
                ],
            }
        ],
        "filters": [],
    }
    body = {"name": "Oslo", "objectTypeId": "0-1", "processingType": "DYNAMIC"}
    ids["list"] = api("POST", "/crm/v3/lists/", {**body, "filterBranch": branch})["list"]["listId"]
    schema = {
        "name": "car",
        "labels": {"singular": "Car", "plural": "Cars"},
        "primaryDisplayProperty": "model",
        "requiredProperties": ["model"],
        "properties": [{"name": "model", "label": "M", "type": "string", "fieldType": "text"}],
        "associatedObjects": ["CONTACT"],
    }
    api("POST", "/crm/v3/schemas", schema)
    ids["car"] = make("p_car", model="T")


@step("discovery finds the streams, a custom object among them")
def _():
    found.update(tap.discover())
    streams = {stream["stream"]: stream for stream in found["streams"]}
    wanted = {"contacts", "companies", "deals", "tickets", "owners", "engagements", "car"}
    equal(wanted - set(streams), set())
    equal("property_city" in streams["contacts"]["schema"]["properties"], True)
    equal("property_amount" in streams["deals"]["schema"]["properties"], True)


@step("contacts and tickets come with their properties, over v3 and v4")
def _():
    records, state = tap.sync(found, "contacts", "tickets")
    last.update(state)
    mails = sorted(item["property_email"] for item in records["contacts"])
    equal(mails, [f"tap{number}@example.com" for number in range(3)])
    equal([item["property_subject"] for item in records["tickets"]], ["Help"])


@step("companies with their contacts, over v2 and v3")
def _():
    records, _ = tap.sync(found, "companies", "contacts_by_company")
    equal([item["property_name"]["value"] for item in records["companies"]], ["Acme"])
    pairs = [(item["company-id"], item["contact-id"]) for item in records["contacts_by_company"]]
    equal([tuple(map(str, pair)) for pair in pairs], [(ids["company"], ids["c0"])])


@step("deals with their pipelines, over v1")
def _():
    records, _ = tap.sync(found, "deals", "deal_pipelines")
    deal = records["deals"][0]
    equal((str(deal["dealId"]), deal["property_dealname"]["value"]), (ids["deal"], "Big"))
    equal([str(id) for id in deal["associations"]["associatedVids"]], [ids["c0"]])
    equal(len(records["deal_pipelines"][0]["stages"]), 7)


@step("owners, lists with their members, activities and a custom object")
def _():
    streams = ["owners", "contact_lists", "list_memberships", "engagements", "car"]
    records, _ = tap.sync(found, *streams)
    equal(len(records["owners"]), 2)
    equal({item["listId"] for item in records["contact_lists"]}, {ids["list"]})
    members = {str(item["recordId"]) for item in records["list_memberships"]}
    equal(members, {ids["c0"], ids["c1"], ids["c2"]})
    equal([item["engagement"]["type"] for item in records["engagements"]], ["NOTE"])
    equal([item["property_model"] for item in records["car"]], ["T"])


@step("forms with their submissions, and the streams of marketing e-mails to their end")
def _():
    field = {"objectTypeId": "0-1", "name": "email", "required": True, "fieldType": "email"}
    body = {
        "formType": "hubspot",
        "name": "Demo",
        "fieldGroups": [{"groupType": "default_group", "fields": [field]}],
        "configuration": {"postSubmitAction": {"type": "thank_you", "value": "Thanks"}},
        "displayOptions": {},
        "legalConsentOptions": {"type": "none"},
    }
    form = api("POST", "/marketing/v3/forms", body)["id"]
    for number in range(60):
        values = [{"name": "email", "value": f"form{number % 3}@example.com"}]
        path = f"/submissions/v3/integration/secure/submit/9900001/{form}"
        api("POST", path, {"fields": values})
    recent = time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime(time.time() - 2 * 86400))
    streams = ["email_events", "subscription_changes"]
    state = {"bookmarks": {stream: {"startTimestamp": recent} for stream in streams}}
    streams += ["forms", "form_submissions", "campaigns"]
    records, _ = tap.sync(found, *streams, state=state)
    equal([item["guid"] for item in records["forms"]], [form])
    equal(len({item["conversionId"] for item in records["form_submissions"]}), 60)
    mails = {item["values"][0]["value"] for item in records["form_submissions"]}
    equal(len(mails), 3)
    equal([len(records[stream]) for stream in ["email_events", "campaigns"]], [0, 0])


@step("a second sync brings only what changed since")
def _():
    time.sleep(1.1)
    change = {"properties": {"city": "Rome"}}
    api("PATCH", f"/crm/v3/objects/contacts/{ids['c1']}", change)
    records, _ = tap.sync(found, "contacts", state=dict(last))
    equal(ids["c1"] in [str(item["id"]) for item in records["contacts"]], True)
    changed = next(item for item in records["contacts"] if str(item["id"]) == ids["c1"])
    equal(changed["property_city"], "Rome")


step.finish()
