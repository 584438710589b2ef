from __future__ import annotations

import logging

from core.http.request_id import request_id_current

_ESCAPES = {code: f"\\x{code:02x}" for code in range(32)} | {
    127: "\\x7f",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


class OneLineFormatter(logging.Formatter):
    """One record, one line: control characters are escaped, so no input can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id_current()
        text = super().format(record)
        return text.replace("\n", "\\n ").translate(_ESCAPES)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")
