-- How often people are interrupted, and what waits for their next digest instead.

-- What somebody has spent of a day's budget. `day` is their own, in days since the Unix epoch; of earlier ones nothing
-- is kept.
CREATE TABLE interruptions (
    person TEXT PRIMARY KEY,
    day INTEGER NOT NULL,
    spent INTEGER NOT NULL CHECK (spent > 0)
) WITHOUT ROWID;

-- How somebody wishes to be told; who is not here, as usual.
CREATE TABLE preferences (
    person TEXT PRIMARY KEY,
    telling INTEGER NOT NULL CHECK (telling BETWEEN 2 AND 4)
) WITHOUT ROWID;

-- When somebody's next digest is due, and the last one: their open items, brought up to date in place.
CREATE TABLE digests (
    person TEXT PRIMARY KEY,
    due_at_us INTEGER,
    made_at_us INTEGER NOT NULL DEFAULT 0,
    sent_id INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX digests_due ON digests (due_at_us, person) WHERE due_at_us IS NOT NULL;

-- What a digest tells besides obligations, as a JSON list of notices: it stays when the list of open items has moved on.
ALTER TABLE sent_messages ADD COLUMN news TEXT NOT NULL DEFAULT '[]';

-- What it will speak of: an attempt at an obligation (see outbox_items), or, with obligation 0, a notice.
CREATE TABLE digest_entries (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    obligation_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    notice TEXT NOT NULL,
    added_at_us INTEGER NOT NULL
);
CREATE INDEX digest_entries_by_person ON digest_entries (person, id);
-- The newest attempt takes the place of the one before.
CREATE UNIQUE INDEX digest_entries_once ON digest_entries (person, obligation_id) WHERE obligation_id != 0;
