-- What was raised along a route: the last of the same route is looked up for whoever is asked.

CREATE INDEX requests_raised ON requests (kind, id) WHERE kind = 3;
