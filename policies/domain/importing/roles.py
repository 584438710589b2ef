"""What a heading says about the text under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Where the text under a heading belongs."""

    DEFINITION = "definition"
    INCLUDES = "includes"
    EXCLUDES = "excludes"
    INTERPRETATION = "interpretation"
    RATIONALE = "rationale"
    EXAMPLES = "examples"
    COUNTER_EXAMPLES = "counter_examples"
    SEVERITY = "severity"
    LABELS = "labels"
    GROUP = "group"
    AFTERWARDS = "afterwards"
    OTHER = "other"


_ROLES: tuple[tuple[Role, str], ...] = (
    (
        Role.COUNTER_EXAMPLES,
        r"(counter|non)[ -]?examples?|examples? (that are|of what is) (allowed|not covered)",
    ),
    (Role.EXAMPLES, r"examples?( [ivx\d]+\b.*)?|example posts?|cases|edge[ -‑]?cases?( .*)?|test cases?"),
    (
        Role.DEFINITION,
        r"((policy|key|category|core) )?definitions?( of (key )?(terms?|words?))?|definitions? and terms?"
        r"|key terms?|terms|terminology|glossary|goals?|overview|purpose|overview and purpose|scope|summary"
        r"|introduction|description|objective|what (this|it) (is|means|covers)|policy statement|category definitions?",
    ),
    (
        Role.EXCLUDES,
        r"excludes?|exclusions?|exceptions?|exemptions?|avoid when|out of scope|not covered|does not apply( to| when)?"
        r"|(what is |what's )?(allowed|permitted|acceptable)( content| use| examples?)?|valid( content( types)?)?"
        r"|(content that )?does not violate( the)?( policy)?|safe|non[ -](toxic|violating|spam|harmful) ?(content)?"
        r"|do(es)? not violate.*|not violating",
    ),
    (
        Role.INCLUDES,
        r"includes?|inclusions?|use when|applies( to| when)?|signs|indicators|covered"
        r"|(what is |what's )?(not allowed|prohibited|disallowed|forbidden|banned)( content| uses?)?"
        r"|violat(es?|ions?|ing)( the)?( policy)?( content)?|invalid( content( types)?)?|toxic content"
        r"|(you may not|do not|don't)( post)?|we do not allow",
    ),
    (
        Role.LABELS,
        r"label(s|ling)?( format)?|output( labels?| format)?|classification labels?|labels? and output",
    ),
    (Role.SEVERITY, r"severit(y|ies)( levels?| scale)?|levels? of severity|grading|risk levels?"),
    (
        Role.INTERPRETATION,
        r"interpretation.*|how to (read|apply|decide|use|interpret).*|ambigu.*|edge cases|guidance|guidelines?"
        r"|notes?|clarifications?|instructions?|output instructions?|faqs?|frequently asked questions|escalation"
        r"|always respond as follows|context|considerations|key considerations|decision rules?|tie[ -]?break.*",
    ),
    (Role.RATIONALE, r"(policy )?rationale|why( .*)?|background|motivation|reasoning|intent|principles?"),
    (
        Role.GROUP,
        r"criteria|(content )?classification rules|rules|policy|policies|definitions? of labels?|categories|labels",
    ),
    (
        Role.AFTERWARDS,
        r"(.* )?appeals?( and .*)?|reinstatements?|enforcement.*|consequences.*|what happens (if|when) .*"
        r"|report(ing)?( .*)?|how to report.*|contact( us)?|acknowledge?ments?|licen[cs]es?|attribution|credits?"
        r"|references?|see also|further reading|resources|changelog|version history|revision history"
        r"|legal (notices?|rights)|transparency|contributing|limitations|what if something or someone offends you",
    ),
)
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)

_PARENS = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[IVXivx]{1,5}[.)]|[A-Za-z][.)])\s+")


def bare_title(title: str) -> str:
    """Return a heading without its number and the mark at its end."""
    bare = _NUMBER.sub("", title).strip(" :?.#")
    return bare.capitalize() if bare.isupper() and " " in bare else bare


