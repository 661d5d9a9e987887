"""Runs a peer as a process of its own and measures it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


QUIET = {"NO_PROXY": "*", "DO_NOT_TRACK": "1", "PYTHONDONTWRITEBYTECODE": "1"}
"""No proxy, no telemetry, and no files beside the sources."""


@dataclass
class Ended:
    """What one process used. `status` is its exit code, or the negative number of the signal that ended it."""

    status: int
    seconds: float
    cpu: float
    peak_mb: float
    output: Path
    errors: Path


class PeerFailed(Exception):
    """A peer that ended as it should not have."""


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    kill_when: Callable[[], bool] | None = None,
    accepts: Sequence[int] = (0,),
) -> Ended:
    """Runs a command in that folder to its end, or kills it as soon as `kill_when` says so."""
    output, errors = folder / "output.txt", folder / "errors.txt"
    launcher = str(Path(__file__).with_name("launch.py"))
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", launcher, str(output), str(errors), *command],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**kept, **QUIET, "HOME": str(folder), **environment},
    )
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    killed = False
    while kill_when is not None and process.poll() is None and not killed:
        if kill_when():
            os.kill(pid, signal.SIGKILL)
            killed = True
        time.sleep(0.002)
    end = json.loads(process.stdout.readline())
    process.wait()
    if not killed and end["status"] not in accepts:
        told = errors.read_text()[-1500:] + output.read_text()[-500:]
        raise PeerFailed(f"{' '.join(command)} ended with {end['status']}: {told}")
    return Ended(
        end["status"], end["seconds"], end["cpu"], end["peakKB"] / 1024, output, errors
    )
