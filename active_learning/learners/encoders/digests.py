"""Naming weights by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_revision(folder: Path) -> str:
    """Return twelve digits that change with any weight, tokenizer or preprocessing file in the folder."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        if path.is_file() and path.suffix in {".safetensors", ".json", ".txt", ".model"}:
            total.update(f"{path.name}\0{file_sha256(path)}\n".encode())
    return total.hexdigest()[:12]
