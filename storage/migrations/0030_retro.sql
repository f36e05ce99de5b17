-- Retros: rounds, what is asked in them, what was said, what it was grouped into, and what follows. Instants are
-- microseconds since the Unix epoch, UTC; days are days since then.
CREATE TABLE retro_rounds (
    -- Never given twice: it is what buttons and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    retro TEXT NOT NULL,            -- as the policy calls it
    team TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),    -- of this retro
    nominal_day INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),  -- 1 open, 2 grouping, 3 voting, 4 deciding, 5 over
    is_anonymous INTEGER NOT NULL CHECK (is_anonymous IN (0, 1)),
    dots INTEGER NOT NULL CHECK (dots >= 1),
    facilitator TEXT NOT NULL,      -- '': nobody's turn
    opened_at_us INTEGER NOT NULL,
    facts_since_us INTEGER NOT NULL,    -- what ackd itself knows is of the time since then
    dead_letters INTEGER,           -- NULL: a team of fewer than five people is told no figure
    declined INTEGER,
    unanswered_capacity INTEGER NOT NULL,
    remind_at_us INTEGER,           -- everybody, once; NULL: done, or not at all
    closes_at_us INTEGER NOT NULL,  -- of the window for answers
    was_moved INTEGER NOT NULL DEFAULT 0 CHECK (was_moved IN (0, 1)),   -- later, once, for an outage
    look_at_us INTEGER,             -- whether the facilitator is still there
    left_alone_until_us INTEGER,    -- when it ends by itself
    ended_at_us INTEGER,
    ended INTEGER NOT NULL DEFAULT 0 CHECK (ended BETWEEN 0 AND 4),
    channel TEXT NOT NULL DEFAULT '',   -- of the message that shows it
    stamp TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER,              -- when something happens next; NULL: nothing does
    UNIQUE (retro, number),
    CHECK ((state = 5) = (ended_at_us IS NOT NULL))
);
CREATE INDEX retro_rounds_due ON retro_rounds (due_at_us) WHERE due_at_us IS NOT NULL;
-- One at a time.
CREATE UNIQUE INDEX retro_rounds_live ON retro_rounds (retro) WHERE state != 5;

-- What is asked in a round. That it was asked decides what comes up next.
CREATE TABLE retro_questions (
    round_id INTEGER NOT NULL REFERENCES retro_rounds (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 1),
    question TEXT NOT NULL,
    PRIMARY KEY (round_id, place)
) WITHOUT ROWID;

-- Answers and notes without a name, until their window closes. There is no column for who, and none for when, and there
-- shall be none (tests/unit/retro_anonymity.cpp): the key is random, a row stands for one answer to one question, and
-- the whole table is written anew, in the order of its keys, whenever a row comes in (bot/retro/retro_table_answers.cpp).
CREATE TABLE retro_sealed (
    key TEXT PRIMARY KEY,           -- 128 random bits
    retro TEXT NOT NULL,
    team TEXT NOT NULL,             -- whose: a note is for its people alone, whatever team the retro has later
    round_id INTEGER NOT NULL,      -- 0: a note for the next round
    question INTEGER NOT NULL,      -- its place; 0: a note
    text TEXT NOT NULL
) WITHOUT ROWID;

-- The same of retros with names.
CREATE TABLE retro_signed (
    key TEXT PRIMARY KEY,
    retro TEXT NOT NULL,
    team TEXT NOT NULL,
    round_id INTEGER NOT NULL,
    question INTEGER NOT NULL,
    person TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;

-- What was said, as everybody sees it from the close on, numbered in the order of the keys it had.
CREATE TABLE retro_entries (
    round_id INTEGER NOT NULL REFERENCES retro_rounds (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    question INTEGER NOT NULL,
    text TEXT NOT NULL,
    person TEXT NOT NULL DEFAULT '',    -- of a retro with names
    theme INTEGER NOT NULL DEFAULT 0,   -- its place; 0: none
    PRIMARY KEY (round_id, number)
) WITHOUT ROWID;

CREATE TABLE retro_themes (
    round_id INTEGER NOT NULL REFERENCES retro_rounds (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 1),
    title TEXT NOT NULL,
    dots INTEGER NOT NULL DEFAULT 0,    -- known when voting is closed
    PRIMARY KEY (round_id, place)
) WITHOUT ROWID;

-- Who gives a dot to which theme, until voting is closed: then there are totals, and this is gone.
CREATE TABLE retro_votes (
    round_id INTEGER NOT NULL REFERENCES retro_rounds (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    theme INTEGER NOT NULL,
    PRIMARY KEY (round_id, person, theme)
) WITHOUT ROWID;

-- What is done about it: an ask like every other one.
CREATE TABLE retro_actions (
    request_id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES retro_rounds (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE INDEX retro_actions_by_round ON retro_actions (round_id);
