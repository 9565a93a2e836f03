-- What a balance says now stands beside it, so that it is found by its figures and told without a
-- look at its history; and a reading tells what else was known.

ALTER TABLE reading ADD COLUMN basis             TEXT     NOT NULL DEFAULT 'interim';
ALTER TABLE reading ADD COLUMN is_stale          SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE reading ADD COLUMN pending_out_minor BIGINT;
ALTER TABLE reading ADD COLUMN pending_in_minor  BIGINT;
ALTER TABLE reading ADD COLUMN limit_minor       BIGINT;
ALTER TABLE reading ADD COLUMN minimum_minor     BIGINT;

ALTER TABLE balance ADD COLUMN ledger_minor      BIGINT;
ALTER TABLE balance ADD COLUMN available_minor   BIGINT;
ALTER TABLE balance ADD COLUMN source            TEXT     NOT NULL DEFAULT 'ledger_only';
ALTER TABLE balance ADD COLUMN at_ms             BIGINT   NOT NULL DEFAULT 0;
ALTER TABLE balance ADD COLUMN basis             TEXT     NOT NULL DEFAULT 'interim';
ALTER TABLE balance ADD COLUMN is_stale          SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE balance ADD COLUMN pending_out_minor BIGINT;
ALTER TABLE balance ADD COLUMN pending_in_minor  BIGINT;
ALTER TABLE balance ADD COLUMN limit_minor       BIGINT;
ALTER TABLE balance ADD COLUMN minimum_minor     BIGINT;

UPDATE balance
SET (ledger_minor, available_minor, source, at_ms) = (
    SELECT reading.ledger_minor, reading.available_minor, reading.source, reading.at_ms FROM reading
    WHERE reading.company = balance.company AND reading.env = balance.env AND reading.balance = balance.id
    ORDER BY reading.at_ms DESC LIMIT 1
)
WHERE EXISTS (
    SELECT 1 FROM reading
    WHERE reading.company = balance.company AND reading.env = balance.env AND reading.balance = balance.id
);

CREATE INDEX balance_ledger ON balance (company, env, ledger_minor);
CREATE INDEX balance_available ON balance (company, env, available_minor);

-- How many decimals an amount in major units has, by which balances are searched.
ALTER TABLE account ADD COLUMN decimals SMALLINT NOT NULL DEFAULT 2;

UPDATE account SET decimals = 0 WHERE currency IN
    ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF',
    'XOF', 'XPF');
UPDATE account SET decimals = 3 WHERE currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND');
