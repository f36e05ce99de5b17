"""Silence as an answer: what holds without one is said in the ask, and one objection stops it."""

import unittest

from harness import InWorkspace


class Silence(InWorkspace):
    """A working day, and the night in it, are over in a minute."""

    scale = 1_500.0

    def test_nobody_objects_and_it_goes_ahead_and_is_reversed_all_the_same(self):
        card = self.asks(self.hugo, "@ben @eli !silence=go we move the silence-one")
        self.shows(card, "Unless somebody objects by")
        self.ben.presses(card, "got_it")
        self.answered(self.ben, "You have it")
        self.gets(self.eli, "Unless somebody objects by", timeout=60)
        self.restarts()
        self.shows(card, "By silence, since", timeout=90)
        self.shows(card, "One objection until")
        self.gets(self.hugo, "By silence, since", timeout=60)
        digest = self.gets(self.eli, "*What happened*", timeout=90)
        self.restarts()
        self.eli.presses(digest, "object")
        self.answered(self.eli, "nothing is decided by silence", channel=digest.channel)
        self.shows(card, "eli objects: no longer decided by silence. hugo decides.")
        decision = self.gets(self.hugo, "this is yours to decide", timeout=60)
        self.hugo.presses(decision, "done")
        self.shows(card, "1 integrated")

    def test_an_objection_in_time_stops_it_for_good(self):
        card = self.asks(self.hugo, "@ben @eli !silence=stop we move the silence-two")
        self.shows(card, "Unless everybody has answered by")
        self.eli.presses(card, "need_longer")
        self.answered(self.eli, "Put off for everybody")
        self.shows(card, "Put off by a working day, for everybody.")
        self.ben.presses(card, "object")
        self.answered(self.ben, "nothing is decided by silence")
        self.shows(card, "ben objects: not decided by silence. hugo decides.")
        decision = self.gets(self.hugo, "this is yours to decide", timeout=60)
        self.restarts()
        self.hugo.presses(decision, "done")
        self.shows(card, "1 integrated")
        self.shows(card, "ben objects: not decided by silence. hugo decides.")


if __name__ == "__main__":
    unittest.main()
