"""ROOST's harm taxonomy as clauses: one a category, its subcategories below, the severity scale on each."""

from __future__ import annotations

from typing import Any

import yaml

from policies.domain.clause_documents import BlockType
from policies.domain.importing.clause_draft import ClauseDraft, Ruled
from policies.domain.importing.example_texts import FoundExample
from policies.domain.importing.planning import Planned
from policies.domain.importing.proposal import Note, NoteKind
from policies.domain.importing.sources import Source
from policies.domain.importing.yaml_reading import YamlRefusedError, yaml_read

MOST_CATEGORIES = 300


def taxonomy_planned(source: Source, notes: list[Note]) -> list[Planned]:
    """Return the categories of a taxonomy as clauses; empty, with a note, when the file is none."""
    try:
        data = yaml_read(source.text)
    except YamlRefusedError as error:
        notes.append(Note(NoteKind.PROBLEM, f"This YAML is not read: {error}.", source.name))
        return []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is no YAML"
        line = mark.line + 1 if mark is not None else 0
        notes.append(Note(NoteKind.PROBLEM, f"This YAML cannot be read: {problem}.", source.name, line))
        return []
    categories = data.get("categories") if isinstance(data, dict) else None
    if not isinstance(categories, dict) or not all(isinstance(row, dict) for row in categories.values()):
        notes.append(
            Note(
                NoteKind.LEFT_OUT,
                "It describes no harms: a taxonomy has “categories”, each with a description.",
                source.name,
            )
        )
        return []
    scale = data.get("severity_scale")
    grades = {str(name): str(text) for name, text in scale.items()} if isinstance(scale, dict) else {}
    left = [str(name) for name in data if name not in ("categories", "severity_scale", "meta")]
    if left:
        notes.append(
            Note(
                NoteKind.LEFT_OUT,
                f"What says how cases are routed stays out: {', '.join(left)}.",
                source.name,
            )
        )
    return [
        _category(source, str(name), row, grades=grades)
        for name, row in list(categories.items())[:MOST_CATEGORIES]
    ]


def _category(source: Source, name: str, row: dict[str, Any], *, grades: dict[str, str]) -> Planned:
    draft = ClauseDraft(_title(name), source.name, _line(source, name))
    draft.add(BlockType.DEFINITION, str(row.get("description") or "").strip())
    draft.grades = [
        f"{grade.capitalize()}: {text}" for grade, text in list(grades.items())[:20] if grade != "info"
    ]
    default = str(row.get("default_severity") or "")
    if default:
        worth = f" ({grades[default]})" if default in grades else ""
        draft.add(BlockType.INTERPRETATION, f"Severity unless the post says otherwise: {default}{worth}.")
    actions = row.get("default_actions")
    if isinstance(actions, list):
        draft.add(
            BlockType.INTERPRETATION,
            f"Usual actions: {', '.join(str(a).replace('_', ' ') for a in actions)}.",
        )
    examples = row.get("platform_examples")
    if isinstance(examples, dict):
        for platform, text in examples.items():
            found = FoundExample(str(text), "yes", f"On {str(platform).capitalize()}", draft.line)
            draft.examples.append(Ruled(found, is_covered=True))
    children = []
    below = row.get("subcategories")
    if isinstance(below, dict):
        for child_name, text in below.items():
            child = ClauseDraft(
                f"{draft.title}: {_title(str(child_name))}", source.name, _line(source, str(child_name))
            )
            child.add(BlockType.DEFINITION, str(text).strip())
            child.grades = list(draft.grades)
            children.append(Planned(child))
    known = {
        "id",
        "description",
        "default_severity",
        "default_actions",
        "platform_examples",
        "subcategories",
        "applies_to_target_kinds",
        "default_queue",
    }
    for field, value in row.items():
        if field not in known and isinstance(value, str | int | float):
            draft.add(BlockType.INTERPRETATION, f"{_title(str(field))}: {value}")
    return Planned(draft, children)


def _title(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _line(source: Source, name: str) -> int:
    for number, text in enumerate(source.text.split("\n"), start=1):
        if text.strip().startswith(f"{name}:"):
            return number
    return 1
