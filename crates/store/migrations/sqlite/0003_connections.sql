-- What finished sign-ins leave: persons, sign-ins and accounts, each found again by a blind key.

CREATE TABLE customer (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    id            BLOB   NOT NULL,
    key           BLOB   NOT NULL,
    name          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    updated_at_ms BIGINT NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE UNIQUE INDEX customer_key ON customer (company, env, key);

CREATE TABLE record (
    company          BLOB   NOT NULL,
    env              TEXT   NOT NULL,
    id               BLOB   NOT NULL,
    key              BLOB   NOT NULL,
    customer         BLOB   NOT NULL,
    institution      BLOB   NOT NULL,
    access           BLOB   NOT NULL,
    products         TEXT   NOT NULL,
    callback_url     TEXT,
    consent_until_ms BIGINT NOT NULL,
    created_at_ms    BIGINT NOT NULL,
    updated_at_ms    BIGINT NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE UNIQUE INDEX record_key ON record (company, env, key);
CREATE INDEX record_customer ON record (company, env, customer);
CREATE INDEX record_institution ON record (company, env, institution);

CREATE TABLE account (
    company       BLOB     NOT NULL,
    env           TEXT     NOT NULL,
    id            BLOB     NOT NULL,
    record        BLOB     NOT NULL,
    key           BLOB     NOT NULL,
    name          TEXT     NOT NULL,
    number        TEXT     NOT NULL,
    kind          TEXT     NOT NULL,
    currency      TEXT     NOT NULL,
    connected     SMALLINT NOT NULL,
    created_at_ms BIGINT   NOT NULL,
    updated_at_ms BIGINT   NOT NULL,
    PRIMARY KEY (company, env, id)
);

CREATE UNIQUE INDEX account_key ON account (company, env, record, key);
