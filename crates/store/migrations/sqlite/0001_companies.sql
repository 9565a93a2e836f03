-- Companies and the keys by which their servers and widgets are known.
-- A company is the root of every other key, so its own key is its id alone.

CREATE TABLE company (
    id            BLOB   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE api_key (
    company BLOB NOT NULL,
    env     TEXT NOT NULL,
    hash    BLOB NOT NULL,
    kind    TEXT NOT NULL,
    PRIMARY KEY (company, env, hash)
) WITHOUT ROWID;

-- A key arrives before its company is known, so its hash is unique by itself.
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);
