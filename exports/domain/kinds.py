"""The kinds of rows a dataset can hold, each with its columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exports.domain.columns import BLOCKS, MESSAGES, PICTURE_TYPES, Column, ListOf, Struct

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
    made_of
        What its rows are built from: a ``post``, a ``comparison``, a ``slate``, or a ``walk``: how people went on in
        conversations.
    own
        The columns that are trained on, without provenance.
    """

    key: str
    title: str
    purpose: str
    made_of: tuple[str, ...]
    own: tuple[Column, ...]
    provenance: tuple[Column, ...] = PROVENANCE

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns in the order they are written."""
        return (*self.own, *self.provenance)

    @property
    def has_pictures(self) -> bool:
        """Whether rows hold pictures themselves, which only Parquet does."""
        return any(_member(column) in PICTURE_TYPES for column in self.own)

    @property
    def is_tagged(self) -> bool:
        """Whether tags in the text stand for media that lie beside the rows, as ms-swift has it."""
        return self.key.startswith("tagged_")

    def jsonl_path(self, split: str) -> str:
        """Return where the rows of a split lie as JSON in a version."""
        return f"{'tagged' if self.is_tagged else 'jsonl'}/{self.key}/{split}.jsonl"


def _member(column: Column) -> object:
    return column.type.member if isinstance(column.type, ListOf) else column.type


_MESSAGES, _PROMPT, _COMPLETION = (Column(name, MESSAGES) for name in ("messages", "prompt", "completion"))
_PAIR = (_PROMPT, Column("chosen", MESSAGES), Column("rejected", MESSAGES))
_MARGIN = Column("margin", "float32")
_LABEL = Column("label", "bool")
_POST, _PAIRS, _REPLIES = ("post",), ("comparison",), ("comparison", "slate")


def _seeing(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return columns of a kind in words as its twin about pictures has them: conversations are blocks."""
    own = (replace(column, type=BLOCKS) if column.type == MESSAGES else column for column in columns)
    return (Column("images", ListOf("image")), *own)


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
    made_of=_POST,
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
    made_of=("post", "comparison"),
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
        Column("assisted", "bool"),
        Column("precedents", ListOf("string")),
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
    made_of=("comparison", "walk"),
    own=(_MESSAGES,),
)

_SFT_PC = Kind(
    key="sft_pc",
    title="Supervised fine-tuning, loss on the reply",
    purpose="The same replies with prompt and completion apart.",
    made_of=("comparison", "walk"),
    own=(_PROMPT, _COMPLETION),
)

_RM = Kind(
    key="rm",
    title="Reward model",
    purpose="Better and worse reply with the margin people gave.",
    made_of=_PAIRS,
    own=(*_PAIR, _MARGIN),
)

_DPO = Kind(
    key="dpo",
    title="Preference pairs",
    purpose="Better and worse reply to one prompt.",
    made_of=_PAIRS,
    own=_PAIR,
)

_KTO = Kind(
    key="kto",
    title="Unpaired feedback",
    purpose="Single replies that people found acceptable or not.",
    made_of=_REPLIES,
    own=(_PROMPT, _COMPLETION, _LABEL),
)

_RATING = Kind(
    key="rating",
    title="Ratings",
    purpose="Single replies with how good people find them on each axis, from 0 to the highest step.",
    made_of=("slate",),
    own=(
        _PROMPT,
        Column("response", MESSAGES),
        Column(
            "ratings",
            ListOf(
                Struct(
                    (
                        ("axis", "string"),
                        ("value", "float32"),
                        ("highest", "int32"),
                        ("votes", "int32"),
                        ("agreement", "float32"),
                    )
                )
            ),
        ),
    ),
)

_RM_SAFETY = Kind(
    key="rm_safety",
    title="Safety reward model",
    purpose="Safer and less safe reply, and whether each is acceptable: also where neither is.",
    made_of=_PAIRS,
    own=(*_RM.own, Column("chosen_is_safe", "bool"), Column("rejected_is_safe", "bool")),
)

_TPO = Kind(
    key="tpo",
    title="Pairs with a reference",
    purpose="Better and worse reply, and a reply that people wrote instead.",
    made_of=_PAIRS,
    own=(*_DPO.own, Column("reference", MESSAGES)),
)

