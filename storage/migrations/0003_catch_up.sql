-- Catch-up lists what it will read page by page, so that a million open threads are not a million rows of the outbox.

-- How the catch-up stands: one row, and with it in one transaction the outbox rows that it has listed.
CREATE TABLE catch_up (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- 0 none runs, 1 conversations are being listed, 2 threads, 3 all is listed and what is left is being read
    stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 3),
    -- What was listed last: a conversation, or a thread and its channel.
    listed_channel TEXT NOT NULL,
    listed_thread TEXT NOT NULL,
    reason INTEGER NOT NULL,
    began_at_us INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    recovered INTEGER NOT NULL,
    -- Every open thread has been read up to then; 0: no catch-up has ended yet.
    threads_read_up_to_us INTEGER NOT NULL
);
INSERT INTO catch_up VALUES (1, 0, '', '', 1, 0, 0, 0, (SELECT coalesce(min(read_up_to_us), 0) FROM conversations));

-- The threads of open requests, in the order in which they are read: the newest first.
CREATE INDEX requests_open_threads ON requests (thread, subject_channel) WHERE closed_at_us IS NULL AND thread != '';
-- Who looks for the open requests of a channel needs no more than that.
DROP INDEX requests_open_by_thread;
CREATE INDEX requests_open_in_channel ON requests (subject_channel) WHERE closed_at_us IS NULL;

-- The oldest message of a conversation that somebody may still answer.
CREATE INDEX sent_messages_by_time ON sent_messages (channel, sent_at_us);
