"""`ackd status`: how ackd stands, beside a running one and after it."""

import json
import unittest

from harness import TestCase, run_ackd


class HowItStands(TestCase):
    """A workspace with one open request."""

    def status(self, *options):
        """(exit status, what it printed, what it complained of)."""
        return run_ackd("status", "--state-dir", str(self.folder / "state"), *options)

    def report(self):
        """Its --json."""
        exit_status, out, error = self.status("--json")
        self.assertEqual((exit_status, error), (0, ""))
        return json.loads(out)

    def test_beside_a_running_ackd_and_after_it(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        daemon.wait_log("event=caught_up reason=started")
        sandbox.call("command", channel="#general", user="ada", command="/ack", text="!send @ben please read the-plan")
        sandbox.expect("the-plan", channel="#general")
        sandbox.wait(idle_ms=200)
        report = self.report()
        self.assertIs(report["running"], True)
        self.assertEqual((report["open_requests"], report["open_obligations"]), (1, 1))
        self.assertEqual(report["caught_up"]["reason"], "started")
        self.assertEqual(report["caught_up"]["recovered"], 0)
        self.assertGreater(report["conversations"]["known"], 0)
        self.assertEqual(daemon.terminate(), 0)
        self.assertIs(self.report()["running"], False)
        exit_status, out, _ = self.status()
        self.assertEqual(exit_status, 0)
        self.assertTrue(out.startswith("ackd is not running.\n1 request open, 1 answer awaited.\n"), out)

    def test_where_there_is_none(self):
        exit_status, out, error = self.status()
        self.assertEqual((exit_status, out), (1, ""))
        self.assertIn("`ackd run` makes it", error)


if __name__ == "__main__":
    unittest.main()
