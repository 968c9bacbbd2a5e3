"""Question -> what it asks for: the slots of the table, with the words that ask and the measure or thing they name.

Guarantees: looks at no provision; a word that only counts roughly (几个同学打他, 好几天了) asks for nothing.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tiaowen.rules import compiled, rows

_HOW_MANY = r"(?:(?<![好这那哪前后第近十百千万两])(?<!(?<!超)过)几(?:多|十|百|千)?(?![年月天个]了)|多少|(?<![了差])好多(?!年了|天了))"
_ROUGH = re.compile(r"几|好多|多少")
_ASKS = re.compile(r"吗|么(?!子)|谁|怎|咋|哪|什么|啥|如何|何时|要不要|该不该|能不能|会不会|是不是|有没有|有冇|算不算|多久|不$|(.)不\1")
_OF_THE_TEXT = re.compile(r"写|讲|说|提|规定|要求|有[^，。？?]{0,3}数|原话|引用|依据|原文")
_OPEN = re.compile(r"谁|怎|咋|哪|什么|啥|如何")
_WHETHER = re.compile(r"(?:有没有|能不能|可不可以|要不要|是不是|会不会)(?!写|说|讲|提|规定)[^的]{0,8}$")
_NOT_ASKED = re.compile(r"(?:天|个?月|年|个?小时|次|回|趟)?(?:没|了|过|以来|之前|前面)")
_STOP = re.compile(r"[,。;?!、]")
_ONLY_ASKS = re.compile(r"[几多谁哪啥]|什么|好久|[一隔][次回趟轮遍]|小时$")
_FOLDED = str.maketrans("，；：", ",;:")


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot that a question asks for: the row, the asking words, and the measure word or thing they name."""

    row: dict[str, Any]
    words: str
    start: int
    end: int
    measure: str | None = None
    noun: str | None = None


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return folded_pattern(text.replace("{q}", _HOW_MANY))


def folded_pattern(text: str) -> re.Pattern[str]:
    """Return a row's pattern for folded words: a full-width comma of the row stands for the folded one."""
    return compiled(text.translate(_FOLDED))


def asked_rows(folded: str) -> tuple[Asked, ...]:
    """Return what a folded question asks for, in the order of the table."""
    found = [a for row in rows("slots", "slot") if (a := _asked(row, folded)) is not None]
    ids = {a.row["id"] for a in found}
    kept = [a for a in found if not ids & set(_yields(a.row))]
    strict = any(a.row["strict"] and "otherwise" not in a.row for a in kept)
    return tuple(a for a in kept if not ("otherwise" in a.row and strict))


def only_asks(words: str) -> bool:
    """Tell whether words of a question ask and name no subject: 多久, 隔多久, 几小时."""
    return _ONLY_ASKS.search(words) is not None


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
        if "{q}" in row["ask"] and _is_rough(folded, match, "otherwise" in row):
            continue
        named = match.groupdict()
        return Asked(row, match[0], match.start(), match.end(), named.get("measure"), named.get("noun") or named.get("thing"))
    return None


def _is_rough(folded: str, match: re.Match[str], otherwise: bool) -> bool:
    """几 and 好多 count roughly where the question goes on to ask something else: 几个人围殴一个，学校该做什么."""
    if not _ROUGH.search(match[0]) or ("多少" in match[0] and not otherwise):
        return False
    if _NOT_ASKED.match(folded, match.end()) or _WHETHER.search(_STOP.split(folded[: match.start()])[-1]):
        return True
    return any(_goes_on(part) for part in _STOP.split(folded[match.end() :]))


def _goes_on(part: str) -> bool:
    """A later clause asks for something else, not whether the text says so (方案写了没)."""
    return bool(_ASKS.search(part)) and (bool(_OPEN.search(part)) or not _OF_THE_TEXT.search(part))
