-- Version 1. Times are milliseconds since 1970 UTC, stretches of time are
-- half-open [start, end), money is in millionths of a currency unit.

-- Long texts that many rows share.
CREATE TABLE word(
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- What one list call covers: a section of a workspace.
CREATE TABLE part(
  id             INTEGER PRIMARY KEY,
  section        TEXT NOT NULL, -- computes, endpoints
  workspace      TEXT NOT NULL, -- ARM id in lower case
  workspace_name TEXT NOT NULL,
  subscription   TEXT NOT NULL,
  UNIQUE(section, workspace)
);

-- When a part was watched. What lies outside was not observed.
CREATE TABLE seen(
  part  INTEGER NOT NULL,
  start INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY(part, start)
) WITHOUT ROWID;

-- What a target is billed for while nothing changes.
CREATE TABLE shape(
  id           INTEGER PRIMARY KEY,
  state        TEXT    NOT NULL, -- the service's word
  units        INTEGER NOT NULL, -- VMs that bill
  idle_units   INTEGER NOT NULL, -- those of them that stand idle
  unsure       INTEGER NOT NULL, -- 1: the service does not say whether it bills
  vm_size      TEXT    NOT NULL,
  tier         TEXT    NOT NULL,
  location     TEXT    NOT NULL,
  owner        TEXT    NOT NULL,
  price        INTEGER NOT NULL, -- of a VM, an hour; -1: unknown
  price_source INTEGER NOT NULL, -- 0 unknown, else as views spell it
  standing     INTEGER NOT NULL, -- disk, load balancer, address, an hour; of a cluster its load balancers; -1: unknown
  standing_source INTEGER NOT NULL,
  currency     TEXT    NOT NULL,
  UNIQUE(state, units, idle_units, unsure, vm_size, tier, location, owner, price, price_source, standing, standing_source, currency)
);

-- Every target ever seen, with the interval it is in.
CREATE TABLE target(
  id      INTEGER PRIMARY KEY,
  arm_id  TEXT    NOT NULL UNIQUE, -- in lower case
  kind    TEXT    NOT NULL,        -- instance, cluster, deployment
  name    TEXT    NOT NULL,
  part    INTEGER NOT NULL,
  since   INTEGER NOT NULL,        -- when the present interval began, or the target was gone
  shape   INTEGER,                 -- NULL: gone
  rev     INTEGER NOT NULL         -- grows with every change of any target
);
CREATE INDEX target_part ON target(part);
CREATE INDEX target_rev  ON target(rev);

-- Intervals that are over.
CREATE TABLE interval(
  target INTEGER NOT NULL,
  start  INTEGER NOT NULL,
  "end"  INTEGER NOT NULL,
  shape  INTEGER NOT NULL,
  PRIMARY KEY(target, start)
) WITHOUT ROWID;
CREATE INDEX interval_end   ON interval("end", shape);
CREATE INDEX interval_shape ON interval(shape, "end");

-- Stretches nobody watched, for which other evidence vouches.
CREATE TABLE fill(
  target     INTEGER NOT NULL,
  start      INTEGER NOT NULL,
  "end"      INTEGER NOT NULL,
  shape      INTEGER NOT NULL,
  source     TEXT    NOT NULL, -- last operation, resize, activity log
  confidence TEXT    NOT NULL, -- high, medium
  PRIMARY KEY(target, start)
) WITHOUT ROWID;
CREATE INDEX fill_end ON fill("end");

-- What is left of old intervals shorter than a day: observed milliseconds.
CREATE TABLE day_total(
  target INTEGER NOT NULL,
  day    INTEGER NOT NULL,
  shape  INTEGER NOT NULL,
  millis INTEGER NOT NULL,
  PRIMARY KEY(target, day, shape)
) WITHOUT ROWID;
CREATE INDEX day_total_day ON day_total(day);

-- Up to when sums are complete, and those of days are part of their months'.
CREATE TABLE settled(
  id     INTEGER PRIMARY KEY CHECK(id = 1),
  until  INTEGER NOT NULL,
  months INTEGER NOT NULL
);

-- Sums by hour, day and month, so that few questions need the intervals. Those
-- of targets are by month, and of intervals that are over.
CREATE TABLE sum(
  span     TEXT    NOT NULL, -- hour, day, month
  by       TEXT    NOT NULL, -- all, subscription, workspace, owner, size, kind, target
  start    INTEGER NOT NULL, -- of the span
  key      INTEGER NOT NULL, -- word.id; for targets target.id; for all 0
  currency TEXT    NOT NULL,
  compute  INTEGER NOT NULL, compute_rest  INTEGER NOT NULL, -- the rest in 1/3,600,000
  idle     INTEGER NOT NULL, idle_rest     INTEGER NOT NULL, -- part of compute
  standing INTEGER NOT NULL, standing_rest INTEGER NOT NULL,
  unit_millis       INTEGER NOT NULL,
  unpriced_millis   INTEGER NOT NULL, -- part of unit_millis
  unsure_millis     INTEGER NOT NULL,
  unobserved_millis INTEGER NOT NULL,
  PRIMARY KEY(span, by, start, key, currency)
) WITHOUT ROWID;

-- The operations journal. No token and no signed URL is kept.
CREATE TABLE operation(
  id      TEXT    PRIMARY KEY,
  holder  TEXT    NOT NULL, -- the program that carries it out
  phase   TEXT    NOT NULL,
  final   INTEGER NOT NULL, -- 1: over
  asked   INTEGER NOT NULL,
  verb    TEXT    NOT NULL,
  target  TEXT    NOT NULL, -- ARM id in lower case
  detail  TEXT    NOT NULL,
  body    TEXT    NOT NULL  -- the whole, as JSON
) WITHOUT ROWID;
CREATE INDEX operation_final ON operation(final, asked);

-- What stops and scaling to zero saved: a rate since a moment, until it ran again.
CREATE TABLE saving(
  target   INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER,          -- NULL: goes on
  reason   TEXT    NOT NULL, -- stop, scale to zero
  rate     INTEGER NOT NULL, -- an hour
  currency TEXT    NOT NULL,
  PRIMARY KEY(target, start)
) WITHOUT ROWID;

-- When somebody looked, and what there was.
CREATE TABLE visit(
  at     INTEGER PRIMARY KEY,
  digest TEXT NOT NULL -- JSON
);

-- The program's own memory: sort orders, last view.
CREATE TABLE memory(
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIEW targets AS
SELECT t.id, t.arm_id, t.kind, t.name, p.workspace_name AS workspace, p.subscription,
       CASE WHEN t.shape IS NULL THEN 'gone' ELSE s.state END AS state, s.units, s.vm_size, s.owner, s.location,
       nullif(s.price, -1) / 1e6 AS price_per_hour, s.currency, datetime(t.since / 1000, 'unixepoch') AS since
FROM target t JOIN part p ON p.id = t.part LEFT JOIN shape s ON s.id = t.shape;

CREATE VIEW intervals AS
WITH life AS (
  SELECT target, start, "end", shape FROM interval
  UNION ALL SELECT id, since, NULL, shape FROM target WHERE shape IS NOT NULL
)
SELECT t.name, t.kind, p.workspace_name AS workspace, s.state, s.units, s.idle_units, s.vm_size, s.tier, s.owner,
       nullif(s.price, -1) / 1e6 AS price_per_hour, s.currency,
       datetime(l.start / 1000, 'unixepoch') AS start, datetime(l."end" / 1000, 'unixepoch') AS "end", t.arm_id
FROM life l JOIN target t ON t.id = l.target JOIN part p ON p.id = t.part JOIN shape s ON s.id = l.shape;

CREATE VIEW gaps AS
SELECT section, workspace_name AS workspace, datetime(until / 1000, 'unixepoch') AS start,
       datetime(next / 1000, 'unixepoch') AS "end", round((next - until) / 3600e3, 2) AS hours
FROM (SELECT part, until, lead(start) OVER (PARTITION BY part ORDER BY start) AS next FROM seen)
JOIN part ON part.id = part WHERE next IS NOT NULL;

CREATE VIEW billed AS
WITH life AS (
  SELECT target, start, "end", shape FROM interval
  UNION ALL SELECT id, since, 9e15, shape FROM target WHERE shape IS NOT NULL
),
seen_life AS (
  SELECT l.target, l.shape, max(l.start, n.start) AS start, min(l."end", n.until) AS "end"
  FROM life l JOIN target t ON t.id = l.target JOIN seen n ON n.part = t.part AND n.start < l."end" AND n.until > l.start
)
SELECT t.name, p.workspace_name AS workspace, s.owner, s.vm_size, s.state, s.currency,
       datetime(l.start / 1000, 'unixepoch') AS start, datetime(l."end" / 1000, 'unixepoch') AS "end",
       (l."end" - l.start) / 3600e3 * s.units AS vm_hours,
       (l."end" - l.start) / 3600e3 * s.units * nullif(s.price, -1) / 1e6 AS compute,
       (l."end" - l.start) / 3600e3 * nullif(s.standing, -1) / 1e6 AS standing, t.arm_id
FROM seen_life l JOIN target t ON t.id = l.target JOIN part p ON p.id = t.part JOIN shape s ON s.id = l.shape;

CREATE VIEW cost AS
SELECT span, by, datetime(c.start / 1000, 'unixepoch') AS start, coalesce(w.text, '') AS key, currency,
       (compute + standing) / 1e6 AS cost, compute / 1e6 AS compute, idle / 1e6 AS idle, standing / 1e6 AS standing,
       unit_millis / 3600e3 AS vm_hours, unpriced_millis / 3600e3 AS unpriced_vm_hours,
       unsure_millis / 3600e3 AS unsure_hours, unobserved_millis / 3600e3 AS unobserved_hours
FROM sum c LEFT JOIN word w ON w.id = c.key WHERE by <> 'target';

CREATE VIEW cost_by_day AS SELECT start AS day, by, key, currency, cost, compute, idle, standing, vm_hours, unpriced_vm_hours, unobserved_hours FROM cost WHERE span = 'day';

CREATE VIEW operations AS
SELECT id, datetime(asked / 1000, 'unixepoch') AS asked, verb, phase, detail, target FROM operation;
