-- What was last raised on a route is looked up by its name.
ALTER TABLE requests ADD COLUMN route_name TEXT NOT NULL DEFAULT '';     -- of `route`; empty: it has none

UPDATE requests SET route_name = coalesce(json_extract(route, '$.name'), '') WHERE kind = 3;

DROP INDEX requests_raised;

CREATE INDEX requests_raised ON requests (route_name, id) WHERE kind = 3;
