"""`ackd doctor`: all is well in a sandbox, and every failure of the set-up and of Slack is provoked here."""

import contextlib
import email.utils
import http.client
import json
import os
import pathlib
import socket
import subprocess
import time
import unittest

from doctor_report import EVERYTHING, NOT_APPLICABLE, OF_DATABASE, OF_SLACK, RIGHT, DoctorTest, Report
from harness import APP_TOKEN, BOT_TOKEN, PATIENCE, run_ackd
from meddler import CLOSE, PING, Certificate
from programs import program

SHORT_WAITS = ("--timeout", f"{0.5 * PATIENCE:g}")
README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


class AllIsWell(DoctorTest):
    """What it says where there is nothing to repair."""

    def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(self):
        sandbox = self.start_sandbox()
        report = self.examine(sandbox.api)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertEqual(tuple(report.checks), EVERYTHING)
        for name in ("tokens", "bot token", "scopes", "app token", "socket", "channels", "rate limits", "disk"):
            self.assertEqual(report.outcome(name), RIGHT, report.text)
        for name in ("workspace", "state directory", *OF_DATABASE, "daemon", "service"):
            self.assertEqual(report.outcome(name), NOT_APPLICABLE, report.text)
        self.assertFalse(self.state.exists())

    def test_beside_a_running_daemon_everything_is_right_and_the_daemon_is_let_be(self):
        sandbox = self.start_sandbox()
        config = self.write_config('[log]\nlevel = "info"\n')
        daemon = self.make_daemon(api=sandbox.api, config=config).start()
        sandbox.wait(sockets=2)
        log_length = daemon.log_length()
        report = self.examine(sandbox.api, "--config", str(config))
        self.assertEqual(report.wrong(), [], report.text)
        for name in ("configuration", "workspace", "daemon", "state directory", *OF_DATABASE):
            self.assertEqual(report.outcome(name), RIGHT, report.text)
        self.assertIn("3 of 10 in use with this one", report.checks["socket"]["text"])
        self.assertNotRegex("\n".join(daemon.log_text().splitlines()[log_length:]), "event=socket_lost|event=database")
        sandbox.call("command", channel="#general", user="ada", command="/ack", text="!send @ben please read still-there")
        sandbox.expect("still-there", channel="#general")
        self.assertEqual(daemon.terminate(), 0)

    def test_it_only_reads_and_hangs_up_properly(self):
        sandbox = self.make_database()
        before = self.bytes_there()
        counted = sandbox.stats()
        report = self.examine(sandbox.api)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertEqual(self.bytes_there(), before, "the doctor wrote something")
        stats = sandbox.stats()
        self.assertEqual(stats["messages"], counted["messages"])
        called = {name for name, count in stats["calls"].items() if count != counted["calls"].get(name, 0)}
        self.assertEqual(called, {"auth.test", "apps.connections.open", "users.conversations"})
        self.assertEqual(stats["sockets"]["opened"], counted["sockets"]["opened"] + 1)
        self.assertEqual(sandbox.wait(sockets=0)["sockets"], 0)
        self.assertEqual(stats["sockets"]["cut_silent"], 0)

    def test_after_a_kill_it_reads_what_the_daemon_left(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=1, idle_ms=200)
        daemon.kill()
        database = {name: data for name, data in self.bytes_there().items() if not name.endswith("-shm")}
        report = self.examine(sandbox.api)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertEqual(report.outcome("journal"), RIGHT)
        after = {name: data for name, data in self.bytes_there().items() if not name.endswith("-shm")}
        self.assertEqual(after, database)

    def test_for_people_it_prints_one_line_a_check(self):
        sandbox = self.start_sandbox("--without-scope", "reactions:read")
        status, out = self.ask(sandbox.api)
        self.assertEqual(status, 1)
        lines = out.splitlines()
        self.assertEqual(len(lines), len(EVERYTHING), out)
        self.assertEqual([line[0] for line in lines if line[0] not in "✓✗–"], [])
        self.assertIn(
            "✗ scopes: not granted: reactions:read (to take the reactions 📨, 👀 and ✅ as requests and answers, and 📌 as a wish to keep one) → "
            "add them under OAuth & Permissions in the app's settings, and reinstall the app to the workspace",
            lines,
        )
        self.assertIn("✓ bot token: accepted: @ackd in ", out)


