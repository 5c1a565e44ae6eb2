-- The ledger: what cannot be rebuilt from anything else. Append-only, enforced here and not by manners.

CREATE SCHEMA ledger;
CREATE SCHEMA keys;  -- its own schema, so that its backups can be short-lived (an old backup undoes an erasure)

-- Column names of the eventsourcing library, so that its readers work. `state` is the entry, byte for byte;
-- `notification_id` is the gapless position (leaf index + 1). `event_id` and `metadata` are those of its v10.
CREATE TABLE ledger.stored_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint PRIMARY KEY,
    event_id uuid NOT NULL,
    metadata bytea,
    UNIQUE (originator_id, originator_version)
);
CREATE INDEX stored_events_topic ON ledger.stored_events (topic, notification_id);

-- One row: the size of the log and its Merkle frontier (40 levels of 32 bytes; a level counts when its bit of
-- `size` is set) and root (RFC 9162, 2.1). Locked by every append, therefore gapless and in commit order.
CREATE TABLE ledger.head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    size bigint NOT NULL,
    frontier bytea NOT NULL,
    root bytea NOT NULL
);
INSERT INTO ledger.head VALUES (true, 0, decode(repeat('00', 32 * 40), 'hex'), sha256(''::bytea));

CREATE TABLE ledger.counters (series text PRIMARY KEY, n bigint NOT NULL);

-- A key seen once gets the same answer for ever: positions of the act that it wrote.
CREATE TABLE ledger.idempotency (
    key bytea PRIMARY KEY,
    fingerprint bytea NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL
);

CREATE TABLE ledger.checkpoints (size bigint PRIMARY KEY, note text NOT NULL, signed_at timestamptz NOT NULL DEFAULT now());

-- Erasable values (RFC 9901), each sealed under a data key that is wrapped by a master key outside the database.
CREATE TABLE ledger.disclosures (
    digest text PRIMARY KEY,
    position bigint NOT NULL,
    key_id uuid NOT NULL,
    sealed bytea NOT NULL,
    originator_id uuid NOT NULL  -- a dossier is read with its values by two index scans and no join
);
CREATE INDEX disclosures_position ON ledger.disclosures (position);
CREATE INDEX disclosures_originator ON ledger.disclosures (originator_id);
CREATE TABLE keys.data_keys (key_id uuid PRIMARY KEY, position bigint NOT NULL, scope text NOT NULL, wrapped bytea NOT NULL);
CREATE INDEX data_keys_position ON keys.data_keys (position);

-- Only appended to: statistics often, vacuum when there is something to freeze.
ALTER TABLE ledger.stored_events SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 500);
ALTER TABLE ledger.disclosures SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 500);
ALTER TABLE keys.data_keys SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 500);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.stored_events
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ledger.stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.checkpoints
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ledger.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- Adds leaves to a frontier; returns the new frontier and root. `buf` holds the node hashes of one level.
CREATE FUNCTION ledger.grow(base bigint, frontier bytea, leaves bytea, OUT grown bytea, OUT root bytea)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    buf bytea := leaves;
    start bigint := base;
    count bigint := length(leaves) / 32;
    size bigint := base + length(leaves) / 32;
    level int := 0;
BEGIN
    grown := frontier;
    WHILE count > 0 LOOP
        IF start % 2 = 1 THEN
            buf := substr(grown, 32 * level + 1, 32) || buf;
            start := start - 1;
            count := count + 1;
        END IF;
        IF count % 2 = 1 THEN
            grown := overlay(grown PLACING substr(buf, (32 * (count - 1) + 1)::int, 32) FROM 32 * level + 1);
            count := count - 1;
        END IF;
        IF count = 2 THEN  -- the usual case of one act alone, without a query
            buf := sha256('\x01'::bytea || substr(buf, 1, 64));
        ELSIF count > 2 THEN
            SELECT string_agg(sha256('\x01'::bytea || substr(buf, (64 * i + 1)::int, 64)), ''::bytea ORDER BY i)
                INTO buf FROM generate_series(0, count / 2 - 1) AS i;
        END IF;
        start := start / 2;
        count := count / 2;
        level := level + 1;
    END LOOP;
    level := 0;
    WHILE size > 0 LOOP
        IF size & 1 = 1 THEN
            root := CASE WHEN root IS NULL THEN substr(grown, 32 * level + 1, 32)
                         ELSE sha256('\x01'::bytea || substr(grown, 32 * level + 1, 32) || root) END;
        END IF;
        size := size >> 1;
        level := level + 1;
    END LOOP;
END $$;

