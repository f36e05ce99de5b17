"""kill -9 of the daemon at random instants, under load, with a chat that misbehaves: nothing lost, nothing doubled.

People ask and answer all the time, each request by a script of its own, while the daemon is killed and started again and
the sandbox drops, delays, doubles and reorders events, cuts connections and loses answers. In the end the trouble stops,
what is open comes to its end, and everything is counted from what people see.

    ACKD_KILLS   how often (200; 40 under sanitizers; 1000 in a soak)
    ACKD_SEED    the seed of the scripts and of the instants
"""

import os
import random
import sqlite3
import threading
import time
import unittest

from harness import PATIENCE, Clock, Person, TestCase, also_over_http, at_utc, everything_from_app
from people import Message

SCALE = {"quick": "40", "soak": "1000"}.get(os.environ.get("ACKD_E2E_SCALE"), "200")
KILLS = int(os.environ.get("ACKD_KILLS") or SCALE)
SEED = int(os.environ.get("ACKD_SEED") or 20260202)
PLAYERS = 24
CHATTER_PER_SECOND = 20
WAIT = 120  # for what must come: the daemon is rarely there for long
CHANNELS = ("#general", "#north", "#south", "#east")
DEBTORS = ("hugo", "ben", "chen", "eli")

# The last nudge of a step comes long after the others, so that an answer that has to be repeated still comes in time: at
# this scale, the three seconds after which the chat gives up on a press are a quarter of an hour.
ROUTE = """
[priority.now]
nudges = ["5m", "10m", "60m"]
step_ends = "65m"

[escalation]
dead_letter_owner = "U0GITA"

[[route]]
name = "default"
  [[route.step]]
  people = ["U0DANA"]
"""

POSTING = ["chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.open", "conversations.history",
           "conversations.replies"]  # fmt: skip
TROUBLE = {
    "seed": SEED,
    "drop_event": 0.05,
    "duplicate_event": 0.08,
    "delay_event": 0.1,
    "delay_event_ms_max": 400,
    "reorder_event": 0.08,
    "cut_connection": 0.004,
    "answer_429": {"probability": 0.03, "methods": POSTING},
    "answer_429_retry_after": 1,
    "answer_5xx": {"probability": 0.03, "methods": POSTING},
    "answer_timeout": {"probability": 0.01, "methods": POSTING},
    "answer_timeout_ms": 400,
    "answer_lost_after_post": {"probability": 0.08, "methods": ["chat.postMessage"]},
}

# What a script comes to, as the card shows it in the end.
DONE, CLOSED, DEAD = "✅", "Closed", "without an answer"


