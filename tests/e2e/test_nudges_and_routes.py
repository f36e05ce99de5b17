"""What happens when nobody answers: nudges, the steps of a route, standing down, dead letters."""

import unittest

from harness import InWorkspace, also_over_http, everything_from_app

ROUTE = """
[escalation]
dead_letter_owner = "U0GITA"

[[route]]
name = "default"
  [[route.step]]
  people = ["U0DANA"]
  [[route.step]]
  groups = ["S0ONCALL"]
  [[route.step]]
  people = ["U0OLAF"]
  [[route.step]]
  channels = ["C0PLATFORM"]
"""


@also_over_http(
    scale=150.0,
    in_short=(
        "test_an_ack_stops_the_nudges",
        "test_cant_asks_the_backup_at_once",
        "test_why_me_and_the_time_line_are_one_press_away",
    ),
)
class AtPriorityNow(InWorkspace):
    """Five minutes, wall clock, whoever sleeps: three nudges a step, then the next step of the route."""

    scale = 300.0
    policy_text = ROUTE

    def asks_now(self, words):
        """Hugo is asked, at once; the card."""
        self.asked_at = float(self.sandbox.call("clock")["now"])
        card = self.asks(self.ada, f"@hugo !now please look at {words}")
        self.addCleanup(self.put_away, card)
        self.assertRegex(card.text, r"Waiting: hugo.* · then dana")
        return card

    def put_away(self, card):
        """What a failed test leaves open must not speak up in the next one."""
        if "Withdraw" in self.ada.sees(card).choices("more"):
            began = self.sandbox.call("clock")["now"]
            self.ada.presses(card, "more", "Withdraw")
            # Its answer as well, or the next test would find it.
            self.sandbox.expect("Withdrawn: #", channel=card.channel, user=self.ada.handle, since=began)
            self.settle()

    def nudges(self, person, words, count):
        """The messages about it to one person, as soon as there are so many."""
        found = self.sandbox.expect(words, user=person.handle, count=count, since=self._began)
        messages = [message for message in person.inbox() if message.ts in {seen["ts"] for seen in found}]
        self.assertEqual(len(messages), count, f"messages to {person.handle} about {words}: {messages}")
        return [self.expected(message) for message in messages]

    def assert_none_too_early(self, *messages):
        """They are due every five minutes from the ask on. That none is late, the simulation shows: here a busy machine may
        well be."""
        for number, message in enumerate(messages, 1):
            self.assertGreaterEqual(message.at - self.asked_at, number * 5 * 60, f"number {number}: {message}")

    def test_it_walks_the_route_and_ends_with_its_owner_and_a_late_answer_still_counts(self):
        card = self.asks_now("the-fire")
        hugo = self.nudges(self.hugo, "the-fire", 3)
        self.assertIn("ada is waiting for you on this, since Mon", hugo[0].text)
        self.assertIn("If it stays open: dana is asked on Mon", hugo[0].text)

        dana = self.nudges(self.dana, "the-fire", 3)
        self.assertRegex(dana[0].text, r"↗ This came to you because hugo could not be reached since Mon \d\d:\d\d\.")
        self.assertRegex(dana[-1].text, r"What was tried: hugo Mon \d\d:\d\d, \d\d:\d\d, \d\d:\d\d")

        ben, eli = self.nudges(self.ben, "the-fire", 3), self.nudges(self.eli, "the-fire", 3)
        self.assert_none_too_early(*hugo, *dana, *ben)
        self.assert_none_too_early(*hugo, *dana, *eli)

        skipped = self.gets(self.ada, "Step 3 of the route default has nobody who can be asked now: it was skipped.")
        self.assertIn("the-fire", skipped.text)
        call = self.expected(self.the_call_in("#platform", "the-fire"))
        self.assertIn("↗ This came to this channel because hugo could not be reached", call.text)
        self.assertNotRegex(call.text, "<!(channel|here|everyone)")

        letter = self.gets(self.gita, "No answer from hugo. Nothing more is sent: it is yours to decide.")
        self.assertRegex(letter.text, r"What was tried: hugo .* · dana .* · ben .*")
        self.shows(card, "1 person without an answer: with gita now")

        self.hugo.presses(hugo[0], "got_it")
        self.answered(self.hugo, "✅ Noted, and passed on.", hugo[0].channel)
        self.gets(self.gita, "after all.")

    def nothing_comes(self, minutes):
        """So much simulated time passes in silence; what does come, the ledger finds."""
        self.sandbox.wait(idle_ms=int(self.clock.wall_seconds(minutes * 60) * 1000), timeout=60)

    def the_call_in(self, channel, words):
        """The message of the route's step to a channel, of which there is one."""
        found = self.sandbox.expect(words, channel=channel, since=self._began)
        self.assertEqual(len(found), 1, f"messages in {channel} about {words}")
        view = everything_from_app(self.sandbox)
        return view[(self.channel_ids[channel], found[0]["ts"])]

    def test_an_ack_stops_the_nudges(self):
        card = self.asks_now("the-smoke")
        (nudge,) = self.nudges(self.hugo, "the-smoke", 1)
        self.hugo.presses(nudge, "got_it")
        self.shows(card, "✅ 1 of 1 received")
        self.shows(nudge, "✅ You have it.")
        self.hugo.presses(nudge, "done")
        self.shows(card, "1 integrated · took")
        self.shows(nudge, "✅ Done, thank you.")
        self.nothing_comes(minutes=15)

    def test_an_ack_by_who_was_called_in_stands_everybody_down_in_place(self):
        card = self.asks_now("the-flood")
        hugo = self.nudges(self.hugo, "the-flood", 3)
        (dana, *_) = self.nudges(self.dana, "the-flood", 1)
        self.dana.presses(dana, "got_it")
        for message in hugo:
            self.shows(message, "✅ dana has it now. Nothing for you to do; thank you.")
        self.shows(dana, "✅ You have it.")
        self.assertNotIn("Waiting", self.shows(card, "✅ 1 of 1 received").text)
        self.nothing_comes(minutes=15)

    def test_a_late_ack_of_the_debtor_stands_down_who_was_called_in(self):
        card = self.asks_now("the-leak")
        hugo = self.nudges(self.hugo, "the-leak", 3)
        (dana,) = self.nudges(self.dana, "the-leak", 1)
        self.hugo.reacts(card, "eyes")
        self.shows(dana, "✅ hugo has it now. Nothing for you to do; thank you.")
        self.shows(hugo[0], "✅ You have it.")
        self.nothing_comes(minutes=15)

    def test_cant_asks_the_backup_at_once(self):
        card = self.asks_now("the-draft")
        self.hugo.presses(card, "cant", "No time for it")
        self.answered(self.hugo, "Noted: you can't. dana is asked.")
        (dana,) = self.nudges(self.dana, "the-draft", 1)
        self.assertIn("is waiting for an answer, and hugo can't", dana.text)
        self.dana.presses(dana, "done")
        self.shows(card, "integrated · took")

    def test_not_me_from_who_was_called_in_moves_on_to_the_next_step(self):
        card = self.asks_now("the-rain")
        hugo = self.nudges(self.hugo, "the-rain", 3)
        (dana,) = self.nudges(self.dana, "the-rain", 1)
        self.dana.presses(dana, "not_me")
        (ben,) = self.nudges(self.ben, "the-rain", 1)
        (eli,) = self.nudges(self.eli, "the-rain", 1)
        self.nudges(self.dana, "the-rain", 1)  # the next step is asked at once, not when hers is over
        self.eli.presses(eli, "got_it")
        self.shows(ben, "✅ eli has it now.")
        self.shows(hugo[0], "✅ eli has it now.")
        self.shows(card, "✅ 1 of 1 received")

    def test_snooze_moves_the_next_nudge(self):
        card = self.asks_now("the-wind")
        (first,) = self.nudges(self.hugo, "the-wind", 1)
        self.hugo.presses(first, "snooze", "1 hour")
        self.answered(self.hugo, "⏳ Open; next reminder Mon", first.channel)
        first, second = self.nudges(self.hugo, "the-wind", 2)
        self.assertGreaterEqual(second.at - first.at, 58 * 60)
        self.hugo.presses(second, "got_it")
        self.shows(card, "✅ 1 of 1 received")

    def test_an_offer_to_cover_can_be_taken(self):
        card = self.asks_now("the-storm")
        self.chen.presses(card, "got_it")
        self.answered(self.chen, "this counts as an offer to cover")
        (nudge,) = self.nudges(self.hugo, "the-storm", 1)
        self.assertIn("Let chen have it", nudge.buttons().values())
        self.hugo.presses(nudge, "let_cover")
        self.shows(card, "✅ 1 of 1 received")
        self.shows(nudge, "It has been handed over. Nothing for you to do.")

    def test_undo_begins_anew(self):
        card = self.asks_now("the-frost")
        (nudge,) = self.nudges(self.hugo, "the-frost", 1)
        self.hugo.presses(nudge, "got_it")
        self.shows(nudge, "✅ You have it.")
        self.hugo.presses(nudge, "undo")
        self.shows(card, "✅ 0 of 1 received")
        self.nudges(self.hugo, "the-frost", 2)
        self.ada.presses(card, "more", "Withdraw")
        self.answered(self.ada, "Withdrawn: #")
        self.shows(nudge, "ada no longer needs this. Nothing for you to do.")

    def test_why_me_and_the_time_line_are_one_press_away(self):
        self.asks_now("the-dust")
        (nudge,) = self.nudges(self.hugo, "the-dust", 1)
        self.hugo.presses(nudge, "more", "Why did I get this")
        self.answered(self.hugo, "ada asked you, at priority now.", nudge.channel)
        self.hugo.presses(nudge, "more", "Time line")
        line = self.answered(self.hugo, "Time line of #", nudge.channel)
        self.assertIn("hugo was asked", line.text)
        self.assertIn("nudge 1 to hugo", line.text)
        self.hugo.presses(nudge, "done")
        self.shows(nudge, "✅ Done, thank you.")


if __name__ == "__main__":
    unittest.main()
