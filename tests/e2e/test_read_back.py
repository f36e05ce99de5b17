"""Read-back: what must not be misunderstood is said back in a line, judged, and gone."""

import time
import unittest

from harness import PATIENCE, InWorkspace, everything_from_app


class SaidBack(InWorkspace):
    """Half past eleven in São Paulo, half past nine in New York: the half hour of volunteers is over in six seconds."""

    scale = 300.0

    def places_of(self, words):
        """The database's files, its log and what people see, as far as they have these words."""
        database = self.daemon.database
        files = [database, database.with_name("ackd.db-wal"), self.daemon.log_path]
        places = [path.name for path in files if path.exists() and words.encode() in path.read_bytes()]
        return places + [str(seen) for seen in everything_from_app(self.sandbox).values() if words in str(seen.seen)]

    def gone(self, words):
        """Waits until nothing has them any more."""
        deadline = time.monotonic() + 20 * PATIENCE
        while places := self.places_of(words):
            self.assertLess(time.monotonic(), deadline, f"{words!r} is still in {places}")
            self.settle()

    def acked(self, words):
        """Hugo asks Ben, who has received it; the card."""
        card = self.asks(self.hugo, f"@ben !received !readback hold all releases {words}")
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "You have it")
        self.shows(card, "One of those who received it may say it back")
        return card

    def test_who_is_picked_says_it_back_and_it_is_gone_when_it_is_judged(self):
        card = self.acked("read-back-one")
        question = self.gets(self.ben, "In one line: what will you do differently?", timeout=60)
        self.assertEqual(list(question.buttons().values()), ["Say it back", "Not now"])
        self.restarts()
        self.ben.presses(question, "say_back")
        self.assertEqual(self.form_of(self.ben)["title"]["text"], "Say it back")
        self.assertEqual(self.sends(self.ben, line=" "), {"line": "Say it in a line."})
        self.assertEqual(self.sends(self.ben, line="I hold the falcon until Friday"), {})
        said = self.gets(self.hugo, "ben says it back as “I hold the falcon until Friday”", timeout=30)
        self.assertEqual(list(said.buttons().values()), ["That's it", "Not quite"])
        self.shows(question, "Said back: hugo reads it, then it is deleted.")
        self.assertTrue(self.places_of("the falcon"))
        self.restarts()
        self.hugo.presses(said, "thats_it")
        self.shows(card, "✅ Said back and right.")
        self.shows(said, "✅ Said back and right; what was written is deleted.")
        self.shows(question, "✅ Said back and right; what was written is deleted.")
        self.gone("the falcon")

    def test_what_is_not_quite_it_is_corrected_for_everybody(self):
        card = self.acked("read-back-two")
        self.ben.presses(card, "say_back")
        self.form_of(self.ben)
        self.assertEqual(self.sends(self.ben, line="I release the heron first"), {})
        self.answered(self.ben, "Noted: hugo reads it, then it is deleted.")
        said = self.gets(self.hugo, "the heron first", timeout=30)
        self.hugo.presses(said, "not_quite")
        self.assertEqual(self.form_of(self.hugo)["title"]["text"], "Not quite")
        self.assertEqual(self.sends(self.hugo, correction="Not even that one, please"), {})
        shown = self.shows(card, "Not even that one, please")
        self.assertIn("Correction by hugo:", shown.text)
        self.assertIn("0 of 1 received", shown.text)
        self.gone("the heron")
        self.hugo.presses(card, "more", "Withdraw")
        self.answered(self.hugo, "Withdrawn: #")
        self.shows(card, "Closed")

    def test_what_can_wait_is_not_said_back(self):
        answer = self.types(self.hugo, "/ack @ben !week !readback please read")
        self.assertIn("Only what is for now or for today is said back.", answer.text)
        self.assertIn("/ack @ben !today !readback please read", answer.text)


if __name__ == "__main__":
    unittest.main()
