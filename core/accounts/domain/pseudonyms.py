"""Names for people in everything that leaves a project: random, readable, telling nothing."""

from __future__ import annotations

import random

_FIRST = (
    "amber ashen azure brisk bronze calm cedar clear cobalt coral copper crisp dapper dawn deep eager early fern "
    "flint frost gentle gilded golden grand hazel indigo ivory jade keen linen lucid lunar maple mellow mild misty "
    "noble oaken olive opal pale pearl plain quiet rapid russet sable sandy silver slate solar steady still stone "
    "sunny swift tidal umber velvet violet warm wild willow"
).split()
_SECOND = (
    "badger bittern bunting crane curlew dipper dove dunlin eider falcon finch gannet grebe grouse gull harrier "
    "heron hobby ibis jackdaw kestrel kite lapwing lark linnet magpie martin merlin nuthatch oriole osprey ouzel "
    "owl petrel pipit plover puffin quail rail raven redstart robin rook ruff sandpiper shrike siskin skua snipe "
    "sparrow starling stork swallow swan swift tern thrush tit turnstone twite wagtail warbler whinchat wren"
).split()


def pseudonym_make(source: random.Random) -> str:
    """Return a name such as ``amber-heron-4821``, drawn from ``source``."""
    return f"{source.choice(_FIRST)}-{source.choice(_SECOND)}-{source.randrange(1000, 10000)}"
