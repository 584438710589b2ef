from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from concord.choosing import Choosing
from concord.credentials import credentials_find
from concord.errors import ConcordError
from concord.following import moves
from concord.importing import comparisons_import, manifest_import
from concord.pulling import Pulled, version_pull
from concord.pushing import Pushed, version_push
from concord.records import Asset, Dataset, Job, Project, Recipe, Resource, TrainingRun, Version
from concord.references import reference_parse
from concord.running import PulledModel, run_cancel, run_pull, run_start, run_wait
from concord.sampling import responses_sample, sampling_estimate
from concord.suggesting import Suggested, suggestions_send
from concord.transport import Transport

AnyResource = TypeVar("AnyResource", bound=Resource)


class Client:
    """Talks to one Concord server with one token.

    Parameters
    ----------
    url, token
        When left out: ``CONCORD_URL`` and ``CONCORD_TOKEN``, then what ``concord login`` saved.

    Examples
    --------
    >>> with Client("https://concord.example.org", "…") as client:  # doctest: +SKIP
    ...     for dataset in client.datasets("safety"):
    ...         print(dataset.name)
    """

    def __init__(
        self, url: str | None = None, token: str | None = None, *, http: httpx.Client | None = None
    ) -> None:
        credentials = credentials_find(url, token)
        self.transport = Transport(credentials.url, credentials.token, client=http)
        self.choosing = Choosing(self)
        """Rounds and scans."""
        self._projects: dict[str, Project] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.transport.close()

    def me(self) -> dict[str, Any]:
        """Return who the token belongs to."""
        document: dict[str, Any] = self.transport.get("/api/me/")
        return document

    def projects(self) -> Iterator[Project]:
        """Yield the projects you are a member of."""
        return _typed(Project, self.transport.pages("/api/projects/"))

    def project(self, name: str) -> Project:
        """Return a project by slug or identifier.

        Raises
        ------
        ConcordError
            ``not_found`` when there is none that you may see.
        """
        if name not in self._projects:
            found = [project for project in self.projects() if name in (project.slug, project.id)]
            if not found:
                raise ConcordError(
                    "not_found", f"There is no project {name!r}, or it is not yours to see.", status=404
                )
            self._projects[name] = found[0]
        return self._projects[name]

    def asset_upload(self, project: str, path: Path) -> Asset:
        """Store one media file; the same bytes give the same asset."""
        with path.open("rb") as stream:
            document = self.transport.post(
                f"/api/projects/{self.project(project).id}/assets/", files={"file": (path.name, stream)}
            )
        return Asset.from_json(document)

    def posts_import(
        self, project: str, manifest: Path, *, progress: Callable[[int, int], None] | None = None
    ) -> Job:
        """Import the posts of a JSONL manifest, uploading the media files it names; return the job.

        Importing the same manifest again changes nothing: posts are told apart by ``external_id``, media by
        their bytes.
        """
        return manifest_import(self, self.project(project).id, manifest, progress=progress)

    def comparisons_import(self, project: str, manifest: Path) -> Job:
        """Import prompts with two responses each from a JSONL file; return the job."""
        return comparisons_import(self, self.project(project).id, manifest)

    def suggest(
        self,
        project: str,
        file: Path,
        *,
        release: str,
        model: str,
        version: str = "",
        progress: Callable[[int], None] | None = None,
    ) -> Suggested:
        """Send a model's suggestions from a JSONL file to the people who label, under a release (``safety@3``)."""
        return suggestions_send(
            self,
            self.project(project).id,
            file,
            release=release,
            model=model,
            version=version,
            progress=progress,
        )

    def sample(
        self, project: str, endpoint: str, *, prompts: Path | None = None, **choice: Any
    ) -> tuple[str, Job]:
        """Ask a model (an endpoint's name) for responses to the project's prompts, or to those of a JSONL file.

        ``choice`` is what `POST …/sampling-runs/` takes: ``samples``, ``system``, ``temperature``, ``seed``,
        ``becomes``, ``most_cost`` and so on. Asking again asks only for what is missing. Returns the run's
        identifier and its job.
        """
        return responses_sample(self, self.project(project).id, endpoint, prompts, choice)

    def sample_estimate(
        self, project: str, endpoint: str, *, prompts: Path | None = None, **choice: Any
    ) -> dict[str, Any]:
        """Return how many calls and tokens, and how much money, `sample` would take at most; nobody is asked."""
        return sampling_estimate(self, self.project(project).id, endpoint, prompts, choice)

    def jobs(self, project: str) -> Iterator[Job]:
        """Yield the jobs of a project, newest first."""
        return _typed(Job, self.transport.pages(f"/api/projects/{self.project(project).id}/jobs/"))

    def job(self, job_id: str) -> Job:
        """Return one job as it is now."""
        return Job.from_json(self.transport.get(f"/api/jobs/{job_id}/"))

    def job_cancel(self, job_id: str) -> Job:
        """Ask a job to stop; it does so at its next step."""
        return Job.from_json(self.transport.post(f"/api/jobs/{job_id}/cancel/", json={}))

    def job_wait(
        self, job_id: str, *, timeout_s: float = 3600.0, on_change: Callable[[Job], None] | None = None
    ) -> Job:
        """Follow a job until it is finished, calling ``on_change`` whenever it moved; return it.

        Raises
        ------
        ConcordError
            The job's own code when it failed, ``job_cancelled``, or ``job_still_running`` after
            ``timeout_s``.
        """
        for job in moves(lambda: self.job(job_id), timeout_s=timeout_s):
            if on_change:
                on_change(job)
            if job.is_finished:
                return _succeeded(job)
        raise ConcordError("job_still_running", f"Job {job_id} is still {job.state} after {timeout_s:.0f} s.")

    def datasets(self, project: str) -> Iterator[Dataset]:
        """Yield the datasets of a project, newest first."""
        return _typed(Dataset, self.transport.pages(f"/api/projects/{self.project(project).id}/datasets/"))

    def dataset(self, project: str, name: str) -> Dataset:
        """Return a dataset by name.

        Raises
        ------
        ConcordError
            ``not_found``.
        """
        path = f"/api/projects/{self.project(project).id}/datasets/"
        for row in self.transport.pages(path, params={"name": name}):
            return Dataset.from_json(row)
        raise ConcordError("not_found", f"There is no dataset {name!r} in {project}.", status=404)

    def dataset_create(
        self,
        project: str,
        name: str,
        *,
        kinds: Sequence[str],
        title: str = "",
        definition: Mapping[str, Any] | None = None,
    ) -> Dataset:
        """Save a definition; `version_build` makes a version of it."""
        body = {
            "name": name,
            "title": title or name,
            "kinds": list(kinds),
            "definition": dict(definition or {}),
        }
        path = f"/api/projects/{self.project(project).id}/datasets/"
        return Dataset.from_json(self.transport.post(path, json=body))

    def versions(self, project: str, dataset: str) -> Iterator[Version]:
        """Yield the versions of a dataset, newest first."""
        found = self.dataset(project, dataset)
        return _typed(Version, self.transport.pages(f"/api/datasets/{found.id}/versions/"))

    def version_build(self, project: str, dataset: str) -> Version:
        """Start building the next version of a dataset; its ``job_id`` can be waited for."""
        found = self.dataset(project, dataset)
        return Version.from_json(self.transport.post(f"/api/datasets/{found.id}/versions/", json={}))

    def version(self, reference: str) -> Version:
        """Return the version named like ``project/dataset@3``, with its files.

        Raises
        ------
        ConcordError
            ``not_found``, or ``version_not_ready``.
        """
        wanted = reference_parse(reference)
        for version in self.versions(wanted.project, wanted.dataset):
            if version.number == wanted.number or (wanted.number is None and version.state == "ready"):
                return self.version_get(version.id)
        raise ConcordError("not_found", f"There is no version {reference}.", status=404)

    def version_get(self, version_id: str) -> Version:
        """Return one version by identifier, with its files."""
        return Version.from_json(self.transport.get(f"/api/versions/{version_id}/"))

    def difference(self, reference: str, *, against: str) -> dict[str, Any]:
        """Return which rows came in, went out or changed from version ``against`` to ``reference``, and
        why.
        """
        version, other = self.version(reference), self.version(against)
        document: dict[str, Any] = self.transport.get(
            f"/api/versions/{version.id}/difference/", params={"against": other.id}
        )
        return document

    def pull(
        self,
        reference: str,
        out: Path,
        *,
        wanted: Callable[[str], bool] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Pulled:
        """Download a version into ``out``, going on where an earlier pull stopped, and check every hash."""
        return version_pull(self.transport, self.version(reference), out, wanted=wanted, progress=progress)

    def push(
        self,
        reference: str,
        to: str,
        *,
        folder: Path | None = None,
        public: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Pushed:
        """Pull a version, check every hash, and give it on to ``hf:owner/name`` or ``s3://bucket/prefix``.

        What is there already is not sent again. A repository that is made for it is private unless ``public``.
        """
        return version_push(self, reference, to, folder=folder, public=public, progress=progress)

    def recipes(self) -> list[Recipe]:
        """Return what the server can train, and the kind of rows that each takes."""
        return [Recipe(**row) for row in self.transport.get("/api/training-recipes/")["results"]]

    def train(
        self, reference: str, *, recipe: str, base: str, settings: Mapping[str, Any] | None = None
    ) -> TrainingRun:
        """Have a worker of the server train on a version; `run_wait` follows the run."""
        return run_start(self, reference, recipe=recipe, base=base, settings=settings)

    def runs(self, project: str, *, version: str | None = None) -> Iterator[TrainingRun]:
        """Yield a project's training runs, newest first, or those on one version (``project/dataset@3``)."""
        asked = {"version_id": self.version(version).id if version else None}
        path = f"/api/projects/{self.project(project).id}/training-runs/"
        return _typed(TrainingRun, self.transport.pages(path, params=asked))

    def run(self, run_id: str) -> TrainingRun:
        """Return one run as it is now, with its files and its curve."""
        return TrainingRun.from_json(self.transport.get(f"/api/training-runs/{run_id}/"))

    def run_wait(
        self,
        run_id: str,
        *,
        timeout_s: float = 7 * 24 * 3600.0,
        on_change: Callable[[TrainingRun], None] | None = None,
    ) -> TrainingRun:
        """Follow a run until it has finished, calling ``on_change`` whenever it moved; return it."""
        return run_wait(self, run_id, timeout_s=timeout_s, on_change=on_change)

    def run_cancel(self, run_id: str) -> Job:
        """Stop a run at its next step; its newest checkpoint stays."""
        return run_cancel(self, run_id)

    def run_resume(self, run_id: str) -> TrainingRun:
        """Go on with a run that failed or was cancelled, from its newest checkpoint."""
        return TrainingRun.from_json(self.transport.post(f"/api/training-runs/{run_id}/resume/", json={}))

    def run_pull(
        self, run_id: str, out: Path, *, progress: Callable[[int, int], None] | None = None
    ) -> PulledModel:
        """Download weights, configuration, tokenizer and scores of a finished run, and check every hash."""
        return run_pull(self, run_id, out, progress=progress)


def talking_to(client: Client | None) -> AbstractContextManager[Client]:
    """Return the given client, left open at the end; else one with what was saved, closed then."""
    return Client() if client is None else nullcontext(client)


def _typed(kind: type[AnyResource], rows: Iterator[dict[str, Any]]) -> Iterator[AnyResource]:
    return (kind.from_json(row) for row in rows)


def _succeeded(job: Job) -> Job:
    if job.state == "failed":
        error = job.error or {}
        raise ConcordError(
            error.get("code", "job_failed"), error.get("detail", "The job failed."), fields={"job": job.id}
        )
    if job.state == "cancelled":
        raise ConcordError("job_cancelled", "Somebody cancelled the job.", fields={"job": job.id})
    return job
