"""Which posts models are measured by: those that some version of a dataset has outside its training split."""

from __future__ import annotations

from uuid import UUID

from django.db.models import BinaryField, Case, CharField, F, Func, Q, Value, When
from django.db.models.functions import Cast, Concat

from core.db.hashed import hashed_below
from exports.domain.definition import Definition
from exports.domain.kinds import kinds_about
from exports.domain.splits import places_outside_train, split_hashed
from exports.models import Version
from exports.models.versions import VersionState


def posts_of_test_splits(project_id: UUID, post: str) -> Q:
    """Match the posts that a version, built or being built, keeps out of ``train``.

    A split follows from the group of a post and the version's seed and shares alone, so the files are not read; a
    post that the version left out for another reason counts too.
    """
    versions = Version.objects.filter(dataset__project_id=project_id).exclude(state=VersionState.FAILED)
    dealt = {
        (definition.split_seed, places_outside_train(definition.splits))
        for kinds, document in versions.values_list("kinds", "definition")
        if kinds_about("post", frozenset(kinds))
        for definition in [Definition.model_validate(document)]
        if definition.splits.train < 1
    }
    kept_out = Q(pk__in=[])
    for seed, places in sorted(dealt):
        kept_out |= Q(hashed_below(split_hashed(seed), _group_of_post(post), places))
    return kept_out


def _group_of_post(post: str) -> Func:
    """Return the bytes of what `domain.label_rows.group_of_post` gives."""
    group = Case(
        When(**{f"{post}group_key": ""}, then=Concat(Value("post:"), Cast(f"{post}id", CharField()))),
        default=Concat(Value("group:"), F(f"{post}group_key")),
        output_field=CharField(),
    )
    return Func(group, Value("UTF8"), function="convert_to", output_field=BinaryField())
