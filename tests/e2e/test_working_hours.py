"""Nobody is disturbed outside their own working hours: people in eight zones, over a night and a weekend."""

import os
import unittest

from harness import InWorkspace, at_utc, everything_from_app

HOUR = 3600
# A nudge leaves within a working hour. When the machine is busy it is seen a little later; at this scale an hour is a
# few tenths of a second.
GRACE = 1 * HOUR


class ANightAndAWeekend(InWorkspace):
    """From Friday 15:00 UTC to Monday evening, once for all the tests: who was sent what, and when it was there."""

    scale = 10_000.0 if os.environ.get("ACKD_E2E_SCALE") != "quick" else 4_000.0
    begins = "2026-02-06 14:55"  # Friday: 15:55 in Berlin, 9:55 in New York, 6:55 in Los Angeles, 23:55 in Tokyo
    ends = at_utc("2026-02-09 20:00")
    # Nobody is asked first: Ada is at home for the week end when most of the nudges are due.
    policy_text = "[priority.today]\nask_asker_first = false\n"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ada, dana, ben = cls.ada, cls.dana, cls.ben
        ada.types("/ack !send @chen @eli @fumi @gita @hugo please read the-long-plan")
        ada.types("/ack !send @dana please sign the-contract")
        (contract,) = cls.cards("the-contract")
        dana.presses(contract, "got_it_by", "today")
        ada.types("/ack @hugo !week please tidy the-shelf")
        ada.types("/ack !send @ben please call the-bank")
        (nudge, *_) = ben.gets("the-bank", timeout=30)
        ben.presses(nudge, "done")
        for name in ("chen", "eli", "fumi", "gita", "hugo"):
            cls.sandbox.expect(f"No answer from {name}.", 120, user="ada")
        cls.sandbox.expect("the-shelf", 120, user="hugo", count=2)  # told of on Friday, nudged on Monday
        cls.seen = everything_from_app(cls.sandbox).values()

    @classmethod
    def cards(cls, words):
        """The cards with these words."""
        cls.sandbox.expect(words, channel="#general")
        return [m for m in everything_from_app(cls.sandbox).values() if m.kind == "ackd_card" and words in m.text]

    def direct(self, person, words=""):
        """What was sent to one person about something, oldest first."""
        channel = f"D0{person.handle.upper()}"
        return sorted((m for m in self.seen if m.channel == channel and words in m.text), key=lambda m: m.at)

    def test_every_direct_message_came_in_the_working_hours_of_whom_it_went_to(self):
        for person in (self.ada, self.ben, self.chen, self.dana, self.eli, self.fumi, self.gita, self.hugo):
            for message in self.direct(person):
                self.assertTrue(
                    person.is_at_work(message.at, GRACE),
                    f"{person.handle} was disturbed on {person.local(message.at):%A %H:%M}: {message!r}",
                )

    def test_everybody_was_nudged_twice_and_no_more(self):
        for person in (self.chen, self.eli, self.fumi, self.gita, self.hugo):
            about_it = [m for m in self.direct(person, "the-long-plan") if m.kind == "ackd_nudge"]
            self.assertEqual(len(about_it), 2, f"{person.handle}: {about_it}")

    def test_who_was_at_home_was_nudged_on_monday(self):
        for person in (self.chen, self.fumi, self.gita):
            first = self.direct(person, "the-long-plan")[0]
            self.assertEqual(f"{person.local(first.at):%a}", "Mon", person.handle)
        for person in (self.eli, self.hugo):
            first = self.direct(person, "the-long-plan")[0]
            self.assertEqual(f"{person.local(first.at):%a}", "Fri", person.handle)

    def test_the_first_nudge_came_after_three_quarters_of_two_working_hours(self):
        first = self.chen.local(self.direct(self.chen, "the-long-plan")[0].at)
        self.assertTrue("10:30" <= f"{first:%H:%M}" <= "11:00", f"{first:%A %H:%M}")
        (bank,) = [m for m in self.seen if m.kind == "ackd_card" and "the-bank" in m.text]
        waited = self.direct(self.ben, "the-bank")[0].at - bank.at
        # His clock runs from the command on, and the card is there a few milliseconds later: minutes, at this scale.
        self.assertTrue(1.4 * HOUR <= waited <= 1.5 * HOUR + GRACE, f"{waited / HOUR:.2f} hours")

    def test_the_asker_got_each_dead_letter_once(self):
        """In a message of its own while she is at work, in a digest when she is not."""
        text = "\n".join(m.text for m in self.direct(self.ada, "the-long-plan"))
        for name in ("chen", "eli", "fumi", "gita", "hugo"):
            self.assertEqual(text.count(f"No answer from {name}."), 1, name)

    def test_a_promise_for_friday_is_asked_after_on_monday_morning(self):
        (reminder,) = self.direct(self.dana)
        self.assertIn("Is this done?", reminder.text)
        self.assertIn("You have had it since Fri", reminder.text)
        self.assertEqual(f"{self.dana.local(reminder.at):%a %H}", "Mon 09")

    def test_what_is_for_this_week_waits_for_a_digest_slot(self):
        (*_, nudge) = self.direct(self.hugo, "the-shelf")  # the first told of it
        # Eight working hours after the digest on Friday that told of it: 13:00, or 16:30 when he was asked later.
        self.assertIn(f"{self.hugo.local(nudge.at):%a %H}", ("Mon 13", "Mon 14", "Mon 16"))

    def test_who_answered_was_left_in_peace(self):
        self.assertEqual(len(self.direct(self.ben, "the-bank")), 1)

    def test_nobody_else_was_told_anything(self):
        kinds = {}
        for message in self.seen:
            if message.channel.startswith("D0"):
                kinds[message.kind] = kinds.get(message.kind, 0) + 1
        # On Monday Ada, who is the admin here, looks through what found nobody on Friday.
        self.assertLessEqual(set(kinds), {"ackd_nudge", "ackd_dead_letter", "ackd_digest", "ackd_for_asker"})
        others = [m for m in self.seen if m.kind == "ackd_for_asker"]
        self.assertLessEqual({(m.channel, "dead letter" in m.text) for m in others}, {("D0ADA", True)})
        self.assertLessEqual(len(others), 1)
        self.assertEqual(len([m for m in self.seen if m.kind == "ackd_card"]), 4)

    def tearDown(self):
        """The ledger of this class is its tests."""


if __name__ == "__main__":
    unittest.main()
