"""Work in progress: begun up to the limit, refused with the ways out, traded, let in by a lead, and finished."""

import unittest

from harness import InWorkspace


class WorkInProgress(InWorkspace):
    policy_text = """
[limits]
price_shown_from = 0
[[team]]
name = "platform"
members = ["U0BEN", "U0HUGO"]
leads = ["U0ADA"]
[[wip]]
team = "platform"
limit = 2
"""

    def test_each_way_out_of_a_refusal_across_a_restart(self):
        self.assertIn("#1 the importer is in progress", self.types(self.ben, "/wip start the importer").text)
        self.assertIn("2 of 2 running", self.types(self.hugo, "/wip start the exporter").text)
        refused = self.types(self.ben, "/wip start the fair")
        self.assertIn('"the fair" waits until one of these ends or pauses', refused.text)
        self.ben.presses(refused, "wip_trade")
        traded = self.answered(self.ben, "the fair is in progress")
        self.assertIn("the importer · ", traded.text)
        self.assertIn("paused", traded.text)
        self.restarts()

        refused = self.types(self.hugo, "/wip start !unplanned the heron")
        self.assertNotIn("wip_let_in", str(refused.buttons()))
        self.hugo.presses(refused, "wip_finish_for")
        self.assertIn("unplanned", self.answered(self.hugo, "the heron is in progress").text)

        refused = self.types(self.ada, "/wip start the audit")
        self.ada.presses(refused, "wip_let_in")
        self.form_of(self.ada)
        self.assertIn("reason", str(self.sends(self.ada, reason="  ")))
        self.assertEqual(self.sends(self.ada, reason="the auditor is here"), {})
        board = self.types(self.dana, "/wip platform")
        self.assertIn("let in by ada: the auditor is here", board.text)
        self.assertIn("3 of 2 running", board.text)
        self.assertIn("0 of 2 running", [self.types(self.ada, f"/wip done {number}").text for number in (3, 4, 5)][-1])


if __name__ == "__main__":
    unittest.main()
