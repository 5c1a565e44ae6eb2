-- What the site must keep and no event says: who is signed in, what is to be mailed, who follows what.
-- Nothing here is an act. Secrets are stored as SHA-256 of 256-bit random tokens; addresses sealed under keys that
-- derive from the master key (outside the database), or as an HMAC under such a key where one must be found again.

CREATE SCHEMA web;

CREATE TABLE web.sessions (
    token bytea PRIMARY KEY,
    person text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_person ON web.sessions (person);
CREATE INDEX sessions_expires ON web.sessions (expires_at);

-- Sign-in links: used once. `person` is null for an address that nobody has, so that asking always costs the same.
CREATE TABLE web.links (
    token bytea PRIMARY KEY,
    person text,
    suite text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX links_expires ON web.links (expires_at);

CREATE TABLE web.api_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    token bytea NOT NULL UNIQUE,
    person text NOT NULL,
    label text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz,
    expires_at timestamptz NOT NULL
);
CREATE INDEX api_tokens_person ON web.api_tokens (person);

-- Attempts, counted in two neighbouring windows. Not logged: nothing of it reaches a backup, a crash starts afresh.
-- `subject` is an HMAC (of an address, of a network under the key of the day) or empty for everybody together.
CREATE UNLOGGED TABLE web.attempts (
    scope text NOT NULL,
    subject bytea NOT NULL,
    since timestamptz NOT NULL,
    n int NOT NULL,
    before int NOT NULL DEFAULT 0,
    closed_until timestamptz,
    PRIMARY KEY (scope, subject)
);
CREATE INDEX attempts_since ON web.attempts (since);

-- Mails to send. `sealed` holds the recipient and both bodies until they have left; `key` makes each mail unique.
CREATE TABLE web.outbox (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    subject text NOT NULL,
    sealed bytea,
    state text NOT NULL DEFAULT 'attente' CHECK (state IN ('attente', 'parti', 'abandonne')),
    attempts int NOT NULL DEFAULT 0,
    fault text,
    created_at timestamptz NOT NULL DEFAULT now(),
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX outbox_due ON web.outbox (next_attempt_at) WHERE state = 'attente';
CREATE INDEX outbox_created ON web.outbox (created_at);

-- Who follows what. `subject` is `dossiers/<reference>` or `instances/<slug>`; never public, gone when one stops.
CREATE TABLE web.subscriptions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    subject text NOT NULL,
    email_digest bytea NOT NULL,
    email_sealed bytea NOT NULL,
    pace text NOT NULL CHECK (pace IN ('tout_de_suite', 'lundi', 'decision')),
    created_at timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    UNIQUE (subject, email_digest)
);
CREATE INDEX subscriptions_email ON web.subscriptions (email_digest);

-- Positions that wait for Monday's summary.
CREATE TABLE web.summary (
    subscription uuid NOT NULL REFERENCES web.subscriptions ON DELETE CASCADE,
    position bigint NOT NULL,
    PRIMARY KEY (subscription, position)
);

-- How far followers were told, and the last Monday that was; moves in the transaction that fills the outbox.
CREATE TABLE web.notifier (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    position bigint NOT NULL,
    summed_on date NOT NULL DEFAULT '2026-01-01'
);
INSERT INTO web.notifier (position) SELECT size FROM ledger.head;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'registre_app') THEN
        GRANT USAGE ON SCHEMA web TO registre_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA web TO registre_app;
    END IF;
END $$;
