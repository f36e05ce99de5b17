-- Alerts of other programs (bot/alerts/alert.hpp). Instants are microseconds since the Unix epoch, UTC.

CREATE TABLE alert_sources (
    name TEXT PRIMARY KEY,
    heard_at_us INTEGER NOT NULL,
    -- When its silence is looked at, where it is expected to be heard.
    news_due_at_us INTEGER,
    is_silent INTEGER NOT NULL DEFAULT 0 CHECK (is_silent IN (0, 1)),
    muted_from_us INTEGER,
    muted_until_us INTEGER,
    muted_by TEXT NOT NULL DEFAULT '',
    -- The mute is over, and no message has said so yet.
    is_mute_over INTEGER NOT NULL DEFAULT 0 CHECK (is_mute_over IN (0, 1)),
    -- The first of what is to be looked at.
    due_at_us INTEGER,
    CHECK ((muted_from_us IS NULL) = (muted_until_us IS NULL)),
    CHECK (is_mute_over = 0 OR muted_until_us IS NOT NULL)
) WITHOUT ROWID;
CREATE INDEX alert_sources_due ON alert_sources (due_at_us) WHERE due_at_us IS NOT NULL;

-- One message in the chat each, and one request.
CREATE TABLE alert_groups (
    -- Never given twice: it is behind buttons that people have in front of them.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    takes_all INTEGER NOT NULL CHECK (takes_all IN (0, 1)),
    -- 1 open, 2 over, 3 quiet, 4 muted
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
    channel TEXT NOT NULL DEFAULT '',
    stamp TEXT NOT NULL DEFAULT '',
    request_id INTEGER REFERENCES requests (id),
    taken_by TEXT NOT NULL DEFAULT '',
    taken_at_us INTEGER,
    alerts INTEGER NOT NULL,
    firing INTEGER NOT NULL CHECK (firing >= 0),
    acknowledged INTEGER NOT NULL CHECK (acknowledged >= 0),
    reports INTEGER NOT NULL,
    began_at_us INTEGER NOT NULL,
    opened_at_us INTEGER NOT NULL,
    joined_at_us INTEGER NOT NULL,
    last_at_us INTEGER NOT NULL,
    ended_at_us INTEGER,
    endings INTEGER NOT NULL,
    endings_since_us INTEGER NOT NULL,
    turned_at_us INTEGER NOT NULL,
    due_at_us INTEGER,
    muted_from_us INTEGER,
    muted_until_us INTEGER,
    muted_by TEXT NOT NULL DEFAULT '',
    drawn_at_us INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 2) = (ended_at_us IS NOT NULL)),
    CHECK ((state = 3) = (due_at_us IS NOT NULL)),
    CHECK (state != 1 OR firing + acknowledged > 0),
    CHECK (state != 2 OR firing + acknowledged = 0),
    CHECK (firing + acknowledged <= alerts)
);
CREATE INDEX alert_groups_by_name ON alert_groups (source, takes_all, name, id);
CREATE INDEX alert_groups_of_source ON alert_groups (source, id);
CREATE INDEX alert_groups_not_over ON alert_groups (id) WHERE state != 2;
CREATE INDEX alert_groups_due ON alert_groups (due_at_us) WHERE due_at_us IS NOT NULL;
CREATE INDEX alert_groups_of_request ON alert_groups (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX alert_groups_by_message ON alert_groups (channel, stamp) WHERE stamp != '';
CREATE INDEX alert_groups_ended ON alert_groups (ended_at_us) WHERE state = 2;

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    alert_key TEXT NOT NULL,
    group_id INTEGER NOT NULL REFERENCES alert_groups (id),
    -- 1 firing, 2 acknowledged, 3 resolved
    status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
    title TEXT NOT NULL,
    severity TEXT NOT NULL,
    detail TEXT NOT NULL,
    labels TEXT NOT NULL,
    link TEXT NOT NULL,
    playbook TEXT NOT NULL,
    count INTEGER NOT NULL,
    began_at_us INTEGER NOT NULL,
    last_at_us INTEGER NOT NULL,
    resolved_at_us INTEGER,
    resolved_by TEXT NOT NULL DEFAULT '',
    due_at_us INTEGER,
    CHECK ((status = 3) = (resolved_at_us IS NOT NULL)),
    CHECK (status != 3 OR (due_at_us IS NULL AND detail = '' AND labels = ''))
);
CREATE INDEX alerts_by_key ON alerts (source, alert_key, id);
-- One at a time.
CREATE UNIQUE INDEX alerts_there ON alerts (source, alert_key) WHERE status != 3;
CREATE INDEX alerts_of_group ON alerts (group_id, status, id);
CREATE INDEX alerts_due ON alerts (due_at_us) WHERE due_at_us IS NOT NULL;
-- What is found as similar, and let go of.
CREATE INDEX alerts_by_title ON alerts (source, title, id) WHERE status = 3;
CREATE INDEX alerts_resolved ON alerts (resolved_at_us) WHERE status = 3;
