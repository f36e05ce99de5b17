"""Whatever comes in, the daemon says what is wrong and what to do about it, and goes on if it can."""

import contextlib
import hashlib
import os
import pathlib
import socket
import sqlite3
import subprocess
import threading
import unittest

from harness import BOT_TOKEN, InWorkspace, Person, TestCase, also_over_http, run_ackd

EXIT_FAILED = 1
EXIT_REPAIR = 2


@also_over_http()
class MistypedCommands(InWorkspace):
    """Answered to the person alone, with the right form and their own words in it."""

    policy_text = '[[route]]\nname = "incident"\n  [[route.step]]\n  people = ["U0DANA"]\n'

    CASES = (
        # typed, explanation, the line to send instead
        ("/ack please read the plan", "I did not find whom you ask.", "/ack @name please read the plan"),
        ("/ack @ben", "What do you ask? The message is missing.", "/ack @ben Please read the release plan"),
        (
            "/ack @bne please read it",
            'I do not know "@bne": no person or group has that name.',
            "/ack @name please read it",
        ),
        (
            "/ack @ben by thrusday 17:00 please read it",
            'I did not understand "by thrusday".',
            "/ack @ben by Thursday 17:00 please read it",
        ),
        (
            "/ack @ben by 2020-01-01 please read it",
            '"by 2020-01-01" is in the past, or more than a year ahead.',
            "/ack @ben by tomorrow please read it",
        ),
        ("/ack @ben !urgent please read it", 'I did not understand "!urgent".', "/ack @ben !today please read it"),
        ("/ack @ben !nwo please read it", 'I did not understand "!nwo".', "/ack @ben !now please read it"),
        ("/ack @ben !route=incidnet help", 'There is no route "incidnet".', "!route=incident"),
        ("/ack @ben !4 please review it", "You ask for 4 answers from 1 person.", "/ack @ben !1 please review it"),
        ("/ack @olaf please read it", "Nobody can be asked", ""),
        ("/ackd dnoe 12", 'I did not understand "/ackd dnoe 12".', "/ackd done 12"),
        ("/ackd dance", 'I did not understand "/ackd dance".', "/ackd help"),
        ("/ackd done twelve", 'I did not understand "/ackd done twelve".', "/ackd done 12"),
        ("/ackd trace 4711", "There is no request #4711.", ""),
    )

    def test_each_is_answered_alone_with_its_own_words(self):
        for typed, explanation, corrected in self.CASES:
            with self.subTest(typed=typed):
                answer = self.types(self.ada, typed)
                self.assertIn(explanation, answer.text)
                self.assertIn(corrected, answer.text)

    def test_a_hostile_command_is_only_text(self):
        texts = ("<!channel>", "<!here> <@U0NOBODY> <#C0NOWHERE>", "@ben " + "x" * 4000, "@ben \u202e\u0000 é <>& hostile")
        for text in texts:
            with self.subTest(text=text[:20]):
                answer = self.types(self.ada, f"/ack {text}")
                if "📨 Asked as" in answer.text:
                    self.card_of(text.split()[-1][:500])
        self.settle()
        self.assertEqual(self.sandbox.stats()["broadcasts"], 0)

    def test_somebody_elses_request_is_not_told_of(self):
        self.asks(self.ada, "@ben please read whose-is-it")
        overview = self.types(self.ada, "/ackd")
        number = overview.text.partition("#")[2].split()[0]
        self.assertIn(f"There is no request #{number} of yours.", self.types(self.hugo, f"/ackd trace {number}").text)


