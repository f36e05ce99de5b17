-- One mechanism for all the rows of which one waiting is enough, in place of an index for each kind.

-- What the row does, where a second waiting row that does it would be in vain; else null.
ALTER TABLE outbox ADD COLUMN same_thing TEXT;
-- A refresh that came back could wait beside a newer one of the same message.
DELETE FROM outbox WHERE kind = 7 AND state = 1
    AND id NOT IN (SELECT min(id) FROM outbox WHERE kind = 7 AND state = 1 GROUP BY payload);
UPDATE outbox SET same_thing = CASE kind
    WHEN 1 THEN 'card:' || request_id
    WHEN 7 THEN 'refresh:' || payload
    WHEN 10 THEN conversation
    WHEN 13 THEN conversation
END;
DROP INDEX outbox_one_waiting_card;
DROP INDEX outbox_one_waiting_read;
DROP INDEX outbox_one_waiting_home;
CREATE UNIQUE INDEX outbox_one_waiting ON outbox (same_thing) WHERE state = 1 AND same_thing IS NOT NULL;
