"""Sentences -> clauses, and the clauses of two places that say the same thing.

Guarantees: a clause is a slice between commas; two clauses are a pair only where most of the shorter stands in the other, and each
is the other's best; aims, principles, unit lines and what belongs to no unit take no part.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tiaowen.ask.view import Piece, Unit
from tiaowen.compare.matrix import Matrix
from tiaowen.compare.matrix import pairs_of as words_pairs
from tiaowen.model import DutyFrame, Meta

_CUT = re.compile(r"[,，:：;；]")
LEAST = 4  # character pairs of a clause that can be recognised
ALIKE, HELD = 0.72, 0.85
TOGETHER, BESIDE, LEAST_BESIDE = 0.6, 0.75, 4
SOME = 0.3  # of the telling character pairs of a clause, before two are compared at all
COMMON = 40  # a character pair in more clauses than this tells nothing


@dataclass(frozen=True, eq=False)
class Clause:
    """A slice of a sentence between commas, with its folded words and character pairs."""

    unit: Unit
    piece: Piece
    start: int
    end: int
    words: str
    pairs: frozenset[str] = field(repr=False)

    @property
    def document(self) -> str:
        """Return the id of its document."""
        return self.unit.document.meta.id

    @cached_property
    def frame(self) -> DutyFrame | None:
        """Return the duty whose action lies most in the clause."""
        def shared(frame: DutyFrame) -> int:
            return min(self.end, frame.action.end) - max(self.start, frame.action.start)

        best = max(self.unit.frames, key=lambda f: (shared(f), -f.start), default=None)
        return best if best and shared(best) > 0 else None

    def cut(self, start: int, end: int) -> str:
        """Return a slice of the source."""
        return self.unit.document.clean.text[start:end]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clauses that say the same, the one of the wider or earlier document first; `likeness` is 0 to 1."""

    first: Clause
    second: Clause
    likeness: float
    held: float

    @property
    def above(self) -> bool:
        """Tell whether the first document is meant for the place of the second too: the nation, its province or city."""
        a, b = self.first.unit.document.meta.region, self.second.unit.document.meta.region
        return a is not None and a != b and (a == "全国" or f"{b}/".startswith(f"{a}/"))


def share(wanted: frozenset[str], pairs: frozenset[str]) -> float:
    """Return the share of character pairs that other pairs hold, 1 where there are none."""
    return len(wanted & pairs) / len(wanted) if wanted else 1.0


def rank(meta: Meta) -> tuple[int, str, str]:
    """Return what puts documents in order: the nation before a province before a county, then by date."""
    depth = 0 if meta.region in (None, "全国") else str(meta.region).count("/") + 1
    day = meta.dates.issued or meta.dates.in_force
    return (0 if meta.shelf == "law" else 1, f"{depth}{day or '9999'}", meta.id)


def clauses_of(unit: Unit, sentences: frozenset[int] | None = None) -> tuple[Clause, ...]:
    """Return the clauses of a unit in order, unit lines left out; of all its sentences or those that begin at these places."""
    out: list[Clause] = []
    for piece in unit.pieces:
        if not piece.is_units and (sentences is None or piece.start in sentences):
            out += _cut(unit, piece)
    return tuple(out)


def _cut(unit: Unit, piece: Piece) -> Iterable[Clause]:
    start = 0
    for end in [m.end() for m in _CUT.finditer(piece.words)] + [len(piece.words)]:
        words = piece.words[start:end]
        if words.strip():
            yield Clause(unit, piece, piece.start + start, piece.start + end, words, words_pairs(words))
        start = end


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Dice's measure where two clauses are alike, or the shorter stands in the longer; else 0."""
    both = len(a & b)
    dice, held = 2 * both / (len(a) + len(b)), both / min(len(a), len(b))
    return dice if dice >= ALIKE or (held >= HELD and dice >= 0.5) else 0.0


