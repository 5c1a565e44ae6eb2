"""The reference server: the same framework, pool and server, handlers that do one statement and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from litestar import Litestar, MediaType, Request, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from psycopg_pool import AsyncConnectionPool

from web.services import POOL_SIZE

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/", status_code=303)
async def insert(request: Request[Any, Any, Any], data: Form) -> Redirect:
    """A form as the framework reads it, one INSERT commit, a redirection: no rule, no log, no secret."""
    async with request.app.state.pool.connection() as connection:
        await connection.execute("INSERT INTO bench.bare (body) VALUES (%s)", (data["texte"].encode(),))
    return Redirect("/merci", status_code=303)


@get("/", media_type=MediaType.TEXT)
async def select(request: Request[Any, Any, Any]) -> str:
    """One row by its primary key."""
    async with request.app.state.pool.connection() as connection:
        row = await (await connection.execute("SELECT body FROM bench.bare WHERE id = 1")).fetchone()
    return str(len(row[0])) if row else "0"


@get("/un", media_type=MediaType.TEXT)
async def one(request: Request[Any, Any, Any]) -> str:
    """SELECT 1."""
    async with request.app.state.pool.connection() as connection:
        await connection.execute("SELECT 1")
    return "1"


def create_bare(url: str) -> Litestar:
    """The reference application."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with AsyncConnectionPool(url, min_size=2, max_size=POOL_SIZE, kwargs={"autocommit": True}) as pool:
            async with pool.connection() as connection:
                await connection.execute("CREATE SCHEMA IF NOT EXISTS bench")
                await connection.execute(
                    "CREATE TABLE IF NOT EXISTS bench.bare (id bigserial PRIMARY KEY, body bytea NOT NULL)"
                )
                await connection.execute("INSERT INTO bench.bare (body) VALUES ('x')")
            app.state.pool = pool
            yield

    return Litestar([insert, select, one], lifespan=[lifespan], openapi_config=None, logging_config=None)
