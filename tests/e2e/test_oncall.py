"""Being on call: who is on, a shift that is taken and given back, one that is offered and accepted, calendars."""

import json
import pathlib
import re
import subprocess
import unittest

from harness import InWorkspace, everything_from_app
from programs import run_ackd


DEBIANS_PYTHON = "/usr/bin/python3"


def has_reader():
    """Whether there is another library that reads calendars."""
    try:
        subprocess.run([DEBIANS_PYTHON, "-c", "import icalendar"], check=True, capture_output=True, timeout=60)
        return True
    except (OSError, subprocess.CalledProcessError):
        return False


LIMITS = "[limits]\nprice_shown_from = 0\ninterruptions_per_day = 100\n"
ROTATION = """
[[rotation]]
name = "rota"
people = ["U0BEN", "U0ADA"]
zone = "Etc/UTC"
hand_over = "00:00"
turn = "daily"
starts = "2026-02-02"
"""


class OnCall(InWorkspace):
    """Ben is on until midnight, then Ada, then Ben again. Each test begins and ends so."""

    scale = 10.0
    policy_text = LIMITS + ROTATION

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # His own time (New York), though he comes on before the chat has listed its people.
        cls.ben.gets("You are on call for rota, until Mon 19:00 (your time)", timeout=60)

    def rotations(self, *arguments):
        state = str(self.class_folder / "state")
        return run_ackd("rotations", *arguments, "--state-dir", state, *self.clock.options())

    def test_taken_and_given_back_across_a_restart(self):
        self.assertIn("· ben until", self.types(self.hugo, "/oncall rota").text)
        answer = self.types(self.ada, "/oncall take rota until tomorrow")
        self.assertIn("You are on in rota, until", answer.text)
        told = self.gets(self.ben, "ada has taken rota from you", timeout=60)
        self.restarts()
        self.assertIn("· ada until", self.types(self.hugo, "/oncall").text)
        self.ben.presses(told, "give_back_shift")
        self.answered(self.ben, "Undone. On now in rota: ben.", channel=told.channel)
        self.gets(self.ada, "ben has undone that ada took rota", timeout=60)
        self.assertIn("· ben until", self.types(self.hugo, "/oncall").text)

    def test_offered_and_accepted_across_restarts(self):
        answer = self.types(self.ben, "/oncall swap rota @ada")
        self.assertIn("ada is asked", answer.text)
        offer = self.gets(self.ada, "ben asks: can you be on call for rota", timeout=60)
        self.restarts()
        self.assertIn("· ben until", self.types(self.hugo, "/oncall").text)
        self.ada.presses(offer, "accept_shift")
        self.shows(offer, "✅ You have taken rota")
        self.gets(self.ben, "✅ ada has taken rota", timeout=60)
        self.gets(self.ada, "You are on call for rota", timeout=60)
        self.restarts()
        self.assertIn("· ada until", self.types(self.hugo, "/oncall").text)
        # Back again, so that the other test finds it as it was.
        self.types(self.ada, "/oncall swap rota @ben")
        back = self.gets(self.ben, "ada asks: can you be on call for rota", timeout=60)
        self.ben.presses(back, "accept_shift")
        self.gets(self.ada, "✅ ben has taken rota", timeout=60)
        self.gets(self.ben, "You are on call for rota", timeout=60)

    def test_a_calendar_goes_out_and_a_wrong_one_is_refused_with_its_line(self):
        status, feed, _ = self.rotations("export", "rota")
        self.assertEqual(status, 0)
        self.assertTrue(feed.startswith("BEGIN:VCALENDAR"))
        self.assertIn("SUMMARY:rota: ben", feed)
        if has_reader():
            self.assert_shifts(feed)
        wrong = self.class_folder / "wrong.ics"
        wrong.write_text(feed.replace("SUMMARY:rota: ben", "SUMMARY:rota: nobody-here", 1), encoding="utf-8")
        status, _, error = self.rotations("import", "rota", str(wrong))
        self.assertEqual(status, 2)
        self.assertRegex(error, r'wrong\.ics:\d+: nobody here is called "rota: nobody-here"')
        self.assertIn("Nothing was changed.", error)

    def test_what_goes_out_as_a_calendar_comes_in_as_one(self):
        """A shift is changed in it, taken back, and is as it was without it."""
        status, feed, _ = self.rotations("export", "rota")
        self.assertEqual(status, 0)
        adas = [event for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT\n", feed, re.DOTALL) if "rota: ada" in event]
        head, tail = feed[: feed.index("BEGIN:VEVENT")], "END:VCALENDAR\n"
        changed = self.class_folder / "changed.ics"
        changed.write_bytes((head + adas[10].replace("rota: ada", "rota: ben") + tail).encode())
        status, said, error = self.rotations("import", "rota", str(changed))
        self.assertEqual((status, error), (0, ""), said)
        status, feed, _ = self.rotations("export", "rota")
        self.assertEqual(status, 0)
        self.assertEqual(feed.count("rota: ada") + 1, len(adas), said)
        changed.write_bytes((head + adas[10] + tail).encode())
        self.assertEqual(self.rotations("import", "rota", str(changed))[0], 0)
        self.assertEqual(self.rotations("export", "rota")[1].count("rota: ada"), len(adas))

    def assert_shifts(self, feed):
        """Another library understands it: shifts follow each other, each with an id of its own."""
        file = self.class_folder / "feed.ics"
        file.write_bytes(feed.encode())
        reader = [DEBIANS_PYTHON, str(pathlib.Path(__file__).with_name("read_calendar.py")), str(file)]
        shifts = json.loads(subprocess.run(reader, check=True, capture_output=True, text=True, timeout=60).stdout)
        self.assertGreater(len(shifts), 7)
        self.assertEqual(len({shift["uid"] for shift in shifts}), len(shifts))
        for before, after in zip(shifts, shifts[1:]):
            self.assertEqual(before["ends"], after["starts"])
            self.assertNotEqual(before["summary"], after["summary"])


class Shown(InWorkspace):
    """A quarter of an hour before midnight, when Ben hands over to Ada: #platform's topic and @oncall show who is on."""

    scale = 10.0
    begins = "2026-02-02 23:45"
    policy_text = LIMITS + ROTATION + 'topic = "C0PLATFORM"\ngroup = "S0ONCALL"\n'

    def tearDown(self):
        """It is about the topic; who comes on and goes off is told besides."""
        for message in everything_from_app(self.sandbox).values():
            self.expected(message)
        super().tearDown()

    def waits_for(self, topic, members):
        """What is said of a new topic in the channel is there once for each."""
        self.sandbox.expect(f"set the channel topic: {topic}", 120, channel="#platform", **{"from": "anyone"})
        workspace = self.sandbox.call("workspace")
        (channel,) = [channel for channel in workspace["channels"] if channel["id"] == "C0PLATFORM"]
        self.assertEqual(channel["topic"], topic)
        self.sandbox.wait(idle_ms=250, timeout=15)
        (group,) = [group for group in self.sandbox.call("workspace")["groups"] if group["id"] == "S0ONCALL"]
        self.assertEqual(group["users"], members)

    def topics_set(self):
        said = self.sandbox.expect("set the channel topic", channel="#platform", **{"from": "anyone"})
        return [seen["text"] for seen in said]

    def test_they_follow_who_is_on_and_nothing_else(self):
        self.waits_for("On call (rota): ben | Build, release, run", ["U0BEN"])
        self.types(self.ada, "/oncall take rota until 00:55")  # in Berlin: five to midnight, UTC
        self.waits_for("On call (rota): ada | Build, release, run", ["U0ADA"])
        # Somebody writes in it, and ackd is killed: both leave it alone.
        self.sandbox.call("channel", channel="#platform", topic="On call (rota): ask me | Frozen", by="@ben")
        before = self.topics_set()
        self.restarts()
        self.settle()
        self.assertEqual(self.topics_set(), before)
        self.waits_for("On call (rota): ben | Frozen", ["U0BEN"])
        self.waits_for("On call (rota): ada | Frozen", ["U0ADA"])
        self.assertEqual(len(self.topics_set()), 5)


if __name__ == "__main__":
    unittest.main()
