"""Pictures of what was built: JPEG or PNG, made again without what the camera wrote, kept outside the register.

The register keeps the sha256 of the file; the file is `pj/<sha256>` in the directory of data.
"""

import asyncio
import hashlib
import hmac
import io
import os
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import ClientException, HTTPException, NotFoundException, PermissionDeniedException
from litestar.params import FromPath
from multipart import (  # type: ignore[import-untyped]  # it has no stubs
    MultipartError,
    MultipartParser,
    parse_options_header,
)
from PIL import Image, ImageOps, UnidentifiedImageError

from web.bureau.formulaire import Illisible
from web.forms import Form, check_origin, csrf_token, session_cookie
from web.services import Services, services

OCTETS_MAX = 2 * 1024 * 1024
ENVOI_MAX = OCTETS_MAX + 64 * 1024
PIXELS_MAX = 40_000_000
COTE = 1600
QUALITE = 82
MONTREE = "SELECT FROM projets WHERE photo = %s"


class PhotoTropLourde(HTTPException):
    """More than 2 MB were sent."""

    status_code = 413
    detail = "Cette photo est trop lourde. Le maximum est 2 Mo."


async def read_upload(request: Request[Any, Any, Any]) -> tuple[Form, bytes]:
    """The fields of a multipart form and the file of its field `photo` (empty when none). Raises 400, 403, 413."""
    check_origin(request)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > ENVOI_MAX:
            raise PhotoTropLourde
    boundary = parse_options_header(request.headers.get("content-type", ""))[1].get("boundary", "")
    try:
        parts = list(MultipartParser(io.BytesIO(bytes(body)), boundary, buffer_size=ENVOI_MAX, memory_limit=ENVOI_MAX))
    except (MultipartError, ValueError) as error:
        raise ClientException("Cet envoi n’est pas lisible. Rechargez la page.") from error
    photo = b"".join(part.raw for part in parts if part.filename and part.name.endswith("photo"))
    fields = {part.name: part.value for part in parts if not part.filename}
    wanted = csrf_token(request, request.cookies.get(session_cookie(request), ""))
    if not hmac.compare_digest(fields.get("csrf", "").encode(), wanted.encode()):
        raise PermissionDeniedException("Ce formulaire est trop ancien. Rechargez la page, puis renvoyez-le.")
    return fields, photo


async def keep(found: Services, photo: bytes) -> str:
    """Stores a clean copy; returns the sha256 of its bytes. Raises Illisible on what is no picture."""
    if len(photo) > OCTETS_MAX:
        raise PhotoTropLourde
    clean = await asyncio.to_thread(clean_picture, photo)
    digest = hashlib.sha256(clean).hexdigest()
    await asyncio.to_thread(_write, folder(found) / digest, clean)
    return digest


def clean_picture(photo: bytes) -> bytes:
    """A JPEG of at most 1,600 px a side, upright, without any metadata. Raises Illisible."""
    try:
        with Image.open(io.BytesIO(photo), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise Illisible("photo", "Cette photo est trop grande. Réduisez-la, puis recommencez.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((COTE, COTE))
            bare = Image.frombytes("RGB", upright.size, upright.tobytes())  # pixels alone: no place, no date
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Illisible("photo", "Cette photo n’est pas lisible. Il faut une image JPEG ou PNG.") from error
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=QUALITE, optimize=True)
    return written.getvalue()


def folder(found: Services) -> Path:
    """Where pictures are."""
    return found.settings.directory / "pj"


def _write(place: Path, content: bytes) -> None:
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.{os.getpid()}")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(place)


@get("/pj/{empreinte:str}")
async def voir_photo(request: Request[Any, Any, Any], empreinte: FromPath[str]) -> Response[bytes]:
    """A picture that the register names; its address says its content, so that it never changes. 404."""
    found = services(request)
    known = empreinte.isalnum() and len(empreinte) == 64 and await found.fetch(MONTREE, (empreinte,))
    place = folder(found) / empreinte
    if not known or not place.is_file():
        raise NotFoundException("Cette photo n’est pas dans le registre.")
    content = await asyncio.to_thread(place.read_bytes)
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": "public, max-age=31536000, immutable"})
