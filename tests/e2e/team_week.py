"""What a small team does in a week: who asks whom for what, and how and when everybody answers. It plays nothing.

The same seed gives the same week. Hours are counted from Monday, 0:00 UTC. Eight people in eight time zones ask each
other around the clock, fewer at the weekend.

**Nothing here depends on when a nudge comes.** Trouble on the line delays what ackd hears, so a nudge may come in one run
and not in another, and that is as it should be. The end of a request must not hang on it; therefore

- who answers does so long before the route would end in a dead letter (POLICY: days, or six hours at `now`), and who does
  not answer never does;
- steps of one request follow each other by an hour at least, which is two of ackd's sweeps, and the players look at the
  card before they go on, as people do;
- Dana and Gita, who stand at the end of the route, are never asked directly; what is handed to Dana falls into her
  working hours.
"""

import dataclasses
import random

HOURS_OF_A_WEEK = 7 * 24
PEOPLE = ("ada", "ben", "chen", "dana", "eli", "fumi", "gita", "hugo")
DEBTORS = ("ada", "ben", "chen", "eli", "fumi", "hugo")
CHANNELS = ("#general", "#platform", "#north", "#south", "#east")
NEW_CHANNELS = CHANNELS[2:]
OWNER = "gita"
BACKUP = "dana"

POLICY = """
[escalation]
dead_letter_owner = "U0GITA"

[priority.now]
ack_within = "20m"
nudges = ["20m", "60m"]
let_go_after = "never"
step_ends = "6h"

[priority.today]
ack_within = "8h"
nudges = ["25%", "50%"]
ask_asker_first = false
let_go_after = "never"
step_ends = "100%+16h"

[[route]]
name = "default"
  [[route.step]]
  people = ["U0DANA"]
"""

# Requests and small talk begun in an hour of a working day, and what share of it at the weekend.
REQUESTS_PER_HOUR = 8.0
TALK_PER_HOUR = 8.0
WEEKEND_SHARE = 0.25

# How often each kind of request is made, and each way of answering chosen.
FATES = {"answered": 12, "envelope": 10, "edited": 3, "deleted": 2, "taken_back": 2, "nudged": 3, "silent": 2,
         "declined": 2, "withdrawn": 2}  # fmt: skip
WAYS = {"button": 4, "check": 4, "eyes": 3, "changed_mind": 2, "reply": 3}
# Below somebody's own message an app may have put a card with buttons, or not: there they answer without.
WAYS_BELOW_A_MESSAGE = {way: share for way, share in WAYS.items() if way != "button"}
BY_ENVELOPE = ("envelope", "edited", "deleted", "taken_back")


@dataclasses.dataclass(frozen=True)
class Step:
    """One thing that somebody does about a request: `deed` is the name of what a player can do."""

    at: float
    person: str
    deed: str
    shows: str = ""     # on the card afterwards; empty: nothing that can be told from before


@dataclasses.dataclass
class Ask:
    """One request, and what comes of it."""

    number: int
    fate: str
    at: float
    asker: str
    debtors: tuple
    channel: str
    steps: list = dataclasses.field(default_factory=list)
    ends_with: str = ""     # on the card, when all is over

    @property
    def token(self):
        """The word by which people know it."""
        return f"week-{self.number:04}-{self.fate.replace('_', '-')}"

    @property
    def by_envelope(self):
        """Whether it is a message of the asker's own with 📨, and not a command."""
        return self.fate in BY_ENVELOPE

    @property
    def words(self):
        """What the asker says."""
        urgency = "!now " if self.fate in ("nudged", "silent") else ""
        return f"{' '.join('@' + debtor for debtor in self.debtors)} {urgency}please look at {self.token}"

    @property
    def edited_words(self):
        """The same, said better."""
        return self.words.replace("look at", "have a look at")


@dataclasses.dataclass(frozen=True)
class Talk:
    """A message that asks nobody for anything."""

    at: float
    person: str
    channel: str
    text: str


