-- Customers, records, accounts and balances lie in the order of their keys, so that each is found and
-- written in one tree and not in a table and an index beside it. Long columns come last: what has no
-- room in the tree is then the rarely read part of a row.
--
-- The id comes first in the key: it tells two rows apart at once, where a company and a world would
-- have to be compared before it; and nobody can take the key for a way through all of a company.

CREATE TABLE keyed_customer (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    id            BLOB   NOT NULL,
    key           BLOB   NOT NULL,
    name          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    updated_at_ms BIGINT NOT NULL,
    PRIMARY KEY (id, company, env)
) WITHOUT ROWID;

INSERT INTO keyed_customer (company, env, id, key, name, created_at_ms, updated_at_ms)
SELECT company, env, id, key, name, created_at_ms, updated_at_ms FROM customer ORDER BY id;

DROP TABLE customer;
ALTER TABLE keyed_customer RENAME TO customer;

CREATE UNIQUE INDEX customer_key ON customer (company, env, key);
CREATE INDEX customer_made ON customer (company, env, created_at_ms, id);

CREATE TABLE keyed_record (
    company          BLOB   NOT NULL,
    env              TEXT   NOT NULL,
    id               BLOB   NOT NULL,
    key              BLOB   NOT NULL,
    customer         BLOB   NOT NULL,
    institution      BLOB   NOT NULL,
    status           TEXT   NOT NULL,
    version          BIGINT NOT NULL,
    app              BLOB,
    endpoint         BLOB,
    consent_until_ms BIGINT NOT NULL,
    created_at_ms    BIGINT NOT NULL,
    updated_at_ms    BIGINT NOT NULL,
    products         TEXT   NOT NULL,
    access           BLOB   NOT NULL,
    options          TEXT   NOT NULL,
    meta             TEXT   NOT NULL,
    PRIMARY KEY (id, company, env)
) WITHOUT ROWID;

INSERT INTO keyed_record (company, env, id, key, customer, institution, status, version, app, endpoint,
    consent_until_ms, created_at_ms, updated_at_ms, products, access, options, meta)
SELECT company, env, id, key, customer, institution, status, version, app, endpoint,
    consent_until_ms, created_at_ms, updated_at_ms, products, access, options, meta
FROM record ORDER BY id;

DROP TABLE record;
ALTER TABLE keyed_record RENAME TO record;

CREATE UNIQUE INDEX record_key ON record (company, env, key);
CREATE INDEX record_customer ON record (company, env, customer);
CREATE INDEX record_institution ON record (company, env, institution);
CREATE INDEX record_made ON record (company, env, created_at_ms, id);

CREATE TABLE keyed_account (
    company         BLOB     NOT NULL,
    env             TEXT     NOT NULL,
    id              BLOB     NOT NULL,
    record          BLOB     NOT NULL,
    key             BLOB     NOT NULL,
    name            TEXT     NOT NULL,
    number          TEXT     NOT NULL,
    kind            TEXT     NOT NULL,
    currency        TEXT     NOT NULL,
    decimals        SMALLINT NOT NULL,
    connected       SMALLINT NOT NULL,
    threshold_minor BIGINT,
    created_at_ms   BIGINT   NOT NULL,
    updated_at_ms   BIGINT   NOT NULL,
    PRIMARY KEY (id, company, env)
) WITHOUT ROWID;

INSERT INTO keyed_account (company, env, id, record, key, name, number, kind, currency, decimals,
    connected, threshold_minor, created_at_ms, updated_at_ms)
SELECT company, env, id, record, key, name, number, kind, currency, decimals,
    connected, threshold_minor, created_at_ms, updated_at_ms
FROM account ORDER BY id;

DROP TABLE account;
ALTER TABLE keyed_account RENAME TO account;

CREATE UNIQUE INDEX account_key ON account (company, env, record, key);
CREATE INDEX account_number ON account (company, env, number);
CREATE INDEX account_name ON account (company, env, name);
CREATE INDEX account_made ON account (company, env, created_at_ms, id);

CREATE TABLE keyed_balance (
    company           BLOB     NOT NULL,
    env               TEXT     NOT NULL,
    id                BLOB     NOT NULL,
    account           BLOB     NOT NULL,
    created_at_ms     BIGINT   NOT NULL,
    ledger_minor      BIGINT,
    available_minor   BIGINT,
    source            TEXT     NOT NULL,
    at_ms             BIGINT   NOT NULL,
    basis             TEXT     NOT NULL,
    is_stale          SMALLINT NOT NULL,
    pending_out_minor BIGINT,
    pending_in_minor  BIGINT,
    limit_minor       BIGINT,
    minimum_minor     BIGINT,
    PRIMARY KEY (id, company, env)
) WITHOUT ROWID;

INSERT INTO keyed_balance (company, env, id, account, created_at_ms, ledger_minor, available_minor, source,
    at_ms, basis, is_stale, pending_out_minor, pending_in_minor, limit_minor, minimum_minor)
SELECT company, env, id, account, created_at_ms, ledger_minor, available_minor, source,
    at_ms, basis, is_stale, pending_out_minor, pending_in_minor, limit_minor, minimum_minor
FROM balance ORDER BY id;

DROP TABLE balance;
ALTER TABLE keyed_balance RENAME TO balance;

CREATE UNIQUE INDEX balance_account ON balance (company, env, account);
CREATE INDEX balance_made ON balance (company, env, created_at_ms, id);
CREATE INDEX balance_ledger ON balance (company, env, ledger_minor);
CREATE INDEX balance_available ON balance (company, env, available_minor);
