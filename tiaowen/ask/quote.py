"""Cut the quote of an answer: one contiguous run of whole sentences, about 200 characters at most.

Guarantees: quote == clean[start:end]; a quote never leaves its unit; an item brings its announcing words as evidence.
"""

from collections.abc import Mapping, Sequence

from tiaowen.ask.query import Concept
from tiaowen.ask.search import coverage, slot_filled
from tiaowen.ask.view import Piece, Unit
from tiaowen.model import Evidence

LONGEST = 200


def best_run(unit: Unit, concepts: Sequence[Concept], weights: Mapping[str, float], slots: Sequence[str],
             *, at: str | None = None) -> tuple[Piece, ...]:
    """Return the run of pieces that answers best: the best piece, grown by neighbours that add to it."""
    pieces = [p for p in unit.pieces if at is None or p.at == at or p.at.startswith(at + "__")]
    pieces = [p for p in pieces if not p.is_units] or pieces
    if not pieces:
        return ()
    scored = [_value(p, concepts, weights, slots) for p in pieces]
    start = max(range(len(pieces)), key=lambda i: (round(scored[i], 6), -i))
    if scored[start] <= 0:
        return _grow_down(pieces, 0)
    if _announces(unit, pieces[start]):
        return _grow_down(pieces, start)
    return _grow(pieces, start, concepts, weights, slots)


def _value(piece: Piece, concepts: Sequence[Concept], weights: Mapping[str, float], slots: Sequence[str]) -> float:
    own = coverage(piece.words, concepts, weights)
    led = coverage(piece.words + piece.lead_words, concepts, weights)
    return own + 0.3 * (led - own) + 0.35 * slot_filled(slots, piece.words) + 0.01 * min(len(piece.words), 60) / 60


def _announces(unit: Unit, piece: Piece) -> bool:
    return piece.words.endswith(("：", ":")) and any(p.lead == (piece.start, piece.end) for p in unit.pieces)


def _same_line(a: Piece, b: Piece, text: str) -> bool:
    return not text[a.end : b.start].strip(" 　\t")


def _grow_down(pieces: Sequence[Piece], start: int) -> tuple[Piece, ...]:
    run = [pieces[start]]
    for piece in pieces[start + 1 :]:
        if piece.end - run[0].start > LONGEST:
            break
        run.append(piece)
    return tuple(run)


def _grow(pieces: Sequence[Piece], start: int, concepts: Sequence[Concept], weights: Mapping[str, float],
          slots: Sequence[str]) -> tuple[Piece, ...]:
    """Add the neighbour that helps most while it helps and fits; stay within the same provision."""
    low = high = start
    while True:
        words = " ".join(p.words for p in pieces[low : high + 1])
        now = coverage(words, concepts, weights) + 0.35 * slot_filled(slots, words)
        options = []
        for i in (low - 1, high + 1):
            if not 0 <= i < len(pieces) or pieces[i].at != pieces[start].at:
                continue
            if max(pieces[high].end, pieces[i].end) - min(pieces[low].start, pieces[i].start) > LONGEST:
                continue
            with_it = words + " " + pieces[i].words
            gain = coverage(with_it, concepts, weights) + 0.35 * slot_filled(slots, with_it) - now
            if gain > 0.05:
                options.append((gain, i))
        if not options:
            return tuple(pieces[low : high + 1])
        i = max(options)[1]
        low, high = min(low, i), max(high, i)


def span_of(run: Sequence[Piece]) -> tuple[int, int]:
    """Return the range that a run covers."""
    return run[0].start, run[-1].end


def deepest(unit: Unit, start: int, end: int) -> str:
    """Return the deepest eid of the unit that holds a range."""
    best = unit.provision.eid
    for p in unit.document.provisions:
        if p.eid.startswith(best + "__") and p.full.start <= start and end <= p.full.end:
            best = p.eid
    return best


def evidence(unit: Unit, run: Sequence[Piece]) -> tuple[Evidence, ...]:
    """Return the quote itself, the announcing words of an item, and the unit line, as evidence."""
    text = unit.document.clean.text
    start, end = span_of(run)
    out = [Evidence("quote", text[start:end], (start, end), deepest(unit, start, end))]
    lead = run[0].lead
    if lead and not (start <= lead[0] and lead[1] <= end):
        out.append(Evidence("lead", text[lead[0] : lead[1]], lead, deepest(unit, *lead)))
    units = unit.provision.units
    if units and not (start <= units.span.start and units.span.end <= end):
        span = (units.span.start, units.span.end)
        out.append(Evidence("units", text[span[0] : span[1]], span, unit.provision.eid))
    return tuple(out)
