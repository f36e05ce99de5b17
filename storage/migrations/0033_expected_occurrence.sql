-- The nominal day of the one that came next when it was last looked at. Where another calendar of holidays moves it to before
-- that, it is due all the same; NULL: it has not been looked at since, or none comes.
ALTER TABLE cadences ADD COLUMN expected_day INTEGER;
