"""A question that takes something for given which the source says otherwise: 是不是三小时内报告 beside 立即.

Only where both sides are of the same slot and both are certain; what cannot be compared is left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tiaowen import wording
from tiaowen.ask.asking import folded_pattern
from tiaowen.ask.query import Understanding
from tiaowen.ask.search import says
from tiaowen.index.tokens import fold
from tiaowen.model import AnswerItem
from tiaowen.numerals import to_int
from tiaowen.rules import rows

_NUMBER = "[0-9零一二两三四五六七八九十百千万]+"
_CLAUSE_END = re.compile(r"[,。;?!]")
_ASKS_WHICH = re.compile("还是|哪|谁")
_SPAN = re.compile(rf"({_NUMBER})个?(小时|钟头|工作日|天|日|星期|周|月|年)")
_RATE = re.compile(rf"(?:每|一个?)(学年|学期|半年|季度|年|季|月|周)[^,。]{{0,6}}?({_NUMBER})(?:次|回)")
_Wrong = tuple[str, str]
LEADING = 3
_SLOT = {"time_limit": "limit", "frequency": "frequency", "amount": "fine"}
_SAME_UNIT = {"钟头": "小时", "日": "天", "星期": "周", "学年": "年", "季度": "季"}


def corrections(u: Understanding, items: Sequence[AnswerItem]) -> Iterator[str]:
    """Yield a note for each premise of a question that an answer contradicts, with the source's word.

    The first of the leading answers whose duty has that slot and is about the same act is the one that counts.
    """
    folded = u.folded
    for row in rows("slots", "premise"):
        for match in stated(row, folded):
            duty = next((i.duty for i in items[:LEADING] if i.duty and i.duty[row["slot"]]
                         and (not row.get("act") or _same_act(u, folded, match, i.duty))), None)
            others = next((i.duties for i in items if i.duty is duty), ())
            wrong = _CONTRADICTS[row["slot"]](match["said"], duty, others) if duty else None
            if wrong:
                yield wording.NOTE_PREMISE.format(said=wrong[0], source=wrong[1])


def assumed(u: Understanding) -> tuple[str, ...]:
    """Return the slots that a question takes for given: the duty that answers is the one that fills them."""
    return tuple(_SLOT[row["slot"]] for row in rows("slots", "premise") if row["slot"] in _SLOT and stated(row, u.folded))


def stated(row: Mapping[str, Any], folded: str) -> list[re.Match[str]]:
    """Return where a folded question takes what a row describes for given, and does not ask which it is."""
    found = folded_pattern(row["pattern"].replace("{number}", _NUMBER)).finditer(folded)
    return [match for match in found if not _ASKS_WHICH.search(folded[slice(*_clause(folded, match))])]


def _clause(folded: str, match: re.Match[str]) -> tuple[int, int]:
    """The range of the clause of a match."""
    start = max((m.end() for m in _CLAUSE_END.finditer(folded, 0, match.start())), default=0)
    after = _CLAUSE_END.search(folded, match.end())
    end = after.start() if after else len(folded)
    return start, end


def _same_act(u: Understanding, folded: str, match: re.Match[str], duty: Mapping[str, Any]) -> bool:
    """The clause of the premise speaks of what the duty is about; where it names nothing (…，每学期两次对吧), the question does."""
    start, end = _clause(folded, match)
    words = fold(f"{duty['action']} {duty['trigger'] or ''}")
    telling = [c for c in u.concepts if c.weight and not match.start() <= c.start < match.end()]
    inside = [c for c in telling if start <= c.start < end]
    return any(says(words, c) > 0 for c in inside or telling)


def _limit(said: str, duty: Mapping[str, Any], _: tuple[dict[str, Any], ...]) -> _Wrong | None:
    source = duty["time_limit"]
    if not source or duty["limit_kind"] not in ("word", "number"):
        return None
    return (said, str(source)) if _span(said) != _span(fold(source)) else None


def _span(words: str) -> tuple[int, str] | None:
    found = _SPAN.search(words)
    return (to_int(found[1]), _SAME_UNIT.get(found[2], found[2])) if found else None


def _frequency(said: str, duty: Mapping[str, Any], _: tuple[dict[str, Any], ...]) -> _Wrong | None:
    source = duty["frequency"]
    return (said, str(source)) if source and _rate(said) != _rate(fold(source)) else None


def _rate(words: str) -> tuple[str, int] | None:
    found = _RATE.search(words)
    return (_SAME_UNIT.get(found[1], found[1]), to_int(found[2])) if found else None


def _amount(said: str, duty: Mapping[str, Any], duties: tuple[dict[str, Any], ...]) -> _Wrong | None:
    """A sum counts as contradicted where no fine of the provision reaches it."""
    found = re.search(_NUMBER + "(?=元|块)", said)
    amounts = [d["amount"] for d in (duty, *duties) if d["amount"]]
    if not found or not duty["amount"]:
        return None
    ranges = [[to_int(n) for n in re.findall(_NUMBER + "(?=元)", fold(a))] for a in amounts]
    value = to_int(found[0])
    within = any(min(r) <= value <= max(r) for r in ranges if r)
    return None if within or not all(ranges) else (said, str(duty["amount"]))


def _lead(said: str, duty: Mapping[str, Any], _: tuple[dict[str, Any], ...]) -> _Wrong | None:
    leads = [fold(name) for name in duty["lead_units"]]
    others = [fold(name) for name in duty["units"] if fold(name) not in leads]
    wrong = max((name for name in others if said.endswith(name)), key=len, default=None)
    if not leads or wrong is None or any(said.endswith(name) for name in leads):
        return None
    return wrong, wording.LIST.join(duty["lead_units"])


_CONTRADICTS = {"time_limit": _limit, "frequency": _frequency, "amount": _amount, "lead_units": _lead}
