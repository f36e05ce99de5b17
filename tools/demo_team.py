"""What ./dev demo and ./dev story have in common: when it begins, how ackd is set up there, and how both are ended."""

import datetime
import os
import pathlib
import signal
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

from programs import program  # noqa: E402

# A Monday afternoon in Berlin, morning in New York: most of the eight are at work.
BEGINS = datetime.datetime(2026, 2, 2, 14, 30, tzinfo=datetime.timezone.utc)

POLICY = """\
[roles]
admins = ["{dana}"]

[escalation]
dead_letter_owner = "{dana}"

[[route]]
name = "incident"
about = "Customers cannot work: the shop is down, data is lost"
priority = "now"
playbook = "https://wiki.example.org/incident"
  [[route.step]]
  groups = ["{oncall}"]
  [[route.step]]
  delay = "5m"
  people = ["{dana}"]

[[route]]
name = "reports"
  [[route.step]]
  people = ["{eli}"]

# When platform says that it has no room, Ben answers for engineering, and Dana for product.
[[team]]
name = "platform"
channel = "C0PLATFORM"
members = ["{ada}", "{chen}", "{hugo}"]
leads = ["{ada}"]

# Its retro is begun by hand here: /retro now.
[[retro]]
name = "platform"
team = "platform"
every = "15th of the quarter 14:00"
open_for = "1d"

[[wip]]
team = "platform"
limit = 2

[[capacity]]
team = "platform"
  [[capacity.function]]
  name = "engineering"
  people = ["{ben}"]
  [[capacity.function]]
  name = "product"
  people = ["{dana}"]

[[team]]
name = "mobile"
members = ["{gita}", "{ines}"]
leads = ["{dana}"]

# Every second Monday Ada and Dana say where their teams stand.
[[resync]]
name = "product"
teams = ["platform", "mobile"]
channel = "C0GENERAL"
every = "every second monday 10:00"
zone = "Europe/Berlin"
starts = "2026-02-09"

# Ben and Ada take turns, a week each.
[[rotation]]
name = "platform"
people = ["{ben}", "{ada}"]
zone = "Europe/Berlin"
hand_over = "09:00"
turn = "weekly on monday"
starts = "2026-02-02"

# What nobody answers in #platform is asked of one of them, in turn.
[[channel]]
channel = "C0PLATFORM"
people = ["{ben}", "{chen}"]
"""


def write_policy(sandbox, folder):
    """Two routes of escalation, a rotation, a channel whose questions are looked after, and somebody who may change that; its
    path."""
    listed = sandbox.call("workspace")
    ids = {user["name"]: user["id"] for user in listed["users"]} | {group["handle"]: group["id"] for group in listed["groups"]}
    path = folder / "policy.toml"
    path.write_text(POLICY.format(**{name: ids[name] for name in ("dana", "oncall", "eli", "ben", "chen", "ada", "gita", "hugo", "ines")}), encoding="utf-8")
    return path


def use_programs(bin_dir):
    """Whether ackd and ackd-sandbox are there; says so when they are not."""
    os.environ["ACKD_BIN_DIR"] = str(bin_dir.resolve())
    for name in ("ackd", "ackd-sandbox"):
        if not pathlib.Path(program(name)).is_file():
            print(f"There is no {name} in {bin_dir}. ./dev build makes it.", file=sys.stderr)
            return False
    return True


def end_by_sigterm_too():
    """SIGTERM ends it as Ctrl-C does."""

    def interrupted(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)


def let_nothing_interrupt():
    """Cleaning up is not to be cut short."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
