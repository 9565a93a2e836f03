-- State that connectors keep for a company, each under a name.

CREATE TABLE kept (
    company BLOB   NOT NULL,
    env     TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    version BIGINT NOT NULL,
    body    BLOB   NOT NULL,
    PRIMARY KEY (company, env, name)
);
