#!/usr/bin/env python3
"""The main job of ackd on the sandbox's built-in workspace, in simulated time: what `./dev story` shows.

    tools/story.py --bin-dir build

Starts ackd-sandbox (the chat) and ackd (the daemon), plays a few people of the workspace, and tells what they do and see:
one request acknowledged, one nudged and then acknowledged, one declined, one escalated and stood down, one that nobody
answers. Nothing leaves this machine. Ctrl-C ends it at any moment.
"""

import argparse
import datetime
import os
import pathlib
import re
import shutil
import sys
import tempfile
import textwrap
import time

from demo_team import BEGINS, ROOT, end_by_sigterm_too, let_nothing_interrupt, use_programs, write_policy
from people import Message, Person, controls_of
from programs import Clock, ControlRefused, Daemon, ProgramEnded, Sandbox, end_all

SCALE = 120  # two simulated minutes a second
WIDTH = 96
MARGIN = " " * 6


class Paper:
    """The terminal: a little colour where it is one, and never a line that is too long."""

    def __init__(self, stream):
        self.stream = stream
        self.colours = stream.isatty() and not os.environ.get("NO_COLOR")

    def ink(self, code, text):
        """The text in a colour or weight, where there is such a thing."""
        return f"\033[{code}m{text}\033[0m" if self.colours else text

    def bold(self, text):
        """Strong."""
        return self.ink("1", text)

    def faint(self, text):
        """What need not be read."""
        return self.ink("2", text)

    def say(self, text=""):
        """A line of the narration."""
        print(text, file=self.stream, flush=True)

    def tell(self, text):
        """A paragraph of the narration."""
        for line in textwrap.wrap(text, WIDTH - 2):
            self.say(f"  {line}")

    def title(self, text):
        """The beginning of something new."""
        self.say()
        self.say(f"{self.ink('1;36', text)} {self.faint('─' * (WIDTH - len(text) - 1))}")


class Workspace:
    """The people and places behind the ids in messages."""

    def __init__(self, sandbox):
        listed = sandbox.call("workspace")
        self.people = {user["id"]: user for user in listed["users"]}
        self.groups = {group["id"]: group["handle"] for group in listed["groups"]}
        self.channels = {channel["id"]: channel["name"] for channel in listed["channels"]}

    def id_of(self, handle):
        """The id of a person or group."""
        for ids in ({key: user["name"] for key, user in self.people.items()}, self.groups):
            for key, name in ids.items():
                if name == handle:
                    return key
        raise LookupError(handle)

    def zone_of(self, handle):
        """(time zone, its city)."""
        zone = self.people[self.id_of(handle)]["tz"]
        return zone, zone.rpartition("/")[2].replace("_", " ")


