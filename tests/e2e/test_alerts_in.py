"""Alerts in: other programs post to the daemon, with keys that `ackd sources` makes."""

import hashlib
import hmac
import http.client
import json
import re
import socket
import time
import unittest

from alertmanager import Alertmanager, alertmanager_program
from harness import PATIENCE, TestCase, run_ackd

GITHUB_SECRET = "what-github-and-we-know"
BODY_MAX = 1024 * 1024
ASK_AGAIN_AFTER = 0.25  # seconds; wrong keys are counted, sixty a minute

POLICY = """
[[source]]
name = "production"
kind = "alertmanager"
channel = "C0OPS"

[[source]]
name = "panels"
kind = "grafana"
channel = "C0OPS"

[[source]]
name = "builds"
kind = "github"
channel = "C0OPS"

[[source]]
name = "events"
kind = "pagerduty"
channel = "C0OPS"

[[source]]
name = "shop"
kind = "json"
channel = "C0OPS"
  [source.mapping]
  title = "/text"

[[source]]
name = "scripts"
kind = "text"
channel = "C0OPS"
requests_per_minute = 5
"""

ALERT = {
    "version": "4",
    "groupKey": "g",
    "status": "firing",
    "alerts": [{"status": "firing", "fingerprint": "f1", "labels": {"alertname": "Slow"}, "annotations": {}}],
}


