"""Pairs of responses for the judgment page's tests: markdown, code, other scripts, and what models should not write."""

from __future__ import annotations

from typing import Any

from core.accounts.services import languages_set
from tests.e2e.material import posts_bring_in
from tests.preferences import material
from tests.world import World

FIRST_ANSWER = """You can read a large file line by line, so that memory stays small:

```python
with open("events.log", encoding="utf-8") as file:
    for line in file:
        handle(line)
```

1. `open` gives an iterator over lines.
2. Only one line is held at a time.
3. The file is closed when the block ends, **even after an error**.

If lines may be extremely long, read fixed blocks instead."""

SECOND_ANSWER = """Use `readlines()`:

```python
lines = open("events.log").readlines()
for line in lines:
    handle(line)
```

This is the shortest way. <script>alert(1)</script> ![pixel](https://tracker.example/p.gif)
See [the manual](https://docs.example.org/io) for more.

| way | memory |
|---|---|
| readlines | whole file |
| iterate | one line |"""

PAIRS: tuple[dict[str, Any], ...] = (
    {
        "external_id": "pair-code",
        "system": "You help people who write Python.",
        "prompt": [
            {"role": "user", "content": "How do I read a file in Python?"},
            {"role": "assistant", "content": "With `open` and `read`. How large is the file?"},
            {"role": "user", "content": "About 40 GB. It must not fill the memory."},
        ],
        "language": "en",
        "responses": [
            {"text": FIRST_ANSWER, "model": "secret-model-one"},
            {"text": SECOND_ANSWER, "model": "secret-model-two"},
        ],
    },
    {
        "external_id": "pair-arabic",
        "prompt": "اكتب رسالة قصيرة أعتذر فيها لجاري عن الضوضاء.",
        "language": "ar",
        "responses": [
            {
                "text": "جاري العزيز، أعتذر بصدق عن الضوضاء مساء أمس. لن يتكرر ذلك. 🙏",
                "model": "secret-model-one",
            },
            {"text": "آسف على الضوضاء، لكن الحفل كان رائعًا وربما يتكرر.", "model": "secret-model-two"},
        ],
    },
    {
        "external_id": "pair-plan",
        "prompt": "Plan a rainy Sunday with two small children.",
        "language": "en",
        "responses": [
            {"text": "Bake bread, build a cave from blankets, read under it.", "model": "secret-model-two"},
            {"text": "Let them watch films until it stops.", "model": "secret-model-one"},
        ],
    },
)


def pairs_bring_in(world: World, count: int = len(PAIRS), **options: Any) -> dict[str, str]:
    """Import pairs and ask two people about each, in this order; who judges reads the languages they are in."""
    material.release_once(world)
    for person in ("annotator", "annotator2", "reviewer"):
        languages_set(world.actor(person), languages=["en", "ar"])
    for place, pair in enumerate(PAIRS[:count]):
        job = material.import_run(world, [pair])
        assert job.state == "succeeded", job.error_detail
        material.tasks_make(world, overlap=2, priority=float(-place), **options)
    return {}


def pair_about_a_post_bring_in(world: World) -> dict[str, str]:
    """Import a pair about a post with a picture and a caption, and ask about it."""
    posts_bring_in(world)
    material.release_once(world)
    job = material.import_run(world, [{**PAIRS[2], "external_id": "pair-post", "post_external_id": "post-1"}])
    assert job.state == "succeeded", job.error_detail
    material.tasks_make(world)
    return {}
