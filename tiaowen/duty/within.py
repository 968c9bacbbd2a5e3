"""References inside one text: 第十四条、第十五条规定, 前款, 本章, 本办法 -> ids.

Guarantees: every id exists in the document; what cannot be read or is not there gives no id.
"""

import re
from collections.abc import Iterator

from tiaowen.duty.patterns import any_of, table_rows
from tiaowen.eid import join
from tiaowen.model import Document, Provision, Span
from tiaowen.numerals import to_int

_N = "[零〇一二两三四五六七八九十百千0-9]{1,8}"
_NUMBERED = re.compile(f"第(?P<number>{_N})(?P<level>[编章节条款项])(?:之(?P<sub>[一二三四五六七八九十]{{1,3}}))?"
                       f"(?:第(?P<para>{_N})款)?(?:第(?P<item>{_N})项)?")
_LEVELS = {"编": "prt", "章": "chp", "节": "sec", "条": "art", "款": "para", "项": "item"}


def extended(document: Document, at: str, span: Span) -> tuple[str, ...]:
    """Return the ids of the provisions or headings that a 参照 clause takes over; empty where it has none."""
    text = document.clean.text
    if not any_of("duty_relations", "by_reference").search(text, span.start, span.end):
        return ()
    found = [m for row in table_rows("duty_relations", "by_reference") for m in row.pattern.finditer(text, span.start, span.end)]
    return tuple(dict.fromkeys(join(document.meta.id, eid) if eid else document.meta.id
                               for m in found for eid in cited(document, at, Span(m.start(), m.end()))))


def cited(document: Document, at: str, span: Span) -> Iterator[str]:
    """Yield the eids that the words of a span reach, "" for the whole text (本办法)."""
    words = document.cut(span)
    if _NUMBERED.search(words):
        known = {p.eid for p in document.provisions}
        yield from (eid for eid in _numbered(document, at, words) if eid in known)
        return
    for row in table_rows("duty_relations", "internal"):
        if row.pattern.search(words):
            yield from _relative(document, at, str(row.values["reach"]))
            return


def _numbered(document: Document, at: str, words: str) -> Iterator[str]:
    """Ids of 第十四条第二款、第三款和第十五条: a 款 alone belongs to the article before it, to the own one after 本条."""
    article = _container(document, at, "art")
    for match in _NUMBERED.finditer(words):
        number, level = to_int(match["number"]), _LEVELS[match["level"]]
        suffix = f"-{to_int(match['sub'])}" if match["sub"] else ""
        if level == "art":
            article = f"art_{number}{suffix}"
            yield _deeper(article, match["para"], match["item"])
        elif level in ("para", "item"):
            own = (match["number"], match["item"]) if level == "para" else (None, match["number"])
            yield _deeper(article, *own) if article else ""
        else:
            chapter = _container(document, at, "chp") if level == "sec" else None
            yield f"{chapter}__sec_{number}" if chapter else f"{level}_{number}"


def _deeper(article: str, para: str | None, item: str | None) -> str:
    """An article has a first 款 also where none is counted: 第五十五条第三项 is in it."""
    if item:
        return f"{article}__para_{to_int(para) if para else 1}__item_{to_int(item)}"
    return f"{article}__para_{to_int(para)}" if para else article


def _relative(document: Document, at: str, reach: str) -> Iterator[str]:
    if reach == "text":
        yield ""
    elif reach in ("chp", "sec"):
        eid = _container(document, at, reach)
        if eid:
            yield eid
    else:
        yield from _before(document, at, *reach.split("-"))


def _before(document: Document, at: str, level: str, count: str = "0") -> Iterator[str]:
    """The own 条, 款 (count 0) or the ones before it: 前款, 前两款, 前条."""
    own = _container(document, at, level)
    if own is None:
        return
    above = document.get(own).parent
    same = [p.eid for p in document.provisions if p.level == level and (level == "art" or p.parent == above)]
    place = same.index(own)
    yield from same[max(0, place - int(count)) : place] if int(count) else [own]


def _container(document: Document, at: str, level: str) -> str | None:
    current: Provision | None = document.get(at)
    while current is not None:
        if current.level == level:
            return current.eid
        current = document.get(current.parent) if current.parent else None
    return None
