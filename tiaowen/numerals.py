"""Chinese, Arabic, full-width and circled numerals <-> int.

Only numerals that a marker captured are converted; prose is never rewritten.
"""

import unicodedata

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGITS |= {str(n): n for n in range(10)}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 20
_CHINESE = "零一二三四五六七八九"

NUMERAL = r"[零〇一二两三四五六七八九十百千万0-9０-９]+"
"""Pattern of a numeral that `to_int` accepts (circled numerals apart)."""


def to_int(text: str) -> int:
    """Return the value of a numeral: 三十二, 32, ３２, ③, 一百零二, 二〇二一, 3万.

    Raises ValueError when `text` is not one numeral.
    """
    folded = unicodedata.normalize("NFKC", text.strip())
    if not folded or len(folded) > _LONGEST or any(c not in _DIGITS and c not in _SMALL and c != "万" for c in folded):
        raise ValueError(f"not a numeral: {text!r}")
    if all(c in _DIGITS for c in folded):
        return int("".join(str(_DIGITS[c]) for c in folded))
    head, separator, tail = folded.rpartition("万")
    high = (to_int(head) if head else 1) * 10_000 if separator else 0
    return high + _below_ten_thousand(tail)


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in _SMALL:
            total += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def to_chinese(number: int) -> str:
    """Return the numeral as statutes print it: 32 -> 三十二, 101 -> 一百零一.

    Raises ValueError outside 0..99,999,999.
    """
    if not 0 <= number < 100_000_000:
        raise ValueError(f"out of range: {number}")
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        one = "一" if 10 <= low < 20 else ""  # 二万零一十, not 二万零十
        return f"{to_chinese(high)}万{gap}{one}{to_chinese(low) if low else ''}"
    if number == 0:
        return "零"
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if pending_zero and out else "") + _CHINESE[digit] + name
            pending_zero = False
        else:
            pending_zero = True
    return out[1:] if out.startswith("一十") else out
