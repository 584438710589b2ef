from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F, QuerySet

from active_learning.domain.encoder_names import BUNDLED
from active_learning.domain.held_out import is_held_out
from active_learning.domain.maps import ChosenBy, PostState
from active_learning.models import MapScore, Pick, PostMap, Round, Scan
from active_learning.selectors.encoded import posts_encoded
from annotation.selectors import decisions_current
from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.content.selectors import Part, posts_in
from core.errors import NotFoundError
from core.queue.selectors import tasks_in

MAP_SOURCE = "map"
_MEDIA = ("video", "image", "audio")
_LISTS = ("post_ids", "xs", "ys", "areas")


@dataclass(frozen=True)
class MapChoices:
    """What a map could be made of: the project's posts, those some encoder has read, and the encoders used so far."""

    posts: int
    encoded_posts: int
    most_posts: int
    encoders: list[str]


@dataclass(frozen=True)
class MapPoints:
    """The posts of a map, one list each, in one order; what is about a clause is empty where none was named.

    ``answers`` are ``None`` where nothing is decided. ``harm`` is empty where no head scored the
    map; ``model_number`` says which did.
    """

    post_ids: list[uuid.UUID]
    names: list[str]
    xs: list[float]
    ys: list[float]
    areas: list[int]
    media: list[str]
    held_out: list[bool]
    answers: list[str | None] = field(default_factory=list)
    states: list[PostState] = field(default_factory=list)
    chosen_by: list[ChosenBy] = field(default_factory=list)
    harm: list[float] = field(default_factory=list)
    model_number: int | None = None


def maps_in(project: Project) -> QuerySet[PostMap]:
    """Return the project's maps with their jobs and how many posts each shows, without the posts themselves."""
    return _with_facts(PostMap.objects.filter(project=project))


def map_get(actor: Actor, map_id: uuid.UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> PostMap:
    """Return a map of a project in which the actor may do ``needs``.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    found = _with_facts(PostMap.objects.filter(pk=map_id, project__in=visible)).first()
    if found is None:
        raise NotFoundError()
    return found


def map_choices(project: Project) -> MapChoices:
    """Return what the project's next map could show."""
    used = {
        name
        for runs in (Round.objects, Scan.objects, PostMap.objects)
        for name in runs.filter(project=project).values_list("encoder", flat=True).distinct()
    }
    return MapChoices(
        posts=posts_in(project.pk).count(),
        encoded_posts=posts_encoded(project.pk),
        most_posts=settings.MAP_POSTS,
        encoders=[BUNDLED, *sorted(used - {BUNDLED})],
    )


def map_points(
    shown: PostMap, *, release_id: uuid.UUID | None = None, clause_key: str | None = None
) -> MapPoints:
    """Return the posts of a map that are not hidden by now, and what a clause says of them under a release."""
    full = PostMap.objects.only(*_LISTS).get(pk=shown.pk)
    names = dict(posts_in(shown.project_id).filter(pk__in=full.post_ids).values_list("pk", "external_id"))
    kept = [at for at, post_id in enumerate(full.post_ids) if post_id in names]
    post_ids = [full.post_ids[at] for at in kept]
    media = _media(post_ids)
    points = MapPoints(
        post_ids=post_ids,
        names=[names[post_id] for post_id in post_ids],
        xs=[full.xs[at] for at in kept],
        ys=[full.ys[at] for at in kept],
        areas=[full.areas[at] for at in kept],
        media=[media.get(post_id, "text") for post_id in post_ids],
        held_out=[is_held_out(post_id) for post_id in post_ids],
    )
    if release_id is None or clause_key is None:
        return points
    return _with_clause(points, shown, kept, release_id=release_id, clause_key=clause_key)


def posts_asked_about(
    project_id: uuid.UUID, clause_key: str, post_ids: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Return those of the posts that people are being asked about under a clause."""
    rows = tasks_in(project_id).filter(
        kind="label", state="open", clause_keys__contains=[clause_key], post_id__in=post_ids
    )
    return {post_id for post_id in rows.values_list("post_id", flat=True) if post_id is not None}


def _with_clause(
    points: MapPoints, shown: PostMap, kept: Sequence[int], *, release_id: uuid.UUID, clause_key: str
) -> MapPoints:
    decided = decisions_current(shown.project_id, release_id=release_id, clause_keys=[clause_key])
    answers = dict(decided.filter(post_id__in=points.post_ids).values_list("post_id", "answer"))
    asked = posts_asked_about(shown.project_id, clause_key, points.post_ids)
    chosen_by = _chosen_by(shown.project_id, clause_key, points.post_ids)
    score = (
        MapScore.objects.filter(map=shown, model__clause_key=clause_key)
        .select_related("model")
        .order_by("-model__number")
        .first()
    )
    for post_id in points.post_ids:
        points.answers.append(answers.get(post_id))
        points.states.append(_state(post_id, answers, asked))
        points.chosen_by.append(chosen_by.get(post_id, ChosenBy.NOTHING))
    if score is None:
        return points
    return MapPoints(
        **{
            **vars(points),
            "harm": [score.harm[at] for at in kept],
            "model_number": score.model.number,
        }
    )


def _state(post_id: uuid.UUID, decided: Collection[uuid.UUID], asked: Collection[uuid.UUID]) -> PostState:
    if post_id in decided:
        return PostState.DECIDED
    return PostState.ASKED if post_id in asked else PostState.OPEN


def _chosen_by(
    project_id: uuid.UUID, clause_key: str, post_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, ChosenBy]:
    """Return what chose each post last; a round that went over it is told before a person on a map."""
    wanted = list(post_ids)
    by_map = tasks_in(project_id).filter(
        source=MAP_SOURCE, clause_keys__contains=[clause_key], post_id__in=wanted
    )
    found = {post_id: ChosenBy.MAP for post_id in by_map.values_list("post_id", flat=True) if post_id}
    rounds = Round.objects.filter(project_id=project_id, clause_key=clause_key, finished_at__isnull=False)
    newest = rounds.order_by("-pk").values_list("pk", flat=True).first()
    picks = Pick.objects.filter(round__in=rounds, post_id__in=wanted).order_by("round_id")
    for post_id, round_id in picks.values_list("post_id", "round_id"):
        found[post_id] = ChosenBy.NEWEST_ROUND if round_id == newest else ChosenBy.EARLIER_ROUND
    return found


def _media(post_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what each post is told apart by: the most telling of its media; posts of text alone are left out."""
    found: dict[uuid.UUID, str] = {}
    rows = Part.objects.filter(post_id__in=post_ids, kind__in=_MEDIA).values_list("post_id", "kind")
    for post_id, kind in rows:
        if post_id not in found or _MEDIA.index(kind) < _MEDIA.index(found[post_id]):
            found[post_id] = kind
    return found


def _with_facts(maps: QuerySet[PostMap]) -> QuerySet[PostMap]:
    return (
        maps.defer(*_LISTS)
        .select_related("job", "job__requested_by", "requested_by", "project")
        .annotate(shown_posts=F("post_ids__len"))
    )
