"""Out of the chat: `ackd destinations` tells a webhook and a real mail server."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import threading
import time
import unittest

import mail_server
from harness import PATIENCE, InWorkspace, TestCase, run_ackd

SECRET = "whsec_" + base64.b64encode(b"what the receiver and we know").decode()


class Receiver:
    """A program that takes webhooks, and answers what it is told to."""

    def __init__(self, status=200, headers=()):
        self.requests = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            """Keeps what came."""

            def do_POST(self):
                """A webhook."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((self.path, dict(self.headers), body))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                """Nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def end(self):
        """Takes nothing any more."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Destinations(TestCase):
    """A database with a policy that has destinations; no daemon is needed."""

    state = None
    version = 0

    def apply(self, text):
        """Puts the policy in force."""
        self.state = self.folder / "state"
        text = f"version = {self.version}\n{text}"
        self.version += 1
        status, _, error = run_ackd("policy", "apply", str(self.write_policy(text)), "--state-dir", str(self.state))
        self.assertEqual(status, 0, error)

    def destinations(self, *arguments, environment=None):
        """(status, output, error) of `ackd destinations …`."""
        return run_ackd("destinations", *map(str, arguments), "--state-dir", str(self.state), environment=environment)

    def receiver(self, **options):
        """One that ends with the test."""
        receiver = Receiver(**options)
        self.addCleanup(receiver.end)
        return receiver

    def applied_hook(self, receiver, more='private_network = "127.0.0.1/32"', host="127.0.0.1"):
        """The policy's one destination is this receiver."""
        self.apply(
            f'[[destination]]\nname = "ops-pager"\nkind = "webhook"\n'
            f'address = "http://{host}:{receiver.port}/hook?token=in-the-query"\n{more}\n'
        )


class Webhook(Destinations):
    """A test message to a program."""

    def test_it_is_told_and_can_check_who_told_it(self):
        receiver = self.receiver()
        self.applied_hook(receiver)
        status, said, error = self.destinations(
            "test", "ops-pager", environment={"ACKD_DESTINATION_OPS_PAGER": SECRET}
        )
        self.assertEqual((status, error), (0, ""))
        self.assertRegex(said, r"^ops-pager took it \(200, \d+ ms\)\.\n$")
        [(path, headers, body)] = receiver.requests
        self.assertEqual(path, "/hook?token=in-the-query")
        self.assertTrue(is_from_ackd(SECRET, headers, body))
        self.assertFalse(is_from_ackd(SECRET, headers, body + b" "))
        told = json.loads(body)
        self.assertEqual((told["event"], told["id"]), ("test", headers["webhook-id"]))
        status, said, _ = self.destinations("list")
        self.assertEqual(status, 0)
        self.assertIn("ops-pager (webhook) http://127.0.0.1:", said)

    def test_what_keeps_it_from_being_told_is_said_in_a_sentence(self):
        inner = self.receiver()
        receiver = self.receiver(status=302, headers=[("Location", f"http://127.0.0.1:{inner.port}/")])
        secret = {"ACKD_DESTINATION_OPS_PAGER": SECRET}
        self.applied_hook(receiver)
        self.assertEqual(
            self.destinations("test", "ops-pager", environment=secret),
            (1, "", "ops-pager was not told: redirects to another address.\n"),
        )
        status, _, error = self.destinations("test", "ops-pager")
        self.assertEqual(status, 1)
        self.assertIn("set ACKD_DESTINATION_OPS_PAGER, or the systemd credential destination-ops-pager", error)
        self.assertEqual(
            self.destinations("test", "ops-pagr")[2],
            'The policy has no destination "ops-pagr"; did you mean "ops-pager"?\n',
        )
        for host in ("127.0.0.1", "localhost"):
            self.applied_hook(inner, more="", host=host)
            self.assertEqual(
                self.destinations("test", "ops-pager", environment=secret),
                (1, "", "ops-pager was not told: lies in a private network.\n"),
            )
        self.assertEqual(inner.requests, [])


