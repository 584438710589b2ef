from __future__ import annotations

import hashlib
import io
from fractions import Fraction
from typing import Any

import av
import numpy as np

from core.accounts.models import User
from core.accounts.selectors import Capability
from core.content.domain.frame_table import FrameTable, frame_table_encode
from core.content.models import Asset, Part, Post, PostImport, ProjectAsset, Rendition
from core.storage import blob_store
from tests.architecture.role_matrix import Endpoint, project_id
from tests.core.content import samples
from tests.world import World


def picture_make(world: World) -> Asset:
    """An asset of the project whose display rendition is made."""
    asset = _asset(world, samples.picture(), kind="image", mime="image/jpeg")
    _rendition(asset, "display", samples.picture(seed=2), "image/jpeg")
    return asset


def post_make(world: World) -> Post:
    """A post of one caption and one picture."""
    name = f"post-{Post.objects.count()}"
    post = Post.objects.create(project=world.project, external_id=name, content_sha256="0" * 64)
    Part.objects.create(post=post, position=0, kind="caption", text="A chair for sale")
    Part.objects.create(post=post, position=1, kind="image", asset=picture_make(world))
    return post


def _asset(world: World, data: bytes, *, kind: str, mime: str) -> Asset:
    stored = blob_store().put_stream([data])
    asset, _ = Asset.objects.get_or_create(
        sha256=stored.sha256,
        defaults={"kind": kind, "mime": mime, "size_bytes": stored.size_bytes, "state": "ready"},
    )
    ProjectAsset.objects.get_or_create(project=world.project, asset=asset, name="file")
    return asset


def _rendition(asset: Asset, kind: str, data: bytes, mime: str) -> None:
    stored = blob_store().put_stream([data])
    facts = {"sha256": stored.sha256, "mime": mime, "size_bytes": stored.size_bytes}
    Rendition.objects.get_or_create(asset=asset, kind=kind, defaults=facts)


def _picture(world: World, person: User) -> dict[str, Any]:
    return {"project_id": world.project.pk, "asset_id": picture_make(world).pk}


def _clip(world: World, person: User) -> dict[str, Any]:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="webm") as output:
        stream: Any = output.add_stream("libvpx-vp9", rate=25)
        stream.width, stream.height, stream.pix_fmt = 16, 16, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")
        frame.pts, frame.time_base = 0, Fraction(1, 25)
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    asset = _asset(world, buffer.getvalue(), kind="video", mime="video/webm")
    _rendition(asset, "frame_table", frame_table_encode(FrameTable([0], [0])), "application/octet-stream")
    return {"project_id": world.project.pk, "asset_id": asset.pk}


def _post(world: World, person: User) -> dict[str, Any]:
    return {"post_id": post_make(world).pk}


def _import(world: World, person: User) -> dict[str, Any]:
    digest = hashlib.sha256(b"").hexdigest()
    asked = PostImport.objects.create(
        project=world.project, manifest_sha256=digest, manifest_size_bytes=0, name="posts.jsonl", mode="whole"
    )
    return {"import_id": asked.pk}


def _media(world: World, person: User, rendition: str) -> dict[str, Any]:
    return {**_picture(world, person), "rendition": rendition}


_C = Capability

ENDPOINTS = [
    Endpoint(
        "content:assets",
        "POST",
        _C.CONTENT_IMPORT,
        project_id,
        lambda world: {"file": samples.upload(samples.picture(seed=3))},
    ),
    # An annotator sees what the queue handed to them, and nothing else: tests/core/queue/test_handed.py.
    Endpoint("content:asset", "GET", _C.CONTENT_VIEW, _picture, low_role=404),
    Endpoint("content:frames", "GET", _C.CONTENT_VIEW, _clip, low_role=404),
    Endpoint("content:imports", "GET", _C.CONTENT_IMPORT, project_id),
    Endpoint(
        "content:imports",
        "POST",
        _C.CONTENT_IMPORT,
        project_id,
        lambda world: {"file": samples.manifest([samples.text_post("a")])},
    ),
    Endpoint("content:import", "GET", _C.CONTENT_IMPORT, _import),
    Endpoint("content:posts", "GET", _C.CONTENT_VIEW, project_id),
    Endpoint("content:post", "GET", _C.CONTENT_VIEW, _post, low_role=404),
    Endpoint(
        "content:post-hide",
        "POST",
        _C.CONTENT_VIEW,
        _post,
        lambda world: {"reason": "may be illegal"},
        low_role=404,
    ),
    Endpoint("media:file", "GET", _C.CONTENT_VIEW, lambda world, person: _media(world, person, "original")),
    Endpoint(
        "media:file",
        "GET",
        _C.CONTENT_VIEW,
        lambda world, person: _media(world, person, "display"),
        low_role=404,
    ),
]

__all__ = ["ENDPOINTS", "picture_make", "post_make"]
