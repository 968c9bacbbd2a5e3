"""Is the question answered, and if not, why: from what of the question the provisions actually cover.

No score threshold alone: the asked slot must be filled where the question's own subject stands.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tiaowen.ask.query import Understanding
from tiaowen.ask.search import Candidate, Found, coverage
from tiaowen.rules import compiled, rows, table

_SUBJECT = re.compile(
    "未成年|孩|娃|儿童|少年|学生|学校|校|幼儿|园|家长|老师|教师|监护|父母|爸|妈|爹|娘|崽|伢|妹陀|细路|儿子|女儿|闺女|孙|侄|婴|宝宝|小朋友|中学|小学|"
    "高中|初中|初一|初二|初三|高一|高二|高三|年级|班上|班里|托管|留守|孤儿|收养|离婚|辅导|关工委|少年|儿童主任|未保|网吧|剧本|文身|纹身|青春|成长|教职|法治副校长|"
    "[0-9一二三四五六七八九十]+(?:周)?岁|欺凌|霸凌|欺负|家暴|性侵|猥亵|沉迷|近视|课后|早恋|卡介苗|生长激素|奶娃|母婴|村(?:委|居|上|里|支书|干部)"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, why not, and which slot is empty; `confidence` is the probability that it is answerable."""

    answered: bool
    reason: str | None
    slot: str | None
    confidence: float


def signals(u: Understanding, found: Found) -> dict[str, float]:
    """Return what the decision is made from, each 0 to 1 or a small number."""
    top = found.candidates[0] if found.candidates else None
    concepts = [c for c in u.concepts if c.weight]
    total = sum(found.weights.get(c.said, 0.0) for c in concepts)
    absent = sum(found.weights.get(c.said, 0.0) for c in concepts if c.said in found.absent)
    return {
        "bias": 1.0,
        "cover": top.features["cover"] if top else 0.0,
        "piece": top.features["piece"] if top else 0.0,
        "absent": absent / total if total else 0.0,
        "cosine": found.best_cosine,
        "lexical": math.log1p(found.best_lexical) / 4,
        "slot": top.features["slot"] if top else 0.0,
        "strict": 1.0 if strict_slots(u) else 0.0,
        "subject": 1.0 if is_subject(u) else 0.0,
        "concepts": min(len(concepts), 12) / 12,
        "agree": _agree(found),
    }


def _agree(found: Found) -> float:
    """Both channels name the same unit first."""
    if not found.candidates:
        return 0.0
    best = [max(found.candidates, key=lambda c: c.features[k]).unit.key for k in ("lexical", "vector")]
    return 1.0 if best[0] == best[1] else 0.0


def is_subject(u: Understanding) -> bool:
    """Tell whether a question speaks of minors, schools, families or those who protect them at all."""
    return bool(_SUBJECT.search(u.question)) or u.harm


def strict_slots(u: Understanding) -> tuple[str, ...]:
    """Return the asked slots that must be filled for the question to count as answered."""
    return tuple(row["id"] for row in rows("slots", "slot") if row["id"] in u.slots and row["strict"])


def decide(u: Understanding, found: Found) -> Decision:
    """Return the decision for a question that names no exact provision."""
    values = signals(u, found)
    weights: Mapping[str, float] = table("weights")["answerable"]
    z = sum(weights.get(name, 0.0) * value for name, value in values.items())
    confidence = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
    if not found.candidates or confidence < table("weights")["decide"]["answer"]:
        return Decision(False, "not_in_corpus" if is_subject(u) else "out_of_subject", None, confidence)
    empty = empty_slot(u, found)
    if empty:
        return Decision(False, "not_stated", empty, confidence)
    return Decision(True, None, None, confidence)


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
    pattern = compiled(row["fill"])
    concepts = [c for c in u.concepts if c.weight]
    best = candidate.features["piece"]
    for piece in candidate.unit.pieces:
        if pattern.search(piece.words) and (
            coverage(piece.words + " " + piece.lead_words, concepts, found.weights)
            >= table("weights")["decide"]["near"] * best
        ):
            return True
    return False


def slot_name(slot: str) -> str:
    """Return how a slot is called to the user."""
    return next(str(row["name"]) for row in rows("slots", "slot") if row["id"] == slot)


def matched(pattern: str, text: str) -> str | None:
    """Return the words of a pattern in a text, None where there are none."""
    found = compiled(pattern).search(text)
    return found[0] if found else None
