"""Stopping, reloading, and what the daemon must never give away."""

import pathlib
import signal
import time
import unittest

from harness import APP_TOKEN, BOT_TOKEN, PATIENCE, Clock, Person, TestCase, at_utc

STOP_SECONDS_MAX = 5.0


class Stopping(TestCase):
    """SIGTERM: what has begun is finished, then it ends with status 0."""

    def test_it_ends_within_five_seconds_and_what_was_confirmed_is_there_afterwards(self):
        clock = Clock(30, at_utc("2026-02-02 14:30"))
        sandbox = self.start_sandbox(clock=clock)
        daemon = self.make_daemon(api=sandbox.api, clock=clock).start()
        sandbox.wait(sockets=1)
        ada = Person(sandbox, "ada")
        for number in range(20):
            ada.types(f"/ack !send @ben please read stopping-{number}.")
        began = time.monotonic()
        self.assertEqual(daemon.terminate(), 0)
        self.assertLess(time.monotonic() - began, STOP_SECONDS_MAX * PATIENCE)
        self.assertIn("event=stopped", daemon.log_text())
        self.assert_database_whole(daemon.database)

        daemon.start()
        sandbox.wait(sockets=1)
        sandbox.expect("please read stopping-", channel="#general", count=20, timeout=30)
        sandbox.wait(idle_ms=300)
        for number in range(20):
            cards = sandbox.expect(f"stopping-{number}.", channel="#general")
            self.assertEqual(len(cards), 1, f"cards of request {number}")
        self.assertEqual(sandbox.stats()["duplicates"], 0)

    def test_it_ends_though_the_chat_does_not_answer(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=1)
        sandbox.faults(answer_timeout={"probability": 1}, answer_timeout_ms=60_000)
        Person(sandbox, "ada").types("/ack !send @ben please read into-the-void")
        began = time.monotonic()
        self.assertEqual(daemon.terminate(STOP_SECONDS_MAX), 0)
        self.assertLess(time.monotonic() - began, STOP_SECONDS_MAX * PATIENCE)

    def test_it_ends_while_it_is_still_starting(self):
        daemon = self.make_daemon(api="http://127.0.0.1:9/api/").start()
        daemon.wait_log("event=slack_call_failed")
        self.assertEqual(daemon.terminate(STOP_SECONDS_MAX), 0)

    def test_an_interrupt_from_the_keyboard_is_the_same(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=1)
        daemon.signal(signal.SIGINT)
        self.assertEqual(daemon.wait_exit(STOP_SECONDS_MAX), 0)


class Reloading(TestCase):
    """SIGHUP reads the configuration again; a wrong one changes nothing."""

    def test_a_good_file_counts_from_then_on_and_a_bad_one_is_refused(self):
        sandbox = self.start_sandbox("--rate-limits", "off")
        config = self.write_config('[log]\nlevel = "error"\n')
        policy = self.write_policy('[[route]]\nname = "incident"\n  [[route.step]]\n  people = ["U0DANA"]\n')
        daemon = self.make_daemon(api=sandbox.api, config=config, policy=policy).start()
        sandbox.wait(sockets=1)
        self.assertNotIn("event=started", daemon.log_text())

        config.write_text('[log]\nlevel = "info"\n', encoding="utf-8")
        daemon.signal(signal.SIGHUP)
        daemon.wait_log("event=configuration_reloaded")

        config.write_text("[[log]]\n", encoding="utf-8")
        daemon.signal(signal.SIGHUP)
        line = daemon.wait_log("event=configuration_refused")
        self.assertIn("kept=previous", line)
        self.assertIn("log is a table, written [log]", daemon.log_text())
        # The policy is in the database: neither file has touched it.
        ada = Person(sandbox, "ada")
        self.assertIn("📨 Asked as", ada.types("/ack !send @ben !route=incident help reload-two").text)
        self.assertEqual(daemon.terminate(), 0)

    def test_it_does_not_disturb_the_connection(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api, config=self.write_config("")).start()
        sandbox.wait(sockets=2)
        daemon.signal(signal.SIGHUP)
        daemon.wait_log("event=configuration_reloaded")
        sandbox.wait(idle_ms=200)
        self.assertEqual(sandbox.stats()["sockets"]["opened"], 2)


class Secrets(TestCase):
    """Tokens are in no log, no command line, no environment that others read, and not in the database."""

    def test_they_are_nowhere_to_be_seen(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api, config=self.write_config('[log]\nlevel = "debug"\n')).start()
        sandbox.wait(sockets=1)
        Person(sandbox, "ada").types("/ack !send @ben please read no-secrets")
        sandbox.call("disconnect", reason="warning")
        sandbox.wait(idle_ms=300, sockets=1)
        process = pathlib.Path(f"/proc/{daemon.process.pid}")
        command_line = (process / "cmdline").read_bytes()
        self.assertEqual(daemon.terminate(), 0)
        for token in (APP_TOKEN, BOT_TOKEN):
            self.assertNotIn(token, daemon.log_text())
            self.assertNotIn(token.encode(), command_line)
            for path in daemon.state_dir.iterdir():
                self.assertNotIn(token.encode(), path.read_bytes(), path.name)
        self.assertNotIn("ticket=", daemon.log_text(), "the address of a socket is a secret, too")

    def test_the_state_is_for_the_daemon_alone(self):
        daemon = self.make_daemon(api="http://127.0.0.1:9/api/").start()
        daemon.wait_log("event=started")
        self.assertEqual(daemon.state_dir.stat().st_mode & 0o077, 0)
        self.assertEqual(daemon.database.stat().st_mode & 0o077, 0)
        self.assertEqual(daemon.terminate(), 0)


if __name__ == "__main__":
    unittest.main()
