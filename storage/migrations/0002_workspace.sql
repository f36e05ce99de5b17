-- What a workspace goes through: the conversations that we are in and how far they have been read, reactions as last
-- known, the App Home of those who opened it, and forms that were sent.

-- Channels that we are a member of. What was said up to `read_up_to_us` has been seen, live or in the history.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    is_archived INTEGER NOT NULL CHECK (is_archived IN (0, 1)),
    read_up_to_us INTEGER NOT NULL
) WITHOUT ROWID;

-- Reactions that were acted on, so that a later look at the message shows what has changed since.
CREATE TABLE known_reactions (
    channel TEXT NOT NULL,
    stamp TEXT NOT NULL,
    person TEXT NOT NULL,
    emoji TEXT NOT NULL,
    known_at_us INTEGER NOT NULL,
    PRIMARY KEY (channel, stamp, person, emoji)
) WITHOUT ROWID;

-- Channels in which whoever invited us has been told what we do: once.
CREATE TABLE introductions (channel TEXT PRIMARY KEY, introduced_at_us INTEGER NOT NULL) WITHOUT ROWID;

-- What is to be read of the history: one waiting row for each channel or thread is enough (10), and its further pages
-- (11). The catch-up has ended when there is none.
CREATE UNIQUE INDEX outbox_one_waiting_read ON outbox (conversation) WHERE kind = 10 AND state = 1;
CREATE INDEX outbox_reads ON outbox (kind) WHERE kind IN (10, 11);

CREATE INDEX requests_open_by_thread ON requests (subject_channel, thread) WHERE closed_at_us IS NULL;

-- People who have opened the App Home, and a digest of what it was last given to show.
CREATE TABLE homes (
    person TEXT PRIMARY KEY,
    opened_at_us INTEGER NOT NULL,
    drawn TEXT NOT NULL
) WITHOUT ROWID;
-- A home is drawn from the state when it is sent, so one waiting redraw is enough.
CREATE UNIQUE INDEX outbox_one_waiting_home ON outbox (conversation) WHERE kind = 13 AND state = 1;
