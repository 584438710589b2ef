"""Giving a version on: to a dataset repository of the Hugging Face Hub, or to a bucket of an S3 store."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from concord.credentials import cache_folder
from concord.errors import ConcordError
from concord.pulling import Pulled, ready_require
from concord.references import reference_parse

if TYPE_CHECKING:
    from concord.client import Client

_HUB = re.compile(r"^hf:(?P<repo>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)$")
_BUCKET = re.compile(r"^s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<prefix>[^\s?#]*))?$")


@dataclass(frozen=True)
class Place:
    """Where a version goes: a repository of the Hub, or a bucket and what its keys begin with."""

    repo: str = ""
    bucket: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class Pushed:
    """What a push left behind: where, how many files it sent, and how many were there already."""

    url: str
    sent: int
    kept: int
    sent_bytes: int


def place_parse(text: str) -> Place:
    """Read ``hf:owner/name`` or ``s3://bucket/prefix``.

    Raises
    ------
    ConcordError
        ``place_malformed``.
    """
    if hub := _HUB.match(text):
        return Place(repo=hub["repo"])
    if bucket := _BUCKET.match(text):
        return Place(bucket=bucket["bucket"], prefix=(bucket["prefix"] or "").strip("/"))
    raise ConcordError("place_malformed", f"{text!r} is neither hf:owner/name nor s3://bucket/prefix.")


def tag_of(pulled: Pulled) -> str:
    """Return what a version is called where it goes: ``v3``."""
    return f"v{pulled.version.number}"


def version_push(
    client: Client,
    reference: str,
    to: str,
    *,
    folder: Path | None = None,
    public: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Pushed:
    """Pull a version, check every hash, and give it on to ``to``.

    Parameters
    ----------
    folder
        Where the version was pulled to, or shall be; the client's cache when left out.
    public
        Whether a repository that is made for it may be read by everybody. One that is there stays as it is.
    progress
        Called with the bytes done, and all of them.

    Raises
    ------
    ConcordError
        ``place_malformed``, ``hub_missing`` or ``s3_missing`` when the extra is not installed, ``push_refused`` with
        what the other side says, ``tag_taken`` when it has another version under this number.
    """
    place = place_parse(to)
    version = client.version(reference)
    ready_require(version)
    wanted = reference_parse(reference)
    exact = f"{wanted.project}/{wanted.dataset}@{version.number}"
    pulled = client.pull(exact, folder or cache_folder() / str(version.content_sha256))
    # Both bring libraries along that most people do without.
    if place.repo:
        from concord.pushing_hub import hub_push

        return hub_push(pulled, place.repo, name=exact, public=public)
    from concord.pushing_bucket import bucket_push

    return bucket_push(pulled, place.bucket, place.prefix, progress=progress)
