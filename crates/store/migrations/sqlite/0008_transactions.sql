-- Movements of money on accounts. A pending one that is posted later stays the same row.

CREATE TABLE bank_transaction (
    company       BLOB     NOT NULL,
    env           TEXT     NOT NULL,
    id            BLOB     NOT NULL,
    account       BLOB     NOT NULL,
    key           BLOB     NOT NULL,
    is_pending    SMALLINT NOT NULL,
    amount_minor  BIGINT   NOT NULL,
    description   TEXT     NOT NULL,
    at_ms         BIGINT   NOT NULL,
    created_at_ms BIGINT   NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE UNIQUE INDEX bank_transaction_key ON bank_transaction (company, env, account, key);

-- The pending ones of an account are compared with each new list of them.
CREATE INDEX bank_transaction_pending ON bank_transaction (company, env, account) WHERE is_pending = 1;

-- Lists come newest first, of an account or of a whole company.
CREATE INDEX bank_transaction_account ON bank_transaction (company, env, account, at_ms, id);
CREATE INDEX bank_transaction_at ON bank_transaction (company, env, at_ms, id);

CREATE INDEX bank_transaction_amount ON bank_transaction (company, env, amount_minor);
