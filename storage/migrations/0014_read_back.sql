-- Read-back: one or two of those who received a request say it back in a line, and who asked says whether that is it.
-- Instants are microseconds since the Unix epoch, UTC.

CREATE TABLE read_backs (
    request_id INTEGER PRIMARY KEY REFERENCES requests (id),
    -- 1 waits for those who receive it, 2 runs, 3 right, 4 not given, 5 not judged, 6 called off.
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
    -- How many say it back, and when that was asked for: it counts for a week.
    wanted INTEGER NOT NULL CHECK (wanted BETWEEN 1 AND 2),
    wanted_at_us INTEGER NOT NULL,
    -- Since when as many as needed have received it.
    ready_at_us INTEGER,
    -- When somebody is picked; nothing: nobody is to be.
    pick_at_us INTEGER,
    -- When something must happen next.
    due_at_us INTEGER,
    -- Of the turns: judged right; ended without a line or without a judgement; of these, without a judgement; and how
    -- often somebody else was picked because somebody could not.
    right_count INTEGER NOT NULL DEFAULT 0,
    lapsed_count INTEGER NOT NULL DEFAULT 0,
    unjudged_count INTEGER NOT NULL DEFAULT 0,
    passed_count INTEGER NOT NULL DEFAULT 0,
    -- By who asked, when it was not quite it.
    correction TEXT NOT NULL DEFAULT '',
    CHECK ((state = 2) = (due_at_us IS NOT NULL)),
    CHECK (state = 2 OR pick_at_us IS NULL)
);
CREATE INDEX read_backs_due ON read_backs (due_at_us) WHERE due_at_us IS NOT NULL;

-- Who was asked to say it back, or does so without being asked. How it ended is not kept.
CREATE TABLE read_back_turns (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES read_backs (request_id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    obligation_id INTEGER NOT NULL,
    is_volunteer INTEGER NOT NULL CHECK (is_volunteer IN (0, 1)),
    -- 1 asked, 2 given, 3 over.
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
    asked_at_us INTEGER NOT NULL,
    until_us INTEGER,
    CHECK ((state = 3) = (until_us IS NULL))
);
CREATE INDEX read_back_turns_of_request ON read_back_turns (request_id);
CREATE INDEX read_back_turns_of_person ON read_back_turns (person);
CREATE INDEX read_back_turns_given ON read_back_turns (request_id) WHERE state = 2;
CREATE INDEX read_back_turns_over ON read_back_turns (asked_at_us) WHERE state = 3;

-- What somebody said, until it is judged. A table of its own, so that its few short rows lie in one page, which is
-- overwritten when they go (secure_delete), and never in the copies that a growing table leaves in pages that were split.
CREATE TABLE read_back_words (
    turn_id INTEGER PRIMARY KEY REFERENCES read_back_turns (id) ON DELETE CASCADE,
    words TEXT NOT NULL CHECK (words != '')
);
