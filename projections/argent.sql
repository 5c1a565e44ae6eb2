-- The money: envelopes, accounts (one beneficiary, one envelope, one year), each movement with the balance after it,
-- operations, and the follow-up of the Pacte. Amounts are cents.
CREATE TABLE enveloppes (
    reference text PRIMARY KEY,
    nom text NOT NULL,
    titre text NOT NULL,
    montant_cents bigint NOT NULL,
    annee_debut int NOT NULL,
    annee_fin int NOT NULL,
    deliberation text NOT NULL,
    hors_pacte boolean NOT NULL,
    alpha text,
    repartition text,
    repartie_le date,
    repartitions int NOT NULL,
    ouverte_le date NOT NULL,
    position bigint NOT NULL
);

CREATE TABLE comptes (
    cle text PRIMARY KEY,
    enveloppe text NOT NULL,
    nom text NOT NULL,
    beneficiaire text NOT NULL,
    annee int NOT NULL,
    deliberation text NOT NULL,
    dotation_cents bigint NOT NULL,
    rectifie_cents bigint NOT NULL,
    reconduit_cents bigint NOT NULL,
    sorti_cents bigint NOT NULL,
    abonde_cents bigint NOT NULL,
    engage_cents bigint NOT NULL,
    mandate_cents bigint NOT NULL,
    solde_cents bigint NOT NULL,
    mouvements int NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX comptes_beneficiaire ON comptes (beneficiaire, annee);
CREATE INDEX comptes_enveloppe ON comptes (enveloppe, annee);

CREATE TABLE mouvements (
    cle text PRIMARY KEY,
    compte text NOT NULL,
    rang int NOT NULL,
    sorte text NOT NULL,
    cents bigint NOT NULL,
    paye_cents bigint NOT NULL,
    solde_cents bigint NOT NULL,
    acte text,
    operation text,
    motif text,
    le date NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX mouvements_compte ON mouvements (compte, rang);
CREATE INDEX mouvements_operation ON mouvements (operation, position);

CREATE TABLE operations (
    reference text PRIMARY KEY,
    nom text NOT NULL,
    beneficiaire text NOT NULL,
    titre text NOT NULL,
    nature text NOT NULL,
    etat text NOT NULL,
    cout_cents bigint NOT NULL,
    depasse boolean NOT NULL,
    motif_seuil text,
    communes jsonb NOT NULL,
    axe text,
    competence text,
    origine text,
    proposee_par text NOT NULL,
    proposee_le date NOT NULL,
    avis boolean,
    avis_motif text,
    avis_le date,
    instance text,
    acte text,
    decidee_le date,
    engage_cents bigint NOT NULL,
    mandate_cents bigint NOT NULL,
    engagee_le date,
    commencee_le date,
    receptionnee_le date,
    soldee_le date,
    cout_reel_cents bigint,
    abandonnee_le date,
    abandon text,
    explication text,
    photos jsonb NOT NULL,
    depot bigint NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX operations_beneficiaire ON operations (beneficiaire, depot);
CREATE INDEX operations_depot ON operations (depot);
CREATE INDEX operations_origine ON operations (origine);

CREATE TABLE territoires (
    ctm text PRIMARY KEY,
    deliberation text NOT NULL,
    adopte_le date NOT NULL,
    position bigint NOT NULL
);

CREATE TABLE photographies (
    jour text PRIMARY KEY,
    titre text NOT NULL,
    connu bigint NOT NULL,
    empreinte text NOT NULL,
    arretee_le date NOT NULL,
    position bigint NOT NULL
);

CREATE TABLE rendez_vous (
    cle text PRIMARY KEY,
    objet text NOT NULL,
    prevu_pour date NOT NULL,
    source text NOT NULL,
    tenu_le date,
    conclusions text,
    position bigint NOT NULL
);
