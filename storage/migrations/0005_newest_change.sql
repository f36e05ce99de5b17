-- What is told late, or read from a page that is older than what was told since, must not undo what is known.

-- Whether the reaction is there; the chat's stamp of the newest change that an event told of, '' when none did.
-- `known_at_us` is since when we know.
ALTER TABLE known_reactions ADD COLUMN is_there INTEGER NOT NULL DEFAULT 1 CHECK (is_there IN (0, 1));
ALTER TABLE known_reactions ADD COLUMN changed_stamp TEXT NOT NULL DEFAULT '';

-- The chat's stamp of the edit that `text` is from; '' when it is from none.
ALTER TABLE requests ADD COLUMN edited_stamp TEXT NOT NULL DEFAULT '';
