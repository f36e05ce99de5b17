"""The two programs under test as processes: ackd-sandbox, the chat, and ackd, the daemon that lives in it.

Both end when asked, at the end of the test, and at the latest with this process, however that ends.
"""

import atexit
import ctypes
import http.client
import itertools
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

APP_TOKEN = "xapp-sandbox"
BOT_TOKEN = "xoxb-sandbox"

# Slower machines and sanitizer builds wait longer for the same thing; what is waited for stays the same.
PATIENCE = 8.0 if os.environ.get("ACKD_E2E_SCALE") == "quick" else 2.0

_running = set()
_recordings = itertools.count(1)
_libc = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


class ProgramEnded(AssertionError):
    """A program ended, or did not get where it should, before its deadline."""


class ControlRefused(AssertionError):
    """The sandbox's control API said no."""


def program(name):
    """The path of a program of the build under test; of the release build where that one leaves it out."""
    bin_dir = pathlib.Path(os.environ["ACKD_BIN_DIR"])
    path = bin_dir / name
    return str(path if path.exists() else bin_dir.parent.parent / "release" / "bin" / name)


def _end_with_parent():
    """In the child: the kernel ends it when the test process is gone, even if that was killed."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def start_process(command, **options):
    """A process that is ended with this one. Always from the main thread: the kernel watches the starting thread."""
    process = subprocess.Popen(command, preexec_fn=_end_with_parent, start_new_session=True, **options)
    _running.add(process)
    return process


def end_process(process, within=5.0):
    """Asks it to end, then makes it end; returns its exit status."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(within * PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    _running.discard(process)
    return process.returncode


@atexit.register
def end_all():
    """Ends whatever a test has left behind, by its id."""
    for process in list(_running):
        if process.poll() is None:
            process.kill()
            process.wait()
        _running.discard(process)


def free_port():
    """A port that nobody has now, and that the kernel gives to nobody who does not ask for it by name: outside the range
    from which it takes the ports of outgoing connections."""
    for port in random.sample(range(20_000, 30_000), 100):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise AssertionError("no port is free")


class Clock:
    """Simulated time = origin + scale × (wall − origin), the same in every process that is given the two numbers."""

    def __init__(self, scale=1.0, begins=None):
        """`begins`: the simulated Unix time at this moment; nothing: the wall's."""
        self.scale = scale
        wall = time.time()
        if begins is None or scale == 1:
            self.scale, self.origin = (1.0, 0.0)
        else:
            self.origin = (scale * wall - begins) / (scale - 1)

    def now(self):
        """Simulated Unix time."""
        return self.origin + self.scale * (time.time() - self.origin)

    def wall_seconds(self, simulated_seconds):
        """How long that takes here."""
        return simulated_seconds / self.scale

    def options(self):
        """For both programs."""
        if self.scale == 1:
            return []
        return ["--clock-scale", f"{self.scale:g}", "--clock-origin", f"{self.origin:.6f}"]


def _recording():
    """Options for a sandbox that writes down every request of ackd, when ACKD_RECORD_DIR says where."""
    folder = os.environ.get("ACKD_RECORD_DIR")
    if not folder:
        return []
    return ["--record", str(pathlib.Path(folder) / f"{os.getpid()}-{next(_recordings)}.jsonl")]


