"""A simulated week of a small team, three times at once: ackd without trouble, ackd with trouble on the line, and a bot
written with Slack's own framework with the same trouble. What ackd makes of it must be the same with and without.

The week runs in scaled time. Connections do not know of it: they are refreshed and cut at rates of the real time, as is
the chat's redelivery. The ordinary run is the first hours of the Monday, in which refreshes and cuts come three times as
often; a soak (`./dev soak`) is the whole week.

    ACKD_SEED    the seed of the script and of the trouble
"""

import dataclasses
import os
import time
import unittest

import bolt_tracker
from harness import PATIENCE, Clock, TestCase, at_utc
from soak_reckoning import Picture, differences, reckon_tracker, table
from team_players import WAIT, AckdCards, PlainCards, Players
from team_week import HOURS_OF_A_WEEK, NEW_CHANNELS, PEOPLE, POLICY, TeamWeek

SEED = int(os.environ.get("ACKD_SEED") or 20260202)
MONDAY = at_utc("2026-02-02 00:00")
CHANNEL_MAKER = "ada"   # to the sandbox, where nobody is named
START_SECONDS = 10.0    # of real time, in which the programs start
LONGEST_HOURS = 14.0    # that a request takes to its end


@dataclasses.dataclass(frozen=True)
class Stretch:
    """How much of the week is played, and how fast."""

    from_hour: float
    to_hour: float
    clock_scale: float
    refresh_seconds: int
    cut_seconds: float

    def seconds(self):
        """How long it takes, about."""
        return START_SECONDS + (self.to_hour + LONGEST_HOURS - self.from_hour) * 3600 / self.clock_scale


STRETCH = {
    "quick": Stretch(6, 8, 600, 10, 20),
    "normal": Stretch(6, 14, 1200, 10, 20),
    "soak": Stretch(0, HOURS_OF_A_WEEK, 600, 30, 60),
}[os.environ.get("ACKD_E2E_SCALE") or "normal"]

TROUBLE = {
    "seed": SEED,
    "lose_event": 0.05,
    "duplicate_event": 0.05,
    "answer_429": 0.05,
    "answer_429_retry_after": 1,
    "answer_5xx": 0.05,
    "answer_lost_after_post": {"probability": 0.05, "methods": ["chat.postMessage"]},
}
# Slack's own limits count in real time; in a week of minutes they would be all that happens. Refusals are injected.
OPTIONS = ("--rate-limits", "off", "--redelivery-ms", "3000,6000,12000")


