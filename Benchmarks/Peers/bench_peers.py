"""Measures duet beside other people's programs, on the same simulated CRMs. `scripts/bench-peers` prepares it."""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

import peer_drt
import peer_taps
import report
import two_way
from child import PeerFailed
from peer_duet import Duet
from peer_script import PlainScript
from result import Result, medians
from setting import Setting

PEERS = ["taps", "drt", "script", "duet"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench-peers", description=__doc__)
    parser.add_argument("--contacts", type=int, default=2_000, help="people to invent (2000)")
    parser.add_argument("--changed", type=int, default=10, help="the few that change (10)")
    parser.add_argument("--writes", type=int, default=200, help="updates and creates (200)")
    parser.add_argument("--seed", type=int, default=1, help="which people (1)")
    parser.add_argument("--repeat", type=int, default=1, help="times to run all, for medians (1)")
    parser.add_argument("--only", action="append", choices=PEERS, help="this peer; may be repeated")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--markdown", action="store_true", help="the table in Markdown")
    parser.add_argument("--duet", default=".build/release/duet", help=argparse.SUPPRESS)
    parser.add_argument(
        "--simulator", default=".build/release/duet-simulator", help=argparse.SUPPRESS
    )
    parser.add_argument("--environments", default=".build/peers", help=argparse.SUPPRESS)
    return parser.parse_args()


def versions(setting: Setting, peers: list[str]) -> dict[str, str]:
    """Of everything that is compared; duet's is its commit."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    found = {"duet": commit.stdout.strip() or "unknown"}
    packages = {
        "taps": [("tap-hubspot", "tap-hubspot"), ("tap-salesforce", "tap-salesforce")],
        "drt": [("drt", "drt-core")],
        "script": [("script", "hubspot-api-client"), ("script", "simple-salesforce")],
    }
    for peer in peers:
        for environment, package in packages.get(peer, []):
            found[package] = setting.version(environment, package)
    found["python"] = platform.python_version()
    return found


def once(setting: Setting, peers: list[str]) -> list[Result]:
    lines: list[Result] = []
    for peer in peers:
        print(f"bench-peers: {peer}", file=sys.stderr, flush=True)
        if peer == "taps":
            lines += peer_taps.results(setting)
        elif peer == "drt":
            lines += peer_drt.results(setting)
        elif peer == "script":
            lines += two_way.results(setting, PlainScript(setting))
        else:
            lines += two_way.results(setting, Duet(setting))
    return lines


def remark(setting: Setting, peers: list[str], repeats: int, load: object) -> str:
    told = ", ".join(f"{name} {version}" for name, version in versions(setting, peers).items())
    runs = f"medians of {repeats} runs" if repeats > 1 else "one run"
    return f"{told}; {setting.contacts} people of seed {setting.seed}; {runs}; load before {load}"


def main() -> None:
    options = arguments()
    setting = Setting(
        str(Path(options.duet).resolve()),
        str(Path(options.simulator).resolve()),
        Path(options.environments).resolve(),
        options.seed,
        options.contacts,
        options.changed,
        options.writes,
    )
    peers = [peer for peer in PEERS if not options.only or peer in options.only]
    facts: dict[str, object] = {
        "versions": versions(setting, peers),
        "contacts": options.contacts,
        "seed": options.seed,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    try:
        repeats = [once(setting, peers) for _ in range(options.repeat)]
    except PeerFailed as failure:
        sys.exit(f"bench-peers: {failure}")
    lines = medians(repeats)
    if options.json:
        print(report.to_json(lines, repeats, facts))
    else:
        print(report.markdown(lines) if options.markdown else report.table(lines))
        print(f"\n{remark(setting, peers, options.repeat, facts['load'])}")


main()
