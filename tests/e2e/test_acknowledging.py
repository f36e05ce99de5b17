"""The main job, as people see it: somebody asks, those asked answer in one of the ways, the card shows it in place."""

import unittest

from harness import InWorkspace, also_over_http, plain


@also_over_http()
class Asking(InWorkspace):
    """How a request begins."""

    def test_a_card_is_posted_once_and_only_its_first_drawing_pings(self):
        self.sandbox.faults(answer_5xx={"probability": 1, "methods": ["chat.update"]})
        self.addCleanup(self.sandbox.faults)
        card = self.asks(self.ada, "@ben @oncall please read plan-one")
        self.assertIn("To: <@U0BEN> <!subteam^S0ONCALL>", card.text)
        self.sandbox.faults()
        redrawn = self.shows(card, "To: ben @oncall")
        self.assertNotIn("<@", redrawn.text)
        self.assertNotIn("<!", plain(redrawn.text))
        self.assertIn("ada needs an answer from 2 people* · today", redrawn.text)
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "You have it")
        self.assertNotIn("<@", self.shows(card, "✅ 1 of 2 received").text)

    def test_the_message_is_posted_as_it_was_typed(self):
        card = self.asks(self.ada, "@ben !week read <https://example.com|this> & tell @chen *soon* plan-two")
        self.assertIn("· this week", card.text)
        self.assertIn("plan-two", card.text)
        self.assertNotIn("<@U0CHEN>", card.text, "who is only spoken of is not pinged")

    def test_a_date_is_shown_on_the_card_and_confirmed_in_the_askers_time(self):
        answer = self.types(self.ada, "/ack !send @ben by thursday 17:00 please read plan-three")
        self.assertIn("by Thu 17:00 (your time)", answer.text)
        self.assertRegex(self.card_of("plan-three").text, r"· by <!date\^1770307200\^")

    def test_an_envelope_on_ones_own_message_asks_those_it_mentions(self):
        message = self.ada.says("@ben and @chen: the door code changes, plan-four", "#platform")
        self.ada.reacts(message, "incoming_envelope")
        card = self.card_of("plan-four", "#platform")
        self.assertEqual(card.seen["thread_ts"], message.ts, "the card is in the message's thread")
        self.assertIn("ada needs an answer from 2 people", card.text)

    def test_an_envelope_on_a_message_without_mentions_asks_the_channel_but_not_its_author(self):
        message = self.ada.says("the door code changes, plan-five", "#platform")
        self.ada.reacts(message, "incoming_envelope")
        card = self.card_of("plan-five", "#platform")
        self.assertIn("ada needs an answer from 3 people", card.text)
        self.assertIn("Waiting: ben · chen", card.text)
        self.assertIn("fumi", card.text)

    def test_an_envelope_on_somebody_elses_message_asks_nobody(self):
        message = self.ada.says("@ben plan-six")
        self.chen.reacts(message, "incoming_envelope")

    def test_taking_the_envelope_back_withdraws_the_request(self):
        message = self.ada.says("@ben plan-seven")
        self.ada.reacts(message, "incoming_envelope")
        card = self.card_of("plan-seven")
        self.ada.reacts(message, "incoming_envelope", remove=True)
        self.shows(card, "Closed · 0 of 1 received")

    def test_a_channel_that_ackd_is_not_in_is_said_so_to_the_asker_alone(self):
        answer = self.types(self.ada, "/ack !send @ben please read plan-eight", "#random")
        self.assertIn("📨 Asked as #", answer.text)
        told = self.gets(self.ada, "Nobody was asked: the chat would not take the message here")
        self.assertIn("Invite ackd to the channel", told.text)

    def test_nobody_is_asked_twice_by_being_named_twice(self):
        card = self.asks(self.ada, "@ben @platform-team @ben please read plan-nine")
        self.assertIn("from 3 people", card.text)

    def test_for_information_asks_for_nothing(self):
        card = self.asks(self.ada, "@ben !fyi the canteen is closed plan-ten")
        self.assertIn("ada lets 1 person know", plain(card.text))
        self.assertNotIn("received", card.text)


