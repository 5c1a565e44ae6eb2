-- The meetings that groups announced, as they stand.
CREATE TABLE reunions (
    cle text PRIMARY KEY,
    instance text NOT NULL,
    numero int NOT NULL,
    le date NOT NULL,
    heure text,
    lieu text NOT NULL,
    reportee boolean NOT NULL,
    annulee boolean NOT NULL,
    motif text,
    position bigint NOT NULL
);
CREATE INDEX reunions_instance ON reunions (instance, le);
