"""Kept answers: one person pins an answer, its author agrees, everybody finds it; and it ends with its message."""

import time
import unittest

from harness import PATIENCE, InWorkspace


class KeptAnswers(InWorkspace):
    """Somebody's answer in a thread of a public channel."""

    scale = 10.0

    def answered_in_thread(self, asked, said):
        """Hugo asks, Ben answers."""
        question = self.hugo.says(asked)
        return question, self.ben.says(said, thread=question)

    def finds(self, person, words, expected, channel="#general"):
        """Looks again until the answer says so: what was done before takes its way through the chat."""
        deadline = time.monotonic() + 20 * PATIENCE
        while expected not in (answer := self.types(person, f"/ackd find {words}", channel)).text:
            self.assertLess(time.monotonic(), deadline, answer)
            self.settle()
        return answer

    def restarts(self):
        """The daemon dies, and lives again."""
        self.daemon.kill()
        self.daemon.start()
        self.line.wait_until_open(self.sandbox)

    def test_pinned_agreed_to_found_and_taken_out(self):
        _, said = self.answered_in_thread("How is the heron calibrated?", "Turn the brass screw twice #heron")
        self.hugo.reacts(said, "pushpin")
        asked = self.gets(self.ben, "would like to keep your answer", timeout=60)
        self.assertIn("Turn the brass screw twice", asked.text)
        self.assertEqual(list(asked.buttons().values()), ["Keep it", "Not this one"])
        self.assertIn("Nothing that is kept fits", self.types(self.hugo, "/ackd find brass heron").text)
        self.restarts()
        self.ben.presses(asked, "keep_it")
        self.shows(asked, "✅ Your answer is kept.")
        self.restarts()
        found = self.finds(self.hugo, "heron calibration", "Turn the brass screw twice")
        self.assertIn("How is the heron calibrated?", found.text)
        self.assertNotIn("not_any_more", found.buttons())
        own = self.finds(self.ben, "heron", "Turn the brass screw twice")
        self.ben.presses(own, "not_any_more")
        self.answered(self.ben, "it is not found any more")
        self.finds(self.hugo, "heron", "Nothing that is kept fits")

    def test_edited_and_deleted_with_its_message(self):
        _, said = self.answered_in_thread("Where does the walrus sleep?", "In the harbour office")
        self.sandbox.call(
            "shortcut", channel=said.channel, ts=said.ts, user=self.ben.handle, callback_id="keep_answer"
        )
        self.finds(self.hugo, "walrus", "In the harbour office")
        self.ben.edits(said, "In the lighthouse")
        self.finds(self.hugo, "walrus", "In the lighthouse")
        self.ben.deletes(said)
        self.finds(self.hugo, "walrus", "Nothing that is kept fits")


if __name__ == "__main__":
    unittest.main()
