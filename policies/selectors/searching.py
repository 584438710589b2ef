"""Finding clauses by words, and releases by their names, over all the projects a person sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from core.accounts.selectors import Actor
from core.db.prepared import rows
from policies.domain.passages import clause_passages
from policies.domain.word_likeness import likeness_of, trigrams
from policies.models import Release
from policies.models.release import PUBLISHED
from policies.precedent_registry import likeness_to_texts
from policies.selectors.access import policies_visible_to
from policies.selectors.releases import releases_get
from policies.selectors.views import ReleaseView

MOST_MATCHED = 200
_STEMMED = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""PostgreSQL's way of finding a word's stem, by language; clauses that name no language are read as English."""

# Any of the words counts: a question has many, and no clause holds all of them. Each text is read twice, by its
# language and word for word, so that names and words of another language are found as they stand; a word that more
# than a third of the clauses hold says nothing, in whatever language.
_MATCHED: LiteralString = """
WITH said AS MATERIALIZED (
  SELECT clause.release_id, clause.key, clause.title, clause.question,
    coalesce(known.config, 'simple')::regconfig AS config,
    concat_ws(E'\\n', clause.question,
      (SELECT string_agg(passage #>> '{}', E'\\n') FROM jsonb_path_query(clause.blocks, 'strict $.**.text') AS passage),
      (SELECT string_agg(passage #>> '{}', E'\\n') FROM jsonb_path_query(clause.blocks, 'strict $.**.why') AS passage)
    ) AS body
  FROM policies_clause AS clause
  LEFT JOIN unnest(%(languages)s::text[], %(configs)s::text[]) AS known(language, config)
    ON known.language = split_part(coalesce(nullif(clause.language, ''), 'en'), '-', 1)
  WHERE clause.release_id = ANY(%(releases)s::uuid[])
), read AS MATERIALIZED (
  SELECT said.*, setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body) AS words,
    setweight(to_tsvector(config, title), 'A') || setweight(to_tsvector(config, question), 'B')
      || to_tsvector(config, body) AS stems,
    replace(plainto_tsquery(config, %(query)s)::text, ' & ', ' | ')::tsquery AS query
  FROM said
), telling AS MATERIALIZED (
  SELECT string_agg(plainto_tsquery('simple', asked.word)::text, ' | ')::tsquery AS query
  FROM unnest(tsvector_to_array(to_tsvector('simple', %(query)s))) AS asked(word)
  WHERE numnode(plainto_tsquery('simple', asked.word)) > 0
    AND (SELECT count(*) FROM read WHERE read.words @@ plainto_tsquery('simple', asked.word)) * 3
      <= (SELECT count(*) + 2 FROM read)
)
SELECT read.release_id, read.key, read.title,
  greatest(ts_rank_cd(read.stems, read.query, 32), ts_rank_cd(read.words, telling.query, 32)),
  ts_headline(read.config, read.body, read.query,
    'StartSel="", StopSel="", MaxWords=45, MinWords=15, MaxFragments=1')
FROM read CROSS JOIN telling ORDER BY 4 DESC NULLS LAST, read.release_id, read.key
"""


@dataclass(frozen=True, slots=True)
class ClauseMatch:
    """A clause that has to do with some words.

    Attributes
    ----------
    score
        Above 0 to 1; larger is more.
    snippet
        Where in its text the words stand; its beginning when only the title is alike.
    """

    release_id: UUID
    clause_key: str
    score: float
    snippet: str


def clauses_matching(release_ids: Collection[UUID], query: str) -> list[ClauseMatch]:
    """Return the clauses of the releases that have to do with ``query``, best first; ties by release and key.

    Words count by their stems in the clause's language and as they stand; a title that looks alike letter by letter
    counts, too, so that a misspelt word still finds it. For releases the caller may see.
    """
    if not release_ids:
        return []
    values = {
        "releases": list(release_ids),
        "languages": list(_STEMMED),
        "configs": list(_STEMMED.values()),
        "query": query,
    }
    letters = trigrams(query)
    found = []
    for release_id, key, title, rank, snippet in rows(_MATCHED, values):
        score = max(float(rank or 0), likeness_of(letters, trigrams(title)) ** 2)
        if score > _LEAST:
            found.append(ClauseMatch(release_id, key, round(min(score, 1.0), 4), snippet))
    found.sort(key=lambda one: (-one.score, str(one.release_id), one.clause_key))
    return found[:MOST_MATCHED]


_LEAST = 0.03
_LIKE_FROM = 0.35
"""Encoders find any two texts somewhat alike; what has nothing to do with each other stays below this."""


def clauses_like(releases: Iterable[ReleaseView], query: str) -> list[ClauseMatch]:
    """Return the clauses a passage of which an encoder finds like ``query``, best first; ties by release and key.

    Only what encoders have read counts, of the clauses and of the query: nothing is encoded for it. For releases the
    caller may see.
    """
    holders: dict[str, list[tuple[UUID, str]]] = {}
    for release in releases:
        for clause in release.clauses.values():
            for passage in clause_passages(clause):
                holders.setdefault(passage, []).append((release.id, clause.key))
    best: dict[tuple[UUID, str], ClauseMatch] = {}
    for passage, score in sorted(likeness_to_texts(query, holders).items()):
        for place in holders[passage] if score >= _LIKE_FROM else ():
            if place not in best or score > best[place].score:
                best[place] = ClauseMatch(*place, round(min(score, 1.0), 4), passage)
    found = sorted(best.values(), key=lambda one: (-one.score, str(one.release_id), one.clause_key))
    return found[:MOST_MATCHED]


def passages_of(release: ReleaseView) -> list[str]:
    """Return all passages of a release's clauses, each once."""
    said = (passage for clause in release.clauses.values() for passage in clause_passages(clause))
    return list(dict.fromkeys(said))


def releases_named(
    actor: Actor,
    *,
    policy_id: UUID | None = None,
    policy_key: str | None = None,
    number: int | None = None,
    release_id: UUID | None = None,
) -> list[ReleaseView]:
    """Return the published releases the actor may see that answer to all of what is given, newest first."""
    named = Release.objects.filter(policy__in=policies_visible_to(actor), state__in=PUBLISHED)
    if policy_id is not None:
        named = named.filter(policy_id=policy_id)
    if policy_key is not None:
        named = named.filter(policy__key=policy_key)
    if number is not None:
        named = named.filter(number=number)
    if release_id is not None:
        named = named.filter(pk=release_id)
    found = releases_get(named.order_by("-id").values_list("pk", flat=True)[:MOST_MATCHED])
    return sorted(found.values(), key=lambda release: str(release.id), reverse=True)