class OneWeek(TestCase):
    """The same people doing the same things, in three workspaces."""

    def setUp(self):
        super().setUp()
        self.clock = Clock(STRETCH.clock_scale, MONDAY + STRETCH.from_hour * 3600 - START_SECONDS * STRETCH.clock_scale)
        self.week = TeamWeek(SEED, STRETCH.from_hour, STRETCH.to_hour)

    def start_workspace(self, *options, is_ackd=True):
        """The team's channels."""
        sandbox = self.start_sandbox(*OPTIONS, *options, clock=self.clock, is_ackd=is_ackd)
        for name in NEW_CHANNELS:
            sandbox.call("channel", name=name[1:], members=[*PEOPLE, "ackd"])
        for person in PEOPLE:
            sandbox.call("member", channel="#platform", user=person)
        return sandbox

    def start_ackd(self, sandbox, name):
        """ackd in a workspace."""
        policy = self.write_policy(POLICY)
        daemon = self.make_daemon(name, api=sandbox.api, clock=self.clock, policy=policy).start()
        sandbox.wait(sockets=1, timeout=30)
        players = Players(self.week, sandbox, AckdCards(), {"sockets": 1})
        # Whoever invites ackd to a channel is told what it does.
        players.private_answers_due[CHANNEL_MAKER] += len(NEW_CHANNELS)
        return daemon, players

    def start_bolt(self, sandbox):
        """The framework's app in a workspace."""
        tracker = bolt_tracker.BoltTracker(sandbox.api, self.folder / "bolt.log")
        self.addCleanup(tracker.end)
        tracker.wait_until_ready()
        return tracker, Players(self.week, sandbox, PlainCards(), {"sockets": 1})

    def test_trouble_on_the_line_changes_nothing_in_the_end(self):
        refreshed = ("--refresh-seconds", str(STRETCH.refresh_seconds))
        why_no_bolt = bolt_tracker.reason_to_skip()
        began = time.monotonic()
        quiet_daemon, quiet = self.start_ackd(self.start_workspace(), "quiet")
        daemon, troubled = self.start_ackd(self.start_workspace(*refreshed), "troubled")
        tracker = tracked = None
        if not why_no_bolt:
            tracker, tracked = self.start_bolt(self.start_workspace(*refreshed, is_ackd=False))
        everybody = [players for players in (quiet, troubled, tracked) if players]

        cuts = self.play(everybody, [players.sandbox for players in (troubled, tracked) if players])
        for players in everybody:
            players.sandbox.wait(unconfirmed=0, idle_ms=300, timeout=60)
        pictures = [Picture(quiet), Picture(troubled)]
        ackd = pictures[1].reckon()
        bolt = reckon_tracker(tracked, tracker.handled) if tracked else None
        print(self.account(troubled, cuts, time.monotonic() - began), table(ackd, bolt), sep="\n", flush=True)
        if why_no_bolt:
            print(f"       the Bolt app is skipped: {why_no_bolt}", flush=True)

        stories = [f"{ask}: {error}" for players in everybody for ask, error in players.failures]
        self.assertEqual(stories, [], "\n".join([*stories, *ackd.particulars, *ackd.seen_twice]))
        self.assertGreater(troubled.sandbox.stats()["faults"].get("lose_event", 0), 0, "there was no trouble")
        self.assertEqual(pictures[0].reckon().particulars, [])
        self.assertEqual(pictures[0].reckon().seen_twice, [])
        self.assertEqual(ackd.particulars, [])
        self.assertEqual(ackd.seen_twice, [])
        changed = differences(*(picture.end_states() for picture in pictures))
        self.assertEqual(changed, [], "\n".join(changed))
        self.assertEqual(set(pictures[1].end_states()), {ask.token for ask in self.week.asks})
        if bolt:
            self.assertEqual(bolt.happened, ackd.happened, "another script was played")
            self.assertGreater(sum(bolt.missed.values()), 0, "the Bolt app had no trouble")
        for each in (quiet_daemon, daemon):
            self.assertEqual(each.terminate(), 0)
            self.assert_database_whole(each.database)

    def play(self, everybody, troubled):
        """Until all is done; how often the troubled connections were cut."""
        for sandbox in troubled:
            sandbox.faults(**TROUBLE)
        for players in everybody:
            players.start(MONDAY)
            self.addCleanup(players.stop)
        cuts = 0
        deadline = time.monotonic() + STRETCH.seconds() * PATIENCE + 2 * WAIT
        while not self.all_done(everybody, STRETCH.cut_seconds):
            self.assertLess(time.monotonic(), deadline, "the week does not end")
            cuts += 1
            for sandbox in troubled:
                sandbox.call("disconnect", cut=True)
        for sandbox in troubled:
            sandbox.faults()
        return cuts

    def all_done(self, everybody, within):
        """Whether all players have come to their end within so many seconds."""
        deadline = time.monotonic() + within
        return all([players.wait(deadline - time.monotonic()) for players in everybody])

    def account(self, players, cuts, seconds):
        """What happened on the line, one line."""
        stats = players.sandbox.stats()
        return (
            f"       seed {SEED}: {len(self.week.asks)} requests begun in {STRETCH.to_hour - STRETCH.from_hour:.0f} hours of "
            f"the week, played in {seconds:.0f} s (clock x {STRETCH.clock_scale:.0f}); {stats['events']['created']} "
            f"events, {stats['sockets']['opened']} sockets opened, {cuts} cuts, faults {stats['faults']}"
        )


if __name__ == "__main__":
    unittest.main()
