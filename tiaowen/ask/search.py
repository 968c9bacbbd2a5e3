"""Understanding -> ranked units: both channels, then features with reasons, weighted by a table.

Guarantees: total and reproducible order (score, then document order); every feature is kept beside the score.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from tiaowen.ask.places import applicability, touches
from tiaowen.ask.query import HARM, Concept, Understanding, idf, padding
from tiaowen.ask.view import Piece, Unit, View
from tiaowen.index import dense
from tiaowen.index.tokens import bigrams, stop_words, tokens, words
from tiaowen.numerals import to_chinese
from tiaowen.rules import compiled, rows, table

Floats = npt.NDArray[np.float32]
_COUNTED = re.compile(r"(?<![0-9.\-—~至到])[1-9][0-9]?(?=([个岁名次回天年月周级所处位场台家只人]))")
_ORDINAL = "年月级"  # 二年级, 二月; but 两次


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its features, its score, and the piece that covers the question best."""

    unit: Unit
    score: float
    features: dict[str, float]
    piece: Piece | None
    covered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The ranking, and what the whole corpus says of the question's concepts."""

    candidates: tuple[Candidate, ...]
    weights: dict[str, float]
    absent: tuple[str, ...]
    best_lexical: float
    best_cosine: float
    unheld: tuple[str, ...] = ()


def query_tokens(u: Understanding) -> dict[str, float]:
    """Return the weighted tokens of a question: its own words, and the statutory words that its lay words mean."""
    settings = table("weights")["query"]
    out: dict[str, float] = {}
    quiet = padding()
    text = counted(u.bare)
    for word in words(text):
        if word in quiet:
            text = text.replace(word, " ", 1)
    for token in tokens(text):
        if token not in stop_words():
            out[token] = out.get(token, 0.0) + 1.0
    for concept in u.concepts:
        for mean in concept.means[1:]:
            for token in set(tokens(mean)):
                out[token] = max(out.get(token, 0.0), settings["lay"] * concept.weight)
    return out


def vector_text(u: Understanding) -> str:
    """Return the words that the vector channel reads: the question and what its lay words mean."""
    means = [m for c in u.concepts if c.weight and c.said != HARM for m in c.means[1:2]]
    return counted(u.bare) + " " + " ".join(means)


def counted(text: str) -> str:
    """Return words with small Arabic numbers before a measure word as the texts print them: 3个 -> 三个, 15岁 -> 十五岁."""
    return _COUNTED.sub(lambda m: "两" if m[0] == "2" and m[1] not in _ORDINAL else to_chinese(int(m[0])), text)


def search(u: Understanding, view: View, *, allowed: Callable[[int], bool], encoder: dense.Encoder | None,
           region: str | None = None, weights: Mapping[str, float] | None = None) -> Found:
    """Return the candidates for a question among the allowed units, best first."""
    settings = table("weights")
    keep = np.array([allowed(i) for i in range(len(view.places))], dtype=bool)
    lexical = _by_unit(view, view.generation.lexical.scores(query_tokens(u)))
    cosine = np.zeros_like(lexical)
    if encoder is not None and view.generation.vectors is not None:
        vector = encoder.encode([vector_text(u)], query=True)[0]
        cosine = _by_unit(view, dense.scores(view.generation.vectors, vector))
    lexical, cosine = np.where(keep, lexical, 0.0), np.where(keep, cosine, 0.0)
    scaled = _scale(lexical), _scale(np.maximum(cosine, 0.0))
    pool = _pool(scaled, keep, int(settings["query"]["pool"]))
    if u.harm:
        pool = sorted({*pool, *_reporting(view, keep)})
    words_met = _late(u, view, pool, encoder, scaled[1])
    concept_weights, absent = weigh(u.concepts, view, pool)
    speaker = speaks_as(u.folded)
    named = any(touches(p.path, region or "") for p in u.places)
    ranked = [
        _candidate(u, view.unit(i),
                   {"lexical": float(scaled[0][i]), "vector": float(scaled[1][i]), "late": float(late),
                    "place": _applies(view, i, region, named=named), "others": float(_binds_others(view.unit(i), speaker))},
                   concept_weights, weights or settings["rank"])
        for i, late in zip(pool, words_met, strict=True)
    ]
    order = sorted(range(len(ranked)), key=lambda k: (-round(ranked[k].score, 9), pool[k]))
    return Found(tuple(ranked[k] for k in order), concept_weights, absent,
                 float(lexical.max(initial=0.0)), float(cosine.max(initial=0.0)), unheld(u, view, keep))


