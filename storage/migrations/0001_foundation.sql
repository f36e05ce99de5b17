-- The ground: inputs seen, facts, effects on their way, people, requests, obligations and what is due when.
-- Instants are microseconds since the Unix epoch, UTC. Enumerators are the numbers in the C++ headers.

-- Every input that was taken, by its idempotency key. Two generations, emptied in turn: a key is remembered for at
-- least one full generation (see seen_inputs_table.hpp), and forgetting many at once costs next to nothing.
CREATE TABLE seen_inputs_even (input_key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE seen_inputs_odd (input_key TEXT PRIMARY KEY) WITHOUT ROWID;

-- Single values: who we are, where a reader stopped, which generation is current.
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What happened or was decided, append-only; `hash` covers the previous row's hash and this row.
CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    recorded_at_us INTEGER NOT NULL,
    actor TEXT NOT NULL,
    request_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    fact TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX journal_by_request ON journal (request_id, sequence) WHERE request_id != 0;

-- Inputs whose handler failed: kept for a person to look at, without their payload.
CREATE TABLE poisoned_inputs (
    id INTEGER PRIMARY KEY,
    received_at_us INTEGER NOT NULL,
    input_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    error TEXT NOT NULL
);

-- Effects committed with their cause. The id is the idempotency key that travels with the message.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL,
    lane INTEGER NOT NULL CHECK (lane IN (1, 2)),
    kind INTEGER NOT NULL,
    request_id INTEGER NOT NULL DEFAULT 0,
    payload TEXT NOT NULL DEFAULT '',
    created_at_us INTEGER NOT NULL,
    not_before_us INTEGER NOT NULL,
    -- 1 waiting, 2 leased (on its way; in doubt after a restart)
    state INTEGER NOT NULL DEFAULT 1 CHECK (state IN (1, 2)),
    attempts INTEGER NOT NULL DEFAULT 0,
    in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
    CHECK (state = 1 OR attempts > 0)
);
CREATE INDEX outbox_by_conversation ON outbox (conversation, lane, state, not_before_us, id);
-- A card is drawn from the state when it is sent, so one waiting redraw is enough.
CREATE UNIQUE INDEX outbox_one_waiting_card ON outbox (request_id) WHERE kind = 1 AND state = 1;

-- Which (obligation, attempt) an outbox row speaks of: a bundle has several.
CREATE TABLE outbox_items (
    outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    obligation_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    PRIMARY KEY (outbox_id, obligation_id)
) WITHOUT ROWID;
CREATE INDEX outbox_items_by_obligation ON outbox_items (obligation_id);

-- Messages about an obligation that people have in front of them, so that they can be brought up to date in place.
CREATE TABLE sent_messages (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    stamp TEXT NOT NULL,
    person TEXT NOT NULL,
    kind INTEGER NOT NULL,
    sent_at_us INTEGER NOT NULL,
    UNIQUE (channel, stamp)
);
CREATE TABLE sent_items (
    sent_id INTEGER NOT NULL REFERENCES sent_messages (id) ON DELETE CASCADE,
    obligation_id INTEGER NOT NULL,
    PRIMARY KEY (obligation_id, sent_id)
) WITHOUT ROWID;
CREATE INDEX sent_items_by_message ON sent_items (sent_id);

CREATE TABLE members (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    kind INTEGER NOT NULL,
    deactivated INTEGER NOT NULL CHECK (deactivated IN (0, 1))
) WITHOUT ROWID;
CREATE TABLE user_groups (
    id TEXT PRIMARY KEY,
    handle TEXT NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1))
) WITHOUT ROWID;
CREATE TABLE user_group_members (
    group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (group_id, position)
) WITHOUT ROWID;

