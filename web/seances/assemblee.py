"""A body as its page shows it: who sits, who presides, its next and past meetings."""

from datetime import date
from typing import Any

from projections.instances import InstanceRow
from projections.seances import SeanceRow
from web.colleges.lecture import read
from web.propositions.instances import Annuaire
from web.seances.lecture import composition_de, noms
from web.seances.pages import membre_public, publique
from web.services import Services

PROCHAINES = (
    "instance = %s AND etat IN ('planifiee', 'convoquee', 'ouverte') AND prevue_le >= %s ORDER BY prevue_le LIMIT 5"
)
PASSEES = "instance = %s AND etat = 'levee' ORDER BY prevue_le DESC LIMIT 6"


async def assemblee(services: Services, names: Annuaire, row: InstanceRow, le: date) -> dict[str, Any] | None:
    """What to add to the page of this body on that day; None when it has neither members nor meetings."""
    body = await composition_de(services, row.slug)
    coming = await read(services, SeanceRow, PROCHAINES, (row.slug, le))
    past = await read(services, SeanceRow, PASSEES, (row.slug,))
    if not (body.sieges or coming or past):
        return None
    called, sitting = noms(body, le), body.en_exercice(le)
    chair = body.president(le)
    ordered = sorted(sitting.values(), key=lambda member: (member.nom or member.college or "", member.elu))
    return {
        "sieges": body.nombre_de_sieges(le),
        "president": called[chair] if chair in sitting else "",
        "vice_presidents": [called[elu] for elu in sitting if body.tient(elu, "vice_president", le)],
        "membres": [membre_public(member, called[member.elu]) for member in ordered],
        "prochaines": [publique(names, found) for found in coming],
        "passees": [publique(names, found) for found in past],
        "toutes": f"/seances?instance={row.slug}",
    }
