"""The two ways in which the chat reaches the daemon, and how a test runs over both.

What a test says about the chat holds for both ways, so it is written once. `@also_over_http()` on its class makes a second
class of the same tests, in which the chat posts to the daemon.

The signature of a post is good for five minutes of simulated time. At the scale of some tests that is half a second, which
a busy machine may well take; over HTTP they are played more slowly.
"""

import os
import socket
import sys
import threading
import time

from programs import PATIENCE, free_port

SIGNING_SECRET = "s1gned-by-the-sandbox-0f-this-test"


class OverSockets:
    """Socket Mode: the daemon connects to the chat."""

    sandbox_options = ()
    config_text = ""
    environment = {}

    def wait_until_open(self, sandbox, timeout=20.0):
        """Until the chat can tell the daemon something for the first time."""
        sandbox.wait(sockets=1, timeout=timeout)

    def wait_until_reachable(self, sandbox, timeout=30.0):
        """The same again and again, whatever has not been confirmed; whether it is so by then."""
        answer = sandbox.ask("wait", sockets=1, unconfirmed=1_000_000, timeout_ms=int(timeout * PATIENCE * 1000))
        return answer["ok"]


class OverHttp:
    """HTTP mode: the chat posts to the daemon, at an address that stays the same when the daemon starts again."""

    def __init__(self):
        self.address = ("127.0.0.1", free_port())
        listen = "{}:{}".format(*self.address)
        url = f"http://{listen}/slack/events"
        self.sandbox_options = ("--request-url", url, "--signing-secret", SIGNING_SECRET)
        self.config_text = f'\n[slack]\nmode = "http"\n\n[http]\nlisten = "{listen}"\n'
        self.environment = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SIGNING_SECRET}

    def wait_until_open(self, sandbox, timeout=20.0):
        """Until the daemon has answered the chat's challenge."""
        sandbox.wait(verified=True, timeout=timeout)

    def wait_until_reachable(self, _, timeout=30.0):
        """Until somebody listens there; whether it is so by then."""
        deadline = time.monotonic() + timeout * PATIENCE
        pause = threading.Event()  # that nobody sets: so often is looked
        while time.monotonic() < deadline:
            try:
                socket.create_connection(self.address, timeout=1.0).close()
                return True
            except OSError:
                pause.wait(0.02)
        return False


def also_over_http(without=(), in_short=None, **changed):
    """The tests of a class once more, over HTTP. `without`: those that are about sockets; `in_short`: the only ones but in
    a soak; the rest replaces attributes of the class."""

    def decorate(test_class):
        tests = [name for name in dir(test_class) if name.startswith("test_")]
        is_soak = os.environ.get("ACKD_E2E_SCALE") == "soak"
        left_out = [name for name in tests if name in without or not (is_soak or in_short is None or name in in_short)]
        name = test_class.__name__ + "OverHttp"
        members = {"__module__": test_class.__module__, "__doc__": test_class.__doc__, "delivery": OverHttp, **changed}
        variant = type(name, (test_class,), {**members, **dict.fromkeys(left_out)})
        setattr(sys.modules[test_class.__module__], name, variant)
        return test_class

    return decorate