class TheConfiguration(DoctorTest):
    """The file, and the tokens."""

    def test_a_mistake_in_it(self):
        sandbox = self.start_sandbox()
        config = self.write_config('[slack]\nconections = 2\n[log]\nlevel = "loud"\n')
        report = self.examine(sandbox.api, "--config", str(config))
        self.finds(report, "configuration", f'{config}:2:1: unknown key "conections"', f"`ackd check {config}`")
        self.assertIn(", and 1 more", report.checks["configuration"]["text"])

    def test_a_file_that_is_not_there(self):
        report = self.examine(self.start_sandbox().api, "--config", str(self.folder / "nowhere.toml"))
        self.finds(report, "configuration", "cannot be read", "ackd check")

    def test_tokens_that_are_missing_or_mixed_up(self):
        sandbox = self.start_sandbox()
        report = self.examine(sandbox.api, SLACK_APP_TOKEN="", SLACK_BOT_TOKEN="xapp-mixed-up")
        self.finds(report, "tokens", "SLACK_APP_TOKEN is not set", "CREDENTIALS_DIRECTORY=")
        self.assertIn("SLACK_BOT_TOKEN does not begin with xoxb-", report.checks["tokens"]["text"])
        self.assertEqual(sandbox.stats()["calls"], {})

    def test_credentials_of_the_service_are_taken(self):
        credentials = self.folder / "credentials"
        credentials.mkdir()
        (credentials / "slack-app-token").write_text(APP_TOKEN + "\n", encoding="utf-8")
        (credentials / "slack-bot-token").write_text(BOT_TOKEN + "\n", encoding="utf-8")
        report = self.examine(
            self.start_sandbox().api, SLACK_APP_TOKEN="", SLACK_BOT_TOKEN="", CREDENTIALS_DIRECTORY=str(credentials)
        )
        self.assertEqual(report.wrong(), [], report.text)


