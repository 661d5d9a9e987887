"""pipelinewise-tap-salesforce against MockSalesforce: version 41, REST and the first Bulk API."""

import requests
from loopback import Steps, equal, ready
from taps import Tap

org = ready()["salesforce"]
step = Steps()
plain = requests.Session()
plain.trust_env = False


def tap(api):
    config = {
        "client_id": org["clientID"],
        "client_secret": org["clientSecret"],
        "refresh_token": org["refreshToken"],
        "start_date": "2020-01-01T00:00:00Z",
        "api_type": api,
        "select_fields_by_default": True,
    }
    return Tap("tap_salesforce", config, {"salesforce.com": org["baseURL"]})


def make(object, **fields):
    form = {
        "grant_type": "client_credentials",
        "client_id": org["clientID"],
        "client_secret": org["clientSecret"],
    }
    token = plain.post(org["baseURL"] + "/services/oauth2/token", data=form).json()
    reply = plain.post(
        f"{org['baseURL']}/services/data/v62.0/sobjects/{object}",
        json=fields,
        headers={"Authorization": "Bearer " + token["access_token"]},
    )
    reply.raise_for_status()
    return reply.json()["id"]


ids = [make("Account", Name=f"Acme {number}") for number in range(3)]
ids.append(make("Contact", LastName="Lovelace", AccountId=ids[0]))


def check(api):
    one = tap(api)
    catalog = one.discover()
    records, state = one.sync(catalog, "Account", "Contact")
    equal({item["Id"] for item in records["Account"]}, set(ids[:3]))
    equal([item["LastName"] for item in records["Contact"]], ["Lovelace"])
    equal(records["Contact"][0]["AccountId"], ids[0])
    equal("Account" in state["bookmarks"], True)


@step("discovery and a sync over REST")
def _():
    check("REST")


@step("discovery and a sync over the first Bulk API, within the limits that it reads")
def _():
    check("BULK")


step.finish()
