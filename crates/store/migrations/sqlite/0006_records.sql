-- How a record stands, what the host said when it was made, and what lists are searched by.

ALTER TABLE record DROP COLUMN callback_url;
ALTER TABLE record ADD COLUMN status   TEXT   NOT NULL DEFAULT 'ok';
ALTER TABLE record ADD COLUMN app      BLOB;
ALTER TABLE record ADD COLUMN endpoint BLOB;
ALTER TABLE record ADD COLUMN options  TEXT   NOT NULL DEFAULT '{}';
ALTER TABLE record ADD COLUMN meta     TEXT   NOT NULL DEFAULT '{}';
-- Raised by every write to the record.
ALTER TABLE record ADD COLUMN version  BIGINT NOT NULL DEFAULT 1;

-- The members of each record's options: a name, and its value as compact JSON.
CREATE TABLE record_option (
    company BLOB NOT NULL,
    env     TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    record  BLOB NOT NULL,
    PRIMARY KEY (company, env, name, value, record)
) WITHOUT ROWID;

CREATE INDEX record_option_record ON record_option (company, env, record);

-- Lists of a whole company come newest first.
CREATE INDEX record_made ON record (company, env, created_at_ms, id);
CREATE INDEX customer_made ON customer (company, env, created_at_ms, id);
CREATE INDEX account_made ON account (company, env, created_at_ms, id);

CREATE INDEX account_number ON account (company, env, number);
CREATE INDEX account_name ON account (company, env, name);
