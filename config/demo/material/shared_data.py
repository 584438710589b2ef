"""Real data from a folder of the operator's own: read, never copied into the project.

The layout is that of the folders ``media-demo``, ``dices-350`` and ``pandalm-testset``; what is missing is
left out.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.demo.material.words import HARMS

if TYPE_CHECKING:
    from config.demo.material.posts import MediaBox

_PHOTOGRAPHS = {".png", ".jpg", ".jpeg"}
_CLIPS = {".mp4", ".webm", ".mp3", ".ogg"}
_MOST_CLIPS = 14
_MOST_CONVERSATIONS = 60


class SharedDataMissingError(Exception):
    """The folder named with ``--data`` has nothing that the demo knows; the message says what it looked for."""


class SharedData:
    """Media, conversations and pairs that nobody here wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "media-demo" / "images").is_dir():
            raise SharedDataMissingError(
                f"{folder} has no media-demo/images. Name the folder that holds media-demo."
            )

    def photographs(self) -> list[Path]:
        """Return the pictures, by name."""
        images = self.folder / "media-demo" / "images"
        return sorted(path for path in images.iterdir() if path.suffix.lower() in _PHOTOGRAPHS)

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
        path = self.folder / "pandalm-testset" / "raw" / "testset-v1.json"
        rows: list[dict[str, Any]] = []
        truths: list[dict[str, Any]] = []
        for pair in json.loads(path.read_text(encoding="utf-8")):
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
        path = self.folder / "dices-350" / "dices_350_expert.json"
        if not path.exists():
            return []
        rows = []
        for instance in json.loads(path.read_text(encoding="utf-8"))["instances"][:_MOST_CONVERSATIONS]:
            talk = instance["instance"]
            parts = [
                {"kind": "text", "text": talk["user_prompt"], "language": "en"},
                {"kind": "comment", "text": talk["response"], "language": "en"},
            ]
            external_id = f"dices-{instance['id']}"
            rows.append({"external_id": external_id, "language": "en", "source": "dices-350", "parts": parts})
        return rows


def _benign(external_id: str) -> dict[str, Any]:
    clauses: dict[str, Any] = {key: {"answer": "allowed", "evidence": []} for key in HARMS}
    clauses["language-quality"] = {"answer": "clear", "evidence": []}
    return {"external_id": external_id, "clauses": clauses}
