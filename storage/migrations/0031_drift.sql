-- Drift probes: a question to a few people of a team, and how many saw it how. Instants are microseconds since the Unix
-- epoch, UTC.
CREATE TABLE drift_probes (
    -- Never given twice: it is what buttons and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team TEXT NOT NULL,             -- as the policy calls it
    asker TEXT NOT NULL,            -- who owns the answer
    question TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),   -- 1 open, 2 shown, 3 too few answered
    asked_at_us INTEGER NOT NULL,
    closes_at_us INTEGER NOT NULL,
    asked_count INTEGER NOT NULL CHECK (asked_count >= 5),
    channel TEXT NOT NULL DEFAULT '',   -- of the message that shows the outcome
    stamp TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER,              -- when it ends by itself; NULL: it has
    CHECK ((state = 1) = (due_at_us IS NOT NULL))
);
CREATE INDEX drift_probes_due ON drift_probes (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX drift_probes_by_team ON drift_probes (team, id);
-- One at a time.
CREATE UNIQUE INDEX drift_probes_open ON drift_probes (team) WHERE state = 1;

-- How it may be seen, and how many see it so. Of one with too few answers there are none.
CREATE TABLE drift_views (
    probe_id INTEGER NOT NULL REFERENCES drift_probes (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 0),  -- of its button; 0: not sure
    text TEXT NOT NULL,
    holds INTEGER NOT NULL CHECK (holds IN (0, 1)),     -- it is what holds: sealed until the end
    count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
    PRIMARY KEY (probe_id, place)
) WITHOUT ROWID;

-- Who was asked, and whether they have answered, while it is open. There is no column for which view, and none for when,
-- and there shall be none (tests/unit/drift.cpp).
CREATE TABLE drift_asked (
    probe_id INTEGER NOT NULL REFERENCES drift_probes (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    has_answered INTEGER NOT NULL DEFAULT 0 CHECK (has_answered IN (0, 1)),
    PRIMARY KEY (probe_id, person)
) WITHOUT ROWID;

-- Who was asked lately, by whichever: nobody is twice within a week. Not whether they answered.
CREATE TABLE drift_turns (
    person TEXT PRIMARY KEY,
    asked_at_us INTEGER NOT NULL
) WITHOUT ROWID;
