"""What a written act answers, first time (201) or again (200): its place in the register, its receipt, its promise."""

from litestar import Response

from domain.ledger.deciding import Act
from web.api.formes import ActeInscrit
from web.api.operations import answer
from web.journal.promises import promise_note
from web.journal.reading import fact_at
from web.services import Services


async def written(
    found: Services, act: Act, reference: str = "", location: str = "", code: list[str] | None = None
) -> Response[bytes]:
    """The receipt. `reference` names what the act is about when the act itself numbers nothing."""
    fact = await fact_at(found, act.index)
    content = ActeInscrit(
        reference=reference or act.reference,
        position=act.position,
        index=act.index,
        leaf_hash=act.leaf_hash.hex(),
        recu=f"/recu/{act.index}",
        promesse=promise_note(found, fact) if fact else None,
        code=code,
    )
    headers = {"Location": location or f"/api/dossiers/{act.reference}"}
    return answer(content, 200 if act.replayed else 201, headers)