def role_of(title: str) -> Role:
    """Return what the heading ``title`` says about its text; `Role.OTHER` when it names a subject of its own."""
    bare = bare_title(title).lower().replace("’", "'")
    for text in (bare, _PARENS.sub("", bare)):
        for role, pattern in _COMPILED:
            if pattern.fullmatch(text):
                return role
    return Role.OTHER


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a heading defines: ``DC1`` of “Promotion (DC1 - Promotion)”.

    ``title`` is what the label is called; ``is_harmful`` is ``None`` where the heading does not tell.
    """

    code: str
    title: str
    is_harmful: bool | None

    @property
    def value(self) -> str:
        """The code as the value of an answer."""
        return re.sub(r"[^a-z0-9]+", "-", self.code.lower()).strip("-")


_IN_PARENS = re.compile(r"\(\s*([A-Z][A-Z]{0,7}\.?\d{1,2})\s*[-–—:]\s*([^()]*)\)")
_AT_START = re.compile(r"^([A-Z]{2,8}\.?\d{1,2})\s*[:–—-]\s+(.+)$")
_LABEL_IS = re.compile(r"\(labels?:\s*([^()]{1,40})\)", re.IGNORECASE)
_HARMLESS = re.compile(
    r"\b(allowed|permit(ted)?|valid|safe|benign|acceptable|non[- ]?\w+|not|exceptions?|informational)\b",
    re.IGNORECASE,
)


def label_of(title: str, *, parent: str = "") -> Label | None:
    """Return the label a heading defines, or ``None``; the heading above helps to tell harm."""
    found = _IN_PARENS.search(title)
    if found:
        name = title[: found.start()].strip(" :")
        detail = found.group(2).strip()
        called = f"{name}: {detail}" if detail and detail.lower() not in name.lower() else name or detail
        return Label(found.group(1), called, _harm(found.group(1), title, parent))
    found = _AT_START.match(title)
    if found:
        return Label(
            found.group(1), found.group(2).strip(" ."), _harm(found.group(1), found.group(2), parent)
        )
    found = _LABEL_IS.search(title)
    if found:
        code = found.group(1).strip().strip("`'\"")
        name = title[: found.start()].strip(" :")
        return Label(code, name, _harm(code, name, parent))
    return None


def _harm(code: str, title: str, parent: str) -> bool | None:
    if role_of(parent) is Role.EXCLUDES:
        return False
    if role_of(parent) is Role.INCLUDES:
        return True
    if re.search(r"(^|\D)0+$", code):
        return False
    return not _HARMLESS.search(title)


def harm_of_name(name: str) -> bool:
    """Tell whether an answer called ``name`` speaks of harm; used where a table only names its labels."""
    if re.fullmatch(r"(no|n|false|0|ok|none|clean|pass|neutral|ham)", name.strip(), re.IGNORECASE):
        return False
    if re.search(r"(^|[^\d.])0+$", name.strip()):
        return False
    return not _HARMLESS.search(name.replace("_", " "))


_COPE = re.compile(r"^\(([A-Z][A-Z0-9_-]{0,15})\)\s+(.+)$")
_SIDES = re.compile(
    r"^(.+?)\s*[-–—:]\s*(violat(?:es|ion|ing)|invalid|unsafe|not allowed|safe|valid|allowed|non-violating)$",
    re.IGNORECASE,
)


def labelled_clause(title: str) -> tuple[str, str] | None:
    """Return (code, title) of a heading such as “(DRUGS) Drugs”, which names one label with both its sides."""
    found = _COPE.match(title)
    return (found.group(1), found.group(2).strip()) if found else None


def side_of(title: str) -> tuple[str, bool] | None:
    """Return (subject, covered) of a heading such as “S (Sexual) – VIOLATES”."""
    found = _SIDES.match(title)
    if not found:
        return None
    side = found.group(2).lower()
    return found.group(1).strip(), side.startswith(("violat", "invalid", "unsafe", "not allowed"))


_GRADES = re.compile(
    r"\b(low|mild|minor|medium|moderate|high|severe|serious|critical|strong|weak|maximum|extreme)\b",
    re.IGNORECASE,
)


def is_graded(titles: list[str]) -> bool:
    """Tell whether labels are steps of one scale: at least two, and each but one names a grade."""
    graded = [title for title in titles if _GRADES.search(title)]
    return len(graded) >= 2 and len(graded) >= len(titles) - 1
