-- By what else a company may know a customer: a telephone, an e-mail and the like, as keyed hashes.
-- The hash comes first in the key because it alone tells two rows apart.

CREATE TABLE customer_identifier (
    company  BLOB NOT NULL,
    env      TEXT NOT NULL,
    kind     TEXT NOT NULL,
    key      BLOB NOT NULL,
    customer BLOB NOT NULL,
    PRIMARY KEY (key, kind, company, env)
) WITHOUT ROWID;

-- An account is looked for by its number alone where the sign-in it belongs to is not known.
CREATE INDEX account_blind ON account (company, env, key);
