"""Keys of endpoints at rest: encrypted under a key derived from Concord's own secret, each bound to its row."""

from __future__ import annotations

import base64
import uuid

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBrokenError(Exception):
    """What was sealed cannot be opened: the secret has changed, or the row is another one."""


def sealed(secret: str, *, for_row: uuid.UUID) -> bytes:
    """Return ``secret`` encrypted; only `unsealed` with the same row opens it."""
    return _cipher(for_row).encrypt(secret.encode("utf-8"))


def unsealed(token: bytes, *, for_row: uuid.UUID) -> str:
    """Return what was sealed.

    Raises
    ------
    SealBrokenError
    """
    try:
        return _cipher(for_row).decrypt(token).decode("utf-8")
    except InvalidToken:
        raise SealBrokenError() from None


def _cipher(row: uuid.UUID) -> Fernet:
    derived = HKDF(
        algorithm=hashes.SHA256(), length=32, salt=row.bytes, info=b"concord: key of a model endpoint"
    ).derive(settings.SECRET_KEY.encode("utf-8"))
    return Fernet(base64.urlsafe_b64encode(derived))
