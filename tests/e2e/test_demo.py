"""`./dev demo`: one command, one address, a living workspace behind it; Ctrl-C leaves nothing behind."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import urllib.request

from harness import PATIENCE, TestCase
from programs import end_process, start_process

DEMO = pathlib.Path(__file__).resolve().parents[2] / "tools" / "demo.py"


class Demo(TestCase):
    """As a newcomer starts and ends it."""

    def start(self, *options, **environment):
        """In a folder of its own, so that what it leaves behind can be seen; and its address."""
        process = start_process(
            [sys.executable, str(DEMO), "--bin-dir", os.environ["ACKD_BIN_DIR"], *options],
            env={**os.environ, "TMPDIR": str(self.folder), "DISPLAY": "", "WAYLAND_DISPLAY": "", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(end_process, process)
        line = process.stdout.readline()
        address = re.fullmatch(r"ackd is running: (http://127\.0\.0\.1:\d+/)\n", line)
        self.assertIsNotNone(address, line + (process.stderr.read() if process.poll() is not None else ""))
        return process, address[1]

    def interrupt(self, process):
        """What Ctrl-C does; everything it has said since."""
        children = [
            int(each) for each in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        ]
        self.assertEqual(len(children), 2, "the chat and the daemon")
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=15 * PATIENCE)
        self.assertEqual(process.returncode, 0, out + error)
        self.assertNotIn("Traceback", out + error)
        self.assertEqual([child for child in children if pathlib.Path(f"/proc/{child}").exists()], [])
        return out + error

    def test_it_serves_a_page_and_leaves_nothing_behind(self):
        process, address = self.start()
        with urllib.request.urlopen(address) as page:
            self.assertIn("text/html", page.headers["Content-Type"])
            self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertIn("Stopped.", self.interrupt(process))
        self.assertEqual([path.name for path in self.folder.iterdir()], [], "something is left behind")

    def test_ackd_lives_there_and_knows_its_people_and_its_commands(self):
        process, address = self.start()
        with urllib.request.urlopen(address + "sandbox/app") as answer:
            self.assertIn('"/ack"', answer.read().decode())
        body = b'{"channel":"#general","user":"@ada","command":"/ack","text":"@ben !send please read the plan"}'
        with urllib.request.urlopen(urllib.request.Request(address + "sandbox/command", data=body)) as answer:
            self.assertIn("Asked as #1", answer.read().decode())
        self.interrupt(process)

    def test_a_second_one_takes_another_port(self):
        first, one = self.start()
        second, other = self.start()
        self.assertNotEqual(one, other)
        self.interrupt(second)
        self.interrupt(first)

    def test_what_is_asked_stays_where_it_is_told_to(self):
        state = self.folder / "kept"
        process, _ = self.start("--state-dir", str(state), "--alone")
        self.interrupt(process)
        self.assertTrue((state / "state" / "ackd.db").is_file())

    def test_a_port_that_is_taken_is_said(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = subprocess.run(
                [sys.executable, str(DEMO), "--bin-dir", os.environ["ACKD_BIN_DIR"], "--port", str(port)],
                capture_output=True, text=True, timeout=30 * PATIENCE, check=False,
            )  # fmt: skip
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr, f"port {port} is taken; --port chooses another\n")

    def test_it_says_what_is_missing(self):
        done = subprocess.run(
            [sys.executable, str(DEMO), "--bin-dir", str(self.folder)], capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 2)
        self.assertIn("./dev build makes it", done.stderr)
