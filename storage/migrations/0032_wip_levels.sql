-- How much a team had in progress, a day: for its picture. A day without a row was as the one before ended. It says nothing of
-- whose it was.
CREATE TABLE wip_levels (
    team TEXT NOT NULL,
    day INTEGER NOT NULL,           -- days since 1970-01-01, in the zone of the workspace
    most INTEGER NOT NULL CHECK (most >= 0),        -- running at once
    at_end INTEGER NOT NULL CHECK (at_end >= 0 AND at_end <= most),
    PRIMARY KEY (team, day)
) WITHOUT ROWID;
