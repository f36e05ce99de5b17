"""Dead letters are looked through on Monday: the message, a tap, and the same without the chat."""

import json
import unittest

from harness import InWorkspace, everything_from_app
from programs import run_ackd


class OverTheWeekend(InWorkspace):
    """What is raised on Sunday finds nobody; on Monday Dana, who owns dead letters, looks through them."""

    scale = 4_000.0
    begins = "2026-02-08 12:00"  # a Sunday: what is raised with priority now asks all the same
    policy_text = """
[escalation]
dead_letter_owner = "U0DANA"
[limits]
price_shown_from = 0
[rules]
ask = false
[[route]]
name = "incident"
about = "Customers cannot work"
priority = "now"
  [[route.step]]
  people = ["U0BEN"]
"""

    def tearDown(self):
        """It is about one message; the nudges before it are another test's."""
        for message in everything_from_app(self.sandbox).values():
            self.expected(message)
        super().tearDown()

    def deadletters(self, *arguments):
        """(exit status, standard output, standard error)"""
        return run_ackd("deadletters", *arguments, "--state-dir", str(self.daemon.state_dir))

    def names(self, number, cause):
        """What `ackd deadletters cause` says, in the sandbox's time."""
        status, out, error = self.deadletters(
            "cause", str(number), cause, *self.clock.options()
        )
        self.assertEqual((status, error), (0, ""))
        return out

    def test_they_are_shown_once_and_a_tap_or_a_command_says_why(self):
        for words in ("the triaged-one", "the triaged-two", "the triaged-three"):
            self.types(self.hugo, f"/escalate incident {words} is down")
        self.sandbox.expect("3 dead letters wait for a cause", 120, user="@dana")
        (round_,) = [
            message
            for message in self.dana.inbox()
            if "for a cause" in message.text
        ]
        self.assertTrue(self.dana.is_at_work(round_.at, 3600), self.dana.local(round_.at))
        self.assertEqual(self.dana.local(round_.at).strftime("%A"), "Monday")
        for name in ("ben", "Ben"):
            self.assertNotIn(name, round_.text)
        listed = json.loads(self.deadletters("--json")[1])
        numbers = [letter["number"] for letter in listed["dead_letters"]]
        self.assertEqual(len(numbers), 3)
        self.assertEqual({letter["route"] for letter in listed["dead_letters"]}, {"incident"})

        self.dana.presses(round_, "triage_cause", "Overloaded")
        self.shows(round_, "✅ overloaded")
        self.assertEqual(self.names(numbers[1], "overloaded"), f"{numbers[1]}: overloaded.\n")
        self.shows(round_, "1 dead letter waits for a cause")
        said = self.names(numbers[2], "overloaded")
        self.assertIn("Three times within a month on route incident. Add somebody", said)
        self.shows(round_, "Every dead letter here has its cause")
        self.shows(round_, "/ackd setup route incident")

        self.assertIn("No dead letter waits for a cause.\n", self.deadletters()[1])
        self.assertIn("overloaded · route incident: 3\n", self.deadletters("--all")[1])
        status, _, error = self.deadletters("cause", str(numbers[0]), "overloded")
        self.assertEqual(status, 1)
        self.assertIn("did you mean overloaded?", error)
        status, _, error = self.deadletters("cause", "4711", "overloaded")
        self.assertEqual((status, error), (1, "There is no dead letter 4711: `ackd deadletters --all` lists them.\n"))


if __name__ == "__main__":
    unittest.main()
