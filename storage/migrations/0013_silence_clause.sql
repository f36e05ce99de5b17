-- What holds without an answer (bot/delivery/silence_clause.hpp). Instants are microseconds since the Unix epoch, UTC.

-- When silence is the answer: set while the clause runs.
ALTER TABLE requests ADD COLUMN decides_at_us INTEGER;

CREATE TABLE silence_clauses (
    request_id INTEGER PRIMARY KEY REFERENCES requests (id),
    -- 1 goes ahead, 2 does not happen, 3 somebody decides, 4 asked again
    effect INTEGER NOT NULL CHECK (effect BETWEEN 1 AND 4),
    -- Whose decision it becomes; empty unless somebody decides.
    decider TEXT NOT NULL,
    -- 1 nobody was asked yet, 2 running, 3 agreed, 4 by silence, 5 objected to, 6 reversed, 7 called off
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7),
    -- Who objected; empty while nobody has.
    objector TEXT NOT NULL,
    -- Somebody needed longer: once.
    is_longer INTEGER NOT NULL CHECK (is_longer IN (0, 1)),
    decided_at_us INTEGER,
    -- Until when one objection reverses what holds by silence; nothing: no longer, or not yet.
    reversible_until_us INTEGER
) STRICT;
CREATE INDEX silence_clauses_reversible ON silence_clauses (reversible_until_us) WHERE reversible_until_us IS NOT NULL;
