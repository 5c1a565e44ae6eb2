-- The participatory budget of the collèges: editions, collèges, one dossier a collège and edition, ideas (never their
-- words: titles and summaries are an adult's, and public), projects with their whole life.
CREATE TABLE editions (
    edition text PRIMARY KEY,
    titre text NOT NULL,
    enveloppe_cents bigint NOT NULL,
    plafond_cents bigint NOT NULL,
    intentions_jusqu_au date NOT NULL,
    candidatures_jusqu_au date NOT NULL,
    source text NOT NULL,
    etape text NOT NULL,
    ouverte_le date NOT NULL,
    etapes jsonb NOT NULL,
    bilan text,
    bilan_le date,
    position bigint NOT NULL
);

CREATE TABLE colleges (
    slug text PRIMARY KEY,
    nom text NOT NULL,
    commune text,
    effectif int,
    rentree int,
    uai text,
    du date NOT NULL,
    au date,
    position bigint NOT NULL
);

CREATE TABLE budgets (
    reference text PRIMARY KEY,
    college text NOT NULL,
    edition text NOT NULL,
    adoptee_par text NOT NULL,
    budget_cents bigint NOT NULL,
    etat text NOT NULL,
    depose_le date NOT NULL,
    ouvertes_le date,
    idees_jusqu_au date,
    closes_le date,
    liste_le date,
    liste jsonb NOT NULL,
    scrutin text,
    rattache_le date,
    candidature_le date,
    candidats jsonb NOT NULL,
    montant_cents bigint,
    alloue_cents bigint NOT NULL,
    depot bigint NOT NULL,
    position bigint NOT NULL,
    evenements int NOT NULL
);
CREATE INDEX budgets_college ON budgets (college, edition);
CREATE INDEX budgets_edition ON budgets (edition);
CREATE INDEX budgets_scrutin ON budgets (scrutin);

CREATE TABLE idees (
    reference text PRIMARY KEY,
    dossier text NOT NULL,
    canal text NOT NULL,
    lieu text,
    etat text NOT NULL,
    deposee_le date NOT NULL,
    lue_le date,
    titre text,
    resume text,
    motif text,
    dans text,
    motif_groupe text,
    groupe jsonb NOT NULL,
    avis text,
    raison text,
    cout_cents bigint,
    repondue_le date,
    projet text,
    depot bigint NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX idees_dossier ON idees (dossier, depot);

CREATE TABLE projets (
    cle text PRIMARY KEY,
    dossier text NOT NULL,
    projet text NOT NULL,
    etat text NOT NULL,
    titre text NOT NULL,
    phrase text NOT NULL,
    cout_cents bigint NOT NULL,
    comparaison text NOT NULL,
    lieu text NOT NULL,
    avis text NOT NULL,
    idees jsonb NOT NULL,
    arrete_le date NOT NULL,
    liste_le date,
    candidat_le date,
    examen text,
    examen_motif text,
    examen_cents bigint,
    examen_le date,
    jury text,
    jury_motif text,
    jury_le date,
    deliberation text,
    finance_le date,
    commande_le date,
    prevu_pour date,
    realise_le date,
    cout_reel_cents bigint,
    description text,
    photo text,
    inaugure_le date,
    abandonne_le date,
    abandon_motif text,
    image text,
    image_texte text,
    depot bigint NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX projets_dossier ON projets (dossier, depot);
CREATE INDEX projets_image ON projets (image) WHERE image IS NOT NULL;
CREATE INDEX projets_photo ON projets (photo) WHERE photo IS NOT NULL;
