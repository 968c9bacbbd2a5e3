"""How Chinese characters sound, without tones and with the pairs that dictation and dialects confuse made equal.

The table of single characters is made from pypinyin once and lies in the user's cache folder: importing pypinyin costs
as much as answering a question.
"""

import json
from functools import cache

from tiaowen.index.segment import cache_folder, write_whole

_FORMAT = "1"
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def sound(text: str) -> tuple[str, ...] | None:
    """Return the syllables of a run of characters; None where a character is not in the table."""
    try:
        return tuple(map(_table().__getitem__, text))
    except KeyError:
        return None


@cache
def _table() -> dict[str, str]:
    path = cache_folder() / f"pinyin-{_FORMAT}.json"
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = _made()
        write_whole(path, json.dumps(found, ensure_ascii=False).encode("utf-8"))
    return found


def _made() -> dict[str, str]:
    from pypinyin import Style, pinyin

    characters = [bytes((row, cell)).decode("gb2312", errors="ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    return {c: _plain(pinyin(c, style=Style.NORMAL)[0][0]) for c in characters if c}


def _plain(syllable: str) -> str:
    for said, meant in _CONFUSED:
        if syllable.startswith(said):
            syllable = meant + syllable[len(said) :]
        elif len(said) > 2 and syllable.endswith(said):
            syllable = syllable[: -len(said)] + meant
    return syllable
