"""Where reports are handed in, and what became of them."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse

from dragoman.errors import UsageError
from dragoman.show.words import clip, plain
from dragoman.web.adding import Adding, Handed
from dragoman.web.house import House

COOKIE = "dragoman_form"
FILES = 200
TEXT = 2_000_000  # bytes of a pasted text; longer ones are handed in as files


def routes(house: House, adding: Adding) -> APIRouter:
    """/add and /add/JOB."""
    router = APIRouter()

    @router.get("/add")
    def form(request: Request) -> Response:
        key = request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
        answer = house.pages.page(request, "add.html", key=key, job=None, files=FILES)
        answer.set_cookie(COOKIE, key, httponly=True, samesite="strict", path="/add")
        return answer

    @router.post("/add")
    async def add(request: Request) -> Response:
        _from_ourselves(request)
        async with request.form(max_files=FILES, max_fields=4, max_part_size=TEXT) as got:
            held = request.cookies.get(COOKIE, "")
            key = got.get("key")
            if not held or not isinstance(key, str) or not hmac.compare_digest(held.encode(), key.encode()):
                raise HTTPException(403, "This form was not made by this server. Open /add anew")
            handed = await _handed(got)
        if not handed:
            raise UsageError("Nothing was handed in. Choose a file, or paste a text")
        job = await run_in_threadpool(adding.add, handed)
        return RedirectResponse(f"/add/{job.id}", 303)

    @router.get("/add/{ident}")
    def progress(request: Request, ident: str) -> Response:
        job = adding.job(ident)
        if job is None:
            raise HTTPException(404, "No such job: it may be too long ago")
        return house.pages.page(request, "job.html", job=job, became=list(job.became))

    return router


def _from_ourselves(request: Request) -> None:
    """Raises HTTPException 403 when a page of another site sent this form."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if elsewhere or site not in ("same-origin", "none"):
        raise HTTPException(403, "The form was sent by a page of another site")


async def _handed(got: FormData) -> list[Handed]:
    out = []
    for item in got.getlist("files"):
        if isinstance(item, UploadFile) and (item.filename or item.size):
            out.append(Handed(_name(item.filename), await item.read()))
    text = got.get("text")
    if isinstance(text, str) and text.strip():
        name = got.get("name")
        pasted = text.replace("\r\n", "\n").encode("utf-8", "replace")
        out.append(Handed(_name(name if isinstance(name, str) else None, "pasted text"), pasted, pasted=True))
    return out


def _name(given: str | None, usual: str = "a file without a name") -> str:
    """What a browser calls a file, on one line and without folders; it is a label and is never opened."""
    last = (given or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return clip(plain(last), 200).strip() or usual
