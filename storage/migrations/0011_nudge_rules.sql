-- What ackd costs people, and the rules of nudging that are no help.

-- What one person was sent and asked for on a day of their own, in days since the Unix epoch. The last 35 days are kept.
CREATE TABLE tax_days (
    person TEXT NOT NULL,
    day INTEGER NOT NULL,
    messages INTEGER NOT NULL DEFAULT 0 CHECK (messages >= 0),
    interruptions INTEGER NOT NULL DEFAULT 0 CHECK (interruptions >= 0),
    taps_asked INTEGER NOT NULL DEFAULT 0 CHECK (taps_asked >= 0),
    taps_made INTEGER NOT NULL DEFAULT 0 CHECK (taps_made >= 0),
    PRIMARY KEY (person, day)
) WITHOUT ROWID;
CREATE INDEX tax_days_by_day ON tax_days (day, person);

-- Rules that are not simply on; a rule is named as bot/interruptions/nudge_rule.hpp writes it: "today nudge 75%".
CREATE TABLE nudge_rules (
    rule TEXT PRIMARY KEY,
    -- 1 on, 2 in the digest, 3 off
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    -- 1 its figures, 2 an admin
    cause INTEGER NOT NULL CHECK (cause IN (1, 2)),
    since_us INTEGER NOT NULL,
    -- An admin insisted on it: it stays on until then.
    kept_until_us INTEGER,
    CHECK (state = 1 OR kept_until_us IS NULL)
) WITHOUT ROWID;

-- What became of the nudges of a rule, by UTC day; of nobody in particular. The last 30 days are kept.
CREATE TABLE nudge_rule_days (
    rule TEXT NOT NULL,
    day INTEGER NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0 CHECK (sent >= 0),
    cases INTEGER NOT NULL DEFAULT 0,
    moved INTEGER NOT NULL DEFAULT 0 CHECK (moved BETWEEN 0 AND cases),
    judged INTEGER NOT NULL DEFAULT 0,
    useful INTEGER NOT NULL DEFAULT 0 CHECK (useful BETWEEN 0 AND judged),
    PRIMARY KEY (rule, day)
) WITHOUT ROWID;

-- How many people at least are behind the figures of a rule, without saying who: everybody falls into one of 16 bins by
-- a salt that lives for 30 days and takes the bins with it. `figure`: 1 cases, 2 judgements.
CREATE TABLE nudge_rule_bins (
    rule TEXT NOT NULL,
    figure INTEGER NOT NULL CHECK (figure IN (1, 2)),
    bin INTEGER NOT NULL CHECK (bin BETWEEN 0 AND 15),
    PRIMARY KEY (rule, figure, bin)
) WITHOUT ROWID;

-- Nudges of the last days of which it is not known yet what they were good for; at most a week.
CREATE TABLE nudge_samples (
    sent_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    sent_at_us INTEGER NOT NULL,
    -- What moves by then was moved by it.
    ends_at_us INTEGER NOT NULL,
    is_watched INTEGER NOT NULL CHECK (is_watched IN (0, 1)),
    -- Whether the message asks if it was useful, and nobody has answered.
    is_asked INTEGER NOT NULL CHECK (is_asked IN (0, 1)),
    PRIMARY KEY (sent_id, obligation_id),
    CHECK (is_watched = 1 OR is_asked = 1)
) WITHOUT ROWID;
CREATE INDEX nudge_samples_by_obligation ON nudge_samples (obligation_id) WHERE is_watched = 1;
CREATE INDEX nudge_samples_ending ON nudge_samples (ends_at_us) WHERE is_watched = 1;
CREATE INDEX nudge_samples_asking ON nudge_samples (sent_at_us) WHERE is_asked = 1;
