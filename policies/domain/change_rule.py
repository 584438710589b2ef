"""The rule that proposes whether an edit of a clause is editorial or semantic; the author decides.

The rule errs towards semantic: asking a question again costs hours, but keeping an answer that was given
to another question poisons what is trained on it. Each reason names the field it rests on, so that the
author can disagree with it knowingly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policies.domain.clause_documents import BlockType, ClauseDocument, ExamplesBlock, ProseBlock, clause_json
from policies.domain.word_difference import changed_share, words_changed

# Below this share of changed words a passage that carries meaning is taken as reworded, not redefined.
EDITORIAL_SHARE = 0.10

_MEANING_BLOCKS = frozenset(
    {BlockType.DEFINITION, BlockType.USE_WHEN, BlockType.AVOID_WHEN, BlockType.INTERPRETATION}
)

# Words that turn a rule round or move its border even when nothing else changes (the languages policies are
# most often written in; a word of another language falls under the share of changed words).
_TURNING_WORDS = frozenset(
    """
    not no never none nor neither without unless except excluding only solely all any every each some both
    either always must may might can cannot shall should if when even least most more less than before after
    until and or but isn aren doesn don didn won
    nicht kein keine keinen nie nur alle außer ohne wenn muss darf
    ne pas non jamais sans sauf seulement tous toutes tout doit peut si
    nunca sin salvo excepto solo todos todas debe puede
    não sem exceto apenas somente deve pode se
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


class Change(StrEnum):
    """What a clause of a draft is, compared with the release the draft is based on."""

    NEW = "new"
    NONE = "none"
    EDITORIAL = "editorial"
    SEMANTIC = "semantic"


