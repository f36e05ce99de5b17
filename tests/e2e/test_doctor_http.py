"""`ackd doctor` in HTTP mode: what it looks at in place of the app-level token and the sockets."""

import contextlib
import http.server
import os
import socket
import threading
import unittest

from doctor_report import EVERYTHING_OVER_HTTP, NOT_APPLICABLE, RIGHT, DoctorTest
from harness import PATIENCE
from programs import free_port

SECRET = "an-0ld-fr1end-0f-ours-wh0-signs-1"
SHORT_WAITS = ("--timeout", f"{0.5 * PATIENCE:g}")


class OverHttp(DoctorTest):
    """A workspace that is only called, and a configuration for HTTP mode."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox()
        self.secrets = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET}

    def look(self, listen, *options, **environment):
        """The report, where the configuration says to listen there."""
        config = self.write_config(f'[slack]\nmode = "http"\n[http]\nlisten = "{listen}"\n')
        return self.examine(
            self.sandbox.api, "--config", str(config), *options, **{**self.secrets, **environment}
        )

    def start_listening(self, listen):
        """A daemon in HTTP mode on the doctor's own state directory."""
        config = self.write_config(f'[slack]\nmode = "http"\n[http]\nlisten = "{listen}"\n', "daemon.toml")
        daemon = self.make_daemon(api=self.sandbox.api, config=config, environment=self.secrets).start()
        daemon.wait_log("event=caught_up")
        return daemon

    def test_before_the_first_start_nothing_is_wrong(self):
        address = f"127.0.0.1:{free_port()}"
        report = self.look(address)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertEqual(tuple(report.checks), EVERYTHING_OVER_HTTP)
        self.assertEqual(report.checks["tokens"]["text"], "the bot token and the signing secret are there")
        for name in ("app token", "socket", "request URL"):
            self.assertEqual(report.outcome(name), NOT_APPLICABLE, report.text)
        self.assertEqual(report.checks["listen address"]["text"], f"{address} is free; `ackd run` will listen there")
        self.assertIn("curl -d ssl_check=1 https://YOUR.HOST/slack/events", report.checks["request URL"]["text"])
        self.assertNotIn("apps.connections.open", self.sandbox.stats()["calls"])
        self.assertFalse(self.state.exists())

    def test_beside_a_running_daemon_it_answers_and_is_let_be(self):
        address = f"127.0.0.1:{free_port()}"
        daemon = self.start_listening(address)
        log_length = daemon.log_length()
        report = self.look(address)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertEqual(report.checks["listen address"]["text"], f"{address}: an ackd answers there")
        self.assertEqual(report.outcome("daemon"), RIGHT)
        self.assertEqual(daemon.log_text().splitlines()[log_length:], [])
        self.assertEqual(daemon.terminate(), 0)

    def test_a_daemon_that_listens_somewhere_else(self):
        daemon = self.start_listening(f"127.0.0.1:{free_port()}")
        self.finds(self.look(f"127.0.0.1:{free_port()}"), "listen address", "nobody listens on", "start it again")
        self.assertEqual(daemon.terminate(), 0)

    def test_an_address_that_something_else_has(self):
        class Stranger(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        report = self.look(f"127.0.0.1:{server.server_address[1]}")
        self.finds(report, "listen address", "does not answer as ackd does: HTTP status 501", "stop what listens there")

    def test_an_address_whose_owner_says_nothing(self):
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as silent:
            report = self.look(f"127.0.0.1:{silent.getsockname()[1]}", *SHORT_WAITS)
        self.finds(report, "listen address", "does not answer as ackd does: ", "listen in [http]")

    def test_an_address_that_is_not_of_this_machine(self):
        report = self.look("192.0.2.1:8090")
        self.finds(report, "listen address", "cannot listen on 192.0.2.1:8090: ", "an address of this machine")

    @unittest.skipIf(os.geteuid() == 0, "root may listen everywhere")
    def test_a_port_that_is_not_for_everybody(self):
        self.finds(self.look("127.0.0.1:1"), "listen address", "cannot listen on 127.0.0.1:1: ", "a port from 1024 on")

    def test_a_port_that_is_another_at_each_start(self):
        self.finds(self.look("127.0.0.1:0"), "listen address", "takes another port at each start", "name the port")

    def test_without_a_signing_secret(self):
        report = self.look(f"127.0.0.1:{free_port()}", SLACK_SIGNING_SECRET="")
        self.finds(report, "tokens", "SLACK_SIGNING_SECRET is not set", "CREDENTIALS_DIRECTORY=")
        self.assertNotIn("SLACK_APP_TOKEN", report.text)

    def test_credentials_of_the_service_are_taken(self):
        credentials = self.folder / "credentials"
        credentials.mkdir()
        (credentials / "slack-signing-secret").write_text(SECRET + "\n", encoding="utf-8")
        (credentials / "slack-bot-token").write_text("xoxb-sandbox\n", encoding="utf-8")
        report = self.look(
            f"127.0.0.1:{free_port()}", SLACK_SIGNING_SECRET="", SLACK_BOT_TOKEN="", CREDENTIALS_DIRECTORY=str(credentials)
        )
        self.assertEqual(report.wrong(), [], report.text)

    def test_a_bot_token_that_is_wrong_is_found_here_as_well(self):
        report = self.look(f"127.0.0.1:{free_port()}", SLACK_BOT_TOKEN="xoxb-wrong")
        self.finds(report, "bot token", "invalid_auth: Slack does not accept the bot token", "Copy it again")


if __name__ == "__main__":
    unittest.main()
