"""`./dev story`: the story is told to its end, and Ctrl-C ends it cleanly at any moment."""

import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

from harness import PATIENCE, TestCase
from programs import end_process, start_process

STORY = pathlib.Path(__file__).resolve().parents[2] / "tools" / "story.py"
ENDS = ("acknowledged", "nudged, then acknowledged", "declined", "escalated", "dead letter")


class Story(TestCase):
    """As a newcomer sees it."""

    def start(self):
        """The story, in a folder of its own, so that what it leaves behind can be seen."""
        process = start_process(
            [sys.executable, str(STORY), "--bin-dir", os.environ["ACKD_BIN_DIR"]],
            env={**os.environ, "TMPDIR": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(end_process, process)
        return process

    def children_of(self, process):
        """The programs that it has started, by their id."""
        return [int(each) for each in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]

    def test_an_interrupt_ends_it_with_everything_it_has_started(self):
        process = self.start()
        while "Asked, and acknowledged" not in process.stdout.readline():
            self.assertIsNone(process.poll())
        children = self.children_of(process)
        self.assertEqual(len(children), 2, "the chat and the daemon")
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=15 * PATIENCE)
        self.assertEqual(process.returncode, 130, out + error)
        self.assertNotIn("Traceback", out + error)
        self.assertEqual([child for child in children if pathlib.Path(f"/proc/{child}").exists()], [])
        self.assertEqual([path.name for path in self.folder.iterdir()], [], "a folder is left behind")

    def test_it_says_what_is_missing(self):
        done = subprocess.run(
            [sys.executable, str(STORY), "--bin-dir", str(self.folder)], capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 2)
        self.assertIn("./dev build makes it", done.stderr)

    @unittest.skipIf(os.environ.get("ACKD_E2E_SCALE") == "quick", "the whole story takes a minute")
    def test_the_whole_story_is_told_within_two_minutes(self):
        began = time.monotonic()
        process = self.start()
        out, error = process.communicate(timeout=180)
        self.assertEqual((process.returncode, error), (0, ""), out)
        self.assertLess(time.monotonic() - began, 120)
        for number, title in enumerate(ENDS, 1):
            self.assertIn(f"/ackd trace {number}   {title}", out)


if __name__ == "__main__":
    unittest.main()
