"""A team that plays its week (team_week.py) in one workspace, whatever app is installed there, and keeps a ledger of
what it did: the measure that what the app has noticed is held against.

When a command or a button fails, people see an error and do it again; before they type a command again they look whether
it has worked after all, as people do.
"""

import collections
import dataclasses
import threading
import time

from people import Message
from programs import PATIENCE, ControlRefused

WAIT = 120.0            # for what must come
LOOK_AGAIN_AFTER = 20.0     # how long somebody looks for a card before typing the command again
TRIES_MAX = 60

BY_COMMAND, BY_ENVELOPE, BUTTON, REACTION, REPLY, BACK, EDIT, DELETION, TALK = (
    "asked with /ack", "asked with 📨", "a button", "✅ or 👀", "a reply in the thread", "a reaction taken back",
    "a message edited", "a message deleted", "said besides",
)  # fmt: skip
KINDS = (BY_COMMAND, BY_ENVELOPE, BUTTON, REACTION, REPLY, BACK, EDIT, DELETION)


@dataclasses.dataclass
class Deed:
    """Something that happened. `key`: as a program that is told of it knows it; `fact`: as ackd's time line tells it."""

    kind: str
    key: str
    token: str = ""
    fact: str = ""
    tries: int = 1


class Played:
    """What became of one request so far."""

    def __init__(self, ask, since):
        self.ask = ask
        self.since = since
        self.subject = None     # the message that people react to: the asker's own, or the card
        self.card = None


class AckdCards:
    """What people find on ackd's cards. They look at the card before they go on."""

    people_look = True
    controls = {"withdraw": ("more", "Withdraw"), "cant": ("cant", "No time for it")}


class PlainCards:
    """The cards of an app that shows nothing but buttons, and posts none below people's own messages."""

    people_look = False
    controls = {}


