"""YAML from strangers: plain data only, no references that multiply, no depth that overflows."""

from __future__ import annotations

from typing import Any

import yaml

MOST_CHARACTERS = 1_000_000
MOST_NODES = 20_000
DEEPEST = 20


class YamlRefusedError(ValueError):
    """YAML that is not read, in a sentence without its full stop."""


def yaml_read(text: str) -> Any:
    """Return the data of one YAML document.

    Raises
    ------
    YamlRefusedError
        When it is too long, too deep, too large, or holds aliases (``*name``), whose copies can outgrow any limit.
    yaml.YAMLError
        When it is no YAML, with the line.
    """
    if len(text) > MOST_CHARACTERS:
        raise YamlRefusedError(f"it is longer than {MOST_CHARACTERS} characters")
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, yaml.AliasEvent):
            raise YamlRefusedError(f"line {line} refers to another place with *{event.anchor}; write it out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise YamlRefusedError(f"line {line} is nested deeper than {DEEPEST} levels")
        if nodes > MOST_NODES:
            raise YamlRefusedError(f"it holds more than {MOST_NODES} entries")
    return yaml.safe_load(text)
