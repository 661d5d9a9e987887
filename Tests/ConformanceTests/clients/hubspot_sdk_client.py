"""hubspot-sdk against MockHubSpot: every reply is checked against the vendor's own definitions."""

from hubspot_sdk import ConflictError, HubSpot, NotFoundError
from loopback import Steps, equal, ready

portal = ready()["hubspot"]
step = Steps()
hubspot = HubSpot(
    access_token=portal["token"],
    base_url=portal["baseURL"],
    # A field that the definitions require and that is missing, or of another type, is an error.
    _strict_response_validation=True,
)
# Real accounts answer associations' ids as numbers, where the definitions have text.
ties = HubSpot(access_token=portal["token"], base_url=portal["baseURL"]).crm.associations
crm = hubspot.crm
contacts, companies = crm.objects.contacts, crm.objects.companies
ids = {}


@step("creates, reads with history and associations, changes and archives a record")
def _():
    made = contacts.create(associations=[], properties={"email": "sdk@example.com"})
    ids["contact"] = made.id
    contacts.update(made.id, properties={"firstname": "Ana"})
    options = {"properties_with_history": ["firstname"], "associations": ["companies"]}
    found = contacts.get(made.id, properties=["email"], **options)
    equal(found.properties["email"], "sdk@example.com")
    equal(found.properties_with_history["firstname"][0].value, "Ana")
    # The definitions know no null for a property without a value either, so it has all three.
    gone = contacts.create(
        associations=[],
        properties={"firstname": "Gone", "lastname": "Gone", "email": "gone@example.com"},
    ).id
    contacts.delete(gone)
    equal(gone in [item.id for item in contacts.list(archived=True)], True)


@step("a conflict and an unknown id are told as such")
def _():
    for kind, call in [
        (
            ConflictError,
            lambda: contacts.create(associations=[], properties={"email": "sdk@example.com"}),
        ),
        (NotFoundError, lambda: contacts.get("999")),
    ]:
        try:
            call()
        except kind:
            continue
        raise AssertionError(f"nothing was refused; expected {kind.__name__}")


@step("batches create, read, update, upsert and archive, and tell their times")
def _():
    batch = contacts.batch
    inputs = [
        {"associations": [], "properties": {"email": f"sdk{number}@example.com"}}
        for number in range(100)
    ]
    made = batch.create(inputs=inputs)
    ids["many"] = [item.id for item in made.results]
    equal((len(made.results), made.started_at <= made.completed_at), (100, True))
    some = [{"id": id} for id in ids["many"][:3]]
    asked = {"properties": ["email"], "properties_with_history": []}
    equal(len(batch.get(inputs=some, **asked).results), 3)
    # One that is missing makes it 207, with the errors beside the results.
    equal(len(batch.get(inputs=[*some, {"id": "1"}], **asked).results), 3)
    changed = batch.update(inputs=[{**item, "properties": {"firstname": "B"}} for item in some])
    equal({item.properties["firstname"] for item in changed.results}, {"B"})
    upserts = [
        {"id": f"{name}@example.com", "idProperty": "email", "properties": {"lastname": "U"}}
        for name in ["sdk0", "sdk-new"]
    ]
    fates = batch.upsert(inputs=upserts).results
    equal(sorted(item.new for item in fates), [False, True])
    batch.delete(inputs=some)


@step("pages of a list and of a search bring every record once")
def _():
    listed = [item.id for item in contacts.list(limit=10, properties=["email"])]
    equal((len(listed), len(set(listed))), (99, 99))


@step("associations one by one and in batches, with their labels")
def _():
    company = companies.create(associations=[], properties={"name": "SDK"}).id
    tie = {"from": {"id": ids["contact"]}, "to": {"id": company}}
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
    made = ties.batch.create(
        "companies", from_object_type="contacts", inputs=[{**tie, "types": types}]
    )
    equal(len(made.results), 1)
    ties.batch.create_default("companies", from_object_type="contacts", inputs=[tie])
    found = ties.batch.get(
        "companies", from_object_type="contacts", inputs=[{"id": ids["contact"]}]
    )
    equal([str(item.to_object_id) for item in found.results[0].to], [company])
    listed = list(ties.list("companies", object_type="contacts", object_id=ids["contact"]))
    equal({kind.type_id for kind in listed[0].association_types}, {1, 279})


