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
