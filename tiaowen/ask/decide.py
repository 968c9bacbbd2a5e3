"""Is the question answered, and if not, why: from what of the question the provisions actually cover.

No score threshold alone: the asked slot must be filled where the question's own subject stands.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tiaowen.ask.odd import Oddness
from tiaowen.ask.query import Concept, Understanding
from tiaowen.ask.search import Candidate, Found, coverage
from tiaowen.index.tokens import fold
from tiaowen.rules import compiled, rows, table

SHORT_PARAGRAPH = 260
SHORT_UNIT = 420


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, why not, and which slot is empty; `confidence` is the probability that it is answerable."""

    answered: bool
    reason: str | None
    slot: str | None
    confidence: float


def signals(u: Understanding, found: Found, odd: Oddness) -> dict[str, float]:
    """Return what the decision is made from, each 0 to 1 or a small number."""
    top = found.candidates[0] if found.candidates else None
    concepts = [c for c in u.concepts if c.weight]
    total = sum(c.weight for c in concepts)
    absent = sum(c.weight for c in concepts if c.said in found.absent)
    return {
        "bias": 1.0,
        "cover": top.features["cover"] if top else 0.0,
        "piece": top.features["piece"] if top else 0.0,
        "absent": absent / total if total else 0.0,
        "cosine": found.best_cosine,
        "lexical": math.log1p(found.best_lexical) / 4,
        "slot": top.features["slot"] if top else 0.0,
        "subject": 1.0 if is_subject(u) else 0.0,
        "unheld": 1.0 if found.unheld and not u.harm else 0.0,
        "other": 1.0 if is_other(u) else 0.0,
        "concepts": min(len(concepts), 12) / 12,
        "agree": _agree(found),
        "odd": odd.value,
    }


def _agree(found: Found) -> float:
    """Both channels name the same unit first."""
    if not found.candidates:
        return 0.0
    best = [max(found.candidates, key=lambda c: c.features[k]).unit.key for k in ("lexical", "vector")]
    return 1.0 if best[0] == best[1] else 0.0


def is_subject(u: Understanding) -> bool:
    """Tell whether a question speaks of minors, schools, families or those who protect them at all."""
    return u.harm or _fires("subject", u.folded)


def is_other(u: Understanding) -> bool:
    """Tell whether a question speaks of a grown-up and of no minor."""
    return _fires("other", u.folded) and not compiled(rows("subject", "subject")[0]["pattern"]).search(u.folded)


def _fires(section: str, question: str) -> bool:
    return any(compiled(row["pattern"]).search(fold(question)) for row in rows("subject", section))


def strict_slots(u: Understanding) -> tuple[str, ...]:
    """Return the asked slots that must be filled for the question to count as answered."""
    return tuple(row["id"] for row in rows("slots", "slot") if row["id"] in u.slots and row["strict"])


def decide(u: Understanding, found: Found, odd: Oddness) -> Decision:
    """Return the decision for a question that names no exact provision."""
    values = signals(u, found, odd)
    weights: Mapping[str, float] = table("weights")["answerable"]
    z = sum(weights.get(name, 0.0) * value for name, value in values.items())
    confidence = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
    empty = empty_slot(u, found)
    least = table("weights")["decide"]["answer" if is_subject(u) else "stranger"]
    if found.candidates and confidence >= least:
        return Decision(not empty, "not_stated" if empty else None, empty, confidence)
    if is_other(u) or not is_subject(u):
        return Decision(False, "out_of_subject", None, confidence)
    if empty and not found.unheld:
        return Decision(False, "not_stated", empty, confidence)
    return Decision(False, "not_in_corpus", None, confidence)


def empty_slot(u: Understanding, found: Found) -> str | None:
    """Return the first strict slot that no well-covering candidate fills near the question's subject."""
    for slot in strict_slots(u):
        if not any(fills(slot, u, c, found) for c in _close(found)):
            return slot
    return None


def _close(found: Found) -> list[Candidate]:
    """The candidates that stand close enough to the first to answer in its place."""
    if not found.candidates:
        return []
    limit = table("weights")["decide"]["close"] * found.candidates[0].score
    return [c for c in found.candidates[:5] if c.score >= limit]


def fills(slot: str, u: Understanding, candidate: Candidate, found: Found) -> bool:
    """Tell whether a candidate fills a slot in a sentence that speaks of the question's subject."""
    row = next(r for r in rows("slots", "slot") if r["id"] == slot)
    if not row["fill"]:
        return True
    pattern = fill_pattern(row, u)
    if row.get("frame") == "units" and candidate.unit.provision.units:
        return candidate is found.candidates[0] or candidate.features["cover"] >= found.candidates[0].features["cover"]
    if candidate is found.candidates[0] and len(candidate.unit.words) <= SHORT_UNIT:
        return any(pattern.search(p.words) for p in candidate.unit.pieces)
    asked = compiled(row["ask"]).search(u.folded)
    concepts = [c for c in u.concepts if c.weight and not (asked and c.said in asked[0])]
    enough = table("weights")["decide"]["near"] * max(c.features["piece"] for c in found.candidates)
    paragraphs = {p.at.split("__item")[0] for p in candidate.unit.pieces if pattern.search(p.words)}
    return any(_near(candidate, at, pattern, concepts, found, enough) for at in sorted(paragraphs))


_NUMBER = "[0-9零一二两三四五六七八九十百千万]+"
_SAME_MEASURE = ({"所", "处", "个", "家", "间"}, {"平", "平方", "平米", "平方米"}, {"节", "节课", "课时", "学时", "次"},
                 {"名", "位", "人"}, {"张", "份", "页"})


def fill_pattern(row: dict[str, Any], u: Understanding) -> re.Pattern[str]:
    """Return what fills a slot; a counted thing needs its own measure word after a number (几处 is filled by 一所)."""
    if "{number}" not in row["fill"]:
        return compiled(row["fill"])
    asked = compiled(row["ask"]).search(u.folded)
    word = asked.groupdict().get("measure") if asked else None
    words = next((s for s in _SAME_MEASURE if word in s), {word} if word else {"年"})
    return compiled(row["fill"].replace("{number}", _NUMBER).replace("{measure}", "|".join(sorted(words))))


def _near(candidate: Candidate, at: str, pattern: re.Pattern[str], concepts: list[Concept], found: Found,
          enough: float) -> bool:
    """The sentence that fills the slot speaks of the subject, itself or with its neighbours in a short paragraph."""
    pieces = [p for p in candidate.unit.pieces if p.at.split("__item")[0] == at]
    for i, piece in enumerate(pieces):
        if not pattern.search(piece.words):
            continue
        around = pieces if sum(len(p.words) for p in pieces) <= SHORT_PARAGRAPH else pieces[max(0, i - 1) : i + 2]
        if coverage(" ".join(p.words for p in around), concepts, found.weights) >= enough:
            return True
    return False


def slot_name(slot: str) -> str:
    """Return how a slot is called to the user."""
    return next(str(row["name"]) for row in rows("slots", "slot") if row["id"] == slot)
