from __future__ import annotations


class RowRefused(Exception):
    """A row breaks a rule that every row of a version must keep."""

    def __init__(self, kind: str, example_id: str, item_id: str, problem: str) -> None:
        super().__init__(f"{kind} row {example_id}: {problem}")
        self.kind, self.example_id, self.item_id, self.problem = kind, example_id, item_id, problem


def require_order(
    last: dict[tuple[str, bool], str], of: tuple[str, bool], example_id: str, item_id: str = ""
) -> None:
    """Refuse what does not come after the last one of its kind; ``of`` says whether it was left out.

    So no identifier stands twice, and versions can be compared by reading them in step.
    """
    require_after(last.get(of, ""), of[0], example_id, item_id)
    last[of] = example_id


def require_after(before: str, kind: str, example_id: str, item_id: str = "") -> None:
    """Refuse a row that does not come after ``before``."""
    if example_id <= before:
        raise RowRefused(kind, example_id, item_id, "it does not come after the row before it.")
