-- Which erasable values everyone may read now: decided by a human, gone when erased or withdrawn.
CREATE TABLE divulgations_publiques (
    cle text PRIMARY KEY,
    position bigint NOT NULL,
    champ text NOT NULL
);
CREATE INDEX divulgations_publiques_position ON divulgations_publiques (position);

-- What a decision to publish needs to know of the filing that it is about.
CREATE TABLE divulgations_depots (
    flux text PRIMARY KEY,
    position bigint NOT NULL,
    version int NOT NULL,
    effaces jsonb NOT NULL
);
