-- The urns: sealed ballots while a scrutin lives, and nothing after its contest period. No event can rebuild them.
-- No timestamp, no address, no serial here. `xmin` and `ctid` tell in which order slips were used, therefore which
-- sealed ballot came with which slip, as the table itself does; nothing tells which opened ballot it became, because
-- what comes out of a layer is kept sorted, in one row. In the short-lived backup (`cles`): see `registre sauvegarder`.

CREATE SCHEMA urne;

-- One row a scrutin. `longueur`: bytes of a sealed ballot. `releve_le`: the hour of the last reading.
CREATE TABLE urne.scrutins (
    reference text PRIMARY KEY,
    etat text NOT NULL DEFAULT 'attente' CHECK (etat IN ('attente', 'ouverte', 'fermee', 'effacee')),
    ouvre_le timestamptz NOT NULL,
    ferme_le timestamptz NOT NULL,
    longueur int NOT NULL,
    k_min int NOT NULL,
    releve_le timestamptz,
    n_bulletins int  -- once erased
);

-- k_scrutin, wrapped under a key that derives from the master key: destroyed after the contest period.
CREATE TABLE urne.secrets (reference text PRIMARY KEY, enveloppe bytea NOT NULL);

-- A slip: HMAC-SHA256(k_scrutin, code), never the code. `prepare`: its number is not in the register yet.
-- A used slip is one that has a ballot: said once, there.
CREATE TABLE urne.billets (
    reference text NOT NULL,
    billet bytea NOT NULL CHECK (length(billet) = 32),
    etat text NOT NULL DEFAULT 'prepare' CHECK (etat IN ('prepare', 'libre', 'annule', 'echange')),
    PRIMARY KEY (reference, billet)
);

-- A ballot sealed twice. `lot`: the reading that gave its digest to the register.
CREATE TABLE urne.bulletins (
    reference text NOT NULL,
    billet bytea NOT NULL,
    scelle bytea NOT NULL,
    lot int,
    PRIMARY KEY (reference, billet)
);
CREATE INDEX bulletins_nouveaux ON urne.bulletins (reference) WHERE lot IS NULL;

-- What a layer gave: pieces of one length, sorted, end to end. Of the last layer, sealed under a key from k_scrutin.
CREATE TABLE urne.couches (
    reference text NOT NULL,
    couche text NOT NULL CHECK (couche IN ('metropole', 'bureau')),
    sorties bytea NOT NULL,
    PRIMARY KEY (reference, couche)
);

-- Lots of paper ballots as typed, sealed under a key from k_scrutin. `empreinte`: the salted digest in the register.
CREATE TABLE urne.papier (
    reference text NOT NULL,
    empreinte text NOT NULL,
    contenu bytea NOT NULL,
    PRIMARY KEY (reference, empreinte)
);

-- Acts done here and not yet written in the register: a crash between the two is finished at the next start.
CREATE TABLE urne.gestes (
    cle bytea PRIMARY KEY,
    empreinte bytea NOT NULL,
    reference text NOT NULL,
    billets bytea NOT NULL,  -- 32 bytes each, end to end
    acte bytea NOT NULL  -- who and why, sealed
);

CREATE FUNCTION urne.garder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF (SELECT etat FROM urne.scrutins s WHERE s.reference = OLD.reference) = 'effacee' THEN
            RETURN OLD;
        END IF;
    ELSIF (NEW.reference, NEW.billet, NEW.scelle) = (OLD.reference, OLD.billet, OLD.scelle) AND OLD.lot IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a ballot in the urn neither changes nor leaves: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER garder BEFORE UPDATE OR DELETE ON urne.bulletins FOR EACH ROW EXECUTE FUNCTION urne.garder();