class Clauses:
    """The clauses of units, and which of them are pairs."""

    def __init__(self, matrix: Matrix, numbers: Mapping[int, frozenset[int] | None]) -> None:
        """Cut units by running number, all their sentences or those that begin there; aims and principles are left out."""
        self.matrix = matrix
        self.all: list[Clause] = []
        self.of_piece: dict[tuple[str, int], list[Clause]] = defaultdict(list)
        for number, sentences in numbers.items():
            document = matrix.view.places[number][0].meta.id
            if number not in matrix.places[document].aside:
                for clause in clauses_of(matrix.view.unit(number), sentences):
                    self.all.append(clause)
                    self.of_piece[document, clause.piece.start].append(clause)

    def says(self, document: str, wanted: frozenset[str], least: float) -> bool:
        """Tell whether some sentence of a document holds a share of character pairs."""
        return any(share(wanted, held) >= least for held in self.matrix.sentences(document))

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """Character pair -> the clauses that hold it; what too many hold tells nothing."""
        out: dict[str, list[int]] = defaultdict(list)
        for i, clause in enumerate(self.all):
            if len(clause.pairs) >= LEAST:
                for pair in clause.pairs:
                    out[pair].append(i)
        return {pair: holding for pair, holding in out.items() if 1 < len(holding) <= COMMON}

    def _alike(self) -> Iterator[tuple[float, int, int]]:
        """Yield every two clauses of different units that are alike, with their likeness."""
        telling = [sum(1 for pair in clause.pairs if pair in self._holding) for clause in self.all]
        for i, clause in enumerate(self.all):
            shared: Counter[int] = Counter()
            for pair in clause.pairs if len(clause.pairs) >= LEAST else ():
                shared.update(self._holding.get(pair, ()))
            for other, count in shared.items():
                enough = SOME * min(telling[i], telling[other])
                if other > i and count >= enough and clause.unit is not self.all[other].unit:
                    value = _likeness(clause.pairs, self.all[other].pairs)
                    if value:
                        yield value, i, other

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs of clauses, each the other's best between their two documents."""
        best: dict[tuple[int, str], tuple[float, int]] = {}
        for value, i, other in sorted(self._alike(), key=lambda found: (-found[0], found[1], found[2])):
            best.setdefault((i, self.all[other].document), (value, other))
            best.setdefault((other, self.all[i].document), (value, i))
        out = []
        for (i, _), (value, other) in best.items():
            back = best.get((other, self.all[i].document))
            if back and back[1] == i and i < other:
                out.append(self._pair(self.all[i], self.all[other], value))
        return (*out, *self._beside(out))

    def _pair(self, a: Clause, b: Clause, value: float) -> Pair:
        """The clause of the wider or earlier document first, with the share of the shorter sentence that the other holds."""
        a, b = sorted((a, b), key=lambda c: (rank(c.unit.document.meta), c.start))
        one, other = self.sentence(a), self.sentence(b)
        return Pair(a, b, value, len(one & other) / (min(len(one), len(other)) or 1))

    @staticmethod
    def ordered(a: Clause, b: Clause) -> Pair:
        """Return two clauses as a pair, the one of the wider or earlier document first."""
        a, b = sorted((a, b), key=lambda c: (rank(c.unit.document.meta), c.start))
        return Pair(a, b, 2 * len(a.pairs & b.pairs) / (len(a.pairs) + len(b.pairs) or 1), 0.0)

    def sentence(self, clause: Clause) -> frozenset[str]:
        """Return the character pairs of the sentence of a clause."""
        return self.matrix.pairs(clause.piece)

    def siblings(self, clause: Clause) -> list[Clause]:
        """Return the clauses of the sentence of a clause."""
        return self.of_piece[clause.document, clause.piece.start]

    def _beside(self, found: Sequence[Pair]) -> list[Pair]:
        """Short clauses of sentences that are pairs already: 应当予以训诫, 应当根据情况予以训诫."""
        known = {(id(a), b.document) for pair in found for a, b in ((pair.first, pair.second), (pair.second, pair.first))}
        out: dict[tuple[int, int], Pair] = {}
        for pair in found:
            if pair.held < TOGETHER:
                continue
            theirs = [c for c in self.siblings(pair.second) if (id(c), pair.first.document) not in known]
            for clause in self.siblings(pair.first):
                if (id(clause), pair.second.document) in known or len(clause.pairs) < LEAST_BESIDE:
                    continue
                best = max(theirs, key=lambda c: (share(clause.pairs, c.pairs), -c.start), default=None)
                if best is not None and len(best.pairs) >= LEAST_BESIDE and share(clause.pairs, best.pairs) >= BESIDE:
                    dice = 2 * len(clause.pairs & best.pairs) / (len(clause.pairs) + len(best.pairs))
                    out[id(clause), id(best)] = self._pair(clause, best, dice)
        return list(out.values())
