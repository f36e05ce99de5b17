-- Kept answers: what one brain knows others ask again. Only with their author's consent is one to be found.
-- Instants are microseconds since the Unix epoch, UTC.

-- What a channel's answers may be offered to: everybody, or those in it. What is not known to be public is private.
ALTER TABLE conversations ADD COLUMN is_private INTEGER NOT NULL DEFAULT 1 CHECK (is_private IN (0, 1));
