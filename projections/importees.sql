-- One row per deliberation of another authority, taken from its open data.
CREATE TABLE deliberations_importees (
    numero text PRIMARY KEY,
    collectivite text NOT NULL,
    siret text NOT NULL,
    identifiant text NOT NULL,
    votee_le date NOT NULL,
    objet text NOT NULL,
    matiere_code text NOT NULL,
    matiere_nom text NOT NULL,
    budget_annee text,
    budget_nom text,
    pref_id text,
    pref_date date,
    effectif int,
    reel int,
    pour int,
    contre int,
    abstentions int,
    url text,
    source text NOT NULL,
    depot bigint NOT NULL
);
CREATE INDEX deliberations_importees_date ON deliberations_importees (votee_le DESC, numero);
CREATE INDEX deliberations_importees_identifiant ON deliberations_importees (identifiant);
