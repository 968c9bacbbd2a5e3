"""Where duties can stand in a document, and the sentences and pieces of those places.

Guarantees: every offset is one of the clean text; sentences of a region do not overlap and stand in order; a piece
holds no comma of its own level (one inside 《》, （） or “” does not cut).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tiaowen.duty.patterns import table_rows
from tiaowen.model import Document, Provision, Span
from tiaowen.parse.document import NUMBERED, is_unit

_CLOSED = re.compile(r"《[^《》\n]*》|（[^（）\n]*）|\([^()\n]*\)|“[^“”\n]*”|【[^【】\n]*】")
_END = re.compile(r"[。；;！？!?\n]")
_COMMA = re.compile(r"[，,]")
_COUNTED = re.compile(r"[一二三四五六七八九十]是")


@dataclass(frozen=True, slots=True)
class Region:
    """Running text of one place: `unit` and `at` are eids, `chapeau` the eid that announces an item."""

    unit: Provision
    at: str
    span: Span
    statute: bool
    chapeau: str | None = None
    goal: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words up to 。 or ；; `carried` after a ；: the subject may stand before it."""

    start: int
    end: int
    carried: bool
    pieces: tuple[Span, ...]


def regions(document: Document) -> Iterator[Region]:
    """Yield the places of a document whose words can set duties, in document order."""
    by_eid = {p.eid: p for p in document.provisions}
    units = {p.eid for p in document.provisions if is_unit(p, document)}
    for provision in document.provisions:
        unit = _unit(provision, by_eid, units)
        if unit is None:
            continue
        kind = _passage(provision, by_eid, document)
        span = _words(provision, document, unit)
        if kind == "general" or span is None:
            continue
        chapeau = provision.parent if provision.level in ("item", "point") else None
        yield Region(unit, provision.eid, span, unit.level not in NUMBERED, chapeau, kind == "goal")


def _unit(provision: Provision, by_eid: dict[str, Provision], units: set[str]) -> Provision | None:
    current: Provision | None = provision
    while current is not None:
        if current.eid in units:
            return current
        current = by_eid[current.parent] if current.parent else None
    return None


def _passage(provision: Provision, by_eid: dict[str, Provision], document: Document) -> str:
    """Say whether the headings above make the words general (指导思想), goals (总体目标) or tasks."""
    found = "task"
    current: Provision | None = provision
    while current is not None:
        heading = re.sub(r"\s", "", document.cut(current.heading)) if current.heading else ""
        if any(row.pattern.search(heading) for row in table_rows("duty_modality", "section")):
            return "general"
        if any(row.pattern.search(heading) for row in table_rows("duty_modality", "goal")):
            found = "goal"
        current = by_eid[current.parent] if current.parent else None
    return found


def _words(provision: Provision, document: Document, unit: Provision) -> Span | None:
    """The own words of a place without label, heading, unit line and tail."""
    text = document.clean.text
    start, end = provision.own.start, provision.own.end
    if provision.heading:
        start = provision.heading.end
        start += len(text[start:end]) - len(text[start:end].lstrip("】。 \t　"))
    elif provision.label:
        start = text.index(provision.label, start) + len(provision.label)
    listed = unit.units.span.start if unit.units else None
    if listed is not None and start <= listed < end:
        opened = text[listed - 1] in "（("
        end = listed - 1 if opened else max(start, text.rfind("\n", start, listed))
    return Span(start, end) if text[start:end].strip() else None


def sentences(text: str, span: Span) -> Iterator[Sentence]:
    """Yield the sentences of a span, each with its pieces between commas."""
    closed = [(m.start(), m.end()) for m in _CLOSED.finditer(text, span.start, span.end)]
    start, carried = span.start, False
    for stop in [*_marks(_END, text, span, closed), span.end]:
        end = min(stop + 1, span.end)
        trimmed = _strip(text, start, end)
        if trimmed and text[trimmed.start : trimmed.end].strip("。；;！？!?"):
            yield Sentence(trimmed.start, trimmed.end, carried, _pieces(text, trimmed, closed))
            carried = text[trimmed.end - 1] in "；;"
        start = end


def run_in_headings(text: str, cut: Sequence[Sentence]) -> frozenset[Sentence]:
    """Return the sentences of a plan that only head the next: 减少儿童留守现象。定期会商…，….

    Assumption `run-in`: such headings come in series, hold no comma and are a third as long as what follows, at most.
    """
    row = table_rows("duty_modality", "run_in")[0]
    found = [one for one, after in pairwise(cut)
             if row.pattern.match(text[one.start : one.end]) and after.end - after.start >= 3 * (one.end - one.start)]
    return frozenset(found) if len(found) > 1 else frozenset()


def _marks(pattern: re.Pattern[str], text: str, span: Span, closed: list[tuple[int, int]]) -> list[int]:
    return [m.start() for m in pattern.finditer(text, span.start, span.end)
            if not any(a < m.start() < b for a, b in closed)]


def _pieces(text: str, span: Span, closed: list[tuple[int, int]]) -> tuple[Span, ...]:
    out, start = [], span.start
    for stop in [*_marks(_COMMA, text, span, closed), span.end]:
        piece = _strip(text, start, stop, extra="。；;！？!?：:")
        if piece:
            counted = _COUNTED.match(text, piece.start, piece.end)
            out.append(Span(counted.end(), piece.end) if counted else piece)
        start = stop + 1
    return tuple(out)


def _strip(text: str, start: int, end: int, *, extra: str = "") -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return Span(start, end) if end > start else None
