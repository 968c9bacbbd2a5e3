"""Lines of a statute that head something without a number of their own: headings between articles, annexes."""

import re
from collections.abc import Sequence

from tiaowen.model import Marker
from tiaowen.numerals import to_int

TOP = ("prt", "chp", "sec", "art")
_LONGEST_HEAD = 30
_WORDS = re.compile(r"[一-龥、（）()《》〈〉“”\s　 ]{2,}")
_ALWAYS = re.compile(r"[总附]\s*则|序\s*言")
_SUBPART = re.compile(r"第[一二三四五六七八九十]+分编[\s　 ].*")
_ENDED = re.compile(r"[。！？）)”」』]$")
_ANNEX = re.compile(r"(?:附[件录表图][ 　]*(?P<n>[一二三四五六七八九十]+|[0-9０-９]+)?|附)(?:[ 　]*[:：].*|[ 　].*)?")
_LONGEST_ANNEX = 80


def unnumbered(words: Sequence[str], found: Sequence[Marker | None]) -> frozenset[int]:
    """Return the lines that are headings without 编章节 (网络素养促进; 二、诉讼时效): short, without a sentence, right before
    a numbered heading, an article or another such heading; the line before ends a sentence or is a heading itself.
    """
    lines = [i for i, line in enumerate(words) if line]
    heads: set[int] = set()
    articles = [i for i in lines if _kind(found[i]) == "art"] or [len(words)]
    for place in range(len(lines) - 2, -1, -1):
        i, after = lines[place], lines[place + 1]
        opens = after in heads or _kind(found[after]) in TOP
        if opens and _like_head(words[i], found[i]) and _may_stand(place, lines, words, found, articles):
            heads.add(i)
    return frozenset(heads)


def _kind(mark: Marker | None) -> str:
    return mark.kind if mark else ""


def _like_head(line: str, mark: Marker | None) -> bool:
    if mark and mark.kind != "item":
        return False
    return len(line) <= _LONGEST_HEAD and bool(_WORDS.fullmatch(line))


def _may_stand(place: int, lines: Sequence[int], words: Sequence[str], found: Sequence[Marker | None],
               articles: Sequence[int]) -> bool:
    """Before the first article only 总则, 第一分编 or 一、; afterwards where the words above are at an end.

    The last 项 of a list, printed without its full stop, has a 项 above it that ends in ；.
    """
    i, above = lines[place], lines[place - 1] if place else None
    if _ALWAYS.fullmatch(words[i]) or _SUBPART.fullmatch(words[i]) or (found[i] and i < articles[0]):
        return True
    if above is not None and _kind(found[above]) in TOP[:-1]:
        return True
    if above is None or i < articles[0]:
        return False
    return bool(_ENDED.search(words[above])) or _like_head(words[above], found[above])


def continues(line: str) -> bool:
    """Tell whether a heading line below a chapter's is the rest of that chapter's heading, broken in two."""
    return not (_ALWAYS.fullmatch(line) or _SUBPART.fullmatch(line))


def annex_number(line: str) -> int | None:
    """Return the number that an annex line prints, None where it prints none."""
    match = _ANNEX.fullmatch(line)
    return to_int(match["n"]) if match and match["n"] else None


def annex_lines(words: Sequence[str], found: Sequence[Marker | None]) -> tuple[int | None, frozenset[int]]:
    """Return the first line after the last article that names an annex, and the lines that open one: 附件, 附件一：…, 附表.

    附件：1.…2.… without a number, before an 附件1, only lists what follows.
    """
    last = max((i for i, mark in enumerate(found) if _kind(mark) == "art"), default=len(words))
    named = [i for i in range(last + 1, len(words)) if len(words[i]) <= _LONGEST_ANNEX and _ANNEX.fullmatch(words[i])]
    numbered = [i for i in named if annex_number(words[i]) is not None]
    return min(named, default=None), frozenset(numbered or named)
