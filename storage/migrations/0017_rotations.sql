-- Rotations: shifts are computed from the policy; what is kept is what people agreed besides, and what they were told.
-- Rotations are known by their names in the policy. Instants are microseconds since the Unix epoch, UTC.

-- For a while somebody else is on.
CREATE TABLE shift_overrides (
    -- Never given twice: it is behind buttons that people have in front of them. The newest holds.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rotation TEXT NOT NULL,
    from_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    person TEXT NOT NULL,
    -- Whose turn it would be; empty: whoever it would be.
    instead_of TEXT NOT NULL DEFAULT '',
    -- 1 taken, 2 swapped, 3 imported from a file
    source INTEGER NOT NULL CHECK (source BETWEEN 1 AND 3),
    made_by TEXT NOT NULL DEFAULT '',
    made_at_us INTEGER NOT NULL,
    CHECK (from_us < until_us)
);
CREATE INDEX shift_overrides_of_rotation ON shift_overrides (rotation, until_us);
CREATE INDEX shift_overrides_over ON shift_overrides (until_us);

-- A shift that its owner offers to somebody.
CREATE TABLE shift_swaps (
    -- Never given twice, likewise.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rotation TEXT NOT NULL,
    owner TEXT NOT NULL,
    asked TEXT NOT NULL,
    from_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    -- 1 offered, 2 accepted, 3 declined, 4 withdrawn, 5 lapsed
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
    offered_at_us INTEGER NOT NULL,
    nudge_at_us INTEGER,
    lapses_at_us INTEGER NOT NULL,
    -- When something must happen next.
    due_at_us INTEGER,
    -- The message in which they were asked (sent_messages); 0: not yet.
    sent_id INTEGER NOT NULL DEFAULT 0,
    CHECK (from_us < until_us),
    CHECK ((state = 1) = (due_at_us IS NOT NULL))
);
CREATE INDEX shift_swaps_due ON shift_swaps (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX shift_swaps_by_message ON shift_swaps (sent_id) WHERE sent_id != 0;
CREATE INDEX shift_swaps_over ON shift_swaps (lapses_at_us);

-- What who goes off leaves for who comes on.
CREATE TABLE hand_over_notes (
    rotation TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    note TEXT NOT NULL,
    written_at_us INTEGER NOT NULL
) WITHOUT ROWID;

-- Up to when hand-overs have been told.
CREATE TABLE told_hand_overs (rotation TEXT PRIMARY KEY, told_until_us INTEGER NOT NULL) WITHOUT ROWID;

-- What was found ahead, and has been told: once each.
CREATE TABLE told_rotation_findings (
    -- 1 somebody is out in their shift, 2 nobody is on, 3 somebody is on twice
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    rotation TEXT NOT NULL,
    -- Of what is twice: the other rotation.
    other TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    -- When it begins; where nobody is on, the minute of the week: the same gap each week is one.
    begins INTEGER NOT NULL,
    length_us INTEGER NOT NULL,
    seen_at_us INTEGER NOT NULL,
    PRIMARY KEY (kind, rotation, other, person, begins, length_us)
) WITHOUT ROWID;
CREATE INDEX told_rotation_findings_seen ON told_rotation_findings (seen_at_us);
