-- What teams have begun and not finished, and, for a while, what they have. Instants are microseconds since the Unix epoch,
-- UTC.
CREATE TABLE wip_items (
    -- Never given twice: it is what people, buttons and the journal call it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team TEXT NOT NULL,
    person TEXT NOT NULL,           -- whose it is; '': nobody's yet
    title TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),   -- 1 running, 2 paused, 3 done, 4 dropped
    is_unplanned INTEGER NOT NULL CHECK (is_unplanned IN (0, 1)),
    started_at_us INTEGER NOT NULL,
    ended_at_us INTEGER,            -- done or dropped; NULL: it is open
    due_at_us INTEGER,              -- when whoever has it is asked about it; NULL: it does not run
    let_in_by TEXT NOT NULL DEFAULT '',         -- who let it in over the limit; '': there was room
    let_in_because TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',            -- the alert source that told it; '': somebody typed it
    source_key TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT ''
);
CREATE INDEX wip_items_open ON wip_items (team, state, id) WHERE state <= 2;
CREATE INDEX wip_items_due ON wip_items (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX wip_items_by_team ON wip_items (team, ended_at_us);
CREATE INDEX wip_items_by_source ON wip_items (source, source_key, id) WHERE source != '';
