-- What webhooks tell: the endpoints, the events, and each event's way to each endpoint.

CREATE TABLE endpoint (
    company           BLOB     NOT NULL,
    env               TEXT     NOT NULL,
    id                BLOB     NOT NULL,
    url               TEXT     NOT NULL,
    is_standing       SMALLINT NOT NULL,
    secret            BLOB     NOT NULL,
    previous          BLOB,
    previous_until_ms BIGINT,
    failing_since_ms  BIGINT,
    disabled_at_ms    BIGINT,
    created_at_ms     BIGINT   NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE UNIQUE INDEX endpoint_url ON endpoint (company, env, url);

-- Every event of a company is told to these; the others are as many as there are records.
CREATE INDEX endpoint_standing ON endpoint (company, env) WHERE is_standing = 1;

CREATE TABLE event (
    company  BLOB   NOT NULL,
    env      TEXT   NOT NULL,
    id       BLOB   NOT NULL,
    kind     TEXT   NOT NULL,
    record   BLOB,
    sequence BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (company, env, id)
);

-- Old events are forgotten for all companies at once, the oldest first.
CREATE INDEX event_time ON event (at_ms);

-- How many events a record has had. Events are forgotten, and their numbers must not come again.
CREATE TABLE event_count (
    company BLOB   NOT NULL,
    env     TEXT   NOT NULL,
    record  BLOB   NOT NULL,
    events  BIGINT NOT NULL,
    PRIMARY KEY (company, env, record)
) WITHOUT ROWID;

-- `record`, `sequence` and `at_ms` are the event's, so that the order of deliveries is seen here
-- alone. `due_at_ms` is there only while a delivery waits, `taken_until_ms` only while it is tried.
CREATE TABLE delivery (
    company        BLOB   NOT NULL,
    env            TEXT   NOT NULL,
    id             BLOB   NOT NULL,
    endpoint       BLOB   NOT NULL,
    event          BLOB   NOT NULL,
    record         BLOB,
    sequence       BIGINT NOT NULL,
    at_ms          BIGINT NOT NULL,
    state          TEXT   NOT NULL,
    attempts       BIGINT NOT NULL,
    due_at_ms      BIGINT,
    taken_until_ms BIGINT,
    last_at_ms     BIGINT,
    last_status    BIGINT,
    last_problem   TEXT   NOT NULL,
    PRIMARY KEY (company, env, id)
);

-- Whoever delivers does so for all companies, the longest waiting first. The other columns are
-- here so that what is passed over costs no visit to the table.
CREATE INDEX delivery_due ON delivery (due_at_ms, company, env, endpoint, id) WHERE due_at_ms IS NOT NULL;
CREATE INDEX delivery_order ON delivery (company, env, endpoint, record, sequence)
    WHERE due_at_ms IS NOT NULL;
CREATE INDEX delivery_taken ON delivery (company, env, endpoint, taken_until_ms)
    WHERE taken_until_ms IS NOT NULL;

CREATE INDEX delivery_event ON delivery (company, env, event);

-- Lists come newest first, of one state and, or not, of one endpoint.
CREATE INDEX delivery_state ON delivery (company, env, state, at_ms, id);
CREATE INDEX delivery_endpoint ON delivery (company, env, endpoint, state, at_ms, id);
