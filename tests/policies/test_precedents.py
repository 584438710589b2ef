from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db.models import Q

from core.accounts.models import AuditEvent
from policies import precedent_registry, services
from policies.errors import PrecedentNotFoundError, PrecedentOwnRulingError, PrecedentStateError
from policies.models import Precedent
from policies.selectors import precedents_found
from policies.selectors.impact import impact_get
from policies.selectors.precedents import precedent_get
from tests.policies.clause_texts import verdict_json
from tests.policies.precedents import precedent_made
from tests.policies.releases import draft_made, edited, release_made
from tests.world import Caller, World


def _approved(world: World, row: Precedent) -> Precedent:
    return services.precedent_approve(world.actor("policy_editor"), row.pk)


def test_two_people_stand_behind_a_precedent(world: World) -> None:
    row = precedent_made(world, release_made(world))
    with pytest.raises(PrecedentOwnRulingError):
        services.precedent_approve(world.actor("policy_editor2"), row.pk)
    assert _approved(world, row).state == "approved"
    with pytest.raises(PrecedentStateError):
        _approved(world, row)
    assert AuditEvent.objects.filter(action="precedent.approve", target_id=str(row.pk)).count() == 1


def test_precedents_are_found_by_words_and_only_approved_ones(world: World) -> None:
    release = release_made(world)
    near = _approved(world, precedent_made(world, release, text="Selling my rifle, meet me tonight"))
    far = _approved(world, precedent_made(world, release, text="The cake is ready"))
    precedent_made(world, release, text="Selling my rifle, meet me tonight, too")
    found = precedents_found(world.actor("engineer"), world.project.pk, text="selling a rifle, meet me")
    assert [row.id for row in found] == [near.pk, far.pk]
    assert found[0].answer_label == "Yes"
    assert found[0].release_label == "community@1"


def test_a_project_sees_its_own_precedents_only(world: World, call_as: Callable[[str], Caller]) -> None:
    row = _approved(world, precedent_made(world, release_made(world)))
    path = f"/api/projects/{world.other_project.pk}/precedents/"
    assert call_as("outsider").get(path).json()["results"] == []
    assert call_as("outsider").get(f"/api/precedents/{row.pk}/").status_code == 404


def test_impact_counts_the_precedents_that_would_stop(world: World) -> None:
    release = release_made(world)
    precedent_made(world, release)
    services.precedent_retire(
        world.actor("policy_editor"), precedent_made(world, release, text="Other").pk, reason="Wrong."
    )
    draft = draft_made(world, release.policy, based_on=release)
    edited(world, draft, "weapons", verdict_json(question="Another?"), "semantic")
    assert impact_get(world.actor("policy_editor"), draft.pk).totals["precedents"] == 1


def test_what_is_held_out_later_is_gone_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = _approved(world, precedent_made(world, release_made(world)))
    actor = world.actor("policy_editor")
    assert precedent_get(actor, row.pk).pk == row.pk

    def measured(project_id: UUID, post: str) -> Q:
        return Q(**{f"{post}pk": row.post_id})

    monkeypatch.setattr(precedent_registry, "_held_out", [measured])
    with pytest.raises(PrecedentNotFoundError):
        precedent_get(actor, row.pk)
    assert precedents_found(actor, world.project.pk, text="Rifle, 300, meet me") == []
    release = row.release
    draft = draft_made(world, release.policy, based_on=release)
    edited(world, draft, "weapons", verdict_json(question="Another?"), "semantic")
    assert "precedents" not in impact_get(actor, draft.pk).totals
