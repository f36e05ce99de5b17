-- What the team decides about itself, every version of it: append-only; the one in force is the newest. None: the
-- defaults.
CREATE TABLE policies (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    applied_at_us INTEGER NOT NULL,
    -- A user id, or "operator:" and the name of who ran `ackd policy`.
    actor TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('file', 'chat', 'revert')),
    note TEXT NOT NULL,
    -- TOML, as bot/policy/policy_text writes it.
    text TEXT NOT NULL
);

-- The chat's own administrators and owners: admins of ackd where the policy names none.
ALTER TABLE members ADD COLUMN is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1));
CREATE INDEX members_admins ON members (id) WHERE is_admin = 1;

-- Holes in the policy that the admins have been told of.
CREATE TABLE policy_findings (finding TEXT PRIMARY KEY) WITHOUT ROWID;
