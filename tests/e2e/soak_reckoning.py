"""After a week: what the app has made of what people did, judged by what people see, and the account as a table."""

import collections
import json
import re

from people import Message, everything_from_app, lines_of
from team_players import KINDS, TALK

# What trouble on the line may delay, and with it decide whether it happens: no part of how a request ends.
MATTERS_OF_TIME = re.compile(r"nudge \d+ to |step \d+ was asked for |no ack from .* yet")
TOKEN = re.compile(r"week-\d+-[a-z-]+[a-z]")


class Reckoning:
    """What was missed and what was handled twice, by kind of deed; what people see twice, in words."""

    def __init__(self, ledger):
        self.happened = collections.Counter(deed.kind for deed in ledger)
        self.missed = collections.Counter()
        self.doubled = collections.Counter()
        self.particulars = []
        self.posts = 0
        self.seen_twice = []

    def note_missed(self, deed):
        """Something happened, and the app does not know."""
        self.missed[deed.kind] += 1
        self.particulars.append(f"missed: {deed}")

    def note_doubled(self, deed, times):
        """It counted more often than it was done."""
        self.doubled[deed.kind] += times
        self.particulars.append(f"{times} times too often: {deed}")


def reckon_tracker(players, handled):
    """Of an app that says itself what it has handled."""
    reckoning = Reckoning(players.ledger)
    for deed in players.ledger:
        times = handled[deed.key]
        if times == 0:
            reckoning.note_missed(deed)
        elif times > deed.tries:
            reckoning.note_doubled(deed, times - deed.tries)
    cards = collections.Counter()
    for message in everything_from_app(players.sandbox).values():
        reckoning.posts += 1
        if not message.is_ephemeral:
            cards.update(tokens_in(message.text))
    reckoning.seen_twice = [f"{count} cards of {token}" for token, count in cards.items() if count > 1]
    return reckoning


class Picture:
    """What people see of ackd's work in the end; ackd is still there to be asked."""

    def __init__(self, players):
        self.players = players
        self.messages = sorted(everything_from_app(players.sandbox).values(), key=lambda message: message.at)
        self.time_lines = {}
        self.cards = collections.defaultdict(list)
        for token, played in players.played.items():
            if played.card is not None:
                self.time_lines[token] = self._time_line(played)
        below = {played.subject.ts: token for token, played in players.played.items() if played.ask.by_envelope}
        for message in self.messages:
            if message.kind == "ackd_card":
                thread = below.get(message.seen.get("thread_ts"))
                for token in [thread] if thread else tokens_in(message.text):
                    self.cards[token].append(message)

    def _time_line(self, played):
        """The facts that ackd tells the asker who wants to know, without their times."""
        number = re.search(r'"r(\d+)[ "]', json.dumps(played.card.seen["blocks"]))[1]
        answer = self.players.type_until_answered(played.ask.asker, "#general", "/ackd", f"trace {number}")
        lines = [line.partition("  ")[2] for line in lines_of(answer["answer"]["blocks"])]
        return [line for line in lines if line]

    def end_states(self):
        """By request: the card as it reads, and every fact but the matters of time."""
        states = {}
        for token, facts in self.time_lines.items():
            card = [re.sub(r" · took .*", "", line) for line in self.cards[token][0].text.split("\n")]
            states[token] = (card, sorted(fact for fact in facts if not MATTERS_OF_TIME.match(fact)))
        return states

    def reckon(self):
        """What people did against what the time lines tell; what is to be seen twice."""
        reckoning = Reckoning(self.players.ledger)
        reckoning.posts = len(self.messages)
        deeds = collections.defaultdict(list)
        for deed in self.players.ledger:
            if deed.fact:
                deeds[deed.token, deed.fact].append(deed)
        for (token, fact), done in deeds.items():
            times = self.time_lines.get(token, []).count(fact)
            for deed in done[times:]:
                reckoning.note_missed(deed)
            if times > len(done):
                reckoning.note_doubled(done[0], times - len(done))
        reckoning.seen_twice = [*self._repeated_posts(), *self._messages_too_many(), *self._answers_too_many()]
        return reckoning

    def _repeated_posts(self):
        posted = [(message.channel, message.kind, message.post_id) for message in self.messages if message.post_id]
        yield from (f"{count} times {post}" for post, count in collections.Counter(posted).items() if count > 1)
        for token in self.time_lines:
            if len(self.cards[token]) != 1:
                yield f"{len(self.cards[token])} cards of {token}: {self.cards[token]}"

    def _messages_too_many(self):
        """About one request to one person: more than the time line tells of."""
        seen = collections.defaultdict(list)
        for message in self.messages:
            if message.kind in ("ackd_nudge", "ackd_escalation", "ackd_dead_letter"):
                for token in tokens_in(message.text):
                    seen[token, message.kind, message.channel].append(message)
        for (token, kind, channel), messages in seen.items():
            person = channel.removeprefix("D0").lower()
            meant = {
                "ackd_nudge": rf"nudge \d+ to {person}",
                "ackd_escalation": r"step \d+ was asked for ",
                "ackd_dead_letter": r"no ack for .*: dead letter",
            }[kind]
            told = sum(bool(re.match(meant, fact)) for fact in self.time_lines.get(token, []))
            if len(messages) > told:
                yield f"{len(messages)} times {kind} to {person} about {token}, {told} times told: {messages}"

    def _answers_too_many(self):
        """More private answers than somebody has done something that is answered."""
        names = {user_id: name for name, user_id in self.players.user_ids.items()}
        private = collections.defaultdict(list)
        for message in self.messages:
            if message.is_ephemeral:
                private[names[message.seen["to"]]].append(message)
        for person, answers in private.items():
            due = self.players.private_answers_due[person]
            if len(answers) > due:
                yield f"{len(answers)} private answers to {person} for {due} deeds: {answers}"


def tokens_in(text):
    """The requests that a text speaks of."""
    return set(TOKEN.findall(text))


def differences(quiet, troubled):
    """Every request that ended otherwise, both ends in full."""
    lines = []
    for token in sorted(quiet.keys() | troubled.keys()):
        if quiet.get(token) != troubled.get(token):
            lines += [f"{token}", f"  without trouble: {quiet.get(token)}", f"  with trouble:    {troubled.get(token)}"]
    return lines


def table(ackd, bolt):
    """Side by side; `bolt`: nothing where there is no node."""
    def cells(reckoning, kinds):
        if reckoning is None:
            return ["skipped", "skipped"]
        return [sum(counts[kind] for kind in kinds) for counts in (reckoning.missed, reckoning.doubled)]

    rows = [["", "happened", "ackd missed", "ackd doubled", "Bolt app missed", "Bolt app doubled"]]
    for title, kinds in [*((kind, [kind]) for kind in KINDS), ("all of these", KINDS)]:
        rows.append([title, sum(ackd.happened[kind] for kind in kinds), *cells(ackd, kinds), *cells(bolt, kinds)])
    rows.append([f"{TALK} (nothing for ackd)", ackd.happened[TALK], "-", "-", *cells(bolt, [TALK])])
    posts = ["-", "skipped"] if bolt is None else ["-", len(bolt.seen_twice)]
    rows.append(["posts that people see twice", "-", "-", len(ackd.seen_twice), *posts])
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for title, *figures in rows:
        aligned = [str(figure).rjust(width) for figure, width in zip(figures, widths[1:])]
        lines.append("  ".join(["      ", title.ljust(widths[0]), *aligned]))
    return "\n".join(lines)
