"""The same meaning in other languages: which passages there are, which are stale, and how a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from policies.domain.clause_documents import Block, ClauseDocument, ExampleItem, ProseBlock, Translation

PassageState = Literal["current", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class WordedPassage:
    """One passage of a clause and its wording in one language; ``then`` is the source it was made from."""

    at: str
    source: str
    text: str
    then: str
    state: PassageState


def source_passages(document: ClauseDocument) -> dict[str, str]:
    """Return place → text of everything a translation may word otherwise, in reading order, without empty ones.

    Of examples only why they are ruled so: the rest quotes posts in their own words.
    """
    rows = {"title": document.title, "question": document.question}
    rows |= {f"answers/{answer.value}": answer.label for answer in document.answers}
    rows |= {f"severities/{step.value}": step.label for step in document.severities}
    for block in document.blocks:
        if isinstance(block, ProseBlock):
            rows[f"blocks/{block.id}"] = block.text
        else:
            rows |= {why_place(block.id, item): item.why for item in block.items}
    return {at: text for at, text in rows.items() if text.strip()}


def why_place(block_id: str, item: ExampleItem) -> str:
    """Return where a translation says why an example is ruled as it is."""
    return f"blocks/{block_id}/why-{item.name}"


def passages_worded(document: ClauseDocument, translation: Translation) -> list[WordedPassage]:
    """Return every passage of the clause with its wording: stale where the source has changed since."""
    known = {passage.at: passage for passage in translation.passages}
    rows: list[WordedPassage] = []
    for at, source in source_passages(document).items():
        passage = known.get(at)
        if passage is None or not passage.text.strip():
            rows.append(WordedPassage(at, source, "", "", "missing"))
        else:
            state: PassageState = "current" if passage.source == source else "stale"
            rows.append(WordedPassage(at, source, passage.text, passage.source, state))
    return rows


def language_chosen(document: ClauseDocument, languages: Iterable[str]) -> str:
    """Return the first of ``languages`` in which the clause can be read, or "" for its source.

    A language the source is written in ends the search; ``pt`` finds ``pt-BR`` and the other way round where
    nothing matches better.
    """
    offered = [translation.language for translation in document.translations]
    for language in languages:
        if document.language and _base(document.language) == _base(language):
            return ""
        exact = next((tag for tag in offered if tag.lower() == language.lower()), None)
        near = next((tag for tag in offered if _base(tag) == _base(language)), None)
        if exact or near:
            return exact or near or ""
    return ""


def is_read(language: str, languages: Iterable[str]) -> bool:
    """Tell whether a text in ``language`` is in one of the reader's ``languages``."""
    return any(_base(language) == _base(known) for known in languages)


def worded(document: ClauseDocument, language: str) -> ClauseDocument:
    """Return the clause as readers of ``language`` see it; what is not translated stays in the source language."""
    translation = next((one for one in document.translations if one.language == language), None)
    if translation is None:
        return document
    texts = {row.at: row.text for row in passages_worded(document, translation) if row.state != "missing"}
    return document.model_copy(
        update={
            "title": texts.get("title", document.title),
            "question": texts.get("question", document.question),
            "answers": tuple(
                answer.model_copy(update={"label": texts.get(f"answers/{answer.value}", answer.label)})
                for answer in document.answers
            ),
            "severities": tuple(
                step.model_copy(update={"label": texts.get(f"severities/{step.value}", step.label)})
                for step in document.severities
            ),
            "blocks": tuple(_block_worded(block, texts) for block in document.blocks),
        }
    )


def _block_worded(block: Block, texts: Mapping[str, str]) -> Block:
    if isinstance(block, ProseBlock):
        return block.model_copy(update={"text": texts.get(f"blocks/{block.id}", block.text)})
    items = tuple(
        item.model_copy(update={"why": texts.get(why_place(block.id, item), item.why)})
        for item in block.items
    )
    return block.model_copy(update={"items": items})


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def passage_text(document: ClauseDocument, at: str) -> str | None:
    """Return what the clause says at a place (see `Passage`), ``None`` where it has no such place."""
    texts = {"title": document.title, "question": document.question}
    texts |= {f"answers/{answer.value}": answer.label for answer in document.answers}
    texts |= {f"severities/{step.value}": step.label for step in document.severities}
    texts |= {f"blocks/{block.id}": block.text for block in document.blocks if isinstance(block, ProseBlock)}
    return texts.get(at)


def has_place(document: ClauseDocument, at: str) -> bool:
    """Tell whether a comment on ``at`` still has something beside it: the clause, a passage, a block of examples."""
    blocks = {f"blocks/{block.id}" for block in document.blocks}
    return at == "" or at in blocks or passage_text(document, at) is not None


def passage_put(document: ClauseDocument, at: str, text: str) -> ClauseDocument:
    """Return the clause with another text at one place, checked like any other save.

    Raises
    ------
    KeyError
        When the clause has no such place.
    """
    if passage_text(document, at) is None:
        raise KeyError(at)
    data = document.model_dump(mode="json")
    field, _, name = at.partition("/")
    if field in ("title", "question"):
        data[field] = text
    else:
        own, said = {
            "answers": ("value", "label"),
            "severities": ("value", "label"),
            "blocks": ("id", "text"),
        }[field]
        for row in data[field]:
            if str(row[own]) == name:
                row[said] = text
    return ClauseDocument.model_validate(data)
