-- The balance of an account, and every reading of it.

CREATE TABLE balance (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    id            BLOB   NOT NULL,
    account       BLOB   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE UNIQUE INDEX balance_account ON balance (company, env, account);

-- Lists of a whole company come newest first.
CREATE INDEX balance_made ON balance (company, env, created_at_ms, id);

-- Without a rowid the readings of one balance lie side by side, in the order of their time.
CREATE TABLE reading (
    company         BLOB   NOT NULL,
    env             TEXT   NOT NULL,
    balance         BLOB   NOT NULL,
    at_ms           BIGINT NOT NULL,
    ledger_minor    BIGINT,
    available_minor BIGINT,
    source          TEXT   NOT NULL,
    PRIMARY KEY (company, env, balance, at_ms)
) WITHOUT ROWID;
