-- One row per link between two dossiers: `de` led to `vers`. Read both ways.
CREATE TABLE liens (
    cle text PRIMARY KEY,
    de text NOT NULL,
    vers text NOT NULL,
    nature text NOT NULL,
    le date,
    position bigint NOT NULL
);
CREATE INDEX liens_de ON liens (de, position);
CREATE INDEX liens_vers ON liens (vers, position);
