"""A bot written with Slack's own framework, as a process: it tracks the same events as ackd does, in the obvious way
(tests/conformance/tracking_app.mjs), and is what ackd is compared with."""

import collections
import json
import os
import pathlib
import subprocess
import sys
import threading

from programs import PATIENCE, ProgramEnded, end_process, start_process

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFORMANCE = ROOT / "tests/conformance"  # it has the framework
WORK = ROOT / "build/conformance"
sys.path.append(str(ROOT / "tools"))
import node_packages  # noqa: E402


def reason_to_skip():
    """Why the framework cannot be run here; nothing when it can."""
    return node_packages.reason_to_skip(CONFORMANCE, WORK)


class BoltTracker:
    """`handled`: how often it has handled each thing that it was told."""

    def __init__(self, api, log_path):
        node_packages.place_scripts(CONFORMANCE, WORK)
        self.log_path = pathlib.Path(log_path)
        self.handled = collections.Counter()
        self._ready = threading.Event()
        with self.log_path.open("w", encoding="utf-8") as log:
            self.process = start_process(
                ["node", "tracking_app.mjs"],
                cwd=WORK,
                env={**os.environ, "SLACK_API_URL": api},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            said = json.loads(line)
            if "handled" in said:
                self.handled[said["handled"]] += 1
            else:
                self._ready.set()

    def wait_until_ready(self, timeout=30.0):
        """Until it has connected."""
        if not self._ready.wait(timeout * PATIENCE):
            raise ProgramEnded(f"the Bolt app did not start: {self.log_path.read_text(encoding='utf-8')}")

    def end(self):
        """It ends, and everything it noted has been read."""
        end_process(self.process)
        self._reader.join(5.0)
        self.process.stdout.close()
