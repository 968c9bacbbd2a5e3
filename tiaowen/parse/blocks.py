"""Clean text -> blocks: one per line, each with a role and its marker.

Guarantees: blocks tile the clean text without gap or overlap. Roles: notice, title, mark (stage in brackets, lines of
adoption), toc, preamble, heading-or-text (`unit` with a marker, `text` without), head (a heading without 编章节),
unit_line, annex (the line that opens one), colophon, blank.
"""

import re
from collections.abc import Sequence

from tiaowen.model import Block, Marker
from tiaowen.parse.heads import annex_lines, unnumbered
from tiaowen.rules import compiled, rows
from tiaowen.rules.markers import LISTED, OFFICIAL, STATUTE, marker

_NOTICE_TITLE = re.compile(r"(?:印发|转发|发布|公布)[《]([^《》]*(?:《[^《》]*》[^《》]*)*)》的(?:通知|公告|决定)")
_STAGE = re.compile(r"[（(][^（()）]*(?:稿|草案|试行|暂行|年[^（()）]*(?:通过|公布|发布|修订|修正|施行))[^（()）]*[）)]")
_HISTORY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日[^。]*(?:通过|批准|公布|发布|修订|修正|修改|施行|生效|实施|废止)[^。]{0,20}")
_COLOPHON = re.compile(r"抄送[:：]")
_TITLE_LENGTH = 60
_SENTENCE = re.compile(r"[。；：，]")


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a clean text."""
    lines = _lines(text)
    scheme = scheme_of(text)
    found = [marker(text[a:b], scheme=scheme) for a, b in lines]
    words = [text[a:b].strip() for a, b in lines]
    heads = unnumbered(words, found) if scheme == STATUTE else frozenset()
    first = min([*heads, *(i for i, m in enumerate(found) if m and not (scheme == STATUTE and m.kind in LISTED))],
                default=len(lines))
    roles = _front(words[:first]) + _body(words[first:], found[first:])
    for i in heads:
        roles[i] = "head"
    _mark_contents(words, found, roles)
    if scheme == STATUTE:
        _mark_annexes(words, found, roles)
    return tuple(Block(a, b, role, m if role in ("unit", "head") else None)
                 for (a, b), role, m in zip(lines, roles, found, strict=True))


def scheme_of(text: str) -> str:
    """Return statute where at least two lines open an article (or one, and nothing else is numbered)."""
    lines = text.split("\n")
    articles = sum(1 for line in lines if _is(marker(line, scheme=STATUTE), "art"))
    official = sum(1 for line in lines if _is(marker(line, scheme=OFFICIAL), "l1"))
    return STATUTE if articles >= 2 or (articles and not official) else OFFICIAL


def _is(found: Marker | None, kind: str) -> bool:
    return found is not None and found.kind == kind


def _lines(text: str) -> list[tuple[int, int]]:
    out, position = [], 0
    for line in text.splitlines(keepends=True) if "\n" in text else ([text] if text else []):
        out.append((position, position + len(line)))
        position += len(line)
    return out


def _front(words: Sequence[str]) -> list[str]:
    """Roles before the first marker: covering notice, title, stage, preamble."""
    start, end = _title(words)
    roles = []
    for i, line in enumerate(words):
        if not line:
            roles.append("blank")
        elif i < start:
            roles.append("notice")
        elif i < end:
            roles.append("title")
        elif _STAGE.fullmatch(line) or _HISTORY.fullmatch(line):
            roles.append("mark")
        else:
            roles.append("preamble")
    return roles


def _title(words: Sequence[str]) -> tuple[int, int]:
    """Return the line range of the text's own title: after a covering notice that names it, else the first lines."""
    joined = "".join(re.sub(r"\s", "", line) for line in words)
    named = _NOTICE_TITLE.search(joined)
    if named:
        for start in range(len(words)):
            gathered = ""
            for end in range(start, len(words)):
                gathered += re.sub(r"\s", "", words[end])
                if gathered == named[1]:
                    return start, end + 1
                if not named[1].startswith(gathered):
                    break
    start = next((i for i, line in enumerate(words) if line), 0)
    end = start
    while end < len(words) and len(words[end]) <= _TITLE_LENGTH and not _ends_title(words[end], "".join(words[start:end])):
        end += 1
    return start, end


def _ends_title(line: str, before: str) -> bool:
    return bool(_STAGE.fullmatch(line) or _SENTENCE.search(line) or re.match(r"\d{4}年", line) or line in ("目录", "目　录")
                or (not line and before.endswith("》")))


def _body(words: Sequence[str], found: Sequence[Marker | None]) -> list[str]:
    roles, in_colophon = [], False
    unit_line = [compiled(row["pattern"]) for row in rows("units", "line")]
    for line, m in zip(words, found, strict=True):
        in_colophon = in_colophon or bool(_COLOPHON.match(line))
        if not line:
            roles.append("blank")
        elif in_colophon:
            roles.append("colophon")
        elif m:
            roles.append("unit")
        elif any(p.fullmatch(line) for p in unit_line):
            roles.append("unit_line")
        else:
            roles.append("text")
    return roles


def _mark_contents(words: Sequence[str], found: Sequence[Marker | None], roles: list[str]) -> None:
    """A table of contents lists chapters that come again: from 目录 to the line before the first one's return."""
    heads = {i: line for i, line in enumerate(words) if (m := found[i]) and m.kind in ("prt", "chp", "l1")}
    start = next((i for i, line in enumerate(words) if re.fullmatch(r"目\s*录|目\s*次", line)), None)
    squeezed = {i: re.sub(r"\s", "", line) for i, line in heads.items()}
    if start is None:
        return
    listed = [i for i in heads if i > start]
    again = next((j for j in listed[1:] if squeezed[j] == squeezed[listed[0]]), None) if listed else None
    for i in range(start, again if again is not None else start + 1):
        roles[i] = "toc" if words[i] else "blank"


def _mark_annexes(words: Sequence[str], found: Sequence[Marker | None], roles: list[str]) -> None:
    """From the first annex line after the last article on, nothing is an article's: each annex line opens one."""
    first, opened = annex_lines(words, found)
    role = "colophon"
    for i in range(len(words) if first is None else first, len(words)):
        role = "text" if i in opened else role
        if words[i]:
            roles[i] = "annex" if i in opened else role
