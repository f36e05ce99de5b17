-- Where rotations show who is on call now (bot/rotations/on_call_place.hpp). Who that is, is not kept.
CREATE TABLE on_call_places (
    rotation TEXT NOT NULL,
    -- 1 a channel's topic, 2 a user group
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 2),
    -- The channel's or the group's id.
    place TEXT NOT NULL,
    -- The chat did not take it the last time, and the leads were told.
    is_refused INTEGER NOT NULL DEFAULT 0 CHECK (is_refused IN (0, 1)),
    PRIMARY KEY (rotation, kind, place)
) WITHOUT ROWID;
