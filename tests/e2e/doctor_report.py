"""What the tests of `ackd doctor` share: its look at a workspace and a state directory, as a report."""

import hashlib
import json

from harness import APP_TOKEN, BOT_TOKEN, TestCase, run_ackd
from meddler import Meddler

RIGHT, WRONG, NOT_APPLICABLE = "right", "wrong", "not_applicable"
OF_SLACK = ("bot token", "scopes", "app token", "socket", "channels", "rate limits", "clock")
OF_DATABASE = ("database", "integrity", "journal", "policy")
OF_MACHINE = ("state directory", "disk", "daemon", *OF_DATABASE, "service", "credentials", "watchdog")
EVERYTHING = ("configuration", "holidays", "tokens", "TLS", *OF_SLACK, "workspace", *OF_MACHINE)
EVERYTHING_OVER_HTTP = (
    "configuration", "holidays", "tokens", "TLS", *OF_SLACK, "workspace", "listen address", "request URL", *OF_MACHINE
)  # fmt: skip


class Report:
    """What the doctor found, by check."""

    def __init__(self, status, text):
        self.status = status
        self.text = text
        report = json.loads(text)
        self.is_ok = report["ok"]
        self.checks = {check["name"]: check for check in report["checks"]}

    def outcome(self, name):
        """right, wrong or not_applicable."""
        return self.checks[name]["outcome"]

    def wrong(self):
        """The names of what is wrong."""
        return [name for name, check in self.checks.items() if check["outcome"] == WRONG]


class DoctorTest(TestCase):
    """A workspace, a state directory, and the doctor's look at both."""

    def setUp(self):
        super().setUp()
        self.state = self.folder / "state"

    def ask(self, api, *options, **environment):
        """(status, what it printed); nothing that it prints may hold a token."""
        status, out, error = run_ackd(
            "doctor", "--state-dir", str(self.state), *options, environment=self.environment(api, **environment)
        )
        self.assertEqual(error, "")
        for token in (BOT_TOKEN, APP_TOKEN, *environment.values()):
            is_secret = token.startswith(("xoxb-", "xapp-")) or token == environment.get("SLACK_SIGNING_SECRET")
            if token and is_secret:
                self.assertNotIn(token, out)
        return status, out

    def environment(self, api, **changes):
        """Nothing of the machine's own set-up shows through."""
        return {
            "SLACK_API_URL": api,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SYSTEMD_UNIT_PATH": str(self.folder / "units"),
            **changes,
        }

    def examine(self, api, *options, **environment):
        """The report; its exit status says whether something is wrong, and only that."""
        status, out = self.ask(api, "--json", *options, **environment)
        report = Report(status, out)
        self.assertEqual(report.status, 1 if report.wrong() else 0, out)
        self.assertEqual(report.is_ok, not report.wrong(), out)
        for check in report.checks.values():
            self.assertEqual(check["outcome"] == WRONG, check["advice"] != "", f"advice where it is needed: {check}")
        return report

    def finds(self, report, name, text, advice, besides=()):
        """That this is wrong, with these words; and nothing else but `besides`."""
        self.assertEqual(set(report.wrong()), {name, *besides}, report.text)
        self.assertIn(text, report.checks[name]["text"])
        self.assertIn(advice, report.checks[name]["advice"])

    def meddler(self, sandbox, certificate=None, **edits):
        """One between ackd and the sandbox. The edits' names have _ for the methods' dots."""
        named = {name.replace("_", "."): edit for name, edit in edits.items()}
        meddler = Meddler(sandbox.api, named, certificate)
        self.addCleanup(meddler.close)
        return meddler

    def make_database(self):
        """A state directory as a daemon leaves it, with some facts in the journal."""
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=1)
        sandbox.call("command", channel="#general", user="ada", command="/ack", text="!send @ben please read for-the-journal")
        sandbox.expect("for-the-journal", channel="#general")
        sandbox.wait(idle_ms=200)
        self.assertEqual(daemon.terminate(), 0)
        return sandbox

    def bytes_there(self):
        """The state directory's files and the digest of what is in them."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.state.iterdir()}