class Players:
    """Everybody, each request by a thread of its own."""

    def __init__(self, week, sandbox, cards, reachable):
        """`reachable`: when the app is there, as a condition of the sandbox's `wait`."""
        self.week = week
        self.sandbox = sandbox
        self.cards = cards
        self.reachable = reachable
        self.begins = sandbox.clock.now()
        self.ledger = []
        self.played = {}
        self.failures = []
        self.private_answers_due = collections.Counter()    # by person: how many answers that only they see
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        workspace = sandbox.call("workspace")
        self.channel_ids = {"#" + channel["name"]: channel["id"] for channel in workspace["channels"]}
        self.user_ids = {user["name"]: user["id"] for user in workspace["users"]}
        self._threads = [threading.Thread(target=self._begin_asks, daemon=True),
                         threading.Thread(target=self._talk, daemon=True)]  # fmt: skip

    def start(self, monday):
        """They begin. `monday`: its first second, in simulated time."""
        self.begins = monday
        for thread in list(self._threads):    # the first of them adds to it
            thread.start()

    def wait(self, within):
        """Whether all is done within so many seconds."""
        deadline = time.monotonic() + within
        for thread in self._threads:    # it grows meanwhile, until its first has ended
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                return False
        return True

    def stop(self):
        """Whatever is to be done is left."""
        self._stopping.set()

    def _until(self, hour):
        """Waits for that hour of the week: the pace of the script, not a condition. False: everybody goes home."""
        clock = self.sandbox.clock
        return not self._stopping.wait(max(0.0, clock.wall_seconds(self.begins + hour * 3600 - clock.now())))

    def _begin_asks(self):
        for ask in self.week.asks:
            if not self._until(ask.at):
                return
            thread = threading.Thread(target=self._play, args=(ask,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self):
        for talk in self.week.talk:
            if not self._until(talk.at):
                return
            self._say(talk.channel, talk.person, talk.text)

    def _play(self, ask):
        try:
            played = Played(ask, self.sandbox.call("clock")["now"])
            with self._lock:
                self.played[ask.token] = played
            self._ask(played)
            for step in ask.steps:
                if not self._until(step.at):
                    return
                getattr(self, "_" + step.deed)(played, step.person)
                self._look(played, step.shows)
            self._look(played, ask.ends_with)
        except Exception as error:  # noqa: BLE001  (reported at the end, with the request)
            self.failures.append((ask, error))

    # --- looking ---

    def _expect(self, words, **where):
        return self.sandbox.expect(words, WAIT, **where)

    def _look(self, played, words):
        """Until the card says so."""
        if words and self.cards.people_look:
            self._expect(words, channel=played.card.channel, ts=played.card.ts, since=played.since)

    def _find_card(self, played):
        """The card, once it is there."""
        channel = self.channel_ids[played.ask.channel]
        (card,) = self._expect(played.ask.token, channel=channel, since=played.since)[:1]
        played.card = Message(channel, card)
        if not played.ask.by_envelope:
            played.subject = played.card

    # --- doing ---

    def _note(self, played, kind, key, fact, tries=1):
        with self._lock:
            self.ledger.append(Deed(kind, key, played.ask.token, fact, tries))

    def _owe_private_answer(self, person, count=1):
        with self._lock:
            self.private_answers_due[person] += count

    def _say(self, channel, person, text, **more):
        ts = self.sandbox.call("post", channel=channel, user=person, text=text, **more)["ts"]
        if "thread_ts" not in more:
            with self._lock:
                self.ledger.append(Deed(TALK, f"message {self.channel_ids[channel]} {ts}"))
        return ts

    def _wait_until_reachable(self):
        """In between, people see that the app does not answer."""
        self.sandbox.ask("wait", unconfirmed=1_000_000, timeout_ms=int(10_000 * PATIENCE), **self.reachable)

    def type_until_answered(self, person, channel, command, text):
        """A command that changes nothing: typed again for as long as the chat says that the app did not answer."""
        for _ in range(TRIES_MAX):
            self._wait_until_reachable()
            answer = self.sandbox.ask("command", channel=channel, user=person, command=command, text=text)
            if answer.get("ok"):
                return answer
        raise ControlRefused(f"{command} {text}: {answer}")

    def _ask(self, played):
        ask = played.ask
        if not ask.by_envelope:
            self._ask_by_command(played)
            self._find_card(played)
            return
        ts = self._say(ask.channel, ask.asker, ask.words)
        played.since = ts
        played.subject = Message(self.channel_ids[ask.channel], {"ts": ts, "ephemeral": False, "user": ask.asker})
        self._react(played, ask.asker, "incoming_envelope", BY_ENVELOPE, f"{ask.asker} asked")
        if self.cards.people_look:
            self._find_card(played)

    def _ask_by_command(self, played):
        ask = played.ask
        body = {"channel": ask.channel, "user": ask.asker, "command": "/ack", "text": "!send " + ask.words}
        look = {"channel": ask.channel, "contains": ask.token, "since": played.since}
        heard = 0
        for _ in range(TRIES_MAX):
            self._wait_until_reachable()
            answer = self.sandbox.ask("command", **body)
            if answer.get("error") == "dispatch_failed":
                continue
            heard += 1
            if answer.get("ok") or self.sandbox.ask("expect", timeout_ms=int(LOOK_AGAIN_AFTER * 1000), **look).get("ok"):
                self._owe_private_answer(ask.asker, heard)
                self._note(played, BY_COMMAND, f"command {ask.token}", f"{ask.asker} asked", heard)
                return
        raise ControlRefused(f"/ack {ask.words}: {answer}")

    def _press(self, played, person, message, action, fact):
        action_id, choice = self.cards.controls.get(action, (action, None))
        body = {"channel": message.channel, "ts": message.ts, "user": person, "action_id": action_id}
        if choice:
            body["selected"] = message.choices(action_id)[choice]
        heard = 0
        for _ in range(TRIES_MAX):
            self._wait_until_reachable()
            answer = self.sandbox.ask("press", **body)
            if answer.get("error") == "dispatch_failed":
                continue
            # After an error the control may be gone: then it has worked after all.
            if heard and answer.get("error", "").startswith("no_such_control"):
                answer = {"ok": True}
            else:
                heard += 1
            if answer.get("ok"):
                # A nudge shows by itself that it worked; the card does so for everybody, and is answered besides.
                self._owe_private_answer(person, heard if message is played.card else heard - 1)
                key = f"action {self.user_ids[person]} {action_id} {message.channel} {message.ts}"
                self._note(played, BUTTON, key, fact, heard)
                return
        raise ControlRefused(f"{person} presses {action}: {answer}")

    def _react(self, played, person, emoji, kind, fact, remove=False):
        message = played.subject
        self.sandbox.call("react", channel=message.channel, ts=message.ts, user=person, name=emoji, remove=remove)
        event = "reaction_removed" if remove else "reaction_added"
        key = f"{event} {message.channel} {message.ts} {self.user_ids[person]} {emoji}"
        self._note(played, kind, key, fact)

    # --- the deeds of team_week.Step ---

    def _got_it(self, played, person):
        self._press(played, person, played.card, "got_it", f"{person} received it (button)")

    def _done(self, played, person):
        self._press(played, person, played.card, "done", f"{person} integrated it (button)")

    def _cant(self, played, person):
        self._press(played, person, played.card, "cant", f"{person} can't: no time for it")

    def _withdraw(self, played, person):
        self._press(played, person, played.card, "withdraw", f"no longer needed from {played.ask.debtors[0]}")

    def _answer_nudge(self, played, person):
        message = played.card
        if self.cards.people_look:
            found = self._expect(played.ask.token, user=person, since=played.since)
            message = Message(f"D0{person.upper()}", [seen for seen in found if not seen["ephemeral"]][0])
        self._press(played, person, message, "done", f"{person} integrated it (button)")

    def _eyes(self, played, person):
        self._react(played, person, "eyes", REACTION, f"{person} received it (reaction)")

    def _check(self, played, person):
        self._react(played, person, "white_check_mark", REACTION, f"{person} integrated it (reaction)")

    def _eyes_back(self, played, person):
        self._react(played, person, "eyes", BACK, f"{person} took it back", remove=True)

    def _envelope_back(self, played, person):
        gone = f"no longer needed from {played.ask.debtors[0]}"
        self._react(played, person, "incoming_envelope", BACK, gone, remove=True)

    def _reply(self, played, person):
        ts = self._say(played.ask.channel, person, "on it", thread_ts=played.subject.ts)
        self._note(played, REPLY, f"message {played.subject.channel} {ts}", f"{person} received it (reply)")

    def _edit(self, played, person):
        message = played.subject
        self.sandbox.call("edit", channel=message.channel, ts=message.ts, text=played.ask.edited_words)
        self._owe_private_answer(person)
        self._note(played, EDIT, f"edit {message.channel} {message.ts}", f"{person} edited the message")

    def _delete(self, played, person):
        message = played.subject
        self.sandbox.call("delete", channel=message.channel, ts=message.ts)
        self._note(played, DELETION, f"delete {message.channel} {message.ts}", "subject deleted")
