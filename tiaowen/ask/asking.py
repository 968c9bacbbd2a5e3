"""Question -> what it asks for: the slots of the table, with the words that ask and the measure or thing they name.

Guarantees: looks at no provision; a word that only counts roughly (几个同学打他, 好几天了) asks for nothing.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tiaowen.rules import compiled, rows

_HOW_MANY = r"(?:(?<![好这那哪前后上第近过十百千万两])几(?:多|十|百|千)?(?![年月天个]了)|多少|(?<![了差])好多(?!年了|天了))"
_ROUGH = re.compile(r"几|好多")
_ASKS = re.compile(r"吗|么(?!子)|谁|怎|咋|哪|什么|啥|如何|何时|要不要|该不该|能不能|会不会|是不是|有没有|有冇|算不算|可不可以|合不合|行不行|多久")
_OF_THE_TEXT = re.compile(r"写|讲|说|提|规定|要求|有[^，。？?]{0,3}数|看原话|引用|答|依据|原文|话说")
_STOP = re.compile(r"[，。；？！?!;、]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot that a question asks for: the row, the asking words, and the measure word or thing they name."""

    row: dict[str, Any]
    words: str
    end: int
    counts: bool
    measure: str | None = None
    noun: str | None = None


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return compiled(text.replace("{q}", _HOW_MANY))


def asked_rows(folded: str) -> tuple[Asked, ...]:
    """Return what a folded question asks for, in the order of the table."""
    found = [a for row in rows("slots", "slot") if (a := _asked(row, folded)) is not None]
    ids = {a.row["id"] for a in found}
    kept = [a for a in found if not ids & set(_yields(a.row))]
    strict = any(a.row["strict"] and "otherwise" not in a.row for a in kept)
    return tuple(a for a in kept if not ("otherwise" in a.row and strict))


def asked_slots(folded: str) -> tuple[str, ...]:
    """Return the ids of the slots that a folded question asks for, in the order of the table."""
    return tuple(a.row["id"] for a in asked_rows(folded))


def _yields(row: dict[str, Any]) -> tuple[str, ...]:
    names = row.get("yields_to", ())
    return (names,) if isinstance(names, str) else tuple(names)


def _asked(row: dict[str, Any], folded: str) -> Asked | None:
    if "unless" in row and _pattern(row["unless"]).search(folded):
        return None
    for match in _pattern(row["ask"]).finditer(folded):
        if "{q}" in row["ask"] and _is_rough(folded, match):
            continue
        named = match.groupdict()
        return Asked(row, match[0], match.end(), "{q}" in row["ask"], named.get("measure"), named.get("noun") or named.get("thing"))
    return None


def _is_rough(folded: str, match: re.Match[str]) -> bool:
    """几 and 好多 count roughly where the question goes on to ask something else: 几个人围殴一个，学校该做什么."""
    if not _ROUGH.search(match[0]) or "多少" in match[0]:
        return False
    rest = _STOP.split(folded[match.end() :])
    return any(_ASKS.search(part) and not _OF_THE_TEXT.search(part) for part in rest)
