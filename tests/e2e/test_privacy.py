"""What ackd has of people: shown, taken along, erased. The files are searched byte by byte."""

import json
import sqlite3
import unittest

from harness import InWorkspace, run_ackd


class Privacy(InWorkspace):
    """Chen asks, is asked and answers; then he has ackd forget them."""

    def files(self, *more):
        """The database's files, the log, and others; those that are there."""
        database = self.daemon.database
        paths = [database, database.with_name("ackd.db-wal"), database.with_name("ackd.db-shm"), self.daemon.log_path, *more]
        return [path for path in paths if path.exists()]

    def backup(self, name):
        """`ackd backup`, beside the running daemon."""
        path = self.folder / name
        status, out, error = run_ackd("backup", "--state-dir", str(self.daemon.state_dir), str(path))
        self.assertEqual((status, error), (0, ""), out)
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        return path

    def test_what_was_taken_along_is_forgotten_down_to_the_last_byte(self):
        theirs = self.asks(self.ada, "@chen please read privacy-one")
        own = self.asks(self.chen, "@ada mind the falcon privacy-two")
        self.chen.reacts(theirs, "eyes")
        self.shows(theirs, "✅ 1 of 1 received")
        self.sandbox.call("open_home", user=self.chen.handle)
        self.settle()

        self.assertIn("Asked by you: 1 request", self.types(self.chen, "/ackd me").text)
        self.assertIn("direct message", self.types(self.chen, "/ackd export").text)
        exported = self.gets(self.chen, "What ackd has of you, one JSON object a line")
        lines = [line.strip("`") for line in exported.text.splitlines() if line.startswith("`")]
        records = [json.loads(line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) for line in lines]
        person = next(record for record in records if record["what"] == "person")
        self.assertIn("mind the falcon privacy-two", {record.get("text") for record in records})
        traces = [text.encode() for text in (person["id"], person["name"], exported.channel, "falcon")]
        before = self.backup("before.db")
        for trace in traces[:2] + traces[3:]:
            self.assertIn(trace, before.read_bytes())

        question = self.types(self.chen, "/ackd forget")
        self.chen.presses(question, "forget_me")
        self.answered(self.chen, "is forgetting you")
        self.daemon.wait_log("event=person_forgotten")
        self.shows(own, "The text was erased")
        self.gets(self.ada, "the account was deactivated")
        self.settle()
        for path in self.files(self.backup("after.db")):
            for trace in traces:
                with self.subTest(file=path.name, trace=trace):
                    data = path.read_bytes()
                    at = data.find(trace)
                    self.assertEqual(at, -1, data[max(0, at - 60) : at + 60])
        self.assert_database_whole(self.daemon.database)
        home = str(self.sandbox.call("home", user=self.chen.handle))
        self.assertIn("ackd knows nothing of you", home)

        log = self.daemon.log_text()
        for words in ("falcon", "privacy-one"):
            self.assertNotIn(words, log)

        refused = run_ackd("backup", "--state-dir", str(self.daemon.state_dir), str(self.folder / "after.db"))
        self.assertEqual(refused[0], 2, refused)
        status, _, error = run_ackd("forget", "--state-dir", str(self.daemon.state_dir), "--yes", self.ada.handle)
        self.assertEqual(status, 1)
        self.assertIn("another ackd is running", error)


class ForgottenByAnAdministrator(InWorkspace):
    """Whoever has left cannot ask for it: `ackd forget`, while ackd does not run."""

    def test_the_command_line_erases_somebody_and_says_first_what_that_means(self):
        self.asks(self.chen, "@ada mind the heron privacy-three")
        self.settle()
        self.daemon.terminate()
        forget = ("forget", "--state-dir", str(self.daemon.state_dir))
        status, _, error = run_ackd(*forget, "--yes", "nobody-of-that-name")
        self.assertEqual(status, 2)
        self.assertIn('"nobody-of-that-name"', error)
        status, out, _ = run_ackd(*forget, self.chen.handle)
        self.assertEqual(status, 2)
        self.assertIn(f"ackd forget --yes {self.chen.handle}", out)
        connection = sqlite3.connect(self.daemon.database)
        (chen,) = connection.execute("SELECT id FROM members WHERE name = ?", (self.chen.handle,)).fetchone()
        connection.close()
        status, out, error = run_ackd(*forget, "--yes", self.chen.handle)
        self.assertEqual((status, error), (0, ""), out)
        data = self.daemon.database.read_bytes()
        for trace in (chen, self.chen.handle, "heron"):
            self.assertNotIn(trace.encode(), data)
        self.assert_database_whole(self.daemon.database)
        # The daemon goes on from there, and the workspace's listing does not bring them back.
        mark = self.daemon.log_length()
        self.daemon.start()
        self.daemon.wait_log("event=members_listed", since=mark)
        self.settle()
        for path in (self.daemon.database, self.daemon.database.with_name("ackd.db-wal")):
            self.assertNotIn(chen.encode(), path.read_bytes())


if __name__ == "__main__":
    unittest.main()
