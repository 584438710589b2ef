"""What a clause asked before: its answers under each of its meanings, and the releases that have one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from policies.domain.impact import StoppedMeaning
from policies.models import Clause
from policies.models.release import PUBLISHED


def answers_by_meaning(policy_id: UUID, keys: Collection[str]) -> dict[str, dict[int, frozenset[str]]]:
    """Return, by clause key and meaning revision, the values its answer could take when it meant that.

    As the newest published release with that meaning has them; keys that none has are left out.
    """
    rows = Clause.objects.filter(release__policy_id=policy_id, release__state__in=PUBLISHED, key__in=keys)
    found: dict[str, dict[int, frozenset[str]]] = {}
    for row in rows.order_by("release__number"):
        if row.meaning_revision is not None:
            found.setdefault(row.key, {})[row.meaning_revision] = frozenset(
                answer["value"] for answer in row.answers
            )
    return found


def releases_asking_anew(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> dict[str, list[UUID]]:
    """Return, by clause key, the published releases that ask under the meaning that follows; a key without is left out.

    For what is said of something without naming the clause: it was said under the meaning of its release.
    """
    afters = {meaning.clause_key: meaning.after for meaning in stopped if meaning.after is not None}
    rows = Clause.objects.filter(
        release__policy__project_id=project_id, release__state__in=PUBLISHED, key__in=list(afters)
    )
    found: dict[str, list[UUID]] = defaultdict(list)
    for key, meaning, release_id in rows.values_list("key", "meaning_revision", "release_id"):
        if meaning == afters[key]:
            found[key].append(release_id)
    return dict(found)
