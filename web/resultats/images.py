"""The pictures of a scrutin's projects that may be shown: those of its ballot that nobody has taken away since."""

import msgspec

from web.resultats.lecture import Scrutin
from web.services import Services

DU_DOSSIER = "SELECT image, image_texte FROM projets WHERE dossier = %s AND image IS NOT NULL"


class Image(msgspec.Struct, frozen=True):
    """Its sha256, and what it shows."""

    empreinte: str
    texte: str


async def images(services: Services, scrutin: Scrutin) -> dict[str, Image]:
    """By project; nothing for a rehearsal, nor for an election held elsewhere."""
    cree = scrutin.cree
    if cree is None or cree.dossier is None:
        return {}
    textes = dict(await services.fetch(DU_DOSSIER, (cree.dossier,)))
    return {p.id: Image(p.image, textes[p.image]) for p in cree.projets if p.image and p.image in textes}
