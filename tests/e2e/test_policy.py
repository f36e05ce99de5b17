"""`ackd policy`: the team's policy as a file, beside a running ackd and without one."""

import json
import re
import sqlite3
import unittest

from harness import Clock, Person, TestCase, at_utc, run_ackd

REFUSED = 1
WRONG_FILE = 2

ROUTE = '[[route]]\nname = "incident"\n  [[route.step]]\n  people = ["U0DANA", "U0ELI"]\n'


class PolicyCommand(TestCase):
    """What is written, and what it says."""

    def setUp(self):
        super().setUp()
        self.state = self.folder / "state"

    def policy(self, *arguments):
        """(status, standard output, standard error), the test's folder left out of it."""
        status, out, error = run_ackd("policy", *map(str, arguments), "--state-dir", str(self.state))
        return status, out.replace(str(self.folder), ""), error.replace(str(self.folder), "")

    def exported(self):
        """The policy in force, as a file's text."""
        status, text, error = self.policy("export")
        self.assertEqual((status, error), (0, ""))
        return text


class WithoutDaemon(PolicyCommand):
    """On a state directory that may not be there yet."""

    def test_the_defaults_are_exported_where_there_is_nothing_yet(self):
        text = self.exported()
        self.assertIn("version = 0\n", text)
        self.assertFalse(self.state.exists())
        path = self.write_policy(text)
        self.assertEqual(self.policy("check", path), (0, "/policy.toml: right\n", ""))
        self.assertEqual(self.policy("plan", path)[:2], (0, "Nothing would change: version 0 says the same.\n"))

    def test_apply_makes_the_database_and_history_says_who_did_what(self):
        path = self.write_policy(ROUTE + '[hours]\nzone = "Europe/Berlin"\n')
        status, out, error = self.policy("apply", path, "--note", "on our way")
        self.assertEqual((status, error), (0, ""))
        self.assertEqual(
            out,
            "Version 1 is in force.\n"
            "  hours · zone: Etc/UTC → Europe/Berlin\n"
            "  route incident: new\n"
            "  route incident · step 1: none → U0DANA, U0ELI\n"
            "Nothing that is open gets another time.\n",
        )
        self.assertIn('zone = "Europe/Berlin"', self.exported())
        self.assertRegex(self.exported(), r"#   \d{4}-.*, version 1, operator:\S+: hours · zone: .*; and 2 more\n")
        self.assertRegex(self.policy("history")[1], r"^version 1 · .* · operator:\S+ · on our way\n  hours · zone")
        self.assert_database_whole(self.state / "ackd.db")

    def test_what_is_exported_is_applied_again_without_a_change(self):
        self.policy("apply", self.write_policy(ROUTE))
        path = self.write_policy(self.exported())
        self.assertEqual(self.policy("apply", path)[:2], (0, "Nothing to change: version 1 says the same.\n"))

    def test_a_stale_file_is_refused_with_what_both_changed(self):
        base = self.exported()
        self.policy("apply", self.write_policy(base.replace('zone = "Etc/UTC"', 'zone = "Europe/Berlin"')))
        stale = self.write_policy(
            base.replace('zone = "Etc/UTC"', 'zone = "Asia/Kolkata"').replace("snoozes_max = 3", "snoozes_max = 1")
        )
        for command in ("plan", "apply"):
            with self.subTest(command=command):
                self.assertEqual(
                    self.policy(command, stale),
                    (
                        REFUSED,
                        "",
                        "The file was written from version 0, and version 1 is in force: nothing was changed.\n"
                        "Changed by both, differently:\n"
                        "  in force: hours · zone: Etc/UTC → Europe/Berlin\n"
                        "  the file: hours · zone: Etc/UTC → Asia/Kolkata\n"
                        "Changed in the file alone:\n"
                        "  limits · snoozes: 3 → 1\n"
                        "`ackd policy export` writes the one in force: make your changes there.\n",
                    ),
                )
        self.assertIn("Europe/Berlin", self.exported())

    def test_a_file_without_a_version_is_for_the_beginning_only(self):
        path = self.write_policy(ROUTE)
        self.assertEqual(self.policy("apply", path)[0], 0)
        status, out, error = self.policy("apply", path)
        self.assertEqual((status, out), (REFUSED, ""))
        self.assertIn("version 1 is in force: nothing was changed", error)

    def test_revert_is_a_new_version_with_the_old_values(self):
        self.policy("apply", self.write_policy(ROUTE))
        status, out, _ = self.policy("revert", "0")
        self.assertEqual((status, out.splitlines()[:2]), (0, ["Version 2 is in force.", "  route incident: removed"]))
        self.assertRegex(self.policy("history")[1], r"^version 2 · .*, taking it back · as in version 0\n")
        status, _, error = self.policy("revert", "9")
        self.assertEqual(status, REFUSED)
        self.assertIn("There is no version 9", error)

    def test_a_wrong_file_is_told_with_every_place_and_nothing_is_made(self):
        path = self.write_policy('[hors]\n[limits]\nsnoozes_max = "many"\n[[route]]\nname = "a"\n')
        for command in ("check", "plan", "apply"):
            with self.subTest(command=command):
                self.assertEqual(
                    self.policy(command, path),
                    (
                        WRONG_FILE,
                        "",
                        '/policy.toml:1:2: unknown key "hors"; did you mean "hours"?\n'
                        "/policy.toml:3:15: snoozes_max is a whole number from 0 to 20\n"
                        '/policy.toml:4:1: route "a" has nobody on it: write [[route.step]] under it, and people = '
                        '["U012AB3CD"]\n'
                        "3 problems\n",
                    ),
                )
        self.assertFalse(self.state.exists())
        self.assertEqual(self.policy("apply", self.folder / "nowhere.toml")[0], WRONG_FILE)

    def test_the_examples_are_right(self):
        from pathlib import Path

        folder = Path(__file__).resolve().parents[2] / "config" / "policies"
        examples = sorted(folder.glob("*.toml"))
        self.assertEqual(len(examples), 3)
        for path in examples:
            self.assertEqual(run_ackd("policy", "check", str(path), "--state-dir", str(self.state))[0], 0)


