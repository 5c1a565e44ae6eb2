-- One row per scrutin: what the voting page and the lists need without reading the register. `etat` is the domain's own
-- fold of the stream; the other columns are taken from it. No slip, no ballot, no erasable value.
CREATE TABLE scrutins (
    reference text PRIMARY KEY,
    titre text NOT NULL,
    phase text NOT NULL,
    essai boolean NOT NULL,
    importe boolean NOT NULL,
    college text,
    dossier text,
    cree jsonb NOT NULL,
    etat jsonb NOT NULL,
    ouvre_le timestamptz,
    ferme_le timestamptz,
    ouvert_le timestamptz,
    clos_le timestamptz,
    cles jsonb NOT NULL,
    n_crees int NOT NULL,
    n_remis int NOT NULL,
    n_releves int NOT NULL,
    n_urne int NOT NULL,
    n_papier int NOT NULL,
    n_bulletins int NOT NULL,
    n_nuls int NOT NULL,
    voix jsonb NOT NULL,
    gagnants jsonb NOT NULL,
    cout_total_cents bigint NOT NULL,
    liste text,
    proclame_le date,
    reclamations_jusqu_au date,
    reclamations_en_attente int NOT NULL,
    depot bigint NOT NULL,
    position bigint NOT NULL,
    evenements int NOT NULL
);
CREATE INDEX scrutins_phase ON scrutins (phase, ouvre_le);
CREATE INDEX scrutins_college ON scrutins (college, depot DESC);
CREATE INDEX scrutins_dossier ON scrutins (dossier);
