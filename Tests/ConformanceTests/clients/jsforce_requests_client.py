"""What jsforce 3 sends, request by request, as its published source has it: Node is not needed.

jsforce itself signs in over SOAP at version 50, asks for collections, both Bulk APIs and CometD
through faye, and signs out over SOAP.
"""

import json
import re
import time
from urllib.parse import quote

import requests
from loopback import Steps, equal, ready

org = ready()["salesforce"]
step = Steps()
http = requests.Session()
http.trust_env = False
at = {"version": "50.0"}


def soap(header, body):
    envelope = (
        '<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<se:Header>{header}</se:Header><se:Body>{body}</se:Body></se:Envelope>"
    ).replace("<se:Header></se:Header>", "<se:Header/>")
    return http.post(
        f"{at.get('instance', org['baseURL'])}/services/Soap/u/{at['version']}",
        data=envelope,
        headers={"Content-Type": "text/xml", "SOAPAction": '""'},
    )


def rest(method, path, body=None, **headers):
    base = f"{at['instance']}/services/data/v{at['version']}"
    url = path if path.startswith("http") else base + path
    headers["Authorization"] = "Bearer " + at["token"]
    if body is not None:
        headers["content-type"] = "application/json"
        body = json.dumps(body)
    return http.request(method, url, data=body, headers=headers)


def ok(reply, status=200):
    equal((reply.status_code, reply.text[:300] if reply.status_code != status else ""), (status, ""))
    return reply.json() if reply.content else None


@step("login over SOAP: the four values that the client looks for")
def _():
    body = (
        '<login xmlns="urn:partner.soap.sforce.com">'
        f"<username>{org['username']}</username>"
        f"<password>{org['password']}{org['securityToken']}</password></login>"
    )
    reply = soap("", body)
    equal(reply.status_code, 200)
    names = ["serverUrl", "sessionId", "userId", "organizationId"]
    found = {name: re.search(f"<{name}>([^<]+)</{name}>", reply.text)[1] for name in names}
    at["instance"] = "/".join(found["serverUrl"].split("/")[:3])
    at["token"] = found["sessionId"]
    at["identity"] = "/".join([org["baseURL"], "id", found["organizationId"], found["userId"]])
    at["user"] = found["userId"]


@step("identity with the token in the query too, resources, describes, limits, recent records")
def _():
    url = at["identity"] + "?format=json&oauth_token=" + quote(at["token"], safe="")
    equal(ok(rest("GET", url))["user_id"], at["user"])
    equal(ok(rest("GET", ""))["identity"].endswith(at["user"]), True)
    reply = rest("GET", "/sobjects")
    names = {item["name"] for item in ok(reply)["sobjects"]}
    equal({"Account", "Contact"} - names, set())
    equal(bool(re.match(r"api-usage=(\d+)/(\d+)", reply.headers["sforce-limit-info"])), True)
    fields = ok(rest("GET", "/sobjects/Account/describe"))["fields"]
    at["fields"] = [field["name"] for field in fields]
    equal("DailyApiRequests" in ok(rest("GET", "/limits")), True)
    equal(ok(rest("GET", "/recent?limit=5")), [])
    equal("recentItems" in ok(rest("GET", "/sobjects/Account")), True)


@step("one record: create, retrieve, update, upsert, destroy")
def _():
    made = ok(rest("POST", "/sobjects/Account", {"Name": "Acme #1"}), 201)
    equal(made["success"], True)
    path = f"/sobjects/Account/{made['id']}"
    ok(rest("PATCH", path, {"Phone": "1"}), 204)
    equal(ok(rest("GET", path + "?fields=Name,Phone"))["Phone"], "1")
    ok(rest("DELETE", path), 204)
    gone = rest("GET", path)
    equal((gone.status_code, gone.json()[0]["errorCode"]), (404, "NOT_FOUND"))


@step("many records: collections with every field of the describe")
def _():
    records = [{"attributes": {"type": "Account"}, "Name": f"Many {number}"} for number in range(5)]
    body = {"allOrNone": False, "records": records}
    made = ok(rest("POST", "/composite/sobjects", body))
    at["ids"] = [item["id"] for item in made]
    body = {"ids": at["ids"], "fields": at["fields"]}
    read = ok(rest("POST", "/composite/sobjects/Account", body))
    equal([item["Name"] for item in read], [record["Name"] for record in records])
    records = [{"id": id, "attributes": {"type": "Account"}, "Phone": "2"} for id in at["ids"]]
    changed = ok(rest("PATCH", "/composite/sobjects", {"allOrNone": True, "records": records}))
    equal({item["success"] for item in changed}, {True})


@step("a query whose pages are fetched one after the other")
def _():
    for start in range(0, 400, 200):
        records = [
            {"attributes": {"type": "Contact"}, "LastName": f"P{start + number}"}
            for number in range(200)
        ]
        ok(rest("POST", "/composite/sobjects", {"allOrNone": False, "records": records}))
    path = "/query?q=" + quote("SELECT Id, LastName FROM Contact", safe="")
    page = ok(rest("GET", path, **{"Sforce-Query-Options": "batchSize=200"}))
    rows = page["records"]
    while not page["done"]:
        page = ok(rest("GET", at["instance"] + page["nextRecordsUrl"]))
        rows += page["records"]
    equal((len(rows), page["totalSize"]), (400, 400))
    found = ok(rest("GET", "/search?q=" + quote("FIND {Many} IN ALL FIELDS RETURNING Account(Id)")))
    equal({item["Id"] for item in found["searchRecords"]}, set(at["ids"]))


