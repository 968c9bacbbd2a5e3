"""Stages and versions of one work: which texts belong together, which one replaced which.

Texts are joined by the key `work` of meta.toml. That a text which replaced another is held here is never written down: it is
found anew whenever an index is opened.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tiaowen.model import Document, Meta, Successor
from tiaowen.parse.own_title import kind_of
from tiaowen.parse.titles import folded_title, same_title

_KIND = re.compile(r"(?:若干|实施|暂行|试行)?(?:条例|办法|规定|细则|规则|意见|方案|决定|规划|计划)(?:\((?:试行|暂行)\))?$")
_ROUND = re.compile(r"\((?:试行|暂行)\)$")
REVISING = re.compile(r"修订|修正|修改")


def version_day(meta: Meta) -> date | None:
    """Return the day that tells versions of a text apart: the last amendment, else adoption, issue, coming into force."""
    dates = meta.dates
    return dates.amended or dates.adopted or dates.issued or dates.in_force


def others(meta: Meta, held: Iterable[Meta]) -> tuple[Meta, ...]:
    """Return the other texts of the same work, drafts first, then by their day."""
    found = [m for m in held if meta.work and m.work == meta.work and m.id != meta.id]
    return tuple(sorted(found, key=lambda m: (m.stage is None, str(version_day(m) or ""), m.id)))


def same_work(one: Meta, other: Meta) -> bool:
    """Tell whether two texts print one title and have one place, or one is named as the successor of the other."""
    if one.region and other.region and one.region != other.region:
        return False
    if any(a.successor and same_title(a.successor.title, b.title) for a, b in ((one, other), (other, one))):
        return True
    plain = [_ROUND.sub("", folded_title(m.title)) for m in (one, other)]
    return plain[0] == plain[1] and bool(one.region or other.region or kind_of(one.title))


def like_work(one: Meta, other: Meta) -> bool:
    """Tell whether two titles differ in the word for the kind of text only (办法, 若干规定): a person must say whether they belong together."""
    if one.region and other.region and one.region != other.region:
        return False
    first, second = (_KIND.sub("", folded_title(m.title)) for m in (one, other))
    return first == second and len(first) >= 6 and not same_work(one, other)


def with_held_successors(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents, each successor that is held here with its document id."""
    finals: dict[str, list[Meta]] = {}
    for document in documents:
        if document.meta.stage is None:
            finals.setdefault(folded_title(document.meta.title), []).append(document.meta)
    return tuple(_with_held(document, finals) for document in documents)


def _with_held(document: Document, finals: dict[str, list[Meta]]) -> Document:
    later = document.meta.successor
    if later is None:
        return document
    fitting = [m for m in finals.get(folded_title(later.title), ()) if m.id != document.meta.id]
    one = _named_one(later, document.meta, fitting)
    if one is None:
        return document
    return replace(document, meta=replace(document.meta, successor=replace(later, document=one.id)))


def _named_one(later: Successor, meta: Meta, fitting: Sequence[Meta]) -> Meta | None:
    """The text of that title that a successor names: by its day, by its day of coming into force, by its work, or the only one."""
    tests = (lambda m: later.adopted and version_day(m) == later.adopted, lambda m: later.in_force and m.dates.in_force == later.in_force,
             lambda m: meta.work and m.work == meta.work, lambda m: len(fitting) == 1)
    return next((found[0] for test in tests if len(found := [m for m in fitting if test(m)]) == 1), None)
