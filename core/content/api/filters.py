from __future__ import annotations

from django.http import QueryDict

from core.content.models import PartKind
from core.content.selectors import PostFilter
from core.errors import InvalidFieldsError

_SINGLE = ("kind", "language", "source", "group_key", "text")
_PAGING = ("cursor", "page_size")
_LONGEST = 200
_MOST_NAMES = 200


def post_filter(query: QueryDict) -> PostFilter:
    """Read the filter of a list of posts from a literal table of names.

    Raises
    ------
    InvalidFieldsError
        When a name is not in the table, stands twice, or its value cannot be meant.
    """
    wrong: list[dict[str, str]] = []
    for name, values in query.lists():
        if name not in (*_SINGLE, *_PAGING, "external_id"):
            wrong.append({"path": str(name)[:80], "message": "Posts cannot be filtered by this."})
        elif name == "external_id" and len(values) > _MOST_NAMES:
            wrong.append({"path": name, "message": f"Ask for at most {_MOST_NAMES} names at once."})
        elif name in _SINGLE and len(values) > 1:
            wrong.append({"path": name, "message": "This stands twice."})
        elif any(len(value) > _LONGEST or "\x00" in value for value in values) and name != "cursor":
            wrong.append(
                {"path": name, "message": f"This is longer than {_LONGEST} characters or holds a NUL."}
            )
    kind = query.get("kind") or None
    if kind is not None and kind not in PartKind.values:
        wrong.append({"path": "kind", "message": f"This must be one of {', '.join(PartKind.values)}."})
    if wrong:
        raise InvalidFieldsError(wrong)
    return PostFilter(
        kind=kind,
        language=query.get("language") or None,
        source=query.get("source") or None,
        group_key=query.get("group_key") or None,
        text=query.get("text") or None,
        external_ids=tuple(query.getlist("external_id")),
    )
