"""HTTP mode: the daemon behind a reverse proxy, with Slack's side played here. The Web API is the sandbox's."""

import hashlib
import hmac
import http.client
import json
import socket
import threading
import time
import unittest
import urllib.parse

from harness import PATIENCE, TestCase

SECRET = "an-0ld-fr1end-0f-ours-wh0-signs-1"
STOP_SECONDS_MAX = 5.0
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class SlackPosting:
    """Slack, as far as it posts to an app."""

    def __init__(self, port):
        self.port = port

    def post(self, content_type, body, secret=SECRET, at=None, headers=None):
        """(status, headers, body) of the answer to a signed request."""
        body = body.encode()
        timestamp = str(int(time.time() if at is None else at))
        digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
        return self.send(
            body,
            {
                "Content-Type": content_type,
                "X-Slack-Request-Timestamp": timestamp,
                "X-Slack-Signature": "v0=" + digest.hexdigest(),
                **(headers or {}),
            },
        )

    def send(self, body, headers):
        """The same, with any headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10 * PATIENCE)
        try:
            connection.request("POST", "/slack/events", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def command(self, user, text, channel, **options):
        """A slash command; its answer."""
        fields = {
            "token": "x", "team_id": "T1", "team_domain": "example", "channel_id": channel, "channel_name": "general",
            "user_id": user, "user_name": "x", "command": "/ack", "text": "!send " + text, "api_app_id": "A1",
            "is_enterprise_install": "false", "trigger_id": f"{time.time_ns()}.1",
        }  # fmt: skip
        return self.post(FORM, urllib.parse.urlencode(fields), **options)

    def interaction(self, **payload):
        """What somebody does with a control; the answer."""
        return self.post(FORM, urllib.parse.urlencode({"payload": json.dumps(payload)}))

    def event(self, event_id, headers=None, **event):
        """Something that happened; the answer."""
        outer = {"type": "event_callback", "team_id": "T1", "event_id": event_id, "event_time": 1, "event": event}
        return self.post(JSON, json.dumps(outer), headers=headers)


class HttpTestCase(TestCase):
    """A workspace that is only called, and a daemon that is posted to."""

    def start_daemon(self, daemon=None, **environment):
        """(daemon, Slack's posting side)."""
        if daemon is None:
            config = self.write_config('[slack]\nmode = "http"\n\n[http]\nlisten = "127.0.0.1:0"\n')
            self.sandbox = self.start_sandbox()
            daemon = self.make_daemon(
                api=self.sandbox.api,
                config=config,
                environment={"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET, **environment},
            )
        since = daemon.log_length()
        daemon.start()
        line = daemon.wait_log("event=http_listening", since=since)
        return daemon, SlackPosting(int(line.split("address=127.0.0.1:")[1].split()[0]))

    def ids(self):
        """({handle: user id}, {channel: its id})."""
        workspace = self.sandbox.call("workspace")
        users = {user["name"]: user["id"] for user in workspace["users"]}
        return users, {"#" + channel["name"]: channel["id"] for channel in workspace["channels"]}

    def the_card(self, words, **where):
        """The one card that says so."""
        found = [seen for seen in self.sandbox.expect(words, channel="#general", **where) if "metadata" in seen]
        self.assertEqual(len(found), 1, found)
        return found[0]


class TheMainJob(HttpTestCase):
    """Asking and answering, as over a socket."""

    def test_a_command_is_answered_a_press_counts_and_a_reaction_counts(self):
        daemon, slack = self.start_daemon()
        users, channels = self.ids()
        general = channels["#general"]
        text = f"<@{users['ben']}|ben> <@{users['chen']}|chen> please read plan-one"
        status, headers, body = slack.command(users["ada"], text, general)
        self.assertEqual(status, 200, daemon.log_text())
        self.assertEqual(headers["Content-Type"], "application/json; charset=utf-8")
        answer = json.loads(body)
        self.assertEqual(answer["response_type"], "ephemeral")
        self.assertIn("📨 Asked as #", json.dumps(answer, ensure_ascii=False))

        card = self.the_card("plan-one")
        (button,) = [
            element
            for block in card["blocks"] if block["type"] == "actions"
            for element in block["elements"] if element["action_id"].partition(":")[0] == "got_it"
        ]  # fmt: skip
        status, _, body = slack.interaction(
            type="block_actions",
            user={"id": users["ben"]},
            container={"type": "message", "message_ts": card["ts"], "channel_id": general},
            channel={"id": general},
            actions=[{"type": "button", "action_id": button["action_id"], "value": button["value"]}],
        )
        self.assertEqual((status, body), (200, ""))
        self.sandbox.expect("✅ 1 of 2 received", channel="#general", ts=card["ts"])

        self.sandbox.call("react", channel="#general", ts=card["ts"], user="chen", name="white_check_mark")
        item = {"type": "message", "channel": general, "ts": card["ts"]}
        status, _, body = slack.event(
            "Ev1", type="reaction_added", user=users["chen"], reaction="white_check_mark", item=item
        )
        self.assertEqual((status, body), (200, ""))
        self.sandbox.expect("✅ 2 of 2 received", channel="#general", ts=card["ts"])
        self.assertEqual(daemon.terminate(), 0)
        self.assert_database_whole(daemon.database)

    def test_what_is_delivered_again_happens_once_also_across_a_crash(self):
        daemon, slack = self.start_daemon()
        users, channels = self.ids()
        posted = self.sandbox.call("post", channel="#general", user="ada", text=f"<@{users['ben']}> read plan-two")
        # Catch-up reads the same after the crash.
        self.sandbox.call("react", channel="#general", ts=posted["ts"], user="ada", name="incoming_envelope")
        event = {
            "type": "reaction_added",
            "user": users["ada"],
            "reaction": "incoming_envelope",
            "item": {"type": "message", "channel": channels["#general"], "ts": posted["ts"]},
            "item_user": users["ada"],
        }
        statuses = []
        together = [
            threading.Thread(target=lambda: statuses.append(slack.event("Ev1", **event)[0])) for _ in range(8)
        ]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        self.assertEqual(statuses, [200] * 8, daemon.log_text())
        daemon.kill()

        daemon, slack = self.start_daemon(daemon)
        retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "connection_failed"}
        self.assertEqual(slack.event("Ev1", headers=retry, **event)[0], 200)
        self.the_card("plan-two")
        # What comes later has an effect, so the repetition would have had one by now.
        status, _, _ = slack.command(users["ada"], f"<@{users['ben']}> please read plan-three", channels["#general"])
        self.assertEqual(status, 200)
        self.the_card("plan-three")
        self.the_card("plan-two")
        self.assertEqual(daemon.terminate(), 0)
        self.assert_database_whole(daemon.database)


class Strangers(HttpTestCase):
    """Who is not Slack gets nothing."""

    def test_only_what_slack_signed_lately_is_taken(self):
        daemon, slack = self.start_daemon()
        users, channels = self.ids()
        text = f"<@{users['ben']}> please read what-nobody-asked"
        for what, options in (
            ("another secret", {"secret": SECRET[::-1]}),
            ("six minutes old", {"at": time.time() - 360}),
            ("from the future", {"at": time.time() + 360}),
        ):
            with self.subTest(what):
                status, _, body = slack.command(users["ada"], text, channels["#general"], **options)
                self.assertEqual((status, body), (401, ""))
        status, _, _ = slack.send(b"command=%2Fack&user_id=U0ADA&text=hi", {"Content-Type": FORM})
        self.assertEqual(status, 401)

        self.assertEqual(slack.command(users["ada"], "<@U0BEN> please read the-last-one", channels["#general"])[0], 200)
        self.the_card("the-last-one")
        self.assertEqual(self.sandbox.stats()["messages"]["posted"], 1)
        self.assertNotIn(SECRET, daemon.log_text())
        self.assertEqual(daemon.terminate(), 0)

    def test_slow_and_hostile_peers_keep_nobody_out(self):
        daemon, slack = self.start_daemon()
        users, channels = self.ids()
        slow = []
        for number in range(200):
            peer = socket.create_connection(("127.0.0.1", slack.port))
            self.addCleanup(peer.close)
            peer.sendall((b"POST /slack/events HTTP/1.1\r\nX-Slow: ", b"", b"\x16\x03\x01", b"\r\n")[number % 4])
            slow.append(peer)
        status, _, _ = slack.command(users["ada"], "<@U0BEN> please read plan-four", channels["#general"])
        self.assertEqual(status, 200, daemon.log_text())
        self.the_card("plan-four")
        began = time.monotonic()
        self.assertEqual(daemon.terminate(STOP_SECONDS_MAX), 0)
        self.assertLess(time.monotonic() - began, STOP_SECONDS_MAX * PATIENCE)

    def test_slack_finds_the_address_to_be_ours(self):
        _, slack = self.start_daemon()
        status, _, body = slack.post(JSON, '{"type":"url_verification","challenge":"3eZbrw1aB"}')
        self.assertEqual((status, json.loads(body)), (200, {"challenge": "3eZbrw1aB"}))
        self.assertEqual(slack.send(b"ssl_check=1&token=x", {"Content-Type": FORM})[0], 200)


class SettingUp(HttpTestCase):
    """What must be there, and what need not."""

    def test_without_a_signing_secret_it_says_where_that_is(self):
        for secret, words in (
            ("", "SLACK_SIGNING_SECRET is not set (nor the systemd credential slack-signing-secret)."),
            ("xoxb-not-a-signing-secret", "SLACK_SIGNING_SECRET does not look like a signing secret."),
            ("short", "SLACK_SIGNING_SECRET does not look like a signing secret."),
        ):
            with self.subTest(words=words, secret=secret):
                daemon = self.make_daemon(
                    name=f"state-{secret}",
                    config=self.write_config('[slack]\nmode = "http"\n'),
                    environment={"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": secret},
                ).start()
                self.assertEqual(daemon.wait_exit(), 2)
                self.assertEqual(
                    daemon.log_text(), words + " It is under Basic Information, App Credentials, of your Slack app."
                )

    def test_credentials_are_taken_first_and_the_previous_secret_holds_beside_the_current_one(self):
        folder = self.folder / "credentials"
        folder.mkdir()
        current, previous = "c" * 32, "p" * 32
        (folder / "slack-signing-secret").write_text(current + "\n", encoding="utf-8")
        (folder / "slack-signing-secret-previous").write_text(previous + "\n", encoding="utf-8")
        daemon, slack = self.start_daemon(CREDENTIALS_DIRECTORY=str(folder))
        challenge = '{"type":"url_verification","challenge":"c"}'
        for secret, status in ((current, 200), (previous, 200), (SECRET, 401)):
            with self.subTest(secret=secret):
                self.assertEqual(slack.post(JSON, challenge, secret=secret)[0], status)
        self.assertEqual(daemon.terminate(), 0)

    def test_an_address_that_is_taken_is_tried_again_by_the_service_manager(self):
        taken = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(taken.close)
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(
            api=sandbox.api,
            config=self.write_config(f'[slack]\nmode = "http"\n[http]\nlisten = "{address}"\n'),
            environment={"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET},
        ).start()
        self.assertEqual(daemon.wait_exit(10), 1)
        self.assertIn(f"cannot listen on {address}: Address already in use", daemon.log_text())


if __name__ == "__main__":
    unittest.main()
