"""`/ackd setup`: the policy changed in the chat, beside the file."""

import unittest

from harness import Person, TestCase, run_ackd

POLICY = """
[roles]
admins = ["U0ADA"]

[[team]]
name = "platform"
members = ["U0BEN"]
leads = ["U0DANA"]
"""


class InTheChat(TestCase):
    """A form with what is there now; what is saved meets what is applied from a file."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox("--rate-limits", "off")
        self.daemon = self.make_daemon(api=self.sandbox.api, policy=self.write_policy(POLICY)).start()
        self.sandbox.wait(sockets=1)

    def exported(self):
        """The policy in force, as a file's text."""
        status, text, error = run_ackd("policy", "export", "--state-dir", str(self.daemon.state_dir))
        self.assertEqual((status, error), (0, ""))
        return text

    def test_a_lead_changes_their_team_and_the_export_says_who_did(self):
        dana = Person(self.sandbox, "dana")
        file = self.write_policy(self.exported().replace("snoozes_max = 3", "snoozes_max = 1"))
        self.assertIsNone(dana.types("/ackd setup team platform"))
        view = self.form_of(dana)
        self.assertEqual(view["title"]["text"], "Team")
        self.assertIn("U0BEN", str(view["blocks"]))
        self.assertEqual(
            self.sends(dana, hours="Mon-Fry 9-17"),
            {"hours": '"Mon-Fry 9-17": after the hyphen belongs a day: Mon-Fri.'},
        )
        self.assertEqual(self.sends(dana, hours="Mon-Thu 8-16", members=["U0BEN", "U0ELI"]), {})
        dana.gets("Version 2 of the policy is in force")
        text = self.exported()
        self.assertIn('hours = "Mon-Thu 08:00-16:00"', text)
        self.assertIn('    "U0ELI",  # eli\n', text)
        self.assertIn("version 2, dana, in the chat: team platform · members: with eli; and 1 more", text)
        status, _, error = run_ackd("policy", "apply", str(file), "--state-dir", str(self.daemon.state_dir))
        self.assertEqual(status, 1)
        self.assertIn("The file was written from version 1, and version 2 is in force", error)
        self.assertIn("team platform · hours: none → Mon-Thu 08:00-16:00", error)

    def test_a_channel_watched_in_the_chat_is_in_the_export_and_a_file_changes_it_for_the_chat(self):
        ada = Person(self.sandbox, "ada")
        self.assertIsNone(ada.types("/ackd setup channel #general"))
        self.assertEqual(self.form_of(ada)["title"]["text"], "A channel to watch")
        self.assertEqual(
            self.sends(ada, people=["U0BEN", "U0ELI"], offer_after="7h"),
            {"ask_after": "Longer than the time before it, which is 7h."},
        )
        self.assertEqual(self.sends(ada, people=["U0BEN", "U0ELI"], offer_after="1h", hours="Mon-Fri 8-18"), {})
        told = ada.gets("Version 2 of the policy is in force")[0].text
        self.assertIn("channel #general · people: none → ben, eli", told)
        self.assertNotIn("ackd is not in it", told)
        text = self.exported()
        self.assertRegex(
            text,
            r'\[\[channel\]\]\nchannel = "C\w+"  # #general\nwatch = "questions"\n'
            r'people = \[\n    "U0BEN",  # ben\n    "U0ELI",  # eli\n\]\n'
            r'offer_after = "1h"\nask_after = "6h"\npass_on_after = "8h"\nhours = "Mon-Fri 08:00-18:00"\n',
        )
        file = self.write_policy(text.replace('watch = "questions"\npeople', 'watch = "mentions"\npeople'))
        self.assertIn("channel #general · watch: questions → mentions", self.daemon.apply_policy(file))
        self.assertIsNone(ada.types("/ackd setup channel #general"))
        view = self.form_of(ada)
        self.assertEqual(view["title"]["text"], "Channel")
        watch = next(block["element"] for block in view["blocks"] if block.get("block_id") == "watch")
        self.assertEqual(watch["initial_option"]["value"], "mentions")
        self.assertEqual(self.sends(ada, watch="off"), {})
        ada.gets("Version 4 of the policy is in force")
        self.assertIn('watch = "off"\n', self.exported())

    def test_a_rotation_made_in_the_chat_is_in_the_export_in_the_order_that_was_typed(self):
        ada = Person(self.sandbox, "ada")
        self.assertIsNone(ada.types("/ackd setup rotation"))
        self.assertEqual(self.form_of(ada)["title"]["text"], "A new rotation")
        self.assertEqual(
            self.sends(ada, name="support", people_1="eli\nben", starts="soon"),
            {"starts": '"soon" is no day between 2000 and 2200. Try: 2026-01-05'},
        )
        self.assertEqual(self.sends(ada, name="support", people_1="eli\n@ben\n", starts="2026-01-05"), {})
        self.assertIn("rotation support: new", ada.gets("Version 2 of the policy is in force")[0].text)
        self.assertIn('name = "support"\npeople = [\n    "U0ELI",  # eli\n    "U0BEN",  # ben\n]\n', self.exported())

        # Changed under its name: the order that is shown is the order that is kept.
        self.assertIsNone(ada.types("/ackd setup rotation support"))
        view = self.form_of(ada)
        people = next(block["element"] for block in view["blocks"] if block.get("block_id") == "people_1")
        self.assertEqual(people["initial_value"], "eli\nben")
        self.assertEqual(self.sends(ada, people_1="ben\neli", turn="daily"), {})
        ada.gets("Version 3 of the policy is in force")
        text = self.exported()
        self.assertIn('people = [\n    "U0BEN",  # ben\n    "U0ELI",  # eli\n]\n', text)
        self.assertIn('turn = "daily"\nstarts = "2026-01-05"\n', text)

    def test_others_are_told_who_can(self):
        ben = Person(self.sandbox, "ben")
        self.assertIn("Only leads of platform and admins can do this: dana, ada.", ben.types("/ackd setup team platform").text)
        self.assertIn("Only admins can do this: ada.", ben.types("/ackd setup limits").text)
        self.assertIn("change a team's hours", ben.types("/ackd help roles").text)


if __name__ == "__main__":
    unittest.main()
