"""What HTTP clients of any kind do, sent byte by byte: both servers must bear it."""

import gzip
import http.client
import json
import socket
from urllib.parse import urlsplit

from loopback import Steps, equal, ready

hubspot, salesforce = ready()["hubspot"], ready()["salesforce"]
step = Steps()
contacts = "/crm/v3/objects/contacts"


def connect(base):
    address = urlsplit(base)
    wire = socket.create_connection((address.hostname, address.port))
    wire.settimeout(10)
    return wire


def head(method, path, version="1.1", **headers):
    lines = [f"{method} {path} HTTP/{version}", f"Authorization: Bearer {hubspot['token']}"]
    lines += ["Host: api.hubapi.com"] if version == "1.1" else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_reply(stream, has_body=True):
    """Status, headers and body of one reply; what follows it stays in the stream."""
    protocol, status, *_ = stream.readline().decode().split()
    equal(protocol, "HTTP/1.1")
    headers = {}
    while line := stream.readline().strip():
        name, value = line.decode().split(":", 1)
        headers[name.lower()] = value.strip()
    size = int(headers.get("content-length", 0)) if has_body else 0
    return int(status), headers, stream.read(size)


def ask(*requests, has_body=True):
    """The replies to requests that are sent one after the other on one connection."""
    with connect(hubspot["baseURL"]) as wire, wire.makefile("rb") as stream:
        replies = []
        for request in requests:
            wire.sendall(request)
            is_head = request.startswith(b"HEAD")
            replies.append(read_reply(stream, has_body and not is_head))
        return replies


@step("HTTP/1.0 is answered and the connection closed, which is how its clients find the end")
def _():
    for headers in [{}, {"Connection": "keep-alive"}]:
        with connect(hubspot["baseURL"]) as wire:
            wire.sendall(head("GET", contacts, version="1.0", **headers))
            received = b""
            while piece := wire.recv(65536):
                received += piece
            equal(received.split(b" ")[1], b"200")


@step("a connection is closed for whoever asks, in whatever case")
def _():
    with connect(hubspot["baseURL"]) as wire, wire.makefile("rb") as stream:
        wire.sendall(head("GET", contacts, Connection="Close"))
        equal(read_reply(stream)[0], 200)
        equal(stream.read(), b"")


@step("who waits for 100 Continue before the body is told to go on")
def _():
    body = json.dumps({"properties": {"email": "patient@example.com"}}).encode()
    with connect(hubspot["baseURL"]) as wire, wire.makefile("rb") as stream:
        wire.sendall(
            head(
                "POST",
                contacts,
                Expect="100-continue",
                Content_Type="application/json",
                Content_Length=len(body),
            )
        )
        equal(read_reply(stream, has_body=False)[0], 100)
        wire.sendall(body)
        equal(read_reply(stream)[0], 201)


@step("HEAD brings the headers alone, and the connection goes on")
def _():
    get, found, again = ask(head("GET", contacts), head("HEAD", contacts), head("GET", contacts))
    equal((found[0], found[1]["content-length"]), (200, get[1]["content-length"]))
    equal((again[0], again[2]), (200, get[2]))


@step("methods that neither CRM has are not taken for reads")
def _():
    for method in ["OPTIONS", "TRACE", "PURGE"]:
        refused, next_one = ask(head(method, contacts), head("GET", contacts))
        equal((refused[0], next_one[0]), (405, 200))


@step("a body comes in chunks, byte by byte")
def _():
    body = json.dumps({"properties": {"email": "chunks@example.com"}}).encode()
    chunks = b"".join(b"1\r\n" + body[i : i + 1] + b"\r\n" for i in range(len(body)))
    request = head(
        "POST", contacts, Transfer_Encoding="chunked", Content_Type="application/json"
    )
    equal(ask(request + chunks + b"0\r\n\r\n")[0][0], 201)


