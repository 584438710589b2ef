from __future__ import annotations

from typing import Any


class ConcordError(Exception):
    """What went wrong, as the server or this client says it; the only exception the client raises.

    Attributes
    ----------
    code
        Stable and made for programs, for example ``not_found`` or ``version_not_ready``.
    message
        A sentence for a person.
    request_id
        Names the request in the server's log; ``None`` when no answer came.
    status
        HTTP status; ``None`` when the client itself refused or no answer came.
    fields
        Values the server sent beside the sentence.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        request_id: str | None = None,
        status: int | None = None,
        fields: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.request_id = request_id
        self.status = status
        self.fields = fields or {}

    def __str__(self) -> str:
        where = f", request {self.request_id}" if self.request_id else ""
        return f"{self.message} ({self.code}{where})"
