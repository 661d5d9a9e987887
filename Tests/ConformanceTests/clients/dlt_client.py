"""dlt against both mocks: its rest_api source over HubSpot's links, and Salesforce in bulk.

dlt's verified source for Salesforce is no package: this reads as it does, every field but compounds,
in JSON of the first Bulk API, in the order of the stamps, with times divided by 1,000.
"""

import os
import tempfile
import time
from datetime import UTC, datetime

from loopback import LoopbackSession, Steps, equal, ready
from simple_salesforce import Salesforce
from taps import Org, Portal

folder = tempfile.TemporaryDirectory()
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "CRITICAL"
os.environ["DLT_DATA_DIR"] = folder.name

import dlt  # noqa: E402 (it reads its environment when it is imported)
from dlt.sources.rest_api import rest_api_source  # noqa: E402

step = Steps()
portal = ready()["hubspot"]
beside = Portal(portal)
org = Org(ready()["salesforce"])
ids = {}


def load(name, source):
    destination = dlt.destinations.duckdb(os.path.join(folder.name, name + ".duckdb"))
    pipeline = dlt.pipeline(name, destination=destination, dataset_name="crm")
    pipeline.run(source).raise_on_failed_jobs()
    return pipeline


def select(pipeline, query):
    with pipeline.sql_client() as client:
        return client.execute_sql(query)


def hubspot(*resources):
    return rest_api_source(
        {
            "client": {
                "base_url": portal["baseURL"],
                "auth": {"type": "bearer", "token": portal["token"]},
                "paginator": {"type": "json_link", "next_url_path": "paging.next.link"},
            },
            "resource_defaults": {"primary_key": "id", "write_disposition": "merge"},
            "resources": list(resources),
        }
    )


def resource(name, path, limit, **more):
    """`limit`: small, so that there are many pages."""
    params = {"limit": limit, **more.pop("params", {})}
    endpoint = {"path": path, "params": params, "data_selector": "results", **more}
    return {"name": name, "endpoint": endpoint}


@step("records of every kind are there to be read")
def _():
    ids["contacts"] = [beside.make("contacts", email=f"dlt{n}@example.com") for n in range(23)]
    ids["companies"] = [beside.make("companies", name=f"Dlt {n}") for n in range(11)]
    ids["deals"] = [
        beside.make("deals", dealname=f"Deal {n}", amount=f"{n}.5", dealstage="closedwon")
        for n in range(7)
    ]
    tie = "/crm/v4/objects/contacts/{}/associations/default/companies/{}"
    for company in ids["companies"]:
        beside.api("PUT", tie.format(ids["contacts"][0], company))
    body = {"name": "Static", "objectTypeId": "0-1", "processingType": "MANUAL"}
    ids["list"] = beside.api("POST", "/crm/v3/lists/", body)["list"]["listId"]
    beside.api("PUT", f"/crm/v3/lists/{ids['list']}/memberships/add", ids["contacts"])


@step("every page of every object is loaded by its link")
def _():
    pipeline = load(
        "objects",
        hubspot(
            resource("contacts", "crm/v3/objects/contacts", 5, params={"properties": "email"}),
            resource("companies", "crm/v3/objects/companies", 3, params={"properties": "name"}),
            resource("deals", "crm/v3/objects/deals", 2, params={"properties": "amount"}),
        ),
    )
    for name in ["contacts", "companies", "deals"]:
        found = select(pipeline, f"SELECT id FROM {name}")
        equal(sorted(row[0] for row in found), sorted(ids[name]))
    emails = select(pipeline, "SELECT properties__email FROM contacts")
    equal({row[0] for row in emails}, {f"dlt{n}@example.com" for n in range(23)})
    amounts = select(pipeline, "SELECT properties__amount FROM deals")
    equal(sorted(row[0] for row in amounts), [f"{n}.5" for n in range(7)])


@step("members of a list, owners and associations come by their links as well")
def _():
    members = f"crm/v3/lists/{ids['list']}/memberships"
    ties = f"crm/v4/objects/contacts/{ids['contacts'][0]}/associations/companies"
    sources = hubspot(
        {**resource("members", members, 4), "primary_key": "recordId"},
        {**resource("joined", members + "/join-order", 4), "primary_key": "recordId"},
        {**resource("ties", ties, 2), "primary_key": "toObjectId"},
        resource("owners", "crm/v3/owners", 1),
    )
    pipeline = load("lists", sources)
    for name in ["members", "joined"]:
        found = select(pipeline, f"SELECT record_id FROM {name}")
        equal(sorted(str(row[0]) for row in found), sorted(ids["contacts"]))
    found = select(pipeline, "SELECT to_object_id FROM ties")
    equal(sorted(str(row[0]) for row in found), sorted(ids["companies"]))
    owners = beside.api("GET", "/crm/v3/owners")["results"]
    found = select(pipeline, "SELECT id FROM owners")
    equal(sorted(row[0] for row in found), sorted(owner["id"] for owner in owners))


@step("each contact's own companies are asked for by a dependent resource")
def _():
    name = "companies_of"
    path = "crm/v4/objects/contacts/{resources.contacts.id}/associations/companies"
    child = {**resource(name, path, 2), "primary_key": "toObjectId"}
    pipeline = load("tied", hubspot(resource("contacts", "crm/v3/objects/contacts", 10), child))
    equal(len(select(pipeline, f"SELECT to_object_id FROM {name}")), len(ids["companies"]))


