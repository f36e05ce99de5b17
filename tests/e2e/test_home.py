"""App Home: what somebody sees there, and that it answers."""

import time
import unittest

from harness import PATIENCE, InWorkspace, also_over_http


@also_over_http()
class AtHome(InWorkspace):
    """Ben looks at his home, and ada at hers."""

    def home_shows(self, person, words):
        """Waits until the person's home says so."""
        deadline = time.monotonic() + 10 * PATIENCE
        while words not in (shown := str(self.sandbox.call("home", user=person.handle))):
            self.assertLess(time.monotonic(), deadline, f"{words!r} is not on the home of {person.handle}: {shown}")
            self.sandbox.wait(idle_ms=50)

    def test_it_is_current_on_both_sides_and_its_buttons_count(self):
        for person in (self.ben, self.ada):
            self.sandbox.call("open_home", user=person.handle)
        self.home_shows(self.ben, "Nothing. What somebody asks you will appear here.")
        card = self.asks(self.ada, "@ben please read home-one")
        self.home_shows(self.ben, "home-one")
        self.home_shows(self.ada, "0 of 1 received")
        self.sandbox.call("press", view="home", user=self.ben.handle, action_id="got_it")
        self.shows(card, "✅ 1 of 1 received")
        self.home_shows(self.ben, "you have it")
        self.home_shows(self.ada, "1 of 1 received")

    def test_how_it_works_opens_in_front_of_it(self):
        self.sandbox.call("open_home", user=self.chen.handle)
        self.home_shows(self.chen, "Settings")
        self.sandbox.call("press", view="home", user=self.chen.handle, action_id="how_it_works")
        self.sandbox.wait(idle_ms=250)
        form = self.sandbox.call("form", user=self.chen.handle)
        self.assertIn("/ack @name", str(form["view"]))


if __name__ == "__main__":
    unittest.main()
