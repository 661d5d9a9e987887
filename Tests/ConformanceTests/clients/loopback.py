"""Points an unmodified client at the simulated CRMs, and counts what was checked."""

import json
import os
import sys
import traceback
from urllib.parse import urlsplit, urlunsplit

import requests


def ready():
    """What `duet-simulator serve` printed when it was ready."""
    return json.loads(os.environ["DUET_SIMULATOR_READY"])


class LoopbackSession(requests.Session):
    """Sends every request to one address on this machine, whatever host its client names."""

    def __init__(self, base):
        super().__init__()
        self.trust_env = False
        self.base = urlsplit(base)

    def request(self, method, url, **options):
        parts = urlsplit(url)
        options.setdefault("timeout", 60)
        here = urlunsplit((self.base.scheme, self.base.netloc, parts.path, parts.query, ""))
        return super().request(method, here, **options)


class Steps:
    """Runs steps one after the other; each prints one line, and all are run."""

    def __init__(self):
        self.failed = 0
        self.count = 0

    def __call__(self, what):
        def run(step):
            self.count += 1
            try:
                step()
                print(f"ok   {what}", flush=True)
            except Exception as error:  # A step may fail in any way; the next ones still count.
                self.failed += 1
                frame = traceback.extract_tb(error.__traceback__)[-1]
                print(f"FAIL {what}: {type(error).__name__} {error} ({frame.name}:{frame.lineno})")
                sys.stdout.flush()
            return step

        return run

    def finish(self):
        print(f"{self.count} steps, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"found {found!r}, expected {expected!r}")


def refused(kind, call, *texts):
    """The call must be refused with that exception, and its content must name the texts."""
    try:
        call()
    except kind as error:
        for text in texts:
            if text not in str(error.content):
                raise AssertionError(f"{text!r} is not in {error.content!r}") from None
        return error
    raise AssertionError(f"nothing was refused; expected {kind.__name__}")
