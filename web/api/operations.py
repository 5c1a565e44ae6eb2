"""What the API offers, declared beside each handler: the description and the page are made from it."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from litestar import Litestar, Response
from litestar.routes import HTTPRoute


class Parametre(msgspec.Struct, frozen=True):
    """A parameter of the address's query."""

    nom: str
    aide: str
    type: str = "string"


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be asked. `qui` is tous, code (the author's code in the body) or equipe (a Bearer token)."""

    id: str
    chemin: str
    resume: str
    rubrique: str
    reponse: Any
    methode: str = "get"
    corps: Any = None
    qui: str = "tous"
    parametres: Sequence[Parametre] = ()
    refus: Sequence[int] = ()

    @property
    def ecrit(self) -> bool:
        return self.methode == "post"

    @property
    def status(self) -> int:
        return 201 if self.ecrit else 200


def declared(*operations: Operation) -> dict[str, Any]:
    """For a handler's `opt`."""
    return {"operations": operations}


def all_operations(app: Litestar) -> Iterator[Operation]:
    """Every operation of the application, in the order of the addresses."""
    found = {
        operation.id: operation
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for operation in handler.opt.get("operations", ())
    }
    yield from sorted(found.values(), key=lambda operation: (operation.chemin, operation.methode))


def answer(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    """JSON."""
    return Response(msgspec.json.encode(content), status_code=status, headers=headers, media_type="application/json")
