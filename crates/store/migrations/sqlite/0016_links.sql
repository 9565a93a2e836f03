-- Apps get a name that goes into links, the options that are saved with them, and the pages that may
-- show the window for them.

ALTER TABLE app ADD COLUMN short TEXT NOT NULL DEFAULT '';
ALTER TABLE app ADD COLUMN options TEXT NOT NULL DEFAULT '{}';

-- Those that are there already get names that nobody can know before they are told.
UPDATE app SET short = lower(hex(randomblob(10)));

-- A link names an App before its company is known, so its name is unique by itself.
CREATE UNIQUE INDEX app_short ON app (short);

-- A link lives on in letters and pictures. Its name stays the company's that had it first.
CREATE TABLE short_name (
    short   TEXT NOT NULL PRIMARY KEY,
    company BLOB NOT NULL
) WITHOUT ROWID;

INSERT INTO short_name (short, company) SELECT short, company FROM app;

CREATE TABLE app_origin (
    company BLOB NOT NULL,
    env     TEXT NOT NULL,
    app     BLOB NOT NULL,
    origin  TEXT NOT NULL,
    PRIMARY KEY (company, env, app, origin)
) WITHOUT ROWID;

-- Counts the times an App was saved. Who keeps the origins of all Apps at hand asks this one row
-- whether they still hold.
CREATE TABLE app_saves (
    one   BIGINT NOT NULL PRIMARY KEY,
    saves BIGINT NOT NULL
);

INSERT INTO app_saves (one, saves) VALUES (1, 0);
