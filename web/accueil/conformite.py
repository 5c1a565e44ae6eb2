"""What is true of this site's accessibility: the footer, the declaration and their test stand on it."""

from datetime import date

# Without a valid audit the law knows one state only (arrêté of 20 September 2019 on the RGAA).
AUDIT_LE: date | None = None
ETAT = "non conforme"
PAGE_DU = date(2026, 11, 21)

VERIFIE = (
    "Le code de chaque page est valide.",
    "Chaque page a un titre à elle, un seul grand titre, et un lien d’évitement.",
    "Chaque champ a son étiquette. Chaque erreur est dite en haut de page et près du champ.",
    "L’outil axe ne trouve aucune faute, sur fond clair et sur fond sombre.",
    "Rien ne déborde sur un écran large de 320 pixels.",
    "Les contrastes des textes sont d’au moins 4,5 pour 1.",
    "Les boutons et les liens isolés font au moins 24 pixels de côté.",
    "Tout fonctionne sans JavaScript, et au clavier.",
)
