"""What the kinds of bodies are called."""

SORTES: dict[str, str] = {
    "conseil": "Assemblée délibérante",
    "ctm": "Conférence territoriale des maires",
    "conseil_municipal": "Conseil municipal",
    "commission": "Commission",
    "developpement": "Société civile",
    "participation": "Personnes concernées",
    "jeunes": "Élèves élus",
    "comite": "Comité",
    "college": "Collège",
    "service": "Service",
}
# A list of bodies, in the order of its parts.
PARTIES: dict[str, str] = {
    "conseil": "Le Conseil",
    "ctm": "Les conférences territoriales des maires",
    "conseil_municipal": "Les conseils municipaux",
    "commission": "Les commissions",
    "developpement": "La société civile",
    "participation": "Les personnes concernées",
    "jeunes": "Les élèves",
    "comite": "Les comités",
    "college": "Les collèges",
    "service": "Les services",
}
FONCTIONS: dict[str, str] = {"president": "présidence", "vice_president": "vice-présidence"}
