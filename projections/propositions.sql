-- One row per proposition: where it stands, its dates and deadlines; no erasable value. Lateness is not stored: it
-- follows from the dates and from the day one looks.
CREATE TABLE propositions (
    reference text PRIMARY KEY,
    instance text NOT NULL,
    etat text NOT NULL,
    titre text,
    theme text,
    competence text,
    canal text NOT NULL,
    lecture text NOT NULL,
    reponse_par text NOT NULL,
    territoire text,
    regle text,
    code_empreinte text NOT NULL,
    deposee_le date NOT NULL,
    lue_le date,
    publication text,
    avec_prenom boolean NOT NULL,
    discutee_le date,
    participants int,
    adoptee_le date,
    transmise_le date,
    service text,
    repondue_le date,
    suite text,
    restituee_le date,
    comprise_le date,
    rappel_le date,
    essais int NOT NULL,
    ajout_le date,
    close_le date,
    retiree_le date,
    effacement_souhaite_le date,
    effacee_le date,
    lecture_avant date NOT NULL,
    suite_avant date NOT NULL,
    depot bigint NOT NULL,
    position bigint NOT NULL,
    evenements int NOT NULL
);
CREATE INDEX propositions_code ON propositions (code_empreinte);
CREATE INDEX propositions_instance ON propositions (instance, depot DESC);
CREATE INDEX propositions_recentes ON propositions (instance, position DESC);
CREATE INDEX propositions_territoire ON propositions (territoire, depot DESC) WHERE territoire IS NOT NULL;
CREATE INDEX propositions_sans_reponse ON propositions (suite_avant) WHERE retiree_le IS NULL AND repondue_le IS NULL;