@also_over_http(without=("test_a_wrong_app_token", "test_tokens_mixed_up_or_missing"))
class RefusedByTheChat(TestCase):
    """A wrong or revoked token, a missing scope: one clear message, and exit status 2."""

    def refused(self, daemon, *phrases):
        """Runs until it ends by itself; its log."""
        daemon.start()
        self.assertEqual(daemon.wait_exit(10), EXIT_REPAIR, daemon.log_text())
        for phrase in phrases:
            self.assertIn(phrase, daemon.log_text())
        self.assertNotRegex(daemon.log_text(), "xoxb-s|xapp-s|xoxb-w|xapp-w")
        return daemon.log_text()

    def test_a_wrong_bot_token(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api, environment={"SLACK_BOT_TOKEN": "xoxb-wrong"})
        self.refused(daemon, "invalid_auth: Slack does not accept the bot token (SLACK_BOT_TOKEN, xoxb-…)")

    def test_a_wrong_app_token(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api, environment={"SLACK_APP_TOKEN": "xapp-wrong"})
        self.refused(daemon, "Slack does not accept the app-level token (SLACK_APP_TOKEN, xapp-…)")

    def test_tokens_mixed_up_or_missing(self):
        daemon = self.make_daemon(environment={"SLACK_BOT_TOKEN": "xapp-mixed-up", "SLACK_APP_TOKEN": ""})
        log = self.refused(daemon, "SLACK_APP_TOKEN is not set", "SLACK_BOT_TOKEN does not begin with xoxb-")
        self.assertNotIn("mixed-up", log)

    def test_a_missing_scope_is_named(self):
        sandbox = self.start_sandbox("--without-scope", "users:read")
        daemon = self.make_daemon(api=sandbox.api)
        self.refused(daemon, "the bot token lacks the scope users:read", "reinstall the app")

    def test_a_token_revoked_while_it_runs(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        self.line.wait_until_open(sandbox)
        sandbox.call("revoke", token="bot")
        self.assertEqual(daemon.wait_exit(10), EXIT_REPAIR, daemon.log_text())
        self.assertIn("token_revoked", daemon.log_text())
        self.assertIn("SLACK_BOT_TOKEN", daemon.log_text())

    def test_an_app_removed_while_it_runs(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        self.line.wait_until_open(sandbox)
        sandbox.call("revoke", uninstall=True)
        self.assertEqual(daemon.wait_exit(10), EXIT_REPAIR, daemon.log_text())


class WhereItConnects(TestCase):
    """Only to the chat, only encrypted, and to whatever else is on this machine."""

    def test_a_dead_host_is_one_clear_line_and_it_comes_up_with_the_host(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        daemon = self.make_daemon(api=f"http://127.0.0.1:{port}/api/").start()
        line = daemon.wait_log("event=slack_call_failed")
        self.assertIn("127.0.0.1", line)
        self.assertIn("refused", line.lower())
        self.assertIn("trying again in", line)
        sandbox = self.start_sandbox("--port", str(port))
        sandbox.wait(sockets=1, timeout=20)
        self.assertEqual(daemon.terminate(), 0)

    def test_a_host_that_is_something_else_is_one_clear_line(self):
        with speaking_peer(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot here\n") as port:
            daemon = self.make_daemon(api=f"http://127.0.0.1:{port}/api/").start()
            self.assertIn("404", daemon.wait_log("event=slack_call_failed"))
            self.assertEqual(daemon.terminate(), 0)

    def test_plain_http_to_another_machine_is_refused(self):
        for api in ("http://192.0.2.1/api/", "http://slack.com/api/", "ftp://127.0.0.1/", "what is this"):
            with self.subTest(api=api):
                daemon = self.make_daemon(name="s" + hashlib.md5(api.encode()).hexdigest()[:6], api=api).start()
                self.assertEqual(daemon.wait_exit(), EXIT_REPAIR)
                self.assertIn("SLACK_API_URL", daemon.log_text())

    def test_simulated_time_is_refused_where_people_are(self):
        daemon = self.make_daemon(api="https://slack.com/api/", options=["--clock-scale", "60"]).start()
        self.assertEqual(daemon.wait_exit(), EXIT_REPAIR)
        self.assertIn("--clock-scale and --clock-origin are for a sandbox on this machine", daemon.log_text())

    def test_malformed_frames_from_the_peer_do_not_stop_it(self):
        replies = (
            b"",
            b"\x00" * 4096,
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{",
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"ok\"",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
            b"HTTP/9.9 -1 \xff\xfe\r\n\r\n",
            b"HTTP/1.1 429 Slow\r\nRetry-After: -7\r\nContent-Length: 0\r\n\r\n",
        )
        for number, reply in enumerate(replies):
            with self.subTest(reply=reply[:40]), speaking_peer(reply) as port:
                daemon = self.make_daemon(name=f"state{number}", api=f"http://127.0.0.1:{port}/api/").start()
                daemon.wait_log("event=slack_call_failed")
                self.assertEqual(daemon.terminate(), 0, daemon.log_text())


@contextlib.contextmanager
def speaking_peer(reply):
    """Something on this machine that answers every connection with the same bytes; its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


class TheDatabase(TestCase):
    """What cannot be used is refused with its reason, and not a byte of it changes."""

    def setUp(self):
        super().setUp()
        self.state = self.folder / "state"
        self.state.mkdir()
        self.path = self.state / "ackd.db"

    def refused(self, *phrases, status=EXIT_REPAIR):
        """Starts a daemon on the state directory, which must refuse."""
        before = self.bytes_there()
        daemon = self.make_daemon(api="http://127.0.0.1:9/api/").start()
        self.assertEqual(daemon.wait_exit(10), status, daemon.log_text())
        for phrase in phrases:
            self.assertIn(phrase, daemon.log_text())
        self.assertEqual(self.bytes_there(), before, "something was overwritten")

    def bytes_there(self):
        """The database's files and what is in them."""
        return {path.name: path.read_bytes() for path in self.state.iterdir() if path.name.startswith("ackd.db")}

    def make_database(self):
        """A database as the daemon leaves it."""
        daemon = self.make_daemon(name="state", api="http://127.0.0.1:9/api/").start()
        daemon.wait_log("event=started")
        self.assertEqual(daemon.terminate(), 0)
        self.assertTrue(self.path.is_file())

    def test_garbage(self):
        self.path.write_bytes(b"this is no database, but somebody may want it back\n" * 100)
        self.refused("the database is damaged or is none; nothing was changed")

    def test_a_damaged_one(self):
        self.make_database()
        content = bytearray(self.path.read_bytes())
        content[100:4096] = b"\xa5" * (4096 - 100)
        self.path.write_bytes(bytes(content))
        self.refused("the database is damaged")

    def test_one_of_another_program(self):
        connection = sqlite3.connect(self.path)
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
        connection.close()
        self.refused("is a database of another program; nothing was changed")

    def test_one_of_a_newer_ackd(self):
        self.make_database()
        connection = sqlite3.connect(self.path)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version={version + 7}")
        connection.commit()
        connection.close()
        self.refused(f"has schema {version + 7}", "it was written by a newer ackd; nothing was changed")

    def test_a_locked_one(self):
        self.make_database()
        connection = sqlite3.connect(self.path, isolation_level=None)
        self.addCleanup(connection.close)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        daemon = self.make_daemon(api="http://127.0.0.1:9/api/").start()
        self.assertEqual(daemon.wait_exit(15), EXIT_REPAIR, daemon.log_text())
        self.assertIn("the database is locked by another program", daemon.log_text())

    def test_a_second_daemon_on_the_same_directory(self):
        sandbox = self.start_sandbox()
        first = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=1)
        second = self.make_daemon(api=sandbox.api)
        second.log_path = self.folder / "second.log"
        second.start()
        self.assertEqual(second.wait_exit(), EXIT_FAILED)
        self.assertIn("another ackd is running with the state directory", second.log_text())
        self.assertIn("--state-dir", second.log_text())
        self.assertTrue(first.is_running())
        self.assertEqual(first.terminate(), 0)

    def test_a_read_only_one(self):
        self.make_database()
        with read_only(self, self.state):
            daemon = self.make_daemon(api="http://127.0.0.1:9/api/").start()
            self.assertNotEqual(daemon.wait_exit(10), 0)
            self.assertRegex(daemon.log_text(), "cannot be written")
        self.assert_database_whole_or_new()

    def assert_database_whole_or_new(self):
        """SQLite finds nothing wrong with it."""
        connection = sqlite3.connect(self.path)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        connection.close()


@contextlib.contextmanager
def mounted(test, folder, *options):
    """A mount that ends with the test; skipped where nobody may mount."""
    command = ["mount", *options, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        test.skipTest(f"mounting is not allowed here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


@contextlib.contextmanager
def read_only(test, folder):
    """The folder, as if its file system were mounted read-only."""
    with mounted(test, folder, "--bind", str(folder)):
        done = subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], capture_output=True, check=False)
        if done.returncode != 0:
            test.skipTest("remounting is not allowed here")
        yield


@also_over_http()
class AFullDisk(TestCase):
    """Nothing that is not on disk is confirmed; when there is room again, it goes on by itself."""

    def test_it_stops_confirming_and_recovers_without_losing_anything(self):
        disk = self.folder / "disk"
        disk.mkdir()
        stack = contextlib.ExitStack()
        stack.enter_context(mounted(self, disk, "-t", "tmpfs", "-o", "size=3m", "tmpfs"))
        self.addCleanup(stack.close)
        sandbox = self.start_sandbox("--redeliver-forever", "--redelivery-ms", "300,600", "--rate-limits", "off")
        daemon = self.make_daemon(api=sandbox.api)
        daemon.state_dir = disk / "state"
        daemon.start()
        self.line.wait_until_open(sandbox)
        ada, ben = Person(sandbox, "ada"), Person(sandbox, "ben")
        ada.types("/ack !send @ben please read before-it-was-full")
        sandbox.wait(idle_ms=200)

        ballast = disk / "ballast"
        fill(ballast)
        confirmed = sandbox.stats()["events"]["confirmed"]
        sandbox.call("post", channel="#general", user="ada", messages=[{"text": f"message {n} " + "x" * 500} for n in range(300)])
        (card,) = sandbox.expect("before-it-was-full", channel="#general")
        sandbox.call("react", channel="#general", ts=card["ts"], user="ben", name="eyes")
        self.assertIn("confirming=stopped", daemon.wait_log("event=database_refuses", 20))
        self.assertLess(sandbox.stats()["events"]["confirmed"] - confirmed, 301)

        ballast.unlink()
        daemon.wait_log("event=database_recovered", 20)
        sandbox.wait(unconfirmed=0, timeout=30)
        sandbox.expect("✅ 1 of 1 received", channel="#general", ts=card["ts"])
        self.assertEqual(ben.types("/ackd").is_ephemeral, True)
        sandbox.wait(idle_ms=200)
        stats = sandbox.stats()
        self.assertEqual(stats["messages"]["posted"], 1, "one card, and nothing else")
        self.assertEqual(stats["duplicates"], 0)
        self.assertEqual(daemon.terminate(), 0)
        self.assert_database_whole(daemon.database)


def fill(path):
    """Writes until there is no room left."""
    with open(path, "wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"\0" * size)


class CommandLine(TestCase):
    """What is typed at the shell."""

    def test_unknown_options_and_commands_end_with_2(self):
        for arguments in ((), ("walk",), ("run", "--colour"), ("check", "--really"), ("run", "--clock-scale", "much")):
            with self.subTest(arguments=arguments):
                status, out, error = run_ackd(*arguments)
                self.assertEqual(status, EXIT_REPAIR, out + error)
                self.assertNotEqual(out + error, "")

    def test_a_configuration_that_is_not_there(self):
        status, _, error = run_ackd("check", str(self.folder / "nowhere.toml"))
        self.assertEqual(status, EXIT_REPAIR)
        self.assertIn("cannot be read", error)

    def test_tokens_are_no_options(self):
        status, _, error = run_ackd("run", "--bot-token", BOT_TOKEN)
        self.assertEqual(status, EXIT_REPAIR)
        self.assertNotEqual(error, "")


if __name__ == "__main__":
    os.environ.setdefault("ACKD_BIN_DIR", str(pathlib.Path("build/release/bin").resolve()))
    unittest.main()
