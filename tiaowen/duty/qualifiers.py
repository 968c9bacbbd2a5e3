"""Words that narrow a duty: its condition, its exception, and from when a number of days runs.

Guarantees: each is a span inside the draft or None.
"""

import re
from dataclasses import dataclass

from tiaowen.duty.limits import Found
from tiaowen.duty.patterns import possible
from tiaowen.duty.pieces import Draft
from tiaowen.model import Span


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Spans of one draft and the rows that found them."""

    condition: Span | None
    exception: Span | None
    limit_from: Span | None
    rules: tuple[str, ...]


def qualifiers(text: str, draft: Draft, limit: Found | None) -> Qualifiers:
    """Return condition, exception and start of the limit of a draft."""
    condition = None if draft.penalty else _first(text, "condition", draft.start, draft.end)
    exception = _first(text, "exception", draft.start, draft.end)
    start = _first(text, "limit_from", draft.start, limit.span.start) if limit and limit.kind == "number" else None
    found = [one for one in (condition, exception, start) if one]
    return Qualifiers(None if draft.penalty else draft.condition or (condition.span if condition else None), exception.span if exception else None,
                      start.span if start else None, tuple(one.rule for one in found))


def _first(text: str, section: str, start: int, end: int) -> Found | None:
    """The first match; a row ends with $ where it must reach the end."""
    found: list[tuple[re.Match[str], str]] = []
    for row in possible("duty_relations", section, text, start, end):
        match = row.pattern.search(text, start, end)
        if match:
            found.append((match, row.id))
    if not found:
        return None
    match, rule = min(found, key=lambda pair: pair[0].start())
    group = "from" if "from" in match.groupdict() else 0
    return Found(Span(match.start(group), match.end(group)), rule)
