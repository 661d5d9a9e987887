"""aiosfstream-ng against MockSalesforce: change events over CometD's long polls."""

import asyncio

import requests
from aiosfstream_ng import Client, RefreshTokenAuthenticator, ReplayMarker, ReplayOption
from aiosfstream_ng.exceptions import AuthenticationError, ServerError
from loopback import LoopbackSession, Steps, equal, ready
from simple_salesforce import Salesforce

org = ready()["salesforce"]
# The client keeps cookies of names alone, not of addresses.
base = org["baseURL"].replace("127.0.0.1", "localhost")
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
step = Steps()
channel = "/data/ContactChangeEvent"
markers = {}
ids = {}

sf = Salesforce(
    consumer_key=org["clientID"],
    consumer_secret=org["clientSecret"],
    domain="acme.my",
    session=LoopbackSession(org["baseURL"]),
    version="62.0",
    client_id="conformance",
)


class Loopback(RefreshTokenAuthenticator):
    """Signs in at one address on this machine; nothing else is different."""

    _token_url = base + "/services/oauth2/token"


def authenticator(refresh_token=org["refreshToken"]):
    return Loopback(org["clientID"], org["clientSecret"], refresh_token)


def listener(replay, **options):
    return Client(authenticator(), replay=replay, loop=loop, **options)


async def receive(client, count=1):
    return [await asyncio.wait_for(client.receive(), 30) for _ in range(count)]


def header(message):
    return message["data"]["payload"]["ChangeEventHeader"]


def run(task):
    return loop.run_until_complete(asyncio.wait_for(task, 60))


@step("a change arrives while the poll waits")
def _():
    async def body():
        async with listener(markers) as client:
            await client.subscribe(channel)
            await asyncio.sleep(0.3)
            made = await asyncio.to_thread(
                sf.Contact.create, {"FirstName": "Ana", "LastName": "Roux"}
            )
            ids["contact"] = made["id"]
            (message,) = await receive(client)
            equal(message["channel"], channel)
            equal(header(message)["changeType"], "CREATE")
            equal(header(message)["recordIds"], [made["id"]])
            equal(message["data"]["payload"]["Name"], {"FirstName": "Ana", "LastName": "Roux"})
            equal(header(message)["changeOrigin"].startswith("com/salesforce/api/rest/62.0"), True)

    run(body())
    equal(list(markers), [channel])


@step("what came while nobody listened comes after the stored id, in its order")
def _():
    sf.Contact.update(ids["contact"], {"Title": "Boss"})
    sf.Contact.delete(ids["contact"])

    async def body():
        async with listener(markers) as client:
            await client.subscribe(channel)
            messages = await receive(client, 2)
            equal([header(message)["changeType"] for message in messages], ["UPDATE", "DELETE"])
            equal(header(messages[0])["changedFields"], ["Title", "LastModifiedDate"])
            equal(list(messages[1]["data"]["payload"]), ["ChangeEventHeader"])

    run(body())


@step("equal changes of one request are one event")
def _():
    made = [sf.Account.create({"Name": name})["id"] for name in ("A", "B", "C")]

    async def body():
        async with listener(ReplayOption.NEW_EVENTS) as client:
            await client.subscribe("/data/ChangeEvents")
            await client.subscribe("/data/AccountChangeEvent")
            records = [
                {"attributes": {"type": "Account"}, "id": id, "Industry": "Apparel"} for id in made
            ]
            await asyncio.to_thread(
                sf.restful,
                "composite/sobjects",
                method="PATCH",
                json={"allOrNone": True, "records": records},
            )
            messages = await receive(client, 2)
            equal(
                {message["channel"] for message in messages},
                {"/data/ChangeEvents", "/data/AccountChangeEvent"},
            )
            equal([header(message)["recordIds"] for message in messages], [made, made])

    run(body())


@step("an id that is too old is refused, and the client falls back to all events")
def _():
    async def body():
        stale = {channel: ReplayMarker(date="2026-01-01T00:00:00.000Z", replay_id=999_999)}
        async with listener(stale) as client:
            try:
                await client.subscribe(channel)
                raise AssertionError("nothing was refused")
            except ServerError as error:
                equal(error.error_code, 400)
                equal("replayId {999999} you provided was invalid" in error.error_message, True)
        async with listener(stale, replay_fallback=ReplayOption.ALL_EVENTS) as client:
            await client.subscribe(channel)
            messages = await receive(client, 3)
            equal(
                [header(message)["changeType"] for message in messages],
                ["CREATE", "UPDATE", "DELETE"],
            )

    run(body())


@step("a channel that is not there, and the end of a subscription")
def _():
    async def body():
        async with listener(ReplayOption.NEW_EVENTS) as client:
            try:
                await client.subscribe("/data/NopeChangeEvent")
                raise AssertionError("nothing was refused")
            except ServerError as error:
                equal(error.error_code, 400)
            await client.subscribe(channel)
            equal(client.subscriptions, {channel})
            await client.unsubscribe(channel)
            equal(client.subscriptions, set())

    run(body())


@step("the wait of a poll ends, and the next one goes on")
def _():
    async def body():
        async with listener(ReplayOption.NEW_EVENTS) as client:
            await client.subscribe(channel)
            await asyncio.sleep(0.3)
            requests.post(base + "/_control/clock", json={"advanceSeconds": 110}, timeout=10)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(sf.Contact.create, {"LastName": "Later"})
            (message,) = await receive(client)
            equal(message["data"]["payload"]["Name"], {"LastName": "Later"})

    run(body())


@step("a token that nobody gave is refused before any handshake")
def _():
    async def body():
        client = Client(authenticator("nope"), loop=loop)
        try:
            await client.open()
            raise AssertionError("nothing was refused")
        except AuthenticationError:
            pass

    run(body())


step.finish()
