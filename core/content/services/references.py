from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator

from core.content.domain.manifest import PostLine, Problem
from core.content.models import AssetKind, AssetState, ProjectAsset

_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_MOST_REMEMBERED = 50_000


class AssetReferences:
    """Finds the assets that a manifest names, by hash or by the name they were uploaded under.

    Remembers a bounded number of them, so that a manifest of any length takes little memory.
    """

    def __init__(self, project_id: uuid.UUID) -> None:
        self._project_id = project_id
        self._known: dict[str, tuple[uuid.UUID, str, bool]] = {}
        self._ambiguous: set[str] = set()

    def asset_id(self, named: str) -> uuid.UUID:
        """Return the asset behind a reference that `resolve` or `problems` has seen."""
        return self._known[named][0]

    def are_known(self, post: PostLine) -> bool:
        """Say whether every asset of ``post`` was found."""
        return all(part["asset"] in self._known for part in post["parts"] if "asset" in part)

    def resolve(self, posts: Collection[PostLine]) -> None:
        """Look up the assets that ``posts`` name, in two queries."""
        wanted = {
            part["asset"] for post in posts for part in post["parts"] if "asset" in part
        } - self._known.keys()
        if not wanted:
            return
        if len(self._known) > _MOST_REMEMBERED:
            self._known.clear()
            self._ambiguous.clear()
            wanted = {part["asset"] for post in posts for part in post["parts"] if "asset" in part}
        by_hash = {named: found.group(1) for named in wanted if (found := _SHA256.fullmatch(named))}
        links = ProjectAsset.objects.filter(project_id=self._project_id)
        facts = ("asset_id", "asset__kind", "asset__state")
        hashes = dict.fromkeys(by_hash.values())
        found_hashes = {
            row[0]: row[1:]
            for row in links.filter(asset__sha256__in=hashes).values_list("asset__sha256", *facts)
        }
        for named, sha256 in by_hash.items():
            if sha256 in found_hashes:
                self._remember(named, *found_hashes[sha256])
        for name, *row in (
            links.filter(name__in=wanted - by_hash.keys()).values_list("name", *facts).order_by("id")
        ):
            if name in self._known and self._known[name][0] != row[0]:
                self._ambiguous.add(name)
            self._remember(name, *row)

    def problems(self, posts: list[tuple[int, PostLine]]) -> Iterator[Problem]:
        """Yield what keeps the references of ``posts`` from being used."""
        self.resolve([post for _, post in posts])
        for number, post in posts:
            for index, part in enumerate(post["parts"]):
                if "asset" in part and (message := self._problem(part["asset"], part["kind"])):
                    yield Problem(number, f"parts[{index}].asset", message)

    def _problem(self, named: str, kind: str) -> str | None:
        if named in self._ambiguous:
            return f"Several files were uploaded as {named!r}. Name this one by its SHA-256."
        if named not in self._known:
            return f"No file of this project is called {named[:80]!r} or has this SHA-256. Upload it first."
        _, found, is_certain = self._known[named]
        if found == kind or (not is_certain and AssetKind.IMAGE not in (found, kind)):
            return None
        return f"The file {named[:80]!r} is of kind {found}, but the part is of kind {kind}."

    def _remember(self, named: str, asset_id: uuid.UUID, kind: str, state: str) -> None:
        # A container of video may turn out to hold sound alone; only a worker's look settles it.
        self._known[named] = (asset_id, kind, state != AssetState.PENDING)
