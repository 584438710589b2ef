from __future__ import annotations

from pathlib import Path

from django.conf import settings

from active_learning.domain.encoder_names import (
    BUNDLED,
    EncoderNameInvalidError,
    EncoderSource,
    encoder_name_parsed,
)
from active_learning.errors import EncoderNameError


def base_model_checked(written: str, *, is_encoder: bool = False) -> str:
    """Return the name of a model to train, ``local:<folder>`` or ``hub:<owner>/<name>[@<revision>]``, as it is kept.

    ``is_encoder``: an encoder of texts is to be trained, for which ``bundled`` names the one that comes with Concord.

    Raises
    ------
    EncoderNameError
    """
    try:
        name = encoder_name_parsed(written)
    except EncoderNameInvalidError:
        name = None
    fitting = {EncoderSource.LOCAL, EncoderSource.HUB} | ({EncoderSource.BUNDLED} if is_encoder else set())
    if name is None or name.source not in fitting:
        others = "'bundled', 'local:folder-name'" if is_encoder else "'local:folder-name'"
        raise EncoderNameError(
            problem=f"{written[:80]!r} is not the name of a model to train. Write {others} or 'hub:owner/name'."
        )
    return str(name)


def base_model_place(written: str) -> tuple[str, str | None]:
    """Return where a model lies that `base_model_checked` let through: a folder or hub id, and the hub's revision.

    Raises
    ------
    EncoderNameError
        A folder was named that is not on this worker.
    """
    name = encoder_name_parsed(written)
    if name.source is EncoderSource.BUNDLED:
        # The program that trains knows where it lies.
        return BUNDLED, None
    if name.source is not EncoderSource.LOCAL:
        return name.path, name.revision
    folder = Path(settings.ENCODER_FOLDER) / name.path if settings.ENCODER_FOLDER else None
    if folder is None or not folder.is_dir():
        raise EncoderNameError(
            problem=f"There is no folder “{name.path}” with a model on this worker. Put it into the folder that "
            "CONCORD_ENCODERS names there, or choose a model of the hub that lies in its cache."
        )
    return str(folder), None
