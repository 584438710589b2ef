from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from active_learning.domain.encoder_names import (
    EncoderNameInvalidError,
    EncoderSource,
    post_encoder_name_parsed,
)
from active_learning.domain.quotas import Quota, QuotaAxis, QuotaInvalidError, quotas_checked
from active_learning.domain.strategy_names import STRATEGIES, StrategyName, strategies_offered
from active_learning.errors import (
    ClauseNotLearnableError,
    EncoderNameError,
    LikePostMissingError,
    QuotasImpossibleError,
    ReleaseNotPublishedError,
    StrategyMissingError,
)
from active_learning.models import Round, RoundPlan
from active_learning.run_encoders_registry import run_encoder_is_there
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.content.selectors import posts_in
from core.jobs.services import job_start
from policies.selectors import ClauseView, ReleaseView, releases_get

ROUND_JOB = "active_learning.run_round"


@transaction.atomic
def round_start(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    clause_key: str,
    strategy: str,
    budget: int,
    seed: int,
    random_share: float = 0.2,
    overlap: int = 1,
    encoder: str = "bundled",
    quotas: Sequence[Mapping[str, Any]] = (),
    like_post_id: uuid.UUID | None = None,
    plan: RoundPlan | None = None,
    plan_number: int | None = None,
) -> Round:
    """Have a worker run a round, on its own or as the round of that number in a plan.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseNotPublishedError, ClauseNotLearnableError, EncoderNameError,
    QuotasImpossibleError, LikePostMissingError, StrategyMissingError
    """
    project = project_get(actor, project_id, needs=Capability.MODELS_RUN)
    release = release_published(project_id, release_id)
    clause = clause_learnable(release, clause_key)
    created = Round.objects.create(
        project=project,
        release_id=release.id,
        clause_key=clause.key,
        meaning_revision=clause.meaning_revision,
        encoder=encoder_checked(project_id, encoder),
        strategy=strategy_checked(strategy),
        budget=budget,
        overlap=overlap,
        random_share=random_share,
        quotas=quotas_stored(quotas),
        like_post_id=like_post_checked(project_id, like_post_id),
        seed=seed,
        plan=plan,
        plan_number=plan_number,
        requested_by=actor.user,
    )
    job = job_start(actor, project=project, kind=ROUND_JOB, queue="gpu", params={"round_id": str(created.pk)})
    created.job = job
    created.save(update_fields=["job"])
    audit_record(actor, action="round.start", project=project, target=created, data={"clause": clause.key})
    return created


def strategy_checked(strategy: str) -> str:
    """Return the strategy when rounds can choose by it here.

    Raises
    ------
    StrategyMissingError
    """
    name = StrategyName(strategy)
    if name not in strategies_offered():
        raise StrategyMissingError(strategy=STRATEGIES[name].label)
    return name.value


def quotas_stored(quotas: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return quotas as they are stored.

    Raises
    ------
    QuotasImpossibleError
    """
    try:
        found = quotas_checked(Quota(**{**row, "axis": QuotaAxis(row["axis"])}) for row in quotas)
    except QuotaInvalidError as problem:
        raise QuotasImpossibleError(problem=str(problem)) from None
    return [asdict(quota) for quota in found]


def like_post_checked(project_id: uuid.UUID, post_id: uuid.UUID | None) -> uuid.UUID | None:
    """Return the post when it is one of the project's.

    Raises
    ------
    LikePostMissingError
    """
    if post_id is not None and not posts_in(project_id).filter(pk=post_id).exists():
        raise LikePostMissingError()
    return post_id


def release_published(project_id: uuid.UUID, release_id: uuid.UUID) -> ReleaseView:
    """Return the published release when it is one of the project's.

    Raises
    ------
    ReleaseNotPublishedError
    """
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project_id:
        raise ReleaseNotPublishedError()
    return release


def clause_learnable(release: ReleaseView, clause_key: str) -> ClauseView:
    """Return the verdict clause.

    Raises
    ------
    ClauseNotLearnableError
    """
    clause = release.clauses.get(clause_key)
    if clause is None or clause.is_axis:
        raise ClauseNotLearnableError(clause_key=clause_key[:80], release=release.label)
    return clause


def encoder_checked(project_id: uuid.UUID, encoder: str) -> str:
    """Return the encoder's name in its one spelling; one that a training run made is the project's own.

    Raises
    ------
    EncoderNameError
    """
    try:
        name = post_encoder_name_parsed(encoder)
    except EncoderNameInvalidError as problem:
        raise EncoderNameError(problem=str(problem)) from None
    text = name.text
    if text.source is EncoderSource.RUN and not run_encoder_is_there(project_id, uuid.UUID(text.path)):
        raise EncoderNameError(
            problem=f"The project has no finished training run “{text.path}” that made an encoder of texts."
        )
    return str(name)
