"""What the pages show in browser tests: posts with real media, a released policy, tasks, and some answers."""

from __future__ import annotations

from typing import Any

from celery import current_app

from core.content.models import Post
from core.jobs.running import job_run, outbox_take
from core.queue.models import Lease
from core.queue.services import note_write, question_answer
from tests.annotation.material import answer, document, release_once, tasks_make
from tests.core.content import samples
from tests.world import Caller, World

_CAPTIONS: tuple[tuple[str, str], ...] = (
    ("en", "Selling my grandfather's old camera, works fine, small scratch on the side. 📷"),
    ("ar", "للبيع: كرسي خشبي قديم بحالة جيدة، الاستلام من وسط المدينة."),
    ("de", "Wer hat am Samstag am Hafen fotografiert? Ich suche Bilder vom Feuerwerk."),
    ("hi", "पुरानी किताबें मुफ़्त में — बस आकर ले जाइए।"),
    ("zh", "二手自行车，九成新，需要的请私信。"),
    ("es", "Se regala gatito, muy cariñoso, ya come solo."),
)


def work_off() -> None:
    """Run the waiting jobs here and now, as workers would."""
    current_app.loader.import_default_modules()
    while waiting := outbox_take():
        for _, job_id in waiting:
            job_run(job_id)


def posts_bring_in(world: World) -> dict[str, str]:
    """Import six posts in six languages through the API, half of them with a picture; names the first one."""
    call = Caller(world.person("engineer"))
    pictures = [f"photo-{number}.jpg" for number in range(3)]
    for number, name in enumerate(pictures):
        file = samples.upload(samples.picture(960, 640, seed=number), name)
        sent = call.post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
        assert sent.status_code in {200, 201}, sent.content
    lines: list[dict[str, Any]] = []
    for number, (language, caption) in enumerate(_CAPTIONS):
        parts: list[dict[str, Any]] = [{"kind": "caption", "text": caption}]
        if number < len(pictures):
            parts.insert(0, {"kind": "image", "asset": pictures[number]})
        lines.append(
            {"external_id": f"post-{number}", "language": language, "source": "market", "parts": parts}
        )
    call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest(lines)})
    work_off()
    return {"post": str(Post.objects.get(project=world.project, external_id="post-0").pk)}


def label_tasks_bring_in(world: World) -> dict[str, str]:
    """Ask two people about every post; two posts are answered."""
    posts_bring_in(world)
    posts = list(Post.objects.filter(project=world.project).order_by("external_id"))
    tasks_make(world, release_once(world), posts)
    answer(world, "annotator", document(hate="yes"))
    answer(world, "annotator2", document())
    return {}


def questions_bring_in(world: World) -> dict[str, str]:
    """Two answered posts about which their annotator asked, one answered; and a comment."""
    label_tasks_bring_in(world)
    actor = world.actor("annotator")
    lease = Lease.objects.get(person=actor.user)
    first = note_write(
        actor, lease.pk, kind="question", text="Is a toy camera still a camera? 📷", clause_key="hate"
    )
    question_answer(world.actor("policy_editor"), first.pk, text="It is: see the second example of the rule.")
    note_write(actor, lease.pk, kind="question", text="ماذا عن الإعلانات القديمة؟")
    note_write(actor, lease.pk, kind="comment", text="The price is meant as a joke.")
    return {}


def dataset_bring_in(world: World) -> dict[str, str]:
    """Build two versions of a dataset from the few answers there are."""
    label_tasks_bring_in(world)
    call = Caller(world.person("engineer"))
    body = {"name": "market-labels", "title": "Market labels", "kinds": ["labels", "votes"], "definition": {}}
    made = call.post(f"/api/projects/{world.project.pk}/datasets/", body)
    assert made.status_code == 201, made.content
    dataset = made.json()["id"]
    ids = []
    for _ in range(2):
        started = call.post(f"/api/datasets/{dataset}/versions/", {})
        assert started.status_code == 202, started.content
        ids.append(started.json()["id"])
        work_off()
    return {"dataset": dataset, "version": ids[1], "earlier": ids[0]}