-- Deposits of a scrutin share this lock; closing, revoking and exchanging take it alone. A lock of the row itself
-- would let deposits that keep coming make closing wait for ever, and would write a row at each vote.
CREATE FUNCTION urne.verrou(reference text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended('urne/' || reference, 3);
$$;

-- Whole seconds: open from `ouvre_le` included to `ferme_le` excluded.
CREATE FUNCTION urne.fenetre(ouvre_le timestamptz, ferme_le timestamptz, instant timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN instant < ouvre_le THEN 'pas_ouvert' WHEN instant >= ferme_le THEN 'ferme' ELSE 'ouvert' END;
$$;

-- The only way into the urn. The same bytes again: the same answer, after closing too (an answer may be lost).
CREATE FUNCTION urne.deposer(scrutin text, credential bytea, bulletin bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = urne, pg_temp AS $$
DECLARE
    urn scrutins;
    slip text;
    before bytea;
    open text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(verrou(scrutin));
    SELECT * INTO urn FROM scrutins s WHERE s.reference = scrutin;
    SELECT etat INTO slip FROM billets b WHERE b.reference = scrutin AND b.billet = credential;
    IF slip IS NULL OR slip = 'prepare' THEN
        RETURN CASE WHEN urn.etat = 'effacee' THEN 'ferme' ELSE 'inconnu' END;
    END IF;
    SELECT scelle INTO before FROM bulletins b WHERE b.reference = scrutin AND b.billet = credential;
    IF before IS NULL THEN
        IF slip <> 'libre' THEN
            RETURN 'annule';
        END IF;
        IF urn.etat = 'fermee' THEN
            RETURN 'ferme';
        END IF;
        open := fenetre(urn.ouvre_le, urn.ferme_le, clock_timestamp());
        IF urn.etat = 'attente' AND open = 'ouvert' THEN
            RETURN 'pas_ouvert';
        ELSIF open <> 'ouvert' THEN
            RETURN open;
        ELSIF length(bulletin) <> urn.longueur THEN
            RETURN 'longueur';
        END IF;
        INSERT INTO bulletins (reference, billet, scelle) VALUES (scrutin, credential, bulletin)
            ON CONFLICT DO NOTHING;
        IF FOUND THEN
            RETURN 'accepte';
        END IF;
        SELECT scelle INTO before FROM bulletins b WHERE b.reference = scrutin AND b.billet = credential;
    END IF;
    RETURN CASE WHEN before = bulletin THEN 'deja_le_meme' ELSE 'deja_un_autre' END;
END $$;

-- Destroys the urn of a scrutin; returns how many ballots it held, the same number when it is asked again.
CREATE FUNCTION urne.effacer(scrutin text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = urne, pg_temp AS $$
DECLARE
    n int;
BEGIN
    PERFORM pg_advisory_xact_lock(verrou(scrutin));
    UPDATE scrutins s SET etat = 'effacee', n_bulletins =
        coalesce(s.n_bulletins, (SELECT count(*) FROM bulletins b WHERE b.reference = scrutin))
        WHERE s.reference = scrutin RETURNING s.n_bulletins INTO n;
    DELETE FROM bulletins b WHERE b.reference = scrutin;
    DELETE FROM billets b WHERE b.reference = scrutin;
    DELETE FROM couches c WHERE c.reference = scrutin;
    DELETE FROM papier p WHERE p.reference = scrutin;
    DELETE FROM gestes g WHERE g.reference = scrutin AND g.billets <> '';
    RETURN n;
END $$;

REVOKE ALL ON FUNCTION urne.deposer, urne.effacer FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'registre_app') THEN
        GRANT USAGE ON SCHEMA urne TO registre_app;
        GRANT SELECT ON ALL TABLES IN SCHEMA urne TO registre_app;
        GRANT INSERT, UPDATE ON urne.scrutins, urne.couches TO registre_app;
        GRANT INSERT ON urne.papier TO registre_app;
        GRANT INSERT, DELETE ON urne.secrets, urne.gestes TO registre_app;
        GRANT INSERT, UPDATE, DELETE ON urne.billets TO registre_app;
        GRANT DELETE ON urne.couches TO registre_app;
        GRANT UPDATE (lot) ON urne.bulletins TO registre_app;
        GRANT EXECUTE ON FUNCTION urne.deposer, urne.effacer TO registre_app;
    END IF;
END $$;
