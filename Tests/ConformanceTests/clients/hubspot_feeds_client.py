"""hubspot-api-client against MockHubSpot: webhooks, imports, exports, forms and events."""

import json
import tempfile
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import hubspot
import requests
from hubspot import webhooks
from hubspot.crm import contacts
from hubspot.events.send import BehavioralEventHttpCompletionRequest
from hubspot.utils.signature import Signature
from loopback import Steps, equal, ready

portal = ready()["hubspot"]
app = 1160453
step = Steps()
plain = requests.Session()
plain.trust_env = False
client = hubspot.Client.create(access_token=portal["token"], host=portal["baseURL"])
developer = hubspot.Client.create(api_key="developer-hapikey", host=portal["baseURL"])
received = []
ids = {}


class Receiver(BaseHTTPRequestHandler):
    """An app's endpoint; the first request is not taken."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        received.append((dict(self.headers), body))
        self.send_response(200 if len(received) > 1 else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
target = f"http://127.0.0.1:{server.server_port}/hooks?from=hubspot"


def wait(seconds):
    url = portal["baseURL"] + "/_control/clock"
    plain.post(url, json={"advanceSeconds": seconds}).raise_for_status()


def eventually(call):
    for _ in range(100):
        found = call()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it never came")


@step("webhooks: settings and subscriptions are made, changed and listed")
def _():
    settings = developer.webhooks.settings_api
    change = webhooks.SettingsChangeRequest(
        target_url=target, throttling=webhooks.ThrottlingSettings(max_concurrent_requests=10)
    )
    equal(settings.configure(app, change).target_url, target)
    equal(settings.get_all(app).throttling.max_concurrent_requests, 10)
    subscriptions = developer.webhooks.subscriptions_api
    for event, name in [("contact.creation", None), ("contact.propertyChange", "city")]:
        request = webhooks.SubscriptionCreateRequest(
            event_type=event, property_name=name, active=False
        )
        ids[event] = subscriptions.create(app, request).id
    inputs = [
        webhooks.SubscriptionBatchUpdateRequest(id=int(id), active=True) for id in ids.values()
    ]
    batch = webhooks.BatchInputSubscriptionBatchUpdateRequest(inputs=inputs)
    equal([one.active for one in subscriptions.update_batch(app, batch).results], [True, True])
    equal(len(subscriptions.get_all(app).results), 2)
    one = subscriptions.get_by_id(int(ids["contact.propertyChange"]), app)
    equal(one.property_name, "city")


@step("webhooks: a wrong developer key is refused")
def _():
    wrong = hubspot.Client.create(api_key="nobody", host=portal["baseURL"])
    try:
        wrong.webhooks.settings_api.get_all(app)
    except webhooks.ApiException as error:
        equal(error.status, 401)
    else:
        raise AssertionError("nothing was refused")


@step("webhooks: events arrive, signed as the client checks it, and again after a refusal")
def _():
    request = contacts.SimplePublicObjectInputForCreate(
        properties={"email": "hook@example.com", "city": "Oslo"}, associations=[]
    )
    ids["contact"] = client.crm.contacts.basic_api.create(request).id
    eventually(lambda: received)
    wait(120)
    eventually(lambda: len(received) > 1)
    secret = portal["clientSecret"]
    # The simulator's clock is ahead by the waiting; the client looks at the real one.
    for attempt, (headers, body) in enumerate(received):
        events = json.loads(body)
        equal({event["attemptNumber"] for event in events}, {attempt})
        equal(
            [event["subscriptionType"] for event in events],
            ["contact.creation", "contact.propertyChange"],
        )
        equal({event["objectId"] for event in events}, {int(ids["contact"])})
        found = {name.lower(): value for name, value in headers.items()}
        equal(found["x-hubspot-signature-version"], "v1")
        signature = found["x-hubspot-signature"]
        equal(Signature.is_valid(signature, secret, body, signature_version="v1"), True)
        stamp = found["x-hubspot-request-timestamp"]
        signature = found["x-hubspot-signature-v3"]
        equal(
            Signature.is_valid(
                signature, secret, body, target, signature_version="v3", timestamp=stamp
            ),
            True,
        )
        forged = body.replace("Oslo", "Rome")
        equal(Signature.is_valid(found["x-hubspot-signature"], secret, forged, "", "", "v1"), False)


@step("imports: a file is taken by and by, and its errors are named")
def _():
    columns = [("Mail", "email"), ("Town", "city")]
    mappings = [
        {"columnObjectTypeId": "0-1", "columnName": name, "propertyName": property}
        for name, property in columns
    ]
    page = {"hasHeader": True, "columnMappings": mappings}
    file = {"fileName": "people.csv", "fileFormat": "CSV", "fileImportPage": page}
    request = {"name": "People", "importOperations": {"0-1": "UPSERT"}, "files": [file]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.csv")
        path.write_text("Mail,Town\nhook@example.com,Bern\nnew@example.com,Rome\nwrong,Lima\n")
        made = client.crm.imports.core_api.create(
            import_request=json.dumps(request), files=str(path), async_req=False
        )
    equal(made.state, "STARTED")
    wait(60)
    done = client.crm.imports.core_api.get_by_id(int(made.id))
    equal(done.state, "DONE")
    equal(done.metadata.counters["TOTAL_ROWS"], 3)
    equal(done.metadata.counters["CREATED_OBJECTS"], 1)
    equal(done.metadata.counters["UPDATED_OBJECTS"], 1)
    errors = client.crm.imports.public_imports_api.get_errors(int(made.id)).results
    equal([error.error_type for error in errors], ["INVALID_EMAIL"])
    equal(errors[0].source_data.line_number, 4)
    equal(client.crm.imports.core_api.get_page().results[0].id, made.id)


@step("exports: a view becomes a file behind an address")
def _():
    api = client.crm.exports.public_exports_api
    body = {
        "exportType": "VIEW",
        "exportName": "People",
        "format": "CSV",
        "language": "EN",
        "objectType": "CONTACT",
        "objectProperties": ["email", "city"],
        "associatedObjectType": "COMPANY",
        "exportInternalValuesOptions": ["NAMES", "VALUES"],
        "overrideAssociatedObjectsPerDefinitionPerRowLimit": False,
        "publicCrmSearchRequest": {"query": "", "filters": [], "sorts": ["email"]},
    }
    task = int(api.start(public_export_request=body).id)
    equal(api.get_status(task).status, "PENDING")
    wait(60)
    status = api.get_status(task)
    equal(status.status, "COMPLETE")
    lines = plain.get(status.result).text.splitlines()
    equal(lines[0], "Record ID,email,city,Associated Company IDs")
    equal([line.split(",")[1:3] for line in lines[1:]], [
        ["hook@example.com", "Bern"],
        ["new@example.com", "Rome"],
    ])


@step("forms: one is made, read and sent, and its submissions are read")
def _():
    api = client.marketing.forms.forms_api
    style = {
        "fontFamily": "arial", "backgroundWidth": "100%", "labelTextColor": "#000",
        "labelTextSize": "14px", "helpTextColor": "#000", "helpTextSize": "11px",
        "legalConsentTextColor": "#000", "legalConsentTextSize": "14px", "submitColor": "#000",
        "submitAlignment": "left", "submitFontColor": "#fff", "submitSize": "12px",
    }  # fmt: skip
    field = {
        "objectTypeId": "0-1", "name": "email", "label": "Email", "required": True,
        "hidden": False, "fieldType": "email", "dependentFields": [],
        "validation": {"blockedEmailDomains": [], "useDefaultBlockList": False},
    }  # fmt: skip
    now = datetime.now(timezone.utc).isoformat()
    body = {
        "formType": "hubspot", "name": "Demo", "createdAt": now, "updatedAt": now,
        "archived": False,
        "fieldGroups": [
            {"groupType": "default_group", "richTextType": "text", "fields": [field]}
        ],
        "configuration": {
            "language": "en", "cloneable": True, "editable": True, "archivable": True,
            "postSubmitAction": {"type": "thank_you", "value": "Thanks"},
            "createNewContactForNewEmail": True, "prePopulateKnownValues": True,
            "allowLinkToResetKnownValues": False, "notifyContactOwner": False,
            "notifyRecipients": [], "recaptchaEnabled": False,
        },
        "displayOptions": {
            "renderRawHtml": False, "theme": "default_style", "submitButtonText": "Send",
            "style": style,
        },
        "legalConsentOptions": {"type": "none"},
    }  # fmt: skip
    made = api.create(form_definition_create_request_base=body)
    equal(made.name, "Demo")
    equal(api.get_by_id(made.id).configuration.language, "en")
    equal([form.id for form in api.get_page().results], [made.id])
    url = f"{portal['baseURL']}/submissions/v3/integration/submit/9900001/{made.id}"
    sent = plain.post(url, json={"fields": [{"name": "email", "value": "form@example.com"}]})
    equal(sent.json(), {"inlineMessage": "Thanks"})
    url = f"{portal['baseURL']}/form-integrations/v1/submissions/forms/{made.id}"
    headers = {"Authorization": "Bearer " + portal["token"]}
    rows = plain.get(url, headers=headers).json()["results"]
    equal([row["values"][0]["value"] for row in rows], ["form@example.com"])


@step("events: one is sent and found at its person")
def _():
    request = BehavioralEventHttpCompletionRequest(
        event_name="pe9900001_ordered", email="hook@example.com", properties={"amount": "12"}
    )
    client.events.send.basic_api.send(request)
    page = client.events.events_api.get_page(
        object_type="contact", object_id=int(ids["contact"])
    )
    equal([event.event_type for event in page.results], ["pe9900001_ordered"])
    equal(page.results[0].properties, {"amount": "12"})
    types = client.events.events_api.get_types().event_types
    equal("pe9900001_ordered" in types, True)


@step("webhooks: settings go, and nothing is sent any more")
def _():
    developer.webhooks.settings_api.clear(app)
    count = len(received)
    request = contacts.SimplePublicObjectInputForCreate(
        properties={"email": "silent@example.com"}, associations=[]
    )
    client.crm.contacts.basic_api.create(request)
    time.sleep(0.5)
    equal(len(received), count)


step.finish()
