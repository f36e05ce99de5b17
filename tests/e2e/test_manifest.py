"""`ackd manifest`: what Slack is given to make the app."""

import json
import unittest

from harness import TestCase, run_ackd

try:
    import yaml
except ImportError:  # only the tests that read YAML need it
    yaml = None

EXIT_REPAIR = 2


class Manifest(TestCase):
    """Both formats, both modes, and what is refused."""

    def manifest(self, *options):
        """What is printed as JSON."""
        status, out, error = run_ackd("manifest", "--format", "json", *options)
        self.assertEqual((status, error), (0, ""))
        return json.loads(out)

    def test_yaml_and_json_say_the_same(self):
        if yaml is None:
            self.skipTest("python3-yaml is not installed")
        http = ("--mode", "http", "--request-url", "https://ackd.example.test/slack")
        for options in ((), ("--name", "no"), ("--name", "Dr. \"Ack\": #1 – ✅\\"), http):
            with self.subTest(options=options):
                status, out, error = run_ackd("manifest", *options)
                self.assertEqual((status, error), (0, ""))
                self.assertEqual(yaml.safe_load(out), self.manifest(*options))

    def test_the_app_it_describes(self):
        manifest = self.manifest("--name", "Acky")
        self.assertEqual(manifest["display_information"]["name"], "Acky")
        features = manifest["features"]
        self.assertEqual(features["bot_user"], {"display_name": "Acky", "always_online": True})
        self.assertEqual(
            features["app_home"],
            {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        )
        self.assertEqual([each["command"] for each in features["slash_commands"]], ["/ack", "/ackd", "/out", "/threads", "/escalate", "/oncall", "/alerts", "/capacity", "/wip", "/resync", "/surprise", "/retro", "/drift"])
        self.assertEqual(
            {each["callback_id"]: (each["type"], each["name"]) for each in features["shortcuts"]},
            {
                "request_acknowledgement": ("message", "Request acknowledgement"),
                "keep_answer": ("message", "Keep this answer"),
                "ask": ("global", "Ask for acknowledgement"),
            },
        )
        settings = manifest["settings"]
        self.assertEqual(settings["interactivity"], {"is_enabled": True})
        self.assertTrue(settings["socket_mode_enabled"])
        self.assertFalse(settings["token_rotation_enabled"])

    def test_what_is_no_manifest_is_refused(self):
        cases = (
            (("--mode", "http"), "--mode http needs --request-url"),
            (("--request-url", "https://ackd.example.test/"), "--request-url is for --mode http"),
            (("--mode", "http", "--request-url", "http://127.0.0.1/"), "begins with https://"),
            (("--name", "x" * 36), "1 to 35 characters"),
            (("--name", ""), "1 to 35 characters"),
            (("--mode", "pigeon"), "pigeon"),
            (("--format", "xml"), "xml"),
        )
        for options, words in cases:
            with self.subTest(options=options):
                status, out, error = run_ackd("manifest", *options)
                self.assertEqual((status, out), (EXIT_REPAIR, ""))
                self.assertIn(words, error)


if __name__ == "__main__":
    unittest.main()
