"""A team says that it has no room left: who must answer, what makes room, what waits meanwhile, and how it ends."""

import unittest

from harness import InWorkspace


class Capacity(InWorkspace):
    """Two minutes until somebody is asked are a second."""

    scale = 120.0
    policy_text = """
[escalation]
dead_letter_owner = "U0DANA"
[limits]
price_shown_from = 0
interruptions_per_day = 100
[rules]
ask = false
[[team]]
name = "platform"
members = ["U0HUGO", "U0ADA"]
leads = ["U0ADA"]
[[capacity]]
team = "platform"
route = "leads"
  [[capacity.function]]
  name = "engineering"
  people = ["U0BEN"]
  [[capacity.function]]
  name = "product"
  people = ["U0DANA"]
[[route]]
name = "leads"
priority = "today"
  [[route.step]]
  people = ["U0CHEN"]
"""

    def setUp(self):
        super().setUp()
        self.board = None

    def signals(self, words):
        said = self.types(self.hugo, f"/capacity at platform until 2026-02-06 because {words}")
        self.assertIn("platform is at capacity, until", said.text)
        self.board = self.gets(self.hugo, words)
        return self.gets(self.ben, words, timeout=30), self.gets(self.dana, words, timeout=30)

    def test_from_the_signal_to_relief_across_a_restart(self):
        ben, dana = self.signals("signal-one")
        self.assertIn("What changes, for engineering?", ben.text)
        self.ben.presses(ben, "make_room")
        self.form_of(self.ben)
        self.assertEqual(self.sends(self.ben, words="the importer"), {})
        self.shows(ben, "Done, thank you")
        self.shows(self.board, "engineering: drops the importer (ben)")
        self.restarts()
        self.dana.presses(dana, "make_room:3")
        self.form_of(self.dana)
        self.assertEqual(self.sends(self.dana, words="the fair is on friday"), {})
        self.shows(self.board, "product: accepts it: the fair is on friday (dana)")
        self.shows(self.board, "Everybody has answered")
        told = self.types(self.gita, "/capacity platform")
        self.assertIn("half of the signals had their answers within", told.text)
        self.assertIn("engineering: drops the importer", told.text)
        self.types(self.ada, "/capacity ok platform")
        self.shows(self.board, "platform has room again")
        self.everything_about("signal-one")

    def test_what_is_not_urgent_waits_and_begins_when_there_is_room(self):
        ben, dana = self.signals("signal-two")
        self.asks(self.gita, "@hugo !week ask-that-waits")
        self.gets(self.gita, "hugo is at capacity. This waits until")
        mine = self.types(self.hugo, "/capacity")
        self.assertIn("ask-that-waits", mine.text)
        self.assertIn("Waiting until you have room, in this order (1)", mine.text)
        self.hugo.presses(self.board, "have_room")
        self.answered(self.hugo, "platform has room again", channel=self.board.channel)
        self.shows(self.board, "platform has room again")
        self.shows(ben, "No longer needed")
        self.shows(dana, "No longer needed")
        self.assertNotIn("ask-that-waits", self.types(self.hugo, "/capacity").text)
        self.everything_about("signal-two")

    def everything_about(self, words):
        """However often a reminder came at this speed: what is about it was to be expected."""
        for person in (self.ben, self.dana, self.chen, self.hugo, self.gita, self.ada):
            for message in person.inbox():
                if words in message.text:
                    self.expected(message)

    def test_what_is_not_understood_is_answered_with_the_line_that_would_be(self):
        self.assertIn("/capacity at platform", self.types(self.hugo, "/capacity at platfrom").text)
        self.assertIn("/capacity at until Friday", self.types(self.hugo, "/capacity at until fryday").text)
        self.assertIn("had room already", self.types(self.hugo, "/capacity ok").text)
        self.assertIn("People of platform say", self.types(self.chen, "/capacity at platform").text)


if __name__ == "__main__":
    unittest.main()
