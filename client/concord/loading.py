from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from concord.client import Client
from concord.credentials import cache_folder
from concord.errors import ConcordError

if TYPE_CHECKING:
    import datasets


def load(
    reference: str,
    *,
    kind: str | None = None,
    split: str | None = "train",
    streaming: bool = False,
    cache: Path | None = None,
    client: Client | None = None,
) -> Any:
    """Return rows of a version as a ``datasets.Dataset``, pulled once and cached by content.

    Parameters
    ----------
    reference
        ``project/dataset@3``; without a number the newest version that is ready.
    kind
        ``dpo``, ``sft``, …; may be left out when the version holds one kind only.
    split
        ``train``, ``validation`` or ``test``; ``None`` gives all of them by name.
    streaming
        Whether to return a ``datasets.IterableDataset`` over the pulled files.

    Raises
    ------
    ConcordError
        ``kind_needed`` when the version holds several kinds and none was named; ``datasets_missing``.
    """
    library = _library()
    if client is not None:
        return _load(client, library, reference, kind, split, streaming, cache)
    with Client() as own:
        return _load(own, library, reference, kind, split, streaming, cache)


def _load(
    client: Client,
    library: Any,
    reference: str,
    kind: str | None,
    split: str | None,
    streaming: bool,
    cache: Path | None,
) -> datasets.Dataset | datasets.IterableDataset | dict[str, Any]:
    version = client.version(reference)
    kinds = sorted(version.counts)
    if kind is None:
        if len(kinds) != 1:
            raise ConcordError("kind_needed", f"{reference} holds {', '.join(kinds)}: name one as kind=.")
        kind = kinds[0]
    if kind not in kinds:
        raise ConcordError("kind_missing", f"{reference} holds {', '.join(kinds)}, not {kind}.")
    folder = (cache or cache_folder()) / str(version.content_sha256)
    exact = reference.split("@", maxsplit=1)[0] + f"@{version.number}"
    client.pull(exact, folder, wanted=lambda path: not path.startswith("jsonl/"))
    return library.load_dataset(str(folder), kind, split=split, streaming=streaming)


def _library() -> Any:
    try:
        import datasets  # heavy, and only wanted here
    except ImportError:
        raise ConcordError(
            "datasets_missing", "Install the datasets package: pip install 'concord-client[datasets]'."
        ) from None
    return datasets
