"""Charts as pictures: fetched while the message is taken, and a line of text where they cannot be."""

import http.client
import unittest
import urllib.parse

from harness import PATIENCE, WoundForward
from programs import free_port

POLICY = """
[[team]]
name = "platform"
members = ["U0BEN", "U0HUGO"]
leads = ["U0ADA"]
[[wip]]
team = "platform"
limit = 2
"""
MONDAY = "2026-02-02 14:30"
WORDS = "Most at once, a day, for 2 days"


class Pictures(WoundForward):
    def begin(self, reachable=True):
        """What is known from outside is where ackd listens, or a port where nobody does."""
        self.port = free_port()
        known_port = self.port if reachable else free_port()
        self.config = self.write_config(
            f'[web]\nlisten = "127.0.0.1:{self.port}"\nurl = "http://127.0.0.1:{known_port}"\npictures = true\n'
        )
        self.begin_at(MONDAY, POLICY, self.config)
        self.assertIn("1 of 2 running", self.ben.types("/wip start the importer").text)
        self.go_to("2026-02-03 14:30")

    def told(self):
        """The answer to /wip; it comes by itself, not with the confirmation."""
        self.assertIsNone(self.hugo.types("/wip"))
        found = self.sandbox.expect(WORDS, 15, channel="#general", user="hugo")
        return found[-1]["blocks"]

    def get(self, path):
        """Status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10 * PATIENCE)
        self.addCleanup(connection.close)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read()

    def test_a_picture_is_fetched_and_survives_a_restart(self):
        self.begin()
        images = [block for block in self.told() if block["type"] == "image"]
        self.assertEqual(len(images), 1)
        self.assertEqual(images[0]["title"]["text"], WORDS)
        self.assertEqual(images[0]["alt_text"], f"{WORDS} (limit now 2): ██ 1 1+")
        path = urllib.parse.urlsplit(images[0]["image_url"]).path
        status, kind, first = self.get(path)
        self.assertEqual((status, kind), (200, "image/png"))
        self.assertTrue(first.startswith(b"\x89PNG"))
        self.assertEqual(self.get(path.replace(".png", "x.png"))[0], 404)
        self.restarts()
        self.assertEqual(self.get(path)[2], first)

    def test_a_picture_that_cannot_be_fetched_costs_no_answer(self):
        self.begin(reachable=False)
        blocks = self.told()
        self.assertEqual([block for block in blocks if block["type"] == "image"], [])
        self.assertIn(f"{WORDS} (limit now 2): ██ 1 1+", str(blocks))
        self.daemon.wait_log("event=picture_refused")


if __name__ == "__main__":
    unittest.main()
