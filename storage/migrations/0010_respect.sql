-- Respect for who asked and who is asked. Instants are microseconds since the Unix epoch, UTC.

-- Whether who asked still needs it: 0 nobody asked them yet, 1 they were asked, 2 they said so, 3 asleep; and until when
-- that stands.
ALTER TABLE requests ADD COLUMN need INTEGER NOT NULL DEFAULT 0 CHECK (need BETWEEN 0 AND 3);
ALTER TABLE requests ADD COLUMN need_until_us INTEGER CHECK ((need = 0) = (need_until_us IS NULL));
-- When somebody last wrote in its thread: not who.
ALTER TABLE requests ADD COLUMN active_at_us INTEGER;

-- How those asked hear of it (bot/delivery/price.hpp), and until when the asker may decide; nothing: it was decided.
ALTER TABLE requests ADD COLUMN announcement INTEGER NOT NULL DEFAULT 1 CHECK (announcement BETWEEN 0 AND 3);
ALTER TABLE requests ADD COLUMN undecided_until_us INTEGER;
CREATE INDEX requests_undecided ON requests (undecided_until_us) WHERE undecided_until_us IS NOT NULL;

-- When the last nudge went out.
ALTER TABLE obligations ADD COLUMN nudged_at_us INTEGER;
-- What its holder lets hear of it: 0 nothing since "Got it", 1 they were asked for a word, 2 there was one.
ALTER TABLE obligations ADD COLUMN sign INTEGER NOT NULL DEFAULT 0 CHECK (sign BETWEEN 0 AND 2);
