-- Bodies, services and communes as they stand; former names and dates beside them.
CREATE TABLE instances (
    slug text PRIMARY KEY,
    nom text NOT NULL,
    sigle text NOT NULL,
    type text NOT NULL,
    serie text,
    repondant text,
    adresse text,
    telephone text,
    courriel text,
    du date NOT NULL,
    au date,
    appellations jsonb NOT NULL,
    position bigint NOT NULL
);

CREATE TABLE communes (
    insee text PRIMARY KEY,
    nom text NOT NULL,
    siren text NOT NULL,
    ctm text NOT NULL,
    population_municipale int NOT NULL,
    population_annee int NOT NULL,
    du date NOT NULL,
    au date,
    devient text,
    precedents jsonb NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX communes_ctm ON communes (ctm);
