"""What docker-compose.yml tells about a service: its command, its variables and its home."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
OWN_IMAGE = "concord:local"
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<other>[^}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service of the compose file, its variables filled in.

    Attributes
    ----------
    command
        The command line as the file has it.
    home
        Name of the volume that is its ``CONCORD_HOME``.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    home: str
    is_own: bool


def services_read(variables: Mapping[str, str]) -> dict[str, Service]:
    """Return the services by name; ``variables`` stand for what ``.env`` would hold."""
    described = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    return {name: _service(name, one, variables) for name, one in described.items()}


def _service(name: str, described: Mapping[str, Any], variables: Mapping[str, str]) -> Service:
    return Service(
        name,
        [str(word) for word in described["command"]],
        {key: filled(str(value), variables) for key, value in described.get("environment", {}).items()},
        str(described["volumes"][0]).partition(":")[0],
        described["image"] == OWN_IMAGE,
    )


def filled(text: str, variables: Mapping[str, str]) -> str:
    """Put variables into a value as Compose does.

    Raises
    ------
    SystemExit
        With the file's own sentence, when a variable it insists on is missing.
    """

    def value(found: re.Match[str]) -> str:
        given = variables.get(found["name"], "")
        if not given and found["how"] == "?":
            raise SystemExit(found["other"])
        return given or (found["other"] or "")

    return _VARIABLE.sub(value, text)
