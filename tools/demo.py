#!/usr/bin/env python3
"""ackd in a browser, without Slack: what `./dev demo` shows.

    tools/demo.py --bin-dir build

Starts ackd-sandbox (a workspace with eight people, and its page) and ackd (the daemon that lives in it), says where the
page is, and opens it where there is a desktop. Nothing leaves this machine. Ctrl-C ends both and removes everything,
unless --state-dir says where the workspace's ackd is to be kept.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import webbrowser

from demo_team import BEGINS, ROOT, end_by_sigterm_too, let_nothing_interrupt, use_programs, write_policy
from programs import Clock, ControlRefused, Daemon, ProgramEnded, Sandbox, end_all, free_port, program

USUAL_PORT = 4747
SCALE = 60  # a minute for each second


def open_sandbox(options, clock):
    """On the usual port, so that the address stays the same from day to day; on another when that is taken."""
    ports = [options.port] if options.port else [USUAL_PORT, 0]
    for port in ports:
        with contextlib.suppress(ProgramEnded):
            return Sandbox("--port", str(port), "--rate-limits", "off", clock=clock, is_ackd=False)
    raise ProgramEnded(f"port {ports[-1]} is taken; --port chooses another")


def install(sandbox):
    """ackd's own manifest, as one would give it to Slack."""
    manifest = subprocess.run(
        [program("ackd"), "manifest", "--format", "json"], capture_output=True, text=True, check=True
    ).stdout
    sandbox.call("manifest", **json.loads(manifest))


def write_config(folder):
    """A door for pictures of charts, which the sandbox fetches as Slack would."""
    port = free_port()
    path = folder / "ackd.toml"
    path.write_text(
        f'[web]\nlisten = "127.0.0.1:{port}"\nurl = "http://127.0.0.1:{port}"\npictures = true\n', encoding="utf-8"
    )
    return path


def has_desktop():
    """Whether a browser would be seen."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and bool(shutil.which("xdg-open"))


def run(options, folder):
    """Until Ctrl-C."""
    sandbox = open_sandbox(options, Clock(SCALE, BEGINS.timestamp()))
    install(sandbox)
    daemon = Daemon(
        folder / "state", sandbox.api, write_config(folder), policy=write_policy(sandbox, folder), follow_clock=True
    )
    try:
        daemon.start()
        sandbox.wait(sockets=1, timeout=20)
        if not options.alone:
            sandbox.call("teammates", active=True)
        address = f"http://127.0.0.1:{sandbox.port}/"
        print(f"ackd is running: {address}", flush=True)
        print("Open it in a browser. Ctrl-C ends it.", flush=True)
        if has_desktop() and not options.no_browser:
            webbrowser.open(address)
        daemon.process.wait()
        raise ProgramEnded("ackd has ended by itself")
    except (ControlRefused, ProgramEnded) as error:
        print(f"{error}\nThe end of ackd's log:", file=sys.stderr)
        print("\n".join(daemon.log_text().splitlines()[-30:]), file=sys.stderr)
        return 1
    finally:
        let_nothing_interrupt()
        daemon.end()
        sandbox.end()


@contextlib.contextmanager
def state_folder(options):
    """A folder that is gone afterwards, or the one that is to be kept."""
    if options.state_dir:
        options.state_dir.mkdir(parents=True, exist_ok=True)
        yield options.state_dir.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="ackd-demo-", ignore_cleanup_errors=True) as folder:
        yield pathlib.Path(folder)


def main():
    """Exit status 0 after Ctrl-C: that is how it is meant to end."""
    parser = argparse.ArgumentParser(description="ackd in a browser, without Slack, on this machine only.")
    parser.add_argument("--bin-dir", default=str(ROOT / "build"), type=pathlib.Path, help="where ackd and ackd-sandbox are")
    parser.add_argument("--port", type=int, help=f"of the page ({USUAL_PORT}, or any other when that is taken)")
    parser.add_argument("--no-browser", action="store_true", help="do not open one")
    parser.add_argument("--alone", action="store_true", help="the other seven do nothing by themselves")
    parser.add_argument("--state-dir", type=pathlib.Path, help="keep ackd's database there, and go on with it the next time")
    options = parser.parse_args()
    if not use_programs(options.bin_dir):
        return 2

    end_by_sigterm_too()
    try:
        with state_folder(options) as folder:
            return run(options, folder)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 0
    except ProgramEnded as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        let_nothing_interrupt()
        end_all()


if __name__ == "__main__":
    sys.exit(main())
