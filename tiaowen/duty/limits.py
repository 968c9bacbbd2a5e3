"""Time limits, frequencies, figures and amounts in a stretch of text.

Guarantees: what is found is a slice; nothing inside a decoy (a title, the hours of a day, the length of a penalty)
is found; kinds of limits are number, event, word, year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiaowen.duty.patterns import possible, table_rows
from tiaowen.model import Span


@dataclass(frozen=True, slots=True)
class Found:
    """A slice, the row that found it, and its kind (empty where the section has none)."""

    span: Span
    rule: str
    kind: str = ""


def limits(text: str, start: int, end: int, *, without: Sequence[Span] = ()) -> tuple[Found, ...]:
    """Return the time limits in reading order; an event that lies in `without` (a trigger) still counts."""
    out = []
    for found in _find(text, start, end, "limit"):
        inside = any(s.start <= found.span.start < s.end for s in without)
        if not inside or found.kind == "event":
            out.append(found)
    return _apart(out)


def frequencies(text: str, start: int, end: int, *, without: Sequence[Span] = ()) -> tuple[Found, ...]:
    """Return the frequencies in reading order, the longest where two overlap."""
    found = _find(text, start, end, "frequency")
    return _apart([f for f in found if not any(s.start <= f.span.start < s.end for s in without)])


def figures(text: str, start: int, end: int) -> tuple[Found, ...]:
    """Return target figures in reading order."""
    return _plain(text, start, end, "figure")


def amounts(text: str, start: int, end: int) -> tuple[Found, ...]:
    """Return the ranges of fines in reading order."""
    return _plain(text, start, end, "amount")


def _plain(text: str, start: int, end: int, section: str) -> tuple[Found, ...]:
    return _apart([Found(Span(m.start(), m.end()), row.id)
                   for row in possible("duty_limits", section, text, start, end) for m in row.pattern.finditer(text, start, end)])


def _find(text: str, start: int, end: int, section: str) -> Iterator[Found]:
    """Find what the rows of a section find, outside decoys (a yearly amount of change is one of frequencies only)."""
    rows = [row for row in possible("duty_limits", section, text, start, end) if row.pattern.search(text, start, end)]
    if not rows:
        return
    decoys = [(m.start(), m.end()) for row in table_rows("duty_limits", "decoy")
              if section == "frequency" or not row.values.get("frequency_only")
              for m in row.pattern.finditer(text, start, end)]
    for row in rows:
        for match in row.pattern.finditer(text, start, end):
            if not any(a < match.end() and match.start() < b for a, b in decoys):
                yield Found(Span(match.start(), match.end()), row.id, str(row.values.get("kind", "")))


def _apart(found: list[Found]) -> tuple[Found, ...]:
    """Keep the first of overlapping slices, the longer of two that begin together."""
    out: list[Found] = []
    for one in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if not out or one.span.start >= out[-1].span.end:
            out.append(one)
    return tuple(out)
