"""Is the question answered, and if not, why: from what of the question the provisions actually cover.

No score threshold alone: the asked slot must be filled where the question's own subject stands.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tiaowen.ask.odd import Oddness
from tiaowen.ask.query import Understanding
from tiaowen.ask.search import Found
from tiaowen.ask.slots import empty_slot
from tiaowen.index.tokens import fold
from tiaowen.rules import compiled, rows, table


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
    """Tell whether a question speaks of minors, schools, families or those who protect them, or of a held document."""
    return u.harm or bool(u.documents) or _fires("subject", u.folded)


def is_other(u: Understanding) -> bool:
    """Tell whether a question speaks of a grown-up and of no minor."""
    return _fires("other", u.folded) and not compiled(rows("subject", "subject")[0]["pattern"]).search(u.folded)


def _fires(section: str, question: str) -> bool:
    return any(compiled(row["pattern"]).search(fold(question)) for row in rows("subject", section))


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
    if empty and not found.unheld and not is_other(u) and confidence >= table("weights")["decide"]["answer"]:
        return Decision(False, "not_stated", empty, confidence)
    if is_other(u) or not is_subject(u):
        return Decision(False, "out_of_subject", None, confidence)
    if empty and not found.unheld:
        return Decision(False, "not_stated", empty, confidence)
    return Decision(False, "not_in_corpus", None, confidence)
