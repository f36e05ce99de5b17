-- Dead letters, looked through once a week: why each was never answered, as somebody says who looked at it. Who said so is
-- not kept. Instants are microseconds since the Unix epoch, UTC.
ALTER TABLE dead_letters ADD COLUMN shown_at_us INTEGER;      -- to whoever looked through them, the first time; NULL: not yet
ALTER TABLE dead_letters ADD COLUMN triage_cause INTEGER;     -- NULL: none yet
ALTER TABLE dead_letters ADD COLUMN triaged_at_us INTEGER;    -- since when it has this one; NULL: none, or not kept

CREATE INDEX dead_letters_without_cause ON dead_letters (created_at_us)
    WHERE triage_cause IS NULL AND answered_at_us IS NULL;
CREATE INDEX dead_letters_with_cause ON dead_letters (triaged_at_us) WHERE triaged_at_us IS NOT NULL;

-- Once a week; the row is what keeps it from happening twice.
CREATE TABLE triage_rounds (
    week INTEGER PRIMARY KEY,       -- its Monday, in days since 1970-01-01
    triager TEXT NOT NULL,          -- '': there was nothing to look through
    sent_id INTEGER NOT NULL,       -- their message; 0: none (yet)
    made_at_us INTEGER NOT NULL
);
CREATE TABLE triage_round_letters (
    week INTEGER NOT NULL,
    place INTEGER NOT NULL,         -- in the message
    obligation_id INTEGER NOT NULL,
    PRIMARY KEY (week, place)
) WITHOUT ROWID;
CREATE INDEX triage_round_letters_by_obligation ON triage_round_letters (obligation_id);

-- What three of a kind have led to, so that it is proposed once.
CREATE TABLE triage_proposals (
    route TEXT NOT NULL,
    cause INTEGER NOT NULL,
    made_at_us INTEGER NOT NULL,
    PRIMARY KEY (route, cause)
) WITHOUT ROWID;