class Request:
    """One ask and its script."""

    def __init__(self, number, fate):
        self.number = number
        self.fate = fate
        self.token = f"kill-{number:05}-{fate}"
        self.channel = CHANNELS[number % len(CHANNELS)]
        self.debtor = DEBTORS[number // len(CHANNELS) % len(DEBTORS)]
        self.since = "0.000000"
        self.asked = False      # somebody has been told that it was asked, or the chat promised to deliver it
        self.played = False     # its script has come to its end
        self.ends_in = None
        self.post = None        # the message that it is about, where there is one besides the card
        self.presses = []       # what people pressed, and what the chat said to it


class Players:
    """People who ask and answer until they are told to stop, each thread one request after the other."""

    # How often each script is played, about.
    FATES = {
        "button": 4, "check": 4, "eyes": 3, "reply": 3, "nudged": 3, "called": 2, "declined": 2, "withdrawn": 2,
        "silent": 2, "envelope": 4, "deleted": 1,
    }  # fmt: skip

    def __init__(self, sandbox, line, seed):
        self.sandbox = sandbox
        self.line = line
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        self.requests = []
        self.stopping = threading.Event()
        self.failures = []
        self.threads = [threading.Thread(target=self._play_on, daemon=True) for _ in range(PLAYERS)]
        self.threads.append(threading.Thread(target=self._chatter, daemon=True))
        self.people = {name: Person(sandbox, name) for name in ("ada", "dana", "gita", *DEBTORS)}
        self.ids = {f"#{channel['name']}": channel["id"] for channel in sandbox.call("workspace")["channels"]}

    def start(self):
        """They begin."""
        for thread in self.threads:
            thread.start()

    def stop(self, timeout):
        """Nothing new is asked; what has begun is played to its end."""
        self.stopping.set()
        deadline = time.monotonic() + timeout
        for thread in self.threads:
            thread.join(max(0.1, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)

    def _next(self):
        with self.lock:
            fate = self.random.choices(list(self.FATES), list(self.FATES.values()))[0]
            request = Request(len(self.requests) + 1, fate)
            self.requests.append(request)
            return request

    def _play_on(self):
        while not self.stopping.is_set():
            request = self._next()
            try:
                request.since = self.sandbox.call("clock")["now"]
                getattr(self, "play_" + request.fate)(request)
            except Exception as error:  # noqa: BLE001  (reported at the end, with the request)
                self.failures.append((request, error))
                if self.sandbox.process.poll() is not None:
                    return

    def _chatter(self):
        number = 0
        while not self.stopping.wait(1 / CHATTER_PER_SECOND):
            number += 1
            self.sandbox.call("post", channel="#platform", user="chen", text=f"small talk {number}")

    # --- what people do, as often as it takes ---

    def attached(self):
        """Until the app can be reached; in between, people see that it does not answer."""
        self.line.wait_until_reachable(self.sandbox, 10)

    def ask(self, request):
        """/ack …, once. Whether it was taken is known only when the app has answered."""
        self.attached()
        answer = self.sandbox.ask(
            "command", channel=request.channel, user="ada", command="/ack", text=f"@{request.debtor} !now {request.token}"
        )
        request.asked = bool(answer.get("ok"))
        return self.card(request)

    def card(self, request):
        """The card, or nothing when the question was never heard."""
        limit = WAIT if request.asked else 5
        found = self.sandbox.ask(
            "expect", channel=request.channel, contains=request.token, since=request.since,
            timeout_ms=int(limit * PATIENCE * 1000),
        )  # fmt: skip
        if not found.get("ok"):
            if request.asked:
                raise AssertionError("no card")
            return None
        return Message(self.ids[request.channel], found["messages"][0])

    def press(self, request, person, message, action_id, choice=None):
        """Until the app has taken it, or the control is gone."""
        body = {"channel": message.channel, "ts": message.ts, "user": person, "action_id": action_id}
        if choice:
            body["selected"] = choice
        for _ in range(40):
            self.attached()
            answer = self.sandbox.ask("press", **body)
            request.presses.append((self.sandbox.clock.now(), person, message.ts, action_id, answer))
            if answer.get("ok") or answer["error"].startswith(("no_such_control", "not_offered")):
                return
        raise AssertionError(f"{person} could not press {action_id}: {answer['error']}")

    def react(self, person, message, emoji):
        """An event: the chat delivers it as often as it takes."""
        self.sandbox.call("react", channel=message.channel, ts=message.ts, user=person, name=emoji)

    def shown(self, message, words, limit=WAIT):
        """Until the message says so."""
        self.sandbox.expect(words, limit, channel=message.channel, ts=message.ts)

    def direct(self, person, request, limit=WAIT):
        """The first direct message about it."""
        found = self.sandbox.expect(request.token, limit, user=person, since=request.since)
        return Message(f"D0{person.upper()}", [seen for seen in found if not seen["ephemeral"]][0])

    def finish(self, request, card, ends_in):
        """The end of the script, as it must be seen then and ever after."""
        self.shown(card, {DONE: "1 integrated", CLOSED: "Closed", DEAD: DEAD}[ends_in])
        request.ends_in = ends_in
        request.played = True

    # --- the scripts ---

    def play_button(self, request):
        """Got it, then Done, with the card's buttons."""
        if not (card := self.ask(request)):
            return
        self.press(request, request.debtor, card, "got_it")
        self.shown(card, "✅ 1 of 1 received")
        self.press(request, request.debtor, card, "done")
        self.finish(request, card, DONE)

    def play_check(self, request):
        """✅ on the card."""
        if card := self.ask(request):
            self.react(request.debtor, card, "white_check_mark")
            self.finish(request, card, DONE)

    def play_eyes(self, request):
        """👀, seen on the card, then ✅."""
        if card := self.ask(request):
            self.react(request.debtor, card, "eyes")
            self.shown(card, "✅ 1 of 1 received")
            self.react(request.debtor, card, "white_check_mark")
            self.finish(request, card, DONE)

    def play_reply(self, request):
        """A reply in the thread, then ✅."""
        if card := self.ask(request):
            self.sandbox.call("post", channel=card.channel, user=request.debtor, text="on it", thread_ts=card.ts)
            self.shown(card, "✅ 1 of 1 received")
            self.react(request.debtor, card, "white_check_mark")
            self.finish(request, card, DONE)

    def play_nudged(self, request):
        """Done, with the button of the first nudge."""
        if card := self.ask(request):
            self.press(request, request.debtor, self.direct(request.debtor, request), "done")
            self.finish(request, card, DONE)

    def play_called(self, request):
        """Nobody answers until the backup is called in, who has it."""
        if card := self.ask(request):
            self.press(request, "dana", self.direct("dana", request), "done")
            self.finish(request, card, DONE)

    def play_declined(self, request):
        """Can't; the backup does it."""
        if card := self.ask(request):
            for _ in range(20):
                now = self.people["ada"].sees(card)
                choices = now.choices("cant")
                if self.has_declined(request) in now.text or not choices:
                    break
                self.press(request, request.debtor, card, "cant", choices["No time for it"])
                where = {"channel": card.channel, "ts": card.ts, "contains": self.has_declined(request)}
                if self.sandbox.ask("expect", timeout_ms=2_000, **where)["ok"]:
                    break
            self.press(request, "dana", self.direct("dana", request), "done")
            self.finish(request, card, DONE)

    def has_declined(self, request):
        """What the card says of it."""
        return f"Can't: {request.debtor}"

    def play_withdrawn(self, request):
        """The asker takes it back."""
        if card := self.ask(request):
            self.press(request, "ada", card, "more", card.choices("more")["Withdraw"])
            self.finish(request, card, CLOSED)

    def play_silent(self, request):
        """Nobody answers at all."""
        if card := self.ask(request):
            self.finish(request, card, DEAD)

    def play_envelope(self, request):
        """📨 on a message of one's own; the one asked marks the message with ✅."""
        post = request.post = self.post(request)
        request.asked = True
        self.react("ada", post, "incoming_envelope")
        card = self.card_below(post, request)
        self.react(request.debtor, post, "white_check_mark")
        self.finish(request, card, DONE)

    def play_deleted(self, request):
        """📨 on a message that is then deleted."""
        post = request.post = self.post(request)
        request.asked = True
        self.react("ada", post, "incoming_envelope")
        card = self.card_below(post, request)
        self.sandbox.call("delete", channel=post.channel, ts=post.ts)
        self.finish(request, card, CLOSED)

    def post(self, request):
        """A message of ada's that mentions somebody."""
        return self.people["ada"].says(f"@{request.debtor} {request.token}", request.channel)

    def card_below(self, post, request):
        """The card in the message's thread."""
        found = self.sandbox.expect(request.token, WAIT, channel=post.channel, since=post.ts)
        return Message(post.channel, found[0])


def story(request, sandbox, database):
    """Everything that people see of a request, and what the daemon's journal says of it."""
    lines = [f"what people see of {request.token}:"]
    for message in everything_from_app(sandbox).values():
        if request.token in message.text or (request.post and message.seen.get("thread_ts") == request.post.ts):
            lines.append(f"  {message!r}")
    lines += ["what was pressed:", *(f"  {press}" for press in request.presses)]
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    lines.append("the journal:")
    for row in connection.execute(
        "SELECT recorded_at_us, actor, obligation_id, fact, detail FROM journal WHERE request_id IN "
        "(SELECT id FROM requests WHERE text LIKE ?) ORDER BY sequence",
        (f"%{request.token}%",),
    ):
        lines.append(f"  {row}")
    poisoned = connection.execute("SELECT * FROM poisoned_inputs").fetchall()
    lines.append(f"poisoned inputs: {poisoned}")
    connection.close()
    return "\n".join(lines)


@also_over_http(kills=KILLS // 10)
class KilledAtRandom(TestCase):
    """The real daemon, the real protocol, the real signal."""

    kills = KILLS

    def test_nothing_is_lost_and_nothing_doubled(self):
        clock = Clock(300, at_utc("2026-02-02 08:00"))
        sandbox = self.start_sandbox("--redeliver-forever", "--redelivery-ms", "200,400,800", clock=clock)
        for name in CHANNELS[1:]:
            sandbox.call("channel", name=name[1:], members=["ada", "dana", *DEBTORS, "ackd"])
        daemon = self.make_daemon(api=sandbox.api, clock=clock, policy=self.write_policy(ROUTE))
        players = Players(sandbox, self.line, SEED)
        dice = random.Random(SEED)
        print(f"       {self.kills} kills, seed {SEED}", flush=True)

        daemon.start()
        self.line.wait_until_open(sandbox)
        sandbox.faults(**TROUBLE)
        players.start()
        began = time.monotonic()
        for _ in range(self.kills):
            if dice.random() < 0.8:
                # Well on its way; else it may be killed while it is still starting.
                self.assertTrue(self.line.wait_until_reachable(sandbox), daemon.log_text())
            time.sleep(dice.uniform(0.0, 0.8) * PATIENCE)  # the random instant: nothing is waited for
            self.assertTrue(daemon.is_running(), f"it ended by itself:\n{daemon.log_text()}")
            daemon.kill()
            daemon.start()
        killing = time.monotonic() - began
        print(f"       the last of them after {killing:.0f} s", flush=True)

        sandbox.faults()
        finished = players.stop(timeout=WAIT * PATIENCE)
        stories = [f"{error}\n{story(request, sandbox, daemon.database)}" for request, error in players.failures]
        self.assertEqual(len(stories), 0, "\n".join(stories))
        self.assertTrue(finished, "scripts hang")
        self.wait_for_every_end(sandbox, players)
        sandbox.wait(unconfirmed=0, idle_ms=1_000, timeout=60)
        self.report(players, sandbox, killing)
        self.count(players, sandbox)
        self.assertEqual(daemon.terminate(), 0)
        self.assert_database_whole(daemon.database)
        self.assert_recorded_as_seen(sandbox, daemon.database)

    def wait_for_every_end(self, sandbox, players):
        """Requests that nobody saw taken may have been taken all the same: those end by themselves."""
        cards = self.cards(players, sandbox)
        for request in players.requests:
            for card in cards.get(request.token, []):
                if not request.played:
                    sandbox.expect(DEAD, 60, channel=card.channel, ts=card.ts)
                    request.ends_in = DEAD

    def cards(self, players, sandbox):
        """The cards by the token of their request."""
        about = {request.post.ts: request.token for request in players.requests if request.post}
        found = {}
        for message in everything_from_app(sandbox).values():
            if message.kind == "ackd_card":
                named = [word for word in message.text.split() if word.startswith("kill-")]
                token = about.get(message.seen.get("thread_ts")) or (named or [repr(message)])[0]
                found.setdefault(token, []).append(message)
        return found

    def report(self, players, sandbox, seconds):
        """The counts, one line."""
        stats = sandbox.stats()
        played = sum(request.played for request in players.requests)
        late = self.answered_too_late(players)
        print(
            f"       killed {self.kills} times in {seconds:.0f} s: {len(players.requests)} requests typed, {played} played to "
            f"their end ({late} answered too late), {stats['events']['created']} events ({stats['events']['redelivered']} redeliveries), "
            f"{stats['messages']['posted']} posts, faults {stats['faults']}",
            flush=True,
        )

    def answered_too_late(self, players):
        """How many requests were given up before anybody's answer got through: with an owner, as it should be."""
        meant = [request for request in players.requests if request.played and request.fate != "silent"]
        return sum(request.ends_in == DEAD for request in meant)

    def count(self, players, sandbox):
        """What people see, held against what they did."""
        everything = everything_from_app(sandbox)
        cards = self.cards(players, sandbox)
        by_token = {request.token: request for request in players.requests}
        self.assertEqual(set(cards) - set(by_token), set(), "cards that nobody asked for")
        direct = {}
        for message in everything.values():
            self.assertNotRegex(message.text, r"<!(channel|here|everyone)")
            if message.kind in ("ackd_nudge", "ackd_escalation", "ackd_dead_letter"):
                for token in {word for word in message.text.split() if word.startswith("kill-")}:
                    direct.setdefault((token, message.channel, message.kind), []).append(message)

        for request in players.requests:
            seen = cards.get(request.token, [])
            self.assertLessEqual(len(seen), 1, f"{request.token} has two cards: {seen}")
            if request.asked:
                self.assertEqual(len(seen), 1, f"{request.token} was lost")
            for card in seen:
                self.assertNotIn("Waiting", card.text, f"{request.token} has no end")
                ends = {DONE: "1 integrated", CLOSED: "Closed", DEAD: DEAD}[request.ends_in]
                self.assertIn(ends, card.text, f"{request.token} ended otherwise")
            letters = direct.get((request.token, "D0GITA", "ackd_dead_letter"), [])
            self.assertEqual(len(letters), 1 if request.ends_in == DEAD else 0, f"{request.token}: dead letters {letters}")

        for (token, channel, kind), messages in direct.items():
            self.assertLessEqual(len(messages), 3, f"{token}: more than three of {kind} in {channel}: {messages}")
            for message in messages:
                self.assertNotIn("is waiting for you", message.text, f"{token} was not stood down: {message!r}")
        ids = [message.post_id for message in everything.values() if message.post_id and message.kind != "ackd_card"]
        self.assertEqual(len(ids), len(set(ids)), "a post was repeated")
        stats = sandbox.stats()
        self.assertEqual(stats["duplicates"], 0)
        self.assertEqual(stats["broadcasts"], 0)
        self.assertEqual(stats["events"]["dropped"], 0)
        self.assertGreater(sum(request.played for request in players.requests), self.kills // 4, "too little was going on")
        self.assertLess(self.answered_too_late(players), len(players.requests) / 10, "hardly anything got through")

    def assert_recorded_as_seen(self, sandbox, database):
        """A message that was sent twice would be seen twice and be known of once."""
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        known = set(connection.execute("SELECT channel, stamp FROM sent_messages"))
        known |= set(connection.execute("SELECT card_channel, card_stamp FROM requests WHERE card_stamp != ''"))
        connection.close()
        seen = {
            message.key
            for message in everything_from_app(sandbox).values()
            if message.kind in ("ackd_card", "ackd_nudge", "ackd_escalation", "ackd_dead_letter")
        }
        self.assertEqual(seen, known)


if __name__ == "__main__":
    unittest.main()