@step("a body comes compressed, as Salesforce's own Java client sends it")
def _():
    form = "&".join(
        [
            "grant_type=client_credentials",
            f"client_id={salesforce['clientID']}",
            f"client_secret={salesforce['clientSecret']}",
        ]
    )
    body = gzip.compress(form.encode())
    request = (
        "POST /services/oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with connect(salesforce["baseURL"]) as wire, wire.makefile("rb") as stream:
        for _ in range(2):
            wire.sendall(request.encode() + body)
            status, _, reply = read_reply(stream)
            equal((status, "access_token" in json.loads(reply)), (200, True))


@step("a body that is not packed as it says is refused, and so is an unknown packing")
def _():
    for url in [hubspot["baseURL"], salesforce["baseURL"]]:
        for encoding, body, wanted in [("gzip", b"no gzip", 400), ("br", b"{}", 415)]:
            request = (
                "POST /services/oauth2/token HTTP/1.1\r\nHost: x\r\n"
                f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            with connect(url) as wire, wire.makefile("rb") as stream:
                for _ in range(2):
                    wire.sendall(request.encode() + body)
                    status, _, reply = read_reply(stream)
                    equal((status, "Content-Encoding" in json.dumps(json.loads(reply))), (wanted, True))


@step("a long reply comes compressed for whoever asks, and for nobody else")
def _():
    address = urlsplit(hubspot["baseURL"])
    wire = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    path = "/crm/v3/properties/contacts"
    bodies = []
    for method, encoding in [("GET", "gzip, deflate"), ("HEAD", "gzip"), ("GET", "identity")]:
        headers = {"Authorization": f"Bearer {hubspot['token']}", "Accept-Encoding": encoding}
        wire.request(method, path, headers=headers)
        reply = wire.getresponse()
        body, packed = reply.read(), reply.getheader("Content-Encoding") == "gzip"
        equal((reply.status, packed), (200, method == "GET" and encoding != "identity"))
        bodies.append(gzip.decompress(body) if packed else body)
    equal((bodies[1], bodies[0] == bodies[2]), (b"", True))
    equal("results" in json.loads(bodies[0]), True)


@step("requests sent ahead are answered in their order")
def _():
    paths = [contacts, "/crm/v3/owners", "/nowhere"]
    with connect(hubspot["baseURL"]) as wire, wire.makefile("rb") as stream:
        wire.sendall(b"".join(head("GET", path) for path in paths))
        equal([read_reply(stream)[0] for _ in paths], [200, 200, 404])


@step("slashes too many, encoded letters, fragments and whole addresses name the same")
def _():
    for path in [
        contacts + "/",
        "/" + contacts,
        "/crm//v3/objects/contacts",
        "/crm/v3/objects/%63ontacts?limit=%31&properties=email%2Cfirstname",
        contacts + "?limit=1#top",
        "http://api.hubapi.com" + contacts,
    ]:
        equal((path, ask(head("GET", path))[0][0]), (path, 200))


@step("names of headers come in any case")
def _():
    for name in ["AUTHORIZATION", "authorization"]:
        request = f"GET {contacts} HTTP/1.1\r\nhOST: x\r\n{name}: Bearer {hubspot['token']}\r\n\r\n"
        equal(ask(request.encode())[0][0], 200)


@step("who hangs up in the middle harms nobody else")
def _():
    for base in [hubspot["baseURL"], salesforce["baseURL"]]:
        for part in [b"", b"GET /", head("POST", contacts, Content_Length=100) + b"half"]:
            with connect(base) as wire:
                wire.sendall(part)
    equal(ask(head("GET", contacts))[0][0], 200)


@step("what is no HTTP is refused")
def _():
    for base in [hubspot["baseURL"], salesforce["baseURL"]]:
        with connect(base) as wire, wire.makefile("rb") as stream:
            wire.sendall(b"hello\r\n\r\n")
            equal(read_reply(stream)[0], 400)
            equal(stream.read(), b"")


step.finish()
