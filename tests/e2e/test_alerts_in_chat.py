"""Alerts become one message in a channel, somebody is asked, whoever takes it has it, and it ends by itself: told by
Debian's Alertmanager, which groups them."""

import http.client
import json
import re
import time
import unittest

from alertmanager import Alertmanager, alertmanager_program
from harness import PATIENCE, InWorkspace, run_ackd
from people import Message


class AlertsInChat(InWorkspace):
    """Production's alerts stand in #general; Ben is on their route, then Eli."""

    scale = 10.0
    config_text = '[web]\nlisten = "127.0.0.1:0"\nurl = "https://ackd.example.com"\n'
    policy_text = """
[escalation]
dead_letter_owner = "U0DANA"
[limits]
price_shown_from = 0
[rules]
ask = false
[[source]]
name = "production"
kind = "alertmanager"
channel = "C0GENERAL"
route = "incident"
[[route]]
name = "incident"
  [[route.step]]
  people = ["U0BEN"]
  [[route.step]]
  delay = "1h"
  people = ["U0ELI"]
"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.port = int(cls.daemon.wait_log("event=web_listening").split("address=127.0.0.1:")[1].split()[0])
        status, said, error = run_ackd("sources", "add-key", "production", "--state-dir", str(cls.daemon.state_dir))
        assert status == 0, error
        cls.key = re.search(r"^    (ackd_[A-Za-z0-9_-]{43})$", said, re.MULTILINE)[1]
        deadline = time.monotonic() + 10 * PATIENCE
        while cls.posts({"alerts": []}) == 404:
            assert time.monotonic() < deadline, "the key was never known"
            time.sleep(0.25)  # wrong keys are counted, sixty a minute

    @classmethod
    def posts(cls, body):
        """What the daemon answers to it."""
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=10 * PATIENCE)
        try:
            connection.request("POST", f"/in/{cls.key}", json.dumps(body))
            return connection.getresponse().status
        finally:
            connection.close()

    def channel_message(self, words):
        """The one message in the channel that says so."""
        found = self.sandbox.expect(words, channel="#general", since=self._began)
        keys = {seen["ts"] for seen in found}
        self.assertEqual(len(keys), 1, found)
        return self.message_of(found[0])

    def message_of(self, seen):
        """What the sandbox has seen, as a message that was to be expected."""
        return self.expected(Message(self.channel_ids["#general"], seen))


@unittest.skipUnless(alertmanager_program(), "prometheus-alertmanager is not installed")
class FromAlertmanager(AlertsInChat):
    """The real one, which groups by name."""

    def test_what_fires_is_one_message_somebody_takes_it_and_it_ends_by_itself(self):
        alertmanager = Alertmanager(self, f"http://127.0.0.1:{self.port}/in/{self.key}")
        alertmanager.tells("shop-3")
        message = self.channel_message("Checkout is slow on shop-3")
        self.shows(message, "Asked: ben")
        self.shows(message, "Playbook")
        asked = self.gets(self.ben, "Checkout is slow on shop-3")
        alertmanager.tells("shop-3", "shop-4")
        self.shows(message, "2 alerts")
        self.ben.presses(message, "take_alerts")
        self.shows(message, "ben has it, since")
        self.shows(asked, "You have it")
        alertmanager.tells("shop-3", "shop-4", is_over=True)
        self.shows(message, "over after")
        self.shows(asked, "it is over by itself")
        # Nothing else was said (tearDown): one message for all of it.
        self.assert_database_whole(self.daemon.database)


class Storm(AlertsInChat):
    """Much at once."""

    def test_a_thousand_different_alerts_are_three_messages(self):
        for first in range(0, 1000, 100):
            alerts = [
                {
                    "status": "firing", "fingerprint": f"f{number}",
                    "labels": {"alertname": f"Alert{number}"}, "annotations": {"summary": f"Storm {number}"},
                }
                for number in range(first, first + 100)
            ]  # fmt: skip
            self.assertEqual(self.posts({"version": "4", "groupKey": "", "status": "firing", "alerts": alerts}), 202)
        self.sandbox.expect("998 alerts", channel="#general", since=self._began, timeout=30)
        self.settle(idle_ms=500)
        stamps = set()
        for seen in self.sandbox.expect("Storm", channel="#general", since=self._began):
            stamps.add(seen["ts"])
            self.message_of(seen)
        self.assertEqual(len(stamps), 3)
        for each in self.ben.inbox():
            if "Storm" in each.text:
                self.expected(each)


if __name__ == "__main__":
    unittest.main()
