"""Something is raised along a route: who is asked, who takes it, and how who raised it hears of it."""

import unittest

from harness import InWorkspace


class Raised(InWorkspace):
    """A next reminder is half a minute away."""

    scale = 10.0
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
playbook = "https://wiki.example.org/incident"
repeats = 1
  [[route.step]]
  people = ["U0BEN", "U0ELI"]
  [[route.step]]
  delay = "30m"
  people = ["U0CHEN"]
"""

    def test_whoever_takes_it_stands_the_others_down_and_who_raised_it_follows(self):
        said = self.types(self.hugo, "/escalate incident the raised-one is down since 14:20")
        self.assertIn("Raised as #", said.text)
        follows = self.gets(self.hugo, "are asked.")
        ben = self.gets(self.ben, "hugo raised this")
        eli = self.gets(self.eli, "hugo raised this")
        self.assertIn("raised-one", ben.text)
        self.assertIn("playbook", ben.text)
        self.eli.presses(eli, "got_it")
        self.gets(self.hugo, "✅ eli has it.")
        self.shows(follows, "eli has it, since")
        self.shows(ben, "eli has it now. Nothing for you to do")
        self.eli.presses(eli, "done")
        self.shows(follows, "eli says that it is done")
        self.sandbox.expect("eli says that it is done", user="@hugo", since=self._began, count=2)
        self._all_about("raised-one")

    def test_the_form_shows_what_there_is_to_choose(self):
        self.assertIsNone(self.hugo.types("/escalate"))
        view = self.form_of(self.hugo)
        self.assertEqual(view["title"]["text"], "Raise something")
        self.assertIn("Customers cannot work", str(view["blocks"]))
        self.assertEqual(self.sends(self.hugo, route="incident", text="the raised-two is down"), {})
        follows = self.gets(self.hugo, "are asked.")
        for person in (self.ben, self.eli):
            self.gets(person, "raised-two")
        self.hugo.presses(follows, "withdraw")
        self.shows(follows, "It is called off")

    def _all_about(self, words):
        """However often a nudge came: what is about it was to be expected."""
        for person in (self.ben, self.eli, self.chen, self.hugo, self.dana):
            for message in person.inbox():
                if words in message.text:
                    self.expected(message)

    def test_a_category_that_is_not_there_is_answered_with_those_that_are(self):
        answer = self.types(self.hugo, "/escalate incidnet the raised-four is down")
        self.assertIn("/escalate incident the raised-four is down", answer.text)


if __name__ == "__main__":
    unittest.main()
