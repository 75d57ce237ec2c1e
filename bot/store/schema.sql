-- What Slack delivered; the payload is NULL once it is done.
CREATE TABLE IF NOT EXISTS inbox (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    payload  BLOB,
    received INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS inbox_unfinished ON inbox (received) WHERE payload IS NOT NULL;

-- Questions by the message that asks them. The delivery that claimed one is
-- the only one to answer it.
CREATE TABLE IF NOT EXISTS questions (
    id       TEXT PRIMARY KEY,
    channel  TEXT NOT NULL,
    ts       TEXT NOT NULL,
    thread   TEXT NOT NULL,
    asker    TEXT NOT NULL,
    delivery TEXT NOT NULL,
    asked    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    answer   TEXT NOT NULL DEFAULT '',
    done     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (channel, ts)
);
CREATE INDEX IF NOT EXISTS questions_thread ON questions (channel, thread, asked);

-- The messages that answer a question.
CREATE TABLE IF NOT EXISTS posts (
    question TEXT NOT NULL,
    part     INTEGER NOT NULL,
    channel  TEXT NOT NULL,
    ts       TEXT NOT NULL,
    PRIMARY KEY (question, part)
);

-- Threads in which the bot answers without being mentioned.
CREATE TABLE IF NOT EXISTS threads (
    channel   TEXT NOT NULL,
    root      TEXT NOT NULL,
    asker     TEXT NOT NULL,
    following INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (channel, root)
);

CREATE TABLE IF NOT EXISTS feedback (
    question TEXT NOT NULL,
    user     TEXT NOT NULL,
    good     INTEGER NOT NULL,
    reason   TEXT NOT NULL DEFAULT '',
    at       INTEGER NOT NULL,
    PRIMARY KEY (question, user)
);

-- What came of questions, for reports. Times are in milliseconds, documents a JSON
-- list of the IDs of those cited.
CREATE TABLE IF NOT EXISTS outcomes (
    question  TEXT PRIMARY KEY,
    status    TEXT NOT NULL,
    took      INTEGER NOT NULL,
    model     TEXT NOT NULL,
    input     INTEGER NOT NULL,
    cached    INTEGER NOT NULL,
    output    INTEGER NOT NULL,
    documents TEXT NOT NULL
);