class BesideTheDaemon(PolicyCommand):
    """A running ackd goes by it at once, without a restart and without losing its place."""

    def test_it_counts_at_once_also_for_what_is_open(self):
        clock = Clock(60, at_utc("2026-02-02 14:00"))
        sandbox = self.start_sandbox("--rate-limits", "off", clock=clock)
        daemon = self.make_daemon(api=sandbox.api, clock=clock).start()
        sandbox.wait(sockets=1)
        ada = Person(sandbox, "ada")
        self.assertIn("There is no route", ada.types("/ack @hugo !route=incident help").text)
        ada.types("/ack @hugo !now please look at policy-one")
        sandbox.expect("policy-one", channel="#general")

        base = self.exported()
        self.assertIn('workspace = "', base)
        slower = base.replace('nudges = ["5m", "10m", "15m"]', 'nudges = ["600m", "610m"]') + ROUTE
        status, out, error = run_ackd(
            "policy", "plan", str(self.write_policy(slower)), "--state-dir", str(self.state), *clock.options()
        )
        self.assertEqual((status, error), (0, ""))
        self.assertIn("priority now · nudges: 5m, 10m, 15m → 10h, 610m\n", out)
        self.assertRegex(out, r"1 open item of 1 person gets another time\.\n  #1 hugo: .* → 2026-02-0\d \d\d:\d\d UTC\n")
        self.assertIn("Version 1 is in force.", daemon.apply_policy(self.write_policy(slower)))
        self.assertIn("📨 Asked as", ada.types("/ack !send @ben !route=incident help policy-two").text)
        sandbox.expect("then dana", channel="#general")
        self.assertEqual(daemon.terminate(), 0)
        self.assert_database_whole(daemon.database)
        connection = sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True)
        facts = connection.execute(
            "SELECT original, detail FROM journal JOIN pseudonyms ON token = actor WHERE fact = 'policy_changed'"
        ).fetchall()
        waits = connection.execute(
            "SELECT (due_at_us - started_at_us) / 60000000 FROM obligations ORDER BY id LIMIT 1"
        ).fetchone()
        connection.close()
        self.assertEqual(waits, (600,))
        self.assertEqual(len(facts), 1)
        self.assertTrue(facts[0][0].startswith("operator:"))
        self.assertEqual(json.loads(facts[0][1]), {"version": "1", "source": "file"})

    def test_another_workspaces_file_and_names_that_nobody_has_are_refused(self):
        sandbox = self.start_sandbox()
        daemon = self.make_daemon(api=sandbox.api).start()
        sandbox.wait(sockets=1, idle_ms=200)
        base = self.exported()
        other = re.sub('workspace = ".*"', 'workspace = "T0OTHER"', base).replace("snoozes_max = 3", "snoozes_max = 1")
        status, _, error = self.policy("apply", self.write_policy(other))
        self.assertEqual(status, REFUSED)
        self.assertIn("The file is the policy of workspace T0OTHER, and this is ", error)
        status, _, error = self.policy("apply", self.write_policy(base + ROUTE.replace("U0DANA", "U0DANNA")))
        self.assertEqual(status, WRONG_FILE)
        self.assertIn('has no member "U0DANNA"; did you mean "U0DANA"?', error)
        self.assertIn("version = 0\n", self.exported())
        self.assertEqual(daemon.terminate(), 0)


if __name__ == "__main__":
    unittest.main()