class TheConnection(DoctorTest):
    """The way to Slack: address, network, TLS."""

    def not_reached(self, report, text):
        """TLS is wrong, and what builds on it is not known."""
        self.finds(report, "TLS", text, "look at the network, the firewall and the proxy")
        for name in OF_SLACK:
            self.assertEqual(report.outcome(name), NOT_APPLICABLE)

    def test_nobody_at_the_address(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        self.not_reached(self.examine(f"http://127.0.0.1:{port}/api/"), f"cannot reach 127.0.0.1:{port}: ")

    def test_an_address_that_may_not_be_used(self):
        for api in ("http://slack.com/api/", "slack.com"):
            with self.subTest(api=api):
                report = self.examine(api)
                self.finds(report, "TLS", "SLACK_API_URL: ", "leave SLACK_API_URL unset")

    def test_a_good_certificate(self):
        certificate = Certificate(self.folder / "tls")
        meddler = self.meddler(self.start_sandbox(), certificate)
        report = self.examine(meddler.api, **certificate.trusted)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertRegex(
            report.checks["TLS"]["text"],
            rf"^localhost:{meddler.port}, TLSv1\.3, the certificate is good for (89|90) more days$",
        )

    def test_a_certificate_that_soon_ends(self):
        certificate = Certificate(self.folder / "tls", days=3)
        meddler = self.meddler(self.start_sandbox(), certificate)
        report = self.examine(meddler.api, **certificate.trusted)
        self.finds(report, "TLS", "the certificate is good for ", "have it renewed by whoever runs localhost")
        self.assertRegex(report.checks["TLS"]["text"], r"(2|3) more days$")

    def test_a_certificate_that_has_ended(self):
        certificate = Certificate(self.folder / "tls", days=-1)
        meddler = self.meddler(self.start_sandbox(), certificate)
        self.not_reached(self.examine(meddler.api, **certificate.trusted), "TLS: certificate has expired")

    def test_a_certificate_by_an_authority_that_is_not_trusted(self):
        meddler = self.meddler(self.start_sandbox(), Certificate(self.folder / "tls"))
        other = Certificate(self.folder / "other")
        self.not_reached(self.examine(meddler.api, **other.trusted), "TLS: ")

    def test_a_certificate_of_another_host(self):
        certificate = Certificate(self.folder / "tls", host="slack.example.test")
        meddler = self.meddler(self.start_sandbox(), certificate)
        self.not_reached(
            self.examine(meddler.api, **certificate.trusted), "TLS: its certificate is for another host"
        )


class TheTokens(DoctorTest):
    """Not accepted, not granted enough, or not answered."""

    def test_a_bot_token_that_is_wrong_or_revoked(self):
        sandbox = self.start_sandbox()
        report = self.examine(sandbox.api, SLACK_BOT_TOKEN="xoxb-wrong")
        self.finds(report, "bot token", "invalid_auth: Slack does not accept the bot token", "Copy it again")
        for name in ("scopes", "channels"):
            self.assertEqual(report.outcome(name), NOT_APPLICABLE)
        sandbox.call("revoke", token="bot")
        self.finds(self.examine(sandbox.api), "bot token", "token_revoked: ", "reinstall it first")

    def test_an_app_token_that_is_wrong_or_revoked(self):
        sandbox = self.start_sandbox()
        report = self.examine(sandbox.api, SLACK_APP_TOKEN="xapp-wrong")
        self.finds(report, "app token", "invalid_auth: Slack does not accept the app-level token", "Copy it again")
        self.assertEqual(report.outcome("socket"), NOT_APPLICABLE)
        sandbox.call("revoke", token="app")
        self.finds(self.examine(sandbox.api), "app token", "token_revoked: ", "Copy it again")

    def test_an_app_without_socket_mode(self):
        def refuse(answer):
            answer.say(ok=False, error="socket_mode_is_off")

        meddler = self.meddler(self.start_sandbox(), apps_connections_open=refuse)
        report = self.examine(meddler.api)
        self.finds(report, "app token", "apps.connections.open: socket_mode_is_off", "switch Socket Mode on")

    def test_every_missing_scope(self):
        manifest = json.loads(run_ackd("manifest", "--format", "json")[1])
        for scope in manifest["oauth_config"]["scopes"]["bot"]:
            with self.subTest(scope=scope):
                sandbox = self.start_sandbox("--without-scope", scope)
                report = self.examine(sandbox.api)
                besides = ("channels",) if scope in ("channels:read", "groups:read") else ()
                self.finds(report, "scopes", f"not granted: {scope} (", "reinstall the app", besides)
                if besides:
                    self.assertIn(f"users.conversations needs the scope {scope}", report.checks["channels"]["text"])
                sandbox.end()

    def test_scopes_that_slack_does_not_tell(self):
        meddler = self.meddler(self.start_sandbox(), auth_test=lambda answer: answer.set("X-OAuth-Scopes", None))
        report = self.examine(meddler.api)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertEqual(report.outcome("scopes"), NOT_APPLICABLE)

    def test_a_slack_that_is_not_well(self):
        sandbox = self.start_sandbox()
        for fault in ({"answer_5xx": 1}, {"answer_timeout": 1, "answer_timeout_ms": 5000}):
            with self.subTest(fault=fault):
                sandbox.faults(**fault, methods=["auth.test"])
                report = self.examine(sandbox.api, *SHORT_WAITS)
                self.finds(report, "bot token", "auth.test: ", "status.slack.com")

    def test_calls_that_are_refused_for_their_number(self):
        sandbox = self.start_sandbox()
        checks = {"auth.test": "bot token", "apps.connections.open": "app token", "users.conversations": "channels"}
        for method, check in checks.items():
            with self.subTest(method=method):
                sandbox.faults(answer_429=1, answer_429_retry_after=7, methods=[method])
                report = self.examine(sandbox.api)
                self.finds(report, "rate limits", f"refused for now: {method}", "ask again in 7 s", (check,))
                self.assertIn("too many calls", report.checks[check]["text"])

    def test_an_answer_that_slack_would_not_give(self):
        for status, body in ((200, {"ok": False, "error": "never_heard_of"}), (404, {})):
            with self.subTest(status=status):
                meddler = self.meddler(
                    self.start_sandbox(), auth_test=lambda answer: answer.say(status, **body)  # noqa: B023
                )
                self.assertEqual(self.examine(meddler.api).wrong(), ["bot token"])


class TheWorkspace(DoctorTest):
    """A database belongs to one, and so must the tokens."""

    def test_tokens_of_another_one_than_the_databases(self):
        sandbox = self.make_database()
        right = self.examine(sandbox.api)
        self.assertEqual(right.checks["workspace"]["text"], "the database belongs to Sandbox (T0SANDBOX)")

        def move(answer):
            answer.say(**{**json.loads(answer.body), "team_id": "T0OTHER", "team": "Other"})

        report = self.examine(self.meddler(sandbox, auth_test=move).api)
        self.finds(
            report,
            "workspace",
            "the database belongs to T0SANDBOX, and the bot token to T0OTHER (Other)",
            "name a folder of its own with --state-dir",
        )


class TheClock(DoctorTest):
    """Slack's Date header against ours."""

    def at(self, sandbox, seconds):
        """The report when Slack's clock is so much ahead."""

        def shift(answer):
            date = None if seconds is None else email.utils.formatdate(time.time() + seconds, usegmt=True)
            answer.set("Date", date)

        edits = {"auth_test": shift, "apps_connections_open": shift, "users_conversations": shift}
        return self.examine(self.meddler(sandbox, **edits).api)

    def test_one_that_is_off_and_one_that_is_not_told(self):
        sandbox = self.start_sandbox()
        for seconds, words in ((3600, "behind Slack"), (-3600, "ahead of Slack")):
            with self.subTest(seconds=seconds):
                self.finds(self.at(sandbox, seconds), "clock", words, "timedatectl set-ntp true")
        self.assertEqual(self.at(sandbox, 5).outcome("clock"), RIGHT)
        self.assertEqual(self.at(sandbox, None).outcome("clock"), NOT_APPLICABLE)


class TheSocket(DoctorTest):
    """A connection that opens, or not, and lives, or not."""

    def opened_at(self, behaviour, *options):
        """The report when apps.connections.open leads to a WebSocket of that kind."""

        def lead_astray(answer):
            answer.say(ok=True, url=meddler.socket_url(behaviour))

        meddler = self.meddler(self.start_sandbox(), apps_connections_open=lead_astray)
        self.opcodes = meddler.opcodes
        return self.examine(meddler.api, *options)

    def test_what_a_firewall_does_to_it(self):
        cases = {
            "refused": "the WebSocket was refused with HTTP status 408",
            "silent": "it opened, and said no hello in time",
            "deaf": "it said hello, and did not answer a ping",
            "short": "it ended before it said hello",
        }
        for behaviour, words in cases.items():
            with self.subTest(behaviour=behaviour):
                report = self.opened_at(behaviour, *SHORT_WAITS)
                self.finds(report, "socket", words, "let the firewall and the proxy pass WebSockets")

    def test_an_address_that_is_none(self):
        meddler = self.meddler(
            self.start_sandbox(), apps_connections_open=lambda answer: answer.say(ok=True, url="http:nowhere")
        )
        self.finds(self.examine(meddler.api), "socket", "a URL needs a host", "WebSockets")

    def test_socket_mode_that_was_switched_off(self):
        self.finds(self.opened_at("link_disabled"), "socket", "switched off", "under Socket Mode in the app's settings")
        self.assertEqual(self.opcodes, [PING, CLOSE], "it says goodbye")

    def test_too_many_sockets(self):
        sandbox = self.start_sandbox()
        with contextlib.ExitStack() as stack:
            for _ in range(10):
                stack.enter_context(contextlib.closing(open_socket(sandbox)))
            sandbox.wait(sockets=10)
            self.finds(self.examine(sandbox.api), "socket", "ten sockets of this app are open already", "stop them")


def open_socket(sandbox):
    """A Socket Mode connection of another program."""
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=10)
    headers = {"Authorization": f"Bearer {APP_TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/api/apps.connections.open", "", headers)
    target = json.loads(connection.getresponse().read())["url"].split(f":{sandbox.port}", 1)[1]
    stream = socket.create_connection(("127.0.0.1", sandbox.port))
    stream.sendall(
        f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{sandbox.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    return stream


class TheChannels(DoctorTest):
    """Where it is."""

    def test_one_that_was_never_invited(self):
        sandbox = self.start_sandbox()
        for channel in sandbox.call("workspace")["channels"]:
            if channel["kind"] != "im" and "U0ACKD" in channel["members"]:
                sandbox.call("member", channel=channel["id"], user="@ackd", leave=True)
        self.finds(self.examine(sandbox.api), "channels", "it is in none", "type /invite @ackd in a channel")
        _, out = self.ask(sandbox.api)
        (line,) = (line for line in out.splitlines() if line.startswith("✗"))
        self.assertIn(f"`{line}`", " ".join(README.read_text(encoding="utf-8").split()), "step 4 of the README")

    def test_a_list_of_many_pages_is_read_to_its_end(self):
        sandbox = self.start_sandbox("--page-max", "1")
        report = self.examine(sandbox.api)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertIn("in 3 channels", report.checks["channels"]["text"])


class ManyAtOnce(DoctorTest):
    """What people do when nothing works."""

    def test_several_things_that_are_wrong_are_all_told(self):
        sandbox = self.start_sandbox("--without-scope", "usergroups:read")
        self.state.mkdir(mode=0o755)
        self.state.chmod(0o755)
        report = self.examine(
            sandbox.api, "--config", str(self.folder / "nowhere.toml"), SLACK_APP_TOKEN="xapp-wrong"
        )
        self.assertEqual(set(report.wrong()), {"configuration", "scopes", "app token", "state directory"})

    def test_five_doctors_at_once(self):
        sandbox = self.make_database()
        environment = {**os.environ, **self.environment(sandbox.api)}
        doctors = [
            subprocess.Popen(
                [program("ackd"), "doctor", "--json", "--state-dir", str(self.state)],
                env=environment, stdout=subprocess.PIPE, text=True,
            )
            for _ in range(5)
        ]  # fmt: skip
        for doctor in doctors:
            out, _ = doctor.communicate(timeout=60)
            report = Report(doctor.returncode, out)
            self.assertEqual(report.wrong(), [], out)


if __name__ == "__main__":
    unittest.main()