@also_over_http()
class AckByEachWay(InWorkspace):
    """Each way to answer is recorded as what it was, shows on the card, and counts once."""

    def way(self, number, by):
        """How the journal says that it was answered."""
        answer = self.types(self.ada, f"/ackd trace {number}")
        self.assertIn(f"({by})", answer.text)

    def number_of(self, card):
        """The number of the request behind a card."""
        return int(card.seen["blocks"][-1]["elements"][0]["value"].lstrip("r"))

    def test_the_button(self):
        card = self.asks(self.ada, "@ben please read way-button")
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "✅ You have it · 1 of 1 received.")
        self.shows(card, "✅ 1 of 1 received   ⏳ 0 of 1 integrated")
        self.way(self.number_of(card), "button")

    def test_eyes_say_received_and_taken_back_undo(self):
        card = self.asks(self.ada, "@ben please read way-eyes")
        self.ben.reacts(card, "eyes")
        self.shows(card, "✅ 1 of 1 received")
        self.ben.reacts(card, "eyes", remove=True)
        self.shows(card, "✅ 0 of 1 received")

    def test_a_check_mark_says_done_and_the_card_shrinks(self):
        card = self.asks(self.ada, "@ben please read way-check")
        self.ben.reacts(card, "white_check_mark")
        shrunk = self.shows(card, "✅ 1 of 1 received, 1 integrated · took")
        self.assertNotIn("Waiting", shrunk.text)
        self.assertEqual(list(shrunk.buttons()), ["more"])

    def test_any_other_emoji_does_not_count(self):
        card = self.asks(self.ada, "@ben please read way-other")
        for emoji in ("thumbsup", "heavy_check_mark", "eye", "tada"):
            self.ben.reacts(card, emoji)
        self.settle()
        self.assertIn("✅ 0 of 1 received", self.ada.sees(card).text)

    def test_a_reply_in_the_thread(self):
        card = self.asks(self.ada, "@ben please read way-reply")
        self.ben.says("on it", thread=card)
        self.shows(card, "✅ 1 of 1 received")
        self.way(self.number_of(card), "reply")

    def test_a_reply_of_somebody_else_does_not_count(self):
        card = self.asks(self.ada, "@ben please read way-stranger")
        self.chen.says("interesting", thread=card)
        self.ada.says("any news?", thread=card)
        self.settle()
        self.assertIn("✅ 0 of 1 received", self.ada.sees(card).text)

    def test_the_command(self):
        card = self.asks(self.ada, "@ben please read way-command")
        answer = self.types(self.ben, f"/ackd got {self.number_of(card)}", "#platform")
        self.assertIn("✅ You have it", answer.text)
        self.shows(card, "✅ 1 of 1 received")
        answer = self.types(self.ben, f"/ackd done {self.number_of(card)}", "#platform")
        self.assertIn("✅ Done · 1 of 1 integrated.", answer.text)
        self.shows(card, "1 integrated · took")

    def test_saying_it_twice_changes_nothing(self):
        card = self.asks(self.ada, "@ben please read way-twice")
        for times in (1, 2):
            self.ben.presses(card, "got_it")
            self.answered(self.ben, "✅ You have it · 1 of 1 received.", times=times)
        self.shows(card, "✅ 1 of 1 received")

    def test_undo_opens_it_again(self):
        card = self.asks(self.ada, "@ben please read way-undo")
        self.ben.presses(card, "got_it")
        answer = self.answered(self.ben, "✅ You have it")
        self.ben.presses(answer, "undo")
        self.shows(card, "✅ 0 of 1 received")
        self.answered(self.ben, "⏳ Open; next reminder")

    def test_a_promise_says_until_when(self):
        card = self.asks(self.ada, "@ben please read way-promise")
        self.ben.presses(card, "got_it_by", "tomorrow")
        self.answered(self.ben, "✅ You have it, until Tue 17:00 (your time)")
        self.shows(card, "✅ 1 of 1 received")

    def test_the_asker_has_nothing_to_answer(self):
        card = self.asks(self.ada, "@ben please read way-own")
        self.ada.presses(card, "got_it")
        self.answered(self.ada, "You asked this yourself: nothing to answer.")

    def test_somebody_who_was_not_asked_offers_to_cover(self):
        card = self.asks(self.ada, "@ben please read way-cover")
        self.chen.presses(card, "got_it")
        self.answered(self.chen, "this counts as an offer to cover")
        self.shows(card, "Offered to cover: chen")
        self.assertIn("✅ 0 of 1 received", self.ada.sees(card).text)


@also_over_http()
class EnoughAnswers(InWorkspace):
    """Who must answer is chosen when asking."""

    def test_any_is_content_with_one_and_stands_the_others_down(self):
        card = self.asks(self.ada, "@ben @chen @gita !any !received who takes the call any-one")
        self.assertIn("ada needs one answer from 3 people", card.text)
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "✅ You have it")
        self.shows(card, "✅ 1 of 3 received")
        self.gita.presses(card, "more", "Who has answered")
        who = self.answered(self.gita, "✅ received: ben")
        self.assertIn("chen", who.text)
        self.assertNotIn("⏳", who.text, "nobody is waited for any more")

    def test_two_of_three_are_enough(self):
        card = self.asks(self.ada, "@ben @chen @gita !2 !received who reviews two-of")
        self.assertIn("ada needs 2 answers from 3 people", card.text)
        self.ben.reacts(card, "eyes")
        self.shows(card, "✅ 1 of 2 received")
        self.chen.reacts(card, "eyes")
        self.shows(card, "✅ 2 of 3 received")
        self.gita.reacts(card, "eyes")
        self.settle()
        self.assertIn("✅ 2 of 3 received", self.ada.sees(card).text)

    def test_all_waits_for_everybody(self):
        card = self.asks(self.ada, "@ben @chen !received please read all-of")
        self.ben.reacts(card, "eyes")
        self.assertIn("Waiting: chen", self.shows(card, "✅ 1 of 2 received").text)
        self.chen.reacts(card, "eyes")
        self.shows(card, "✅ 2 of 2 received · took")


