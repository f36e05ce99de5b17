"""Teams say where they stand, in a form; where they differ is settled between two, and it outlives a restart."""

import unittest

from harness import InWorkspace
from people import Message


class Resync(InWorkspace):
    """A working hour, after which all is posted, is half a minute."""

    scale = 120.0
    policy_text = """
[escalation]
dead_letter_owner = "U0DANA"
[limits]
interruptions_per_day = 100
[rules]
ask = false
[[team]]
name = "platform"
members = ["U0HUGO"]
leads = ["U0ADA"]
[[team]]
name = "mobile"
members = ["U0GITA"]
leads = ["U0BEN"]
[[resync]]
name = "product"
teams = ["platform", "mobile"]
channel = "C0GENERAL"
every = "every monday 06:00"
answers_within = "1h"
"""

    def in_channel(self, contains, count=1, timeout=60.0):
        """The last of so many messages that say so."""
        found = self.sandbox.expect(contains, timeout, channel="#general", since=self._began, count=count)
        return self.expected(Message("C0GENERAL", found[-1]))

    def test_a_whole_round_with_a_divergence_across_a_restart(self):
        self.assertIn("Leads of the teams that take part", self.types(self.hugo, "/resync now").text)
        self.assertIn("Noted for platform", self.types(self.hugo, "/surprise the cluster was full").text)
        begun = self.types(self.ada, "/resync now")
        self.assertIn("product has begun.", begun.text)
        of_platform = self.gets(self.ada, "where does platform stand?")
        of_mobile = self.gets(self.ben, "where does mobile stand?")
        self.ada.presses(of_platform, "resync_answer")
        self.assertIn("the cluster was full", str(self.form_of(self.ada)))
        wrong = self.sends(self.ada, priorities="the importer", waits_for="mobil: login")
        self.assertIn("Did you mean mobile?", str(wrong))
        self.assertEqual(self.sends(self.ada, priorities="the importer", waits_for="mobile: login tokens"), {})
        self.restarts()
        self.ben.presses(of_mobile, "resync_answer")
        self.form_of(self.ben)
        self.assertEqual(self.sends(self.ben, priorities="the release"), {})
        board = self.in_channel("Resync product: 2 of 2 teams answered")
        self.assertIn("platform waits for mobile: login tokens", board.text)
        below = self.in_channel("the leads of both settle it", count=2)
        self.assertIn("platform waits for mobile: login tokens. mobile does not name it.", below.text)
        # Told by the other side, later: both say the same by now.
        self.ben.presses(of_mobile, "resync_answer")
        self.form_of(self.ben)
        self.assertEqual(self.sends(self.ben, priorities="the release", owes="platform: login tokens"), {})
        self.shows(below, "both say the same by now")
        self.shows(board, "both say the same by now")
        self.assertIn("had its run of today already", self.types(self.ada, "/resync now").text)


if __name__ == "__main__":
    unittest.main()