-- The only way in. One call writes a whole batch of acts or nothing. SQLSTATE RG409: something that a decision
-- stands on (a stream, a counter, an idempotency key) has moved; read again and decide again.
-- Ordinals (`*_event`, first, last) count from 1 within the batch. Returns the size before.
CREATE FUNCTION ledger.append(
    streams uuid[], versions bigint[], topics text[], states bytea[], event_ids uuid[],
    guards uuid[], guard_versions bigint[],
    series_names text[] = '{}', series_from bigint[] = '{}', series_to bigint[] = '{}',
    once_keys bytea[] = '{}', once_fingerprints bytea[] = '{}', once_first int[] = '{}', once_last int[] = '{}',
    key_ids uuid[] = '{}', key_events int[] = '{}', key_scopes text[] = '{}', key_wrapped bytea[] = '{}',
    digests text[] = '{}', digest_events int[] = '{}', digest_keys uuid[] = '{}', digest_sealed bytea[] = '{}'
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    base bigint;
    old_frontier bytea;
    leaves bytea;
    touched bigint;
BEGIN
    SELECT h.size, h.frontier INTO STRICT base, old_frontier FROM head h FOR UPDATE;
    IF EXISTS (
        SELECT FROM unnest(guards, guard_versions) AS g (id, version)
        WHERE g.version IS DISTINCT FROM coalesce(
            (SELECT e.originator_version FROM stored_events e WHERE e.originator_id = g.id
             ORDER BY e.originator_version DESC LIMIT 1), 0)
    ) THEN
        RAISE EXCEPTION 'a stream moved' USING ERRCODE = 'RG409';
    END IF;
    IF cardinality(series_names) > 0 THEN
        INSERT INTO counters SELECT s, 0 FROM unnest(series_names) AS s ON CONFLICT DO NOTHING;
        UPDATE counters c SET n = t.upto FROM unnest(series_names, series_from, series_to) AS t (s, since, upto)
            WHERE c.series = t.s AND c.n = t.since;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched <> cardinality(series_names) THEN
            RAISE EXCEPTION 'a counter moved' USING ERRCODE = 'RG409';
        END IF;
    END IF;
    IF cardinality(once_keys) > 0 THEN
        INSERT INTO idempotency SELECT k, f, base + a, base + b
            FROM unnest(once_keys, once_fingerprints, once_first, once_last) AS t (k, f, a, b) ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched <> cardinality(once_keys) THEN
            RAISE EXCEPTION 'an idempotency key was used meanwhile' USING ERRCODE = 'RG409';
        END IF;
    END IF;
    BEGIN
        INSERT INTO stored_events (originator_id, originator_version, topic, state, notification_id, event_id)
            SELECT s, v, t, b, base + o, i
            FROM unnest(streams, versions, topics, states, event_ids) WITH ORDINALITY AS e (s, v, t, b, i, o);
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'a stream moved' USING ERRCODE = 'RG409';
    END;
    IF cardinality(key_ids) > 0 THEN
        INSERT INTO keys.data_keys SELECT k, base + o, s, w
            FROM unnest(key_ids, key_events, key_scopes, key_wrapped) AS t (k, o, s, w);
        INSERT INTO disclosures SELECT d, base + o, k, b, streams[o]
            FROM unnest(digests, digest_events, digest_keys, digest_sealed) AS t (d, o, k, b);
    END IF;
    SELECT string_agg(sha256('\x00'::bytea || b), ''::bytea ORDER BY o) INTO leaves
        FROM unnest(states) WITH ORDINALITY AS t (b, o);
    UPDATE head h SET size = base + cardinality(states), frontier = g.grown, root = g.root
        FROM grow(base, old_frontier, leaves) AS g;
    PERFORM pg_notify('ledger', (base + cardinality(states))::text);
    RETURN base;
END $$;

-- Taken before reading, when a first try found that something had moved: then nothing can.
CREATE FUNCTION ledger.hold() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
    SELECT size FROM head FOR UPDATE;
$$;

-- Destroys what can be destroyed of the personal values under these data keys. The leaves stay.
CREATE FUNCTION ledger.forget(erased uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
    DELETE FROM keys.data_keys WHERE key_id = ANY(erased);
    DELETE FROM disclosures WHERE key_id = ANY(erased);
$$;

REVOKE ALL ON FUNCTION ledger.append, ledger.hold, ledger.forget FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'registre_app') THEN
        GRANT USAGE ON SCHEMA ledger, keys TO registre_app;
        GRANT SELECT ON ALL TABLES IN SCHEMA ledger, keys TO registre_app;
        GRANT INSERT ON ledger.checkpoints TO registre_app;
        GRANT EXECUTE ON FUNCTION ledger.append, ledger.hold, ledger.forget TO registre_app;
    END IF;
END $$;
