-- The same append as 0001, in two thirds of its time: whoever waits for an act waits for this.

-- Each append changes these rows. Room beside them keeps every version on one page, which is cleaned on the way: full
-- pages sent each new version to a page of its own, and each append then read all of them.
ALTER TABLE ledger.head SET (fillfactor = 30);
ALTER TABLE ledger.counters SET (fillfactor = 10);

-- Node by node: a query for each level cost more than the hashes of a usual batch.
CREATE OR REPLACE FUNCTION ledger.grow(base bigint, frontier bytea, leaves bytea, OUT grown bytea, OUT root bytea)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    buf bytea := leaves;
    start bigint := base;
    count bigint := length(leaves) / 32;
    size bigint := base + length(leaves) / 32;
    level int := 0;
    parents bytea;
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
        parents := ''::bytea;
        FOR i IN 0..count / 2 - 1 LOOP
            parents := parents || sha256('\x01'::bytea || substr(buf, (64 * i + 1)::int, 64));
        END LOOP;
        buf := parents;
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

-- Arguments, errors and answer as in 0001. One statement a series finds its row by its key; keys and events that are
-- taken already are told by their own uniqueness, not looked for before.
CREATE OR REPLACE FUNCTION ledger.append(
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
    leaves bytea := ''::bytea;
    entry bytea;
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
    FOR i IN 1..cardinality(series_names) LOOP
        UPDATE counters SET n = series_to[i] WHERE series = series_names[i] AND n = series_from[i];
        IF NOT FOUND AND series_from[i] = 0 THEN
            INSERT INTO counters VALUES (series_names[i], series_to[i]) ON CONFLICT DO NOTHING;
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a counter moved' USING ERRCODE = 'RG409';
        END IF;
    END LOOP;
    BEGIN
        IF cardinality(once_keys) > 0 THEN
            INSERT INTO idempotency SELECT k, f, base + a, base + b
                FROM unnest(once_keys, once_fingerprints, once_first, once_last) AS t (k, f, a, b);
        END IF;
        INSERT INTO stored_events (originator_id, originator_version, topic, state, notification_id, event_id)
            SELECT s, v, t, b, base + o, i
            FROM unnest(streams, versions, topics, states, event_ids) WITH ORDINALITY AS e (s, v, t, b, i, o);
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'a stream moved, or a key was used meanwhile' USING ERRCODE = 'RG409';
    END;
    IF cardinality(key_ids) > 0 THEN
        INSERT INTO keys.data_keys SELECT k, base + o, s, w
            FROM unnest(key_ids, key_events, key_scopes, key_wrapped) AS t (k, o, s, w);
        INSERT INTO disclosures SELECT d, base + o, k, b, streams[o]
            FROM unnest(digests, digest_events, digest_keys, digest_sealed) AS t (d, o, k, b);
    END IF;
    FOREACH entry IN ARRAY states LOOP
        leaves := leaves || sha256('\x00'::bytea || entry);
    END LOOP;
    UPDATE head h SET size = base + cardinality(states), frontier = g.grown, root = g.root
        FROM grow(base, old_frontier, leaves) AS g;
    PERFORM pg_notify('ledger', (base + cardinality(states))::text);
    RETURN base;
END $$;
