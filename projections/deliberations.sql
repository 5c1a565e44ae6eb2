-- One row per deliberation: its state, its legal dates, the four numbers of its vote.
CREATE TABLE deliberations (
    numero text PRIMARY KEY,
    instance text NOT NULL,
    siren text NOT NULL,
    objet text NOT NULL,
    matiere_code text NOT NULL,
    matiere_nom text NOT NULL,
    rapporteur text,
    commission text,
    dossier text,
    avis_requis jsonb NOT NULL,
    etat text NOT NULL,
    seance text,
    rang int,
    deposee_le date,
    rapport_le date,
    votee_le date,
    transmise_le date,
    recue_le date,
    publiee_le date,
    executoire_le date,
    retiree_le date,
    id_actes text,
    mode text,
    en_exercice int,
    presents int,
    pouvoirs int,
    pour int,
    contre int,
    abstentions int,
    nuls int,
    depot bigint NOT NULL,
    position bigint NOT NULL,
    evenements int NOT NULL
);
CREATE INDEX deliberations_instance ON deliberations (instance, votee_le DESC);
CREATE INDEX deliberations_annee ON deliberations (votee_le DESC NULLS LAST, numero);
CREATE INDEX deliberations_id_actes ON deliberations (id_actes);
