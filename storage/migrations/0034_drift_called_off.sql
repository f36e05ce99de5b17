-- A drift probe can be called off; and where the messages are that asked, so that they can say so. A state more is a table
-- anew, and what refers to it with it.
CREATE TABLE drift_probes_told (
    -- Never given twice: it is what buttons and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team TEXT NOT NULL,             -- as the policy calls it
    asker TEXT NOT NULL,            -- who owns the answer
    question TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),   -- 1 open, 2 shown, 3 too few answered, 4 called off
    asked_at_us INTEGER NOT NULL,
    closes_at_us INTEGER NOT NULL,
    asked_count INTEGER NOT NULL CHECK (asked_count >= 5),
    channel TEXT NOT NULL DEFAULT '',   -- of the message that shows the outcome
    stamp TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER,              -- when it ends by itself; NULL: it has
    CHECK ((state = 1) = (due_at_us IS NOT NULL))
);
INSERT INTO drift_probes_told SELECT id, team, asker, question, state, asked_at_us, closes_at_us, asked_count, channel, stamp,
        due_at_us FROM drift_probes;
DELETE FROM sqlite_sequence WHERE name = 'drift_probes_told';
INSERT INTO sqlite_sequence (name, seq) SELECT 'drift_probes_told', seq FROM sqlite_sequence WHERE name = 'drift_probes';

-- How it may be seen, and how many see it so. Of one with too few answers, or called off, there are none.
CREATE TABLE drift_views_told (
    probe_id INTEGER NOT NULL REFERENCES drift_probes_told (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 0),  -- of its button; 0: not sure
    text TEXT NOT NULL,
    holds INTEGER NOT NULL CHECK (holds IN (0, 1)),     -- it is what holds: sealed until the end
    count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
    PRIMARY KEY (probe_id, place)
) WITHOUT ROWID;
INSERT INTO drift_views_told SELECT probe_id, place, text, holds, count FROM drift_views;

-- Who was asked, and whether they have answered, while it is open. There is no column for which view, and none for when they
-- answered, and there shall be none (tests/unit/drift.cpp).
CREATE TABLE drift_asked_told (
    probe_id INTEGER NOT NULL REFERENCES drift_probes_told (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    has_answered INTEGER NOT NULL DEFAULT 0 CHECK (has_answered IN (0, 1)),
    channel TEXT NOT NULL DEFAULT '',   -- of the message that asks them; empty: it is on its way
    stamp TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (probe_id, person)
) WITHOUT ROWID;
INSERT INTO drift_asked_told (probe_id, person, has_answered) SELECT probe_id, person, has_answered FROM drift_asked;

DROP TABLE drift_asked;
DROP TABLE drift_views;
DROP TABLE drift_probes;
ALTER TABLE drift_probes_told RENAME TO drift_probes;
ALTER TABLE drift_views_told RENAME TO drift_views;
ALTER TABLE drift_asked_told RENAME TO drift_asked;
CREATE INDEX drift_probes_due ON drift_probes (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX drift_probes_by_team ON drift_probes (team, id);
-- One at a time.
CREATE UNIQUE INDEX drift_probes_open ON drift_probes (team) WHERE state = 1;
