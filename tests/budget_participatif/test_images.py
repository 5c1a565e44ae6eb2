"""A project shown by a picture: until the vote is prepared; taken away at any time, with its reason."""

from typing import Any

import pytest

from domain.budget_participatif import events as e
from domain.budget_participatif.dossier import ProjetInconnu
from domain.budget_participatif.illustrer_projet import IllustrerProjet, ImageManquante, ImagesFigees
from domain.budget_participatif.montants import RaisonTropCourte
from domain.budget_participatif.retirer_image import ImageInconnue, RetirerImage
from domain.texte import TexteVide
from tests.budget_participatif.histoire import BPC, DIRECTION, JOUR, PAR, au_college, liste, rattache

IMAGE, AUTRE = "ab" * 32, "cd" * 32
ILLUSTRE = e.ProjetIllustre(projet="p1", image=IMAGE, description="Douze bancs sous des arbres.", par=PAR)
MOTIF = "Une élève s'y reconnaît et ne le veut pas."


def illustrer(**others: Any) -> IllustrerProjet:
    values: dict[str, Any] = {"projet": "p1", "image": IMAGE, "description": "  Douze bancs   sous des arbres. "}
    return IllustrerProjet(DIRECTION, JOUR, BPC, **{**values, **others})


def retirer(projet: str = "p1", motif: str = MOTIF) -> RetirerImage:
    return RetirerImage(DIRECTION, JOUR, BPC, projet, motif)


def test_un_projet_est_illustre_avant_ou_apres_la_liste_jamais_apres_le_vote_prepare() -> None:
    for histoire in (liste(arretee_=False), liste(), [*liste(), ILLUSTRE]):
        [fait] = au_college(*histoire).when(illustrer()).decided()
        assert isinstance(fait, e.ProjetIllustre)
        assert (fait.image, fait.description) == (IMAGE, "Douze bancs sous des arbres.")
    au_college(*liste(), rattache).when(illustrer()).refused(ImagesFigees)


@pytest.mark.parametrize("image", [None, "", "../x", "AB" * 32, "ab" * 31])
def test_sans_image_rien(image: str | None) -> None:
    au_college(*liste()).when(illustrer(image=image)).refused(ImageManquante)


def test_une_image_dit_toujours_ce_qu_elle_montre() -> None:
    au_college(*liste()).when(illustrer(description=" ")).refused(TexteVide)
    au_college(*liste()).when(illustrer(projet="p9")).refused(ProjetInconnu)


def test_une_image_se_retire_avec_sa_raison() -> None:
    [fait] = au_college(*liste(), ILLUSTRE, rattache).when(retirer()).decided()
    assert isinstance(fait, e.ImageRetiree) and fait.image == IMAGE
    vu = e.RealisationConstatee(projet="p1", cout_reel_cents=1, description="Des bancs.", photo=AUTRE, par=PAR)
    faits = au_college(*liste(), ILLUSTRE, vu).when(retirer()).decided()
    assert [fait.image for fait in faits if isinstance(fait, e.ImageRetiree)] == [IMAGE, AUTRE]
    au_college(*liste(), ILLUSTRE).when(retirer(motif="Non.")).refused(RaisonTropCourte)
    au_college(*liste(), ILLUSTRE).when(retirer("p2")).refused(ImageInconnue)
    retiree = e.ImageRetiree(projet="p1", image=IMAGE, motif=MOTIF, par=PAR)
    au_college(*liste(), ILLUSTRE, retiree).when(retirer()).refused(ImageInconnue)
