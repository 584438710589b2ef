"""The signing key: given by the operator, or made once and kept beside the embedded data."""

from __future__ import annotations

import contextlib
import os
import secrets

from config.env import Environment, EnvironmentValueError

_FEWEST_CHARACTERS = 32


def secret_key(environment: Environment) -> str:
    """Return the key Django signs sessions with.

    Raises
    ------
    EnvironmentValueError
        When ``CONCORD_SECRET_KEY`` is set but too short to be safe.
    """
    if environment.secret_key is not None:
        if len(environment.secret_key) < _FEWEST_CHARACTERS:
            raise EnvironmentValueError(
                f"CONCORD_SECRET_KEY has {len(environment.secret_key)} characters. Give it at least "
                f"{_FEWEST_CHARACTERS} random ones, or leave it unset to have one made and kept."
            )
        return environment.secret_key
    path = environment.home / "secret_key"
    if not path.exists():
        environment.home.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with contextlib.suppress(FileExistsError):  # the first writer wins; later ones read what it wrote
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")
