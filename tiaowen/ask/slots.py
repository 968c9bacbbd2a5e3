"""Is the asked slot filled where the question's own subject stands.

No score threshold: a sentence that speaks of the subject must hold the very kind of thing that was asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiaowen.ask.asking import Asked, asked_rows, folded_pattern, only_asks
from tiaowen.ask.covering import frame_cover
from tiaowen.ask.query import HARM, Concept, Understanding
from tiaowen.ask.search import Candidate, Found, coverage, says
from tiaowen.ask.view import Piece
from tiaowen.model import DutyFrame
from tiaowen.rules import rows, table

SHORT_PARAGRAPH = 260
FRAME_NEAR = 0.5
MOST_CLOSE = 8
TELLING = 1.5  # weight of a concept that few units share
_NUMBER = "[0-9零一二两三四五六七八九十百千万]+"
_CLAUSE = re.compile(r"[^。！,;:?!]+[。！,;:?!]?")


def empty_slot(u: Understanding, found: Found) -> str | None:
    """Return the first strict slot that no well-covering candidate fills near the question's subject."""
    close = _applying(u, found)
    for asked in asked_rows(u.folded):
        if asked.row["strict"] and not any(fills(asked, u, c, found) for c in close):
            return str(asked.row["id"])
    return None


def stated_elsewhere(u: Understanding, found: Found, slot: str) -> bool:
    """Tell whether a provision of another place than the one named fills a slot that is empty where the question asks."""
    asked = next((a for a in asked_rows(u.folded) if a.row["id"] == slot), None)
    return asked is not None and any(fills(asked, u, c, found) for c in _close(found))


def filling_first(u: Understanding, found: Found) -> Found:
    """Return the ranking with what fills the strict slots asked for before what stands close to it and does not fill them.

    强制报告几小时内: the provision that says 立即 comes before its neighbours that tell the same duty without a limit.
    """
    strict = [a for a in asked_rows(u.folded) if a.row["strict"]]
    close = _close(found)
    if not strict or len(close) < 2:
        return found
    filled = {id(c): sum(fills(a, u, c, found) for a in strict) for c in close}
    order = sorted(close, key=lambda c: -filled[id(c)])
    ahead = [replace(c, score=max(c.score, close[0].score)) if filled[id(c)] > filled[id(close[0])] else c for c in order]
    return replace(found, candidates=(*ahead, *(c for c in found.candidates if id(c) not in filled)))


def _applying(u: Understanding, found: Found) -> list[Candidate]:
    """What may answer: who names a place (壤塘给娃纹身罚好多) asks for what applies there, and another place's fine is no answer."""
    close = _close(found)
    if u.places and any(c.features["place"] for c in found.candidates):
        return [c for c in close if c.features["place"]]
    return close


def _close(found: Found) -> list[Candidate]:
    """The candidates that stand close enough to the first to answer in its place."""
    if not found.candidates:
        return []
    limit = table("weights")["decide"]["close"] * found.candidates[0].score
    return [c for c in found.candidates[:MOST_CLOSE] if c.score >= limit]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a question speaks of besides the words that ask, how well that must be covered, and the thing counted."""

    concepts: tuple[Concept, ...]
    weights: dict[str, float]
    piece: float
    frame: float
    counted: tuple[Concept, ...]

    @property
    def known(self) -> bool:
        """The corpus speaks of something that the question names; where it speaks of none of it, the ranking is trusted."""
        return any(self.weights.get(c.said, 0.0) >= TELLING for c in self.concepts)


def fills(asked: Asked, u: Understanding, candidate: Candidate, found: Found) -> bool:
    """Tell whether a candidate fills a slot where it speaks of the question's subject."""
    row = asked.row
    if not (row["fill"] or row.get("holds")):
        return True
    first = found.candidates[0]
    if row.get("frame") == "units" and candidate.unit.provision.units:
        return candidate is first or candidate.features["cover"] >= first.features["cover"]
    pattern, subject = fill_pattern(asked), _subject(asked, u, candidate, found)
    if row.get("near") == "unit":
        return any(pattern.search(p.words) for p in candidate.unit.pieces)
    if isinstance(row.get("frame"), list):
        if any(_frame_fills(f, row["frame"], subject) or _number_beside(f, row["frame"], candidate, subject)
               for f in candidate.unit.frames):
            return True
        if "holds" not in row:
            return False
    paragraphs = {p.at.split("__item")[0] for p in candidate.unit.pieces if pattern.search(p.words)}
    return any(_near(candidate, at, pattern, subject, row.get("near") == "clause") for at in sorted(paragraphs))


