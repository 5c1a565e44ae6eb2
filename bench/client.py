"""A small HTTP/1.1 client on kept-alive connections: the load must cost less than what it measures."""

import asyncio
import re
from collections.abc import Sequence

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Connection:
    """One kept-alive connection to a server of this machine."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await self._reader.readexactly(int(length[1])) if length else b""
        return int(head[9:12]), body

    def close(self) -> None:
        self._writer.close()


def get(port: int, path: str, headers: str = "") -> bytes:
    """A GET, as bytes; `headers` are whole lines."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()


def post(port: int, path: str, form: str, headers: str = "") -> bytes:
    """A form POST, as bytes; `headers` are whole lines."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}{headers}Content-Length: {len(form.encode())}\r\n\r\n{form}".encode()


async def rate(port: int, connections: int, requests: Sequence[bytes], expected: int) -> float:
    """Answers per second over these connections. Raises RuntimeError on another status than the expected one."""
    opened = [await Connection.open(port) for _ in range(connections)]
    pending = iter(requests)

    async def work(connection: Connection) -> None:
        for request in pending:
            status, body = await connection.send(request)
            if status != expected:
                raise RuntimeError(f"{status}: {body[:300]!r}")

    start = asyncio.get_running_loop().time()
    await asyncio.gather(*map(work, opened))
    spent = asyncio.get_running_loop().time() - start
    for connection in opened:
        connection.close()
    return len(requests) / spent
