"""A release in the language of who reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.accounts.selectors import Actor, languages_read_by
from policies.domain.wordings import is_read, language_chosen
from policies.models import Release
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of


@dataclass(frozen=True, slots=True)
class ClauseWording:
    """The wording of one clause for one reader; ``language`` is empty where there is none in theirs."""

    key: str
    language: str
    source_language: str
    passages: tuple[Mapping[str, Any], ...]


def wordings_for(actor: Actor, release_id: UUID, *, languages: Sequence[str] = ()) -> list[ClauseWording]:
    """Return the clauses whose reader reads another language than theirs: in that language, or else marked as not.

    A clause in a language of the reader is left out, and so is everything for a reader who has named no language.

    Parameters
    ----------
    languages
        What to look for instead of the languages the reader has set for themselves.
    """
    release = release_visible_get(actor, release_id)
    return _worded(release, list(languages) or languages_read_by(actor.user.pk))


def own_words(person_id: UUID, releases: Collection[UUID]) -> dict[tuple[UUID, str], dict[str, str]]:
    """Return the passages of clauses, by release and key, that a person reads in another language than the source's.

    The caller has let the person see what was asked under these releases. Empty for who has named no language.
    """
    wanted = languages_read_by(person_id)
    return {
        (release.pk, wording.key): {
            str(row["at"]): str(row["text"]) for row in wording.passages if row["text"]
        }
        for release in Release.objects.filter(pk__in=releases)
        for wording in _worded(release, wanted)
    }


def _worded(release: Release, wanted: Sequence[str]) -> list[ClauseWording]:
    if not wanted:
        return []
    found: list[ClauseWording] = []
    for clause in release.clauses.exclude(translations=[], language="").order_by("position", "key"):
        document = clause_document_of(clause)
        language = language_chosen(document, wanted)
        translation = next((one for one in document.translations if one.language == language), None)
        if translation is not None:
            passages = tuple(passage.model_dump(mode="json") for passage in translation.passages)
            found.append(ClauseWording(clause.key, language, document.language, passages))
        elif document.language and not is_read(document.language, wanted):
            found.append(ClauseWording(clause.key, "", document.language, ()))
    return found