def _frame_fills(frame: DutyFrame, slots: Sequence[str], subject: _Subject) -> bool:
    """A limit, frequency or fine counts for the duty in whose clause it stands."""
    cover = frame_cover(frame, subject.concepts, subject.weights)
    return any(getattr(frame, slot) for slot in slots) and cover >= subject.frame and (cover > 0 or not subject.known)


def _number_beside(frame: DutyFrame, slots: Sequence[str], candidate: Candidate, subject: _Subject) -> bool:
    """A limit or frequency in numbers counts for the whole of a short paragraph: 劝诫、制止…；于一个月内进行回访."""
    values = [value.text for slot in slots if (value := getattr(frame, slot)) and slot != "amount"]
    if not any(re.search(_NUMBER, value) for value in values):
        return False
    words = " ".join(p.words for p in candidate.unit.pieces if p.at.split("__item")[0] == frame.at.split("__item")[0])
    return len(words) <= SHORT_PARAGRAPH and _covers(words, subject)


def _subject(asked: Asked, u: Understanding, candidate: Candidate, found: Found) -> _Subject:
    """The first candidate is measured by its own best sentence, any other by the best of all."""
    own = folded_pattern(asked.row["own"]) if "own" in asked.row else None
    concepts = tuple(c for c in u.concepts if c.weight and c.said != HARM and not c.said.isdigit() and not (own and own.search(c.said))
                     and not only_asks(c.said))
    near = table("weights")["decide"]["near"]
    against = [candidate] if candidate is found.candidates[0] else _close(found)
    piece = max((coverage(p.words + " " + p.lead_words, concepts, found.weights) for c in against for p in c.unit.pieces), default=0.0)
    frame = max((frame_cover(f, concepts, found.weights) for c in against for f in c.unit.frames), default=0.0)
    return _Subject(concepts, found.weights, near * piece, FRAME_NEAR * frame, _counted(asked, concepts))


def _counted(asked: Asked, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """The thing that follows the number asked for: 几名心理老师, 几个警察."""
    number = max((m.end() for m in re.finditer("几多|几|多少|好多", asked.words)), default=None)
    if number is None:
        return ()
    return tuple(c for c in concepts if asked.start + number <= c.start <= asked.end + 1)


def fill_pattern(asked: Asked) -> re.Pattern[str]:
    """Return what fills a slot; a counted thing needs its own measure word after a number (几处 is filled by 一所)."""
    words = str(asked.row.get("holds") or asked.row["fill"]).replace("{number}", _NUMBER)
    same = next((m["same"] for m in rows("slots", "measure") if asked.measure in m["same"]), [asked.measure or "年"])
    words = words.replace("{measure}", "|".join(sorted(same)))
    return folded_pattern(words.replace("{noun}", re.escape(asked.noun) if asked.noun else "(?!)"))


def _near(candidate: Candidate, at: str, pattern: re.Pattern[str], subject: _Subject, by_clause: bool) -> bool:
    """The sentence that fills the slot speaks of the subject, itself or with its neighbours in a short paragraph."""
    pieces = [p for p in candidate.unit.pieces if p.at.split("__item")[0] == at]
    for i, piece in enumerate(pieces):
        around = _around(pieces, i) if not by_clause else " ".join(_clauses(piece, pattern))
        if pattern.search(piece.words) and _covers(around, subject) and _counts(piece, pattern, subject):
            return True
    return False


def _clauses(piece: Piece, pattern: re.Pattern[str]) -> list[str]:
    """The clauses of a sentence that hold the filling words, each with two clauses before it, and what announces an item."""
    clauses = _CLAUSE.findall(piece.words)
    found = [i for i, clause in enumerate(clauses) if pattern.search(clause)]
    return [piece.lead_words, *(clauses[k] for k in sorted({k for i in found for k in (i - 2, i - 1, i) if k >= 0}))]


def _around(pieces: Sequence[Piece], i: int) -> str:
    """A sentence with what belongs to it: the whole of a short paragraph, else its neighbours."""
    around = pieces if sum(len(p.words) for p in pieces) <= SHORT_PARAGRAPH else pieces[max(0, i - 1) : i + 2]
    return " ".join(p.words for p in around)


def _covers(words: str, subject: _Subject) -> bool:
    cover = coverage(words, subject.concepts, subject.weights)
    return cover >= subject.piece and (cover > 0 or not subject.known)


def _counts(piece: Piece, pattern: re.Pattern[str], subject: _Subject) -> bool:
    """The thing that was counted (几名心理老师) stands in the clause of the number."""
    if not subject.counted:
        return True
    clauses = [c for c in _CLAUSE.findall(piece.words) if pattern.search(c)]
    return any(says(c, thing) > 0 for c in clauses for thing in subject.counted)


def slot_name(slot: str) -> str:
    """Return how a slot is called to the user."""
    return next(str(row["name"]) for row in rows("slots", "slot") if row["id"] == slot)
