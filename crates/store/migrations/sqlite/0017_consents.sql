-- What a customer agreed to, found again by the number of its receipt; and when they ended it.

ALTER TABLE record ADD COLUMN revoked_at_ms BIGINT;

CREATE TABLE consent (
    company       BLOB     NOT NULL,
    env           TEXT     NOT NULL,
    number        BLOB     NOT NULL,
    record        BLOB     NOT NULL,
    agreed_at_ms  BIGINT   NOT NULL,
    is_carried    SMALLINT NOT NULL,
    stopped_at_ms BIGINT,
    facts         BLOB     NOT NULL,
    PRIMARY KEY (number, company, env)
) WITHOUT ROWID;

-- A number arrives before its company is known, so its hash is unique by itself.
CREATE UNIQUE INDEX consent_number ON consent (number);

-- Whoever ends one consent of a record ends all of them.
CREATE INDEX consent_record ON consent (company, env, record, agreed_at_ms);
