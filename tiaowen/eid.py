"""Ids of provisions after Akoma Ntoso's eId, and their order.

| segment | level | example |
|---|---|---|
| prt, chp, sec | 编 章 节 | chp_8__sec_1 |
| head | heading without 编章节 between articles: 一、管辖, 附则 | head_3 |
| art | 条 | art_55, art_14-1 (第十四条之一) |
| para, item, point | 款 项 目 | art_55__para_1__item_3 |
| l1 l2 l3 l4 | 一、 （一） 1. （1） | l1_2__l2_3__l3_9 |
| p | paragraph on a line of its own | l1_1__l2_2__p_3 |
| att | annex | att_1 |
| preamble, notice, colophon | the document's own parts | preamble |

A number printed twice under one parent takes the suffix ~2. A full id is `document#eid`.
"""

import re

LEVELS = ("prt", "chp", "sec", "head", "art", "para", "item", "point", "l1", "l2", "l3", "l4", "p", "att")
PARTS = ("notice", "preamble", "colophon")

_SEGMENT = re.compile(r"(?P<level>[a-z]+[0-9]?)_(?P<number>[0-9]+(?:-[0-9]+)?)(?:~(?P<repeat>[0-9]+))?")


def make(level: str, number: str | int, *, parent: str | None = None, repeat: int = 1) -> str:
    """Return the eid of `level` with the printed `number` below `parent`.

    Raises ValueError for an unknown level.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level: {level!r}")
    own = f"{level}_{number}" + (f"~{repeat}" if repeat > 1 else "")
    return f"{parent}__{own}" if parent else own


def split(eid: str) -> tuple[tuple[str, str], ...]:
    """Return ((level, number), …) from the outermost segment inwards; a part is ((name, ""),).

    Raises ValueError when `eid` is not one.
    """
    if eid in PARTS:
        return ((eid, ""),)
    out = []
    for segment in eid.split("__"):
        match = _SEGMENT.fullmatch(segment)
        if not match or match["level"] not in LEVELS:
            raise ValueError(f"not an eid: {eid!r}")
        repeat = f"~{match['repeat']}" if match["repeat"] else ""
        out.append((match["level"], match["number"] + repeat))
    return tuple(out)


def parent(eid: str) -> str | None:
    """Return the enclosing eid as written in the id itself, None at the top."""
    head, separator, _ = eid.rpartition("__")
    return head if separator else None


def order(eid: str) -> tuple[tuple[int, ...], ...]:
    """Return a sort key: document order for eids of one document without repeats out of place."""
    if eid in PARTS:
        return ((PARTS.index(eid) - 2 if eid != "colophon" else 99,),)
    return tuple(
        (LEVELS.index(level), *(int(part) for part in re.split(r"[-~]", number))) for level, number in split(eid)
    )


def within(eid: str, ancestor: str) -> bool:
    """Tell whether `eid` is `ancestor` or lies below it; art_5 is not an ancestor of art_55."""
    return eid == ancestor or eid.startswith(ancestor + "__")


def join(document: str, eid: str) -> str:
    """Return the world-wide id `document#eid`."""
    return f"{document}#{eid}"


def unjoin(full: str) -> tuple[str, str]:
    """Return (document, eid) of a world-wide id; raises ValueError without exactly one #."""
    document, separator, eid = full.partition("#")
    if not separator or not document or not eid or "#" in eid:
        raise ValueError(f"not a provision id: {full!r}")
    return document, eid
