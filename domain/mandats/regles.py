"""The rules of seats and mandates."""

from datetime import date

from domain.law import Exemple, Regle, publish

MANDATS = publish(
    Regle(
        id="mandats-dates-2015",
        titre="Qui siège, et quand",
        texte="Un membre siège du premier jour de son mandat à la veille de sa fin. Il n'y a jamais plus de membres "
        "que de sièges. Qui remplace quelqu'un prend un siège vacant.",
        source="Code général des collectivités territoriales, articles L3631-1 et L3631-5 ; constats : choix du projet",
        du=date(2015, 1, 1),
        exemples=(
            Exemple(
                donne={"du": "2014-04-01", "fin": "2020-07-02", "le": "2017-11-06"},
                attendu=True,
                phrase="En cours de mandat : il siège.",
            ),
            Exemple(
                donne={"du": "2014-04-01", "fin": "2017-11-06", "le": "2017-11-06"},
                attendu=False,
                phrase="Le jour de la fin, il ne siège plus.",
            ),
        ),
        note="Articles à confirmer par le service juridique.",
    )
)

PRESIDENCE_ELUE = publish(
    Regle(
        id="presidence-elue-2021",
        titre="La présidence est élue par les siens",
        texte="Une instance élit sa présidence et ses vice-présidences parmi ses membres. Il n'y a qu'une présidence. "
        "Qui préside agit à ce titre dans le registre, et seulement pendant ce mandat.",
        source="Pacte de cohérence métropolitain 2021-2026, A:155 à A:161 ; une seule présidence : choix du projet",
        du=date(2015, 1, 1),
    )
)

MANDAT_COMET = publish(
    Regle(
        id="mandat-comet-2023",
        titre="Siéger à COMET Jeunes",
        texte="Une trentaine de collégiennes et collégiens sont élus pour deux ans, dans deux commissions. Leur nom "
        "n'est jamais public sans une autorisation écrite : on lit « une élue du collège ».",
        source="Projet métropolitain des solidarités, mars 2023, D:2034 ; charte de COMET Jeunes, 2017",
        citation="élus pour un mandat de 2 ans",
        du=date(2023, 3, 1),
        parametres={"duree_ans": 2, "commissions": 2},
        note="Les mandats d'avant avaient d'autres durées et d'autres nombres : ce sont des paramètres.",
    )
)
