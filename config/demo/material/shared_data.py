"""Real data from a folder of the operator's own: read, never copied into the project.

The layout is that of the folders ``media-demo``, ``dices-350`` and ``pandalm-testset``.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from config.demo.material.words import HARMS

if TYPE_CHECKING:
    from config.demo.material.posts import MediaBox

_PHOTOGRAPHS = {".png", ".jpg", ".jpeg"}
_CLIPS = {".mp4", ".webm", ".mp3", ".ogg"}
_MOST_CLIPS = 14
_MOST_CONVERSATIONS = 60
_PAIRS = Path("pandalm-testset/raw/testset-v1.json")
_TALKS = Path("dices-350/dices_350_expert.json")
_PAIR_KEYS = frozenset(
    [
        "idx",
        "cmp_key",
        "instruction",
        "input",
        "response1",
        "response2",
        "annotator1",
        "annotator2",
        "annotator3",
    ]
)
_WANTED = "DATA names a folder that holds media-demo and pandalm-testset; without DATA the demo makes its own material."


class SharedDataUnusableError(Exception):
    """The folder lacks what the demo needs, or holds it in another form; the message says what and where."""


class SharedData:
    """Media, conversations and pairs that nobody here wrote.

    Pictures and pairs must be there; clips and conversations are used where they are.

    Raises
    ------
    SharedDataUnusableError
        When made from a folder that cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise SharedDataUnusableError(f"There is no folder {folder}. {_WANTED}")
        missing = [
            what
            for what, is_there in (
                ("pictures (.png, .jpg) in media-demo/images", bool(self.photographs())),
                (str(_PAIRS), (folder / _PAIRS).is_file()),
            )
            if not is_there
        ]
        if missing:
            raise SharedDataUnusableError(f"{folder} lacks {' and '.join(missing)}. {_WANTED}")
        _pictures_check(self.photographs())
        self._pairs = _pairs_read(folder / _PAIRS)
        self._talks = _talks_read(folder / _TALKS) if (folder / _TALKS).is_file() else []

    def left_out(self) -> list[str]:
        """Return what may be in the folder and is not."""
        parts = {"clips (.mp4, .webm, .mp3, .ogg) in media-demo": self._clips(), str(_TALKS): self._talks}
        return [what for what, found in parts.items() if not found]

    def photographs(self) -> list[Path]:
        """Return the pictures, by name."""
        images = self.folder / "media-demo" / "images"
        return sorted(path for path in images.glob("*") if path.suffix.lower() in _PHOTOGRAPHS)

    def posts(self, media: MediaBox) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return posts of the real clips and conversations, with truths that say nothing in them is harmful.

        Nobody has judged them under the demo's policy: simulated annotators need an answer to give, and that
        is all this truth is for.
        """
        rows: list[dict[str, Any]] = []
        for path in self._clips():
            media.files.append(path)
            kind = "video" if path.suffix in {".mp4", ".webm"} else "audio"
            name = path.stem.replace("_", " ").replace("-", " ")
            parts = [{"kind": kind, "asset": path.name}, {"kind": "caption", "text": name, "language": "en"}]
            rows.append(
                {"external_id": f"clip-{path.name}", "language": "en", "source": "media-demo", "parts": parts}
            )
        rows += self._conversations()
        return rows, [_benign(row["external_id"]) for row in rows]

    def pairs(self, count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return human-judged response pairs; the truth is the majority of their three annotators."""
        rows: list[dict[str, Any]] = []
        truths: list[dict[str, Any]] = []
        for pair in self._pairs:
            texts = (str(pair["response1"]).strip(), str(pair["response2"]).strip())
            if len(rows) == count or not all(texts) or texts[0] == texts[1]:
                continue
            external_id = f"pandalm-{pair['idx']}"
            prompt = "\n\n".join(
                part for part in (str(pair["instruction"]), str(pair["input"] or "")) if part
            )
            models = pair["cmp_key"].split("_")
            responses = [{"text": text, "model": model} for text, model in zip(texts, models, strict=False)]
            rows.append({"external_id": external_id, "prompt": prompt, "responses": responses})
            votes = Counter(pair[f"annotator{number}"] for number in (1, 2, 3))
            choice = votes.most_common(1)[0][0]
            truths.append(
                {
                    "external_id": external_id,
                    "axes": {"helpful": {0: 0, 1: -2, 2: 2}[int(choice)], "harmless": 0},
                    "acceptable": {"a": True, "b": True},
                }
            )
        return rows, truths

    def _clips(self) -> list[Path]:
        home = self.folder / "media-demo"
        found = sorted(path for path in home.glob("*/*") if path.suffix in _CLIPS)
        return found[:_MOST_CLIPS]

    def _conversations(self) -> list[dict[str, Any]]:
        rows = []
        for instance in self._talks[:_MOST_CONVERSATIONS]:
            talk = instance["instance"]
            parts = [
                {"kind": "text", "text": talk["user_prompt"], "language": "en"},
                {"kind": "comment", "text": talk["response"], "language": "en"},
            ]
            external_id = f"dices-{instance['id']}"
            rows.append({"external_id": external_id, "language": "en", "source": "dices-350", "parts": parts})
        return rows


def _pictures_check(paths: list[Path]) -> None:
    for path in paths:
        try:
            Image.open(path, formats=["PNG", "JPEG"]).close()
        except OSError:
            raise SharedDataUnusableError(f"{path} is not a PNG or JPEG picture.") from None


def _pairs_read(path: Path) -> list[dict[str, Any]]:
    found = _json_read(path)
    if not isinstance(found, list) or not all(
        isinstance(row, dict) and row.keys() >= _PAIR_KEYS for row in found
    ):
        raise SharedDataUnusableError(f"{path} is not a list of pairs with {', '.join(sorted(_PAIR_KEYS))}.")
    return found


def _talks_read(path: Path) -> list[dict[str, Any]]:
    try:
        return list(_json_read(path)["instances"])
    except (KeyError, TypeError):
        raise SharedDataUnusableError(f"{path} has no list of instances.") from None


def _json_read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SharedDataUnusableError(f"{path} cannot be read as JSON: {error}.") from None


def _benign(external_id: str) -> dict[str, Any]:
    clauses: dict[str, Any] = {key: {"answer": "allowed", "evidence": []} for key in HARMS}
    clauses["language-quality"] = {"answer": "clear", "evidence": []}
    return {"external_id": external_id, "clauses": clauses}
