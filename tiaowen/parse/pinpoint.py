"""Printed places (第十四条、第十五条第二款至第四款, 前款, 本章) -> eids of a document; all of a list or nothing.

Guarantees: every eid returned exists; a list of which one place is missing, or that reads two ways, gives nothing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tiaowen import eid as eids
from tiaowen.model import Document, Provision
from tiaowen.numerals import to_int
from tiaowen.rules import compiled, rows

Path = tuple[tuple[str, str], ...]
LEVELS = {"编": "prt", "章": "chp", "节": "sec", "条": "art", "款": "para", "项": "item", "目": "point", "部分": "l1"}
_RANK = {level: rank for rank, level in enumerate(("l1", "prt", "chp", "sec", "art", "para", "item", "point"))}
_RANGE = re.compile(r"[至到—–－-]")
_LONGEST_RANGE = 200


def place_at(text: str, start: int) -> re.Match[str] | None:
    """Return the match of one place (第十四条) at `start`."""
    return compiled(rows("references", "place")[0]["pattern"]).match(text, start)


def list_end(text: str, start: int) -> int:
    """Return where the list of places that begins at `start` ends; `start` itself where there is none."""
    end = start
    found = place_at(text, start)
    while found:
        end = found.end()
        found = place_at(text, end) or next((m for after, _ in _joins(text, end) if (m := place_at(text, after))), None)
    return end


def _joins(text: str, start: int) -> Iterator[tuple[int, bool]]:
    """Yield (end, is a range) of each joint at `start`."""
    for row in rows("references", "join"):
        found = compiled(row["pattern"]).match(text, start)
        if found:
            yield found.end(), row["id"] == "range"


def reach(words: str, document: Document, *, context: Path = ()) -> tuple[str, ...]:
    """Return the eids that a printed list of places reaches in `document`, below `context` where it begins below an article.

    Empty where one place is missing or the list reads two ways (第十四条、第十五条各款 of a range, 第十四、十五条第二款).
    """
    paths = _Reader(document, context).read(words)
    found = [eid_of(path, document) for path in paths or ()]
    return tuple(dict.fromkeys(e for e in found if e)) if found and all(found) else ()


class _Reader:
    """Reads a list from left to right; `group` holds the paths of the last place."""

    def __init__(self, document: Document, context: Path) -> None:
        self.document, self.context = document, context
        self.done: list[Path] = []
        self.group: list[Path] = []

    def read(self, words: str) -> list[Path] | None:
        """Return every path, or None where the list cannot be read one way."""
        position = 0
        while position < len(words):
            ranged, joined = False, position == 0
            found = place_at(words, position)
            if not found:
                joint = next(((after, r) for after, r in _joins(words, position) if place_at(words, after)), None)
                if joint is None:
                    return None
                joined, ranged = True, joint[1]
                found = place_at(words, joint[0])
            if found is None or not self._take(found, joined=joined, ranged=ranged):
                return None
            position = found.end()
        return [*self.done, *self.group]

    def _take(self, found: re.Match[str], *, joined: bool, ranged: bool) -> bool:
        level = LEVELS[found["unit"]]
        numbers = _numbers(found)
        if not numbers:
            return False
        if ranged:
            return len(numbers) == 1 and self._range(level, numbers[0])
        if not joined:  # 第十四条 + 第二款: deeper, and then only below a single place
            if len(self.group) != 1 or _RANK[level] <= _RANK[self.group[0][-1][0]]:
                return False
            base = self.group[0]
        else:
            last = self.group[-1] if self.group else self.context
            base = tuple(step for step in last if _RANK[step[0]] < _RANK[level]) if level not in ("art", "chp", "prt", "l1") else ()
            self.done += self.group
        self.group = [(*base, (level, number)) for number in numbers]
        return True

    def _range(self, level: str, last: str) -> bool:
        """第十四条至第十六条: what lies between two places of one level and one parent."""
        if len(self.group) != 1 or self.group[0][-1][0] != level:
            return False
        base, first = self.group[0][:-1], self.group[0][-1][1]
        numbers = _between(first, last, [p.number for p in self.document.provisions if p.level == level] if level == "art" else None)
        self.group = [(*base, (level, number)) for number in numbers]
        return bool(numbers)


def _numbers(found: re.Match[str]) -> list[str]:
    """Numbers of one place as eids write them: 14, 14-1, or several for 第十四、十五条 and 第十四至十六条."""
    words = re.sub(r"[（()）\s]", "", found["n"])
    out: list[str] = []
    try:
        for part in re.split("[、和]", words):
            first, *rest = (str(to_int(n)) for n in _RANGE.split(part))
            out += _between(first, rest[0], None) if len(rest) == 1 else [first]
            if len(rest) > 1:
                return []
        if found["sub"]:
            return [f"{out[0]}-{to_int(found['sub'])}"] if len(out) == 1 else []
    except ValueError:
        return []
    return out


def _between(first: str, last: str, printed: Sequence[str] | None) -> list[str]:
    """Numbers from first to last; with `printed`, those in the order of the text (第十四条之一 lies inside)."""
    if printed is not None:
        if printed.count(first) != 1 or printed.count(last) != 1 or printed.index(first) >= printed.index(last):
            return []
        return list(printed[printed.index(first) : printed.index(last) + 1])
    if not (first.isdigit() and last.isdigit()) or not 0 < int(last) - int(first) < _LONGEST_RANGE:
        return []
    return [str(n) for n in range(int(first), int(last) + 1)]


def deeper(words: str, level: str) -> bool:
    """Tell whether a printed list begins below `level`: 第二款 lies below an article, 第三条 does not."""
    place = place_at(words, 0)
    return place is not None and _RANK[LEVELS[place["unit"]]] > _RANK[level]


def eid_of(path: Path, document: Document) -> str | None:
    """Return the one eid that a path names, or None where there is none or more than one."""
    current: str | None = None
    for level, number in path:
        below = [p for p in document.by_number.get((level, number), ())
                 if (current is None or eids.within(p.eid, current) or (level == "art" and _holds(current, p, document)))]
        if len(below) != 1:  # an item without its 款 where two 款 of the article have one (第三项)
            return None
        current = below[0].eid
    return current


def _holds(ancestor: str, provision: Provision, document: Document) -> bool:
    """An article lies in its chapter though its eid does not say so."""
    parent = provision.parent
    while parent:
        if parent == ancestor:
            return True
        parent = document.get(parent).parent
    return False


def path_of(eid: str, level: str, document: Document) -> Path | None:
    """Return the path of the ancestor of `level` (or of `eid` itself), from its article down; None where there is none."""
    current: str | None = eid
    while current:
        provision = document.get(current)
        if provision.level == level:
            return _path(provision, document)
        current = provision.parent
    return None


def _path(provision: Provision, document: Document) -> Path:
    """Steps from the article down; a chapter or section keeps those above it."""
    out = [(provision.level, provision.number)]
    while provision.parent and provision.level not in ("art", "l1"):
        provision = document.get(provision.parent)
        out.append((provision.level, provision.number))
    return tuple(reversed(out))


def near(row: dict[str, Any], count: int, eid: str, document: Document) -> tuple[Path, ...]:
    """Return the paths of 前款, 前两款, 前条, 本条, 本章 as seen from `eid`; empty where they lie outside the text."""
    own = path_of(eid, row["level"], document)
    if own is None:
        return ()
    if row["move"] == "own":
        return (own,)
    provision = eid_of(own, document)
    siblings = [p for p in document.provisions if p.level == row["level"]
                and (row["level"] == "art" or (provision and p.parent == document.get(provision).parent))]
    place = next((i for i, p in enumerate(siblings) if p.eid == provision), -1)
    return tuple(_path(p, document) for p in siblings[place - count : place]) if place >= count else ()
