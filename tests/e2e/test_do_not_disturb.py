"""Who has do-not-disturb on in the chat is asked nothing below priority now, whichever way the daemon learns of it."""

import unittest

from harness import Clock, Person, TestCase, also_over_http, at_utc

MINUTE = 60
HOUR = 3600


def at(time_of_day, day=2):
    """Unix time on that day of February 2026; the second is a Monday, and in London the clock shows UTC."""
    return at_utc(f"2026-02-{day:02} {time_of_day}")


class AQuietDay(TestCase):
    """A workspace whose time is steered, from ten o'clock on Monday, and Dana in London, who works from 9 to 17."""

    sandbox_options = ()

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox(*self.sandbox_options, clock=Clock(2.0, at("10:00")))
        self.ada = Person(self.sandbox, "ada", "Europe/Berlin")
        self.dana = Person(self.sandbox, "dana", "Europe/London")
        self.daemon = self.make_daemon(api=self.sandbox.api, follow_clock=True)

    def start(self):
        """The daemon, until the chat can tell it something."""
        self.daemon.start()
        self.line.wait_until_open(self.sandbox)

    def has_do_not_disturb(self, **fields):
        """Dana has it from now on; the daemon knows what it is told."""
        self.sandbox.call("user", user="@dana", **fields)
        self.settle()

    def settle(self):
        """Until everything is confirmed and nothing has happened for a moment."""
        self.sandbox.wait(idle_ms=250, timeout=15)

    def go_to(self, simulated):
        """Winds the time forward."""
        self.sandbox.time(to=f"{simulated:.6f}")
        self.sandbox.wait_goal()
        self.settle()

    def asks(self, text):
        """Ada asks Dana."""
        self.ada.types(f"/ack !send @dana {text}")
        self.sandbox.expect(text.split()[-1], channel="#general")

    def asked_for(self):
        """How often the chat was asked whose do-not-disturb it is."""
        return self.sandbox.stats()["calls"].get("dnd.teamInfo", 0)

    def assert_nothing_until(self, simulated):
        """Dana has got nothing by then."""
        self.go_to(simulated)
        self.assertEqual(self.dana.inbox(), [])

    def assert_told_at(self, words, simulated):
        """Her first message comes then, and says so."""
        self.assert_nothing_until(simulated - 5 * MINUTE)
        self.go_to(simulated + 5 * MINUTE)
        (message,) = self.dana.gets(words)
        self.assertAlmostEqual(message.at, simulated, delta=4 * MINUTE)


@also_over_http()
class Told(AQuietDay):
    """The chat tells of a pause that begins."""

    def test_a_nudge_waits_for_its_end_also_after_a_restart(self):
        self.start()
        self.has_do_not_disturb(snooze_until_ts=int(at("14:00")))
        self.asks("please read the-quiet-plan")  # an hour and a half of hers, less what has passed since ten
        self.assert_nothing_until(at("12:30"))
        self.daemon.terminate()
        self.start()
        self.assert_told_at("the-quiet-plan", at("15:30"))

    def test_switched_off_it_holds_nothing_back(self):
        self.start()
        self.has_do_not_disturb(snooze_until_ts=int(at("16:00")))
        self.asks("please read the-quiet-plan")
        self.assert_nothing_until(at("12:30"))
        self.has_do_not_disturb(snooze_until_ts=0)
        self.go_to(at("14:10"))
        self.dana.gets("the-quiet-plan")

    def test_priority_now_passes(self):
        self.start()
        self.has_do_not_disturb(snooze_until_ts=int(at("16:00")))
        self.asks("!now please look at the-fire")
        self.go_to(at("10:20"))
        self.dana.gets("the-fire")


@also_over_http()
class AskedFor(AQuietDay):
    """The chat tells nothing: the daemon asks."""

    sandbox_options = ("--without-event", "dnd_updated_user")

    def test_what_began_before_it_started_is_obeyed(self):
        self.has_do_not_disturb(snooze_until_ts=int(at("14:00")))
        self.start()
        self.asks("please read the-quiet-plan")
        self.assert_told_at("the-quiet-plan", at("15:30"))

    def test_the_next_days_is_asked_for_when_one_has_ended(self):
        daily = {"next_dnd_start_ts": int(at("10:30")), "next_dnd_end_ts": int(at("13:00"))}
        self.has_do_not_disturb(dnd_enabled=True, **daily)
        self.start()
        self.assertEqual(self.asked_for(), 1)
        self.go_to(at("10:00", day=3))
        self.wait_asked(2)
        self.asks("please read the-quiet-plan")  # half an hour before it, an hour after
        self.assert_told_at("the-quiet-plan", at("14:00", day=3))

    def wait_asked(self, count):
        """Until it has asked that often."""
        deadline = self.sandbox.now() + 60
        while self.asked_for() < count:
            self.assertLess(self.sandbox.now(), deadline, "it did not ask again")
            self.settle()


class NotAllowed(AQuietDay):
    """The app was not given the scope."""

    sandbox_options = ("--without-scope", "dnd:read")

    def test_it_says_so_once_and_goes_on_without(self):
        self.has_do_not_disturb(snooze_until_ts=int(at("16:00")))
        self.start()
        self.asks("please read the-quiet-plan")
        self.assert_told_at("the-quiet-plan", at("11:30"))
        log = self.daemon.log_text()
        self.assertEqual(log.count("event=do_not_disturb_unknown"), 1)
        self.assertIn("dnd.teamInfo needs the scope dnd:read", log)


if __name__ == "__main__":
    unittest.main()
