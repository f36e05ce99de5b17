-- When people work, and when they are away. Instants are microseconds since the Unix epoch, UTC.

-- Hours that somebody chose for themselves, as bot/people/work_week.hpp writes them.
CREATE TABLE personal_hours (person TEXT PRIMARY KEY, hours TEXT NOT NULL) WITHOUT ROWID;

-- The chat's do-not-disturb, present or next, as it last told us; it ends by itself.
CREATE TABLE do_not_disturb (
    person TEXT PRIMARY KEY,
    from_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    CHECK (from_us < until_us)
) WITHOUT ROWID;

-- Out of office, from one instant up to another.
CREATE TABLE absences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    from_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    delegate TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    -- 1 planned, 2 begun, 3 over
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    -- When it begins or ends; what is over waits for nothing.
    turns_at_us INTEGER,
    CHECK (from_us < until_us),
    CHECK ((state = 3) = (turns_at_us IS NULL))
);
CREATE INDEX absences_by_person ON absences (person, until_us);
CREATE INDEX absences_turning ON absences (turns_at_us) WHERE turns_at_us IS NOT NULL;

-- What a delegate owes in somebody's name: goes back at the end, where it is still unanswered.
CREATE TABLE hand_overs (
    absence_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    PRIMARY KEY (absence_id, obligation_id)
) WITHOUT ROWID;
CREATE INDEX hand_overs_by_obligation ON hand_overs (obligation_id);
