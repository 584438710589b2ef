"""The kinds of rows a dataset can hold, each with its columns."""

from __future__ import annotations

from dataclasses import dataclass

from exports.domain.columns import MESSAGES, Column, ListOf, Struct

PROVENANCE = (
    Column("example_id", "string"),
    Column("item_id", "string"),
    Column("policy_version", "string"),
    Column("n_annotators", "int32"),
    Column("agreement", "float32", nullable=True),
    Column("p_chosen", "float32", nullable=True),
    Column("source", "string"),
    Column("source_model_a", "string", nullable=True),
    Column("source_model_b", "string", nullable=True),
    Column("shown_first", "string", nullable=True),
    Column("simulated", "bool"),
    Column("stale", "bool"),
    Column("content_sha256", "string"),
    Column("meta_json", "string"),
)
"""Where a row comes from; the same columns in every kind but ``votes``."""


@dataclass(frozen=True)
class Kind:
    """What one kind of rows is for and made of.

    Attributes
    ----------
    subject
        ``post`` or ``comparison``: what its rows are built from.
    own
        The columns that are trained on, without provenance.
    """

    key: str
    title: str
    purpose: str
    subject: str
    own: tuple[Column, ...]
    provenance: tuple[Column, ...] = PROVENANCE

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns in the order they are written."""
        return (*self.own, *self.provenance)


_MEDIA = ListOf(Struct((("kind", "string"), ("sha256", "string"), ("mime", "string"))))
_PARTS = ListOf(
    Struct(
        (
            ("id", "string"),
            ("kind", "string"),
            ("label", "string"),
            ("language", "string"),
            ("text", "string"),
            ("sha256", "string"),
        )
    )
)

_LABELS = Kind(
    key="labels",
    title="Labels",
    purpose="One row for each post and clause: what the project holds true, and how the votes fell.",
    subject="post",
    own=(
        Column("text", "string"),
        Column("parts", _PARTS),
        Column("media", _MEDIA),
        Column("language", "string"),
        Column("clause_key", "string"),
        Column("meaning_revision", "int32"),
        Column("question", "string"),
        Column("answer", "string"),
        Column("is_harmful", "bool"),
        Column("severity", "int16", nullable=True),
        Column("confidence", "float32", nullable=True),
        Column("p_violating", "float32", nullable=True),
        Column("soft_label", ListOf(Struct((("answer", "string"), ("share", "float32"))))),
        Column("method", "string"),
        Column("evidence_json", "string"),
    ),
)

_VOTES = Kind(
    key="votes",
    title="Votes",
    purpose="Every single answer, never aggregated away: who (by pseudonym), what, under which release.",
    subject="both",
    own=(
        Column("subject", "string"),
        Column("annotator", "string"),
        Column("axis", "string"),
        Column("choice", "string"),
        Column("strength", "int8", nullable=True),
        Column("severity", "int16", nullable=True),
        Column("confidence", "float32", nullable=True),
        Column("position_a", "string", nullable=True),
        Column("rationale", "string"),
        Column("seconds", "float32", nullable=True),
        Column("is_gold", "bool"),
        Column("superseded", "bool"),
        Column("counted", "bool"),
    ),
    provenance=(
        Column("example_id", "string"),
        Column("item_id", "string"),
        Column("policy_version", "string"),
        Column("simulated", "bool"),
        Column("stale", "bool"),
        Column("content_sha256", "string"),
        Column("meta_json", "string"),
    ),
)

_SFT = Kind(
    key="sft",
    title="Supervised fine-tuning",
    purpose="Conversations that end in a reply people wrote, or found acceptable and better.",
    subject="comparison",
    own=(Column("messages", MESSAGES),),
)

_SFT_PC = Kind(
    key="sft_pc",
    title="Supervised fine-tuning, loss on the reply",
    purpose="The same replies with prompt and completion apart.",
    subject="comparison",
    own=(Column("prompt", MESSAGES), Column("completion", MESSAGES)),
)

_RM = Kind(
    key="rm",
    title="Reward model",
    purpose="Better and worse reply with the margin people gave.",
    subject="comparison",
    own=(
        Column("prompt", MESSAGES),
        Column("chosen", MESSAGES),
        Column("rejected", MESSAGES),
        Column("margin", "float32"),
    ),
)

_DPO = Kind(
    key="dpo",
    title="Preference pairs",
    purpose="Better and worse reply to one prompt.",
    subject="comparison",
    own=(Column("prompt", MESSAGES), Column("chosen", MESSAGES), Column("rejected", MESSAGES)),
)

_KTO = Kind(
    key="kto",
    title="Unpaired feedback",
    purpose="Single replies that people found acceptable or not.",
    subject="comparison",
    own=(Column("prompt", MESSAGES), Column("completion", MESSAGES), Column("label", "bool")),
)

KINDS: dict[str, Kind] = {kind.key: kind for kind in (_LABELS, _VOTES, _SFT, _SFT_PC, _RM, _DPO, _KTO)}
"""All kinds by key, in the order they are listed to people."""


def kinds_about(subject: str, keys: frozenset[str]) -> frozenset[str]:
    """Return those of ``keys`` whose rows are built from ``subject`` (``post`` or ``comparison``)."""
    return frozenset(key for key in keys if KINDS[key].subject in (subject, "both"))
