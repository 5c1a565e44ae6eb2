-- One row per meeting, for lists and agendas; the page of one folds its own events.
CREATE TABLE seances (
    reference text PRIMARY KEY,
    instance text NOT NULL,
    prevue_le timestamptz NOT NULL,
    lieu text NOT NULL,
    publique boolean NOT NULL,
    etat text NOT NULL,
    points jsonb NOT NULL,
    votes int NOT NULL,
    suite_de text,
    sans_quorum boolean NOT NULL,
    pv text NOT NULL,
    pv_le date,
    dits jsonb NOT NULL,
    depot bigint NOT NULL,
    position bigint NOT NULL,
    evenements int NOT NULL
);
CREATE INDEX seances_instance ON seances (instance, prevue_le DESC);
CREATE INDEX seances_date ON seances (prevue_le DESC);
