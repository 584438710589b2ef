"""What the server returns, as typed objects; fields this client does not know are kept in ``more``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Anything with an identifier that the server returns."""

    id: str
    more: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Make one from the server's JSON."""
        known = {item.name for item in fields(cls)} - {"more"}
        values = {name: value for name, value in document.items() if name in known}
        return cls(**values, more={name: value for name, value in document.items() if name not in known})


@dataclass(frozen=True, kw_only=True)
class Project(Resource):
    """A project you are a member of."""

    slug: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Asset(Resource):
    """One stored media file, addressed by its SHA-256."""

    sha256: str = ""
    kind: str = ""
    mime: str = ""
    size_bytes: int = 0
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Job(Resource):
    """Long work on the server; ``done`` of ``total`` tells how far it is."""

    kind: str = ""
    state: str = "queued"
    done: int | None = 0
    total: int | None = None
    message: str = ""
    error: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    created_at: str = ""
    started_at: str | None = None
    finished_at: str | None = None

    @property
    def is_finished(self) -> bool:
        """Whether it succeeded, failed or was cancelled."""
        return self.state in {"succeeded", "failed", "cancelled"}


@dataclass(frozen=True, kw_only=True)
class VersionFile:
    """One file of a version."""

    path: str
    sha256: str
    size_bytes: int
    rows: int | None = None


@dataclass(frozen=True, kw_only=True)
class Version(Resource):
    """A frozen dataset version; its rows and files never change once ``state`` is ``ready``."""

    dataset_id: str = ""
    number: int = 0
    state: str = ""
    content_sha256: str | None = None
    job_id: str | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    simulated_rows: int | None = None
    created_at: str = ""
    ready_at: str | None = None

    @property
    def files(self) -> list[VersionFile]:
        """The files; known when the version was fetched by itself, not from a list."""
        names = {item.name for item in fields(VersionFile)}
        return [
            VersionFile(**{key: value for key, value in row.items() if key in names})
            for row in self.more.get("files", [])
        ]


@dataclass(frozen=True, kw_only=True)
class Dataset(Resource):
    """A saved definition that versions are built from."""

    name: str = ""
    title: str = ""
    kinds: list[str] = field(default_factory=list)
    definition: dict[str, Any] = field(default_factory=dict)
    created_at: str = ""
