"""Posts per second through the public HTTP import, beside plain COPY of the same rows into the same tables.

Starts a Concord of its own in a temporary home, hands in one manifest, waits for the job, then copies the
same rows under other identifiers for a second project. Both end durable: a 2xx and a finished job on one
side, a commit on the other. Run it by ``make bench NAME=import_posts``; ``POSTS`` and ``SEED`` change its size.
"""

from __future__ import annotations

import io
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
POSTS = int(os.environ.get("POSTS", "100000"))
SEED = int(os.environ.get("SEED", "7"))
_WORDS = [
    "chair",
    "bicycle",
    "almost",
    "new",
    "collect",
    "today",
    "price",
    "fair",
    "shipping",
    "included",
    "message",
    "first",
    "no",
    "swaps",
    "original",
    "box",
    "guarantee",
    "two",
    "years",
    "silla",
    "mesa",
    "barata",
    "envío",
    "Tisch",
    "günstig",
    "abholen",
    "قديم",
    "جديد",
    "للبيع",
    "कुर्सी",
    "नई",
    "椅子",
    "二手",
    "🪑",
]


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    with tempfile.TemporaryDirectory(prefix="concord-bench-") as home:
        manifest = Path(home) / "posts.jsonl"
        manifest.write_bytes(manifest_bytes(POSTS, SEED))
        with concord(Path(home) / "home") as (address, server):
            project, peer_project, token = accounts_make()
            imported = import_over_http(address, server, token, project, manifest)
            copied = copy_plainly(peer_project)
    print(json.dumps(figures(imported, copied, manifest_bytes_count=imported["manifest_bytes"])))


def figures(
    imported: dict[str, float], copied: dict[str, float], *, manifest_bytes_count: float
) -> dict[str, Any]:
    """Put both measurements side by side."""
    return {
        "name": "import_posts",
        "posts": POSTS,
        "parts": int(copied["parts"]),
        "manifest_bytes": int(manifest_bytes_count),
        "seed": SEED,
        "import_posts_per_s": round(POSTS / imported["total_s"], 1),
        "import_total_s": round(imported["total_s"], 3),
        "import_upload_s": round(imported["upload_s"], 3),
        "import_cpu_s": round(imported["cpu_s"], 3),
        "import_peak_rss_bytes": int(imported["peak_rss_bytes"]),
        "rerun_total_s": round(imported["rerun_s"], 3),
        "peer": "PostgreSQL COPY of the same rows, same tables, indexes and foreign keys",
        "copy_posts_per_s": round(POSTS / copied["total_s"], 1),
        "copy_total_s": round(copied["total_s"], 3),
        "import_to_copy_time_ratio": round(imported["total_s"] / copied["total_s"], 2),
        "processors": os.cpu_count(),
    }


def manifest_bytes(posts: int, seed: int) -> bytes:
    """Make a manifest of short posts in several scripts: a caption and one to three comments each."""
    dice = random.Random(seed)
    out = io.BytesIO()
    for number in range(posts):
        parts = [{"kind": "caption", "text": " ".join(dice.choices(_WORDS, k=dice.randint(8, 30)))}]
        parts += [
            {"kind": "comment", "text": " ".join(dice.choices(_WORDS, k=dice.randint(2, 12)))}
            for _ in range(dice.randint(1, 3))
        ]
        post = {
            "external_id": f"bench-{seed}-{number:08}",
            "language": dice.choice(["en", "es", "de", "ar", "hi", "zh"]),
            "source": "market",
            "group_key": f"seller-{dice.randint(1, 5000)}",
            "metadata": {"price": dice.randint(1, 900), "tags": dice.sample(_WORDS, 2)},
            "parts": parts,
        }
        out.write(json.dumps(post, ensure_ascii=False).encode() + b"\n")
    return out.getvalue()


