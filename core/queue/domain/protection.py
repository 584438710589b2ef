"""What an organization, a project and a person can set so that people are not harmed by what they look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.queue.domain.harm import MOST, OTHER, SEVERE, keys_between

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
AnySlug = Annotated[str, Field(pattern=r"^$|^[a-z][a-z_]{0,39}$")]
Severity = Annotated[int, Field(ge=0, le=MOST)]
Address = Annotated[str, Field(pattern=r"^[^\s@]+@[^\s@]+$", max_length=254)]
Words = Annotated[str, Field(max_length=2000)]
_NEVER_ASKS = MOST + 1


class _Setting(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Cover(_Setting):
    """How a post is shown until it is revealed, and after.

    Attributes
    ----------
    blur
        0 sharp to 100 nothing to be made out.
    size
        Percent of the room there is.
    rate
        Speed of playing.
    """

    covered: bool = True
    blur: Annotated[int, Field(ge=0, le=100)] = 100
    grey: bool = True
    muted: bool = True
    paused: bool = True
    text_covered: bool = False
    size: Annotated[int, Field(ge=25, le=100)] = 100
    rate: Annotated[float, Field(ge=0.25, le=2.0, strict=False)] = 1.0


class PartialCover(_Setting):
    """A cover with what was left to the organization as ``None``."""

    covered: bool | None = None
    blur: Annotated[int, Field(ge=0, le=100)] | None = None
    grey: bool | None = None
    muted: bool | None = None
    paused: bool | None = None
    text_covered: bool | None = None
    size: Annotated[int, Field(ge=25, le=100)] | None = None
    rate: Annotated[float, Field(ge=0.25, le=2.0, strict=False)] | None = None


class CoverRow(Cover):
    """The cover of a category (all where empty) from a severity on."""

    category: AnySlug = ""
    severity: Severity


class OwnCoverRow(PartialCover):
    """What a person wants for a category from a severity on."""

    category: AnySlug = ""
    severity: Severity


class Category(_Setting):
    """A kind of harm; posts in it from ``consent_from`` on go only to those who agreed. 5 asks nobody."""

    key: Slug
    name: Annotated[str, Field(min_length=1, max_length=60)]
    consent_from: Annotated[int, Field(ge=0, le=_NEVER_ASKS)] = SEVERE


class Budget(_Setting):
    """At most so much of a category (all where empty) from a severity on within a rolling hour, day or week.

    ``points`` are seconds times severity.
    """

    per: Literal["hour", "day", "week"]
    category: AnySlug = ""
    severity_from: Severity = SEVERE
    unit: Literal["items", "seconds", "points"]
    limit: Annotated[int, Field(ge=0, le=1_000_000)]


class Spacing(_Setting):
    """After so many severe posts on end come so many of severity ``benign_most`` or less; after each a cool-down."""

    severe_in_a_row: Annotated[int, Field(ge=1, le=20)] = 3
    then_benign: Annotated[int, Field(ge=1, le=20)] = 1
    benign_most: Annotated[int, Field(ge=0, le=SEVERE - 1)] = 1
    cool_down_seconds: Annotated[int, Field(ge=0, le=3600)] = 0


class Link(_Setting):
    """An address outside, with its name."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    url: Annotated[str, Field(pattern=r"^(https?://|mailto:|tel:)[^\s\x00]+$", max_length=500)]


class Support(_Setting):
    """Whom to turn to, in one language."""

    locale: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    text: Words = ""
    contact: Annotated[str, Field(max_length=300)] = ""
    links: Annotated[list[Link], Field(max_length=20)] = []


class CheckIns(_Setting):
    """Whether people are asked how they are, how often, and in which words.

    ``readers`` are the addresses of those who may read the sums; no role brings that with it.
    """

    is_on: bool = False
    every_days: Annotated[int, Field(ge=1, le=90)] = 7
    question: Annotated[str, Field(max_length=300)] = "How are you doing with this work?"
    readers: Annotated[
        list[Annotated[str, Field(pattern=r"^[^\s@]+@[^\s@]+$", max_length=254)]], Field(max_length=20)
    ] = []


class Expected(_Setting):
    """What a post of the project counts as while nothing is known about it."""

    severity: Severity = 1
    categories: Annotated[list[Slug], Field(max_length=20)] = []


class ClauseCategory(_Setting):
    """The category of harm that a clause is about."""

    clause_key: Annotated[str, Field(min_length=1, max_length=64)]
    category: Slug


class Prediction(_Setting):
    """The model whose word on a clause counts as harm while people said nothing; ``version`` empty is the newest."""

    clause_key: Annotated[str, Field(min_length=1, max_length=64)]
    model: Annotated[str, Field(min_length=1, max_length=120)]
    version: Annotated[str, Field(max_length=60)] = ""
    confidence_from: Annotated[float, Field(ge=0.5, le=1, strict=False, allow_inf_nan=False)] = 0.9


BreakAfter = Annotated[int, Field(ge=5, le=240)]
BreakLength = Annotated[int, Field(ge=1, le=60)]
Budgets = Annotated[list[Budget], Field(max_length=40)]

_CATEGORIES = [
    Category(key="violence", name="Violence"),
    Category(key="sexual", name="Sexual content"),
    Category(key="hate", name="Hate"),
    Category(key="harassment", name="Harassment"),
    Category(key="self_harm", name="Self-harm"),
    Category(key="child_safety", name="Safety of children", consent_from=1),
    Category(key="extremism", name="Extremism"),
    Category(key=OTHER, name="Not sorted"),
]
_BUDGETS = [
    Budget(per="hour", unit="seconds", limit=45 * 60),
    Budget(per="day", unit="seconds", limit=2 * 3600),
    Budget(per="day", unit="items", limit=400),
    Budget(per="week", unit="seconds", limit=8 * 3600),
]


class OrganizationSettings(_Setting):
    """What holds in all projects of an organization; what is here when nobody set anything."""

    categories: Annotated[list[Category], Field(min_length=1, max_length=40)] = _CATEGORIES
    covers: Annotated[list[CoverRow], Field(max_length=200)] = [
        CoverRow(severity=0),
        CoverRow(severity=2, text_covered=True),
    ]
    budgets: Budgets = _BUDGETS
    break_after_minutes: BreakAfter | None = 60
    break_minutes: BreakLength = 5
    spacing: Spacing = Spacing()
    support: Annotated[list[Support], Field(max_length=40)] = []
    check_ins: CheckIns = CheckIns()

    @model_validator(mode="after")
    def _names_what_it_has(self) -> Self:
        keys = [category.key for category in self.categories]
        if len(set(keys)) != len(keys):
            raise ValueError("A category stands twice")
        if OTHER not in keys:
            raise ValueError(f"The category “{OTHER}” cannot be taken away: it holds what is not sorted")
        _must_be_known([*self.covers, *self.budgets], keys)
        return self


class ProjectSettings(_Setting):
    """What a project adds; it can only be stricter, because every level's rules hold."""

    purpose: Words = ""
    expects: Expected = Expected()
    clauses: Annotated[list[ClauseCategory], Field(max_length=500)] = []
    predictions: Annotated[list[Prediction], Field(max_length=100)] = []
    budgets: Budgets = []
    break_after_minutes: BreakAfter | None = None
    break_minutes: BreakLength | None = None
    spacing: Spacing | None = None

    @model_validator(mode="after")
    def _predicts_what_is_sorted(self) -> Self:
        sorted_keys = {one.clause_key for one in self.clauses}
        trusted = [one.clause_key for one in self.predictions]
        for key in trusted:
            if key not in sorted_keys:
                raise ValueError(f"Say first which kind of harm the clause “{key}” is about")
        if len(set(trusted)) != len(trusted):
            raise ValueError("Two models are trusted for one clause: choose one")
        return self


class Consent(_Setting):
    """Up to which severity a person takes posts of a category; 0 is none of it."""

    category: Slug
    up_to: Severity


class PersonSettings(_Setting):
    """What a person chose for themselves, in all projects."""

    consents: Annotated[list[Consent], Field(max_length=200)] = []
    severity_most: Severity = MOST
    cover: PartialCover = PartialCover()
    covers: Annotated[list[OwnCoverRow], Field(max_length=200)] = []
    budgets: Budgets = []
    break_after_minutes: BreakAfter | None = None
    break_minutes: BreakLength | None = None


def cover_of(
    organization: OrganizationSettings,
    person: PersonSettings,
    *,
    severity: int,
    categories: Iterable[str],
) -> Cover:
    """Return how one post is shown to one person.

    Field by field: the person's row for one of the categories, the gravest that fits first; their general wish;
    else the strictest of the organization's rows that fit.
    """
    named = {"", *categories}
    rows = [row for row in organization.covers if row.category in named and row.severity <= severity]
    own = sorted(
        (row for row in person.covers if row.category in named and row.severity <= severity),
        key=lambda row: (row.category != "", row.severity),
        reverse=True,
    )
    chosen = _strictest(rows).model_dump()
    for wish in [person.cover, *reversed(own)]:
        chosen |= wish.model_dump(exclude_none=True, include=set(Cover.model_fields))
    return Cover(**chosen)


def asked_keys(organization: OrganizationSettings) -> list[str]:
    """Return the harm words that go only to those who agreed."""
    return sorted(
        key
        for category in organization.categories
        for key in keys_between(category.key, category.consent_from)
    )


def consent_keys(consents: Iterable[Consent]) -> tuple[list[str], list[str]]:
    """Return the harm words a person takes and those they do not, of the categories they chose about."""
    accepted = [key for one in consents for key in keys_between(one.category, 1, one.up_to)]
    refused = [key for one in consents for key in keys_between(one.category, one.up_to + 1)]
    return sorted(accepted), sorted(refused)


def stricter_spacing(one: Spacing, other: Spacing | None) -> Spacing:
    """Return what keeps to both."""
    if other is None:
        return one
    return Spacing(
        severe_in_a_row=min(one.severe_in_a_row, other.severe_in_a_row),
        then_benign=max(one.then_benign, other.then_benign),
        benign_most=min(one.benign_most, other.benign_most),
        cool_down_seconds=max(one.cool_down_seconds, other.cool_down_seconds),
    )


def counted_from(budgets: Iterable[Budget]) -> int:
    """Return the lowest severity at which handing a post out spends some budget; 5 when none counts items."""
    return min((one.severity_from for one in budgets if one.unit == "items"), default=_NEVER_ASKS)


def _strictest(rows: Iterable[Cover]) -> Cover:
    known = list(rows)
    if not known:
        return Cover()
    return Cover(
        covered=any(row.covered for row in known),
        blur=max(row.blur for row in known),
        grey=any(row.grey for row in known),
        muted=any(row.muted for row in known),
        paused=any(row.paused for row in known),
        text_covered=any(row.text_covered for row in known),
        size=min(row.size for row in known),
        rate=min(row.rate for row in known),
    )


def _must_be_known(rows: Iterable[CoverRow | Budget], keys: list[str]) -> None:
    for row in rows:
        if row.category and row.category not in keys:
            raise ValueError(f"There is no category “{row.category}”")
