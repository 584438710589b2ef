from __future__ import annotations

from typing import Any

__all__ = ["LOGGING"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.http.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "botocore": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "amqp": {"level": "WARNING"},
        # Two lines a request, and some hold what was sent.
        "mcp": {"level": "ERROR"},
    },
}
