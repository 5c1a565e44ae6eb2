"""`/opendata` and its files."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream

from web.atom import LICENCE
from web.opendata.tables import TABLES, Table
from web.pages import page
from web.services import Services, services

BY_NAME = {f"{table.name}.csv": table for table in TABLES}
CHUNK = 200


@get("/opendata", sync_to_thread=False)
def opendata(request: Request[Any, Any, Any]) -> Response[str]:
    """What can be taken, and under which licence."""
    fil = [{"href": "/", "label": "Accueil"}, {"href": "/opendata", "label": "Données ouvertes"}]
    context: dict[str, Any] = {"fil": fil, "tables": TABLES, "licence": LICENCE}
    return page(request, "opendata/opendata.html", titre="Données ouvertes", **context)


@get("/opendata/{fichier:str}")
async def table_csv(request: Request[Any, Any, Any], fichier: FromPath[str]) -> Stream:
    """A table, streamed: RFC 4180, UTF-8, a header line."""
    table = BY_NAME.get(fichier)
    if table is None:
        raise NotFoundException("Ce fichier n’existe pas. Ceux qui existent sont à l’adresse /opendata.")
    headers = {
        "Content-Disposition": f'attachment; filename="{fichier}"',
        "Link": f'<{LICENCE}>; rel="license"',
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Stream(lines(services(request), table), media_type="text/csv; header=present", headers=headers)


async def lines(found: Services, table: Table) -> AsyncIterator[bytes]:
    """The file, a few lines at a time."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    count = 0
    async for row in table.stream(found):
        writer.writerow(row)
        count += 1
        if count % CHUNK == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


ROUTES = (opendata, table_csv)
