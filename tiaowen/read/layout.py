"""Characters at their places on pages -> text: lines, page furniture dropped, wrapped lines joined, the start of every page kept.

Shared by pdf, ofd and recognised scans. Guarantees: characters in reading order of one column; a paragraph is one line, a table row too.
Assumed (see docs): a header or footer stands in the margin and comes back on most pages, digits apart.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tiaowen.read.reading import Reading
from tiaowen.rules.markers import starts_with_marker

_PAGE_NUMBER = re.compile(r"[-—–－─·•~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/／]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－─·•~\s]*")
_SENTENCE_END = "。！？；：…”』」"
_MARGIN = 0.12
_SHORTEST_PAGES = 2
_GAP = 0.8
_STRAY = 0.02
# Fonts in a pdf often name a character by its radical's code (⼈ for 人, ⺠ for 民): Unicode 16, EquivalentUnifiedIdeograph.txt. One for one.
_RADICALS = dict(zip(
    "⺁⺇⺈⺊⺌⺎⺒⺓⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺮⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "厂几刀卜小兀巳幺旡日月母民牛王疋目示竹羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟", strict=True)) | {"⼾": "户", "⸺": "——", "⸻": "———"}
_COMPATIBLE = ((0x2329, 0x232B), (0x2F00, 0x2FD6), (0xF900, 0xFAFF))


class Glyph(NamedTuple):
    """A character with its box, from the top left of the page; `size` in the same unit."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


def plain(char: str) -> str:
    """Return the everyday character for a radical or compatibility code that a font reports in its place."""
    if char in _RADICALS:
        return _RADICALS[char]
    if any(first <= ord(char[0]) < end for first, end in _COMPATIBLE):
        return unicodedata.normalize("NFKC", char)
    return char


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `is_row` says that it is the row of a table, with tabs between its cells."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    height: float
    is_row: bool = False

    @property
    def in_margin(self) -> bool:
        """Tell whether the line stands at the very top or bottom of its page."""
        return self.bottom < self.height * _MARGIN or self.top > self.height * (1 - _MARGIN)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual on the pages of one height: size of a character, edges of the text, whether paragraphs are indented, step from line to line."""

    size: float
    left: float
    right: float
    indented: bool
    pitch: float


def lines_of(glyphs: Sequence[Glyph], *, page: int, height: float) -> Iterator[Line]:
    """Yield the lines of a page from top to bottom: characters whose middles lie level."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        if row and _middle(glyph) - _middle(row[0]) > 0.45 * max(glyph.size, row[0].size):
            yield from _line(row, page, height)
            row = []
        row.append(glyph)
    yield from _line(row, page, height)


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _line(row: Sequence[Glyph], page: int, height: float) -> Iterator[Line]:
    printed = sorted(row, key=lambda g: g.x0)
    while printed and not printed[0].text.strip():
        printed.pop(0)
    while printed and not printed[-1].text.strip():
        printed.pop()
    if not printed:
        return
    text, previous = "", None
    for glyph in printed:
        if previous and glyph.x0 - previous.x1 > _GAP * glyph.size and not text[-1:].isspace():
            text += " "
        text += glyph.text
        previous = glyph
    yield Line(text, printed[0].x0, printed[-1].x1, min(g.top for g in printed), max(g.bottom for g in printed),
               max(g.size for g in printed), page, height)


def reading(lines: Sequence[Line]) -> Reading:
    """Return the text of all pages, a paragraph a line, and where each page begins; empty where only furniture is printed."""
    kept = _without_furniture(lines)
    if not kept:
        return Reading("")
    shapes = {height: _shape([line for line in kept if line.height == height]) for height in {line.height for line in kept}}
    parts: list[str] = []
    length, starts = 0, [0]
    previous: Line | None = None
    for line in kept:
        joint = "" if previous is None else "\n" if _begins(line, previous, shapes[line.height]) else _gap(parts[-1], line.text)
        parts += [joint, line.text]
        starts += [length + len(joint)] * (line.page - len(starts))
        length += len(joint) + len(line.text)
        previous = line
    return Reading("".join([*parts, "\n"]), tuple(starts))


def _gap(before: str, after: str) -> str:
    return " " if re.search(r"[A-Za-z0-9,.]$", before) and re.match(r"[A-Za-z0-9]", after) else ""


def join_cell(lines: Sequence[Line]) -> str:
    """Return the lines of a table cell as one."""
    out = ""
    for line in lines:
        out += _gap(out, line.text) + line.text
    return out.replace("\t", " ")


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Drop page numbers, and lines in the margin that come back on at least half of the pages."""
    pages = max((line.page for line in lines), default=0)
    seen = Counter(key for key in {(line.page, _key(line)) for line in lines if line.in_margin})
    times = Counter(key for _, key in seen)
    needed = max(_SHORTEST_PAGES, pages / 2)
    return [line for line in lines
            if not (line.in_margin and (_PAGE_NUMBER.fullmatch(line.text) or times[_key(line)] >= needed))]


def _key(line: Line) -> tuple[str, bool]:
    return re.sub(r"\d+", "#", line.text), line.top < line.height / 2


def _shape(lines: Sequence[Line]) -> _Shape:
    running = [line for line in lines if not line.is_row] or lines
    size = Counter(round(line.size, 1) for line in running for _ in line.text).most_common(1)[0][0]
    few = int(_STRAY * len(running))
    left, right = sorted(line.x0 for line in running)[few], sorted(line.x1 for line in running)[-1 - few]
    steps = Counter(round(b.top - a.top, 1) for a, b in pairwise(running) if a.page == b.page)
    return _Shape(size, left, right, any(_is_indented(line, left, right, size) for line in running),
                  steps.most_common(1)[0][0] if steps else 0.0)


def _begins(line: Line, previous: Line, shape: _Shape) -> bool:
    """A line goes on the one before unless something says that a paragraph begins."""
    if line.is_row or previous.is_row or line.height != previous.height:
        return True
    if abs(line.size - previous.size) > 0.1 * shape.size or line.x0 - shape.left > 1.2 * shape.size:
        return True
    if previous.x1 < shape.right - 2 * shape.size:
        return not (shape.indented and _breaks_off(previous, shape))
    if line.page == previous.page and shape.pitch and line.top - previous.top > 1.6 * shape.pitch:
        return True
    return not shape.indented and starts_with_marker(line.text)


def _breaks_off(line: Line, shape: _Shape) -> bool:
    """A line that ends a little early without ending a sentence: half-width words (12345) do not fill the line."""
    return (line.x1 > shape.right - 6 * shape.size and line.x0 - shape.left < 3.2 * shape.size
            and line.text[-1] not in _SENTENCE_END)


def _is_indented(line: Line, left: float, right: float, size: float) -> bool:
    """Two characters in, and not centred: a line that reaches the right edge or opens a numbered unit."""
    return 1.2 * size < line.x0 - left < 3.2 * size and (line.x1 > right - 2 * size or starts_with_marker(line.text))
