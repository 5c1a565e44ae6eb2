-- What a search may find; no erasable value.
CREATE TABLE recherche (
    cle text PRIMARY KEY,
    genre text NOT NULL,
    reference text NOT NULL,
    titre text NOT NULL,
    theme text NOT NULL,
    reponse text NOT NULL,
    noms text NOT NULL,
    position bigint NOT NULL,
    version int NOT NULL,
    publie boolean NOT NULL,
    efface boolean NOT NULL
);
CREATE INDEX recherche_reference ON recherche (reference);

-- Its words, and nothing but its words: what is written in `titre` and `texte` becomes the vector and is not kept.
-- The words of a published text are erasable; the row is written again without them when they are erased.
CREATE TABLE recherche_mots (
    cle text PRIMARY KEY,
    position bigint NOT NULL,
    titre text NOT NULL,
    texte text NOT NULL,
    vecteur tsvector NOT NULL
);
CREATE INDEX recherche_mots_vecteur ON recherche_mots USING gin (vecteur) WITH (fastupdate = off);

CREATE FUNCTION recherche_vecteur() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.vecteur := setweight(to_tsvector('pg_catalog.french', NEW.titre), 'A')
        || to_tsvector('pg_catalog.french', NEW.texte);
    NEW.titre := '';
    NEW.texte := '';
    RETURN NEW;
END $$;
CREATE TRIGGER recherche_vecteur BEFORE INSERT ON recherche_mots
    FOR EACH ROW EXECUTE FUNCTION recherche_vecteur();