@step("a second load merges what changed and doubles nothing")
def _():
    contact = ids["contacts"][0]
    beside.api("PATCH", f"/crm/v3/objects/contacts/{contact}", {"properties": {"city": "Oslo"}})
    params = {"properties": "email,city"}
    pipeline = load(
        "objects", hubspot(resource("contacts", "crm/v3/objects/contacts", 5, params=params))
    )
    found = select(pipeline, "SELECT id, properties__city FROM contacts")
    equal(len(found), len(ids["contacts"]))
    equal(dict(found)[contact], "Oslo")


def seconds(record, names):
    """Times of the Bulk API's JSON, as text."""
    for name in names:
        if record[name]:
            record[name] = datetime.fromtimestamp(record[name] / 1000, UTC).isoformat()
    return record


def salesforce(sf, name, since):
    fields = getattr(sf, name).describe()["fields"]
    compounds = {field["compoundFieldName"] for field in fields} - {"Name", None}
    names = [field["name"] for field in fields if field["name"] not in compounds]
    times = [field["name"] for field in fields if field["type"] == "datetime"]
    where = f"WHERE SystemModstamp > {since}" if since else ""
    soql = f"SELECT {', '.join(names)} FROM {name} {where} ORDER BY SystemModstamp ASC"
    for page in getattr(sf.bulk, name).query_all(soql, lazy_operation=True):
        for record in page:
            record.pop("attributes", None)
            yield seconds(record, times)


@dlt.source(name="salesforce")
def bulk(sf, *names):
    for name in names:

        @dlt.resource(name=name, primary_key="Id", write_disposition="merge")
        def read(
            name=name,
            stamp=dlt.sources.incremental("SystemModstamp", initial_value=None),  # noqa: B008
        ):
            yield from salesforce(sf, name, stamp.last_value)

        yield read


def connect():
    return Salesforce(
        consumer_key=org.org["clientID"],
        consumer_secret=org.org["clientSecret"],
        domain="acme.my",
        session=LoopbackSession(org.base),
        version="62.0",
    )


@step("the objects that its source loads come in bulk with every field but compounds")
def _():
    org.sign_in("refresh_token", "refresh_token")
    account = org.make("Account", Name="Dlt", BillingCity="Oslo")
    for number in range(5):
        name = {"LastName": f"Dlt {number}", "AccountId": account, "Birthdate": "1990-02-03"}
        ids[number] = org.make("Contact", **name)
    names = {"Name": "Dlt", "StageName": "Closed Won", "CloseDate": "2026-12-01"}
    deal = org.make("Opportunity", **names)
    product = org.make("Product2", Name="Widget", IsActive=True)
    book = org.api("GET", "/query?q=SELECT Id FROM Pricebook2")["records"][0]["Id"]
    price = {"Pricebook2Id": book, "Product2Id": product, "UnitPrice": 5, "IsActive": True}
    entry = {"PricebookEntryId": org.make("PricebookEntry", **price)}
    org.make("OpportunityLineItem", OpportunityId=deal, Quantity=5, UnitPrice=2.5, **entry)
    org.make("Task", Subject="Call", WhoId=ids[0])
    start = {"StartDateTime": "2026-12-01T10:00:00Z", "DurationInMinutes": 30}
    org.make("Event", Subject="Meet", WhoId=ids[0], **start)
    names = ["Account", "Contact", "Lead", "Opportunity", "OpportunityContactRole", "User"]
    names += ["UserRole", "Campaign", "CampaignMember", "Product2", "Pricebook2"]
    names += ["PricebookEntry", "OpportunityLineItem", "Task", "Event"]
    pipeline = load("salesforce", bulk(connect(), *names))
    found = select(pipeline, "SELECT id, last_name, account_id FROM contact ORDER BY last_name")
    equal(found, [(ids[number], f"Dlt {number}", account) for number in range(5)])
    equal(select(pipeline, "SELECT billing_city FROM account"), [("Oslo",)])
    found = select(pipeline, "SELECT stage_name, is_won, amount FROM opportunity")
    equal(found, [("Closed Won", True, 12.5)])
    found = select(pipeline, "SELECT name, total_price, product2_id FROM opportunity_line_item")
    equal(found, [("Dlt Widget", 12.5, product)])
    equal(select(pipeline, "SELECT is_standard FROM pricebook2"), [(True,)])
    stamp = select(pipeline, "SELECT start_date_time FROM event")[0][0]
    equal(stamp.astimezone(UTC), datetime(2026, 12, 1, 10, tzinfo=UTC))
    ids["users"] = len(select(pipeline, "SELECT id FROM user"))
    equal(ids["users"] > 0, True)


@step("a second load brings what was changed since, by the stamp")
def _():
    # Stamps are whole seconds, and the source asks for what is after the last one.
    time.sleep(1)
    org.api("PATCH", "/sobjects/Contact/" + ids[1], {"Title": "Boss"})
    pipeline = load("salesforce", bulk(connect(), "Contact"))
    found = select(pipeline, "SELECT id, title FROM contact ORDER BY last_name")
    equal([row[1] for row in found], [None, "Boss", None, None, None])


step.finish()
