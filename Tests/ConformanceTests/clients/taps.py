"""Runs a Singer tap in a process of its own and reads what it prints."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


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
