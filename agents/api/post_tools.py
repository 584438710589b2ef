"""The tools about posts: parse, call one, render."""

from __future__ import annotations

from active_learning.services import text_read_soon
from agents import services
from agents.api import inputs, outputs
from agents.api.policy_tools import clause_id
from agents.domain.identifiers import clause_name
from agents.domain.untrusted import untrusted
from agents.errors import ClauseUnknownError
from agents.selectors.releases import release_meant
from annotation.selectors import votes_backing
from annotation.services import post_escalate
from core.accounts.selectors import Actor, Capability
from core.content.selectors import ShownAsset, ShownPart, ShownPost, post_get
from core.errors import NotFoundError
from policies.selectors import posts_held_out, precedents_found, releases_current

_ADDRESSES = {"image": "display", "video": "proxy", "audio": "original"}


def find_precedents(actor: Actor, given: inputs.FindPrecedentsInput) -> outputs.FindPrecedentsOutput:
    """Find rulings on posts alike that hold under the policy's release in effect; none on what measures."""
    release = release_meant(actor, None, policy_id=given.policy_id)
    if given.post_id is not None:
        post = post_get(actor, given.post_id, needs=Capability.CONTENT_VIEW)
        if post.project_id != release.project_id or posts_held_out(post.project_id, [post.pk]):
            raise NotFoundError()
    if given.text is not None:
        text_read_soon(given.text, [release])
    found = precedents_found(
        actor,
        release.project_id,
        clause_keys=[clause.key for clause in release.verdict_clauses],
        release_id=release.id,
        text=given.text,
        post_id=given.post_id,
        media_sha256=given.media_sha256,
        most=given.k,
    )
    ruled = [(one.post_id, one.clause_key, one.meaning_revision, one.answer) for one in found]
    backing = votes_backing(release.project_id, ruled) if ruled else {}
    return outputs.FindPrecedentsOutput(
        version=outputs.ReleaseOutput.of(release),
        results=[
            outputs.PrecedentOutput(
                precedent_id=one.id,
                post_id=one.post_id,
                label=one.answer,
                severity=one.severity,
                clause_ids=[clause_id(release.policy_id, one.clause_key)],
                rationale=untrusted(one.reason),
                agreement=backing.get(place),
                likeness=None if one.likeness is None else one.likeness.score,
                decided_at=one.ruled_at,
                overturned=False,
                ruled_under=one.release_label,
                meaning_revision=one.meaning_revision,
            )
            for one, place in zip(found, ruled, strict=True)
        ],
    )


def get_post(actor: Actor, given: inputs.GetPostInput) -> outputs.GetPostOutput:
    """Read a post; its texts in envelopes, its media as facts and, where that may be, addresses."""
    read = services.post_read(actor, given.post_id)
    return outputs.GetPostOutput(
        post_id=read.post.id,
        language=read.post.language,
        severity=read.severity,
        severity_known_from=read.known_from,
        categories=list(read.categories),
        parts=[_part(read.post, part, gives_address=read.gives_addresses) for part in read.post.parts],
        versions=[outputs.ReleaseOutput.of(release) for release in releases_current(read.post.project_id)],
    )


def propose_judgment(actor: Actor, given: inputs.ProposeJudgmentInput) -> outputs.ProposeJudgmentOutput:
    """Store a proposal; it is a suggestion, which people accept, change or reject."""
    done = services.proposal_make(
        actor,
        given.post_id,
        clause_keys=[_key(said) for said in given.clause_ids],
        answer=given.label,
        severity=given.severity,
        confidence=given.confidence,
        rationale=given.rationale,
        idempotency_key=given.idempotency_key,
    )
    return outputs.ProposeJudgmentOutput(
        proposal_id=done.id,
        status="proposed",
        is_new=done.is_new,
        versions=[outputs.ReleaseOutput.of(release) for release in done.releases],
    )


def escalate(actor: Actor, given: inputs.EscalateInput) -> outputs.EscalateOutput:
    """Ask those who keep the policy about a post."""
    key = "" if given.clause_id is None else _key(given.clause_id)
    done = post_escalate(actor, given.post_id, reason=given.reason, clause_key=key)
    return outputs.EscalateOutput(
        queue=given.to_queue, position=done.position, version=outputs.ReleaseOutput.of(done.release)
    )


def _key(said: str) -> str:
    """Return the key of a clause of the post's own project; keys name one clause of a project for ever."""
    name = clause_name(said)
    if name is None:
        raise ClauseUnknownError()
    return name.key


def _part(post: ShownPost, part: ShownPart, *, gives_address: bool) -> outputs.PartOutput:
    asset = part.asset
    facts = {} if asset is None else _medium(post, asset, gives_address=gives_address)
    return outputs.PartOutput(
        part_id=part.id,
        position=part.position,
        kind=part.kind,
        language=part.language or post.language,
        text=None if part.text is None else untrusted(part.text),
        **facts,
    )


def _medium(post: ShownPost, asset: ShownAsset, *, gives_address: bool) -> dict[str, str | None]:
    told = [asset.kind]
    if asset.width and asset.height:
        told.append(f"{asset.width} × {asset.height} pixels")
    if asset.duration_us:
        told.append(f"{asset.duration_us / 1e6:.1f} seconds")
    if not gives_address:
        told.append("harmful, so described only: this token has no scope media.sensitive")
    form = _ADDRESSES.get(asset.kind, "")
    form = form if form in asset.renditions else "original"
    return {
        "description": ", ".join(told),
        "sha256": asset.sha256,
        "address": f"/media/{post.project_id}/{asset.id}/{form}" if gives_address else None,
    }
