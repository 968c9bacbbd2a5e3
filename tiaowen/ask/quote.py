"""Cut the quote of an answer: one contiguous run of whole sentences, about 200 characters at most.

Guarantees: quote == clean[start:end]; a quote never leaves its unit; an item brings its announcing words as evidence.
"""

from collections.abc import Mapping, Sequence

from tiaowen.ask.query import Concept
from tiaowen.ask.search import coverage, says, slot_filled
from tiaowen.ask.view import Piece, Unit
from tiaowen.model import DutyFrame, Evidence

LONGEST = 200
CLOSENESS = 1.2
SLOT_BONUS = 0.6
SHORT, SHORT_PENALTY = 14, 0.4  # 其他学生欺凌的行为 says nothing by itself
FURTHER = 2


def further(unit: Unit, run: Sequence[Piece], concepts: Sequence[Concept], weights: Mapping[str, float],
            slots: Sequence[str]) -> tuple[Piece, ...]:
    """Return other pieces of the unit that speak of what the quote leaves out: the second half of a double question."""
    said = " ".join(p.words + p.lead_words for p in run)
    left = [c for c in concepts if weights.get(c.said, 0.0) > 0 and says(said, c) < 1.0]
    out: list[Piece] = []
    for _ in range(FURTHER):
        options = [(coverage(p.words, left, weights), -p.start, p) for p in unit.pieces
                   if p not in run and p not in out and not p.is_units]
        value, _, best = max(options, default=(0.0, 0, None), key=lambda o: o[:2])
        if best is None or value < 0.34:
            break
        out.append(best)
        left = [c for c in left if says(best.words, c) < 1.0]
    return tuple(out)


def best_run(unit: Unit, concepts: Sequence[Concept], weights: Mapping[str, float], slots: Sequence[str],
             *, at: str | None = None, close: Sequence[float] = ()) -> tuple[Piece, ...]:
    """Return the run of pieces that answers best: the best piece, grown by neighbours that add to it.

    `close` holds the cosine of each of the unit's pieces with the question, in the order of `unit.pieces`.
    """
    near = dict(zip(unit.pieces, close, strict=True)) if len(close) else {}
    pieces = [p for p in unit.pieces if at is None or p.at == at or p.at.startswith(at + "__")]
    pieces = [p for p in pieces if not p.is_units] or pieces
    if not pieces:
        return ()
    scored = [_value(p, concepts, weights, slots) + CLOSENESS * float(near.get(p, 0.0)) for p in pieces]
    start = max(range(len(pieces)), key=lambda i: (round(scored[i], 6), -i))
    if not any(c.weight for c in concepts) and not slots:
        return _grow_down(pieces, 0)
    start = _announcing(pieces, start, slots)
    if _announces(unit, pieces[start]):
        return _grow_down(pieces, start)
    return _grow(pieces, start, concepts, weights, slots)


def _value(piece: Piece, concepts: Sequence[Concept], weights: Mapping[str, float], slots: Sequence[str]) -> float:
    own = coverage(piece.words, concepts, weights)
    led = coverage(piece.words + piece.lead_words, concepts, weights)
    short = SHORT_PENALTY if len(piece.words) < SHORT else 0.0
    return own + 0.3 * (led - own) + SLOT_BONUS * slot_filled(slots, piece.words) - short


def _announces(unit: Unit, piece: Piece) -> bool:
    return piece.words.endswith(("：", ":")) and any(p.lead == (piece.start, piece.end) for p in unit.pieces)


def _announcing(pieces: Sequence[Piece], start: int, slots: Sequence[str]) -> int:
    """Where the words that announce an item answer the asked slot and the item does not, they are the answer."""
    item = pieces[start]
    if item.lead and slot_filled(slots, item.lead_words) > slot_filled(slots, item.words):
        return next((i for i, p in enumerate(pieces) if (p.start, p.end) == item.lead), start)
    return start


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
            return _whole_sentence(pieces, low, high)
        i = max(options)[1]
        low, high = min(low, i), max(high, i)


def _whole_sentence(pieces: Sequence[Piece], low: int, high: int) -> tuple[Piece, ...]:
    """Take in what a semicolon ties to the run, where it fits: 情节严重的，… belongs to the rule before it."""
    while high + 1 < len(pieces) and pieces[high].words.endswith(("；", ";")) and _fits(pieces, low, high + 1):
        high += 1
    while low > 0 and pieces[low - 1].words.endswith(("；", ";")) and _fits(pieces, low - 1, high):
        low -= 1
    return tuple(pieces[low : high + 1])


def _fits(pieces: Sequence[Piece], low: int, high: int) -> bool:
    return pieces[low].at == pieces[high].at and pieces[high].end - pieces[low].start <= LONGEST


def holding(unit: Unit, run: Sequence[Piece], more: Sequence[Piece], frame: DutyFrame) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the run and the further pieces so that the run holds a frame; what it held before stays as further pieces."""
    own = [p for p in unit.pieces if p.start < frame.action.end and frame.action.start < p.end]
    if not own or all(p in run for p in own):
        return tuple(run), tuple(more)
    joined = [p for p in unit.pieces if p.at == run[0].at and min(run[0].start, own[0].start) <= p.start < max(run[-1].end, own[-1].end)]
    if all(p in joined for p in own) and joined[-1].end - joined[0].start <= LONGEST:
        return tuple(joined), tuple(p for p in more if p not in joined)
    return tuple(own), (*run, *(p for p in more if p not in own and p not in run))


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


def evidence(unit: Unit, run: Sequence[Piece], more: Sequence[Piece] = (), *, whole: bool = False) -> tuple[Evidence, ...]:
    """Return the quote itself, the announcing words of an item, the unit line and further sentences, as evidence.

    `whole` adds the provision in full: what somebody who names it wants to read.
    """
    text = unit.document.clean.text
    start, end = span_of(run)
    out = [Evidence("quote", text[start:end], (start, end), deepest(unit, start, end))]
    lead = run[0].lead
    if lead and not (start <= lead[0] and lead[1] <= end):
        out.append(Evidence("lead", text[lead[0] : lead[1]], lead, deepest(unit, *lead)))
    out += [Evidence("further", text[p.start : p.end], (p.start, p.end), p.at) for p in more]
    if whole:
        full = unit.provision.full
        words = full.cut(text).strip()
        first = full.start + full.cut(text).index(words)
        out.append(Evidence("provision", words, (first, first + len(words)), unit.provision.eid))
    units = unit.provision.units
    if units and not (start <= units.span.start and units.span.end <= end):
        span = (units.span.start, units.span.end)
        out.append(Evidence("units", text[span[0] : span[1]], span, unit.provision.eid))
    return tuple(out)
