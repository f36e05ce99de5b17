"""What people do while nobody listens counts as soon as somebody listens again, before anybody is asked once more."""

import unittest

from harness import InWorkspace, also_over_http


@also_over_http(scale=100.0, without=("test_a_lost_connection_is_caught_up_with_as_well",))
class WhileItIsAway(InWorkspace):
    """The chat gives every event up after three tries within a moment: nothing is ever told twice, or at all."""

    scale = 300.0
    sandbox_options = ("--redelivery-ms", "50,50,50")

    def stay_away(self):
        """The daemon ends; whatever happens now, it is never told."""
        self.daemon.end()

    def come_back(self):
        """What was not told is given up by the chat; then the daemon starts again."""
        self.sandbox.wait()
        told = self.lines_logged()
        self.daemon.start()
        self.daemon.wait_log("event=caught_up reason=started", since=told)

    def lines_logged(self):
        """How many lines the daemon has logged."""
        return len(self.daemon.log_text().splitlines())

    def test_acks_of_each_kind_count_and_nobody_who_answered_is_nudged(self):
        card = self.asks(self.ada, "@ben @chen @hugo please read the-plan")
        self.stay_away()
        self.ben.reacts(card, "white_check_mark")
        self.chen.reacts(card, "eyes")
        self.hugo.says("I have it", "#general", thread=card)
        self.come_back()
        self.shows(card, "✅ 3 of 3 received   ⏳ 1 of 3 integrated")

    def test_a_request_by_reaction_is_made(self):
        self.stay_away()
        message = self.ada.says("@ben please look at the-door")
        self.ada.reacts(message, "incoming_envelope")
        self.come_back()
        card = self.card_of("the-door")
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "You have it")

    def test_a_message_that_is_gone_asks_nobody_any_more(self):
        message = self.ada.says("@ben please look at the-window")
        self.ada.reacts(message, "incoming_envelope")
        card = self.card_of("the-window")
        self.stay_away()
        self.ada.deletes(message)
        self.come_back()
        self.shows(card, "Closed · 0 of 1 received")

    def test_what_is_lost_for_good_while_all_is_well_is_found_by_the_next_sweep(self):
        card = self.asks(self.ada, "@ben please read the-note")
        self.sandbox.faults(lose_event=1.0)
        self.addCleanup(self.sandbox.faults)
        self.ben.reacts(card, "white_check_mark")
        self.sandbox.faults()
        self.assertGreaterEqual(self.sandbox.stats()["faults"]["lose_event"], 1)
        self.shows(card, "✅ 1 of 1 received, 1 integrated", timeout=self.clock.wall_seconds(3600) + 10)

    def test_a_lost_connection_is_caught_up_with_as_well(self):
        card = self.asks(self.ada, "@ben please read the-letter")
        told = self.lines_logged()
        self.sandbox.faults(drop_event=1.0)
        self.addCleanup(self.sandbox.faults)
        self.ben.reacts(card, "white_check_mark")
        self.sandbox.wait()
        self.sandbox.faults()
        self.sandbox.call("disconnect", cut=True)
        self.daemon.wait_log("event=caught_up reason=reconnected", since=told)
        self.shows(card, "✅ 1 of 1 received, 1 integrated")


if __name__ == "__main__":
    unittest.main()
