from __future__ import annotations

from pathlib import Path

from django.conf import settings

from active_learning.domain.encoder_names import (
    EncoderNameInvalidError,
    EncoderSource,
    encoder_name_parsed,
)
from active_learning.errors import EncoderNameError


def base_model_checked(written: str) -> str:
    """Return the name of a model to train, ``local:<folder>`` or ``hub:<owner>/<name>[@<revision>]``, as it is kept.

    Raises
    ------
    EncoderNameError
    """
    try:
        name = encoder_name_parsed(written)
    except EncoderNameInvalidError:
        name = None
    if name is None or name.source is EncoderSource.BUNDLED:
        raise EncoderNameError(
            problem=f"{written[:80]!r} is not the name of a model to train. Write 'local:folder-name' or "
            "'hub:owner/name'."
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
    if name.source is not EncoderSource.LOCAL:
        return name.path, name.revision
    folder = Path(settings.ENCODER_FOLDER) / name.path if settings.ENCODER_FOLDER else None
    if folder is None or not folder.is_dir():
        raise EncoderNameError(
            problem=f"There is no folder “{name.path}” with a model on this worker. Put it into the folder that "
            "CONCORD_ENCODERS names there, or choose a model of the hub that lies in its cache."
        )
    return str(folder), None
