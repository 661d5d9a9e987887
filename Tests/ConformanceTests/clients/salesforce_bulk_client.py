"""salesforce-bulk against MockSalesforce: the first Bulk API in XML, signed in over SOAP."""

import csv
import io
import json
import time
from urllib.parse import urlsplit, urlunsplit

from loopback import Steps, equal, ready
from requests.adapters import HTTPAdapter
from salesforce_bulk import BulkApiError, CsvDictsAdapter, SalesforceBulk
from salesforce_bulk.salesforce_bulk import BulkBatchFailed

org = ready()["salesforce"]
base = urlsplit(org["baseURL"])
step = Steps()
send = HTTPAdapter.send


def send_here(adapter, request, **options):
    """The client asks https://…: the mock answers plain http on this machine."""
    parts = urlsplit(request.url)
    request.url = urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))
    return send(adapter, request, **options)


HTTPAdapter.send = send_here
ids = {}


def connect(**changes):
    options = {name: org[name] for name in ["username", "password"]}
    options["security_token"] = org["securityToken"]
    return SalesforceBulk(**{**options, "API_version": "62.0", **changes})


bulk = connect()


def finish(job, batch):
    bulk.wait_for_batch(job, batch, timeout=30, sleep_interval=0.1)
    bulk.close_job(job)
    return batch


def load(job, rows):
    return finish(job, bulk.post_batch(job, CsvDictsAdapter(iter(rows))))


def select(soql, **options):
    job = bulk.create_query_job("Contact", **options)
    batch = finish(job, bulk.query(job, soql))
    return b"".join(piece.read() for piece in bulk.get_all_results_for_query_batch(batch))


@step("signs in over SOAP with user name, password and security token")
def _():
    equal(bulk.sessionId.startswith("00D"), True)
    equal(urlsplit(bulk.endpoint).netloc, base.netloc)


@step("a wrong password is refused as a SOAP fault")
def _():
    try:
        connect(password="wrong")
    except Exception as error:  # simple-salesforce's own, which the client passes on.
        equal(type(error).__name__, "SalesforceAuthenticationFailed")
        equal(error.code, "INVALID_LOGIN")
        return
    raise AssertionError("nothing was refused")


@step("inserts rows as CSV and learns each one's fate")
def _():
    job = bulk.create_insert_job("Contact", contentType="CSV", concurrency="Parallel")
    rows = [{"LastName": f"Bulk {number}"} for number in range(20)] + [{"LastName": ""}]
    results = bulk.get_batch_results(load(job, rows))
    equal([row.success for row in results], ["true"] * 20 + ["false"])
    equal(results[-1].error.startswith("REQUIRED_FIELD_MISSING:"), True)
    ids["bulk"] = [row.id for row in results[:20]]
    status = bulk.job_status(job)
    equal((status["state"], status["numberBatchesCompleted"]), ("Closed", "1"))
    equal((status["numberRecordsProcessed"], status["numberRecordsFailed"]), ("21", "1"))


@step("upserts by an external id, updates and deletes")
def _():
    job = bulk.create_upsert_job("Contact", external_id_name="HubSpot_Record_ID__c")
    result = bulk.get_batch_results(load(job, [{"LastName": "Key", "HubSpot_Record_ID__c": "1"}]))
    equal(result[0].created, "true")
    load(bulk.create_update_job("Contact"), [{"Id": ids["bulk"][0], "Title": "Bulk"}])
    equal(b"Bulk" in select("SELECT Title FROM Contact WHERE Title != null"), True)
    load(bulk.create_delete_job("Contact"), [{"Id": ids["bulk"][1]}])
    equal(len(select("SELECT Id FROM Contact").splitlines()), 1 + 20)


@step("queries in CSV, in JSON and in XML")
def _():
    soql = "SELECT Id, LastName FROM Contact WHERE LastName = 'Bulk 5'"
    rows = list(csv.DictReader(io.StringIO(select(soql).decode())))
    equal(rows, [{"Id": ids["bulk"][5], "LastName": "Bulk 5"}])
    equal([row["LastName"] for row in json.loads(select(soql, contentType="JSON"))], ["Bulk 5"])
    equal(b"<LastName>Bulk 5</LastName>" in select(soql, contentType="XML"), True)


@step("a query is worked off in chunks of ids")
def _():
    job = bulk.create_query_job("Contact", pk_chunking=8)
    bulk.query(job, "SELECT Id FROM Contact")
    deadline = time.monotonic() + 30
    while True:
        batches = bulk.get_batch_list(job)
        if {item["state"] for item in batches} == {"NotProcessed", "Completed"}:
            break
        equal(time.monotonic() < deadline, True)
        time.sleep(0.1)
    equal(sum(int(item["numberRecordsProcessed"]) for item in batches), 20)


@step("a job is aborted, and takes no more data")
def _():
    job = bulk.create_insert_job("Contact")
    bulk.abort_job(job)
    equal(bulk.job_state(job), "Aborted")
    try:
        bulk.post_batch(job, CsvDictsAdapter(iter([{"LastName": "x"}])))
    except BulkApiError as error:
        equal((error.status_code, "InvalidJobState" in str(error)), (400, True))
        return
    raise AssertionError("nothing was refused")


@step("what is refused comes as XML; a query that cannot be run fails its batch")
def _():
    try:
        bulk.create_insert_job("Nope")
    except BulkApiError as error:
        equal("<exceptionCode>InvalidJob</exceptionCode>" in str(error), True)
    job = bulk.create_query_job("Contact")
    batch = bulk.query(job, "SELECT Nope FROM Contact")
    try:
        bulk.wait_for_batch(job, batch, timeout=30, sleep_interval=0.1)
    except BulkBatchFailed as error:
        equal(("InvalidBatch" in error.state_message, error.state), (True, "Failed"))
        return
    raise AssertionError("nothing was refused")


@step("a dead session is told in the words of this API")
def _():
    dead = SalesforceBulk(sessionId="00D!dead", host=base.netloc, API_version="62.0")
    try:
        dead.create_insert_job("Contact")
    except BulkApiError as error:
        equal((error.status_code, "InvalidSessionId" in str(error)), (400, True))
        return
    raise AssertionError("nothing was refused")


step.finish()
