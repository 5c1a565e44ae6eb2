"""The rules of a deliberation: its number, its compulsory avis, its transmission, its entry into force."""

from datetime import date

from domain.law import Exemple, Regle, publish

PACTE = "Pacte de cohérence métropolitain 2021-2026"
CGCT = "Code général des collectivités territoriales"
METROPOLE = date(2015, 1, 1)
NOTE = (
    "Rendu applicable à la Métropole de Lyon par l'article L3611-3 : renvoi exact à confirmer par le service juridique."
)

NUMERO_DE_DELIBERATION = publish(
    Regle(
        id="numero-de-deliberation-2015",
        titre="Le numéro d'une délibération",
        texte="Une délibération porte l'année et un rang : 2017-2275. Celle d'une autre collectivité porte d'abord son "
        "SIREN. Un numéro n'est donné qu'une fois.",
        source="choix du projet, d'après la délibération 2017-2275 (B:7)",
        du=METROPOLE,
    )
)

AVIS_PREALABLES = publish(
    Regle(
        id="avis-prealables-2021",
        titre="L'avis avant le vote",
        texte="Quand un avis est exigé avant une délibération, l'assemblée ne vote pas tant qu'il n'est pas rendu, ou "
        "réputé rendu là où la loi le dit.",
        source=f"{PACTE}, A:103 à A:110 ; {CGCT}, article L3633-2",
        du=date(2021, 3, 15),
        note="La liste des actes concernés est celle du Pacte. Chaque projet nomme les saisines dont il dépend.",
    )
)

ETAPES_DE_DELIBERATION = publish(
    Regle(
        id="etapes-de-deliberation-2015",
        titre="Les étapes d'une délibération",
        texte="Un projet est déposé, une commission le voit, le rapport est adressé, l'assemblée vote, l'acte est "
        "signé, transmis au préfet et publié. Chaque étape a sa date légale, et vient après celle qu'elle suppose.",
        source=f"{CGCT}, articles L3121-13 à L3121-19 et L3131-1",
        du=METROPOLE,
        note=NOTE,
    )
)

ENTREE_EN_VIGUEUR = publish(
    Regle(
        id="entree-en-vigueur-cgct",
        titre="Quand une délibération devient exécutoire",
        texte="Elle est exécutoire quand elle est à la fois publiée ou affichée, et reçue par le préfet : à la plus "
        "tardive des deux dates. Cet état se calcule, il ne se saisit pas.",
        source=f"{CGCT}, articles L3131-1 et L2131-1",
        du=METROPOLE,
        exemples=(
            Exemple(
                donne={"recue": "2017-11-08", "publiee": "2017-11-08"},
                attendu="2017-11-08",
                phrase="Reçue et affichée le 8 novembre 2017 : exécutoire ce jour-là.",
            ),
            Exemple(
                donne={"recue": "2021-02-11", "publiee": "2021-02-15"},
                attendu="2021-02-15",
                phrase="Publiée quatre jours après sa réception : exécutoire à la publication.",
            ),
            Exemple(
                donne={"recue": "2021-02-11", "publiee": None},
                attendu=None,
                phrase="Pas encore publiée : pas encore exécutoire.",
            ),
        ),
        note=NOTE,
    )
)

DELAI_DE_RECOURS = publish(
    Regle(
        id="delai-de-recours-cja",
        titre="Deux mois pour contester",
        texte="Une délibération se conteste devant le juge dans les deux mois de sa publication. Le préfet a deux "
        "mois à partir de sa réception. Un recours gracieux prolonge ce délai.",
        source=f"Code de justice administrative, article R421-1 ; {CGCT}, articles L2131-6 et L3132-1",
        du=METROPOLE,
        exemples=(
            Exemple(
                donne={"depart": "2017-11-08"},
                attendu="2018-01-09",
                phrase="Du 8 novembre 2017 : jusqu'au 9 janvier 2018.",
            ),
            Exemple(
                donne={"depart": "2022-12-30"},
                attendu="2023-03-01",
                phrase="Il n'y a pas de 30 février : deux mois mènent au 28, et le délai franc au 1er mars.",
            ),
        ),
        note="Délai franc : ni le jour de départ ni le dernier jour ne comptent. Articles à confirmer.",
    )
)

IDENTIFIANT_ACTES = publish(
    Regle(
        id="identifiant-actes-2005",
        titre="L'identifiant @CTES",
        texte="Un acte transmis au préfet a un identifiant : département, SIREN, date de la séance, numéro, nature. "
        "Le SIREN a une clé de contrôle. La date est celle de la décision, le département celui de la collectivité.",
        source="Cahier des charges du système @CTES ; tampons des actes, A:11 et C:296",
        du=date(2005, 4, 9),
        parametres={"200046977": "069"},
        exemples=(
            Exemple(
                donne={"texte": "069-216901496-20210206-20210206_3-DE"},
                attendu="216901496",
                phrase="L'acte d'Oullins du 6 février 2021.",
            ),
            Exemple(
                donne={"texte": "059-215902990-20221005-DEL2022DG102-DE"},
                attendu="215902990",
                phrase="L'acte de Hem du 5 octobre 2022.",
            ),
            Exemple(
                donne={"texte": "069-216901497-20210206-20210206_3-DE"},
                attendu="IdentifiantActesFaux",
                phrase="Un chiffre du SIREN est faux.",
            ),
        ),
        note="Le cahier des charges n'a pas été relu ; la forme est confirmée par deux tampons réels.",
    )
)

RAPPELS_DES_ACTES = publish(
    Regle(
        id="rappels-des-actes-2026",
        titre="Quand rappeler qu'un acte attend",
        texte="Un acte adopté n'a pas d'effet tant qu'il n'est pas transmis et publié. Le secrétariat est prévenu "
        "quinze jours après le vote s'il manque la transmission ou la publication, et sept jours après la "
        "transmission s'il manque l'accusé de réception.",
        source="choix du projet",
        du=date(2026, 1, 1),
        parametres={"transmettre_jours": 15, "recevoir_jours": 7, "publier_jours": 15},
        note="Le code fixe l'effet de ces étapes, pas leur délai. Certains actes, comme les marchés, ont le leur.",
    )
)

MATIERES = publish(
    Regle(
        id="matieres-actes-2005",
        titre="La matière d'un acte",
        texte="Un acte est rangé dans une des neuf classes nationales, puis dans une de leurs divisions.",
        source="Nomenclature nationale des matières @CTES",
        du=date(2005, 4, 9),
        parametres={
            "1": "Commande publique",
            "2": "Urbanisme",
            "3": "Domaine et patrimoine",
            "4": "Fonction publique",
            "5": "Institutions et vie politique",
            "6": "Libertés publiques et pouvoirs de police",
            "7": "Finances locales",
            "8": "Domaines de compétences par thèmes",
            "9": "Autres domaines de compétences",
        },
        note="Classes connues par l'usage ; nomenclature à confirmer par le service des assemblées.",
    )
)
