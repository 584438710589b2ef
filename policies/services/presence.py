"""Who has a draft open: told by their page every few seconds, forgotten when it stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from core.accounts.selectors import Actor, Capability
from policies.models import Comment, DraftPresence, DraftVersion, Suggestion
from policies.selectors.access import release_visible_get

GONE_AFTER = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who has the draft open, and the clause they stand on."""

    person: Any
    clause_key: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class DraftNews:
    """Who else is there, and marks that change when somebody saved, decided or said something."""

    state: str
    people: tuple[Present, ...]
    text_mark: str
    talk_mark: str


def presence_tell(
    actor: Actor, *, release_id: UUID, clause_key: str = "", is_leaving: bool = False
) -> DraftNews:
    """Note that the actor has the release open on a clause (or leaves), and return what is new there."""
    release = release_visible_get(actor, release_id, needs=Capability.POLICY_APPROVE)
    now = timezone.now()
    if is_leaving:
        DraftPresence.objects.filter(release=release, person=actor.user).delete()
    elif not release.is_published:
        DraftPresence.objects.update_or_create(
            release=release, person=actor.user, defaults={"clause_key": clause_key, "seen_at": now}
        )
    others = (
        DraftPresence.objects.filter(release=release, seen_at__gt=now - GONE_AFTER)
        .exclude(person=actor.user)
        .select_related("person")
        .order_by("person__display_name", "person_id")
    )
    return DraftNews(
        state=release.state,
        people=tuple(Present(row.person, row.clause_key, row.seen_at) for row in others),
        text_mark=_newest(DraftVersion.objects.filter(release=release)),
        talk_mark="/".join(
            [
                _newest(Comment.objects.filter(release=release)),
                _newest(Suggestion.objects.filter(release=release)),
                str(Comment.objects.filter(release=release, resolved_at__isnull=False).count()),
                str(Suggestion.objects.filter(release=release).exclude(state="open").count()),
                str(release.approvals.count()),
            ]
        ),
    )


def _newest(rows: Any) -> str:
    newest = rows.aggregate(at=Max("created_at"))["at"]
    return newest.isoformat() if newest else ""