_GRPO = Kind(
    key="grpo",
    title="Judging by the policy",
    purpose="Posts in words to judge by the rules, with what was decided to check a reply against, clause by clause.",
    made_of=_POST,
    own=(
        _PROMPT,
        Column("ground_truth", "string"),
        Column("ground_truth_path", ListOf("string")),
        Column("severity", "int8", nullable=True),
        Column("p_violating", "float32", nullable=True),
        Column("data_source", "string"),
        Column("ability", "string"),
        Column("reward_model", Struct((("style", "string"), ("ground_truth", "string")))),
        Column("extra_info", Struct((("index", "int64"), ("split", "string"), ("example_id", "string")))),
        Column(
            "rubric",
            ListOf(
                Struct(
                    (
                        ("clause_key", "string"),
                        ("answer", "string"),
                        ("is_harmful", "bool"),
                        ("weight", "float32"),
                    )
                )
            ),
        ),
    ),
)

_GUARD = Kind(
    key="guard",
    title="Safeguard",
    purpose="The rules, a post or a reply in words to judge by them, and the verdict with its clause and reason.",
    made_of=("post", *_REPLIES),
    own=(
        _MESSAGES,
        Column("policy_id", "string"),
        Column("category_path", ListOf("string")),
        Column("modality", "string"),
        Column("severity", "int8", nullable=True),
        Column("p_violating", "float32", nullable=True),
    ),
)

_SFT_VLM = Kind(
    key="sft_vlm",
    title="Supervised fine-tuning about pictures",
    purpose="Conversations that may show pictures and end in a reply people wrote, or found acceptable and better.",
    made_of=_PAIRS,
    own=_seeing(_SFT.own),
)

_KTO_VLM = Kind(
    key="kto_vlm",
    title="Unpaired feedback about pictures",
    purpose="Single replies to prompts that may show pictures, and whether people found them acceptable.",
    made_of=_REPLIES,
    own=_seeing(_KTO.own),
)

_DPO_VLM = Kind(
    key="dpo_vlm",
    title="Preference pairs about pictures",
    purpose="Better and worse reply in words to a prompt that may show pictures.",
    made_of=_PAIRS,
    own=_seeing(_DPO.own),
)

_MEDIA_BESIDE = tuple(Column(name, ListOf("string")) for name in ("images", "videos", "audios"))

_TAGGED_SFT = Kind(
    key="tagged_sft",
    title="Supervised fine-tuning, any media",
    purpose="Conversations about pictures, video or sound with their good reply, for ms-swift; never for TRL.",
    made_of=_PAIRS,
    own=(_MESSAGES, *_MEDIA_BESIDE),
)

_TAGGED_RM = Kind(
    key="tagged_rm",
    title="Preference pairs, any media",
    purpose="Better and worse reply to a prompt with pictures, video or sound, for ms-swift; never for TRL.",
    made_of=_PAIRS,
    own=(
        _MESSAGES,
        Column("rejected_messages", MESSAGES),
        *_MEDIA_BESIDE,
        Column("rejected_images", ListOf("string")),
        _MARGIN,
    ),
)

_TAGGED_KTO = Kind(
    key="tagged_kto",
    title="Unpaired feedback, any media",
    purpose="Single replies with pictures, video or sound, acceptable or not, for ms-swift; never for TRL.",
    made_of=_REPLIES,
    own=(_MESSAGES, *_MEDIA_BESIDE, _LABEL),
)

_IMAGE_PREF = Kind(
    key="image_pref",
    title="Pairs of pictures",
    purpose="Two pictures made for one text, and which of them people prefer.",
    made_of=_PAIRS,
    own=(
        Column("jpg_0", "binary"),
        Column("jpg_1", "binary"),
        Column("label_0", "float32"),
        Column("caption", "string"),
    ),
)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        _LABELS,
        _VOTES,
        _SFT,
        _SFT_PC,
        _RM,
        _RM_SAFETY,
        _DPO,
        _TPO,
        _KTO,
        _RATING,
        _GRPO,
        _GUARD,
        _SFT_VLM,
        _DPO_VLM,
        _KTO_VLM,
        _IMAGE_PREF,
        _TAGGED_SFT,
        _TAGGED_RM,
        _TAGGED_KTO,
    )
}
"""All kinds by key, in the order they are listed to people."""


def kinds_about(subject: str, keys: frozenset[str]) -> frozenset[str]:
    """Return those of ``keys`` whose rows are built from ``subject``, one of those in ``Kind.made_of``."""
    return frozenset(key for key in keys if subject in KINDS[key].made_of)
