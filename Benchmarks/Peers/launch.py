"""Runs one command and says what it used: `launch.py OUTPUT ERRORS COMMAND …`.

A process starts with its parent's memory as its peak, so a small parent stands between the benchmark and what it
measures. The first line printed is the command's process id, the second one its end as JSON.
"""

import json
import os
import sys
import time


def main() -> None:
    output, errors, *command = sys.argv[1:]
    start = time.monotonic()
    pid = os.fork()
    if pid == 0:
        for path, number in [(output, 1), (errors, 2)]:
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
        os.execvpe(command[0], command, os.environ)
    print(pid, flush=True)
    _, status, usage = os.wait4(pid, 0)
    end = {
        "status": os.waitstatus_to_exitcode(status),
        "seconds": time.monotonic() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peakKB": usage.ru_maxrss,
    }
    print(json.dumps(end), flush=True)


main()
