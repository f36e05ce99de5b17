"""The ground of the end-to-end tests: a workspace, a daemon in it, and a ledger of what people see.

A test names every message it expects from the daemon. Whatever else turns up fails it: a message too many is as wrong as
one too few. Nothing here sleeps: it waits for what people see, for a log line or for a process to end, with a deadline.
"""

import datetime
import os
import pathlib
import shutil
import sqlite3
import sys
import tempfile
import time
import unittest

from delivery import OverSockets, also_over_http
from people import Message, Person, everything_from_app, plain
from programs import BOT_TOKEN, APP_TOKEN, PATIENCE, Clock, ControlRefused, Daemon, Sandbox, run_ackd

__all__ = [
    "APP_TOKEN", "BOT_TOKEN", "PATIENCE", "Clock", "ControlRefused", "Daemon", "InWorkspace", "Message", "Person",
    "Sandbox", "TestCase", "also_over_http", "at_utc", "everything_from_app", "plain", "run_ackd",
]  # fmt: skip


def at_utc(text):
    """Unix time of "2026-02-02 14:00", UTC. That day is a Monday."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc).timestamp()


class TestCase(unittest.TestCase):
    """A test with a folder of its own, and programs that end with it."""

    longMessage = True
    delivery = OverSockets  # how the chat reaches the daemon
    line = None  # the one that the tests of a class share

    def setUp(self):
        self.line = self.line or self.delivery()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ackd-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self._daemons = []
        self._sandboxes = []

    def start_sandbox(self, *options, clock=None, is_ackd=True):
        """A workspace for this test."""
        sandbox = Sandbox(*self.line.sandbox_options, *options, clock=clock, is_ackd=is_ackd)
        self._sandboxes.append(sandbox)
        self.addCleanup(sandbox.end)
        return sandbox

    def make_daemon(self, name="state", config=None, environment=None, **options):
        """A daemon for this test, not yet started; `policy` is a file that is in force when it starts."""
        if self.line.config_text:
            own = config.read_text(encoding="utf-8") if config else ""
            config = self.write_config(own + self.line.config_text, f"{name}.toml")
        environment = {**self.line.environment, **(environment or {})}
        log_path = self.folder / f"{name}.log"
        daemon = Daemon(self.folder / name, config=config, log_path=log_path, environment=environment, **options)
        self._daemons.append(daemon)
        self.addCleanup(daemon.end)
        return daemon

    def write_config(self, text, name="ackd.toml"):
        """A configuration file; its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def write_policy(self, text, name="policy.toml"):
        """A policy file; its path."""
        return self.write_config(text, name)

    @property
    def log_paths(self):
        """For the runner, at the moment of a failure: the daemons' logs, and what people see."""
        return [daemon.log_path for daemon in self._daemons] + [
            write_what_people_see(sandbox, self.folder / f"what-people-see-{number}.txt")
            for number, sandbox in enumerate(self._sandboxes)
        ]

    def form_of(self, person):
        """The form in front of the person, as soon as there is one."""
        deadline = time.monotonic() + 10 * PATIENCE
        while (view := person.sandbox.call("form", user=person.handle)["view"]) is None:
            self.assertLess(time.monotonic(), deadline, f"no form in front of {person.handle}")
            person.sandbox.wait(idle_ms=50)
        return view

    def sends(self, person, **entered):
        """Fills in and sends; what is to be corrected, by field."""
        values = {f"{field}/value": value for field, value in entered.items()}
        return person.sandbox.call("submit", user=person.handle, values=values).get("errors", {})

    def assert_database_whole(self, path):
        """SQLite finds nothing wrong, and the journal has something to say."""
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
            self.assertGreater(connection.execute("SELECT count(*) FROM journal").fetchone()[0], 0)
            self.assertEqual(connection.execute("SELECT * FROM poisoned_inputs").fetchall(), [])
        finally:
            connection.close()


def write_what_people_see(sandbox, path):
    """Every message of the app, as a file."""
    try:
        messages = sorted(everything_from_app(sandbox).values(), key=lambda message: message.at)
        text = "".join(f"{message!r}\n" for message in messages)
    except (OSError, AssertionError) as error:
        text = f"(the sandbox does not answer: {error})\n"
    path.write_text("what people see:\n" + text, encoding="utf-8")
    return path


class WoundForward(TestCase):
    """A workspace for each test, whose time is wound forward by days."""

    def begin_at(self, moment, policy, config=None):
        """The sandbox and the daemon, from that moment on; everybody by name."""
        self.sandbox = self.start_sandbox("--rate-limits", "off", clock=Clock(2.0, at_utc(moment)))
        self.daemon = self.make_daemon(
            api=self.sandbox.api, config=config, follow_clock=True, policy=self.write_policy(policy)
        ).start()
        self.line.wait_until_open(self.sandbox)
        for user in self.sandbox.call("workspace")["users"]:
            setattr(self, user["name"], Person(self.sandbox, user["name"], user.get("tz") or "Etc/UTC"))

    def settle(self):
        """Until everything is confirmed and nothing has happened for a moment."""
        self.sandbox.wait(idle_ms=250, timeout=15)

    def go_to(self, text):
        """Winds the time forward."""
        self.settle()
        self.sandbox.time(to=f"{at_utc(text):.6f}")
        self.sandbox.wait_goal()
        self.settle()

    def restarts(self):
        """The daemon dies, and lives again."""
        self.daemon.kill()
        self.daemon.start()
        self.line.wait_until_open(self.sandbox)


