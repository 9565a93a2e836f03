-- Openings of the widget. `busy_until_ms` is 0 unless a call has claimed the session.

CREATE TABLE session (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    id            BLOB   NOT NULL,
    token         BLOB   NOT NULL,
    version       BIGINT NOT NULL,
    busy_until_ms BIGINT NOT NULL,
    body          BLOB   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (company, env, id)
);

-- A token arrives before its company is known, so its hash is unique by itself.
CREATE UNIQUE INDEX session_token ON session (token);

-- Ended sessions are forgotten for all companies at once, the oldest first.
CREATE INDEX session_end ON session (expires_at_ms);