@step("deals, tickets, activities, goods and their inline associations")
def _():
    to = {
        "to": {"id": ids["contact"]},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 3}],
    }
    deal = {"dealname": "D", "pipeline": "default", "dealstage": "appointmentscheduled"}
    made = crm.objects.deals.create(associations=[to], properties=deal)
    listed = ties.list("contacts", object_type="deals", object_id=made.id)
    equal([str(item.to_object_id) for item in listed], [ids["contact"]])
    ticket = {"subject": "T", "hs_pipeline_stage": "1"}
    equal(crm.objects.tickets.create(associations=[], properties=ticket).archived, False)
    at = {"hs_timestamp": "2026-11-01T00:00:00Z"}
    for name in ["notes", "calls", "tasks", "emails", "meetings"]:
        equal(getattr(crm.objects, name).create(associations=[], properties=at).archived, False)
    for name in ["products", "line_items"]:
        goods = {"name": "G", "price": "1"}
        equal(getattr(crm.objects, name).create(associations=[], properties=goods).archived, False)


@step("property definitions one by one and in batches")
def _():
    properties = crm.properties
    made = properties.create(
        "contacts",
        field_type="text",
        group_name="contactinformation",
        label="SDK",
        name="sdk",
        type="string",
    )
    changed = properties.update(made.name, object_type="contacts", label="Kit")
    equal(changed.label, "Kit")
    found = properties.batch.get(
        "contacts",
        inputs=[{"name": "email"}, {"name": "sdk"}],
        archived=False,
        data_sensitivity="non_sensitive",
    )
    equal({item.name for item in found.results}, {"email", "sdk"})
    properties.delete("sdk", object_type="contacts")
    equal("sdk" in [item.name for item in properties.list("contacts").results], False)


@step("pipelines, owners, limits and the account")
def _():
    stages = crm.pipelines.list_stages("default", object_type="deals").results
    equal("closedwon" in [stage.id for stage in stages], True)
    owners = list(crm.owners.list(limit=1))
    equal(crm.owners.get(int(owners[0].id)).email, owners[0].email)
    equal(crm.limits.get_custom_property_limits().by_object_type[0].object_type_id, "0-1")
    equal(hubspot.account.get().account_type, "STANDARD")
    usage = hubspot.account.get_daily_private_apps_usage().results[0]
    equal(usage.usage_limit > usage.current_usage, True)


@step("shares of a deal, goals and answers to surveys")
def _():
    owners = [owner.id for owner in crm.owners.list()]
    deal = crm.objects.deals.create(
        associations=[],
        properties={
            "dealname": "Shared",
            "dealstage": "closedwon",
            "hubspot_owner_id": owners[0],
        },
    ).id
    splits = crm.deal_splits.batch
    shares = [
        {"ownerId": int(owners[0]), "percentage": 0.6},
        {"ownerId": int(owners[1]), "percentage": 0.4},
    ]
    made = splits.upsert(inputs=[{"id": int(deal), "splits": shares}])
    equal(len(made.results[0].splits), 2)
    found = splits.read(inputs=[{"id": deal}]).results[0].splits
    parts = [item.properties["hs_deal_split_percentage"] for item in found]
    equal(parts, ["0.6", "0.4"])
    goals = crm.objects.goal_targets
    goal = goals.create(associations=[], properties={"hs_goal_name": "Revenue"})
    read = goals.get(goal.id, properties=["hs_goal_name"])
    equal(read.properties["hs_goal_name"], "Revenue")
    equal(list(crm.objects.feedback_submissions.list()), [])


@step("custom events are defined, with properties that come and go")
def _():
    definitions = hubspot.events.definitions
    made = definitions.create(
        include_default_properties=False,
        label="Ordered",
        name="ordered",
        property_definitions=[{"label": "Sum", "name": "sum", "type": "number"}],
    )
    equal((made.fully_qualified_name, made.tracking_type), ("pe9900001_ordered", "MANUAL"))
    way = {"label": "Web", "value": "web", "displayOrder": 0, "hidden": False}
    definitions.create_property(
        "ordered", label="Way", name="way", type="enumeration", options=[way]
    )
    definitions.update_property("way", event_name="ordered", label="Kind")
    read = definitions.get("pe9900001_ordered")
    equal([item.label for item in read.properties], ["Sum", "Kind"])
    definitions.delete_property("way", event_name="ordered")
    definitions.update("ordered", label="Bought")
    listed = list(definitions.list(include_properties=True))
    equal([(item.labels.singular, len(item.properties)) for item in listed], [("Bought", 1)])
    definitions.delete("ordered")
    equal(list(definitions.list()), [])


@step("merges two records and deletes a person for good")
def _():
    pair = [contacts.create(associations=[], properties={"firstname": "M"}).id for _ in range(2)]
    merged = contacts.merge(primary_object_id=pair[0], object_id_to_merge=pair[1])
    equal(merged.archived, False)
    contacts.gdpr_delete(object_id=ids["contact"])


step.finish()
