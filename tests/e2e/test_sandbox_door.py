"""Who may come into a sandbox: by its real port, as a browser, a website and another machine would try."""

import base64
import http.client
import os
import subprocess

from harness import PATIENCE, TestCase
from programs import Sandbox, program

PASSWORD = "correct horse"


def basic(password):
    """The header of somebody who knows that password."""
    return {"Authorization": "Basic " + base64.b64encode(f"visitor:{password}".encode()).decode()}


class Door(TestCase):
    """Loopback without a password, elsewhere only with one."""

    def start(self, *options, **environment):
        """A sandbox with what is in its environment."""
        before = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        try:
            sandbox = Sandbox(*options, is_ackd=False)
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        self.addCleanup(sandbox.end)
        return sandbox

    def status(self, sandbox, path, headers=(), method="GET"):
        """What is answered to a request with exactly these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=10 * PATIENCE)
        try:
            connection.request(method, path, b"{}" if method == "POST" else None, dict(headers))
            return connection.getresponse().status
        finally:
            connection.close()

    def refused(self, *options, password=None):
        """What it says when it does not start."""
        environment = {name: value for name, value in os.environ.items() if name != "ACKD_SANDBOX_PASSWORD"}
        if password is not None:
            environment["ACKD_SANDBOX_PASSWORD"] = password
        done = subprocess.run(
            [program("ackd-sandbox"), "serve", *options],
            env=environment, capture_output=True, text=True, timeout=10 * PATIENCE, check=False,
        )  # fmt: skip
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_where_others_can_reach_it_it_does_not_start_without_a_password(self):
        self.assertIn("others can reach this address", self.refused("--listen", "0.0.0.0"))
        self.assertIn("others can reach this address", self.refused("--listen", "::"))
        self.assertIn("shorter than 8 characters", self.refused("--listen", "0.0.0.0", password="short"))
        self.assertIn("no IP address", self.refused("--listen", "localhost"))

    def test_with_a_password_whoever_knows_it_comes_in(self):
        sandbox = self.start("--listen", "0.0.0.0", ACKD_SANDBOX_PASSWORD=PASSWORD)
        for path, method in (("/", "GET"), ("/sandbox/clock", "GET"), ("/sandbox/stats", "POST")):
            self.assertEqual(self.status(sandbox, path, method=method), 401, path)
            self.assertEqual(self.status(sandbox, path, basic("incorrect horse"), method), 401, path)
            self.assertEqual(self.status(sandbox, path, basic(PASSWORD), method), 200, path)

    def test_the_password_may_come_from_a_file(self):
        file = self.folder / "password"
        file.write_text(PASSWORD + "\n", encoding="utf-8")
        sandbox = self.start("--listen", "0.0.0.0", "--password-file", str(file))
        self.assertEqual(self.status(sandbox, "/", basic(PASSWORD)), 200)
        self.assertEqual(self.status(sandbox, "/"), 401)

    def test_a_website_that_the_visitor_looks_at_cannot_steer_it(self):
        sandbox = self.start()
        own = f"http://127.0.0.1:{sandbox.port}"
        for path in ("/sandbox/time", "/sandbox/post", "/sandbox/faults"):
            self.assertEqual(self.status(sandbox, path, {"Origin": "https://evil.example"}, "POST"), 403)
            self.assertEqual(self.status(sandbox, path, {"Origin": own}, "POST"), 200)
        self.assertEqual(self.status(sandbox, "/sandbox/clock", {"Host": f"evil.example:{sandbox.port}"}), 403)
        upgrade = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }  # fmt: skip
        self.assertEqual(self.status(sandbox, "/page/live", {**upgrade, "Origin": own}), 101)
        self.assertNotEqual(self.status(sandbox, "/page/live", {**upgrade, "Origin": "https://evil.example"}), 101)
