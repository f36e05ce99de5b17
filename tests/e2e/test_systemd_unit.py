"""systemd/ackd.service is as closed as it says: systemd's own judgement of it, offline."""

import pathlib
import re
import shutil
import subprocess
import unittest

UNIT = pathlib.Path(__file__).resolve().parents[2] / "systemd" / "ackd.service"
EXPOSURE_MAX = 1.5


def unit_settings():
    """The settings of the unit, each with its values in order."""
    settings = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith(("#", "[")):
            settings.setdefault(name, []).append(value)
    return settings


class SystemdUnit(unittest.TestCase):
    def test_its_exposure_is_at_most_1_5_of_10(self):
        analyze = shutil.which("systemd-analyze")
        if not analyze:
            self.skipTest("systemd-analyze is not installed")
        result = subprocess.run(
            [analyze, "security", "--offline=true", "--no-pager", str(UNIT)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        overall = re.search(r"Overall exposure level for \S+: ([0-9.]+)", result.stdout)
        self.assertIsNotNone(overall, result.stdout + result.stderr)
        self.assertLessEqual(float(overall[1]), EXPOSURE_MAX, result.stdout)

    def test_it_waits_for_readiness_and_feeds_a_watchdog(self):
        settings = unit_settings()
        self.assertEqual(settings["Type"], ["notify"])
        self.assertEqual(settings["NotifyAccess"], ["main"])
        self.assertIn("WatchdogSec", settings)

    def test_a_wrong_configuration_is_not_restarted_and_a_crash_is(self):
        settings = unit_settings()
        self.assertEqual(settings["Restart"], ["on-failure"])
        self.assertEqual(settings["RestartPreventExitStatus"], ["2"])

    def test_the_secrets_are_credentials_and_nowhere_else(self):
        text = UNIT.read_text(encoding="utf-8")
        names = [value.partition(":")[0] for value in unit_settings()["LoadCredential"]]
        self.assertEqual(names, ["slack-app-token", "slack-bot-token"])
        self.assertNotRegex(text, r"xox[abp]-|xapp-")
        self.assertNotIn("Environment", text)


if __name__ == "__main__":
    unittest.main()
