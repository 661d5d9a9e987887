"""meltano-tap-hubspot against MockHubSpot: every stream that it has, goals and answers to surveys
among them, pipelines over the first version, and an incremental sync through searches."""

from loopback import Steps, equal, ready
from taps import Portal, Tap

portal = ready()["hubspot"]
step = Steps()
beside = Portal(portal)
api, make = beside.api, beside.make
config = {
    "access_token": portal["token"],
    "start_date": "2020-01-01T00:00:00Z",
    "associations": {"contact": ["company"]},
}
tap = Tap("tap_hubspot.tap:TapHubspot.cli", config, {"api.hubapi.com": portal["baseURL"]})
found = {}
ids = {}
last = {}


@step("records of every kind are there to be read")
def _():
    ids["contact"] = make("contacts", email="ada@example.com", lastname="Lovelace")
    ids["company"] = make("companies", name="Acme")
    ids["goal"] = make("goal_targets", hs_goal_name="Revenue", hs_target_amount="2000")
    ids["deal"] = make("deals", dealname="Big", amount="12.5", dealstage="closedwon")
    make("tickets", subject="Help", hs_pipeline_stage="1")
    make("quotes", hs_title="Offer")
    for activity in ["calls", "communications", "emails", "meetings", "notes", "tasks"]:
        make(activity, hs_timestamp="2026-11-22T10:00:00Z")
    make("postal_mail", hs_timestamp="2026-11-22T10:00:00Z")
    tie = f"/crm/v4/objects/contacts/{ids['contact']}/associations/default/companies"
    api("PUT", f"{tie}/{ids['company']}")
    answer = {"object": "feedback_submissions", "fields": {"hs_survey_type": "NPS"}}
    api("POST", "/_control/edits", answer)
    # Searches see what is there at once.
    api("POST", "/_control/faults", {"searchLagSeconds": 0})


@step("discovery finds every stream")
def _():
    found.update(tap.discover())
    names = {stream["tap_stream_id"] for stream in found["streams"]}
    wanted = {"goal_targets", "feedback_submissions", "deal_pipelines", "email_subscriptions"}
    equal(wanted - names, set())
    found["names"] = sorted(names)


@step("every stream is read to its end")
def _():
    records, state = tap.sync(found, *found["names"], option="--catalog")
    last.update(state)
    count = {name: len(rows) for name, rows in records.items()}
    for name in ["contacts", "companies", "deals", "tickets", "quotes", "goal_targets"]:
        equal((name, count[name]), (name, 1))
    for name in ["calls", "communications", "emails", "meetings", "notes", "tasks"]:
        equal((name, count[name]), (name, 1))
    equal(records["goal_targets"][0]["properties"]["hs_goal_name"], "Revenue")
    equal(count["feedback_submissions"], 1)
    equal([len(item["stages"]) for item in records["deal_pipelines"]], [7])
    equal([item["pipelineId"] for item in records["ticket_pipelines"]], ["0"])
    equal(len(records["email_subscriptions"]), 2)
    equal([count["owners"], count["users"]], [2, 2])


@step("a second sync searches for what changed since")
def _():
    api("PATCH", f"/crm/v3/objects/deals/{ids['deal']}", {"properties": {"amount": "13"}})
    records, _ = tap.sync(found, "deals", state=dict(last), option="--catalog")
    equal([item["properties"]["amount"] for item in records["deals"]], ["13"])


step.finish()