-- One ask, to one or several people. `subject` is the message it is about; the card shows how it stands.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    state INTEGER NOT NULL,
    creditor TEXT NOT NULL,
    priority INTEGER NOT NULL,
    level INTEGER NOT NULL,
    needed INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    quorum INTEGER NOT NULL,
    subject_channel TEXT NOT NULL,
    subject_stamp TEXT NOT NULL,
    thread TEXT NOT NULL,
    card_channel TEXT NOT NULL DEFAULT '',
    card_stamp TEXT NOT NULL DEFAULT '',
    is_own_post INTEGER NOT NULL CHECK (is_own_post IN (0, 1)),
    text TEXT NOT NULL,
    asked_at_us INTEGER NOT NULL,
    due_at_us INTEGER,
    edited_at_us INTEGER,
    closed_at_us INTEGER,
    route TEXT NOT NULL,
    audience TEXT NOT NULL DEFAULT ''
);
CREATE INDEX requests_by_subject ON requests (subject_stamp, subject_channel);
CREATE INDEX requests_by_card ON requests (card_stamp, card_channel);
CREATE INDEX requests_by_thread ON requests (thread, subject_channel);
CREATE INDEX requests_open_by_creditor ON requests (creditor, id) WHERE closed_at_us IS NULL;

-- What one debtor owes within a request.
CREATE TABLE obligations (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES requests (id),
    debtor TEXT NOT NULL,
    holder TEXT NOT NULL DEFAULT '',
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 9),
    step INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    reminders INTEGER NOT NULL DEFAULT 0,
    snoozes INTEGER NOT NULL DEFAULT 0,
    started_at_us INTEGER NOT NULL,
    received_at_us INTEGER,
    integrated_at_us INTEGER,
    promised_at_us INTEGER,
    due_at_us INTEGER,
    way INTEGER NOT NULL DEFAULT 0,
    cause INTEGER NOT NULL DEFAULT 0,
    predecessor_id INTEGER NOT NULL DEFAULT 0,
    -- What is open has an end ahead; what is over waits for nothing.
    CHECK (due_at_us IS NULL OR state IN (1, 2, 6)),
    CHECK (state NOT IN (1, 6) OR due_at_us IS NOT NULL)
);
-- With the state, so that counting how a request stands reads nothing else.
CREATE INDEX obligations_by_request ON obligations (request_id, debtor, state);
CREATE INDEX obligations_succeeding ON obligations (request_id, predecessor_id) WHERE predecessor_id != 0;
CREATE INDEX obligations_waiting_by_debtor ON obligations (debtor, id) WHERE state IN (1, 2, 6);

-- What is due when, beside the wide table: finding the next one costs the same with ten million as with ten.
CREATE TABLE deadlines (
    due_at_us INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    PRIMARY KEY (due_at_us, obligation_id)
) WITHOUT ROWID;

-- The people and channels that a route's step called in for an obligation.
CREATE TABLE calls (
    obligation_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    target TEXT NOT NULL,
    is_channel INTEGER NOT NULL CHECK (is_channel IN (0, 1)),
    -- "Not me", or "Can't", from somebody called in: they are not asked again.
    declined INTEGER NOT NULL DEFAULT 0 CHECK (declined IN (0, 1)),
    PRIMARY KEY (obligation_id, step, target)
) WITHOUT ROWID;
CREATE INDEX calls_by_target ON calls (target, obligation_id);

-- Answers (a reaction; without an emoji: a reply in the thread) to messages of ours whose stamp we do not know yet.
CREATE TABLE early_answers (
    channel TEXT NOT NULL,
    stamp TEXT NOT NULL,
    person TEXT NOT NULL,
    emoji TEXT NOT NULL,
    given_at_us INTEGER NOT NULL,
    PRIMARY KEY (channel, stamp, person, emoji)
) WITHOUT ROWID;

-- Offers by people who were not asked.
CREATE TABLE covers (
    request_id INTEGER NOT NULL,
    person TEXT NOT NULL,
    offered_at_us INTEGER NOT NULL,
    PRIMARY KEY (request_id, person)
) WITHOUT ROWID;

-- Given up on, with a cause and an owner; `answered_at_us` when an answer came after all.
CREATE TABLE dead_letters (
    obligation_id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL,
    owner TEXT NOT NULL,
    cause INTEGER NOT NULL,
    created_at_us INTEGER NOT NULL,
    answered_at_us INTEGER
);
