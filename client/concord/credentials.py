"""Where the address and the token are kept between commands; the only reader of the environment here."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import typer

from concord.errors import ConcordError


@dataclass(frozen=True)
class Credentials:
    """An address of a Concord server and a token that it accepts."""

    url: str
    token: str


def credentials_path() -> Path:
    """Return the file that ``concord login`` writes (``CONCORD_CONFIG`` moves its folder)."""
    folder = os.environ.get("CONCORD_CONFIG") or typer.get_app_dir("concord")
    return Path(folder) / "credentials.json"


def cache_folder() -> Path:
    """Return the folder that pulled versions are cached in (``CONCORD_CACHE`` moves it)."""
    return Path(os.environ.get("CONCORD_CACHE") or Path.home() / ".cache" / "concord")


def credentials_save(credentials: Credentials) -> Path:
    """Write ``credentials`` where only the current user can read them; return the file."""
    path = credentials_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump({"url": credentials.url, "token": credentials.token}, stream)
    unfinished.replace(path)
    return path


def credentials_find(url: str | None = None, token: str | None = None) -> Credentials:
    """Return credentials from the arguments, then ``CONCORD_URL``/``CONCORD_TOKEN``, then the saved login.

    Raises
    ------
    ConcordError
        ``not_signed_in`` when any part is missing.
    """
    saved: dict[str, str] = {}
    path = credentials_path()
    if path.exists():
        saved = json.loads(path.read_text(encoding="utf-8"))
    found_url = url or os.environ.get("CONCORD_URL") or saved.get("url")
    # A token saved for one server is never sent to another.
    saved_token = saved.get("token") if found_url == saved.get("url") else None
    found_token = token or os.environ.get("CONCORD_TOKEN") or saved_token
    if not found_url or not found_token:
        raise ConcordError(
            "not_signed_in", "Run 'concord login' first, or set CONCORD_URL and CONCORD_TOKEN."
        )
    return Credentials(url=found_url.rstrip("/"), token=found_token)
