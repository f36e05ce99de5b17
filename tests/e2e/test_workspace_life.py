"""What happens to a workspace and to the app's place in it: what the process says, and how it ends."""

import json
import unittest

from harness import InWorkspace, TestCase, everything_from_app

EXIT_REPAIR = 2
OTHER_WORKSPACE = {
    "team": {"id": "T0OTHER", "name": "Other", "domain": "other"},
    "users": [{"id": "U0ADA", "name": "ada", "real_name": "Ada Okafor", "tz": "Europe/Berlin"}],
    "channels": [{"id": "C0GENERAL", "name": "general", "members": ["ada", "ackd"]}],
}


class TheInstallation(TestCase):
    """Taken away, or another one: one clear message and exit status 2, since only a person can help."""

    def one_message(self, daemon, *words):
        """It has ended by itself, and said why once."""
        self.assertEqual(daemon.wait_exit(10), EXIT_REPAIR, daemon.log_text())
        messages = [line for line in daemon.log_text().splitlines() if line.startswith("ackd: ")]
        self.assertEqual(len(messages), 1, daemon.log_text())
        for phrase in words:
            self.assertIn(phrase, messages[0])
        self.assertNotRegex(daemon.log_text(), "xoxb-s|xapp-s")

    def test_the_app_is_removed(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=2)
        sandbox.call("revoke", uninstall=True)
        self.one_message(daemon, "Reinstall", "SLACK_BOT_TOKEN")

    def test_the_bot_token_is_revoked_and_with_a_new_one_it_goes_on(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=2)
        sandbox.call("command", channel="#general", user="ada", command="/ack", text="!send @ben please read before-it")
        sandbox.expect("before-it", channel="#general")
        sandbox.wait(idle_ms=200)
        sandbox.call("revoke", token="bot")
        self.one_message(daemon, "token_revoked", "SLACK_BOT_TOKEN")
        self.assert_database_whole(daemon.database)
        # As systemd does with RestartPreventExitStatus=2, nobody starts it until somebody has put the new token there.
        again = self.start_sandbox()
        daemon.environment["SLACK_API_URL"] = again.api
        daemon.start()
        again.wait(sockets=2)
        self.assertEqual(daemon.terminate(), 0)

    def test_the_app_level_token_is_revoked(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=2)
        sandbox.call("revoke", token="app")
        sandbox.call("disconnect", cut=True)
        self.one_message(daemon, "token_revoked", "SLACK_APP_TOKEN")

    def test_the_tokens_of_another_workspace_with_this_database_post_nothing(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=2)
        sandbox.call("command", channel="#general", user="ada", command="/ack", text="!send @ben please read whose-is-it")
        sandbox.expect("whose-is-it", channel="#general")
        sandbox.wait(idle_ms=200)
        daemon.kill()
        description = self.folder / "other.json"
        description.write_text(json.dumps(OTHER_WORKSPACE), encoding="utf-8")
        other = self.start_sandbox("--workspace", str(description))
        daemon.environment["SLACK_API_URL"] = other.api
        daemon.start()
        self.one_message(
            daemon,
            "this database belongs to the workspace T0SANDBOX, and the bot token to T0OTHER",
            "Nothing was posted",
            "--state-dir",
        )
        stats = other.stats()
        self.assertEqual(set(stats["calls"]), {"auth.test"})
        self.assertEqual(stats["messages"]["posted"], 0)
        # And with the right ones it goes on where it was.
        daemon.environment["SLACK_API_URL"] = sandbox.api
        daemon.start()
        sandbox.wait(sockets=2)
        self.assertEqual(daemon.terminate(), 0)
        self.assertEqual(len(sandbox.expect("whose-is-it", channel="#general", count=1)), 1)


class TheSockets(TestCase):
    """Slack closes them for reasons that a person must know of: the log says what to do, and the daemon stays."""

    def test_slack_says_why_and_the_log_says_what_to_do(self):
        cases = {
            "link_disabled": "Socket Mode is switched off: switch it on in the app's settings; trying again every five",
            "too_many_websockets": "Slack allows 10 sockets for one app: stop the other processes",
        }
        for reason, words in cases.items():
            with self.subTest(reason=reason):
                sandbox = self.start_sandbox()
                daemon = self.make_daemon(name=reason, api=sandbox.api).start()
                sandbox.wait(sockets=2)
                sandbox.call("disconnect", reason=reason)
                self.assertIn(words, daemon.wait_log(f"event=socket_lost .*reason={reason}"))
                self.assertEqual(daemon.terminate(), 0, daemon.log_text())


class TheChannels(InWorkspace):
    """Archived, or ackd is taken out: the request goes on in direct messages, and its asker is told once."""

    def test_archived(self):
        number = self.asks_in("#soon-gone", "C0SOONGONE", "@ben please read archived-one")
        self.sandbox.call("channel", channel="#soon-gone", rename="sooner-gone")
        self.sandbox.call("channel", channel="C0SOONGONE", archive=True)
        told = self.gets(self.ada, "#sooner-gone was archived; you asked this there.")
        self.assertIn("People are still asked by direct message", told.text)
        self.types(self.ben, f"/ackd done {number}")
        self.assertNotIn("archived-one", self.types(self.ada, "/ackd").text)

    def test_taken_out_and_invited_again(self):
        number = self.asks_in("#in-and-out", "C0INANDOUT", "@ben @chen please read left-one")
        card = self.card_of("left-one", "#in-and-out")
        self.sandbox.call("member", channel="#in-and-out", user="@ackd", leave=True)
        told = self.gets(self.ada, "I am no longer in #in-and-out, where you asked this.")
        self.assertIn("invite me again", told.text)
        self.types(self.ben, f"/ackd got {number}")
        self.settle()
        self.sandbox.call("member", channel="#in-and-out", user="@ackd")
        self.shows(card, "✅ 1 of 2 received")
        self.types(self.ada, f"/ackd withdraw {number}")
        self.joining_is_no_message()

    def joining_is_no_message(self):
        """Slack says in the channel who has joined, in the name of whoever has."""
        for message in everything_from_app(self.sandbox).values():
            if "has joined the channel" in message.text:
                self.expected(message)

    def asks_in(self, channel, channel_id, text):
        """Ada asks in a new channel; the number of what she asked."""
        log_length = self.daemon.log_length()
        self.sandbox.call("channel", name=channel[1:], id=channel_id, members=["ada", "ben", "chen", "ackd"])
        self.channel_ids[channel] = channel_id
        self.answered(self.ada, "I am here.", channel=channel)
        self.daemon.wait_log("event=conversations_listed", since=log_length)
        self.joining_is_no_message()
        answer = self.types(self.ada, f"/ack !send {text}", channel)
        self.card_of(text.split()[-1], channel)
        return answer.text.partition("Asked as #")[2].split(",")[0]


if __name__ == "__main__":
    unittest.main()
