"""hubspot-api-client, HubSpot's own, against MockHubSpot: what its readme shows, and its errors."""

import time

import hubspot
from hubspot.crm import associations, contacts, deals, objects, pipelines, properties
from hubspot.crm.associations import v4
from loopback import Steps, equal, ready

portal = ready()["hubspot"]
step = Steps()


def connect(token):
    return hubspot.Client.create(access_token=token, host=portal["baseURL"])


client = connect(portal["token"])
crm = client.crm
ids = {}


def refused(kind, call, status, *texts):
    try:
        call()
    except kind as error:
        equal(error.status, status)
        for text in texts:
            if text not in error.body:
                raise AssertionError(f"{text!r} is not in {error.body!r}") from None
        return error
    raise AssertionError(f"nothing was refused; expected {kind.__name__}")


def eventually(call, wanted):
    """The search index is some seconds behind the records."""
    for _ in range(40):
        found = call()
        if wanted(found):
            return found
        time.sleep(0.5)
    raise AssertionError("the index never showed it")


@step("a request without a valid token is refused with the vendor's body")
def _():
    call = lambda: connect("pat-na1-wrong").crm.contacts.basic_api.get_page()  # noqa: E731
    refused(contacts.ApiException, call, 401, "EXPIRED_AUTHENTICATION")


@step("an OAuth token is given for a refresh token and works")
def _():
    tokens = client.oauth.tokens_api.create(
        grant_type="refresh_token",
        client_id=portal["clientID"],
        client_secret=portal["clientSecret"],
        refresh_token=portal["refreshToken"],
    )
    equal(tokens.expires_in, 1800)
    other = connect(tokens.access_token)
    equal(other.crm.contacts.basic_api.get_page(limit=1).results, [])


@step("creates, reads, changes, archives and reads an archived contact")
def _():
    api = crm.contacts.basic_api
    body = contacts.SimplePublicObjectInputForCreate(
        properties={"email": "Ada@Example.com", "firstname": "Ada"}, associations=[]
    )
    made = api.create(simple_public_object_input_for_create=body)
    ids["ada"] = made.id
    equal(made.properties["email"], "ada@example.com")
    change = contacts.SimplePublicObjectInput(properties={"lastname": "Lovelace", "firstname": ""})
    api.update(contact_id=made.id, simple_public_object_input=change)
    found = api.get_by_id(made.id, properties=["firstname", "lastname", "phone"])
    equal((found.properties["firstname"], found.properties["lastname"]), (None, "Lovelace"))
    equal(found.properties["hs_object_id"], made.id)
    by_mail = api.get_by_id("ada@example.com", id_property="email")
    equal(by_mail.id, made.id)
    gone = api.create(
        simple_public_object_input_for_create=contacts.SimplePublicObjectInputForCreate(
            properties={"email": "gone@example.com"}, associations=[]
        )
    ).id
    api.archive(gone)
    refused(contacts.ApiException, lambda: api.get_by_id(gone), 404, "resource not found")
    equal(api.get_by_id(gone, archived=True).archived, True)


@step("a taken e-mail is a conflict that names the holder")
def _():
    body = contacts.SimplePublicObjectInputForCreate(
        properties={"email": "ADA@example.com"}, associations=[]
    )
    create = crm.contacts.basic_api.create
    refused(
        contacts.ApiException,
        lambda: create(simple_public_object_input_for_create=body),
        409,
        f"Existing ID: {ids['ada']}",
        "CONFLICT",
    )


@step("values that are not valid are refused together, with their codes")
def _():
    body = contacts.SimplePublicObjectInputForCreate(
        properties={"email": "no", "nope": "1", "numemployees": "many"}, associations=[]
    )
    create = crm.contacts.basic_api.create
    refused(
        contacts.ApiException,
        lambda: create(simple_public_object_input_for_create=body),
        400,
        "VALIDATION_ERROR",
        "PROPERTY_DOESNT_EXIST",
        "INVALID_EMAIL",
        "INVALID_INTEGER",
    )


@step("a batch makes, changes, reads and archives a hundred")
def _():
    api = crm.contacts.batch_api
    inputs = [
        contacts.SimplePublicObjectBatchInputForCreate(
            properties={"email": f"b{number}@example.com"}, associations=[]
        )
        for number in range(100)
    ]
    made = api.create(contacts.BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs))
    equal((made.status, len(made.results)), ("COMPLETE", 100))
    ids["batch"] = sorted(int(item.id) for item in made.results)
    changes = [
        contacts.SimplePublicObjectBatchInput(id=str(id), properties={"city": "Oslo"})
        for id in ids["batch"]
    ]
    done = api.update(contacts.BatchInputSimplePublicObjectBatchInput(inputs=changes))
    equal(len(done.results), 100)
    wanted = contacts.BatchReadInputSimplePublicObjectId(
        inputs=[{"id": f"b{number}@example.com"} for number in range(3)],
        properties=["city", "email"],
        properties_with_history=[],
        id_property="email",
    )
    read = api.read(wanted)
    equal({item.properties["city"] for item in read.results}, {"Oslo"})
    last = contacts.BatchInputSimplePublicObjectId(inputs=[{"id": str(ids["batch"][-1])}])
    api.archive(last)
    upsert = contacts.SimplePublicObjectBatchInputUpsert(
        id="003000000000001AAA",
        id_property="sf_contact_key",
        properties={"sf_contact_key": "003000000000001AAA", "lastname": "Keyed"},
    )
    for is_new in (True, False):
        batch = contacts.BatchInputSimplePublicObjectBatchInputUpsert(inputs=[upsert])
        equal([item.new for item in api.upsert(batch).results], [is_new])


