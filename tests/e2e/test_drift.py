"""A drift probe: asked by form, answered with a tap, shown at its end without names; a restart between each."""

import sqlite3
import unittest

from harness import Message, WoundForward, at_utc

POLICY = """
[escalation]
dead_letter_owner = "U0ADA"
[rules]
ask = false
[[team]]
name = "platform"
channel = "C0GENERAL"
members = ["U0BEN", "U0CHEN", "U0DANA", "U0ELI", "U0GITA", "U0HUGO"]
leads = ["U0ADA"]
[[team]]
name = "pair"
members = ["U0FUMI", "U0INES"]
"""
MONDAY = "2026-02-02 14:30"  # it ends on Wednesday 14:30: two working days of the team, by UTC
QUESTION = "What comes first this month?"


class Drift(WoundForward):
    """A workspace for each test, whose time is wound forward."""

    def setUp(self):
        super().setUp()
        self.begin_at(MONDAY, POLICY)
        self.team = [self.ben, self.chen, self.dana, self.eli, self.gita, self.hugo]

    def asks(self, person, **entered):
        """Through the form; what is to be corrected."""
        self.assertIsNone(person.types(f"/drift {QUESTION}"))
        self.form_of(person)
        return self.sends(person, **{"question": QUESTION, "holds": "migration", "others": "onboarding", **entered})

    def question_to(self, person):
        found = self.sandbox.expect("picked at random:", 15, user=person.handle)
        return [message for message in person.inbox() if message.ts == found[-1]["ts"]][0]

    def taps(self, person, label):
        """The button with this label; each has an action id of its own."""
        message = self.question_to(person)
        action_id = [action_id for action_id, text in message.buttons().items() if text == label][0]
        person.presses(message, action_id)

    def count(self, sql):
        connection = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        return connection.execute(sql).fetchone()[0]

    def test_a_whole_probe_across_restarts(self):
        self.assertIn("Say what holds", str(self.asks(self.ada, holds=" ")))
        self.assertEqual(self.sends(self.ada, question=QUESTION, holds="migration", others="onboarding"), {})
        self.sandbox.expect("Asked 6 people of platform, picked at random", 15, user="ada")
        self.assertIn("One at a time.", self.ben.types("/drift").text)
        self.restarts()

        # Everybody has it by then, each in their own working time.
        self.go_to("2026-02-03 18:30")
        self.assertEqual(set(self.question_to(self.hugo).buttons().values()), {"migration", "onboarding", "Not sure"})
        for person, label in ((self.ben, "migration"), (self.chen, "onboarding"), (self.dana, "onboarding"), (self.gita, "Not sure")):
            self.taps(person, label)
            self.sandbox.expect("Counted, without your name.", 15, user=person.handle)
        self.settle()
        self.restarts()
        self.taps(self.ben, "onboarding")
        self.sandbox.expect("Yours is counted already.", 15, user="ben")
        self.assertIn("Nothing is shown before", self.ada.types("/drift last").text)
        self.assertEqual(self.count("SELECT count(*) FROM drift_asked WHERE has_answered = 1"), 4)
        self.taps(self.hugo, "migration")
        self.go_to("2026-02-04 14:35")

        found = self.sandbox.expect("see it as ada does", 15, channel="#general")
        board = Message("C0GENERAL", found[-1])
        self.assertEqual(board.kind, "ackd_drift")
        self.assertIn("2 of 5 see it as ada does (40 %)", board.text)
        self.assertIn("2 · migration (this holds, says ada)", board.text)
        self.assertIn("1 · Not sure", board.text)
        self.assertIn("worth a resync of fifteen minutes", board.text)
        for person in self.team:
            self.assertNotIn(person.handle, board.text)
        self.taps(self.eli, "migration")
        self.sandbox.expect("This has ended.", 15, user="eli")
        self.assertEqual(self.count("SELECT count(*) FROM drift_asked"), 0)
        self.assertIn("once in two weeks", self.dana.types("/drift").text)
        self.assertIn("2 of 5 saw it as ada did", self.dana.types("/drift last").text)
        log = self.daemon.log_text()
        for words in ("migration", "onboarding", "U0BEN"):
            self.assertNotIn(words, log)
        self.daemon.terminate()
        self.assert_database_whole(self.daemon.database)

    def test_too_few_answers_and_what_cannot_be(self):
        self.assertIn("It takes five", self.fumi.types("/drift").text)
        self.assertIn("Members of this workspace ask this", self.ines.types("/drift").text)
        errors = self.asks(self.ben, others="Not sure", until=int(at_utc("2026-02-02 14:40")))
        self.assertIn("always there", errors["others"])
        self.assertIn("Too soon", errors["until"])
        self.assertEqual(self.sends(self.ben, question=QUESTION, holds="migration", others="onboarding"), {})
        self.go_to("2026-02-03 18:30")
        for person in (self.chen, self.dana, self.gita):
            self.taps(person, "migration")
        self.go_to("2026-02-04 18:35")
        self.sandbox.expect("Too few people of platform answered to show anything", 15, user="ben")
        self.assertEqual(self.count("SELECT count(*) FROM drift_views"), 0)
        self.assertIn("too few answered", self.chen.types("/drift last").text)


if __name__ == "__main__":
    unittest.main()
