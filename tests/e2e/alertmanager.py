"""Debian's Alertmanager, as Prometheus uses it: what it is told fires or is over, it tells ackd."""

import http.client
import json
import re
import shutil
import subprocess
import time

from programs import PATIENCE, end_process, free_port, start_process


def alertmanager_program():
    """Debian's, or nothing."""
    return shutil.which("prometheus-alertmanager")


class Alertmanager:
    """One that runs until the test ends, and tells what is posted to `address`; it groups by name, without delay."""

    def __init__(self, test, address):
        self.test = test
        config = test.write_config(
            "route:\n  receiver: ackd\n  group_by: [alertname]\n  group_wait: 0s\n  group_interval: 1s\n"
            "receivers:\n  - name: ackd\n    webhook_configs:\n"
            f"      - url: {address}\n        send_resolved: true\n",
            "alertmanager.yml",
        )
        self.port = free_port()
        process = start_process(
            [
                alertmanager_program(), f"--config.file={config}", f"--storage.path={test.folder / 'am'}",
                f"--web.listen-address=127.0.0.1:{self.port}", "--cluster.listen-address=",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        test.addCleanup(end_process, process)

    def tells(self, *instances, is_over=False):
        """Prometheus' side: these have the alert, or have it no more."""
        over = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 1))
        alerts = [
            {
                "labels": {"alertname": "Slow", "instance": instance, "severity": "critical"},
                "annotations": {"summary": f"Checkout is slow on {instance}", "runbook_url": "https://wiki.example.org/slow"},
                **({"endsAt": over} if is_over else {}),
            }
            for instance in instances
        ]
        deadline = time.monotonic() + 20 * PATIENCE
        while self._request("POST", "/api/v2/alerts", json.dumps(alerts))[0] != 200:
            self.test.assertLess(time.monotonic(), deadline, "Alertmanager never listened")
            time.sleep(0.05)

    def delivered(self):
        """How many notifications it counts as delivered; none may have been refused."""
        metrics = self._request("GET", "/metrics")[1]

        def count(name):
            found = re.search(rf'^{name}{{.*integration="webhook".*}} (\d+)', metrics, re.MULTILINE)
            return int(found[1]) if found else 0

        self.test.assertEqual(count("alertmanager_notifications_failed_total"), 0)
        return count("alertmanager_notifications_total")

    def _request(self, method, path, body=None):
        """(status, body); 0 while it does not listen."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()