class TeamWeek:
    """`asks` and `talk`, each in the order in which they begin."""

    def __init__(self, seed, from_hour, to_hour):
        self.dice = random.Random(seed)
        self.asks = []
        self.talk = []
        for at in self._moments(from_hour, to_hour, REQUESTS_PER_HOUR):
            self.asks.append(self._ask(len(self.asks) + 1, at))
        for at in self._moments(from_hour, to_hour, TALK_PER_HOUR):
            person, channel = self.dice.choice(PEOPLE), self.dice.choice(CHANNELS)
            self.talk.append(Talk(at, person, channel, f"small talk {len(self.talk) + 1}"))

    def _moments(self, from_hour, to_hour, per_hour):
        at = from_hour
        while True:
            at += self.dice.expovariate(per_hour * (1.0 if at < 5 * 24 else WEEKEND_SHARE))
            if at >= to_hour:
                return
            yield at

    def _ask(self, number, at):
        fate = self.dice.choices(list(FATES), list(FATES.values()))[0]
        if fate == "declined" and not (at < 5 * 24 and 9 <= at % 24 < 12):
            fate = "answered"  # Dana would not be at work
        count = 1 if fate in ("nudged", "silent", "declined") else self.dice.randint(1, 3)
        debtors = tuple(self.dice.sample(DEBTORS, count))
        asker = self.dice.choice([person for person in PEOPLE if person not in debtors])
        ask = Ask(number, fate, at, asker, debtors, self.dice.choice(CHANNELS))
        getattr(self, f"_{fate}")(ask)
        return ask

    def _soon(self, after):
        return after + self.dice.uniform(1.0, 1.5)

    # --- what comes of a request ---

    def _answered(self, ask):
        everybody = Answers(ask)
        for person in ask.debtors:
            everybody.give(self, person)
        ask.ends_with = everybody.all_done()

    _envelope = _answered

    def _edited(self, ask):
        """After the first ack, by the author."""
        everybody = Answers(ask)
        everybody.step(self, ask.debtors[0], "eyes", received=ask.debtors[0])
        ask.steps.append(Step(self._soon(everybody.last), ask.asker, "edit", "earlier acks stand for the earlier text"))
        for person in ask.debtors:
            everybody.step(self, person, "check", received=person, done=person)
        ask.ends_with = everybody.all_done()

    def _ended_by_asker(self, ask, deed):
        everybody = Answers(ask)
        for person in ask.debtors[1:]:
            everybody.step(self, person, "check", received=person, done=person)
        ask.ends_with = f"Closed · {len(everybody.received)} of {len(ask.debtors)} received"
        ask.steps.append(Step(self._soon(everybody.last), ask.asker, deed, ask.ends_with))

    def _deleted(self, ask):
        self._ended_by_asker(ask, "delete")

    def _taken_back(self, ask):
        self._ended_by_asker(ask, "envelope_back")

    def _withdrawn(self, ask):
        self._ended_by_asker(ask, "withdraw")

    def _nudged(self, ask):
        ask.ends_with = "✅ 1 of 1 received, 1 integrated"
        ask.steps.append(Step(ask.at + 0.5, ask.debtors[0], "answer_nudge", ask.ends_with))

    def _silent(self, ask):
        ask.ends_with = f"1 person without an answer: with {OWNER} now"

    def _declined(self, ask):
        first = self._soon(ask.at)
        ask.ends_with = "✅ 1 of 1 received, 1 integrated"
        ask.steps += [
            Step(first, ask.debtors[0], "cant", f"Can't: {ask.debtors[0]}"),
            Step(self._soon(first), BACKUP, "answer_nudge", ask.ends_with),
        ]


class Answers:
    """Those asked answer one after the other, so that it is known at every step what the card shows."""

    def __init__(self, ask):
        self.ask = ask
        self.received = set()
        self.done = set()

    @property
    def last(self):
        """When the step before the next one is taken."""
        return self.ask.steps[-1].at if self.ask.steps else self.ask.at

    def step(self, week, person, deed, received=None, done=None, back=None):
        """One more step: who has it, or is done, or no longer has it afterwards."""
        self.received |= {received} - {None}
        self.done |= {done} - {None}
        self.received -= {back}
        self.ask.steps.append(Step(week._soon(self.last), person, deed, self.shown()))

    def shown(self):
        """The card's count."""
        asked = len(self.ask.debtors)
        if len(self.done) == asked:
            return self.all_done()
        return f"✅ {len(self.received)} of {asked} received   ⏳ {len(self.done)} of {asked} integrated"

    def all_done(self):
        """The same in the end."""
        asked = len(self.ask.debtors)
        return f"✅ {asked} of {asked} received, {asked} integrated"

    def give(self, week, person):
        """In one of the ways."""
        ways = WAYS_BELOW_A_MESSAGE if self.ask.by_envelope else WAYS
        way = week.dice.choices(list(ways), list(ways.values()))[0]
        if way == "button":
            self.step(week, person, "got_it", received=person)
            self.step(week, person, "done", done=person)
            return
        if way == "reply":
            self.step(week, person, "reply", received=person)
        if way in ("eyes", "changed_mind"):
            self.step(week, person, "eyes", received=person)
        if way == "changed_mind":
            self.step(week, person, "eyes_back", back=person)
        self.step(week, person, "check", received=person, done=person)