@contextmanager
def concord(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Run a Concord of this benchmark's own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CONCORD_STORAGE", "CONCORD_ORIGIN"):
        os.environ.pop(name, None)
    os.environ |= {"CONCORD_HOME": str(home), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    with (home.parent / "up.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--no-demo", "--headless"], cwd=ROOT, stdout=log, stderr=log
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, child, home.parent / "up.log")
        yield address, psutil.Process(child.pid)
    finally:
        child.terminate()
        child.wait(timeout=120)


def wait_until_healthy(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for every part to answer."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        if child.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/healthz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise SystemExit("Concord did not come up:\n" + log.read_text(errors="replace")[-3000:])


def accounts_make() -> tuple[uuid.UUID, uuid.UUID, str]:
    """Make a person, a project to import into and one to copy into, and a token; straight in the database."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from core.accounts.selectors import Actor
    from core.accounts.services import organization_create, project_create, token_create, user_create

    user = user_create("bench@example.org", display_name="Benchmark")
    actor = Actor(user)
    organization = organization_create("Benchmark", slug="benchmark")
    projects = [
        project_create(actor, organization=organization, name=name.title(), slug=name).pk
        for name in ("import", "copy")
    ]
    scopes = ["project.view", "content.import", "content.view", "jobs.view"]
    _, secret = token_create(actor, name="benchmark", scopes=scopes)
    return projects[0], projects[1], secret


def import_over_http(
    address: str, server: psutil.Process, token: str, project: uuid.UUID, manifest: Path
) -> dict[str, float]:
    """Hand the manifest in as anybody would, and wait for its job; then once more, to see what a rerun costs."""
    client = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=600)
    before = cpu_seconds(server)
    start = time.perf_counter()
    upload_s, peak = hand_in(client, server, project, manifest)
    total_s = time.perf_counter() - start
    cpu_s = cpu_seconds(server) - before
    start = time.perf_counter()
    hand_in(client, server, project, manifest)
    return {
        "upload_s": upload_s,
        "total_s": total_s,
        "cpu_s": cpu_s,
        "peak_rss_bytes": peak,
        "rerun_s": time.perf_counter() - start,
        "manifest_bytes": manifest.stat().st_size,
    }


def hand_in(
    client: httpx.Client, server: psutil.Process, project: uuid.UUID, manifest: Path
) -> tuple[float, float]:
    """Import the manifest; returns the seconds of the upload and the most memory one process of ours held."""
    start = time.perf_counter()
    with manifest.open("rb") as file:
        answer = client.post(f"/api/projects/{project}/imports/", files={"file": ("posts.jsonl", file)})
    answer.raise_for_status()
    upload_s, peak = time.perf_counter() - start, 0.0
    while True:
        job = client.get(f"/api/jobs/{answer.json()['job_id']}/").raise_for_status().json()
        peak = max(peak, largest_rss(server))
        if job["state"] in {"succeeded", "failed", "cancelled"}:
            break
        time.sleep(0.1)
    if job["state"] != "succeeded":
        raise SystemExit(f"The import ended as {job['state']}: {job['error']}")
    return upload_s, peak


def family(server: psutil.Process) -> list[psutil.Process]:
    """The server and everything it started."""
    return [server, *server.children(recursive=True)]


def cpu_seconds(server: psutil.Process) -> float:
    """Processor time of all parts, the database included."""
    total = 0.0
    for process in family(server):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def largest_rss(server: psutil.Process) -> float:
    """Memory of the largest Python process."""
    sizes = [0.0]
    for process in family(server):
        try:
            if "python" in process.name():
                sizes.append(process.memory_info().rss)
        except psutil.Error:
            continue
    return max(sizes)


def copy_plainly(project: uuid.UUID) -> dict[str, float]:
    """Copy the imported rows, prepared as text beforehand, into the same tables for another project."""
    from django.db import connection, transaction

    post_columns = "external_id, language, source, group_key, metadata, content_sha256, is_hidden"
    part_columns = "position, kind, label, language, text, asset_id"
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            "CREATE TEMPORARY TABLE new_post AS SELECT id AS old_id, uuidv7() AS id, "
            f"{post_columns} FROM content_post ORDER BY id"
        )
        posts = copied_out(cursor, f"SELECT id, '{project}'::uuid, {post_columns} FROM new_post ORDER BY id")
        parts = copied_out(
            cursor,
            f"SELECT uuidv7(), new_post.id, {', '.join('part.' + name.strip() for name in part_columns.split(','))} "
            "FROM content_part AS part JOIN new_post ON new_post.old_id = part.post_id ORDER BY new_post.id, position",
        )
        start = time.perf_counter()
        with transaction.atomic():
            copy_in(cursor, f"content_post (id, project_id, {post_columns})", posts)
            copy_in(cursor, f"content_part (id, post_id, {part_columns})", parts)
        total_s = time.perf_counter() - start
        cursor.execute("SELECT count(*) FROM content_part WHERE post_id IN (SELECT id FROM new_post)")
        count = cursor.fetchone()[0]
    return {"total_s": total_s, "parts": count}


def copied_out(cursor: Any, query: str) -> bytes:
    """Return the rows of ``query`` in COPY's own text form."""
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        return b"".join(copy)


def copy_in(cursor: Any, target: str, rows: bytes) -> None:
    """Stream prepared rows into a table."""
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for at in range(0, len(rows), 1 << 20):
            copy.write(rows[at : at + (1 << 20)])


if __name__ == "__main__":
    main()
