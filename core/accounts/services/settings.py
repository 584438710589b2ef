from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from core.accounts.actors import Actor
from core.accounts.domain.keys import (
    MOST_COMMANDS,
    chord_is_well_formed,
    command_is_known_form,
    keys_changed,
    keys_taken_twice,
)
from core.accounts.errors import KeyCommandUnknownError, KeysTooManyError, KeyTakenError, KeyUnknownError
from core.accounts.events import LanguagesRead
from core.accounts.models import PersonalSettings
from core.accounts.services.audit import audit_record
from core.events import publish


@transaction.atomic
def keys_change(actor: Actor, *, changes: Mapping[str, Sequence[str] | None]) -> dict[str, list[str]]:
    """Bind commands to the actor's own keys, and return all of them.

    Parameters
    ----------
    changes
        By command, its new keys; ``None`` gives it its usual ones back. Commands not named stay.

    Raises
    ------
    KeyCommandUnknownError, KeyUnknownError
        When a command or a key is not written as one.
    KeyTakenError
        When two commands of one room would have the same key.
    KeysTooManyError
        When more commands would be bound than there can be.
    """
    for command, ways in changes.items():
        if not command_is_known_form(command):
            raise KeyCommandUnknownError(command=command[:80])
        for chord in ways or ():
            if not chord_is_well_formed(chord):
                raise KeyUnknownError(key=chord[:40])
    settings = _settings_locked(actor)
    after = keys_changed(settings.keys, changes)
    if len(after) > MOST_COMMANDS:
        raise KeysTooManyError(most=MOST_COMMANDS)
    taken = keys_taken_twice(after)
    if taken is not None:
        key, first, second = taken
        raise KeyTakenError(key=key, first=first, second=second)
    _store(actor, settings, "keys.change", keys=after)
    return after


@transaction.atomic
def keys_reset(actor: Actor) -> None:
    """Give every command its usual keys back."""
    _store(actor, _settings_locked(actor), "keys.reset", keys={})


@transaction.atomic
def languages_set(actor: Actor, *, languages: Sequence[str]) -> list[str]:
    """Store which languages the actor reads, as tags in their order; none at all means any. Tells the queue."""
    wanted = list(dict.fromkeys(languages))
    _store(actor, _settings_locked(actor), "languages.change", languages=wanted)
    publish(LanguagesRead(user_id=actor.user.pk, languages=tuple(wanted)))
    return wanted


def _settings_locked(actor: Actor) -> PersonalSettings:
    PersonalSettings.objects.bulk_create(
        [PersonalSettings(user_id=actor.user.pk, changed_at=timezone.now())], ignore_conflicts=True
    )
    return PersonalSettings.objects.select_for_update().get(user_id=actor.user.pk)


def _store(
    actor: Actor,
    settings: PersonalSettings,
    action: str,
    *,
    keys: dict[str, list[str]] | None = None,
    languages: list[str] | None = None,
) -> None:
    if keys is not None:
        settings.keys = keys
    if languages is not None:
        settings.languages = languages
    settings.changed_at = timezone.now()
    settings.save(update_fields=["keys", "languages", "changed_at"])
    audit_record(actor, action=action, target=settings)