class Demo:
    """The story, from the first question to the last time line."""

    def __init__(self, paper, sandbox, clock):
        self.paper = paper
        self.sandbox = sandbox
        self.clock = clock
        self.workspace = Workspace(sandbox)
        self.people = {
            name: Person(sandbox, name, self.workspace.zone_of(name)[0])
            for name in ("ada", "ben", "chen", "dana", "eli", "fumi", "hugo")
        }
        self.requests = []

    # --- telling ---

    def wall(self, handle, at=None):
        """The time on somebody's wall: "Mon 14:30 in Berlin"."""
        local = self.people[handle].local(at or self.clock.now())
        return f"{local:%a %H:%M} in {self.workspace.zone_of(handle)[1]}"

    def event(self, handle, what, at=None):
        """Somebody does something, or something reaches them."""
        when = f"{self.wall(handle, at):<26}"
        self.paper.say(f"  {self.paper.faint(when)}{self.paper.bold(handle)} {what}")

    def plain(self, markup, reader):
        """Slack's markup as that person's screen shows it."""
        person = self.people[reader]

        def date(match):
            return f"{person.local(int(match[1])):%a %H:%M}"

        text = re.sub(r"<!date\^(\d+)\^[^>]*>", date, markup)
        text = re.sub(r"<@(U\w+)>", lambda match: "@" + self.workspace.people[match[1]]["name"], text)
        text = re.sub(r"<!subteam\^(\w+)[^>]*>", lambda match: "@" + self.workspace.groups[match[1]], text)
        text = re.sub(r"<#(\w+)[^>]*>", lambda match: "#" + self.workspace.channels.get(match[1], match[1]), text)
        text = re.sub(r"<https?://[^|>]*\|([^>]*)>", lambda match: self.paper.ink("4", match[1]), text)
        text = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", lambda match: self.paper.bold(match[1]), text)
        text = re.sub(r"`([^`\n]+)`", lambda match: self.paper.ink("36", match[1]), text)
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def show(self, message, reader, where):
        """A message in a frame, with its buttons, as one person sees it."""
        edge = self.paper.faint("│")
        self.paper.say(f"{MARGIN}{self.paper.faint('┌ ' + where + ' ')}{self.paper.faint('─' * (60 - len(where)))}")
        for line in message.text.split("\n"):
            quoted = line.startswith("> ")
            text = self.plain(line[2:] if quoted else line, reader)
            for piece in textwrap.wrap(text, WIDTH - 14) or [""]:
                self.paper.say(f"{MARGIN}{edge} {self.paper.faint('▏ ') if quoted else ''}{piece}")
        buttons = [self.button(element) for element in controls_of(message.seen.get("blocks") or [])]
        if buttons:
            self.paper.say(f"{MARGIN}{edge} {' '.join(buttons)}")
        self.paper.say(f"{MARGIN}{self.paper.faint('└' + '─' * 62)}")

    def button(self, element):
        """[Got it], [Can't ▾] or ⋯."""
        if element["type"] == "overflow":
            return "⋯"
        label = (element.get("text") or element.get("placeholder"))["text"]
        choice = "" if element["type"] == "button" else " ▾"
        colour = "1;32" if element.get("style") == "primary" else "0"
        return self.paper.ink(colour, f"[{label}{choice}]")

    def pause(self, seconds=1.0):
        """Time to read."""
        time.sleep(seconds)

    # --- doing ---

    def ask(self, asker, line, words, title):
        """A request typed into #general; its card."""
        self.event(asker, f"types in #general: {self.paper.ink('36', line)}")
        answer = self.people[asker].types(line)
        number = int(re.search(r"Asked as #(\d+)", answer.text)[1])
        self.requests.append((number, title))
        (seen,) = self.sandbox.expect(words, channel="#general", since=f"{float(answer.ts) - 60:.6f}")
        return Message("C0GENERAL", seen)

    def now(self, message, words, timeout=60):
        """The message once it says so."""
        return Message(message.channel, self.sandbox.expect(words, timeout, channel=message.channel, ts=message.ts)[0])

    def direct(self, handle, words, count=1, timeout=80):
        """The direct message to somebody that says so, the last of as many."""
        person = self.people[handle]
        found = self.sandbox.expect(words, timeout, user=handle, count=count)
        return [message for message in person.inbox() if message.ts == found[count - 1]["ts"]][0]

    # --- the five ---

    def acknowledged(self):
        """One request and its answer."""
        self.paper.title("1  Asked, and acknowledged")
        card = self.ask("ada", "/ack @ben please read the release plan before we ship", "release plan", "acknowledged")
        self.show(self.now(card, "To: ben"), "ada", "#general, for everybody")
        self.pause(2)
        self.event("ben", "presses [Got it], and a little later [Done]")
        self.people["ben"].presses(card, "got_it")
        self.now(card, "1 of 1 received")
        self.pause(1)
        self.people["ben"].presses(card, "done")
        self.show(self.now(card, "1 integrated"), "ada", "#general: the same message, in place")
        self.pause(1.5)

    def ask_hugo(self):
        """One request that lies for a while."""
        self.paper.title("2  Asked, and forgotten for now")
        self.ask("ada", "/ack @hugo please sign off the new icons", "new icons", "nudged, then acknowledged")
        self.paper.tell("Hugo has two hours of his own working time. We come back to him.")
        self.pause(2)

    def hugo_is_nudged(self):
        """The nudge, when three quarters of two working hours are over."""
        self.paper.title("2  Back to Hugo: nudged, and then acknowledged")
        nudge = self.direct("hugo", "new icons")
        self.event("hugo", "gets a direct message: three quarters of his two hours are over", nudge.at)
        self.show(nudge, "hugo", "ackd to hugo, in private")
        self.pause(2)
        self.event("hugo", "chooses [Got it, by … ▾] tomorrow")
        self.people["hugo"].presses(nudge, "got_it_by", "tomorrow")
        self.show(self.now(nudge, "You have it"), "hugo", "the same message, in place")
        self.pause(1.5)

    def declined(self):
        """To say no is an answer, too."""
        self.paper.title("3  Declined")
        card = self.ask("ada", "/ack @dana can you join the incident review at four", "incident review", "declined")
        self.pause(1)
        self.event("dana", "chooses [Can't ▾] Blocked by something else")
        self.people["dana"].presses(card, "cant", "Blocked by something else")
        told = self.direct("ada", "dana can't")
        self.event("ada", "is told at once, instead of waiting for nothing", told.at)
        self.show(told, "ada", "ackd to ada, in private")
        self.pause(2)

    def escalated(self):
        """Nobody there: the next step of the route, then everybody is stood down."""
        self.paper.title("4  Escalated, and stood down")
        card = self.ask(
            "ada", "/ack @chen !now !route=incident the checkout is down, please look", "checkout is down", "escalated"
        )
        self.paper.tell(f"It is {self.wall('chen')}; Chen sleeps. At priority \"now\" that is no reason to wait:")
        for number in (1, 2, 3):
            nudge = self.direct("chen", "checkout is down", number)
            self.event("chen", f"is nudged for the {('first', 'second', 'third')[number - 1]} time", nudge.at)
        call = self.direct("ben", "checkout is down")
        other = self.direct("eli", "checkout is down")
        self.event("ben", "and eli, who are on call, are asked: the next step of the route", call.at)
        self.show(call, "ben", "ackd to ben, in private")
        self.pause(1.5)
        self.event("ben", "presses [I have it]")
        self.people["ben"].presses(call, "got_it")
        self.event("eli", "need not get up: the message that woke him says so now")
        self.show(self.now(other, "ben has it now"), "eli", "ackd to eli: the same message, in place")
        self.now(card, "1 of 1 received")
        self.people["ben"].presses(call, "done")
        self.now(card, "1 integrated")
        self.pause(1.5)

    def dead_letter(self):
        """Nobody at all: it ends with an owner, never in silence."""
        self.paper.title("5  Nobody answers: a dead letter, with an owner")
        card = self.ask(
            "ada", "/ack @fumi !now !route=reports the numbers look wrong, who knows why", "numbers look wrong", "dead letter"
        )
        first = self.direct("fumi", "numbers look wrong")
        self.event("fumi", "is nudged, and again, and a third time", first.at)
        called = self.direct("eli", "numbers look wrong")
        self.event("eli", "the only step of this route, is asked three times as well", called.at)
        letter = self.direct("dana", "numbers look wrong")
        self.event("dana", "owns what nobody answers, and gets it with its history", letter.at)
        self.show(letter, "dana", "ackd to dana, in private")
        self.show(self.now(card, "without an answer"), "ada", "#general: the card")
        self.pause(2)

    def time_lines(self):
        """How each of them got there, in the asker's own words and time."""
        self.paper.title("How did we get here?")
        self.paper.tell("The asker (or anybody who was asked) types /ackd trace and the number:")
        for number, title in sorted(self.requests):
            answer = self.people["ada"].types(f"/ackd trace {number}")
            self.paper.say()
            self.paper.say(f"  {self.paper.ink('36', f'/ackd trace {number}')}   {self.paper.bold(title)}")
            for line in answer.text.split("\n")[1:]:
                quoted = line.startswith("> ")
                text = self.plain(line[2:] if quoted else line, "ada")
                self.paper.say(f"{MARGIN}{self.paper.faint('▏ ') if quoted else ''}{text}")
            self.pause(0.8)

    def play(self):
        """All of it."""
        self.acknowledged()
        self.ask_hugo()
        self.declined()
        self.escalated()
        self.dead_letter()
        self.hugo_is_nudged()
        self.time_lines()


