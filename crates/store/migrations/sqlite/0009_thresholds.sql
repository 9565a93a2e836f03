-- Thresholds of the money on accounts, the Apps that bring some, and where each account stands.

ALTER TABLE account ADD COLUMN threshold_minor BIGINT;

CREATE TABLE app (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    id            BLOB   NOT NULL,
    name          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    updated_at_ms BIGINT NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE TABLE app_threshold (
    company         BLOB   NOT NULL,
    env             TEXT   NOT NULL,
    app             BLOB   NOT NULL,
    currency        TEXT   NOT NULL,
    threshold_minor BIGINT NOT NULL,
    PRIMARY KEY (company, env, app, currency)
) WITHOUT ROWID;

-- One row for each rule an account was ever measured by; without one it was never below.
CREATE TABLE watch (
    company   BLOB     NOT NULL,
    env       TEXT     NOT NULL,
    account   BLOB     NOT NULL,
    rule      TEXT     NOT NULL,
    is_low    SMALLINT NOT NULL,
    crossings BIGINT   NOT NULL,
    PRIMARY KEY (company, env, account, rule)
) WITHOUT ROWID;
