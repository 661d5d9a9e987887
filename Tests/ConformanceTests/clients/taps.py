"""Runs a Singer tap in a process of its own, makes what it reads, and reads what it prints."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import requests


class Tap:
    def __init__(self, module, config, redirects):
        self.module = module
        self.redirects = [f"{host}={address}" for host, address in redirects.items()]
        self.folder = tempfile.TemporaryDirectory()
        self.config = self.write("config", config)

    def write(self, name, content):
        path = Path(self.folder.name, name + ".json")
        path.write_text(json.dumps(content))
        return str(path)

    def run(self, *arguments):
        script = str(Path(__file__).with_name("run_tap.py"))
        command = [sys.executable, script, self.module, *self.redirects, "--"]
        done = subprocess.run(
            [*command, "--config", self.config, *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "NO_PROXY": "*"},
            timeout=300,
        )
        if done.returncode != 0:
            raise AssertionError("the tap failed: " + done.stderr[-1500:])
        return done.stdout

    def discover(self):
        return json.loads(self.run("--discover"))

    def sync(self, catalog, *streams, state=None, option="--properties"):
        """Selects these streams; answers their records and the last state."""
        for stream in catalog["streams"]:
            for item in stream["metadata"]:
                if item["breadcrumb"] == []:
                    item["metadata"]["selected"] = stream["stream"] in streams
                elif item["metadata"].get("inclusion") == "available":
                    item["metadata"]["selected"] = True
        arguments = [option, self.write("catalog", catalog)]
        if state is not None:
            arguments += ["--state", self.write("state", state)]
        records, last = {stream: [] for stream in streams}, state
        for line in self.run(*arguments).splitlines():
            message = json.loads(line)
            if message["type"] == "RECORD" and message["stream"] in records:
                records[message["stream"]].append(message["record"])
            elif message["type"] == "STATE":
                last = message["value"]
        return records, last


class Beside:
    """Asks a simulated CRM beside the tap, to make and change what the tap reads."""

    root = ""

    def __init__(self, base):
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False

    def authorize(self, token):
        self.session.headers["Authorization"] = "Bearer " + token

    def api(self, method, path, body=None):
        reply = self.session.request(method, self.base + self.root + path, json=body)
        reply.raise_for_status()
        return reply.json() if reply.content else None


class Portal(Beside):
    """HubSpot's side of what `serve` printed."""

    def __init__(self, portal):
        super().__init__(portal["baseURL"])
        self.authorize(portal["token"])

    def make(self, object, **properties):
        return self.api("POST", f"/crm/v3/objects/{object}", {"properties": properties})["id"]


class Org(Beside):
    """Salesforce's side of what `serve` printed."""

    root = "/services/data/v62.0"

    def __init__(self, org):
        super().__init__(org["baseURL"])
        self.org = org

    def sign_in(self, grant, *more):
        """Takes a token by that grant, which names the app and whatever else is asked for."""
        names = {"client_id": "clientID", "client_secret": "clientSecret"}
        names["refresh_token"] = "refreshToken"
        form = {"grant_type": grant, "client_id": self.org["clientID"]}
        form.update({name: self.org[names[name]] for name in more})
        reply = self.session.post(self.base + "/services/oauth2/token", data=form)
        reply.raise_for_status()
        self.authorize(reply.json()["access_token"])

    def make(self, object, **fields):
        return self.api("POST", "/sobjects/" + object, fields)["id"]

    def tap(self, api, selects):
        """A Salesforce tap that reads through that API; `selects`: as its settings spell yes."""
        config = {
            "client_id": self.org["clientID"],
            "client_secret": self.org["clientSecret"],
            "refresh_token": self.org["refreshToken"],
            "start_date": "2020-01-01T00:00:00Z",
            "api_type": api,
            "select_fields_by_default": selects,
        }
        return Tap("tap_salesforce", config, {"salesforce.com": self.base})