@dataclass(frozen=True, slots=True)
class Reason:
    """One observation: ``field`` (or the block's identifier), what it speaks for, and the sentence."""

    field: str
    speaks_for: Change
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rule proposes and why; ``changed_share`` is the largest share over the passages (0 to 1)."""

    change: Change
    reasons: tuple[Reason, ...] = ()
    changed_share: float = 0.0


def change_proposed(before: ClauseDocument | None, after: ClauseDocument) -> Proposal:
    """Propose how ``after`` differs from ``before`` in meaning; ``None`` before means the clause is new.

    Semantic as soon as one reason speaks for it. Equal documents give ``none``.
    """
    if before is None:
        return Proposal(Change.NEW, (Reason("clause", Change.NEW, "The clause is new in this release."),))
    if clause_json(before) == clause_json(after):
        return Proposal(Change.NONE)
    reasons = [*_structure(before, after), *_scales(before, after), *_passages(before, after)]
    share = max([_share(before.question, after.question), *_block_shares(before, after)], default=0.0)
    if not reasons:
        reasons = [Reason("clause", Change.EDITORIAL, "Only order or wording outside the rule changed.")]
    semantic = any(reason.speaks_for is Change.SEMANTIC for reason in reasons)
    return Proposal(Change.SEMANTIC if semantic else Change.EDITORIAL, tuple(reasons), round(share, 4))


def is_wording_only(before: ClauseDocument, after: ClauseDocument) -> bool:
    """Tell whether two clauses that differ do so in nothing but their wording in other languages."""
    aside: dict[str, Any] = {"language": "", "translations": ()}
    return before != after and before.model_copy(update=aside) == after.model_copy(update=aside)


def _structure(before: ClauseDocument, after: ClauseDocument) -> list[Reason]:
    reasons: list[Reason] = []
    if before.kind != after.kind:
        reasons.append(Reason("kind", Change.SEMANTIC, "The clause asks about something else now."))
    if set(before.modalities) != set(after.modalities):
        reasons.append(Reason("modalities", Change.SEMANTIC, "It is judged on other kinds of parts."))
    if set(before.evidence_kinds) != set(after.evidence_kinds):
        reasons.append(Reason("evidence_kinds", Change.EDITORIAL, "Evidence is pointed out in other ways."))
    for name in ("evidence", "reason", "severity"):
        was, now = getattr(before.requires, name), getattr(after.requires, name)
        if now and not was:
            reasons.append(
                Reason("requires", Change.SEMANTIC, f"Earlier answers may lack the {name} it now needs.")
            )
        elif was and not now:
            reasons.append(Reason("requires", Change.EDITORIAL, f"It no longer needs a {name}."))
    reasons += _relations(before, after)
    if before.title != after.title:
        reasons.append(Reason("title", Change.EDITORIAL, "The title changed."))
    if before.codes != after.codes:
        reasons.append(Reason("codes", Change.EDITORIAL, "Its place in outside taxonomies changed."))
    if before.language != after.language:
        reasons.append(Reason("language", Change.EDITORIAL, "It says which language it is written in."))
    return [*reasons, *_translations(before, after)]


def _translations(before: ClauseDocument, after: ClauseDocument) -> list[Reason]:
    old = {translation.language: translation for translation in before.translations}
    new = {translation.language: translation for translation in after.translations}
    changed = sorted(
        language for language in old.keys() | new.keys() if old.get(language) != new.get(language)
    )
    if not changed:
        return []
    named = ", ".join(changed)
    sentence = f"Its wording in {named} changed; what it asks in its own language is judged apart."
    return [Reason("translations", Change.EDITORIAL, sentence)]


def _relations(before: ClauseDocument, after: ClauseDocument) -> list[Reason]:
    binding = ("excludes", "takes_precedence")
    old = {(relation.kind.value, relation.clause_key) for relation in before.relations}
    new = {(relation.kind.value, relation.clause_key) for relation in after.relations}
    if not old ^ new:
        return []
    if any(kind in binding for kind, _ in old ^ new):
        return [Reason("relations", Change.SEMANTIC, "Which clause wins where two apply has changed.")]
    return [Reason("relations", Change.EDITORIAL, "References to other clauses changed.")]


def _scales(before: ClauseDocument, after: ClauseDocument) -> list[Reason]:
    reasons: list[Reason] = []
    for name, noun in (("answers", "answer"), ("severities", "severity")):
        old: Sequence[Any] = getattr(before, name)
        new: Sequence[Any] = getattr(after, name)
        if old == new:
            continue
        if {step.value for step in old} != {step.value for step in new}:
            reasons.append(Reason(name, Change.SEMANTIC, f"The {noun} scale has other steps."))
            continue
        labels_after = {step.value: step for step in new}
        for step in old:
            twin = labels_after[step.value]
            if getattr(step, "harmful", False) != getattr(twin, "harmful", False):
                reasons.append(
                    Reason(name, Change.SEMANTIC, f"Whether “{step.label}” counts as harmful changed.")
                )
            if step.label != twin.label:
                reasons.append(_passage(name, f"label of {step.value}", step.label, twin.label))
        if [step.value for step in old] != [step.value for step in new]:
            reasons.append(Reason(name, Change.EDITORIAL, f"The {noun} scale is in another order."))
    return reasons


def _passages(before: ClauseDocument, after: ClauseDocument) -> list[Reason]:
    reasons: list[Reason] = []
    if before.question != after.question:
        reasons.append(_passage("question", "question", before.question, after.question))
    for old, new in block_pairs(before, after):
        if old == new:
            continue
        block = new or old
        if isinstance(old, ExamplesBlock) or isinstance(new, ExamplesBlock):
            reasons += _examples(old, new)
        elif block is not None and block.type in _MEANING_BLOCKS:
            reasons.append(_passage(block.id, _block_name(block.type), _prose(old), _prose(new)))
        elif block is not None:
            reasons.append(
                Reason(block.id, Change.EDITORIAL, "The rationale explains the rule; it is not the rule.")
            )
    return reasons


def _block_name(block_type: BlockType) -> str:
    words = block_type.value.replace("_", " ")
    return f"“{words}” block" if " " in words else words


def _passage(field: str, name: str, before: str, after: str) -> Reason:
    """Say what a change of one passage that carries meaning speaks for."""
    if not before.strip():
        return Reason(field, Change.SEMANTIC, f"A {name} came in.")
    if not after.strip():
        return Reason(field, Change.SEMANTIC, f"The {name} went out.")
    gone, come = words_changed(before, after)
    if not gone and not come:
        return Reason(field, Change.EDITORIAL, f"Only punctuation, case or layout of the {name} changed.")
    turning = sorted(
        {word for word in {*gone, *come} if gone.count(word) != come.count(word)} & _TURNING_WORDS
    )
    numbers = sorted(
        word for word in {*gone, *come} if word.isnumeric() and gone.count(word) != come.count(word)
    )
    share = changed_share(before, after)
    if turning or numbers:
        quoted = ", ".join(f"“{word}”" for word in [*turning, *numbers][:4])
        return Reason(
            field,
            Change.SEMANTIC,
            f"{share:.0%} of the words of the {name} changed, {quoted} among them, which can move the border.",
        )
    if share > EDITORIAL_SHARE:
        return Reason(field, Change.SEMANTIC, f"{share:.0%} of the words of the {name} changed.")
    return Reason(field, Change.EDITORIAL, f"Only {share:.0%} of the words of the {name} changed.")


def _examples(old: Any, new: Any) -> list[Reason]:
    field = (new or old).id
    before = {item.identity: item for item in (old.items if isinstance(old, ExamplesBlock) else ())}
    after = {item.identity: item for item in (new.items if isinstance(new, ExamplesBlock) else ())}
    turned = [text for text in before.keys() & after.keys() if before[text].ruling != after[text].ruling]
    graded = [text for text in before.keys() & after.keys() if before[text].severity != after[text].severity]
    if turned:
        return [Reason(field, Change.SEMANTIC, f"{_count(len(turned), 'example')} got another ruling.")]
    if graded:
        return [Reason(field, Change.SEMANTIC, f"{_count(len(graded), 'example')} got another severity.")]
    came, went = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    shown = [one for one in before.keys() & after.keys() if before[one].media != after[one].media]
    if shown:
        return [Reason(field, Change.EDITORIAL, f"{_count(len(shown), 'example')} shows other media.")]
    if came or went:
        return [
            Reason(
                field, Change.EDITORIAL, f"{_count(came, 'example')} came in, {_count(went, 'example')} went."
            )
        ]
    return [Reason(field, Change.EDITORIAL, "Examples are explained in other words.")]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def block_pairs(
    before: ClauseDocument, after: ClauseDocument
) -> list[tuple[ProseBlock | ExamplesBlock | None, ProseBlock | ExamplesBlock | None]]:
    """Pair the blocks of two documents: by identifier and type first, the left-over ones by type, in order.

    Pairs come in the order of ``after``; blocks that went out follow, in the order of ``before``.
    """
    old = {block.id: block for block in before.blocks}
    partner: dict[str, ProseBlock | ExamplesBlock] = {}
    for block in after.blocks:
        twin = old.get(block.id)
        if twin is not None and twin.type == block.type:
            partner[block.id] = old.pop(block.id)
    for block in after.blocks:
        if block.id not in partner:
            twin = next((candidate for candidate in old.values() if candidate.type == block.type), None)
            if twin is not None:
                partner[block.id] = old.pop(twin.id)
    pairs: list[tuple[ProseBlock | ExamplesBlock | None, ProseBlock | ExamplesBlock | None]] = [
        (partner.get(block.id), block) for block in after.blocks
    ]
    return [*pairs, *((block, None) for block in old.values())]


def _prose(block: ProseBlock | ExamplesBlock | None) -> str:
    return block.text if isinstance(block, ProseBlock) else ""


def _share(before: str, after: str) -> float:
    return 0.0 if before == after else changed_share(before, after)


def _block_shares(before: ClauseDocument, after: ClauseDocument) -> list[float]:
    return [
        _share(_prose(old), _prose(new))
        for old, new in block_pairs(before, after)
        if (new or old) is not None and not isinstance(new or old, ExamplesBlock)
    ]
