"""What every peer is run with."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from simulator import Simulator

CLIENTS = Path(__file__).resolve().parents[2] / "Tests/ConformanceTests/clients"
"""Runs taps and sessions against a loopback address; the conformance tests use the same."""


@dataclass
class Setting:
    duet: str
    simulator: str
    environments: Path
    """A folder with one Python environment for each `requirements-NAME.txt`."""
    seed: int
    contacts: int
    changed: int
    writes: int

    def serve(self) -> Simulator:
        return Simulator(self.simulator, self.seed, self.contacts)

    def python(self, environment: str) -> str:
        return str(self.environments / environment / "bin/python3")

    def version(self, environment: str, package: str) -> str:
        code = f"import importlib.metadata as m; print(m.version({package!r}))"
        command = [self.python(environment), "-c", code]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