@step("a batch of more than a hundred is refused")
def _():
    inputs = [
        contacts.SimplePublicObjectBatchInputForCreate(properties={}, associations=[])
        for _ in range(101)
    ]
    batch = contacts.BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs)
    refused(
        contacts.ApiException,
        lambda: crm.contacts.batch_api.create(batch),
        400,
        "limited to 100",
    )


@step("pages through all contacts")
def _():
    everybody = crm.contacts.get_all(properties=["email"])
    equal(len(everybody), 101)
    equal([int(item.id) for item in everybody], sorted(int(item.id) for item in everybody))


@step("searches by filters, sorts and pages")
def _():
    def found():
        request = contacts.PublicObjectSearchRequest(
            filter_groups=[
                {"filters": [{"propertyName": "city", "operator": "EQ", "value": "oslo"}]}
            ],
            sorts=[{"propertyName": "email", "direction": "DESCENDING"}],
            properties=["email"],
            limit=10,
        )
        return crm.contacts.search_api.do_search(public_object_search_request=request)

    page = eventually(found, lambda page: page.total == 99)
    mails = [item.properties["email"] for item in page.results]
    equal(mails, sorted(mails, reverse=True))
    equal(page.paging.next.after, "10")


@step("deals, companies, tickets and activities are made, with what belongs to them")
def _():
    company = crm.companies.basic_api.create({"properties": {"name": "Acme", "domain": "acme.test"}})
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 3}
    deal = crm.deals.basic_api.create(
        deals.SimplePublicObjectInputForCreate(
            properties={
                "dealname": "Big",
                "amount": "1250.5",
                "pipeline": "default",
                "dealstage": "qualifiedtobuy",
            },
            associations=[{"to": {"id": ids["ada"]}, "types": [spec]}],
        )
    )
    ticket = crm.tickets.basic_api.create(
        {"properties": {"subject": "Help", "hs_pipeline": "0", "hs_pipeline_stage": "1"}}
    )
    note = crm.objects.basic_api.create(
        "notes", {"properties": {"hs_timestamp": "2026-11-22T10:00:00Z", "hs_note_body": "Called"}}
    )
    ids.update(company=company.id, deal=deal.id, ticket=ticket.id, note=note.id)
    read = crm.deals.basic_api.get_by_id(deal.id, associations=["contacts"])
    equal([item.id for item in read.associations["contacts"].results], [ids["ada"]])
    equal(read.properties["dealstage"], "qualifiedtobuy")
    equal("hs_lastmodifieddate" in read.properties, True)
    refused(
        objects.ApiException,
        lambda: crm.objects.basic_api.get_page("butterflies"),
        400,
        "Unable to infer object type from: butterflies",
    )


@step("ties records, reads the ties from both sides and takes them away")
def _():
    ties = crm.associations.v4
    primary = [v4.AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=1)]
    ties.basic_api.create("contacts", ids["ada"], "companies", ids["company"], primary)
    page = ties.basic_api.get_page("contacts", ids["ada"], "companies")
    kinds = sorted(item.type_id for item in page.results[0].association_types)
    equal(kinds, [1, 279])
    back = ties.basic_api.get_page("companies", ids["company"], "contacts")
    equal([str(item.to_object_id) for item in back.results], [ids["ada"]])
    pairs = [
        v4.PublicDefaultAssociationMultiPost(_from={"id": str(id)}, to={"id": ids["company"]})
        for id in ids["batch"][:3]
    ]
    ties.batch_api.create_default(
        "contacts", "companies", v4.BatchInputPublicDefaultAssociationMultiPost(inputs=pairs)
    )
    asked = [{"id": ids["company"]}]
    read = ties.batch_api.get_page(
        "companies", "contacts", v4.BatchInputPublicFetchAssociationsBatchRequest(inputs=asked)
    )
    equal(len(read.results[0].to), 4)
    ties.basic_api.archive("contacts", ids["ada"], "companies", ids["company"])
    equal(ties.basic_api.get_page("contacts", ids["ada"], "companies").results, [])


