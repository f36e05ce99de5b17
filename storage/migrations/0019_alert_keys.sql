-- Whoever has one of these keys may tell alerts in the name of a source. Instants are microseconds since the Unix epoch,
-- UTC.
CREATE TABLE alert_keys (
    -- Never given twice: it is what the journal and `ackd sources` call the key.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Its name in the policy.
    source TEXT NOT NULL,
    -- SHA-256 of the key, in hex. A key is 32 random bytes: there is nothing to guess that a slow hash would protect.
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    made_at_us INTEGER NOT NULL,
    -- To the minute; null: never.
    used_at_us INTEGER
);
CREATE INDEX alert_keys_by_source ON alert_keys (source);
