-- Of somebody's do-not-disturb also that it was switched off, when the chat told it, and what came before.
CREATE TABLE do_not_disturb_told (
    person TEXT PRIMARY KEY,
    -- Present or next; it ends by itself. Empty: none is set.
    from_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    -- What the chat told before that is old news.
    told_at_us INTEGER NOT NULL DEFAULT 0,
    -- Since when it has left none of their working time; what it takes beyond a day is not obeyed.
    unbroken_since_us INTEGER NOT NULL DEFAULT 0,
    is_obeyed INTEGER NOT NULL DEFAULT 1 CHECK (is_obeyed IN (0, 1)),
    CHECK (from_us <= until_us)
) WITHOUT ROWID;
INSERT INTO do_not_disturb_told SELECT person, from_us, until_us, 0, from_us, 1 FROM do_not_disturb;
DROP TABLE do_not_disturb;
ALTER TABLE do_not_disturb_told RENAME TO do_not_disturb;

-- What has passed of it and took working time of theirs: their clocks stood still in it.
CREATE TABLE do_not_disturb_past (
    person TEXT NOT NULL,
    from_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    PRIMARY KEY (person, from_us),
    CHECK (from_us < until_us)
) WITHOUT ROWID;
