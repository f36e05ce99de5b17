-- The nominal day of the one that came next when it was last looked at. Where another calendar of holidays moves it to before
-- that, it is due all the same; NULL: it has not been looked at since, or none comes.
ALTER TABLE cadences ADD COLUMN expected_day INTEGER;
-- The latest nominal day that came by the rule: of a month whose last working day it was, no other day is. NULL: not known.
ALTER TABLE cadences ADD COLUMN ruled_day INTEGER;
