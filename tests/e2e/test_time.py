"""Time that people steer while both programs run: paused, hurried, wound forward. The daemon's clock follows."""

import sqlite3
import unittest

from harness import Clock, Person, TestCase, also_over_http, at_utc, run_ackd
from programs import free_port

EXIT_STOPPED = 0
EXIT_FAILED = 1
EXIT_REPAIR = 2
MONDAY = "2026-02-02 14:30"  # 15:30 in Berlin, 9:30 in New York, 11:30 in São Paulo
HOUR = 3600


def monday():
    """A clock that shows that Monday now. It runs twice as fast, so that there is something to be told."""
    return Clock(2.0, at_utc(MONDAY))


@also_over_http(
    in_short=(
        "test_while_time_stands_nobody_is_nudged_and_then_it_goes_on_from_there",
        "test_a_daemon_that_is_started_again_follows_again",
    )
)
class SteeredTime(TestCase):
    """A workspace for each test, and a daemon that is told nothing but to follow."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox(clock=monday())
        self.daemon = self.start_daemon(self.sandbox.api)
        self.ada = Person(self.sandbox, "ada", "Europe/Berlin")
        self.hugo = Person(self.sandbox, "hugo", "America/Sao_Paulo")

    def start_daemon(self, api):
        """One that is connected."""
        daemon = self.make_daemon(api=api, follow_clock=True).start()
        self.line.wait_until_open(self.sandbox)
        return daemon

    def asks(self, line, words):
        """/ack …; the card that everybody sees."""
        self.ada.types(f"/ack !send {line}")
        (card,) = self.sandbox.expect(words, channel="#general")
        return card

    def nudges(self, words, count, timeout=20.0):
        """The first direct messages to hugo about it: their simulated Unix times."""
        found = self.sandbox.expect(words, timeout, user="hugo", count=count)
        return [float(seen["ts"]) for seen in found][:count]

    def told_to_hugo(self):
        """How many direct messages he has."""
        return len(self.hugo.inbox())

    def daemons_last_instant(self):
        """When the daemon has last written something down, by its own clock."""
        connection = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT max(recorded_at_us) FROM journal").fetchone()[0] / 1e6
        finally:
            connection.close()

    def assert_same_time(self, card):
        """The daemon wrote down what it did for this card when it did, by the sandbox's clock."""
        self.assertLess(abs(self.daemons_last_instant() - float(card["ts"])), 60)

    def test_while_time_stands_nobody_is_nudged_and_then_it_goes_on_from_there(self):
        self.sandbox.time(scale=600)
        self.assertTrue(self.sandbox.time(scale=0)["is_paused"])
        self.asks("@hugo !now please look at the-fire", "the-fire")
        # The sandbox may have had to catch up with a daemon that heard of the pause too late.
        stands = float(self.sandbox.wait_clock(lambda clock: len(clock["segments"]) == 1)["now"])
        # A second at full speed would be two nudges.
        self.sandbox.wait(idle_ms=1000)
        self.assertEqual((self.told_to_hugo(), self.sandbox.now()), (0, stands))
        self.sandbox.time(scale=600)
        (first,) = self.nudges("the-fire", 1)
        self.assertGreaterEqual(first - stands, 5 * 60)

    def test_hurried_time_brings_the_nudges_and_none_too_early(self):
        card = self.asks("@hugo !now please look at the-fire", "the-fire")
        self.assert_same_time(card)
        self.sandbox.time(scale=600)
        for number, nudge in enumerate(self.nudges("the-fire", 3), 1):
            self.assertGreaterEqual(nudge - float(card["ts"]), number * 5 * 60)

    def test_to_the_next_thing_that_happens_it_stops_there(self):
        self.sandbox.time(scale=1)
        card = self.asks("@hugo !week please tidy the-shelf", "the-shelf")
        self.sandbox.wait(idle_ms=300)
        self.assertEqual(self.sandbox.time(to_next=True)["goal"], {"kind": "event"})
        clock = self.sandbox.wait_goal()
        self.nudges("the-shelf", 1)
        self.sandbox.wait_clock(lambda each: each["scale"] == 1)
        self.sandbox.wait(idle_ms=500)
        self.assertEqual(self.told_to_hugo(), 1, "it stopped too late")
        self.assertGreater(float(clock["now"]) - float(card["ts"]), 12 * HOUR)
        self.assertLess(self.sandbox.now() - float(clock["now"]), 12 * HOUR)

    def test_to_tomorrow_morning_everything_in_between_has_happened(self):
        card = self.asks("@hugo !now please look at the-fire", "the-fire")
        self.sandbox.time(to_local="09:00", user="@ada")
        clock = self.sandbox.wait_goal()
        self.assertEqual(clock["scale"], 2)
        local = self.ada.local(float(clock["now"]))
        self.assertEqual((local.strftime("%A"), local.hour), ("Tuesday", 9))
        self.assertLess(local.minute, 30)
        self.sandbox.expect("No answer from hugo. Nothing more is sent", user="ada")
        later = self.asks("@hugo !week please tidy the-shelf", "the-shelf")
        self.assertGreater(float(later["ts"]) - float(card["ts"]), 16 * HOUR)
        self.assert_same_time(later)

    def test_a_daemon_that_is_started_again_follows_again(self):
        card = self.asks("@hugo !now please look at the-fire", "the-fire")
        self.sandbox.time(scale=60)
        self.assertEqual(self.daemon.terminate(), EXIT_STOPPED)
        self.daemon.start()
        self.line.wait_until_open(self.sandbox)
        self.sandbox.time(scale=600)
        nudges = self.nudges("the-fire", 2)
        self.assertGreaterEqual(nudges[0] - float(card["ts"]), 5 * 60)
        self.sandbox.time(scale=0)
        self.sandbox.wait(idle_ms=300)
        again = self.asks("@hugo !week please tidy the-shelf", "the-shelf")
        self.assert_same_time(again)

    def test_it_ends_at_once_while_it_waits_for_a_change(self):
        self.sandbox.wait(idle_ms=100)
        self.assertEqual(self.daemon.terminate(), EXIT_STOPPED)

    def test_without_the_sandbox_it_goes_on_says_so_and_ends_when_asked(self):
        self.sandbox.end()
        self.daemon.wait_log("event=clock_lost")
        self.assertTrue(self.daemon.is_running())
        self.assertEqual(self.daemon.terminate(), EXIT_STOPPED)


