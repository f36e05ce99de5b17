-- Circuit breakers: who, or which route, did not answer several escalations in a row. Instants are microseconds since the
-- Unix epoch, UTC.
CREATE TABLE breakers (
    subject TEXT PRIMARY KEY,       -- a person, or "route:" and its name
    misses INTEGER NOT NULL,        -- in a row
    tries_at_us INTEGER             -- passed over until then; NULL: not at all
) WITHOUT ROWID;
