"""A retro: notes and answers without names, themes, dots, and what follows; the next one opens with it."""

import re
import sqlite3
import unittest

from harness import Message, WoundForward, at_utc

POLICY = """
[escalation]
dead_letter_owner = "U0ADA"
[limits]
price_shown_from = 0
interruptions_per_day = 100
[rules]
ask = false
[[team]]
name = "platform"
channel = "C0GENERAL"
members = ["U0BEN", "U0DANA", "U0HUGO"]
leads = ["U0ADA"]
[[retro]]
name = "platform"
team = "platform"
every = "15th of the month 08:00"
open_for = "12h"
anonymous = {anonymous}
facilitators = ["U0DANA", "U0BEN"]
questions = ["What shall we stop?"]
questions_each = 2
dots = 2
"""
MONDAY = "2026-02-02 14:30"  # 9:30 in New York, 11:30 in São Paulo: everybody of the team is at work


class Retro(WoundForward):
    """A workspace for each test, whose time is wound forward. Its window is open until Wednesday 10:30."""

    def begin(self, anonymous=True):
        self.begin_at(MONDAY, POLICY.format(anonymous="true" if anonymous else "false"))

    def board(self, words, timeout=15.0):
        """The message in the team's channel, once it says so."""
        found = self.sandbox.expect(words, timeout, channel="#general")
        return [message for message in (Message("C0GENERAL", seen) for seen in found) if message.kind == "ackd_retro"][-1]

    def opens_round(self):
        """By hand, long before its day."""
        self.assertIn("platform has begun.", self.ben.types("/retro now").text)
        return self.board("takes answers until")

    def prompt_of(self, person, count=1):
        """The newest question to them."""
        found = self.sandbox.expect("wants to hear what you noticed", 15, user=person.handle, count=count)
        return [message for message in person.inbox() if message.ts == found[-1]["ts"]][0]

    def answers(self, person, **entered):
        person.presses(self.prompt_of(person), "retro_answer")
        form = self.form_of(person)
        self.assertEqual(self.sends(person, **entered), {})
        return form

    def database(self):
        connection = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        return connection

    def groups(self, person, board, lines):
        """`lines` name answers by their words; in the form they go by their numbers."""
        numbers = {words: number for number, words in re.findall(r"^(\d+)\. (.+)$", self.ada.sees(board).text, re.MULTILINE)}
        text = "\n".join(f"{title}: {' '.join(numbers[words] for words in answers)}" for title, answers in lines)
        person.presses(board, "retro_group")
        self.form_of(person)
        return self.sends(person, themes=text)

    def test_a_whole_round_across_restarts(self):
        self.begin()
        self.assertIn("Noted for the next retro platform, without your name", self.hugo.types("/retro note the flaky test came back").text)
        self.opens_round()
        self.answers(self.ben, q1="deploys take an hour")
        self.restarts()
        self.answers(self.hugo, q1="deploys fail twice a week", q2="the stand-up")
        self.settle()

        # What lies there says nothing of who, of when, and of in which order.
        rows = self.database().execute("SELECT * FROM retro_sealed").fetchall()
        self.assertEqual(sorted(row[5] for row in rows), ["deploys fail twice a week", "deploys take an hour", "the flaky test came back", "the stand-up"])
        self.assertEqual({len(row) for row in rows}, {6})
        self.assertNotIn("U0", str(rows))
        log = self.daemon.database.with_name(self.daemon.database.name + "-wal").read_bytes()
        for row in rows:
            self.assertNotIn(row[5].encode(), log)
        facts = [fact for (fact,) in self.database().execute("SELECT fact FROM journal WHERE fact LIKE 'retro_%'")]
        self.assertEqual(facts, ["retro_opened", "retro_facilitator"])
        for words in ("deploys", "flaky", "U0BEN", "U0HUGO"):
            self.assertNotIn(words, self.daemon.log_text())

        self.go_to("2026-02-03 17:30")
        for person in (self.ben, self.dana, self.hugo):
            self.assertIn("nobody knows who has answered", self.prompt_of(person, 2).text)
        self.go_to("2026-02-04 10:35")
        board = self.board("4 answers, in random order")
        self.assertNotIn("hugo", board.text)
        self.assertIn("Noted before", board.text)
        self.restarts()

        # Who is asked to go on with it goes on from there.
        self.sandbox.expect("You facilitate retro platform · 1", 15, user="dana")
        self.hugo.presses(board, "retro_group")
        self.sandbox.expect("In this retro dana, and the leads of platform, do that.", channel="#general", user="hugo")
        self.assertEqual(
            self.groups(
                self.dana, board,
                [("Deploys", ["deploys take an hour", "deploys fail twice a week"]), ("Tests", ["the flaky test came back"])],
            ),
            {},
        )  # fmt: skip
        self.board("Everybody of platform has 2 dots")
        for person, themes in ((self.ben, ["1", "2"]), (self.hugo, ["1"]), (self.ben, ["1"])):
            person.presses(board, "retro_vote")
            self.form_of(person)
            self.assertEqual(self.sends(person, themes=themes), {})
        self.restarts()
        self.hugo.presses(board, "retro_vote")
        self.form_of(self.hugo)
        self.dana.presses(board, "retro_close")
        self.board("what do we do about it?")
        late = self.sends(self.hugo, themes=["2"])
        self.assertIn("The voting of platform · 1 is closed", str(late))
        self.sandbox.call("close_form", user="hugo")
        self.assertIn("●● Deploys (2 dots)", self.ada.sees(board).text)
        self.assertEqual(self.database().execute("SELECT count(*) FROM retro_votes").fetchone()[0], 0)

        self.dana.presses(board, "retro_act")
        self.form_of(self.dana)
        by = int(at_utc("2026-02-13 15:00"))
        self.assertIn("owner", self.sends(self.dana, text="deploys under ten minutes", owner=["U0BEN", "U0HUGO"], by=by))
        self.assertEqual(self.sends(self.dana, text="deploys under ten minutes", owner=["U0BEN"], by=by), {})
        self.board("ben is asked · deploys under ten minutes (#1)")
        self.dana.presses(board, "retro_close")
        self.board("is over: 4 answers, 2 themes, 1 action")
        self.assertIn("deploys take an hour", self.hugo.types("/retro find deploys hour").text)
        self.hugo.types("/retro export")
        self.sandbox.expect("## Themes", 15, user="hugo")

        # Until the next one, which opens with it.
        self.go_to("2026-02-05 15:00")
        self.assertIn("platform has begun.", self.ben.types("/retro now").text)
        again = self.board("Retro platform · 2 takes answers until")
        self.assertIn("Decided last time:", again.text)
        self.assertIn("deploys under ten minutes (#1)", again.text)
        self.assertIn("Then ben goes on with it.", again.text)
        self.daemon.terminate()
        self.assert_database_whole(self.daemon.database)

    def test_what_cannot_be_is_answered(self):
        self.begin(anonymous=False)
        self.assertIn("You are in no team that has a retro", self.gita.types("/retro").text)
        self.assertIn("/retro find hello", self.ben.types("/retro finds hello").text)
        self.assertIn('There is no retro "mobile"', self.ben.types("/retro export mobile").text)
        self.assertIn("no round yet", self.ben.types("/retro export").text)
        board = self.opens_round()
        self.assertIn("the next one can begin after that", self.ben.types("/retro now").text)
        self.gita.presses(self.board("takes answers until"), "retro_answer")
        self.sandbox.expect("This retro is of platform: its people answer.", channel="#general", user="gita")
        self.ben.presses(self.prompt_of(self.ben), "retro_answer")
        self.form_of(self.ben)
        self.assertEqual(self.sends(self.ben, q1="  "), {"q1": "Please answer at least one of them."})
        self.assertEqual(self.sends(self.ben, q1="with my name on it"), {})
        self.hugo.presses(self.prompt_of(self.hugo), "retro_answer")
        self.form_of(self.hugo)
        self.go_to("2026-02-04 10:35")
        self.board("with my name on it (ben)")
        self.assertIn("takes no answers any more", str(self.sends(self.hugo, q1="too slow")))
        self.sandbox.call("close_form", user="hugo")
        self.assertIn("Line 2: there is no answer 7.", str(self.wrong_groups(board)))
        # Nobody goes on with it: five working days later it is over, and what was said is kept.
        self.go_to("2026-02-08 12:00")
        self.go_to("2026-02-11 10:45")
        self.board("It ended by itself: nobody went on with it.")
        self.assertIn("with my name on it", self.dana.types("/retro find name").text)

    def wrong_groups(self, board):
        self.dana.presses(board, "retro_group")
        self.form_of(self.dana)
        problems = self.sends(self.dana, themes="Names: 1\nMore: 7")
        self.sandbox.call("close_form", user="dana")
        return problems


if __name__ == "__main__":
    unittest.main()