class SandboxGoneAndBack(TestCase):
    """Another sandbox begins at the same address."""

    def start_both(self):
        """The port, the first sandbox, and a daemon that is connected to it."""
        port = str(free_port())
        sandbox = self.start_sandbox("--port", port, clock=monday())
        daemon = self.make_daemon(api=sandbox.api, follow_clock=True).start()
        self.line.wait_until_open(sandbox)
        return port, sandbox, daemon

    def assert_nudged(self, sandbox):
        """Hugo is asked and nudged, which only fast time brings about before long."""
        Person(sandbox, "ada").types("/ack @hugo !now please look at the-fire")
        sandbox.expect("the-fire", 20, user="hugo", count=2)

    def test_at_another_speed_from_the_beginning(self):
        port, sandbox, daemon = self.start_both()
        sandbox.end()
        daemon.wait_log("event=clock_lost")
        sandbox = self.start_sandbox("--port", port, clock=Clock(600, at_utc(MONDAY) + HOUR))
        daemon.wait_log("event=clock_found")
        self.line.wait_until_open(sandbox, timeout=30)
        self.assert_nudged(sandbox)

    def test_at_a_time_that_is_past_for_the_daemon_it_catches_up_and_is_followed(self):
        port, sandbox, daemon = self.start_both()
        sandbox.time(to=f"{at_utc('2026-02-02 18:00'):.6f}")
        sandbox.wait_goal()
        sandbox.end()
        daemon.wait_log("event=clock_lost")

        sandbox = self.start_sandbox("--port", port, clock=monday())
        daemon.wait_log("event=clock_found")
        sandbox.wait_clock(lambda clock: float(clock["now"]) >= at_utc("2026-02-02 18:00"))
        self.line.wait_until_open(sandbox, timeout=30)
        sandbox.time(scale=600)
        self.assert_nudged(sandbox)


class Refusals(TestCase):
    """When its clock is not to be followed, or cannot be."""

    def test_where_people_are(self):
        for number, api in enumerate(("https://slack.com/api/", "https://127.0.0.1:1/api/", "http://192.0.2.1/api/")):
            with self.subTest(api=api):
                daemon = self.make_daemon(f"state-{number}", api=api, follow_clock=True).start()
                self.assertEqual(daemon.wait_exit(), EXIT_REPAIR)
                self.assertRegex(daemon.log_text(), "--follow-clock is for a sandbox on this machine|SLACK_API_URL")

    def test_with_another_clock_at_the_same_time(self):
        for other in ("--clock-scale", "--clock-origin"):
            with self.subTest(other=other):
                status, out, error = run_ackd("run", "--follow-clock", other, "60")
                self.assertEqual(status, EXIT_REPAIR)
                self.assertIn("excludes", out + error)

    def test_when_nobody_tells_the_time(self):
        daemon = self.make_daemon(api=f"http://127.0.0.1:{free_port()}/api/", follow_clock=True).start()
        self.assertEqual(daemon.wait_exit(timeout=15), EXIT_FAILED)
        self.assertIn("does not tell its time", daemon.log_text())


if __name__ == "__main__":
    unittest.main()
