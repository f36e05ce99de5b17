-- Questions of watched channels (bot/threads/question.hpp). Of a message only where it is and who wrote it: what it says
-- is read in the chat when it matters. Instants are microseconds since the Unix epoch, UTC.

CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    stamp TEXT NOT NULL,
    -- Of the thread's first message when it is a reply, else empty.
    thread TEXT NOT NULL,
    asker TEXT NOT NULL,
    asked_at_us INTEGER NOT NULL,
    waits_since_us INTEGER NOT NULL,
    -- Why it counts as one: a bit for each signal (bot/threads/question_signals.hpp).
    signals INTEGER NOT NULL,
    -- 1 watched, 2 pursued, 3 ended
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
    outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 9),
    sign INTEGER NOT NULL,
    -- Why those first asked are: 1 mentioned, 2 in a group, 3 in the thread, 4 chosen by the channel, 5 on the route
    because INTEGER NOT NULL CHECK (because BETWEEN 0 AND 5),
    -- Who was asked first, for whose turn it is next time; empty: nobody yet.
    first_asked TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER,
    answered_at_us INTEGER,
    ended_at_us INTEGER,
    request_id INTEGER REFERENCES requests (id),
    UNIQUE (channel, stamp),
    CHECK ((state = 3) = (ended_at_us IS NOT NULL)),
    CHECK ((state = 3) = (outcome != 0)),
    CHECK (state != 3 OR due_at_us IS NULL)
);
CREATE INDEX questions_by_thread ON questions (channel, thread) WHERE thread != '';
CREATE INDEX questions_of_asker ON questions (asker);
CREATE INDEX questions_of_asked ON questions (first_asked, id) WHERE first_asked != '';
CREATE INDEX questions_due ON questions (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX questions_open ON questions (channel, asked_at_us) WHERE state != 3;
CREATE INDEX questions_ended ON questions (ended_at_us) WHERE state = 3;
CREATE INDEX questions_of_request ON questions (request_id) WHERE request_id IS NOT NULL;

-- What marks have taught of a channel: added to the weight of a signal, in hundredths, within bounds.
CREATE TABLE channel_weights (
    channel TEXT NOT NULL,
    signal TEXT NOT NULL,
    hundredths INTEGER NOT NULL,
    PRIMARY KEY (channel, signal)
) WITHOUT ROWID;
