"""What the voting pages refuse, in words for a pupil of 12: each stands on a published rule."""

from datetime import date

from domain.errors import AccesRefuse, DejaFait, Introuvable, RegleViolee
from domain.law import Regle, publish

VOTE_PAR_BILLET = publish(
    Regle(
        id="vote-par-billet-2026",
        titre="Un billet, un bulletin",
        texte="On vote avec un billet en papier, sans nom. Un billet sert une seule fois. Le bulletin s'efface de "
        "l'écran après quinze minutes, ou plus tôt sur une tablette partagée ; le billet reste alors valable. Un code "
        "inconnu peut être essayé cent fois en dix minutes par scrutin ; un bon code passe toujours.",
        source="choix du projet",
        du=date(2026, 1, 1),
        note="Un collège n'a qu'une adresse sur internet : compter les essais par adresse fermerait la porte à tous.",
    )
)


class RefusDeVote(RegleViolee):
    """A ballot or a slip that cannot go on."""

    fondement = VOTE_PAR_BILLET
    conseil = "Montre ton billet à l’adulte du bureau de vote."


class BilletInconnu(Introuvable, RefusDeVote):
    """No open scrutin has this slip."""

    fondement = VOTE_PAR_BILLET
    conseil = "Montre ton billet à l’adulte du bureau de vote."

    def __init__(self) -> None:
        super().__init__("Ce code n’existe pas dans ce collège. Montre ton billet à l’adulte du bureau de vote.")


class BilletDejaServi(DejaFait, RefusDeVote):
    """The slip has put another ballot in the urn."""

    fondement = VOTE_PAR_BILLET
    conseil = "Préviens le bureau de vote."

    def __init__(self) -> None:
        super().__init__(
            "Ce billet a déjà servi. Si ce n’est pas toi, préviens le bureau de vote\u00a0: "
            "on peut vérifier sans savoir ce qui a été choisi."
        )


class BilletAnnule(DejaFait, RefusDeVote):
    """The slip was cancelled, or exchanged for a paper ballot."""

    fondement = VOTE_PAR_BILLET
    conseil = "Montre ton billet à l’adulte du bureau de vote."


class VotePasOuvert(DejaFait, RefusDeVote):
    """The slip is good, and it is too early."""

    fondement = VOTE_PAR_BILLET
    conseil = "Garde bien ton billet."


class VoteFini(DejaFait, RefusDeVote):
    """The slip is good, and it is too late."""

    fondement = VOTE_PAR_BILLET
    conseil = "Les résultats seront affichés dans ton collège."


class BulletinEfface(AccesRefuse, RefusDeVote):
    """The session is over: nothing was sent."""

    fondement = VOTE_PAR_BILLET
    conseil = "Recommence avec ton billet."

    def __init__(self) -> None:
        super().__init__("Par sécurité, le bulletin s’est effacé. Ton billet est toujours valable.")


class BulletinMalRempli(RefusDeVote):
    """Too many choices, none, or points that do not add up: the ballot comes back as it was filled."""

    fondement = VOTE_PAR_BILLET
    conseil = "Corrige ton bulletin, puis vérifie-le encore."


class BulletinIllisible(RefusDeVote):
    """What was sent is no sealed ballot of this scrutin."""

    fondement = VOTE_PAR_BILLET
    conseil = "Recommence avec ton billet."

    def __init__(self) -> None:
        super().__init__("Ce bulletin n’est pas lisible. Recommence avec ton billet.")
