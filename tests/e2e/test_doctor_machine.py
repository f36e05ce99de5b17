"""`ackd doctor` on this machine: every failure of the state directory, the database and the service is provoked here."""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import unittest

from doctor_report import NOT_APPLICABLE, OF_DATABASE, RIGHT, DoctorTest, Report
from harness import run_ackd
from programs import program
from test_bad_input import fill, mounted

UNIT = pathlib.Path(__file__).resolve().parents[2] / "systemd" / "ackd.service"


class TheStateDirectory(DoctorTest):
    """Where the database lives."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox()

    def test_one_that_others_may_look_into(self):
        self.state.mkdir()
        self.state.chmod(0o755)
        self.finds(self.examine(self.sandbox.api), "state directory", "(mode 755)", f"chmod 700 {self.state}")

    def test_one_that_is_a_file(self):
        self.state.write_text("", encoding="utf-8")
        self.finds(self.examine(self.sandbox.api), "state directory", "is no folder", "--state-dir")

    def test_none_at_all(self):
        status, out, _ = run_ackd(
            "doctor", "--json", environment=self.environment(self.sandbox.api, HOME="", STATE_DIRECTORY="")
        )
        report = Report(status, out)
        self.finds(report, "state directory", "there is no home directory", "--state-dir")

    def as_nobody(self, *options):
        """The report to somebody who is not root."""
        if os.geteuid() != 0:
            self.skipTest("only root can be somebody else")
        done = subprocess.run(
            [self.everybodys_program(), "doctor", "--json", "--state-dir", str(self.state), *options],
            env={**os.environ, **self.environment(self.sandbox.api)},
            capture_output=True,
            text=True,
            timeout=60,
            user=65534,
            group=65534,
            check=False,
        )
        self.assertEqual(done.stderr, "")
        return Report(done.returncode, done.stdout)

    def everybodys_program(self):
        """ackd where everybody may run it."""
        self.folder.chmod(0o755)
        copy = self.folder / "ackd"
        shutil.copy(program("ackd"), copy)
        copy.chmod(0o755)
        return str(copy)

    def test_one_of_somebody_else(self):
        self.state.mkdir(mode=0o700)
        self.finds(self.as_nobody(), "state directory", "belongs to root", "run the doctor as that user")

    def test_one_that_cannot_be_made(self):
        self.finds(self.as_nobody(), "state directory", "cannot be made in", "make it as root")

    def test_one_that_cannot_even_be_looked_at(self):
        closed = self.folder / "closed"
        closed.mkdir(mode=0o700)
        self.state = closed / "state"
        self.finds(self.as_nobody(), "state directory", "cannot be looked at", "or as root")

    def test_a_database_that_may_not_be_read(self):
        if os.geteuid() != 0:
            self.skipTest("only root can be somebody else")
        self.make_database()
        os.chown(self.state, 65534, 65534)
        os.chown(self.state / "ackd.db", 0, 0)
        (self.state / "ackd.db").chmod(0o600)
        report = self.as_nobody()
        self.finds(report, "database", "cannot be read", "run the doctor as the user that runs ackd")

    def test_a_disk_without_room(self):
        disk = self.folder / "disk"
        disk.mkdir()
        with mounted(self, disk, "-t", "tmpfs", "-o", "size=3m", "tmpfs"):
            fill(disk / "ballast")
            self.state = disk / "state"
            report = self.examine(self.sandbox.api)
        self.finds(report, "disk", f"0 MB free where {disk} is", "make room")


class TheDatabase(DoctorTest):
    """What is in it."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.make_database()
        self.path = self.state / "ackd.db"

    def finds_in_database(self, name, text, advice):
        """That this is wrong; that what builds on it is not known; and that nothing was changed."""
        before = self.bytes_there()
        report = self.examine(self.sandbox.api)
        self.finds(report, name, text, advice)
        for later in OF_DATABASE[OF_DATABASE.index(name) + 1 :]:
            self.assertIn(report.outcome(later), (NOT_APPLICABLE, RIGHT))
        self.assertEqual(self.bytes_there(), before)

    def change(self, sql):
        """As somebody with a shell would."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute(sql)
        connection.close()

    def test_garbage(self):
        self.path.write_bytes(b"this is no database, but somebody may want it back\n" * 100)
        self.finds_in_database("database", "damaged, or none", "restore a backup")

    def test_one_of_another_program(self):
        self.path.unlink()
        self.change("CREATE TABLE recipes (name TEXT)")
        self.finds_in_database("database", "is a database of another program", "another folder with --state-dir")

    def test_one_of_a_newer_ackd(self):
        self.change("PRAGMA user_version=4711")
        self.finds_in_database("database", "has schema 4711", "install the newer ackd again")

    def test_one_that_is_locked(self):
        holder = sqlite3.connect(self.path, isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holder.execute("UPDATE journal SET detail = detail")
        report = self.examine(self.sandbox.api)
        self.finds(report, "database", "locked: ", "close the program that has it open")

    def test_a_damaged_index(self):
        self.change("PRAGMA writable_schema=ON")
        connection = sqlite3.connect(self.path)
        ((page, size),) = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema "
            "WHERE type = 'index' AND tbl_name = 'journal' AND rootpage > 0 LIMIT 1"
        ).fetchall()
        connection.close()
        content = bytearray(self.path.read_bytes())
        content[(page - 1) * size : page * size] = b"\xa5" * size
        self.path.write_bytes(bytes(content))
        self.finds_in_database("integrity", "", "restore a backup")

    def test_a_journal_that_was_tampered_with(self):
        self.change("UPDATE journal SET actor = 'U0HUGO' WHERE sequence = 2")
        self.finds_in_database("journal", "the chain is broken at fact 2", "keep the file as evidence")

    def test_a_table_that_is_gone(self):
        self.change("DROP TABLE journal")
        self.finds_in_database("journal", "no such table: journal", "look at the disk, then restore a backup")

    def test_an_empty_one(self):
        self.path.write_bytes(b"")
        report = self.examine(self.sandbox.api)
        self.assertEqual(report.wrong(), [], report.text)
        self.assertIn("the next start brings it up to date", report.checks["database"]["text"])
        self.assertEqual(report.outcome("journal"), NOT_APPLICABLE)


class TheService(DoctorTest):
    """systemd's unit, as it is installed."""

    def setUp(self):
        super().setUp()
        self.sandbox = self.start_sandbox()
        self.units = self.folder / "units"
        self.units.mkdir()
        self.credentials = self.folder / "credentials"
        self.credentials.mkdir()
        for name in ("slack-app-token", "slack-bot-token"):
            (self.credentials / name).write_text("x\n", encoding="utf-8")
            (self.credentials / name).chmod(0o600)

    def install(self, *drop_in, leave_out=""):
        """The shipped unit, its credentials in this test's folder."""
        text = UNIT.read_text(encoding="utf-8").replace("/etc/ackd/credentials", str(self.credentials))
        lines = [line for line in text.splitlines() if not leave_out or not line.startswith(leave_out)]
        (self.units / "ackd.service").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if drop_in:
            folder = self.units / "ackd.service.d"
            folder.mkdir()
            (folder / "override.conf").write_text("\n".join(["[Service]", *drop_in, ""]), encoding="utf-8")

    def test_the_shipped_unit_is_right(self):
        self.install()
        report = self.examine(self.sandbox.api)
        self.assertEqual(report.wrong(), [], report.text)
        for name in ("service", "credentials", "watchdog"):
            self.assertEqual(report.outcome(name), RIGHT, report.text)

    def test_one_that_is_not_installed_is_no_failure(self):
        report = self.examine(self.sandbox.api)
        self.assertEqual(report.outcome("service"), NOT_APPLICABLE)
        self.assertIn("systemd/ackd.service says how", report.checks["service"]["text"])

    def test_credentials_that_it_does_not_load(self):
        self.install(leave_out="LoadCredential=slack-bot")
        report = self.examine(self.sandbox.api)
        self.finds(report, "credentials", "ackd.service does not load slack-bot-token", "add a LoadCredential line")

    def test_over_http_a_signing_secret_is_loaded_instead_of_the_app_token(self):
        (self.credentials / "slack-app-token").rename(self.credentials / "slack-signing-secret")
        loaded = [f"LoadCredential={name}:{self.credentials / name}" for name in ("slack-signing-secret", "slack-bot-token")]
        self.install("LoadCredential=", *loaded)
        config = self.write_config('[slack]\nmode = "http"\n')
        report = self.examine(
            self.sandbox.api, "--config", str(config), SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="s" * 32
        )
        self.assertEqual(report.outcome("credentials"), RIGHT, report.text)
        self.finds(
            self.examine(self.sandbox.api),
            "credentials",
            "ackd.service does not load slack-app-token",
            "add a LoadCredential line",
        )

    def test_credentials_that_are_not_there_or_empty_or_open_to_everybody(self):
        self.install()
        (self.credentials / "slack-app-token").unlink()
        self.finds(self.examine(self.sandbox.api), "credentials", "slack-app-token: No such file", "one token into")
        (self.credentials / "slack-app-token").write_text("", encoding="utf-8")
        (self.credentials / "slack-app-token").chmod(0o600)
        self.finds(self.examine(self.sandbox.api), "credentials", "slack-app-token is empty", "one token into")
        (self.credentials / "slack-bot-token").chmod(0o644)
        self.finds(self.examine(self.sandbox.api), "credentials", "is open to everybody", "chmod 600")

    def test_a_watchdog_that_is_off(self):
        self.install("WatchdogSec=0")
        self.finds(self.examine(self.sandbox.api), "watchdog", "off: ", "take WatchdogSec=30s")

    def test_a_type_that_says_nothing(self):
        self.install("Type=simple")
        self.finds(self.examine(self.sandbox.api), "watchdog", "is not of Type=notify", "Type=notify")


if __name__ == "__main__":
    unittest.main()