class AlertsIn(TestCase):
    """A daemon with a door for alerts."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox()
        self.config = self.write_config('[web]\nlisten = "127.0.0.1:0"\nurl = "https://ackd.example.com"\n')
        self.daemon = self.make_daemon(
            api=self.sandbox.api,
            config=self.config,
            policy=self.write_policy(POLICY),
            environment={"GITHUB_WEBHOOK_SECRET": GITHUB_SECRET},
        )
        self.port = self.starts()

    def starts(self):
        """Starts the daemon; the port of its door."""
        since = self.daemon.log_length()
        self.daemon.start()
        line = self.daemon.wait_log("event=web_listening", since=since)
        return int(line.split("address=127.0.0.1:")[1].split()[0])

    def sources(self, *arguments):
        """What `ackd sources …` says; it is not refused."""
        status, out, error = run_ackd("sources", *map(str, arguments), "--state-dir", str(self.daemon.state_dir))
        self.assertEqual((status, error), (0, ""))
        return out

    def new_key(self, source):
        """(the key, its number), made by the command."""
        said = self.sources("add-key", source, "--config", self.config)
        key = re.search(r"^    (ackd_[A-Za-z0-9_-]{43})$", said, re.MULTILINE)[1]
        self.assertIn(f"    https://ackd.example.com/in/{key}\n", said)
        return key, int(re.match(r"Key (\d+) of ", said)[1])

    def post(self, key, body, headers=None, method="POST"):
        """(status, headers, body) of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10 * PATIENCE)
        try:
            body = body if isinstance(body, (bytes, str)) else json.dumps(body)
            connection.request(method, f"/in/{key}", body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def accepted(self, key, body, headers=None):
        """Posts until a running daemon knows the key; what it then answers."""
        deadline = time.monotonic() + 10 * PATIENCE
        while (answer := self.post(key, body, headers))[0] == 404:
            self.assertLess(time.monotonic(), deadline, "the key was never known")
            time.sleep(ASK_AGAIN_AFTER)
        self.assertEqual(answer[0], 202, answer)
        return answer[2]

    def assert_used(self, source):
        """The list says that its key was used: what was accepted is in the database."""
        listed = self.sources()
        self.assertRegex(listed, rf"(?m)^{source} \(\w+\)\n  key \d+ · made [^·]* · used last ")


class EveryKind(AlertsIn):
    """Each form is taken, by a key that the command made while the daemon runs."""

    def test_each_kind_is_accepted_once_it_is_kept(self):
        self.assertIn("scripts (text)\n  no key: `ackd sources add-key scripts` makes one\n", self.sources())
        ping = json.dumps({"zen": "Keep it logically awesome."})
        digest = hmac.new(GITHUB_SECRET.encode(), ping.encode(), hashlib.sha256).hexdigest()
        github = {"X-GitHub-Event": "ping", "X-GitHub-Delivery": "1", "X-Hub-Signature-256": "sha256=" + digest}
        event = {"event_action": "trigger", "payload": {"summary": "s", "source": "x", "severity": "error"}}
        posts = {
            "production": (ALERT, {}, "Taken: 1 alert.\n"),
            "panels": (ALERT, {}, "Taken: 1 alert.\n"),
            "builds": (ping, github, "Taken as a sign of life: it tells no alert.\n"),
            "shop": ({"text": "It is down"}, {}, "Taken: 1 alert.\n"),
            "scripts": ("Backup did not run", {}, "Taken: 1 alert.\n"),
        }
        for source, (body, headers, said) in posts.items():
            with self.subTest(source=source):
                key, _ = self.new_key(source)
                self.assertEqual(self.accepted(key, body, headers), said)
                self.assert_used(source)
        key, _ = self.new_key("events")
        answer = json.loads(self.accepted(key + "/v2/enqueue", event))
        self.assertEqual((answer["status"], len(answer["dedup_key"])), ("success", 32))
        self.assert_used("events")
        self.assertEqual(self.daemon.terminate(), 0)
        self.assertNotRegex(self.daemon.log_text(), r"ackd_[A-Za-z0-9_-]{43}", "a key is in the log")
        self.assert_database_whole(self.daemon.database)

    def test_a_key_outlives_a_restart_and_a_revoked_one_lets_nobody_in(self):
        key, number = self.new_key("scripts")
        self.accepted(key, "one")
        self.daemon.kill()
        self.port = self.starts()
        self.accepted(key, "two")
        other, _ = self.new_key("scripts")
        status, _, error = run_ackd("sources", "add-key", "scripts", "--state-dir", str(self.daemon.state_dir))
        self.assertEqual(status, 1)
        self.assertIn("scripts has 2 keys already", error)
        self.accepted(other, "three")
        self.sources("revoke-key", "scripts", number)
        deadline = time.monotonic() + 10 * PATIENCE
        while self.post(key, "four")[0] != 404:
            self.assertLess(time.monotonic(), deadline, "a revoked key still lets in")
            time.sleep(0.05)
        self.assertNotIn(f"key {number} ", self.sources())


class BadInput(AlertsIn):
    """What is refused, and how."""

    def test_a_wrong_key_looks_like_a_path_that_is_not_there(self):
        key, _ = self.new_key("production")
        self.accepted(key, ALERT)
        answers = set()
        for path in (key[:-1], key + "x", "ackd_", "", "../elsewhere"):
            status, headers, body = self.post(path, ALERT)
            answers.add((status, body, tuple(sorted(name for name in headers))))
        self.assertEqual({answer[:2] for answer in answers}, {(404, "")})
        self.assertEqual(len(answers), 1)
        self.assertEqual(self.post(key, "", method="GET")[0], 405)
        self.assertEqual(self.post(key[:-1], "", method="GET")[0], 404)

    def test_a_body_that_is_too_large_too_deep_or_something_else_is_refused_in_a_sentence(self):
        key, _ = self.new_key("production")
        self.accepted(key, ALERT)
        self.assertEqual(self.post(key, b"x" * (BODY_MAX + 1))[0], 413)
        for body, words in (
            ('{"alerts": ' + "[" * 100 + "]" * 100 + "}", "nested at most 64 deep"),
            ("no json", "no JSON"),
            ({"text": "of another kind"}, "is this the address of another kind of source?"),
        ):
            with self.subTest(words=words):
                status, _, said = self.post(key, body)
                self.assertEqual(status, 400)
                self.assertIn(words, said)
                self.assertEqual(said.count("\n"), 1)

    def test_a_source_that_posts_too_fast_is_told_when_to_come_again(self):
        key, _ = self.new_key("scripts")
        self.accepted(key, "one")
        for _ in range(30):  # five at once; one more every twelve seconds
            status, headers, _ = self.post(key, "again")
            if status == 429:
                break
            self.assertEqual(status, 202)
        self.assertEqual(status, 429)
        self.assertIn(int(headers["Retry-After"]), range(1, 13))

    def test_a_wrong_signature_is_refused(self):
        key, _ = self.new_key("builds")
        deadline = time.monotonic() + 10 * PATIENCE
        headers = {"X-GitHub-Event": "ping", "X-Hub-Signature-256": "sha256=" + "0" * 64}
        while (answer := self.post(key, "{}", headers))[0] == 404:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(ASK_AGAIN_AFTER)
        self.assertEqual(answer[0], 401)
        self.assertIn("The signature does not fit", answer[2])

    def test_a_slow_body_keeps_nobody_else_waiting(self):
        key, _ = self.new_key("production")
        self.accepted(key, ALERT)
        slow = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(70)]
        try:
            for each in slow:
                each.sendall(f"POST /in/{key} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{".encode())
            self.accepted(key, ALERT)
        finally:
            for each in slow:
                each.close()


@unittest.skipUnless(alertmanager_program(), "prometheus-alertmanager is not installed")
class FromAlertmanager(AlertsIn):
    """The real one."""

    def test_what_fires_and_what_is_over_is_taken_from_it(self):
        key, _ = self.new_key("production")
        self.accepted(key, {"alerts": []})
        alertmanager = Alertmanager(self, f"http://127.0.0.1:{self.port}/in/{key}")
        for count, is_over in ((1, False), (2, True)):
            alertmanager.tells("shop-3", is_over=is_over)
            deadline = time.monotonic() + 30 * PATIENCE
            while alertmanager.delivered() < count:
                self.assertLess(time.monotonic(), deadline, self.daemon.log_text())
                time.sleep(0.05)
        self.assert_used("production")
        self.assertNotIn("event=web_request_refused status=400", self.daemon.log_text())
        self.assertEqual(self.daemon.terminate(), 0)
        self.assert_database_whole(self.daemon.database)


if __name__ == "__main__":
    unittest.main()