class InTheChat(InWorkspace):
    """A daemon whose route tells a pager, and then asks Ben."""

    scale = 10.0

    @classmethod
    def setUpClass(cls):
        cls.pager = Receiver()
        cls.addClassCleanup(cls.pager.end)
        cls.policy_text = f"""
[roles]
admins = ["U0DANA"]
[escalation]
dead_letter_owner = "U0DANA"
[limits]
price_shown_from = 0
[rules]
ask = false
[[destination]]
name = "pager"
address = "http://127.0.0.1:{cls.pager.port}/in"
private_network = "127.0.0.1/32"
[[route]]
name = "incident"
about = "Customers cannot work"
priority = "now"
  [[route.step]]
  people = ["U0BEN"]
  destinations = ["pager"]
"""
        os.environ["ACKD_DESTINATION_PAGER"] = SECRET
        try:
            super().setUpClass()
        finally:
            del os.environ["ACKD_DESTINATION_PAGER"]

    def told(self, count):
        """The (event, key) that the pager was told since, as soon as it is so many."""
        deadline = time.monotonic() + 10 * PATIENCE
        while len(self.pager.requests) < count:
            self.assertLess(time.monotonic(), deadline, self.daemon.log_text())
            time.sleep(0.02)
        bodies = [json.loads(body) for _, _, body in self.pager.requests]
        return [(body["event"], body["title"]) for body in bodies]

    def test_it_hears_what_is_raised_who_takes_it_and_the_end_and_a_test(self):
        self.pager.requests.clear()
        self.types(self.hugo, "/escalate incident the paged-one is down")
        follows = self.gets(self.hugo, "asked.")
        asked = self.gets(self.ben, "paged-one")
        self.assertEqual(self.told(1), [("raised", "the paged-one is down")])
        self.ben.presses(asked, "got_it")
        self.gets(self.hugo, "✅ ben has it.")
        self.assertEqual(self.told(2)[1], ("acknowledged", "the paged-one is down"))
        self.ben.presses(asked, "done")
        self.shows(follows, "ben says that it is done")
        self.sandbox.expect("ben says that it is done", user="@hugo", since=self._began, count=2)
        for message in self.hugo.inbox():
            self.expected(message)
        self.assertEqual(self.told(3)[2], ("resolved", "the paged-one is down"))
        for _, headers, body in self.pager.requests:
            self.assertEqual(headers["webhook-id"], json.loads(body)["id"])

        listed = self.types(self.dana, "/ackd destinations")
        self.assertIn("*pager* · webhook · 127.0.0.1", listed.text)
        self.assertIn("took the last on", listed.text)
        self.dana.presses(listed, "test_destination")
        self.answered(self.dana, "pager is told a test")
        self.gets(self.dana, "✅ pager took the test.")
        self.assertEqual(self.told(4)[3], ("test", "A test from ackd"))


def is_from_ackd(secret, headers, body):
    """As docs/destinations.md says it."""
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        return False
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()
    return any(hmac.compare_digest(wanted, given) for given in headers["webhook-signature"].split(" "))


@unittest.skipUnless(mail_server.exim_program(), "Exim is not installed")
class Mail(Destinations):
    """A test message through a real mail server."""

    def server(self, **options):
        """One that ends with the test."""
        server = mail_server.MailServer(**options)
        self.addCleanup(server.end)
        return server

    def config_of(self, server, more=""):
        """The configuration that names it."""
        return self.write_config(
            f'[mail]\nserver = "127.0.0.1:{server.port}"\nfrom = "ackd@example.com"\nuser = "{mail_server.USER}"\n'
            f'authorities = "{server.certificate}"\n{more}'
        )

    def told(self, name, config, password=mail_server.PASSWORD):
        """What testing this destination says."""
        return self.destinations("test", name, "--config", config, environment={"SMTP_PASSWORD": password})

    def setUp(self):
        super().setUp()
        self.apply(
            "".join(
                f'[[destination]]\nname = "{name}"\nkind = "mail"\naddress = "{name}@example.org"\n'
                for name in ("oncall", "nobody", "later")
            )
        )

    def test_mail_is_encrypted_logged_in_and_read_back(self):
        server = self.server()
        config = self.config_of(server)
        for count in (1, 2):
            status, said, error = self.told("oncall", config)
            self.assertEqual((status, error), (0, ""), server.log())
            self.assertRegex(said, r"^oncall took it \(250, \d+ ms\)\.\n$")
            server.mails(count)
        self.assertEqual(server.log().count("P=esmtpsa"), 2, "encrypted, and with a log-in")
        first, second = server.mails(2)
        self.assertEqual(first["Subject"], "A test from ackd")
        self.assertEqual((first["From"], first["To"]), ("ackd@example.com", "oncall@example.org"))
        self.assertEqual(first["Auto-Submitted"], "auto-generated")
        self.assertRegex(first["Message-ID"], r"^<ackd-\d+-\d+@example\.com>$")
        self.assertNotEqual(first["Message-ID"], second["Message-ID"])
        self.assertEqual(first["References"], second["References"], "one thread")
        self.assertTrue(first.get_content().startswith("Somebody tried whether ackd can tell you something."))

    def test_what_the_server_refuses_is_said(self):
        server = self.server()
        config = self.config_of(server)
        for name, words in (("nobody", "550"), ("later", "451")):
            status, _, error = self.told(name, config)
            self.assertEqual(status, 1)
            self.assertTrue(error.startswith(f"{name} was not told: the mail server answered {words}"), error)
        _, _, error = self.told("oncall", config, password="wrong")
        self.assertIn("535", error)
        _, _, error = self.told("oncall", config, password="")
        self.assertIn("set SMTP_PASSWORD", error)
        _, _, error = self.told("oncall", self.write_config("", "none.toml"))
        self.assertIn("the configuration has no mail server", error)

    def test_a_server_that_cannot_be_trusted_hears_no_password(self):
        server = self.server()
        config = self.write_config(
            self.config_of(server).read_text(encoding="utf-8").replace(f'authorities = "{server.certificate}"\n', "")
        )
        self.assertEqual(
            self.told("oncall", config)[2],
            "oncall was not told: its certificate is none that can be trusted.\n",
        )
        plain = self.server(offers_tls=False)
        self.assertEqual(
            self.told("oncall", self.config_of(plain))[2],
            "oncall was not told: the mail server offers no STARTTLS, which [mail] demands.\n",
        )
        self.assertNotIn("A=plain", server.log() + plain.log())


if __name__ == "__main__":
    unittest.main()
