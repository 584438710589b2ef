"""Media of something that is judged elsewhere: kept as posts, so that they are looked after as posts are."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import NotRequired, TypedDict

from core.content.domain.manifest import PartLine, PostLine
from core.content.events import HarmStated
from core.content.models import Part, Post
from core.content.services.loading import content_hash
from core.content.services.references import AssetReferences
from core.events import publish

_NAME = "material:"


class MediaNamed(TypedDict):
    """A file of the project by SHA-256 or uploaded name, its kind (image, video, audio), and what to call it."""

    kind: str
    asset: str
    label: NotRequired[str]


class MaterialKeeper:
    """Finds the files that an import names, and keeps them as posts that are no unit of their own."""

    def __init__(self, project_id: uuid.UUID) -> None:
        self._project_id = project_id
        self._references = AssetReferences(project_id)

    def problems(self, named: Sequence[tuple[int, str, Sequence[MediaNamed]]]) -> Iterator[tuple[int, str]]:
        """Yield (line, sentence) for each file that cannot be used; ``named`` as (line, place in it, files)."""
        lines = [(number, _post_line("", media)) for number, _, media in named]
        places = [place for _, place, _ in named]
        for (number, line), place in zip(lines, places, strict=True):
            for found in self._references.problems([(number, line)]):
                yield number, f"{place}.{found.path.replace('parts', 'media')}: {found.message}"

    def keep(
        self, wanted: Sequence[Sequence[MediaNamed]], *, harms: Mapping[int, tuple[int, tuple[str, ...]]]
    ) -> list[uuid.UUID]:
        """Return a post for each list of files, the same for the same files; in the caller's transaction.

        Parameters
        ----------
        harms
            What is said of the harm in them, by place in ``wanted``: severity 0 to 4, and kinds.
        """
        lines = [_post_line("", media) for media in wanted]
        self._references.resolve(lines)
        names = [f"{_NAME}{content_hash(line, self._references)}" for line in lines]
        Post.objects.bulk_create(
            (
                Post(
                    project_id=self._project_id,
                    external_id=name,
                    content_sha256=name.removeprefix(_NAME),
                    is_material=True,
                )
                for name in dict.fromkeys(names)
            ),
            ignore_conflicts=True,
        )
        rows = Post.objects.filter(project_id=self._project_id, external_id__in=names, is_material=True)
        held = dict(rows.values_list("external_id", "pk"))
        line_of = dict(zip(names, lines, strict=True))
        Part.objects.bulk_create(
            (
                Part(
                    post_id=held[name],
                    position=position,
                    kind=part["kind"],
                    label=part.get("label", ""),
                    asset_id=self._references.asset_id(part["asset"]),
                )
                for name, line in line_of.items()
                for position, part in enumerate(line["parts"])
            ),
            ignore_conflicts=True,
        )
        found = [held[name] for name in names]
        stated = {found[place]: harm for place, harm in harms.items()}
        if stated:
            publish(HarmStated(project_id=self._project_id, harms=stated))
        return found


def _post_line(name: str, media: Sequence[MediaNamed]) -> PostLine:
    parts: list[PartLine] = [PartLine(**one) for one in media]  # type: ignore[typeddict-item]
    return PostLine(external_id=name, parts=parts)
