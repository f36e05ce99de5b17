-- People and conversations are written to the journal as tokens that say nothing of them, so that forgetting somebody
-- leaves what was hashed as it is. Journals of earlier versions are written anew by the step of the same name.

-- What a token stands for; null: it was forgotten, and the token is never given again.
CREATE TABLE pseudonyms (token TEXT PRIMARY KEY, original TEXT UNIQUE) WITHOUT ROWID;

-- People who asked to be forgotten, until what they have in front of them has been brought up to date.
CREATE TABLE forgettings (person TEXT PRIMARY KEY, asked_at_us INTEGER NOT NULL) WITHOUT ROWID;

-- Of those who were forgotten: a keyed digest of their id, so that a listing does not bring them back.
CREATE TABLE forgotten_people (digest BLOB PRIMARY KEY CHECK (length(digest) = 32)) WITHOUT ROWID;

-- How exact the times of a request that is over still are: 0 as they were, 1 days, 2 gone.
ALTER TABLE requests ADD COLUMN time_detail INTEGER NOT NULL DEFAULT 0 CHECK (time_detail BETWEEN 0 AND 2);
CREATE INDEX requests_kept_texts ON requests (closed_at_us) WHERE closed_at_us IS NOT NULL AND text != '';
CREATE INDEX requests_kept_times ON requests (time_detail, closed_at_us)
    WHERE closed_at_us IS NOT NULL AND time_detail < 2;
