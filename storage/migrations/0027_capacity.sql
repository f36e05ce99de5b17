-- Who said that they, or their team, have no room left, and what came of it. Instants are microseconds since the Unix
-- epoch, UTC.
CREATE TABLE capacity_signals (
    -- Never given twice: it is what buttons and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team TEXT NOT NULL,             -- '': the person speaks of themselves
    person TEXT NOT NULL,           -- who said so first
    level INTEGER NOT NULL CHECK (level BETWEEN 2 AND 3),       -- 2 near, 3 at
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),       -- 1 said, 2 asked, 3 relieved, 4 over
    reason TEXT NOT NULL,
    began_at_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,      -- from then on nobody is spared because of it
    is_in_force INTEGER NOT NULL CHECK (is_in_force IN (0, 1)),
    is_urgent INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),     -- two of the team said so within two days
    relieved_at_us INTEGER,         -- every function has answered
    ended_at_us INTEGER,            -- nobody is spared any more
    help_asked_at_us INTEGER,       -- when who said so is asked whether it helped; NULL: not, or not any more
    helped INTEGER NOT NULL DEFAULT 0 CHECK (helped BETWEEN 0 AND 3),  -- 1 yes, 2 in part, 3 no
    channel TEXT NOT NULL DEFAULT '',   -- of the message that shows it
    stamp TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER               -- when something happens next; NULL: nothing does
);
CREATE INDEX capacity_signals_in_force ON capacity_signals (team, person) WHERE is_in_force = 1;
CREATE INDEX capacity_signals_due ON capacity_signals (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX capacity_signals_by_team ON capacity_signals (team, began_at_us);

-- Who said it, each once a signal.
CREATE TABLE capacity_voices (
    signal_id INTEGER NOT NULL REFERENCES capacity_signals (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    said_at_us INTEGER NOT NULL,
    PRIMARY KEY (signal_id, person)
) WITHOUT ROWID;

-- What each function was asked, and what it answered.
CREATE TABLE capacity_questions (
    request_id INTEGER PRIMARY KEY,
    signal_id INTEGER NOT NULL REFERENCES capacity_signals (id) ON DELETE CASCADE,
    function TEXT NOT NULL,
    due_at_us INTEGER NOT NULL,     -- by then an answer is expected
    answer INTEGER NOT NULL DEFAULT 0 CHECK (answer BETWEEN 0 AND 4),  -- 1 drop, 2 move, 3 lend, 4 accept
    answered_by TEXT NOT NULL DEFAULT '',
    answered_at_us INTEGER,
    words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX capacity_questions_by_signal ON capacity_questions (signal_id);

-- Asks that wait for somebody to have room again, in the order in which they came.
CREATE TABLE capacity_queue (
    obligation_id INTEGER PRIMARY KEY,
    person TEXT NOT NULL
);
CREATE INDEX capacity_queue_by_person ON capacity_queue (person, obligation_id);
