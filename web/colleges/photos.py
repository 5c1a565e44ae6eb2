"""Pictures of projects: JPEG or PNG, made again without what the camera wrote, kept outside the register.

The register keeps the sha256 of the file; the file is `pj/<sha256>` in the directory of data.
"""

import asyncio
import hashlib
import hmac
import io
import os
import re
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

from domain.budget_participatif.events import ImageRetiree
from domain.ledger.entry import recorded
from web.bureau.formulaire import Illisible
from web.forms import Form, check_origin, csrf_token
from web.services import Services, services

OCTETS_MAX = 2 * 1024 * 1024
ENVOI_MAX = OCTETS_MAX + 64 * 1024
PIXELS_MAX = 40_000_000
COTE = 1600
QUALITE = 82
VIGNETTE = (480, 320)  # of a ballot card, px
VIGNETTE_OCTETS = 12_000  # a class downloads six of them over one slow link
REDUCTIONS = (((480, 320), (80, 70, 60, 50, 40)), ((360, 240), (50, 40)), ((240, 160), (50, 40)), ((180, 120), (40,)))
MONTREE = """SELECT 1 FROM projets WHERE photo = %s OR image = %s UNION ALL
    SELECT 1 FROM operations WHERE photos @> jsonb_build_array(jsonb_build_object('empreinte', %s::text)) LIMIT 1"""
RETIREES = "SELECT notification_id, state FROM ledger.stored_events WHERE topic = %s"


class PhotoTropLourde(HTTPException):
    """More than 2 MB were sent."""

    status_code = 413
    detail = "Cette photo est trop lourde. Le maximum est 2 Mo."


async def read_upload(request: Request[Any, Any, Any]) -> tuple[Form, bytes]:
    """The fields of a multipart form, and its file `photo` or `fichier` (empty when none). Raises 400, 403, 413."""
    check_origin(request)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > ENVOI_MAX:
            raise PhotoTropLourde
    boundary = parse_options_header(request.headers.get("content-type", ""))[1].get("boundary", "")
    try:
        limits = {"buffer_size": ENVOI_MAX, "spool_limit": ENVOI_MAX, "memory_limit": ENVOI_MAX}  # never on a disk
        parts = list(MultipartParser(io.BytesIO(bytes(body)), boundary, **limits))
    except (MultipartError, ValueError) as error:
        raise ClientException("Cet envoi n’est pas lisible. Rechargez la page.") from error
    photo = b"".join(part.raw for part in parts if part.filename and part.name.endswith(("photo", "fichier")))
    fields = {part.name: part.value for part in parts if not part.filename}
    wanted = csrf_token(request)
    if not hmac.compare_digest(fields.get("csrf", "").encode(), wanted.encode()):
        raise PermissionDeniedException("Ce formulaire est trop ancien. Rechargez la page, puis renvoyez-le.")
    return fields, photo


async def keep(found: Services, photo: bytes, *, vignette: bool = False) -> str:
    """Stores a clean copy, `vignette` for a ballot card; returns the sha256 of its bytes. Raises Illisible on what is
    no picture."""
    if len(photo) > OCTETS_MAX:
        raise PhotoTropLourde
    clean = await asyncio.to_thread(ballot_picture if vignette else clean_picture, photo)
    digest = hashlib.sha256(clean).hexdigest()
    await asyncio.to_thread(_write, folder(found) / digest, clean)
    return digest


def clean_picture(photo: bytes) -> bytes:
    """A JPEG of at most 1,600 px a side, upright, without any metadata. Raises Illisible."""
    picture = _opened(photo)
    picture.thumbnail((COTE, COTE))
    return _jpeg(picture, QUALITE)


def ballot_picture(photo: bytes) -> bytes:
    """The same for a ballot card: its middle, three wide for two high, at most 12 kB. Raises Illisible."""
    picture, made = _opened(photo), b""
    for size, qualities in REDUCTIONS:
        fitted = ImageOps.fit(picture, size)
        for quality in qualities:
            made = _jpeg(fitted, quality)
            if len(made) <= VIGNETTE_OCTETS:
                return made
    return made


def _opened(photo: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(photo), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise Illisible("photo", "Cette photo est trop grande. Réduisez-la, puis recommencez.")
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Illisible("photo", "Cette photo n’est pas lisible. Il faut une image JPEG ou PNG.") from error


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())  # pixels alone: no place, no date
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


async def forget(found: Services) -> None:
    """Removes the files of every picture that was taken away and that no project shows any more."""
    for position, state in await found.fetch(RETIREES, (ImageRetiree.TOPIC,)):
        event = recorded(position, state).event
        assert isinstance(event, ImageRetiree)
        if not await shown(found, event.image):
            await asyncio.to_thread((folder(found) / event.image).unlink, missing_ok=True)


async def shown(found: Services, digest: str) -> bool:
    """Whether the register has this picture on a page now."""
    return bool(await found.fetch(MONTREE, (digest, digest, digest)))


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
    """A picture that the register names. Its address says its content; kept a week, for it may be taken away. 404."""
    found = services(request)
    known = re.fullmatch("[0-9a-f]{64}", empreinte) and await shown(found, empreinte)
    place = folder(found) / empreinte
    if not known or not place.is_file():
        raise NotFoundException("Cette photo n’est pas dans le registre.")
    content = await asyncio.to_thread(place.read_bytes)
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": "public, max-age=604800, immutable"})
