"""How odd is each word of a question beside the provision found for it: what tells a swapped subject (打耳洞 for 文身).

Guarantees: one row of features a word, all 0 to 1 or small; the same words give the same numbers; nothing is fetched.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tiaowen.ask.familiar import familiar
from tiaowen.ask.query import COMMON, HARM, Concept, Understanding
from tiaowen.ask.search import Found, says
from tiaowen.ask.view import View
from tiaowen.index.dense import Encoder
from tiaowen.index.segment import tag
from tiaowen.rules import table

Floats = npt.NDArray[np.float32]
FEATURES = ("bias", "top", "held", "lay", "noun", "unknown", "known", "odds", "near", "unheld")
_BREAK = re.compile(r"[，。？?！!；;：: ]")
_NOUN = ("n", "vn", "an", "j")
Counts = Callable[[str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Oddness:
    """How odd the oddest words of a question are (0: none is), and which word is the oddest."""

    value: float = 0.0
    word: str | None = None


def judged(u: Understanding) -> list[Concept]:
    """Return the words of a question that are judged: all but those that every provision shares."""
    return [c for c in u.concepts if c.said != HARM and c.said not in COMMON]


def asked_from(bare: str) -> int:
    """Return where the clause that asks begins: what stands before it tells the circumstances (值夜班的，…能不能…)."""
    return max((m.end() for m in _BREAK.finditer(bare.rstrip("，。？?！!；;： "))), default=0)


def features(u: Understanding, found: Found, view: View, encoder: Encoder | None, *, counts: Counts = familiar) -> Floats:
    """Return the features of each judged word, shape (words, 2 * len(FEATURES)); the second half only in the asking clause."""
    words = judged(u)
    if not found.candidates or not words:
        return np.zeros((0, 2 * len(FEATURES)), dtype=np.float32)
    top = found.candidates[0]
    piece = f"{top.piece.words} {top.piece.lead_words}" if top.piece else top.unit.words
    near = np.zeros(len(words), dtype=np.float32)
    if encoder is not None:
        vectors = encoder.encode([piece, *(c.said for c in words)])
        near = vectors[1:] @ vectors[0]
    start = asked_from(u.bare)
    out = np.zeros((len(words), 2 * len(FEATURES)), dtype=np.float32)
    for row, c, close in zip(out, words, near, strict=True):
        own = _own(c, top.unit.words, view, found, counts)
        row[: len(FEATURES)] = [*own[:8], float(close), own[8]]
        if c.start >= start:
            row[len(FEATURES) :] = row[: len(FEATURES)]
    return out


def _own(c: Concept, unit: str, view: View, found: Found, counts: Counts) -> list[float]:
    with_, without = counts(c.said)
    kind = tag(c.said)
    held = any(mean in text for text in view.texts for mean in c.means)
    unheld = any(thing in c.said or c.said in thing for thing in found.unheld)
    return [1.0, says(unit, c), float(held), float(c.kind != "word"), float(kind.startswith(_NOUN)), float(not kind),
            math.log1p(with_) / 6, math.log((with_ + 0.5) / (without + 0.5)) / 5, float(unheld)]


def oddness(u: Understanding, found: Found, view: View, encoder: Encoder | None) -> Oddness:
    """Return how odd a question's words are beside the first candidate, by the weights of [odd]."""
    rows = features(u, found, view, encoder)
    if not len(rows):
        return Oddness()
    scores = rows @ weights(table("weights")["odd"])
    best = int(scores.argmax())
    return Oddness(pooled(scores), judged(u)[best].said)


def weights(settings: Mapping[str, float]) -> Floats:
    """Return the weights in the order of the features: plain ones, then those of the asking clause."""
    names = [*FEATURES, *(f"{name}_asked" for name in FEATURES)]
    return np.array([settings.get(name, 0.0) for name in names], dtype=np.float32)


def pooled(scores: Floats) -> float:
    """Return log(1 + sum of exp): near 0 where every word fits, near the highest score where one does not."""
    return float(np.logaddexp.reduce(np.append(scores, 0.0)))
