"""A recorded conversation, replayed at the daemon: every message confirmed once, none lost, nothing unexpected posted."""

import json
import os
import pathlib
import random
import subprocess
import unittest
import xml.sax.saxutils

from harness import PATIENCE, Clock, TestCase, at_utc
from programs import end_process, program, start_process

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
RATE = 1200


def recorded_log():
    """The log of a real community, where there is one: $ACKD_TRAFFIC, else in a folder beside the checkout."""
    named = os.environ.get("ACKD_TRAFFIC")
    if named:
        return pathlib.Path(named)
    found = sorted((CHECKOUT.parent / "shared" / "traffic").glob("*.xml"))
    return found[0] if found else None


def write_conversation(path, messages, seed):
    """A made-up conversation: small talk with mentions, markup, long texts and strange characters."""
    dice = random.Random(seed)
    people = ["Ida", "Jon Åge", "Kim", "Lea", "Mo", "Nils-Peter"]
    words = "the build is red again, who knows `make -j` & <tags>? it worked yesterday – 日本 🎉 \"quoted\" fine".split()
    lines = ["<slack>", "<team_domain>made-up</team_domain>", "<channel_name>talk</channel_name>"]
    for number in range(messages):
        author = dice.choice(people)
        text = " ".join(dice.choices(words, k=dice.randint(1, 40)))
        if dice.random() < 0.3:
            text = f"<@{dice.choice([each for each in people if each != author])}> {text}"
        if dice.random() < 0.01:
            text += " long" * 2_000
        lines.append(
            f'<message conversation_id="{number % 7}"><ts>2017-05-11T15:{number // 60 % 60:02}:{number % 60:02}.5</ts>'
            f"<user>{author}</user><text>{xml.sax.saxutils.escape(text)}</text></message>"
        )
    path.write_text("\n".join([*lines, "</slack>"]), encoding="utf-8")


class Replay(TestCase):
    """`ackd-sandbox replay` with the daemon on the other end."""

    def replay(self, log, requests, seed):
        """Runs it to its end; the report."""
        # Slack lets an app post once a second in a channel: in quicker time, a hundred cards take seconds.
        clock = Clock(60, at_utc("2026-02-02 14:30"))
        process = start_process(
            [
                program("ackd-sandbox"), "replay", str(log), "--rate", str(RATE), "--requests", str(requests),
                "--seed", str(seed), "--json", *clock.options(),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self.addCleanup(end_process, process)
        address = json.loads(process.stdout.readline())
        # Nobody decides there on the price of asking who is off.
        policy = self.write_policy("[limits]\nprice_shown_from = 0\n")
        daemon = self.make_daemon(api=address["api"], clock=clock, policy=policy).start()
        out, error = process.communicate(timeout=240 * PATIENCE)
        status = daemon.terminate()
        self.assertEqual(error, "")
        report = json.loads(out)
        print(f"       {json.dumps(report)}", flush=True)
        self.assertEqual(process.returncode, 0, report)
        self.assertEqual(status, 0)
        self.assert_database_whole(daemon.database)
        self.assertRegex(daemon.log_text(), r"event=stopped .*poisoned=0")
        return report

    def assert_counts(self, report, messages, requests):
        """Everything was confirmed once; a card a request; nothing else."""
        self.assertEqual(report["messages_posted"], messages)
        self.assertEqual(report["cards"], requests)
        self.assertEqual(report["requests"]["by_reaction"] + report["requests"]["by_command"], requests)
        for nothing in ("unexpected", "duplicates", "commands_unanswered"):
            self.assertEqual(report[nothing], 0, nothing)
        self.assertEqual(report["acks"]["impossible"], 0)
        events = report["events"]
        self.assertEqual((events["unconfirmed"], events["dropped"], events["confirmed_more_than_once"]), (0, 0, 0))
        self.assertGreaterEqual(events["created"], messages)
        self.assertEqual(events["confirmed_once"], events["created"])

    def test_a_made_up_conversation(self):
        log = self.folder / "made-up.xml"
        write_conversation(log, messages=1500, seed=3)
        self.assert_counts(self.replay(log, requests=30, seed=5), 1500, 30)

    def test_a_real_conversation_at_a_thousand_messages_a_second(self):
        log = recorded_log()
        if log is None or not log.is_file():
            self.skipTest("the recorded conversation is not here (../shared/traffic/*.xml, or $ACKD_TRAFFIC)")
        messages = log.read_text(encoding="utf-8").count("<message ")
        report = self.replay(log, requests=100, seed=7)
        self.assert_counts(report, messages, 100)
        if os.environ.get("ACKD_E2E_SCALE") != "quick":
            self.assertLess(report["seconds_posting"], messages / RATE * 1.1, "it was posted at full speed")


if __name__ == "__main__":
    unittest.main()
