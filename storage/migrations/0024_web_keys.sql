-- What has a key besides sources: the calendar of a rotation. One table, so that a number names one key and is never given
-- twice, whatever it opens.
ALTER TABLE alert_keys RENAME TO web_keys;
ALTER TABLE web_keys RENAME COLUMN source TO name;
-- What it lets in to: 1 to tell alerts in the name of a source, 2 to read a rotation's calendar. `name` is that one's name in
-- the policy.
ALTER TABLE web_keys ADD COLUMN use INTEGER NOT NULL DEFAULT 1 CHECK (use BETWEEN 1 AND 2);
DROP INDEX alert_keys_by_source;
CREATE INDEX web_keys_by_name ON web_keys (use, name);
