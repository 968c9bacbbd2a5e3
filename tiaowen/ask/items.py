"""Units -> cited statements and the ranking: quote, citation, status, duty.

Guarantees: quote == clean[start:end]; the raw span without the deleted runs reads the same.
"""

from collections.abc import Sequence

from tiaowen.ask import quote as cut
from tiaowen.ask.asked_evidence import slot_evidence
from tiaowen.ask.duty_json import Wanted, best_frame, duty_json, list_duty
from tiaowen.ask.places import applicability
from tiaowen.ask.query import Understanding
from tiaowen.ask.search import Found
from tiaowen.ask.view import Piece, Unit
from tiaowen.model import AnswerItem, Related, Successor
from tiaowen.parse.citation import citation

MOST_RELATED = 10


def item(unit: Unit, run: Sequence[Piece], region: str | None, score: float, wanted: Wanted, *,
         more: Sequence[Piece] = (), whole: bool = False) -> AnswerItem:
    """Return one cited statement of a unit; the quote holds the duty that answers."""
    document, meta = unit.document, unit.document.meta
    start, end = cut.span_of(run) if run else (unit.provision.own.start, unit.provision.own.end)
    frame = best_frame(unit, start, end, wanted)
    if frame and run and not whole:
        run, more = cut.holding(unit, run, more, frame)
        start, end = cut.span_of(run)
    at = cut.deepest(unit, start, end)
    duties = tuple(duty_json(f, unit) for f in unit.frames if frame is None or f.id != frame.id)
    return AnswerItem(
        provision=unit.key, at=at, citation=citation(at, document), document_status=meta.status,
        successor=successor_json(meta.successor), applicability=applicability(meta.region, region),
        quote=document.clean.text[start:end], span=(start, end),
        raw_span=(document.clean.to_raw(start), document.clean.to_raw(end - 1) + 1),
        evidence=(*(cut.evidence(unit, run, more, whole=whole) if run else ()),
                  *(slot_evidence(unit, frame, wanted) if frame else ())),
        duty=duty_json(frame, unit) if frame else list_duty(unit), duties=duties, score=round(score, 4))


def successor_json(successor: Successor | None) -> dict[str, str | None] | None:
    """Return the successor under the keys of the contract."""
    if successor is None:
        return None
    held: dict[str, str | None] = {"document": successor.document} if successor.document else {}
    return {"title": successor.title, "in_force": successor.in_force.isoformat() if successor.in_force else None} | held


def related(found: Found, u: Understanding, answers: Sequence[AnswerItem]) -> tuple[Related, ...]:
    """Return the first ten of the ranking, answers first."""
    out = [Related(a.provision, a.citation, a.quote, a.score) for a in answers]
    known = {a.provision for a in answers}
    concepts = [c for c in u.concepts if c.weight]
    for c in found.candidates:
        if len(out) >= MOST_RELATED:
            break
        if c.unit.key in known:
            continue
        run = cut.best_run(c.unit, concepts, found.weights, u.slots)
        if run:
            start, end = cut.span_of(run)
            out.append(Related(c.unit.key, citation(cut.deepest(c.unit, start, end), c.unit.document),
                               c.unit.document.clean.text[start:end], round(c.score, 4)))
    return tuple(out)


def first_words(unit: Unit) -> str:
    """Return the first words of a unit, as many as a quote may hold."""
    run = cut.best_run(unit, (), {}, ())
    return unit.document.clean.text[slice(*cut.span_of(run))] if run else ""
