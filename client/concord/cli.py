"""The ``concord`` command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from concord.client import Client
from concord.credentials import Credentials, credentials_save
from concord.errors import ConcordError
from concord.records import Job
from concord.references import reference_parse

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Import content, follow jobs, pull dataset versions."
)
out = Console()
notes = Console(stderr=True)

ProjectName = Annotated[str, typer.Argument(help="Slug or identifier of the project.")]
VersionName = Annotated[
    str, typer.Argument(help="project/dataset@3; without a number the newest ready version.")
]


@app.command()
def login(
    url: Annotated[
        str, typer.Argument(help="Address of the server, for example https://concord.example.org.")
    ],
    token: Annotated[str, typer.Option(prompt=True, hide_input=True, help="A token made on the server.")],
) -> None:
    """Check a token and remember it for the next commands."""
    credentials = Credentials(url=url.rstrip("/"), token=token.strip())
    with Client(credentials.url, credentials.token) as client:
        person = client.me()
    path = credentials_save(credentials)
    name = person.get("email") or person.get("name") or "you"
    out.print(f"Signed in to {credentials.url} as {name}. Saved in {path}.")


@app.command()
def projects() -> None:
    """List the projects you are a member of."""
    with Client() as client:
        _table(("slug", "name", "id"), ((item.slug, item.name, item.id) for item in client.projects()))


@app.command(name="import")
def import_(
    project: ProjectName,
    manifest: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="JSONL, one post or comparison a line.")
    ],
    comparisons: Annotated[
        bool, typer.Option("--comparisons", help="The lines are comparisons, not posts.")
    ] = False,
    wait: Annotated[bool, typer.Option(help="Follow the job until it is finished.")] = True,
) -> None:
    """Import posts (with the media files they name) or comparisons."""
    with Client() as client, _progress(MofNCompleteColumn()) as bars:
        if comparisons:
            job = client.comparisons_import(project, manifest)
        else:
            bar = bars.add_task("media files", total=None)
            job = client.posts_import(
                project, manifest, progress=lambda done, total: bars.update(bar, completed=done, total=total)
            )
        if wait:
            job = _follow(client, bars, job)
    out.print(f"job {job.id}: {job.state}" + (f" {job.result}" if job.result else ""))


@app.command()
def datasets(project: ProjectName) -> None:
    """List the datasets of a project."""
    with Client() as client:
        rows = ((item.name, item.title, ", ".join(item.kinds)) for item in client.datasets(project))
        _table(("name", "title", "kinds"), rows)


@app.command()
def versions(dataset: Annotated[str, typer.Argument(help="project/dataset.")]) -> None:
    """List the versions of a dataset."""
    name = reference_parse(dataset)
    with Client() as client:
        rows = (
            (
                str(item.number),
                item.state,
                _counts(item.counts),
                (item.content_sha256 or "")[:12],
                item.created_at[:19],
            )
            for item in client.versions(name.project, name.dataset)
        )
        _table(("version", "state", "rows", "content", "created"), rows)


@app.command()
def build(dataset: Annotated[str, typer.Argument(help="project/dataset.")]) -> None:
    """Build the next version of a dataset and wait for it."""
    name = reference_parse(dataset)
    with Client() as client:
        version = client.version_build(name.project, name.dataset)
        with _progress(MofNCompleteColumn()) as bars:
            if version.job_id:
                _follow(client, bars, client.job(version.job_id))
        version = client.version_get(version.id)
    out.print(f"{name.project}/{name.dataset}@{version.number} is {version.state}: {_counts(version.counts)}")


@app.command()
def pull(
    version: VersionName,
    folder: Annotated[Path, typer.Option("--out", help="Folder to write into.")],
    kind: Annotated[str | None, typer.Option(help="Take only the files of this kind.")] = None,
) -> None:
    """Download a version, checked by hash; goes on where an earlier pull stopped."""
    shared = ("README.md", "MANIFEST.json", "CARD.md")

    def wanted(path: str) -> bool:
        return kind is None or path in shared or path.startswith(("policies/", f"{kind}/", f"jsonl/{kind}/"))

    with Client() as client, _progress(DownloadColumn()) as bars:
        bar = bars.add_task(version, total=None)
        pulled = client.pull(
            version,
            folder,
            wanted=wanted,
            progress=lambda done, total: bars.update(bar, completed=done, total=total),
        )
    out.print(f"{pulled.files} files in {pulled.folder}, every hash checked.")


@app.command()
def diff(
    version: VersionName, against: Annotated[str, typer.Argument(help="The version to compare with.")]
) -> None:
    """Show which rows came in, went out or changed between two versions, and why."""
    with Client() as client:
        difference = client.difference(version, against=against)
    rows = (
        (
            kind,
            str(part["rows_in"]),
            str(part["rows_out"]),
            str(part["rows_changed"]),
            _counts(part.get("reasons", {})),
        )
        for kind, part in difference["kinds"].items()
    )
    _table(("kind", "in", "out", "changed", "why"), rows)


@app.command()
def jobs(
    project: ProjectName,
    watch: Annotated[str | None, typer.Option(help="Follow this job until it is finished.")] = None,
) -> None:
    """List the jobs of a project, or follow one."""
    with Client() as client:
        if watch is None:
            rows = (
                (item.id, item.kind, item.state, f"{item.done}/{item.total}", item.message)
                for item in client.jobs(project)
            )
            _table(("id", "kind", "state", "done", "message"), rows)
            return
        with _progress(MofNCompleteColumn()) as bars:
            job = _follow(client, bars, client.job(watch))
    out.print(f"job {job.id}: {job.state}" + (f" {job.result}" if job.result else ""))


def main() -> None:
    """Run the command; a refusal is one sentence and exit status 1."""
    try:
        app()
    except ConcordError as error:
        notes.print(str(error), style="red", markup=False)
        raise SystemExit(1) from None


def _follow(client: Client, bars: Progress, job: Job) -> Job:
    bar = bars.add_task(job.kind or "job", total=None)

    def moved(now: Job) -> None:
        bars.update(
            bar, completed=now.done or 0, total=now.total or None, description=now.message or now.kind
        )

    return client.job_wait(job.id, on_change=moved)


def _progress(counting: Any) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        counting,
        console=notes,
        transient=True,
    )


def _counts(counts: dict[str, Any]) -> str:
    """Return ``{"dpo": {"train": 3}}`` or ``{"reason": 3}`` as a short line."""
    return ", ".join(
        f"{name} {sum(value.values()) if isinstance(value, dict) else value}"
        for name, value in sorted(counts.items())
    )


def _table(columns: tuple[str, ...], rows: Any) -> None:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    out.print(table)


if __name__ == "__main__":
    main()
