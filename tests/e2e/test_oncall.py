"""Being on call: who is on, a shift that is taken and given back, one that is offered and accepted, calendars."""

import unittest

from harness import InWorkspace
from programs import run_ackd


class OnCall(InWorkspace):
    """Ben is on until midnight, then Ada, then Ben again. Each test begins and ends so."""

    scale = 10.0
    policy_text = """
[limits]
price_shown_from = 0
interruptions_per_day = 100
[[rotation]]
name = "rota"
people = ["U0BEN", "U0ADA"]
zone = "Etc/UTC"
hand_over = "00:00"
turn = "daily"
starts = "2026-02-02"
"""

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
        wrong = self.class_folder / "wrong.ics"
        wrong.write_text(feed.replace("SUMMARY:rota: ben", "SUMMARY:rota: nobody-here", 1), encoding="utf-8")
        status, _, error = self.rotations("import", "rota", str(wrong))
        self.assertEqual(status, 2)
        self.assertRegex(error, r'wrong\.ics:\d+: nobody here is called "rota: nobody-here"')
        self.assertIn("Nothing was changed.", error)


if __name__ == "__main__":
    unittest.main()
