"""Suggestions of an engineer's own model, line by line: checked as an answer is, and all of them stored or none."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from annotation.domain.questions import PartShape, Question
from annotation.domain.suggestions import SuggestedAnswer, region_stored, suggestion_problems
from annotation.errors import SuggestionsInvalidError
from annotation.selectors.posts import part_shapes
from annotation.selectors.questions import question_of
from annotation.services.submissions import names_frames
from annotation.services.suggestions import Proposer, SuggestionDraft, suggestions_record
from core.accounts.selectors import Actor, Capability, project_get
from core.content.selectors import ShownPost, posts_in, posts_shown
from core.errors import NotFoundError
from policies.selectors import releases_get

LINES_MAX = 2_000
_PROBLEMS_MAX = 50


@dataclass(frozen=True, slots=True)
class ImportedSuggestions:
    """How many lines were read, and how many said something new."""

    lines: int
    stored: int


class _LineError(Exception):
    def __init__(self, problems: Sequence[tuple[str, str, str]]) -> None:
        self.problems = problems


@transaction.atomic
def suggestions_import(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    model: str,
    version: str,
    lines: Sequence[Mapping[str, Any]],
) -> ImportedSuggestions:
    """Store what an engineer's model proposes; each line names its post by the identifier it was imported under.

    A mark is a piece of evidence as in a label document. It may name its part by place (``"part": 1``) instead of
    identifier and media hash, leave out the timestamps of frames it names, and say how sure the model is of it.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    SuggestionsInvalidError
        Naming each problem by its line, counted from 0: ``suggestions.3.marks.0.x``.
    """
    project = project_get(actor, project_id, needs=Capability.MODELS_RUN)
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project_id:
        raise NotFoundError()
    names = {str(line.get("external_id", "")) for line in lines}
    ids = dict(posts_in(project_id).filter(external_id__in=names).values_list("external_id", "pk"))
    posts = posts_shown(list(ids.values()))
    questions = {clause.key: question_of(clause) for clause in release.verdict_clauses}
    drafts: list[SuggestionDraft] = []
    errors: list[dict[str, str]] = []
    for at, line in enumerate(lines):
        post = posts.get(ids.get(str(line.get("external_id", "")), uuid.UUID(int=0)))
        try:
            drafts.append(_draft(line, post, questions))
        except _LineError as wrong:
            errors += [
                {"path": f"suggestions.{at}.{path}".rstrip("."), "code": code, "message": message}
                for path, code, message in wrong.problems
            ]
        if len(errors) >= _PROBLEMS_MAX:
            break
    if errors:
        raise SuggestionsInvalidError(errors[:_PROBLEMS_MAX])
    proposer = Proposer("imported", model, version)
    stored = suggestions_record(actor, project, release=release, proposer=proposer, drafts=drafts)
    return ImportedSuggestions(len(lines), stored)


def _draft(
    line: Mapping[str, Any], post: ShownPost | None, questions: Mapping[str, Question]
) -> SuggestionDraft:
    if post is None:
        message = f"There is no post “{str(line.get('external_id', ''))[:80]}” in this project."
        raise _LineError([("external_id", "post_unknown", message)])
    said = {key: value for key, value in line.items() if key != "external_id"}
    marks = said.get("marks", [])
    if not isinstance(marks, list) or not all(isinstance(mark, dict) for mark in marks):
        raise _LineError([("marks", "not_a_list", "Marks are a list of objects.")])
    plain = part_shapes(post, with_frames=False)
    said["marks"] = [_mark(place, mark, plain) for place, mark in enumerate(marks)]
    shapes = part_shapes(post, with_frames=True) if _may_name_frames(marks) else plain
    for mark in said["marks"]:
        _timestamps_filled(mark["region"], shapes)
    try:
        suggested = SuggestedAnswer.model_validate(said)
    except ValidationError as raised:
        raise _LineError(
            [
                (_path(problem["loc"]), problem["type"], f"{problem['msg']}.")
                for problem in raised.errors(include_url=False, include_context=False, include_input=False)
            ]
        ) from None
    if not _may_name_frames(marks) and names_frames(mark.region for mark in suggested.marks):
        shapes = part_shapes(post, with_frames=True)
    wrong = suggestion_problems(suggested, questions.get(suggested.clause_key), shapes)
    if wrong:
        raise _LineError([(problem.path, problem.code, problem.message) for problem in wrong])
    return SuggestionDraft(
        post_id=post.id,
        clause_key=suggested.clause_key,
        answer=suggested.answer,
        severity=suggested.severity,
        confidence=suggested.confidence,
        marks=tuple(
            {"confidence": mark.confidence, "region": region_stored(mark.region)} for mark in suggested.marks
        ),
    )


def _mark(place: int, sent: Mapping[str, Any], shapes: Sequence[PartShape]) -> dict[str, Any]:
    """A mark as it was sent, its part named by identifier and media hash."""
    region = {key: value for key, value in sent.items() if key not in ("confidence", "part")}
    part = sent.get("part")
    if part is not None:
        if not isinstance(part, int) or isinstance(part, bool) or not 0 <= part < len(shapes):
            message = f"The post has parts 0 to {len(shapes) - 1}."
            raise _LineError([(f"marks.{place}.part", "part_unknown", message)])
        region.setdefault("part_id", shapes[part].id)
        if region.get("kind") not in ("part", "text_span"):
            region.setdefault("asset_sha256", shapes[part].asset_sha256)
    return {"confidence": sent.get("confidence"), "region": region}


def _may_name_frames(marks: Sequence[Mapping[str, Any]]) -> bool:
    return any({"frame", "start_frame", "keyframes"} & mark.keys() for mark in marks)


def _timestamps_filled(region: dict[str, Any], shapes: Sequence[PartShape]) -> None:
    """Write the timestamps of frames that were named without one, from the asset's own table."""
    shape = next((one for one in shapes if one.id == str(region.get("part_id"))), None)
    if shape is None or shape.frames is None:
        return
    table = shape.frames.pts_us
    keyframes = region.get("keyframes")
    for named in [region, *(keyframes if isinstance(keyframes, list) else [])]:
        if isinstance(named, dict):
            _filled(named, "pts_us", _frame_in(named.get("frame")), table)
    _filled(region, "start_us", _frame_in(region.get("start_frame")), table)
    last = _frame_in(region.get("end_frame"))
    _filled(region, "end_us", last + 1 if last >= 0 else last, table)


def _filled(named: dict[str, Any], name: str, frame: int, table: Sequence[int]) -> None:
    if 0 <= frame < len(table):
        named.setdefault(name, table[frame])


def _frame_in(number: Any) -> int:
    """The number when it is one that a frame can have; else one that no frame has."""
    return number if isinstance(number, int) and not isinstance(number, bool) and number >= 0 else -1


def _path(place: Sequence[int | str]) -> str:
    """Where pydantic found something wrong, without the steps that are no part of what was sent."""
    steps = [str(step) for step in place]
    if len(steps) > 2 and steps[0] == "marks" and steps[2] == "region":
        # After the region comes the name of the kind it was read as.
        steps = [*steps[:2], *steps[4:]] if len(steps) > 3 else steps[:2]
    return ".".join(steps)
