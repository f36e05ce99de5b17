"""The calendar of a rotation over HTTP: subscribed to by its address alone, read with another library, revoked."""

import http.client
import json
import pathlib
import re
import subprocess
import time
import unittest

from harness import PATIENCE, InWorkspace, run_ackd
from test_oncall import DEBIANS_PYTHON, LIMITS, ROTATION, has_reader

ASK_AGAIN_AFTER = 0.25  # seconds; wrong keys are counted, sixty a minute


class CalendarFeed(InWorkspace):
    """Ben is on until midnight, then Ada, then Ben again."""

    scale = 10.0
    config_text = '[web]\nlisten = "127.0.0.1:0"\nurl = "https://ackd.example.com"\n'
    policy_text = LIMITS + ROTATION

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = cls.class_folder / "ackd.toml"
        cls.ben.gets("You are on call for rota, until Mon 19:00 (your time)", timeout=60)

    def setUp(self):
        super().setUp()
        self.port = self.port_since(0)
        self.keys = []

    def tearDown(self):
        log = self.daemon.log_text()
        for key in self.keys:
            self.assertNotIn(key, log)
        super().tearDown()

    def port_since(self, line):
        """Where it listens now, as the log says from that line on."""
        self.daemon.wait_log("event=web_listening", since=line)
        return int(re.findall(r"event=web_listening address=127\.0\.0\.1:(\d+)", self.daemon.log_text())[-1])

    def rotations(self, *arguments):
        """(status, what it prints, its errors) of `ackd rotations`."""
        return run_ackd("rotations", *map(str, arguments), "--state-dir", str(self.daemon.state_dir))

    def new_key(self):
        """(key, number), made by the command."""
        status, said, error = self.rotations("add-key", "rota", "--config", self.config)
        self.assertEqual((status, error), (0, ""))
        key = re.search(r"^    https://ackd\.example\.com/calendar/(ackd_[A-Za-z0-9_-]{43})\.ics$", said, re.MULTILINE)[1]
        self.keys.append(key)
        return key, int(re.match(r"Key (\d+) of rota\.", said)[1])

    def asks_for(self, path, method="GET", headers=None, body=None):
        """(status, headers, body) of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10 * PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def until(self, status, key):
        """Asks until a running ackd goes by what the command did; the answer."""
        deadline = time.monotonic() + 10 * PATIENCE
        while (answer := self.asks_for(f"/calendar/{key}.ics"))[0] != status:
            self.assertLess(time.monotonic(), deadline, f"still {answer[0]}")
            time.sleep(ASK_AGAIN_AFTER)
        return answer

    def shifts_in(self, feed):
        """As another library understands it."""
        file = self.class_folder / "feed.ics"
        file.write_bytes(feed)
        reader = [DEBIANS_PYTHON, str(pathlib.Path(__file__).with_name("read_calendar.py")), str(file)]
        return json.loads(subprocess.run(reader, check=True, capture_output=True, text=True, timeout=60).stdout)

    def drops(self, number):
        """The key is revoked; what that says."""
        status, said, error = self.rotations("revoke-key", "rota", number)
        self.assertEqual((status, error), (0, ""))
        return said

    @unittest.skipUnless(has_reader(), "Debian's python3-icalendar is not there")
    def test_what_is_agreed_is_in_the_calendar_when_it_is_read_next(self):
        key, number = self.new_key()
        status, headers, feed = self.until(200, key)
        self.assertEqual(headers["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(headers["Cache-Control"], "private, no-cache")
        before = self.shifts_in(feed)
        self.assertGreater(len(before), 300)
        for one, other in zip(before, before[1:]):
            self.assertEqual(one["ends"], other["starts"])
        self.assertEqual([shift["summary"] for shift in before[:2]], ["rota: ben", "rota: ada"])

        same = self.asks_for(f"/calendar/{key}.ics", headers={"If-None-Match": headers["ETag"]})
        self.assertEqual((same[0], same[2], same[1]["ETag"]), (304, b"", headers["ETag"]))
        status, head, body = self.asks_for(f"/calendar/{key}.ics", method="HEAD")
        self.assertEqual((status, body, head["Content-Length"]), (200, b"", str(len(feed))))

        self.types(self.ada, "/oncall take rota until tomorrow")
        told = self.gets(self.ben, "ada has taken rota from you", timeout=60)
        status, after, feed = self.asks_for(f"/calendar/{key}.ics", headers={"If-None-Match": headers["ETag"]})
        self.assertEqual(status, 200)
        self.assertNotEqual(after["ETag"], headers["ETag"])
        shifts = self.shifts_in(feed)
        self.assertEqual([shift["summary"] for shift in shifts[:2]], ["rota: ben", "rota: ada"])
        self.assertLess(shifts[0]["ends"], before[0]["ends"])

        # As it was, also for who asks after the daemon died.
        self.ben.presses(told, "give_back_shift")
        self.answered(self.ben, "Undone. On now in rota: ben.", channel=told.channel)
        self.gets(self.ada, "ben has undone that ada took rota", timeout=60)
        since = self.daemon.log_length()
        self.restarts()
        self.port = self.port_since(since)
        self.assertEqual(self.until(200, key)[0], 200)
        status, said, _ = self.rotations("keys")
        self.assertEqual(status, 0)
        self.assertRegex(said, rf"^rota\n  key {number} · made [^·]* · used last ")
        self.assertNotIn(key, said)
        self.drops(number)

    def test_a_key_takes_the_place_of_another_and_a_revoked_one_is_none(self):
        first, first_number = self.new_key()
        second, second_number = self.new_key()
        self.until(200, first)
        self.until(200, second)
        status, _, error = self.rotations("add-key", "rota")
        self.assertEqual(status, 1)
        self.assertIn(f"`ackd rotations revoke-key rota {first_number}` makes room.", error)
        self.assertEqual(self.drops(first_number), f"Key {first_number} of rota lets nobody in any more.\n")
        revoked = self.until(404, first)
        self.assertEqual(self.asks_for(f"/calendar/{second}.ics")[0], 200)

        # Nothing tells a revoked key from a wrong one, and that from a path that was never there.
        def seen(answer):
            return answer[0], sorted((name, value) for name, value in answer[1].items()), answer[2]

        for path in (f"/calendar/{first[:-1]}.ics", "/calendar/x.ics", "/elsewhere", f"/in/{second}", "/calendar/"):
            self.assertEqual(seen(self.asks_for(path)), seen(revoked), path)
        status, headers, _ = self.asks_for(f"/calendar/{second}.ics", method="POST", body=b"x")
        self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))
        self.assertEqual(self.asks_for("/calendar/" + "a" * 8000 + ".ics")[0], 404)

        self.drops(second_number)
        self.assertEqual(self.rotations("revoke-key", "rota", second_number)[0], 1)
        self.until(404, second)
        self.assertEqual(self.rotations("add-key", "nowhere")[0], 1)

    def test_who_asks_too_often_is_told_when_to_come_again(self):
        key, number = self.new_key()
        self.until(200, key)
        statuses = {self.asks_for(f"/calendar/{key}.ics")[0] for _ in range(70)}
        self.assertEqual(statuses, {200, 429})
        status, headers, _ = self.asks_for(f"/calendar/{key}.ics")
        self.assertIn(status, (200, 429))
        if status == 429:
            self.assertEqual(headers["Retry-After"], "1")
        self.drops(number)

    def test_a_rotation_that_the_policy_does_not_have_any_more_has_no_calendar(self):
        key, number = self.new_key()
        self.until(200, key)
        policy = (self.class_folder / "policy.toml").read_text(encoding="utf-8")
        with_it = self.class_folder / "with.toml"
        with_it.write_text("version = 2\n" + policy, encoding="utf-8")
        without = self.class_folder / "without.toml"
        without.write_text("version = 1\n" + policy.replace(ROTATION, ""), encoding="utf-8")
        self.daemon.apply_policy(without)
        self.until(404, key)
        self.assertIn("rota is no rotation of the policy any more: its keys let nobody in\n", self.rotations("keys")[1])
        self.daemon.apply_policy(with_it)
        self.until(200, key)
        self.drops(number)


if __name__ == "__main__":
    unittest.main()
