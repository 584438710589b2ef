"""Step 2: media files and the manifests of posts and comparisons go in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from config.demo.api import Api, get_all
from config.demo.stage import Stage

_UPLOADS_AT_ONCE = 4
_TOLD_EVERY = 40


def import_posts(stage: Stage) -> dict[str, Any]:
    """Edda uploads every file, then imports the manifest that cites them."""
    media = stage.material.media
    _upload(stage, media)
    edda = stage.api("edda")
    started = edda.call("POST", f"{stage.path}/imports/", files={"file": stage.material.posts_manifest})
    stage.job("edda", started)
    posts = list(get_all(edda, f"{stage.path}/posts/"))
    return {
        "posts": len(posts),
        "files": len(media),
        "languages": sorted({post["language"] for post in posts if post["language"]}),
        "post_ids": {post["external_id"]: post["id"] for post in posts},
    }


def _upload(stage: Stage, media: list[Path]) -> None:
    """Send the files, a few at once where that may be, each connection a person of its own."""
    workers = _UPLOADS_AT_ONCE if stage.is_parallel else 1
    apis = [stage.api_of("edda") for _ in range(workers)]

    def send(api: Api, path: Path) -> None:
        api.call("POST", f"{stage.path}/assets/", files={"file": path})

    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(media), workers):
            chunk = media[start : start + workers]
            if stage.is_parallel:
                list(pool.map(send, apis, chunk))
            else:
                send(apis[0], chunk[0])
            sent = start + len(chunk)
            if sent % _TOLD_EVERY == 0 or sent == len(media):
                stage.say(f"{sent} of {len(media)} files uploaded")


def import_comparisons(stage: Stage) -> dict[str, Any]:
    """Edda imports prompts with two responses each."""
    edda = stage.api("edda")
    manifest = stage.material.comparisons_manifest
    started = edda.call("POST", f"{stage.path}/comparison-imports/", files={"file": manifest})
    stage.job("edda", started)
    return {"comparisons": sum(1 for _ in get_all(edda, f"{stage.path}/comparisons/"))}
