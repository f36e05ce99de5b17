"""`ackd questions`: what asks something in a recorded channel, and what nobody answered."""

import json
import pathlib
import tempfile
import unittest

from harness import TestCase, run_ackd

EXIT_CORRECT = 2

TRAFFIC = """<slack><channel_name>general</channel_name>
<message><ts>2026-01-05T09:00:00.000001</ts><user>Ann</user><text>does anyone know where the key is?</text></message>
<message><ts>2026-01-05T09:01:00</ts><user>Bo</user><text>in the drawer</text></message>
<message><ts>2026-01-07T09:00:00</ts><user>Cy</user><text>how do I open the &lt;b&gt; window</text></message>
</slack>"""


class Questions(TestCase):
    """Both formats, and what is refused."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def rows(self, path, *options):
        status, out, error = run_ackd("questions", str(path), *options)
        self.assertEqual((status, error), (0, ""))
        return [line.split("\t") for line in out.splitlines()]

    def test_a_line_a_message_with_its_reasons(self):
        log = self.folder / "log.xml"
        log.write_text(TRAFFIC, encoding="utf-8")
        rows = self.rows(log, "--format", "traffic")
        self.assertEqual(
            rows[0],
            ["2026-01-05T09:00:00.000001", "Ann", "3.35", "1",
             "question_mark +1.00, interrogative +0.15, question_phrase +1.00, asks_room +1.00, opens +0.20, "
             "answer: next_speaker", "0"],
        )
        self.assertEqual([(row[1], row[3], row[5]) for row in rows], [("Ann", "1", "0"), ("Bo", "0", "0"), ("Cy", "1", "1")])
        self.assertEqual(self.rows(log), rows)

    def test_a_day_of_a_slack_export_and_the_folder_of_its_channel(self):
        monday = [{"type": "message", "user": "U1", "ts": "1767603600.000100", "text": "where is the key?"}]
        tuesday = [
            {"type": "message", "user": "U2", "ts": "1767690000.000100", "text": "in <#C1>", "thread_ts": "1767603600.000100"},
            {"type": "message", "user": "U3", "ts": "1767690300.000100", "text": "any news?",
             "reactions": [{"name": "white_check_mark", "users": ["U2"], "count": 1}]},
        ]
        (self.folder / "2026-01-05.json").write_text(json.dumps(monday), encoding="utf-8")
        (self.folder / "2026-01-06.json").write_text(json.dumps(tuesday), encoding="utf-8")
        (self.folder / "notes.txt").write_text("not looked at", encoding="utf-8")
        alone = self.rows(self.folder / "2026-01-05.json", "--format", "slack-export")
        self.assertEqual([(row[0], row[1], row[3], row[5]) for row in alone], [("1767603600.000100", "U1", "1", "1")])
        channel = self.rows(self.folder, "--format", "slack-export")
        self.assertEqual([(row[1], row[3], row[5]) for row in channel], [("U1", "1", "0"), ("U2", "0", "0"), ("U3", "1", "0")])
        self.assertIn("answer: thread_reply", channel[0][4])
        self.assertIn("answer: marked", channel[2][4])

    def test_what_cannot_be_read_is_said_in_one_line(self):
        bad = self.folder / "bad"
        bad.write_bytes(b"\xff\x00<slack>")
        for options, problem in (
            ((str(bad),), "line 1: unexpected text between elements"),
            ((str(bad), "--format", "slack-export"), "bad is no JSON array of messages"),
            ((str(self.folder / "none"),), "it cannot be read"),
            ((str(self.folder),), "it cannot be read"),
        ):
            with self.subTest(options=options):
                status, out, error = run_ackd("questions", *options)
                self.assertEqual((status, out), (EXIT_CORRECT, ""))
                self.assertIn(problem, error)
                self.assertEqual(error.count("\n"), 1)
        status, _, error = run_ackd("questions", str(bad), "--format", "csv")
        self.assertEqual(status, EXIT_CORRECT)
        self.assertIn("csv", error)


if __name__ == "__main__":
    unittest.main()
