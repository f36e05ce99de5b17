"""A question in a watched channel that nobody answers: whoever asked is told alone, then somebody is asked."""

import unittest

from harness import InWorkspace


class WatchedChannel(InWorkspace):
    """Times are short there: half an hour until who asked is told, three hours are over in seconds."""

    scale = 1_500.0
    policy_text = """
[limits]
price_shown_from = 0
[rules]
ask = false
[[channel]]
channel = "C0GENERAL"
people = ["U0BEN", "U0ELI"]
offer_after = "30m"
ask_after = "1h"
pass_on_after = "2h"
"""

    def test_nobody_answers_and_somebody_is_asked_across_restarts(self):
        question = self.hugo.says("Does anyone know how to restart the watched-one?")
        self.settle()
        self.restarts()
        offer = self.gets(self.hugo, "Nobody has answered your question yet", timeout=90)
        self.assertIn("watched-one", offer.text)
        self.shows(offer, "Unless you say otherwise")
        self.hugo.presses(offer, "ask_now")
        self.answered(self.hugo, "hears of it", channel=offer.channel)
        nudge = self.gets(self.ben, "hugo is waiting for an answer", timeout=90)
        self.shows(offer, "ben was asked")
        self.restarts()
        self.ben.presses(nudge, "got_it")
        self.shows(offer, "ben has your question now")
        self.ben.says("With the second switch from the left.", thread=question)
        self.shows(offer, "Your question was answered")
        self.shows(nudge, "Done, thank you")
        listed = self.types(self.dana, "/threads")
        self.assertIn("Unanswered in", listed.text)
        self.assertNotIn("watched-one", listed.text)

    def test_answered_in_time_nobody_hears_of_it(self):
        question = self.hugo.says("Where is the manual of the watched-two?")
        self.eli.says("On the shelf.", thread=question)
        other = self.dana.says("Could somebody look at the watched-three?")
        self.ben.reacts(other, "white_check_mark")
        statement = self.dana.says("Does anyone have the key of the watched-four?")
        self.dana.edits(statement, "The key of the watched-four is found.")
        self.settle()
        # Hours later there is nothing but silence (tearDown).
        end = self.sandbox.now() + 5 * 3600
        self.sandbox.wait_clock(lambda clock: float(clock["now"]) >= end, timeout=120)


if __name__ == "__main__":
    unittest.main()
