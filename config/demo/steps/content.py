"""Step 2: media files and the manifests of posts and comparisons go in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from config.demo.api import get_all
from config.demo.stage import Stage

_UPLOADS_AT_ONCE = 4


def import_posts(stage: Stage) -> dict[str, Any]:
    """Edda uploads every file, then imports the manifest that cites them."""
    media = stage.material.media
    workers = _UPLOADS_AT_ONCE if stage.is_parallel else 1
    apis = [stage.api_of("edda") for _ in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        sent = 0
        for batch in range(0, len(media), workers):
            chunk = media[batch : batch + workers]
            list(
                pool.map(
                    lambda pair: pair[0].call("POST", f"{stage.path}/assets/", files={"file": pair[1]}),
                    zip(apis, chunk, strict=False),
                )
            ) if stage.is_parallel else [
                apis[0].call("POST", f"{stage.path}/assets/", files={"file": path}) for path in chunk
            ]
            sent += len(chunk)
            stage.say(f"{sent} of {len(media)} files uploaded")
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


def import_comparisons(stage: Stage) -> dict[str, Any]:
    """Edda imports prompts with two responses each."""
    edda = stage.api("edda")
    manifest = stage.material.comparisons_manifest
    started = edda.call("POST", f"{stage.path}/comparison-imports/", files={"file": manifest})
    stage.job("edda", started)
    return {"comparisons": sum(1 for _ in get_all(edda, f"{stage.path}/comparisons/"))}
