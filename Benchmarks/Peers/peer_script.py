"""The plain script, as somebody runs it from cron."""

from pathlib import Path

import child
from setting import CLIENTS, Setting
from simulator import Simulator
from two_way import KillWhen


class PlainScript:
    name = "plain script"
    lost_every = 10

    def __init__(self, setting: Setting) -> None:
        self.python = setting.python("script")

    def first(self, simulator: Simulator, kill_when: KillWhen) -> child.Ended:
        script = str(Path(__file__).with_name("two_way_script.py"))
        environment = {"DUET_SIMULATOR_READY": simulator.ready_line, "PYTHONPATH": str(CLIENTS)}
        return child.run([self.python, script], simulator.folder, environment, kill_when)

    def again(self, simulator: Simulator) -> list[child.Ended]:
        return [self.first(simulator, None)]
