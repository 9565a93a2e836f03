-- Calls that carried an idempotency key, with the answer once there is one.

CREATE TABLE api_call (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    key           BLOB   NOT NULL,
    fingerprint   BLOB   NOT NULL,
    status        BIGINT,
    body          TEXT,
    at_ms         BIGINT NOT NULL,
    busy_until_ms BIGINT NOT NULL,
    PRIMARY KEY (company, env, key)
);

-- Old calls are forgotten for all companies at once, the oldest first.
CREATE INDEX api_call_time ON api_call (at_ms);