class Sandbox:
    """A workspace in a process of its own, and its control API."""

    def __init__(self, *options, clock=None, is_ackd=True):
        """`is_ackd`: whether the app that is to live in it is ackd, and not another that is compared with it."""
        self.clock = clock or Clock()
        self.process = start_process(
            [program("ackd-sandbox"), "serve", *self.clock.options(), *(_recording() if is_ackd else []), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            error = self.process.stderr.read()
            self.end()
            raise ProgramEnded(f"ackd-sandbox did not start: {error}")
        address = json.loads(line)
        self.api = address["api"]
        self.port = urllib.parse.urlsplit(self.api).port
        self._local = threading.local()

    def call(self, path, timeout=None, **body):
        """What the control API answers; ControlRefused when it refuses."""
        answer = self.ask(path, timeout, **body)
        if not answer.get("ok"):
            raise ControlRefused(f"/sandbox/{path} {json.dumps(body, ensure_ascii=False)}: {answer.get('error')}")
        return answer

    def ask(self, path, timeout=None, **body):
        """The same, refusals included."""
        data = json.dumps(body).encode()
        for attempt in (1, 2):
            connection = getattr(self._local, "connection", None)
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
                self._local.connection = connection
            try:
                connection.request("POST", f"/sandbox/{path}", data, {"Content-Type": "application/json"})
                return json.loads(connection.getresponse().read())
            except (http.client.HTTPException, ConnectionError):
                # The connection was kept open and has been closed meanwhile: once more, on a new one.
                self._local.connection = None
                if attempt == 2 or self.process.poll() is not None:
                    raise
        return None

    def wait(self, timeout=10.0, **condition):
        """Until every event is confirmed (and `sockets`, `idle_ms`: see the sandbox's README)."""
        return self.call("wait", timeout_ms=int(timeout * PATIENCE * 1000), **condition)

    def expect(self, contains, timeout=10.0, **where):
        """The messages that say so, once there are `count` of them."""
        return self.call("expect", contains=contains, timeout_ms=int(timeout * PATIENCE * 1000), **where)["messages"]

    def faults(self, **faults):
        """Sets what goes wrong from now on; without arguments: nothing."""
        self.call("faults", **faults)

    def time(self, **wanted):
        """Sets the clock (`scale`, `to`, `to_local` with `user`, or `to_next`), and returns once that has begun."""
        return self.call("time", **wanted)["clock"]

    def wait_clock(self, holds, timeout=30.0):
        """Until what the sandbox says of its clock is as wanted; what it says then."""
        deadline = time.monotonic() + timeout * PATIENCE
        clock = self.call("clock")
        while not holds(clock):
            left = deadline - time.monotonic()
            if left <= 0:
                raise ProgramEnded(f"the clock is not as wanted: {clock}")
            clock = self.call("clock", after=clock["revision"], timeout_ms=int(min(left, 20.0) * 1000))
        return clock

    def wait_goal(self, timeout=30.0):
        """Until a fast-forward is at its goal; the clock then."""
        return self.wait_clock(lambda clock: clock["goal"] is None, timeout)

    def now(self):
        """Simulated Unix time, also when the clock was steered."""
        return float(self.call("clock")["now"])

    def stats(self):
        """Everything the sandbox has counted."""
        return self.call("stats")

    def end(self):
        """Ends the process."""
        status = end_process(self.process)
        self.process.stdout.close()
        self.process.stderr.close()
        return status


class Daemon:
    """ackd, started, stopped and killed as often as a test likes over one state directory."""

    def __init__(
        self,
        state_dir,
        api="",
        config=None,
        clock=None,
        log_path=None,
        environment=None,
        options=(),
        follow_clock=False,
        policy=None,
    ):
        """`follow_clock`: its time is the sandbox's, however that is steered; otherwise that of `clock`. `policy`: a file
        that is in force from the first start on."""
        self.state_dir = pathlib.Path(state_dir)
        self.log_path = pathlib.Path(log_path or self.state_dir.with_suffix(".log"))
        self.log_path.touch()
        self.clock = clock or Clock()
        self.config = config
        self.policy = policy
        self.options = ["--follow-clock", *options] if follow_clock else list(options)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "NOTIFY_"))},
            "SLACK_API_URL": api,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            **(environment or {}),
        }
        self.process = None
        self._reader = None
        self._lines = []
        self._changed = threading.Condition()

    def command(self):
        """The command line, which everybody on the machine can read."""
        command = [program("ackd"), "run", "--state-dir", str(self.state_dir)]
        if self.config:
            command += ["--config", str(self.config)]
        return command + self.clock.options() + self.options

    def start(self):
        """Starts it and returns at once."""
        if self.policy and not self.database.exists():
            self.apply_policy(self.policy)
        self.process = start_process(
            self.command(), env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        self._reader = threading.Thread(target=self._read, args=(self.process.stderr,), daemon=True)
        self._reader.start()
        return self

    def apply_policy(self, path):
        """Puts a policy in force, whether it runs or not; what that says."""
        status, said, error = run_ackd(
            "policy", "apply", str(path), "--state-dir", str(self.state_dir), *self.clock.options()
        )
        if status != 0:
            raise ProgramEnded(f"ackd policy apply: {error}")
        return said

    def _read(self, stream):
        with self.log_path.open("a", encoding="utf-8") as log:
            for line in stream:
                log.write(line)
                log.flush()
                with self._changed:
                    self._lines.append(line.rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def wait_log(self, pattern, timeout=10.0, since=0):
        """The first log line, from number `since` on, in which the pattern is found."""
        deadline = time.monotonic() + timeout * PATIENCE
        at = since
        with self._changed:
            while True:
                while at < len(self._lines):
                    if re.search(pattern, self._lines[at]):
                        return self._lines[at]
                    at += 1
                left = deadline - time.monotonic()
                if left <= 0 or not (self._reader.is_alive() or at < len(self._lines)):
                    raise ProgramEnded(f"the log never said {pattern!r}:\n{self.log_text()}")
                self._changed.wait(min(left, 1.0))

    def log_length(self):
        """How many lines the log has: a mark for `wait_log`."""
        with self._changed:
            return len(self._lines)

    def log_text(self):
        """Everything it has said."""
        with self._changed:
            return "\n".join(self._lines)

    def wait_exit(self, timeout=5.0):
        """Its exit status, once it has ended by itself."""
        try:
            status = self.process.wait(timeout * PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise ProgramEnded(f"ackd still runs after {timeout * PATIENCE:.0f} s:\n{self.log_text()}") from error
        self._finish()
        return status

    def signal(self, number):
        """SIGTERM, SIGHUP, …"""
        self.process.send_signal(number)

    def terminate(self, timeout=5.0):
        """Asks it to stop; its exit status."""
        self.signal(signal.SIGTERM)
        return self.wait_exit(timeout)

    def kill(self):
        """As a power cut: no chance to say anything."""
        self.process.kill()
        self.process.wait()
        self._finish()

    def is_running(self):
        """Whether there is a process now."""
        return self.process is not None and self.process.poll() is None

    def _finish(self):
        self._reader.join(5.0)
        self.process.stderr.close()
        _running.discard(self.process)

    def end(self):
        """For the end of a test, whatever state it is in."""
        if self.is_running():
            end_process(self.process)
            self._finish()

    @property
    def database(self):
        """Where its database is."""
        return self.state_dir / "ackd.db"


def run_ackd(*arguments, environment=None, timeout=20.0):
    """ackd as a command that ends by itself: (exit status, standard output, standard error)."""
    result = subprocess.run(
        [program("ackd"), *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=timeout * PATIENCE,
        check=False,
    )
    return result.returncode, result.stdout, result.stderr
