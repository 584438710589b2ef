"""The single-page app: its page for every address that is not the API's, its built files for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware

NONCE_PLACEHOLDER = "__CSP_NONCE__"
ASSETS_PREFIX = "assets/"
# A worker script runs under its own response's policy, so this one lets it reach the server.
ASSET_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"

_NOT_BUILT = (
    "<!doctype html><html lang=en><title>Concord</title><body><h1>The pages are not built yet</h1>"
    "<p>Run <code>make run</code>, or <code>npm run build</code> in <code>frontend/</code>, and load this again."
)


@require_safe
@ensure_csrf_cookie
def spa_index(request: HttpRequest) -> HttpResponse:
    """Serve the app's page with a nonce of its own; the app draws what the address asks for."""
    folder: Path = settings.FRONTEND_DIST
    try:
        pages = _pages_read(folder, (folder / "index.html").stat().st_mtime_ns)
    except FileNotFoundError:
        return HttpResponse(_NOT_BUILT, status=503)
    nonce: str = request.csp_nonce  # type: ignore[attr-defined]
    return HttpResponse(_page_for(request.path, pages).replace(NONCE_PLACEHOLDER, escape(nonce)))


@dataclass(frozen=True, slots=True)
class _Pages:
    """The built page, and the same with what single addresses need besides named in its head.

    Attributes
    ----------
    everywhere
        The page of every address that is not among ``by_steps``.
    by_steps
        The page of addresses with these steps; ``"*"`` stands for any one step.
    """

    everywhere: str
    by_steps: list[tuple[list[str], str]]


@lru_cache(maxsize=2)
def _pages_read(folder: Path, modified_ns: int) -> _Pages:
    """Read what was built; a new build has a new time and is read again."""
    page = (folder / "index.html").read_text(encoding="utf-8")
    listed = folder / "pages.json"
    needs: dict[str, list[str]] = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else {}
    by_steps = [
        (address.split("/"), page.replace("</head>", f"{_links(files)}</head>", 1))
        for address, files in needs.items()
    ]
    return _Pages(page, by_steps)


def _links(files: list[str]) -> str:
    """Name files for the browser to fetch at once, as the app's own loader names them later."""
    rels = {"js": "modulepreload", "css": "stylesheet"}
    return "".join(
        f'<link rel="{rels[file.rpartition(".")[2]]}" crossorigin href="/{escape(file)}">' for file in files
    )


def _page_for(address: str, pages: _Pages) -> str:
    steps = address.strip("/").split("/")
    for wanted, page in pages.by_steps:
        if len(wanted) == len(steps) and all(
            one in ("*", step) for one, step in zip(wanted, steps, strict=True)
        ):
            return page
    return pages.everywhere


class AppFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serve the built files under ``/assets/``: compressed where they are, cached for good."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.add_headers_function = _asset_headers_add
        assets: Path = settings.FRONTEND_DIST / ASSETS_PREFIX
        if assets.is_dir():
            self.add_files(str(assets), prefix=ASSETS_PREFIX)

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Every built file's name carries its content's hash or a version."""
        return url.startswith(f"/{ASSETS_PREFIX}") or bool(super().immutable_file_test(path, url))


def _asset_headers_add(headers: Any, path: str, url: str) -> None:
    """Give scripts a policy under which a worker may still ask the server."""
    if url.startswith(f"/{ASSETS_PREFIX}"):
        headers["Content-Security-Policy"] = ASSET_POLICY
