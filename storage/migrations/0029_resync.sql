-- What comes round (resyncs, retros): how far it has been looked at, and how each occurrence ended. Instants are
-- microseconds since the Unix epoch, UTC; days are counted from 1970-01-01.
CREATE TABLE cadences (
    use INTEGER NOT NULL CHECK (use BETWEEN 1 AND 2),   -- 1 resync, 2 retro
    name TEXT NOT NULL,             -- as the policy calls it
    rule TEXT NOT NULL,             -- by which it was looked at last
    looked_until_us INTEGER NOT NULL,   -- what was due by then has been dealt with
    last_day INTEGER,               -- the latest nominal day that has been dealt with
    paused_from_us INTEGER,
    paused_until_us INTEGER,        -- NULL while paused: until somebody resumes it
    skipped_day INTEGER,            -- the nominal day that is left out
    PRIMARY KEY (use, name)
) WITHOUT ROWID;

CREATE TABLE cadence_occurrences (
    use INTEGER NOT NULL,
    name TEXT NOT NULL,
    nominal_day INTEGER NOT NULL,   -- the one that the rule says, wherever a holiday moves it
    day INTEGER NOT NULL,
    due_at_us INTEGER NOT NULL,
    ended INTEGER NOT NULL CHECK (ended BETWEEN 1 AND 5),   -- 1 ran, 2 ran late, 3 missed, 4 paused, 5 skipped
    ended_at_us INTEGER NOT NULL,
    PRIMARY KEY (use, name, nominal_day)
) WITHOUT ROWID;

-- A round of a resync: from the question to its leads until the next round begins.
CREATE TABLE resync_rounds (
    -- Never given twice: it is what buttons and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resync TEXT NOT NULL,
    nominal_day INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),   -- 1 asking, 2 posted, 3 closed
    asked_at_us INTEGER NOT NULL,
    remind_at_us INTEGER,           -- NULL: that is done
    closes_at_us INTEGER NOT NULL,  -- when what was answered is posted
    channel TEXT NOT NULL DEFAULT '',   -- of the message that shows it
    stamp TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER,              -- when something happens next; NULL: nothing does
    UNIQUE (resync, nominal_day)
);
CREATE INDEX resync_rounds_due ON resync_rounds (due_at_us) WHERE due_at_us IS NOT NULL;

-- What a team said in a round: its newest words, one line for each thing.
CREATE TABLE resync_answers (
    round_id INTEGER NOT NULL REFERENCES resync_rounds (id) ON DELETE CASCADE,
    team TEXT NOT NULL,
    person TEXT NOT NULL,           -- who said it last
    answered_at_us INTEGER NOT NULL,
    priorities TEXT NOT NULL,
    surprises TEXT NOT NULL,
    risks TEXT NOT NULL,
    PRIMARY KEY (round_id, team)
) WITHOUT ROWID;

-- What it waits for another team to do, and what it does for others.
CREATE TABLE resync_dependencies (
    round_id INTEGER NOT NULL,
    team TEXT NOT NULL,
    direction INTEGER NOT NULL CHECK (direction BETWEEN 1 AND 2),   -- 1 waits for the other, 2 does it for the other
    place INTEGER NOT NULL,         -- as they were listed
    other TEXT NOT NULL,
    what TEXT NOT NULL,
    by_day INTEGER,
    PRIMARY KEY (round_id, team, direction, place),
    FOREIGN KEY (round_id, team) REFERENCES resync_answers (round_id, team) ON DELETE CASCADE
) WITHOUT ROWID;

-- Where two teams see things differently, and how that ended.
CREATE TABLE divergences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resync TEXT NOT NULL,
    round_id INTEGER NOT NULL REFERENCES resync_rounds (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),     -- 1 not listed, 2 dates differ, 3 the same work
    team TEXT NOT NULL,
    other TEXT NOT NULL,
    what TEXT NOT NULL,
    other_what TEXT NOT NULL,
    by_day INTEGER,                 -- as `team` says
    other_day INTEGER,              -- as `other` says
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),   -- 1 open, 2 reconciled, 3 accepted, 4 given up, 5 agreed, 6 dropped
    request_id INTEGER NOT NULL,    -- what their leads were asked
    ended_by TEXT NOT NULL DEFAULT '',
    ended_at_us INTEGER,
    words TEXT NOT NULL DEFAULT '',     -- why it may stay different
    channel TEXT NOT NULL DEFAULT '',   -- of the line below the round's message
    stamp TEXT NOT NULL DEFAULT ''
);
CREATE INDEX divergences_by_request ON divergences (request_id);
CREATE INDEX divergences_by_resync ON divergences (resync, state);

-- What took a team by surprise. Not by whom it was said: nobody needs to know.
CREATE TABLE surprises (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team TEXT NOT NULL,
    text TEXT NOT NULL,
    round_id INTEGER,               -- whose form said it; NULL: it was said by itself
    said_at_us INTEGER NOT NULL
);
CREATE INDEX surprises_by_team ON surprises (team, said_at_us);
