-- Who holds which function, and since which event. No name and no address: pages reveal them from `positions`.
CREATE TABLE personnes (
    personne text PRIMARY KEY,
    slug text NOT NULL,
    titres jsonb NOT NULL,
    positions jsonb NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX personnes_slug ON personnes (slug, position);
