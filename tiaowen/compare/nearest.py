"""The provision nearest to a topic that a document does not regulate, and why it is not one.

Guarantees: the quote is a slice; the why names a word that stands in the provision, or says that only the meaning is near; nothing
is named where nothing is near enough; the same topic gives the same provision.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tiaowen import wording
from tiaowen.ask.quote import deepest
from tiaowen.ask.view import View
from tiaowen.compare.matrix import Matrix, Nearest, Place, number_at, opening
from tiaowen.compare.topics import Topic
from tiaowen.index import dense
from tiaowen.index.tokens import stop_words, tokens
from tiaowen.parse.citation import citation

NEAR_ENOUGH = 0.15  # cosine below which nothing is near
LEXICAL = 0.5  # weight of shared words beside the meaning
HEADING, MOST_COUNTED = 3.0, 3
Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class Shared:
    """The words of a topic that a unit holds: how telling they are, and where the first stands."""

    own: bool = False
    weight: float = 0.0
    first: tuple[int, int] | None = None
    counts: dict[str, int] = field(default_factory=dict)


def nearest(topic: Topic, silent: Sequence[str], matrix: Matrix, encoder: dense.Encoder | None) -> dict[str, Nearest]:
    """Return for each silent document its nearest provision, where there is one."""
    if not silent or not topic.parts:
        return {}
    likeness, cosine = _likeness(topic, matrix.view, encoder)
    out = {}
    for identity in silent:
        place = matrix.places[identity]
        shared = _shared(topic, place)
        if shared:
            best = max(shared, key=lambda n: (shared[n].own, n not in place.aside, round(shared[n].weight + float(likeness[n]), 5), -n))
            out[identity] = _sharing(topic, best, shared[best], matrix.view)
            continue
        numbers = [n for n in place.numbers if n not in place.aside and cosine[n] >= NEAR_ENOUGH]
        if numbers:
            best = max(numbers, key=lambda n: (round(float(likeness[n]), 5), -n))
            out[identity] = _alike(topic, best, matrix.view)
    return out


def _likeness(topic: Topic, view: View, encoder: dense.Encoder | None) -> tuple[Floats, Floats]:
    """How near each unit is to a topic in words and meaning, and in meaning alone."""
    words = " ".join((topic.name, *(part.told for part in topic.parts)))
    wanted = {token: 1.0 for token in tokens(words) if token not in stop_words()}
    lexical = _by_unit(view, view.generation.lexical.scores(wanted))
    top = float(lexical.max(initial=0.0)) or 1.0
    cosine = np.zeros_like(lexical)
    if encoder is not None and view.generation.vectors is not None:
        cosine = _by_unit(view, dense.scores(view.generation.vectors, encoder.encode([words], query=True)[0]))
    mixed: Floats = cosine + np.float32(LEXICAL) * lexical / np.float32(top)
    return mixed, cosine


def _by_unit(view: View, scores: Floats) -> Floats:
    out = np.zeros(len(view.places), dtype=np.float32)
    if len(scores):
        np.maximum.at(out, np.asarray(view.passage_unit), scores)
    return out


def _shared(topic: Topic, place: Place) -> dict[int, Shared]:
    """The units of a document that hold words of a topic: its own, and those that only lie near it."""
    out: dict[int, Shared] = {}
    patterns = [(own, p) for part in topic.parts for own, group in ((True, part.any), (part.row is None, part.near)) for p in group]
    headings = [(p.heading.start, p.heading.end) for p in place.document.provisions if p.heading]
    for own, pattern in patterns:
        for match in pattern.finditer(place.folded):
            number = number_at(place, match.start())
            if number is not None:
                in_heading = any(a <= match.start() < b for a, b in headings)
                _count(out.setdefault(number, Shared()), match[0], match.span(), own=own, in_heading=in_heading)
    return out


def _count(shared: Shared, word: str, span: tuple[int, int], *, own: bool, in_heading: bool) -> None:
    times = shared.counts.get(word, 0)
    shared.counts[word] = times + 1
    if times < MOST_COUNTED:
        shared.weight += len(word) / (1 + times) + (HEADING if in_heading else 0.0)
    if shared.first is None or (own and not shared.own):
        shared.first = span
    shared.own = shared.own or own


def _sharing(topic: Topic, number: int, shared: Shared, view: View) -> Nearest:
    unit = view.unit(number)
    span = shared.first or (unit.provision.own.start, unit.provision.own.end)
    piece = next((p for p in unit.pieces if p.start <= span[0] < p.end), None)
    run = opening([p for p in unit.pieces if not p.is_units])
    start, end = (piece.start, piece.end) if piece else (run[0].start, run[-1].end) if run else span
    text = unit.document.clean.text
    why = wording.WHY_UNITS if piece is not None and piece.is_units else wording.WHY_WORD
    return Nearest(unit.key, citation(deepest(unit, start, end), unit.document), why.format(words=text[slice(*span)], topic=topic.name),
                   text[start:end], (start, end))


def _alike(topic: Topic, number: int, view: View) -> Nearest:
    unit = view.unit(number)
    run = opening([p for p in unit.pieces if not p.is_units])
    start, end = (run[0].start, run[-1].end) if run else (unit.provision.own.start, unit.provision.own.end)
    return Nearest(unit.key, citation(unit.provision.eid, unit.document), wording.WHY_ALIKE.format(topic=topic.name),
                   unit.document.clean.text[start:end], (start, end))

