-- Kept answers: what one brain knows others ask again. Only with their author's consent is one to be found.
-- Instants are microseconds since the Unix epoch, UTC.

-- What a channel's answers may be offered to: everybody, or those in it. What is not known to be public is private.
ALTER TABLE conversations ADD COLUMN is_private INTEGER NOT NULL DEFAULT 1 CHECK (is_private IN (0, 1));

CREATE TABLE kept_answers (
    -- Never given twice: it is behind buttons that people have in front of them.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- 1 proposed, 2 kept, 3 stale; 4 refused, 5 removed: so that nobody asks its author again. Of all that end otherwise
    -- nothing is left.
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
    channel TEXT NOT NULL,
    stamp TEXT NOT NULL,
    -- The first message of its thread, which is the question; empty: it is in no thread.
    question_stamp TEXT NOT NULL DEFAULT '',
    -- Who gave the answer, who wants it kept, and who asked the question.
    author TEXT NOT NULL DEFAULT '',
    keeper TEXT NOT NULL DEFAULT '',
    asker TEXT NOT NULL DEFAULT '',
    -- Excerpts, as they stood at these edits.
    question TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',
    answer_edited TEXT NOT NULL DEFAULT '',
    question_edited TEXT NOT NULL DEFAULT '',
    proposed_at_us INTEGER NOT NULL,
    said_at_us INTEGER NOT NULL DEFAULT 0,
    kept_at_us INTEGER,
    recheck_at_us INTEGER,
    expires_at_us INTEGER,
    -- When something must happen next.
    due_at_us INTEGER,
    -- Since when it is over.
    ended_at_us INTEGER,
    helped INTEGER NOT NULL DEFAULT 0,
    not_helped INTEGER NOT NULL DEFAULT 0,
    -- The message in which its author was asked (sent_messages); 0: with a digest, or not yet.
    question_sent_id INTEGER NOT NULL DEFAULT 0,
    CHECK ((state <= 3) = (due_at_us IS NOT NULL)),
    CHECK ((state <= 3) = (ended_at_us IS NULL)),
    CHECK (state <= 3 OR (question = '' AND answer = '' AND tags = ''))
);
CREATE UNIQUE INDEX kept_answers_by_message ON kept_answers (channel, stamp);
CREATE INDEX kept_answers_by_question ON kept_answers (channel, question_stamp) WHERE question_stamp != '';
CREATE INDEX kept_answers_due ON kept_answers (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX kept_answers_of_author ON kept_answers (author);
CREATE INDEX kept_answers_over ON kept_answers (ended_at_us) WHERE ended_at_us IS NOT NULL;

-- Who was offered an answer, at which question: once each. What they said of it is a count of the answer, and not kept.
CREATE TABLE kept_answer_offers (
    kept_answer_id INTEGER NOT NULL REFERENCES kept_answers (id) ON DELETE CASCADE,
    person TEXT NOT NULL,
    channel TEXT NOT NULL,
    stamp TEXT NOT NULL,
    offered_at_us INTEGER NOT NULL,
    is_judged INTEGER NOT NULL DEFAULT 0 CHECK (is_judged IN (0, 1)),
    PRIMARY KEY (kept_answer_id, person)
) WITHOUT ROWID;
CREATE UNIQUE INDEX kept_answer_offers_by_question ON kept_answer_offers (channel, stamp);
CREATE INDEX kept_answer_offers_of_person ON kept_answer_offers (person);

-- What can be found. The index has nothing of its own: it is made of this view, and made anew from it when words go.
CREATE VIEW kept_answers_to_find AS SELECT id, question, answer, tags FROM kept_answers WHERE state IN (2, 3);
CREATE VIRTUAL TABLE kept_answer_index USING fts5 (
    question, answer, tags,
    content = 'kept_answers_to_find', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
