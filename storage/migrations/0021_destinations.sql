-- Destinations: how each took what it was told last, and what was given up. Instants are microseconds since the Unix
-- epoch, UTC.
CREATE TABLE destination_states (
    name TEXT PRIMARY KEY,
    told_at_us INTEGER,             -- the last that it took; NULL: none yet
    failing_since_us INTEGER,       -- since when it takes nothing; NULL: it took the last
    reason TEXT NOT NULL DEFAULT '',  -- why not
    beat_at_us INTEGER,             -- of a heartbeat: when the next one is due
    is_owner_told INTEGER NOT NULL DEFAULT 0 CHECK (is_owner_told IN (0, 1))  -- that it takes nothing
) WITHOUT ROWID;

-- What no attempt could deliver: kept, so that somebody can send it again.
CREATE TABLE undelivered (
    -- Never given twice: it is what `ackd destinations redeliver` and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    destination TEXT NOT NULL,
    payload TEXT NOT NULL,          -- as in the outbox
    request_id INTEGER NOT NULL,    -- 0: about none
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    created_at_us INTEGER NOT NULL,
    given_up_at_us INTEGER NOT NULL
);
CREATE INDEX undelivered_by_destination ON undelivered (destination, id);
