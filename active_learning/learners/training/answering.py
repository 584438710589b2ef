"""An encoder of texts with a head that answers the clauses' questions: the network, and posts as it takes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import torch
from torch.nn.functional import cross_entropy, normalize

from active_learning.domain.held_out import is_held_out
from active_learning.learners.encoders.transformer_loading import pooled_output

MOST_TEXTS = 16
"""Of a post with more texts, the first are read."""
_UNASKED = -1


@dataclass(frozen=True)
class TaughtPost:
    """A post: its texts, and what was decided of it by clause; ``group`` holds what must not be told apart."""

    item_id: str
    texts: tuple[str, ...]
    answers: Mapping[str, str]
    group: str = ""


@dataclass(frozen=True)
class Asked:
    """The clauses and their answers, as the head has them side by side."""

    answers: Mapping[str, tuple[str, ...]]

    @property
    def outputs(self) -> int:
        """How many answers there are over all clauses."""
        return sum(len(values) for values in self.answers.values())

    @property
    def places(self) -> dict[str, slice]:
        """Where each clause's answers stand."""
        found, start = {}, 0
        for clause, values in self.answers.items():
            found[clause] = slice(start, start + len(values))
            start += len(values)
        return found

    def targets(self, post: TaughtPost) -> list[int]:
        """Return for each clause the place of the post's answer among its own, −1 where it has none."""
        return [
            values.index(post.answers[clause]) if post.answers.get(clause) in values else _UNASKED
            for clause, values in self.answers.items()
        ]


def asked_of(posts: Iterable[TaughtPost]) -> Asked:
    """Return the clauses and answers that occur, in alphabetical order."""
    found: dict[str, set[str]] = {}
    for post in posts:
        for clause, answer in post.answers.items():
            found.setdefault(clause, set()).add(answer)
    return Asked({clause: tuple(sorted(found[clause])) for clause in sorted(found)})


def posts_read(rows: Iterable[Mapping[str, Any]]) -> list[TaughtPost]:
    """Return the posts of rows of the kind ``labels``, each once, in the order of the rows."""
    texts: dict[str, tuple[str, ...]] = {}
    answers: dict[str, dict[str, str]] = {}
    groups: dict[str, str] = {}
    for row in rows:
        name = str(row["item_id"])
        texts.setdefault(
            name, tuple(part["text"] for part in row["parts"] if (part["text"] or "").strip())[:MOST_TEXTS]
        )
        answers.setdefault(name, {})[row["clause_key"]] = row["answer"]
        groups.setdefault(name, str(json.loads(row.get("meta_json") or "{}").get("group_key") or ""))
    return [TaughtPost(name, texts[name], answers[name], groups[name]) for name in texts]


def measures_rounds(item_id: str) -> bool:
    """Return whether rounds measure on this post; an encoder that learned it would make their figures too good."""
    try:
        return is_held_out(UUID(item_id))
    except ValueError:
        return False


class AnsweringEncoder(torch.nn.Module):
    """The encoder and its head. A post's vector is the normalized mean of its texts' vectors, as rounds have it."""

    # Read by the trainer as it goes on from a checkpoint.
    _keys_to_ignore_on_save = None

    def __init__(self, encoder: Any, asked: Asked, *, dim: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = torch.nn.Linear(dim, asked.outputs)
        self._asked = asked
        self._scale = dim**0.5

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        owners: torch.Tensor,
        targets: torch.Tensor,
    ) -> dict[str, torch.Tensor]:
        """Return the loss, the mean over all answers asked for.

        Parameters
        ----------
        input_ids, attention_mask
            (texts, tokens)
        owners
            (texts,): the place of each text's post.
        targets
            (posts, clauses): the place of each answer, −1 where there is none.
        """
        read = normalize(pooled(self.encoder, input_ids, attention_mask).float(), dim=-1)
        vectors = torch.zeros(len(targets), read.shape[1], dtype=read.dtype, device=read.device)
        scores = self.head(normalize(vectors.index_add(0, owners, read), dim=-1) * self._scale)
        losses = [
            cross_entropy(scores[:, place], targets[:, number], ignore_index=_UNASKED, reduction="sum")
            for number, place in enumerate(self._asked.places.values())
        ]
        return {"loss": torch.stack(losses).sum() / (targets != _UNASKED).sum().clamp(min=1)}


def pooled(encoder: Any, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    """Return (texts, dim) as `TransformerTextEncoder` has it: projected text features, else the tokens' mean."""
    core = encoder.get_base_model() if hasattr(encoder, "get_base_model") else encoder
    if hasattr(core, "get_text_features"):
        found = pooled_output(core.get_text_features(input_ids=input_ids, attention_mask=attention_mask))
        assert found is not None
        return found
    hidden = core(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
    mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
    summed: torch.Tensor = (hidden * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1.0)
    return summed


class PostBatches:
    """Puts posts together into a batch."""

    def __init__(self, tokenizer: Any, asked: Asked, *, longest: int) -> None:
        self._tokenizer, self._asked, self._longest = tokenizer, asked, longest

    def __call__(self, posts: Sequence[TaughtPost]) -> dict[str, torch.Tensor]:
        """Return what `AnsweringEncoder.forward` takes."""
        tokens = self._tokenizer(
            [text for post in posts for text in post.texts],
            truncation=True,
            max_length=self._longest,
            padding=True,
            return_tensors="pt",
        )
        owners = [place for place, post in enumerate(posts) for _ in post.texts]
        return {
            "input_ids": tokens["input_ids"],
            "attention_mask": tokens["attention_mask"],
            "owners": torch.tensor(owners),
            "targets": torch.tensor([self._asked.targets(post) for post in posts]),
        }
