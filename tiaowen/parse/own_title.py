"""The text's own title and stage: not the covering notice's, without 《》, the stage apart.

Where a covering text names another (关于印发《…》的通知, 《…》已经…通过，现予公布), the lines further down that print the same name are
the title; where none does, the name in the covering text. Else the first lines that read like a title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tiaowen.parse.found import DATE, Found, Line, found, squeezed
from tiaowen.parse.titles import fold
from tiaowen.rules import compiled, rows
from tiaowen.rules.markers import starts_with_marker

_LONGEST, _MOST_LINES = 90, 5
_SENTENCE = re.compile(r"[。；，！？]|[:：]$")
_TRAILING = re.compile(r"[（(](?:已废止|废止|已失效|失效|全文|文本|正文)[）)]$")
_YEAR_NOTE = re.compile(r"[（(][^（()）]*\d{4}年?[^（()）]*(?:修正|修订|修改|通过|公布|发布)[^（()）]*[）)]$")
_NUMBER_LINE = re.compile(r"[（(]?[一-龥]{1,16}[〔\[【（(]\d{4}[〕\]】）)]第?\d+号[）)]?$")
_CONTINUES = re.compile(r"^(?:的|和|与|及|、|以及|若干|暂行|试行|[（(]试行)")
_INNER = str.maketrans("《》<>＜＞", "〈〉〈〉〈〉")
_CONTENTS = re.compile(r"目录|目次")


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """The title, the stage, and the range in which the title is printed."""

    title: Found
    stage: Found | None
    named: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A title that a covering text names, and where."""

    title: str
    start: int
    end: int
    rule: str


def kind_of(words: str) -> str | None:
    """Return the id of the row whose word ends a title, None where it does not end like one."""
    return next((row["id"] for row in rows("detect", "kind") if compiled(row["pattern"]).search(words)), None)


def furniture(words: str) -> str | None:
    """Return the id of the row that says why a line of the head is no title."""
    if _NUMBER_LINE.match(words):
        return "number"
    row = next((r for r in rows("detect", "furniture") if compiled(r["pattern"]).match(words)), None)
    if row:
        return str(row["id"])
    return next((str(r["id"]) for r in rows("detect", "label") if compiled(r["pattern"]).match(words)), None)


def own_title(text: str, lines: Sequence[Line]) -> OwnTitle | None:
    """Return the title of a text with its stage, None where the text opens with nothing like one."""
    head = _head(lines)
    if not head:
        return None
    names = named(text, head)
    for name in names:
        place = _printed(name, lines)
        if place:
            return _split(text, name.title, place, named=True)
    only = next((name for name in names if name.rule in ("notice", "brought")), None)
    if only:
        return _split(text, only.title, (only.start, only.end), named=True)
    place = _first_lines(head)
    return _split(text, squeezed(text, *place).words, place, named=False) if place else None


