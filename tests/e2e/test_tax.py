"""What ackd costs people, and reminders that are switched off because they help nobody."""

import contextlib
import sqlite3
import unittest

from harness import InWorkspace

HOUR = 3600
ADMIN = '[roles]\nadmins = ["U0ADA"]\n'


class Tax(InWorkspace):
    """Hugo is asked, nudged, and answers."""

    scale = 120.0
    policy_text = ADMIN

    def test_it_says_what_was_sent_asked_for_and_made(self):
        self.assertIn("0 messages · 0 interruptions · 0 taps asked for, 0 made", self.types(self.hugo, "/ackd tax").text)
        card = self.asks(self.ada, "@hugo !now please look at tax-one")
        nudge = self.gets(self.hugo, "tax-one")
        self.hugo.presses(nudge, "got_it")
        self.shows(card, "✅ 1 of 1 received")
        tax = self.types(self.hugo, "/ackd tax").text
        self.assertIn("1 message · 0 interruptions · 2 taps asked for, 1 made", tax)
        self.assertIn("An estimate: under a minute, at 20 seconds for a message and 10 for a tap asked for.", tax)
        self.assertNotIn("Workspace", tax)
        self.assertIn("Workspace", self.types(self.ada, "/ackd tax").text)
        self.assertIn("fewer than five people", self.types(self.ada, "/ackd tax").text)
        self.hugo.presses(nudge, "done")
        self.shows(card, "1 integrated")


class SwitchedOff(InWorkspace):
    """A reminder that is off is not sent, the next one is, and an admin has it back."""

    scale = 600.0
    policy_text = ADMIN

    def switch_off(self, rule):
        """As its figures would."""
        with contextlib.closing(sqlite3.connect(self.daemon.database)) as connection, connection:
            connection.execute("INSERT INTO nudge_rules VALUES (?, 3, 1, 0, NULL)", (rule,))

    def test_it_is_quiet_until_an_admin_insists(self):
        self.switch_off("today nudge 75%")
        card = self.asks(self.ada, "@hugo please look at tax-two")
        nudge = self.gets(self.hugo, "tax-two", timeout=40)
        self.assertGreaterEqual(nudge.at - card.at, 2 * HOUR - 60)
        self.hugo.presses(nudge, "done")
        self.shows(card, "1 integrated")
        listed = self.types(self.ada, "/ackd tax")
        self.assertIn("The reminder at 75 % for today is off.", listed.text)
        self.ada.presses(listed, "keep_rule")
        self.answered(self.ada, "The reminder at 75 % for today stays as it was until")
        self.assertNotIn("is off", self.types(self.ada, "/ackd tax").text)


if __name__ == "__main__":
    unittest.main()
