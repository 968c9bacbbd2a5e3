"""What is counted of one answered question, and how a rate is printed: k/n with its Wilson interval."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tiaowen import wording
from tiaowen.ask.notes import status_words
from tiaowen.library import Library
from tiaowen.model import AskResult

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, its result, and what was right about it; None where a count does not apply."""

    row: dict[str, Any]
    result: AskResult
    rank: int | None
    complete: bool | None
    status: bool
    reason: bool | None
    slots: dict[str, bool]
    missing: tuple[str, ...]
    forbidden: tuple[str, ...]
    broken: tuple[str, ...]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of hits out of n; (0, 1) for no observations."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(values: Sequence[bool]) -> str:
    """Return a rate as `0.912 (52/57, 0.81–0.96)`."""
    if not values:
        return "– (0)"
    low, high = wilson(sum(values), len(values))
    return f"{sum(values) / len(values):.3f} ({sum(values)}/{len(values)}, {low:.2f}–{high:.2f})"


def shown(result: AskResult, library: Library) -> str:
    """Return everything of a result that a person reads, the ranking below a given answer apart."""
    parts = [result.message, *result.notes, *result.safety]
    for answer in result.answers:
        meta = library.document(answer.provision.split("#")[0]).meta
        parts += [answer.citation, answer.quote, *(e.quote for e in answer.evidence), status_words(meta),
                  (answer.successor or {}).get("title") or ""]
    for law in result.higher_law:
        parts += [law.law, law.article, law.quote or "", law.pointer or "", law.note or ""]
    return "\n".join(parts)


def judge(row: dict[str, Any], result: AskResult, library: Library) -> Outcome:
    """Return what was right about a result."""
    expect, gold = row["expect"], {g["id"] for g in row["gold"] if g["grade"] == 3}
    ranking = [r.provision for r in result.related]
    answered = expect["status"] == "answered"
    rank = next((i for i, p in enumerate(ranking, 1) if p in gold), 0) if answered and gold else None
    complete = None
    if answered and gold and not row["any"]:
        complete = gold <= set(ranking[:5])
    text = shown(result, library)
    missing = tuple(m for m in row["must_show"] if not any(alt in text for alt in m.split("|")))
    forbidden = tuple(m for m in row["must_not_show"] if m in text)
    first = result.answers[0].provision if result.answers else None
    if first and first in expect.get("first_not", ()):
        forbidden = (*forbidden, f"first: {first}")
    if "safety" in expect and bool(result.safety) != expect["safety"] and row["kind"] == "safety":
        forbidden = (*forbidden, "safety strip")
    reason = None if answered else result.reason == expect["reason"]
    return Outcome(row, result, rank, complete, result.status == expect["status"], reason, _slots(expect, result),
                   missing, forbidden, broken(result, library))


def _slots(expect: dict[str, Any], result: AskResult) -> dict[str, bool]:
    """Which expected slot values the first answer (or any, for lists) gives."""
    out = {}
    duties = [d for a in result.answers[:1] for d in (a.duty, *a.duties) if d]
    for name in ("time_limit", "frequency", "amount", "bearer", "modality"):
        if expect.get(name):
            out[name] = any(_same(str(expect[name]), str(d.get(name) or "")) for d in duties[:1])
    for name in ("recipients", "units", "lead_units"):
        if expect.get(name):
            out[name] = any(set(expect[name]) <= set(d.get(name) or ()) for d in duties[:1])
    return out


def _same(expected: str, found: str) -> bool:
    return bool(found) and (expected == found or expected in found or found in expected)


def broken(result: AskResult, library: Library) -> tuple[str, ...]:
    """Return every broken promise: a quote that is not its slice, an id that does not exist, a number from nowhere."""
    out = []
    for answer in result.answers:
        document = library.document(answer.provision.split("#")[0])
        known = {p.eid for p in document.provisions}
        if answer.provision.split("#")[1] not in known or answer.at not in known:
            out.append(f"id: {answer.provision} {answer.at}")
        if document.clean.text[slice(*answer.span)] != answer.quote:
            out.append(f"quote: {answer.provision}")
        out += [f"evidence: {answer.provision}" for e in answer.evidence
                if document.clean.text[slice(*e.span)] != e.quote]
    for related in result.related:
        document = library.document(related.provision.split("#")[0])
        if related.provision.split("#")[1] not in {p.eid for p in document.provisions}:
            out.append(f"id: {related.provision}")
    return (*out, *_numbers(result, library))


def _numbers(result: AskResult, library: Library) -> list[str]:
    """Arabic numbers in message and notes that stand in no quote, citation, date of a document, or fixed phrase."""
    sources = [a.quote + a.citation for a in result.answers] + [result.question, str(len(result.answers))]
    sources += [str((a.successor or {}).get("in_force")) for a in result.answers]
    sources += [str(e.quote) for a in result.answers for e in a.evidence]
    sources += [f"{d.meta.title}{d.meta.document_number}{status_words(d.meta)}" for d in library.documents]
    sources += [p.label for d in library.documents for p in d.provisions]
    fixed = [wording.NOTE_COORDINATION, wording.TOO_LONG]
    allowed = set(re.findall(r"\d+", " ".join([*sources, *fixed])))
    return [f"number: {n}" for n in re.findall(r"\d+", " ".join([result.message, *result.notes])) if n not in allowed]
