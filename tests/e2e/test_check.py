"""`ackd check` and `ackd version`."""

import re
import unittest

from harness import TestCase, run_ackd

WITH_FIVE_MISTAKES = """\
[catch_up]
every = "soon"

[slack]
conections = 2

[log]
level = "infos"

[workspace]
default_zone = "Europe/Berlin"

[[route]]
name = "default"
  [[route.step]]
  people = ["U0ADA"]
"""

ITS_PROBLEMS = """\
{path}:2:9: every is a duration such as "30m", "2h" or "3d", from 1m to 168h
{path}:5:1: unknown key "conections" in [slack]; did you mean "connections"?
{path}:8:9: there is no log level "infos"; did you mean "info"?
{path}:10:1: "workspace" belongs to the policy now: `ackd policy apply FILE`
{path}:13:1: "route" belongs to the policy now: `ackd policy apply FILE`
5 problems
"""

MISTAKES_IN_THE_WAY_IN = """\
{path}:2:8: there is no mode "htp"; did you mean "http"?
{path}:4:10: "localhost" is no address to listen on: write "127.0.0.1:8090", or "[::1]:8090"
{path}:5:8: path begins with a slash and has neither spaces, ? nor #: "/slack/events"
{path}:6:1: unknown key "port" in [http]; known are: listen, path
4 problems
"""


class Check(TestCase):
    """A configuration file, before it is used."""

    def check(self, text):
        """(status, what it printed), the path left out of it."""
        path = self.write_config(text)
        status, out, error = run_ackd("check", str(path))
        return status, (out + error).replace(str(path), "{path}")

    def test_every_one_of_five_mistakes_is_reported_with_its_place(self):
        self.assertEqual(self.check(WITH_FIVE_MISTAKES), (2, ITS_PROBLEMS))

    def test_the_way_in_is_checked_like_everything(self):
        self.assertEqual(
            self.check('[slack]\nmode = "htp"\n[http]\nlisten = "localhost"\npath = "slack events"\nport = 1\n'),
            (2, MISTAKES_IN_THE_WAY_IN),
        )
        self.assertEqual(
            self.check('[slack]\nmode = "http"\n[http]\nlisten = "[::1]:80"\npath = "/a/b"\n'), (0, "{path}: right\n")
        )

    def test_a_right_file_is_said_to_be_right(self):
        self.assertEqual(self.check('[log]\nlevel = "info"\n'), (0, "{path}: right\n"))

    def test_the_shipped_file_is_right(self):
        from pathlib import Path

        shipped = Path(__file__).resolve().parents[2] / "config" / "ackd.toml"
        self.assertEqual(run_ackd("check", str(shipped)), (0, f"{shipped}: right\n", ""))

    def test_what_is_no_toml_is_one_problem_with_its_place(self):
        status, text = self.check('[log]\nlevel = "info\n')
        self.assertEqual(status, 2)
        self.assertRegex(text, r"^\{path\}:2:\d+: ")
        self.assertTrue(text.endswith("1 problem\n"), text)

    def test_any_bytes_are_only_a_wrong_file(self):
        for content in (b"\x00\xff\xfe", b"[" * 10_000, b"a" * 2_000_000, b"[[route]]\n" * 20_000):
            with self.subTest(content=content[:8]):
                path = self.folder / "bytes.toml"
                path.write_bytes(content)
                status, _, error = run_ackd("check", str(path))
                self.assertEqual(status, 2, error[-200:])

    def test_a_wrong_file_keeps_the_daemon_from_starting(self):
        daemon = self.make_daemon(config=self.write_config(WITH_FIVE_MISTAKES)).start()
        self.assertEqual(daemon.wait_exit(), 2)
        self.assertIn(':5:1: unknown key "conections" in [slack]; did you mean "connections"?', daemon.log_text())


class Version(TestCase):
    """`ackd version`."""

    def test_it_is_one_line(self):
        status, out, _ = run_ackd("version")
        self.assertEqual(status, 0)
        self.assertTrue(re.fullmatch(r"ackd \d+\.\d+\.\d+\n", out), out)


if __name__ == "__main__":
    unittest.main()