def introduce(paper, clock):
    """What this is, before it begins."""
    local = datetime.datetime.fromtimestamp(clock.now(), datetime.timezone.utc)
    paper.say(paper.bold("ackd: messages that matter are acknowledged, resent, escalated or dead-lettered"))
    paper.say()
    paper.tell(
        f"A workspace in a box on this machine, with people in eight time zones. Its clock runs {SCALE} times as fast as "
        f"yours: it is {local:%A}, {local:%H:%M} in London, and will be evening in Berlin in a minute and a half. "
        "Ctrl-C ends it."
    )


def run(paper, folder):
    """Starts both programs, tells the story, ends them."""
    clock = Clock(SCALE, BEGINS.timestamp())
    began = time.monotonic()
    sandbox = Sandbox(clock=clock)
    daemon = Daemon(folder / "state", sandbox.api, clock=clock, policy=write_policy(sandbox, folder))
    try:
        daemon.start()
        sandbox.wait(sockets=1, timeout=20)
        introduce(paper, clock)
        Demo(paper, sandbox, clock).play()
    except (ControlRefused, ProgramEnded) as error:
        paper.say(f"\nThe story did not get further: {error}\nThe end of ackd's log:\n")
        paper.say("\n".join(daemon.log_text().splitlines()[-30:]))
        return 1
    finally:
        let_nothing_interrupt()
        daemon.end()
        sandbox.end()
    paper.say()
    paper.tell(
        f"That was the main job: five requests, and none of them forgotten, in {time.monotonic() - began:.0f} seconds. "
        "README.md says how to connect ackd to a real workspace."
    )
    return 0


def main():
    """Exit status 130 when it was interrupted, as for any program."""
    parser = argparse.ArgumentParser(description="The main job of ackd, in simulated time, on this machine only.")
    parser.add_argument("--bin-dir", default=str(ROOT / "build"), type=pathlib.Path, help="where ackd and ackd-sandbox are")
    options = parser.parse_args()
    if not use_programs(options.bin_dir):
        return 2

    end_by_sigterm_too()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ackd-story-"))
    try:
        return run(Paper(sys.stdout), folder)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = None
        return 141
    finally:
        let_nothing_interrupt()
        end_all()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