@step("Bulk 2.0: a load with its results, and a query whose later pages have a double slash")
def _():
    job = ok(rest("POST", "/jobs/ingest", {"object": "Account", "operation": "insert"}))
    url = f"{at['instance']}/services/data/v{at['version']}/jobs/ingest/{job['id']}"
    headers = {"Authorization": "Bearer " + at["token"], "Content-Type": "text/csv"}
    put = http.put(url + "/batches", data="Name\nBulk 1\nBulk 2\n", headers=headers)
    equal(put.status_code, 201)
    ok(rest("PATCH", f"/jobs/ingest/{job['id']}", {"state": "UploadComplete"}))
    for _ in range(60):
        if ok(rest("GET", f"/jobs/ingest/{job['id']}"))["state"] == "JobComplete":
            break
        time.sleep(0.25)
    done = rest("GET", f"/jobs/ingest/{job['id']}/successfulResults", Accept="text/csv").text
    equal(len(done.splitlines()), 3)
    body = {"query": "SELECT Id FROM Contact", "operation": "query"}
    query = ok(rest("POST", "/jobs/query", body))
    for _ in range(60):
        if ok(rest("GET", f"/jobs/query/{query['id']}"))["state"] == "JobComplete":
            break
        time.sleep(0.25)
    path, rows = f"/jobs/query/{query['id']}/results?maxRecords=150", 0
    while True:
        reply = rest("GET", path, Accept="text/csv")
        equal(reply.status_code, 200)
        rows += len(reply.text.splitlines()) - 1
        locator = reply.headers["sforce-locator"]
        if locator == "null":
            break
        path = f"/jobs/query//{query['id']}/results?maxRecords=150&locator={locator}"
    equal(rows, 400)


@step("the first Bulk API: XML for the job, CSV for the batch, the session in its own header")
def _():
    session = {"X-SFDC-SESSION": at["token"]}
    base = f"{at['instance']}/services/async/{at['version']}/job"
    xml = {**session, "Content-Type": "application/xml; charset=utf-8"}
    job = http.post(
        base,
        data='<?xml version="1.0" encoding="UTF-8"?><jobInfo  '
        'xmlns="http://www.force.com/2009/06/asyncapi/dataload"><operation>update</operation>'
        "<object>Account</object><contentType>CSV</contentType></jobInfo>",
        headers=xml,
    )
    equal(job.status_code, 201)
    id = re.search("<id>([^<]+)</id>", job.text)[1]
    lines = "".join(f"{account},3\n" for account in at["ids"])
    csv = {**session, "Content-Type": "text/csv"}
    batch = http.post(f"{base}/{id}/batch", data="Id,Phone\n" + lines, headers=csv)
    equal(batch.status_code, 201)
    part = re.search("<id>([^<]+)</id>", batch.text)[1]
    for _ in range(60):
        state = http.get(f"{base}/{id}/batch/{part}", headers=session).text
        if "<state>Completed</state>" in state:
            break
        time.sleep(0.25)
    results = http.get(f"{base}/{id}/batch/{part}/result", headers=session).text
    equal(results.count('"true","false",""'), 5)
    closing = (
        '<?xml version="1.0" encoding="UTF-8"?><jobInfo '
        'xmlns="http://www.force.com/2009/06/asyncapi/dataload"><state>Closed</state></jobInfo>'
    )
    closed = http.post(f"{base}/{id}", data=closing, headers=xml)
    equal("<state>Closed</state>" in closed.text, True)


@step("CometD as faye speaks it: arrays of messages, `OAuth` before the token, replay by extension")
def _():
    url = f"{at['instance']}/cometd/{at['version']}"
    headers = {"Authorization": "OAuth " + at["token"], "Content-Type": "application/json"}

    def send(**message):
        reply = http.post(url, data=json.dumps([message]), headers=headers)
        equal(reply.status_code, 200)
        return reply.json()

    kinds = ["callback-polling", "cross-origin-long-polling", "long-polling", "websocket"]
    shake = send(
        channel="/meta/handshake", version="1.0", supportedConnectionTypes=kinds, id="1"
    )[0]
    equal((shake["successful"], "long-polling" in shake["supportedConnectionTypes"]), (True, True))
    client = shake["clientId"]
    connect = {"channel": "/meta/connect", "clientId": client, "connectionType": "long-polling"}
    equal(send(**connect, id="2", advice={"timeout": 0})[0]["successful"], True)
    channel = "/data/AccountChangeEvent"
    asked = {"channel": "/meta/subscribe", "clientId": client, "subscription": channel}
    equal(send(**asked, id="3", ext={"replay": {channel: -1}})[0]["successful"], True)
    ok(rest("PATCH", f"/sobjects/Account/{at['ids'][0]}", {"Phone": "4"}), 204)
    messages = send(**connect, id="4")
    events = [message for message in messages if message["channel"] == channel]
    equal(events[0]["data"]["payload"]["Phone"], "4")
    equal(send(channel="/meta/disconnect", clientId=client, id="5")[0]["successful"], True)


@step("records are destroyed together, and the session is over after logout over SOAP")
def _():
    gone = ok(rest("DELETE", "/composite/sobjects?ids=" + ",".join(at["ids"]) + "&allOrNone=true"))
    equal({item["success"] for item in gone}, {True})
    header = (
        '<SessionHeader xmlns="urn:partner.soap.sforce.com">'
        f"<sessionId>{at['token']}</sessionId></SessionHeader>"
    )
    reply = soap(header, '<logout xmlns="urn:partner.soap.sforce.com"/>')
    equal(reply.status_code, 200)
    equal(rest("GET", "/limits").status_code, 401)


step.finish()
