"""What the read side needs of each unit, cut once and kept: pieces (sentences and items) with their places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tiaowen.ask.places import NATION
from tiaowen.ask.spelling import Spelling, lexicon
from tiaowen.duty.roles import bearers, role_of
from tiaowen.index.dense import Encoder, Floats, StaticEncoder
from tiaowen.index.late import Ints
from tiaowen.index.store import Generation
from tiaowen.index.tokens import fold
from tiaowen.model import Document, DutyFrame, Provision, Span
from tiaowen.parse.citation import path
from tiaowen.parse.document import is_unit

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？]+[”’）」』]*|[^。；！？\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or item of a unit: its place, its folded words, and the announcing words it hangs on."""

    at: str
    start: int
    end: int
    words: str
    lead: tuple[int, int] | None = None
    lead_words: str = ""
    is_units: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit ready for reading: where it stands, its folded words and headings, pieces, frames, and whose own duties these are."""

    document: Document
    provision: Provision
    words: str
    head: str
    pieces: tuple[Piece, ...]
    frames: tuple[DutyFrame, ...]
    roles: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Return the world-wide id."""
        return f"{self.document.meta.id}#{self.provision.eid}"


class View:
    """The units of a generation, in document order; each is cut on first use."""

    def __init__(self, generation: Generation) -> None:
        """Number the units; nothing is cut yet."""
        self.generation = generation
        self.documents = {d.meta.id: d for d in generation.documents}
        self.places: list[tuple[Document, Provision]] = [
            (d, p) for d in generation.documents for p in d.provisions if is_unit(p, d)]
        self.number = {(d.meta.id, p.eid): i for i, (d, p) in enumerate(self.places)}
        self.passage_unit = [self.number[p.document, p.unit] for p in generation.passages]
        self._frames: dict[str, list[DutyFrame]] = {}
        for frame in generation.duties:
            self._frames.setdefault(f"{frame.document}#{frame.provision}", []).append(frame)
        self._units: dict[int, Unit] = {}
        self._meanings: dict[int, Floats] = {}
        self._rows: list[Ints] = []

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the folded text of every document: where a word is looked up that may stand nowhere."""
        return tuple(fold(d.clean.text) for d in self.generation.documents)

    @cached_property
    def spelling(self) -> Spelling:
        """Return the words that a misspelt one may mean."""
        metas = [d.meta for d in self.generation.documents]
        names = [name for m in metas for name in (*m.aliases, *((m.region or "").split("/") if m.region != NATION else ()))]
        return lexicon(self.generation.lexical.vocabulary, names)

    def meanings(self, number: int, encoder: Encoder) -> Floats:
        """Return the vectors of a unit's pieces, each read with what announces it; shape (pieces, dim), cut once."""
        found = self._meanings.get(number)
        if found is None:
            unit = self.unit(number)
            found = encoder.encode([f"{p.lead_words} {p.words}" for p in unit.pieces])
            self._meanings[number] = found
        return found

    def rows(self, number: int, encoder: StaticEncoder) -> Ints:
        """Return the encoder's rows that a unit's passages hold, each once; read off the word index, once for all units."""
        if not self._rows:
            held = self.generation.lexical
            row = np.fromiter((encoder.vocabulary.get(token, -1) for token in held.vocabulary), dtype=np.int64)
            unit = np.asarray(self.passage_unit, dtype=np.int64)[held.indices]
            found = np.repeat(row, np.diff(held.indptr))
            width = len(encoder.rows)
            pairs = np.unique(unit[found >= 0] * width + found[found >= 0])
            self._rows = np.split(pairs % width, np.searchsorted(pairs, width * np.arange(1, len(self.places))))
        return self._rows[number]

    def unit(self, number: int) -> Unit:
        """Return the unit with a running number."""
        found = self._units.get(number)
        if found is None:
            document, provision = self.places[number]
            found = _cut(document, provision, self._frames.get(f"{document.meta.id}#{provision.eid}", ()))
            self._units[number] = found
        return found


def _cut(document: Document, provision: Provision, frames: Sequence[DutyFrame]) -> Unit:
    head = fold(" ".join(path(provision.eid, document)))
    text = fold(document.cut(provision.full))
    return Unit(document, provision, head + "\n" + text, head, tuple(_pieces(document, provision)), tuple(frames), _roles(frames))


def _roles(frames: Sequence[DutyFrame]) -> frozenset[str]:
    """The roles that the text itself binds; who stands in a list of responsible units says little of a task."""
    return frozenset(role_of(a) for f in frames if "bearer" not in f.inherited for a in bearers(f))


def _pieces(document: Document, provision: Provision) -> list[Piece]:
    """Sentences of the unit's own words and of each paragraph; an item is one piece with its announcing words."""
    out: list[Piece] = []
    for p in _walk(document, provision):
        lead = _lead(document, p)
        units = p.units.span if p.units else None
        for span in _sentences(document, _words_span(document, p)):
            words = fold(document.cut(span))
            is_units = units is not None and span.start <= units.end and units.start < span.end and p.level != "para"
            out.append(Piece(p.eid, span.start, span.end, words, (lead.start, lead.end) if lead else None,
                             fold(document.cut(lead)) if lead else "", is_units))
    return out


def _walk(document: Document, provision: Provision) -> list[Provision]:
    out = [provision]
    for child in provision.children:
        out += _walk(document, document.get(child))
    return out


def _words_span(document: Document, p: Provision) -> Span:
    """The words of a provision after its marker and heading."""
    text = document.clean.text
    start = p.own.start
    if p.label:
        start = text.index(p.label, start) + len(p.label)
    if p.heading:
        start = p.heading.end
        while start < p.own.end and text[start] in "】。 　\t":
            start += 1
    return Span(start, max(start, p.own.end))


def _sentences(document: Document, span: Span) -> list[Span]:
    text = document.clean.text
    out = []
    for match in _SENTENCE.finditer(text, span.start, span.end):
        words = match[0].strip()
        if len(words) > 1:
            start = match.start() + match[0].index(words)
            out.append(Span(start, start + len(words)))
    return out


def _lead(document: Document, p: Provision) -> Span | None:
    """The words that announce an item: the last sentence of the paragraph above it."""
    if p.level not in ("item", "point") or p.parent is None:
        return None
    above = _sentences(document, _words_span(document, document.get(p.parent)))
    return above[-1] if above else None
