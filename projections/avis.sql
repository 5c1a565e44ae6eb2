-- One row per saisine: its state, its dates, its term. Lateness is not stored: it follows from the term and from the day
-- one looks.
CREATE TABLE saisines (
    reference text PRIMARY KEY,
    procedure text NOT NULL,
    de text NOT NULL,
    a text NOT NULL,
    objet text NOT NULL,
    projet text,
    regle text,
    etat text NOT NULL,
    deposee_le date NOT NULL,
    au_plus_tard boolean NOT NULL,
    terme date,
    engagement boolean NOT NULL,
    prorogations int NOT NULL,
    relancee_le date,
    rendu_le date,
    sens text,
    id_actes text,
    seance text,
    reserves int NOT NULL,
    suivies jsonb NOT NULL,
    transmis_le date,
    presentateur text,
    presente_le date,
    suite text,
    accuse_le date,
    service text,
    repondue_le date,
    transmise_le date,
    adoptee_le date,
    demandee_le date,
    acceptee boolean,
    close_le date,
    retiree_le date,
    depot bigint NOT NULL,
    position bigint NOT NULL,
    evenements int NOT NULL
);
CREATE INDEX saisines_recentes ON saisines (deposee_le DESC, depot DESC);
CREATE INDEX saisines_de ON saisines (de, depot DESC);
CREATE INDEX saisines_a ON saisines (a, depot DESC);
CREATE INDEX saisines_terme ON saisines (terme) WHERE close_le IS NULL AND retiree_le IS NULL;
CREATE INDEX saisines_id_actes ON saisines (id_actes) WHERE id_actes IS NOT NULL;
CREATE INDEX saisines_projet ON saisines (projet) WHERE projet IS NOT NULL;
