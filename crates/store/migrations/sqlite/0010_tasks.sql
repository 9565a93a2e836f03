-- Work that goes on without the asker: the last task of each kind about each record.
-- `due_at_ms` is absent once the task has ended; `lease_until_ms` is 0 unless a try has taken it.

CREATE TABLE task (
    company        BLOB   NOT NULL,
    env            TEXT   NOT NULL,
    record         BLOB   NOT NULL,
    kind           TEXT   NOT NULL,
    state          TEXT   NOT NULL,
    asked_at_ms    BIGINT NOT NULL,
    ended_at_ms    BIGINT,
    due_at_ms      BIGINT,
    lease_until_ms BIGINT NOT NULL,
    attempt        BIGINT NOT NULL,
    problem        TEXT   NOT NULL,
    PRIMARY KEY (company, env, record, kind)
);

-- Due tasks are taken for all companies at once, the longest waiting first.
CREATE INDEX task_due ON task (due_at_ms);
