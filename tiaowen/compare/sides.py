"""The two sides of a difference: values, and the small means to make them from slices.

Guarantees: a value and a quote are slices of the source; a side without words says so with null.
"""

import re
from dataclasses import dataclass
from functools import cache

from tiaowen.compare.clauses import Clause, Pair
from tiaowen.duty.patterns import table_rows
from tiaowen.model import Slot
from tiaowen.parse.citation import citation
from tiaowen.rules import compiled, rows

BRACKETS = re.compile(r"\([^()]*\)")
MARKS = re.compile(r"[\s“”\"'()（）《》〈〉、,，。；;：:·]+")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: where it stands, the words that differ (null where there are none), the sentence."""

    document: str
    id: str
    at: str
    citation: str
    value: str | None
    value_span: tuple[int, int] | None
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two provisions on one duty; `kind` says what the second side is beside the first."""

    aspect: str
    kind: str
    rule: str
    likeness: float
    sides: tuple[Side, Side]


Words = tuple[int, int] | None


def difference(pair: Pair, aspect: str, kind: str, rule: str, first: Words, second: Words) -> Difference:
    """Return a difference of a pair with the words of either side."""
    return Difference(aspect, kind, rule, pair.likeness, (_side(pair.first, first), _side(pair.second, second)))


def _side(clause: Clause, words: Words) -> Side:
    unit, piece = clause.unit, clause.piece
    value = clause.cut(*words) if words else None
    return Side(clause.document, unit.key, piece.at, citation(piece.at, unit.document), value, words,
                clause.cut(piece.start, piece.end), (piece.start, piece.end))


def within(clause: Clause, match: re.Match[str], group: int = 0) -> tuple[int, int]:
    """Return where a match in the folded words of a clause stands in the source."""
    return clause.start + match.start(group), clause.start + match.end(group)


@cache
def hedge_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the hedges by id: those of the duties and those that only a comparison needs."""
    return (*((row.id, row.pattern) for row in table_rows("duty_modality", "hedge")),
            *((row["id"], compiled(row["pattern"])) for row in rows("drift", "hedge")))


def hedge_in(folded: str) -> bool:
    """Tell whether folded words hold a hedge."""
    return any(pattern.search(folded) for _, pattern in hedge_patterns())


def kind_of(pair: Pair) -> str:
    """Return what unequal words are: a contradiction inside one document, else a difference."""
    return "contradicts" if pair.first.document == pair.second.document else "differs"


def place_of(slot: Slot | None) -> Words:
    """Return where a slot stands."""
    return (slot.start, slot.end) if slot else None