@step("defines a label for a pair of object types and uses it")
def _():
    schema = crm.associations.v4.schema.definitions_api
    label = {"label": "Decision maker", "name": "decision_maker"}
    made = schema.create("contacts", "companies", label).results
    spec = [
        v4.AssociationSpec(
            association_category="USER_DEFINED", association_type_id=made[0].type_id
        )
    ]
    ties = crm.associations.v4.basic_api
    ties.create("contacts", ids["ada"], "companies", ids["company"], spec)
    page = ties.get_page("contacts", ids["ada"], "companies")
    labels = {item.label for item in page.results[0].association_types}
    equal(labels, {"Decision maker", None})
    known = {item.label for item in schema.get_all("contacts", "companies").results}
    equal({"Primary", "Decision maker", None} - known, set())


@step("properties are listed, made, changed, used and archived")
def _():
    api = crm.properties.core_api
    names = [item.name for item in api.get_all("deals").results]
    equal({"dealname", "amount", "dealstage", "hs_object_id"} - set(names), set())
    options = [{"label": label, "value": label.lower()} for label in ["Red", "Blue"]]
    body = properties.PropertyCreate(
        name="colour",
        label="Colour",
        type="enumeration",
        field_type="select",
        group_name="dealinformation",
        options=[{**item, "hidden": False, "displayOrder": 0} for item in options],
    )
    equal(api.create("deals", body).hubspot_defined, False)
    refused(properties.ApiException, lambda: api.create("deals", body), 409, "already exists")
    api.update("deals", "colour", properties.PropertyUpdate(label="Color"))
    equal(api.get_by_name("deals", "colour").label, "Color")
    update = crm.deals.basic_api.update
    update(ids["deal"], deals.SimplePublicObjectInput(properties={"colour": "red"}))
    bad = deals.SimplePublicObjectInput(properties={"colour": "green"})
    refused(deals.ApiException, lambda: update(ids["deal"], bad), 400, "INVALID_OPTION")
    api.archive("deals", "colour")
    refused(properties.ApiException, lambda: api.get_by_name("deals", "colour"), 404)
    groups = crm.properties.groups_api.get_all("deals").results
    equal("dealinformation" in [item.name for item in groups], True)


@step("pipelines and stages")
def _():
    api = crm.pipelines.pipelines_api
    first = api.get_all("deals").results[0]
    equal((first.id, len(first.stages)), ("default", 7))
    equal(first.stages[-2].metadata, {"isClosed": "true", "probability": "1.0"})
    stage = {"label": "Open", "displayOrder": 0, "metadata": {"probability": "0.5"}}
    made = api.create(
        "deals", pipelines.PipelineInput(label="Renewals", display_order=1, stages=[stage])
    )
    stages = crm.pipelines.pipeline_stages_api
    stages.create("deals", made.id, {**stage, "label": "Won"})
    equal([item.label for item in stages.get_all("deals", made.id).results], ["Open", "Won"])
    api.archive("deals", made.id)
    equal(len(api.get_all("deals").results), 1)


@step("owners, by page, by e-mail and archived")
def _():
    api = crm.owners.owners_api
    people = api.get_page().results
    equal(len(people), 2)
    found = api.get_page(email=people[0].email).results
    equal([item.id for item in found], [people[0].id])
    equal(api.get_by_id(int(people[0].id)).email, people[0].email)
    equal(len(api.get_page(archived=True).results), 1)


@step("merges two contacts: both old ids lead to the survivor")
def _():
    one, two = ids["batch"][0], ids["batch"][1]
    body = {"primaryObjectId": str(one), "objectIdToMerge": str(two)}
    survivor = crm.contacts.basic_api.merge(public_merge_input=body)
    for old in (one, two):
        read = crm.contacts.basic_api.get_by_id(str(old), properties=["email"])
        equal((read.id, read.properties["email"]), (survivor.id, "b0@example.com"))


@step("a contact that was forgotten by law is not found any more")
def _():
    body = {"objectId": "b2@example.com", "idProperty": "email"}
    crm.contacts.basic_api.purge(public_gdpr_delete_input=body)
    gone = str(ids["batch"][2])
    for archived in (False, True):
        call = lambda: crm.contacts.basic_api.get_by_id(gone, archived=archived)  # noqa: E731
        refused(contacts.ApiException, call, 404)


@step("a property's history names who wrote it")
def _():
    read = crm.contacts.basic_api.get_by_id(ids["ada"], properties_with_history=["lastname"])
    history = read.properties_with_history["lastname"]
    equal((history[0].value, history[0].source_type), ("Lovelace", "INTEGRATION"))


@step("the account says who it is")
def _():
    plain = hubspot.Client.create(access_token=portal["token"], base_url=portal["baseURL"])
    details = plain.api_request({"path": "/account-info/v3/details"}).json()
    equal({"portalId", "timeZone", "uiDomain"} - set(details), set())


step.finish()