def _late(u: Understanding, view: View, pool: Sequence[int], encoder: dense.Encoder | None, cosine: Floats) -> Floats:
    """Return how well the words of a question are met by each unit of the pool: 1 for the best, less for the others.

    Any two units meet most of the words by half, so the differences are spread. An encoder without rows for late
    interaction lets the cosine stand in.
    """
    if not isinstance(encoder, dense.StaticEncoder) or encoder.late is None:
        return cosine[pool]
    asked = encoder.numbers(tokens(vector_text(u)))
    met = encoder.late.scores(asked, [view.rows(i, encoder) for i in pool])
    spread: float = table("weights")["query"]["spread"]
    near: Floats = np.maximum(1.0 - spread * (1.0 - _scale(np.maximum(met, 0.0))), 0.0)
    return near


def with_pointed(found: Found, units: frozenset[str]) -> Found:
    """Return the ranking with the articles that the reviewed pointers name for the question moved up."""
    weight = table("weights")["query"]["pointed"]
    moved = [replace(c, score=c.score + weight) if c.unit.key in units else c for c in found.candidates]
    return replace(found, candidates=tuple(sorted(moved, key=lambda c: -round(c.score, 9))))


def near_harm(found: Found) -> bool:
    """Tell whether what a question finds first is about harm to a child, and near enough to mean it."""
    settings = table("safety")
    if not found.candidates or found.best_cosine < settings["near_cosine"]:
        return False
    return compiled(settings["near"]).search(found.candidates[0].unit.words) is not None


