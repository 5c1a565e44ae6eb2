"""The reference server: the same framework, pool and server, handlers that do one statement and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, MediaType, Request, get, post
from psycopg_pool import AsyncConnectionPool

from web.services import POOL_SIZE


@post("/", status_code=200, media_type=MediaType.TEXT)
async def insert(request: Request[Any, Any, Any]) -> str:
    """One INSERT commit."""
    body = await request.body()
    async with request.app.state.pool.connection() as connection:
        await connection.execute("INSERT INTO bench.bare (body) VALUES (%s)", (body,))
    return "ok"


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
