"""A topic across the documents: a cell for each, the provisions that regulate it, or the nearest one and why it does not.

Guarantees: every quote == clean[start:end]; a cell names units, each once, in document order; notice, preamble, colophon, unit
lines and residue never fill a cell; an empty cell is said to be silent.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from tiaowen.ask.duty_json import Wanted, best_frame, duty_json, list_duty
from tiaowen.ask.higher import by_id, higher_law
from tiaowen.ask.query import understand
from tiaowen.ask.quote import LONGEST, deepest
from tiaowen.ask.view import Piece, Unit, View
from tiaowen.compare.topics import Part, Topic, asides, hits, readable
from tiaowen.index.tokens import bigrams, fold
from tiaowen.model import Document, Evidence, HigherLaw
from tiaowen.parse.citation import citation

MOST_QUOTED = 5
SHOWN_LAWS = 3


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision in a cell: its best quote, further sentences of it on the topic, and the duties they set."""

    id: str
    at: str
    citation: str
    quote: str
    span: tuple[int, int]
    more: tuple[Evidence, ...]
    duty: dict[str, Any] | None
    duties: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The provision nearest to a topic that its document does not regulate, and why it is not one."""

    id: str
    citation: str
    why: str
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A document's row of a comparison."""

    document: str
    provisions: tuple[Cited, ...]
    silent: bool
    nearest: Nearest | None
    higher_law: tuple[HigherLaw, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A document ready for comparing: its readable text and the ranges of its units."""

    document: Document
    folded: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    numbers: tuple[int, ...]
    aside: frozenset[int]


@dataclass(frozen=True, slots=True)
class OnTopic:
    """A unit that regulates a topic, with the sentences that do; `whole` where its own heading says so."""

    number: int
    pieces: tuple[Piece, ...]
    whole: bool

    @property
    def sentences(self) -> frozenset[int] | None:
        """Return where the sentences on the topic begin, None where every one is."""
        return None if self.whole else frozenset(p.start for p in self.pieces)


@lru_cache(maxsize=65_536)
def pairs_of(words: str) -> frozenset[str]:
    """Return the character pairs of folded words."""
    return frozenset(bigrams(words))


class Matrix:
    """The documents of a view, cut for comparing on first use."""

    def __init__(self, view: View) -> None:
        """Keep the view; nothing is cut yet."""
        self.view = view
        self._sentences: dict[str, tuple[frozenset[str], ...]] = {}

    def pairs(self, piece: Piece) -> frozenset[str]:
        """Return the character pairs of a sentence."""
        return pairs_of(piece.words)

    def sentences(self, identity: str) -> tuple[frozenset[str], ...]:
        """Return the character pairs of every sentence of a document's units, cut once."""
        if identity not in self._sentences:
            units = [self.view.unit(n) for n in self.places[identity].numbers]
            self._sentences[identity] = tuple(pairs_of(p.words) for unit in units for p in unit.pieces if not p.is_units)
        return self._sentences[identity]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Return every document ready for comparing."""
        units: dict[str, list[int]] = {}
        for number, (document, _) in enumerate(self.view.places):
            units.setdefault(document.meta.id, []).append(number)
        return {d.meta.id: self._place(d, text, units.get(d.meta.id, []))
                for d, text in zip(self.view.generation.documents, self.view.texts, strict=True)}

    def _place(self, document: Document, text: str, numbers: Sequence[int]) -> Place:
        spans = [self.view.places[n][1].full for n in numbers]
        order = sorted(range(len(numbers)), key=lambda i: spans[i].start)
        aside: set[int] = set()
        for p in document.provisions:
            if p.heading and asides().search(fold(document.cut(p.heading))):
                aside |= {n for n, s in zip(numbers, spans, strict=True) if p.full.start <= s.start and s.end <= p.full.end}
        return Place(document, text, readable(text), tuple(spans[i].start for i in order), tuple(spans[i].end for i in order),
                     tuple(numbers[i] for i in order), frozenset(aside))

    def regulating(self, topic: Topic, identity: str) -> tuple[OnTopic, ...]:
        """Return the units of a document that regulate a topic, in document order."""
        place = self.places[identity]
        found: dict[int, tuple[set[Piece], bool]] = {}
        for part in topic.parts:
            for number, pieces, whole in self._of_part(part, place):
                known, was = found.get(number, (set(), False))
                found[number] = (known | pieces, was or whole)
        return tuple(OnTopic(n, tuple(sorted(found[n][0], key=lambda p: p.start)), found[n][1])
                     for n in place.numbers if n in found)

    def _of_part(self, part: Part, place: Place) -> Iterable[tuple[int, set[Piece], bool]]:
        spans = list(hits(part, place.text))
        for number, inside in _grouped(place, spans).items():
            if number in place.aside:
                continue
            pieces, whole = self._pieces(part, self.view.unit(number), inside, place.text)
            if pieces or whole:
                yield number, pieces, whole
        for pattern in part.under:
            for number in _under(pattern, place):
                if number not in place.aside:
                    yield number, set(), True

    def _pieces(self, part: Part, unit: Unit, inside: Sequence[tuple[int, int]], text: str) -> tuple[set[Piece], bool]:
        """The sentences of a unit that the hits stand in; whether one stands in its own heading."""
        heading = unit.provision.heading
        whole = heading is not None and any(heading.start <= a < heading.end for a, _ in inside)
        if whole and part.needs and heading is not None:
            whole = _all(part, text[heading.start : heading.end])
        out = set()
        for piece in unit.pieces:
            if piece.is_units or not any(piece.start <= a < piece.end for a, _ in inside):
                continue
            if not part.needs or _all(part, text[piece.start : piece.end] + piece.lead_words):
                out.add(piece)
        return out, whole

    # -- cells

    def cell(self, topic: Topic, identity: str) -> Cell:
        """Return a document's cell; what is nearest and the higher law are added by `compare`."""
        found = tuple(self._cited(on) for on in self.regulating(topic, identity))
        return Cell(identity, found, not found, None, ())

    def _cited(self, on: OnTopic) -> Cited:
        unit = self.view.unit(on.number)
        own = [p for p in unit.pieces if not p.is_units]
        first = _run(on.pieces, own) if on.pieces else opening(own)
        start, end = (first[0].start, first[-1].end) if first else (unit.provision.own.start, unit.provision.own.end)
        at = deepest(unit, start, end)
        frame = best_frame(unit, start, end, Wanted())
        inside = [f for f in unit.frames if _overlaps(f.start, f.end, on.pieces or first)]
        duty = duty_json(frame, unit) if frame and _overlaps(frame.start, frame.end, first) else None
        return Cited(unit.key, at, citation(at, unit.document), unit.document.clean.text[start:end], (start, end),
                     _more(unit, on.pieces, first), duty or list_duty(unit), tuple(duty_json(f, unit) for f in inside))


def laws_on(topic: Topic, held: Sequence[Document], documents: Sequence[Document]) -> tuple[HigherLaw, ...]:
    """Return what the higher law says on a topic: the pointers of its rows, else those that its words call for."""
    identities = tuple(dict.fromkeys(p for part in topic.parts for p in part.pointers))
    if identities:
        return by_id(identities, held)[:SHOWN_LAWS]
    if topic.curated or not topic.parts:
        return ()
    return higher_law(understand(topic.said, documents=documents), held)[:SHOWN_LAWS]


def _all(part: Part, words: str) -> bool:
    return all(any(word in words for word in group) for group in part.needs)


def number_at(place: Place, offset: int) -> int | None:
    """Return the running number of the unit that holds an offset."""
    i = bisect_right(place.starts, offset) - 1
    return place.numbers[i] if i >= 0 and offset < place.ends[i] else None


def _grouped(place: Place, spans: Iterable[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
    out: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        number = number_at(place, span[0])
        if number is not None:
            out.setdefault(number, []).append(span)
    return out


def _under(pattern: re.Pattern[str], place: Place) -> list[int]:
    """The units below a heading that a pattern is found in, the unit with the heading itself too."""
    found: list[int] = []
    for p in place.document.provisions:
        if p.heading and pattern.search(fold(place.document.cut(p.heading))):
            found += [n for n, start in zip(place.numbers, place.starts, strict=True) if p.full.start <= start < p.full.end]
    return sorted(set(found))


def _overlaps(start: int, end: int, pieces: Sequence[Piece]) -> bool:
    return any(p.start < end and start < p.end for p in pieces)


def opening(own: Sequence[Piece]) -> tuple[Piece, ...]:
    """The first sentences of a unit, up to the length of a quote."""
    run: list[Piece] = []
    for piece in own:
        if run and (piece.end - run[0].start > LONGEST or piece.at != run[0].at):
            break
        run.append(piece)
    return tuple(run)


def _run(found: Sequence[Piece], own: Sequence[Piece]) -> tuple[Piece, ...]:
    """The first sentence on the topic and those that follow it without a gap, up to the length of a quote."""
    order = {p: i for i, p in enumerate(own)}
    run = [found[0]]
    for piece in found[1:]:
        beside = order[piece] == order[run[-1]] + 1 and piece.at == run[0].at
        if not beside or piece.end - run[0].start > LONGEST:
            break
        run.append(piece)
    return tuple(run)


def _more(unit: Unit, found: Sequence[Piece], first: Sequence[Piece]) -> tuple[Evidence, ...]:
    """The words that announce an item, the unit line, and the other sentences on the topic."""
    text, out = unit.document.clean.text, []
    lead = first[0].lead if first else None
    if lead and not (first[0].start <= lead[0] < first[-1].end):
        out.append(Evidence("lead", text[lead[0] : lead[1]], lead, deepest(unit, *lead)))
    for piece in [p for p in found if p not in first][:MOST_QUOTED]:
        out.append(Evidence("further", text[piece.start : piece.end], (piece.start, piece.end), piece.at))
    units = unit.provision.units
    if units:
        span = (units.span.start, units.span.end)
        out.append(Evidence("units", text[span[0] : span[1]], span, unit.provision.eid))
    return tuple(out)

