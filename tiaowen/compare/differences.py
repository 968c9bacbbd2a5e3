"""Pairs of clauses -> differences that are real, each with the words of both sides.

Guarantees: a difference is asserted only of clauses that otherwise say the same; every value and quote is a slice; words of one class
(应当, 必须; 不得, 禁止; 一次, 1次) never differ; the bare verb of a plan against 应当 of a statute is a difference of document kind.
"""

from collections.abc import Iterable, Iterator

from tiaowen.compare.clauses import Clauses, Pair
from tiaowen.compare.sides import Difference
from tiaowen.compare.slots import of_duties, reported, reporting, two_leads
from tiaowen.compare.wordings import dropped, figures, hedges, levels, lists, scope, shortened

ORDER = {"contradicts": 0, "weaker": 1, "stronger": 2, "differs": 3, "document_kind": 4}


def differences(clauses: Clauses) -> tuple[Difference, ...]:
    """Return the differences of all pairs, contradictions first, then what is weaker; each once."""
    found: dict[tuple[object, ...], Difference] = {}
    every = (*(d for pair in clauses.pairs for d in _of_pair(pair, clauses)), *reported(reporting(clauses)))
    for difference in every:
        a, b = difference.sides
        key = (difference.aspect, a.id, b.id, a.value_span or a.span, b.value_span or b.span)
        if key not in found or found[key].likeness < difference.likeness:
            found[key] = difference
    return tuple(sorted(found.values(), key=order))


def order(difference: Difference) -> tuple[object, ...]:
    """Return what puts differences in order of weight: kind, how alike the clauses are, place."""
    a, b = difference.sides
    return (ORDER[difference.kind], -round(difference.likeness, 3), a.document, a.span, b.document, b.span, difference.aspect)


def _of_pair(pair: Pair, clauses: Clauses) -> Iterator[Difference]:
    if pair.first.document == pair.second.document:
        rules: Iterable[Iterator[Difference]] = (two_leads(pair), levels(pair), figures(pair))
    else:
        rules = (hedges(pair, clauses), scope(pair), levels(pair), figures(pair), lists(pair), shortened(pair),
                 dropped(pair, clauses), *of_duties(pair))
    for rule in rules:
        yield from rule