@also_over_http()
class SayingNo(InWorkspace):
    """To say no is an answer: it goes back at once, with its reason."""

    def test_cant_goes_to_the_asker_with_the_reason(self):
        card = self.asks(self.ada, "@ben please read no-cant")
        self.ben.presses(card, "cant", "Blocked by something else")
        self.answered(self.ben, "Noted: you can't. ada is told.")
        told = self.gets(self.ada, "ben can't: blocked")
        self.assertIn("It is back with you.", told.text)
        self.shows(card, "Can't: ben")

    def test_not_me_goes_to_the_asker(self):
        card = self.asks(self.ada, "@ben please read no-notme")
        number = AckByEachWay.number_of(self, card)
        self.types(self.ben, f"/ackd notme {number}")
        self.gets(self.ada, "ben can't: not the right person")
        self.shows(card, "Can't: ben")

    def test_snooze_says_when_it_comes_again(self):
        card = self.asks(self.ada, "@ben please read no-snooze")
        number = AckByEachWay.number_of(self, card)
        answer = self.types(self.ben, f"/ackd snooze {number} tomorrow 10:00")
        self.assertIn("⏳ Open; next reminder Tue 10:00 (your time).", answer.text)
        self.assertIn("✅ 0 of 1 received", self.ada.sees(card).text)


@also_over_http()
class TheAskerChangesTheirMind(InWorkspace):
    """Withdrawing, editing, deleting."""

    def test_only_the_asker_withdraws(self):
        card = self.asks(self.ada, "@ben please read mind-withdraw")
        self.ben.presses(card, "more", "Withdraw")
        self.answered(self.ben, "Only ada can withdraw this.")
        self.ada.presses(card, "more", "Withdraw")
        self.answered(self.ada, "Withdrawn: #")
        self.shows(card, "Closed · 0 of 1 received")

    def test_the_first_answer_has_a_button_to_withdraw(self):
        answer = self.types(self.ada, "/ack !send @ben please read mind-button")
        card = self.card_of("mind-button")
        self.ada.presses(answer, "withdraw")
        self.shows(card, "Closed · 0 of 1 received")
        self.answered(self.ada, "Withdrawn: #")

    def test_an_edit_after_acks_says_that_they_stand_for_the_earlier_text(self):
        message = self.ada.says("@ben @chen the code is 1234 mind-edit")
        self.ada.reacts(message, "incoming_envelope")
        card = self.card_of("mind-edit")
        self.ben.reacts(card, "eyes")
        self.shows(card, "✅ 1 of 2 received")
        self.ada.edits(message, "@ben @chen the code is 4321 mind-edit")
        self.shows(card, "The message was edited: earlier acks stand for the earlier text.")
        told = self.answered(self.ada, "You edited this after 1 ack; it stands for the earlier text.")
        self.ada.presses(told, "ask_again")
        self.shows(card, "✅ 0 of 2 received")
        self.answered(self.ada, "Everybody is asked again, for the new text.")

    def test_deleting_the_message_withdraws_what_it_asked(self):
        message = self.ada.says("@ben never mind mind-delete")
        self.ada.reacts(message, "incoming_envelope")
        card = self.card_of("mind-delete")
        self.ada.deletes(message)
        self.shows(card, "Closed · 0 of 1 received")


@also_over_http()
class TheOverview(InWorkspace):
    """/ackd alone: what waits for me, and what I wait for."""

    def test_it_is_empty_first_then_lists_both_sides(self):
        self.assertIn("Nothing. Requests to you will appear here.", self.types(self.hugo, "/ackd").text)
        self.asks(self.ada, "@ben please read over-view")
        waiting = self.types(self.ben, "/ackd")
        self.assertRegex(waiting.text, r"#\d+ · ada · today")
        self.assertIn("over-view", waiting.text)
        self.assertRegex(self.types(self.ada, "/ackd").text, r"#\d+ · 0 of 1 received · please read over-view")
        self.ben.presses(waiting, "got_it")
        self.answered(self.ben, "✅ You have it")

    def test_help_lists_the_commands(self):
        self.assertIn("/ackd promise 12 friday 15:00", self.types(self.ben, "/ackd help").text)


if __name__ == "__main__":
    unittest.main()
