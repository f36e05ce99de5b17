-- The team that called a round of a resync, out of turn: it has said too often that it has no room. Empty: it came round, or
-- somebody said "now".
ALTER TABLE resync_rounds ADD COLUMN called_by TEXT NOT NULL DEFAULT '';
