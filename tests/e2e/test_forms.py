"""Asking by form: the shortcuts, what the form says about what cannot be, and that it outlives a restart."""

import unittest

from harness import ControlRefused, InWorkspace


class ByForm(InWorkspace):
    """Ada asks without typing a command."""

    def id_of(self, person):
        """What the chat calls them."""
        return {user["name"]: user["id"] for user in self.sandbox.call("workspace")["users"]}[person.handle]

    def picks(self, person, message):
        """*Request acknowledgement* from the menu of a message; the form."""
        self.sandbox.call(
            "shortcut", user=person.handle, callback_id="request_acknowledgement", channel=message.channel, ts=message.ts
        )
        return self.form_of(person)

    def test_on_a_message_it_asks_those_who_are_mentioned_and_says_so_in_its_thread(self):
        message = self.chen.says(f"<@{self.id_of(self.ben)}> the plan is there: form-one")
        form = self.picks(self.ada, message)
        self.assertEqual(form["title"]["text"], "Request acknowledgement")
        self.assertIn("form-one", str(form["blocks"]))
        self.assertEqual(self.sends(self.ada), {})
        card = self.card_of("form-one")
        self.assertEqual(card.seen["thread_ts"], message.ts)
        self.answered(self.ada, "The card in the")
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "You have it")
        self.shows(card, "✅ 1 of 1 received")
        self.assertIsNone(self.sandbox.call("form", user=self.ada.handle)["view"])

    def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(self):
        self.sandbox.call("shortcut", user=self.ada.handle, callback_id="ask")
        form = self.form_of(self.ada)
        self.assertEqual(form["title"]["text"], "Ask for acknowledgement")
        channel = self.channel_ids["#general"]
        self.assertEqual(
            self.sends(self.ada, text="please read form-two", channel=channel),
            {"who": "Choose at least one person, group or channel."},
        )
        ben = self.id_of(self.ben)
        self.assertEqual(
            self.sends(self.ada, text="please read form-two", channel=channel, who=[ben], by=1),
            {"by": "That is past. Choose a later time, or leave it empty."},
        )
        self.assertIsNotNone(self.form_of(self.ada), "it stays open")
        self.assertEqual(self.sends(self.ada, text="please read form-two", channel=channel, who=[ben]), {})
        self.card_of("form-two")
        self.answered(self.ada, "The card is in")

    def test_opened_before_a_restart_it_is_sent_after_it(self):
        message = self.ada.says(f"<@{self.id_of(self.ben)}> please look: form-three")
        self.picks(self.ada, message)
        self.daemon.end()
        with self.assertRaises(ControlRefused):
            self.sends(self.ada)  # nobody is there: the form says so, and stays
        self.daemon.start()
        self.sandbox.wait(sockets=1, timeout=20)
        self.assertEqual(self.sends(self.ada), {})
        self.card_of("form-three")
        self.answered(self.ada, "The card in the")

    def test_ack_alone_opens_it(self):
        self.assertIsNone(self.ada.types("/ack"))
        self.assertEqual(self.form_of(self.ada)["title"]["text"], "Ask for acknowledgement")
        self.sandbox.call("close_form", user=self.ada.handle)


if __name__ == "__main__":
    unittest.main()