def _head(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the body: up to the first numbered unit."""
    first = next((i for i, line in enumerate(lines) if starts_with_marker(line.printed)), min(len(lines), 60))
    return lines[:first]


def named(text: str, head: Sequence[Line]) -> list[Named]:
    """Return the titles that a covering text names, the plainest first."""
    whole = squeezed(text, head[0].start, head[-1].end)
    out = []
    for row in rows("detect", "naming"):
        for match in compiled(row["pattern"]).finditer(whole.words):
            out.append(Named(match["title"], *whole.span(match.start("title"), match.end("title")), row["id"]))
    return out


def _printed(name: Named, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return where a named title stands as lines of its own, below the words that name it."""
    wanted = fold(bare(name.title)[0])
    for first, line in enumerate(lines):
        if line.start <= name.end:
            continue
        gathered = ""
        for last in range(first, min(first + _MOST_LINES, len(lines))):
            gathered += lines[last].words
            printed = fold(bare(gathered)[0])
            if printed == wanted or (len(printed) >= 6 and wanted.endswith(printed) and kind_of(printed)):
                return line.start, lines[last].end
            if not wanted.startswith(printed) or _SENTENCE.search(lines[last].words):
                break
    return None


def _first_lines(head: Sequence[Line]) -> tuple[int, int] | None:
    """Return the first lines that read like a title, past letterhead, number, date, labels of a page."""
    for first, line in enumerate(head):
        if furniture(line.words) or DATE.fullmatch(line.words) or _SENTENCE.search(line.words) or _CONTENTS.fullmatch(line.words):
            continue
        return line.start, _last_line(head, first).end
    return None


def _last_line(head: Sequence[Line], first: int) -> Line:
    last, gathered = first, head[first].words
    for number in range(first + 1, min(first + _MOST_LINES, len(head))):
        words = head[number].words
        complete = kind_of(bare(gathered)[0]) is not None
        if words == gathered or _ends(words) or len(gathered) + len(words) > _LONGEST:
            break
        if complete and (gathered.startswith(words) or not (_CONTINUES.match(words) or (not head[number].after_blank and _whole(gathered, words)))):
            break
        last, gathered = number, gathered + words
    return head[last]


def _whole(gathered: str, words: str) -> bool:
    """A title that breaks off after a word like 法 or 方案 goes on where the next line ends like a title and names no body."""
    return kind_of(bare(words)[0]) is not None and not gathered.endswith("》") and not bare(gathered)[1]


def _ends(words: str) -> bool:
    return bool(_SENTENCE.search(words) or DATE.match(words) or furniture(words) or _CONTENTS.fullmatch(words)
                or re.match(r"[（(]", words))


def bare(words: str) -> tuple[str, str | None]:
    """Return (a title without marks, notes and stage; the stage or None). Inner marks become 〈〉."""
    words = _TRAILING.sub("", words)
    words = _YEAR_NOTE.sub("", words)
    stage = _stage(words)
    if stage:
        words = words[: stage.start()] + words[stage.end() :]
    if words.startswith("《") and words.endswith("》") and _balanced(words[1:-1]):
        words = words[1:-1]
        inner = _stage(words)
        if inner:
            words, stage = words[: inner.start()] + words[inner.end() :], stage or inner
    words = words.translate(_INNER)
    return words, (stage["stage"] or stage["bare"]) if stage else None


def _balanced(words: str) -> bool:
    depth = 0
    for character in words:
        depth += {"《": 1, "》": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def _stage(words: str) -> re.Match[str] | None:
    row = rows("detect", "mark")[0]
    matches = list(compiled(row["pattern"]).finditer(words))
    if not matches:
        return None
    last = matches[-1]
    return last if last["stage"] or last.start() >= 4 else None


def _split(text: str, words: str, place: tuple[int, int], *, named: bool) -> OwnTitle | None:
    """Part title and stage; the stage may also stand on the line after the title."""
    title, stage = bare(words)
    if not title:
        return None
    mark = _mark_in(text, place) or _mark_after(text, place[1])
    if mark is None and stage:
        mark = found("stage", stage, text, place, "stage")
    return OwnTitle(found("title", title, text, place, "title"), mark, named)


def _mark_in(text: str, place: tuple[int, int]) -> Found | None:
    whole = squeezed(text, *place)
    match = _stage(whole.words.removesuffix("》"))
    return found("stage", match["stage"] or match["bare"], text, whole.span(match.start(), match.end()), "stage") if match else None


def _mark_after(text: str, end: int) -> Found | None:
    """The bracket right after the title, on its line or the next one."""
    whole = squeezed(text, end, min(len(text), end + 80))
    match = compiled(rows("detect", "mark")[0]["pattern"]).match(whole.words.removeprefix("》"))
    if match is None or not match["stage"]:
        return None
    shift = whole.words.startswith("》")
    return found("stage", match["stage"], text, whole.span(match.start() + shift, match.end() + shift), "stage")
