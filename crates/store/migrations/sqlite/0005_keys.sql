-- Keys get names, so that people can tell them apart and end them. A key of before is named by the
-- beginning of its hash; its last characters were never kept.

CREATE TABLE named_key (
    company       BLOB   NOT NULL,
    env           TEXT   NOT NULL,
    id            BLOB   NOT NULL,
    kind          TEXT   NOT NULL,
    hash          BLOB   NOT NULL,
    hint          TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    ends_at_ms    BIGINT,
    PRIMARY KEY (company, env, id)
) WITHOUT ROWID;

INSERT INTO named_key (company, env, id, kind, hash, hint, created_at_ms, ends_at_ms)
SELECT api_key.company, api_key.env, substr(api_key.hash, 1, 12), api_key.kind, api_key.hash, '',
    coalesce((SELECT company.created_at_ms FROM company WHERE company.id = api_key.company), 0), NULL
FROM api_key;

DROP TABLE api_key;
ALTER TABLE named_key RENAME TO api_key;

-- A key arrives before its company is known, so its hash is unique by itself.
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);

-- An operator names a key by its id alone, whichever world it opens.
CREATE UNIQUE INDEX api_key_id ON api_key (company, id);
