"""pipelinewise-tap-salesforce against MockSalesforce: version 41, REST and the first Bulk API."""

from loopback import Steps, equal, ready
from taps import Org

org = Org(ready()["salesforce"])
step = Steps()
make = org.make
org.sign_in("client_credentials", "client_secret")
ids = [make("Account", Name=f"Acme {number}") for number in range(3)]
ids.append(make("Contact", LastName="Lovelace", AccountId=ids[0]))


def check(api):
    one = org.tap(api, True)
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
