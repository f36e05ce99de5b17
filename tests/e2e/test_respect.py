"""Respect for who is asked and who asks: the price before sending, and the question before the next nudge."""

import unittest

from harness import InWorkspace, also_over_http


@also_over_http(in_short=("test_it_is_sent_with_digests",))
class ThePriceBeforeSending(InWorkspace):
    """It is 23:30 in Tokyo when Ada asks in Berlin."""

    def prices(self, words):
        """Ada asks Dana, who is at work, and Fumi, who is asleep; what she reads."""
        price = self.types(self.ada, f"/ack @dana @fumi please check {words}")
        self.assertIn("Not sent yet: this disturbs 2 people now.", price.text)
        self.assertRegex(price.text, r"For fumi it is Mon 23:\d\d")
        self.assertEqual(
            [label.split(":")[0] for label in price.buttons().values()],
            ["When they are in", "With their digest", "Send now", "Don't send"],
        )
        return price

    def test_it_is_sent_when_they_are_in(self):
        price = self.prices("price-in")
        self.ada.presses(price, "send_when_in")
        self.answered(self.ada, "📨 Asked as #")
        card = self.card_of("price-in")
        self.assertNotIn("<@", card.seen["text"])
        message = self.gets(self.dana, "price-in")
        self.assertIn("ada asks you, since Mon", message.text)
        self.dana.presses(message, "done")
        self.shows(card, "1 of 2 received")
        self.ada.presses(card, "more", "Withdraw")
        self.answered(self.ada, "Withdrawn: #")
        self.shows(card, "Closed")

    def test_it_is_sent_with_digests(self):
        price = self.prices("price-digest")
        self.ada.presses(price, "send_with_digest")
        self.answered(self.ada, "📨 Asked as #")
        card = self.card_of("price-digest")
        self.ada.presses(card, "more", "Withdraw")
        self.answered(self.ada, "Withdrawn: #")
        self.shows(card, "Closed")

    def test_it_is_sent_all_the_same(self):
        price = self.prices("price-now")
        self.ada.presses(price, "send_now")
        self.answered(self.ada, "📨 Asked as #")
        card = self.card_of("price-now")
        self.ada.presses(card, "more", "Withdraw")
        self.answered(self.ada, "Withdrawn: #")
        self.shows(card, "Closed")

    def test_it_is_not_sent(self):
        price = self.prices("price-none")
        self.ada.presses(price, "withdraw")
        self.answered(self.ada, "Withdrawn: #")


@also_over_http(in_short=("test_a_yes_sends_the_nudge_and_what_is_called_off_ends_it",))
class StillNeeded(InWorkspace):
    """Half past eleven in São Paulo, half past nine in New York: Ben has two working hours, in half a minute."""

    scale = 300.0

    def asked_in_vain(self, words):
        """Hugo asks Ben, who was nudged once; the card and the question to Hugo."""
        card = self.asks(self.hugo, f"@ben please look at {words}")
        self.gets(self.ben, words, timeout=60)
        question = self.gets(self.hugo, f"{words}", timeout=60)
        self.assertIn("No answer from ben yet. Still needed, before I ask again?", question.text)
        return card, question

    def test_a_yes_sends_the_nudge_and_what_is_called_off_ends_it(self):
        card, question = self.asked_in_vain("need-yes")
        self.hugo.presses(question, "still_needed")
        self.shows(question, "✅ Still needed: those who have not answered are asked again.")
        for message in self.sandbox.expect("need-yes", 60, user="ben", count=2, since=self._began):
            self.expected(self.ben._find("D0BEN", message["ts"]))
        self.hugo.presses(card, "more", "Withdraw")
        self.answered(self.hugo, "Withdrawn: #")
        self.shows(card, "Closed")


if __name__ == "__main__":
    unittest.main()
