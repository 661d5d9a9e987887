"""Runs an unmodified Singer tap: `run_tap.py MODULE[:FUNCTION] HOST=ADDRESS … -- ARGUMENTS`.

Without a function it is `main`. Requests to HOST, or to any host below it, go to ADDRESS instead.
"""

import importlib
import operator
import sys
from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter

split = sys.argv.index("--")
module, _, function = sys.argv[1].partition(":")
pairs = [pair.split("=", 1) for pair in sys.argv[2:split]]
send = HTTPAdapter.send


def redirected(self, request, **options):
    parts = urlsplit(request.url)
    for host, address in pairs:
        if parts.hostname == host or parts.hostname.endswith("." + host):
            here = urlsplit(address)
            request.url = urlunsplit((here.scheme, here.netloc, *parts[2:]))
    options["proxies"] = {}
    return send(self, request, **options)


HTTPAdapter.send = redirected
sys.argv = [module, *sys.argv[split + 1 :]]
operator.attrgetter(function or "main")(importlib.import_module(module))()