def unheld(u: Understanding, view: View, keep: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the subject nouns of a question that no text speaks of on the shelves that may answer."""
    shelves = {view.places[i][0].meta.shelf for i in np.flatnonzero(keep)}
    texts = [text for text, d in zip(view.texts, view.generation.documents, strict=True) if d.meta.shelf in shelves]
    return tuple(thing for thing in u.things if not any(thing in text for text in texts))


def speaks_as(folded: str) -> frozenset[str]:
    """Return the roles of the one who asks, where the words tell: 班上 -> school, 我女儿 -> guardian; several or none: none."""
    fired = [row for row in rows("subject", "speaker") if compiled(row["pattern"]).search(folded)]
    return frozenset(fired[0]["roles"]) if len(fired) == 1 else frozenset()


def _binds_others(unit: Unit, speaker: frozenset[str]) -> bool:
    """Tell whether a unit is a duty of other people alone: 监护人…应当报告 where a teacher asks."""
    return bool(speaker and unit.roles) and not unit.roles & speaker and unit.roles <= _private()


@cache
def _private() -> frozenset[str]:
    return frozenset(table("subject")["private"]["roles"])


def _applies(view: View, number: int, region: str | None, *, named: bool) -> float:
    """What [place] says for a text of the person's place and for the nation, 0 for elsewhere; all alike where no place is known.

    Who names the place in the question (…，晋城) asks for its own text, and it counts more.
    """
    if not region:
        return 0.0
    weights: Mapping[str, float] = table("weights")["place"]
    kind = applicability(view.places[number][0].meta.region, region)
    return {"local": weights["named" if named else "local"], "nationwide": weights["nation"]}.get(kind, 0.0)


def _by_unit(view: View, scores: Floats) -> Floats:
    out = np.zeros(len(view.places), dtype=np.float32)
    if len(scores):
        np.maximum.at(out, np.asarray(view.passage_unit), scores)
    return out


def _scale(values: Floats) -> Floats:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else values


REPORTING = 8


def _reporting(view: View, keep: npt.NDArray[np.bool_]) -> list[int]:
    """The units that speak of mandatory reporting most: a question about harm looks at them whatever words it uses."""
    word = table("safety")["means"][0]
    scores = _by_unit(view, view.generation.lexical.scores(dict.fromkeys(tokens(word), 1.0)))
    best = np.argsort(-np.where(keep, scores, 0.0), kind="stable")[:REPORTING]
    return [int(i) for i in best if keep[i] and scores[i] > 0]


def _pool(scaled: tuple[Floats, Floats], keep: npt.NDArray[np.bool_], size: int) -> list[int]:
    mixed = np.where(keep, scaled[0] + scaled[1], -1.0)
    count = min(size, int(keep.sum()))
    if count <= 0:
        return []
    best = np.argpartition(-mixed, count - 1)[:count]
    return sorted(int(i) for i in best)


def weigh(concepts: Sequence[Concept], view: View, pool: Sequence[int]) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return a weight for each concept (rarer is heavier) and the concepts that no unit of the pool speaks of.

    What no unit speaks of weighs nothing in the ranking: it cannot tell two units apart. The decision counts it apart.
    """
    size = max(len(pool), 1)
    out, absent = {}, []
    for concept in concepts:
        count = sum(1 for i in pool if says(view.unit(i).words, concept) >= 1.0)
        out[concept.said] = concept.weight * idf(count, size) if count else 0.0
        if not count and concept.weight:
            absent.append(concept.said)
    return out, tuple(dict.fromkeys(absent))


@cache
def _grams(word: str) -> tuple[str, ...]:
    return tuple(bigrams(word)) if len(word) >= 4 else ()


def says(text: str, concept: Concept) -> float:
    """Return 1 where the text has one of the concept's words, a share where it has most of a longer word's bigrams."""
    best = 0.0
    for mean in concept.means:
        if mean in text:
            return 1.0
        grams = _grams(mean)
        if grams:
            best = max(best, sum([g in text for g in grams]) / len(grams))
    return best * 0.8 if best >= 0.6 else 0.0


def coverage(text: str, concepts: Sequence[Concept], weights: Mapping[str, float]) -> float:
    """Return the weighted share of the concepts that a text speaks of, 0 to 1."""
    total = sum([weights.get(c.said, 0.0) for c in concepts])
    if total <= 0:
        return 0.0
    return sum([weights[c.said] * says(text, c) for c in concepts if weights.get(c.said)]) / total


def _candidate(u: Understanding, unit: Unit, features: dict[str, float], weights: Mapping[str, float],
               table_weights: Mapping[str, float]) -> Candidate:
    concepts = [c for c in u.concepts if c.weight]
    said = {c.said: says(unit.words, c) for c in concepts}
    total = sum([weights.get(c.said, 0.0) for c in concepts]) or 1.0
    active = [c for c in concepts if said[c.said] > 0]
    share = sum([weights.get(c.said, 0.0) for c in active]) / total
    best, best_value, best_cover = None, -1.0, 0.0
    for piece in unit.pieces:
        cover = coverage(piece.words + " " + piece.lead_words, active, weights) * share
        value = cover + 0.25 * slot_filled(u.slots, piece.words)
        if value > best_value:
            best, best_value, best_cover = piece, value, cover
    features["cover"] = sum([weights.get(c.said, 0.0) * said[c.said] for c in concepts]) / total
    features["piece"] = best_cover
    features["slot"] = slot_filled(u.slots, unit.words)
    outward = u.harm and compiled(table("safety")["outward"]).search(unit.words)
    features["outward"] = 1.0 if outward else 0.0
    features["report"] = 1.0 if u.harm and table("safety")["means"][0] in unit.head else 0.0
    features["whole"] = 1.0 / (1.0 + len(unit.words) / 400.0)
    score = sum([table_weights.get(name, 0.0) * value for name, value in features.items()])
    return Candidate(unit, score, features, best, tuple(c.said for c in concepts if said[c.said] >= 1.0))


@cache
def _fills(slots: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(row["fill"]) for row in rows("slots", "slot") if row["id"] in slots and row["fill"] and "{number}" not in row["fill"])


def slot_filled(slots: Sequence[str], words_: str) -> float:
    """Return the share of the asked slots that the words can fill by their pattern."""
    patterns = _fills(tuple(slots))
    if not patterns:
        return 0.0
    return sum([1.0 for pattern in patterns if pattern.search(words_)]) / len(patterns)
