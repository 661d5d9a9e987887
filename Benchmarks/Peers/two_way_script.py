"""A two-way sync of contacts as people write it: read all of both sides, match by e-mail, the newer record wins.

It is written with care where people usually take care: calls over HubSpot's limit are repeated, equal values are not
written, blanks overwrite nothing, and one record's error does not stop the others.
"""

import json
import sys
from typing import Any

import hubspot
from hubspot.crm.contacts import SimplePublicObjectInput, SimplePublicObjectInputForCreate
from loopback import LoopbackSession, ready
from simple_salesforce import Salesforce
from urllib3.util.retry import Retry

FIELDS = {
    "firstname": "FirstName",
    "lastname": "LastName",
    "jobtitle": "Title",
    "phone": "Phone",
    "mobilephone": "MobilePhone",
}


class TwoWay:
    def __init__(self) -> None:
        portal, org = ready()["hubspot"], ready()["salesforce"]
        retry = Retry(
            total=8, backoff_factor=0.5, status_forcelist=(429, 502, 503, 504), allowed_methods=None
        )
        client = hubspot.Client.create(
            access_token=portal["token"], host=portal["baseURL"], retry=retry
        )
        self.contacts = client.crm.contacts
        self.salesforce = Salesforce(
            consumer_key=org["clientID"],
            consumer_secret=org["clientSecret"],
            domain="acme.my",
            session=LoopbackSession(org["baseURL"]),
            version="62.0",
        )
        self.counts = {"created": 0, "updated": 0, "errors": 0}

    def read(self) -> tuple[dict[str, Any], dict[str, Any]]:
        here = self.contacts.get_all(properties=["email", *FIELDS])
        names = ", ".join(["Id", "Email", "LastModifiedDate", *FIELDS.values()])
        there = self.salesforce.query_all_iter(f"SELECT {names} FROM Contact")
        return (
            {c.properties["email"].lower(): c for c in here if c.properties.get("email")},
            {c["Email"].lower(): c for c in there if c["Email"]},
        )

    def run(self) -> None:
        here, there = self.read()
        for email in here.keys() | there.keys():
            try:
                self.step(email, here.get(email), there.get(email))
            except Exception as error:
                self.counts["errors"] += 1
                print(email, " ".join(str(error).split())[:500], file=sys.stderr)
        print(json.dumps(self.counts))

    def step(self, email: str, contact: Any, other: Any) -> None:
        if contact is None:
            values = {name: other[field] for name, field in FIELDS.items() if other[field]}
            body = SimplePublicObjectInputForCreate(
                properties={**values, "email": email}, associations=[]
            )
            self.contacts.basic_api.create(body)
            self.counts["created"] += 1
        elif other is None:
            values = {
                field: contact.properties[name]
                for name, field in FIELDS.items()
                if contact.properties.get(name)
            }
            values.setdefault("LastName", email.split("@")[0])
            self.salesforce.Contact.create({**values, "Email": email})
            self.counts["created"] += 1
        else:
            self.update(contact, other)

    def update(self, contact: Any, other: Any) -> None:
        pairs = [
            (name, contact.properties.get(name) or "", field, other[field] or "")
            for name, field in FIELDS.items()
        ]
        differ = [pair for pair in pairs if pair[1] != pair[3]]
        if not differ:
            return
        # Both clients' times are in UTC; the day and the second are spelt alike.
        changed = contact.updated_at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:23]
        if changed > other["LastModifiedDate"][:23]:
            fields = {field: value for _, value, field, _ in differ if value}
            if fields:
                self.salesforce.Contact.update(other["Id"], fields)
        else:
            fields = {name: value for name, _, _, value in differ if value}
            if fields:
                body = SimplePublicObjectInput(properties=fields)
                self.contacts.basic_api.update(contact.id, body)
        self.counts["updated"] += 1 if fields else 0


TwoWay().run()