class InWorkspace(TestCase):
    """Tests that share one workspace and one daemon in simulated time. Each has its own messages, told apart by the
    moment at which it began and by its own words."""

    scale = 30.0
    begins = "2026-02-02 14:30"  # a Monday: 15:30 in Berlin, 9:30 in New York, 14:30 in London
    sandbox_options = ()
    config_text = ""
    policy_text = ""

    @classmethod
    def setUpClass(cls):
        cls.class_folder = pathlib.Path(tempfile.mkdtemp(prefix="ackd-e2e-"))
        cls.addClassCleanup(shutil.rmtree, cls.class_folder, ignore_errors=True)
        cls.clock = Clock(cls.scale, at_utc(cls.begins))
        cls.line = cls.delivery()
        cls.sandbox = Sandbox(*cls.line.sandbox_options, *cls.sandbox_options, clock=cls.clock)
        cls.addClassCleanup(cls.sandbox.end)
        config = None
        config_text = cls.config_text + cls.line.config_text
        if config_text:
            config = cls.class_folder / "ackd.toml"
            config.write_text(config_text, encoding="utf-8")
        policy = None
        if cls.policy_text:
            policy = cls.class_folder / "policy.toml"
            policy.write_text(cls.policy_text, encoding="utf-8")
        environment = cls.line.environment
        cls.daemon = Daemon(
            cls.class_folder / "state", cls.sandbox.api, config, cls.clock, environment=environment, policy=policy
        )
        cls.addClassCleanup(cls.daemon.end)
        cls.daemon.start()
        try:
            cls.line.wait_until_open(cls.sandbox)
        except ControlRefused:
            print(cls.daemon.log_text(), file=sys.stderr)
            raise
        workspace = cls.sandbox.call("workspace")
        cls.channel_ids = {"#" + channel["name"]: channel["id"] for channel in workspace["channels"]}
        for user in workspace["users"]:
            setattr(cls, user["name"], Person(cls.sandbox, user["name"], user.get("tz") or "Etc/UTC"))

    def setUp(self):
        super().setUp()
        self._daemons = [self.daemon]
        self._sandboxes = [self.sandbox]
        self._before = set(everything_from_app(self.sandbox))
        self._began = self.sandbox.call("clock")["now"]
        self._expected = set()

    def tearDown(self):
        """What the test did not name must not have been sent."""
        self.settle()
        for message in everything_from_app(self.sandbox).values():
            if message.key not in self._before and message.key not in self._expected:
                self.fail(f"an unexpected message: {message!r}")
        self.assert_log_names_nobody()
        super().tearDown()

    def assert_log_names_nobody(self):
        """The daemon's log has no id of a person."""
        log = self.daemon.log_text()
        for user in self.sandbox.call("workspace")["users"]:
            if not user.get("is_bot"):
                self.assertNotIn(user["id"], log)

    def restarts(self):
        """The daemon dies, and lives again."""
        self.daemon.kill()
        self.daemon.start()
        self.line.wait_until_open(self.sandbox)

    def settle(self, idle_ms=250):
        """Until everything is confirmed and nothing has happened for a moment."""
        self.sandbox.wait(idle_ms=idle_ms, timeout=15)

    def expected(self, message):
        """Names a message that is meant to be there."""
        self._expected.add(message.key)
        return message

    # --- what people do, and the answers that go with it ---

    def types(self, person, line, channel="#general"):
        """A command and its answer, which only that person sees."""
        answer = person.types(line, channel)
        self.assertIsNotNone(answer, f"no answer to {line}")
        self.assertTrue(answer.is_ephemeral, f"everybody sees the answer to {line}")
        return self.expected(answer)

    def asks(self, person, text, channel="#general"):
        """/ack …, whoever is off; the card that everybody sees."""
        answer = self.types(person, f"/ack !send {text}", channel)
        self.assertIn("📨 Asked as #", answer.text)
        return self.card_of(text.split()[-1], channel)

    def card_of(self, words, channel="#general"):
        """The one card that has these words."""
        found = [seen for seen in self.sandbox.expect(words, channel=channel) if is_card(seen)]
        self.assertEqual(len(found), 1, f"cards with {words!r}")
        return self.expected(Message(self.channel_ids[channel], found[0]))

    def gets(self, person, contains, timeout=10.0):
        """The one direct message to the person that says so."""
        found = person.gets(contains, timeout, since=self._began)
        self.assertEqual(len(found), 1, f"messages to {person.handle} with {contains!r}: {found}")
        return self.expected(found[0])

    def answered(self, person, contains, channel="#general", times=1):
        """The private answer to a press (the last of several)."""
        found = self.sandbox.expect(contains, channel=channel, user=person.handle, since=self._began, count=times)
        private = [self.expected(Message(seen["channel"], seen)) for seen in found if seen["ephemeral"]]
        self.assertEqual(len(private), times, f"private answers to {person.handle} with {contains!r}: {private}")
        return private[-1]

    def shows(self, card, words, timeout=10.0):
        """Waits until the card says so, in place; the card as it is then."""
        found = self.sandbox.expect(words, timeout, channel=card.channel, ts=card.ts)
        return Message(card.channel, found[0])


def is_card(seen):
    """Whether this is the status card of a request."""
    return seen.get("metadata", {}).get("event_type") == "ackd_card"


os.environ.setdefault("ACKD_E2E_SCALE", "normal")
