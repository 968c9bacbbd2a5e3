"""PDF with a text layer -> text: lines by their place on the page, page furniture dropped, wrapped lines joined.

Guarantees: characters in reading order of one column; a paragraph is one line; a page without a text layer is refused,
never skipped. Assumed (see docs): a header or footer stands in the margin and comes back on most pages, digits apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from tiaowen.errors import ReadError
from tiaowen.parse.markers import starts_with_marker

_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/／]?\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－·\s]*")
_SENTENCE_END = "。！？；：…”』」"
_MARGIN = 0.12
_SHORTEST_PAGES = 2
_MOST_UNREADABLE = 0.05


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    height: float

    @property
    def in_margin(self) -> bool:
        return self.bottom < self.height * _MARGIN or self.top > self.height * (1 - _MARGIN)


def pdf_text(path: Path) -> str:
    """Return the text of a PDF, a paragraph a line; raises ReadError for an encrypted, broken, empty or scanned file."""
    lines = _without_furniture(_read(path))
    if not lines:
        raise ReadError(f"{path.name}：pdf 里没有文字，请换一份有文字层的 pdf，或另存为 txt 再试。")
    return "\n".join(_paragraphs(lines)) + "\n"


def _read(path: Path) -> list[_Line]:
    import pdfplumber

    try:
        with pdfplumber.open(path) as pdf:
            pages = [(page.page_number, float(page.height), _chars(page), bool(page.images)) for page in pdf.pages]
    except Exception as error:
        if "Password" in repr(error) or "Encrypt" in repr(error):
            raise ReadError(f"{path.name}：pdf 有密码，请先解除密码再试。") from error
        raise ReadError(f"{path.name}：不是完好的 pdf，请重新取得文件，或另存为 txt 再试。") from error
    scanned = [number for number, _, chars, images in pages if images and not chars]
    if scanned:
        where = "、".join(str(number) for number in scanned[:5]) + ("等" if len(scanned) > 5 else "")
        raise ReadError(f"{path.name}：第{where}页是扫描图片，没有文字层，请先用识别软件转成文字再试。")
    everything = [char["text"] for _, _, chars, _ in pages for char in chars]
    unknown = sum(1 for text in everything if text.startswith("(cid:") or text == "\ufffd")
    if unknown > _MOST_UNREADABLE * max(len(everything), 1):
        raise ReadError(f"{path.name}：pdf 的文字层读不出汉字（字体没有对照表），请另存为 txt 再试。")
    return [line for number, height, chars, _ in pages for line in _lines(chars, number, height)]


def _chars(page: Any) -> list[dict[str, Any]]:
    """The upright characters of a page; a watermark that runs aslant is none of the text, bold printed twice is once."""
    return [char for char in page.dedupe_chars().chars if char["upright"] and char["text"] != "\x00"]


def _lines(chars: Sequence[dict[str, Any]], page: int, height: float) -> Iterator[_Line]:
    """Yield the lines of a page from top to bottom: characters whose middles lie level."""
    row: list[dict[str, Any]] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if row and middle - (row[0]["top"] + row[0]["bottom"]) / 2 > 0.45 * max(char["size"], row[0]["size"]):
            yield from _line(row, page, height)
            row = []
        row.append(char)
    yield from _line(row, page, height)


def _line(row: Sequence[dict[str, Any]], page: int, height: float) -> Iterator[_Line]:
    printed = sorted(row, key=lambda c: c["x0"])
    while printed and not printed[0]["text"].strip():
        printed.pop(0)
    while printed and not printed[-1]["text"].strip():
        printed.pop()
    if not printed:
        return
    text, previous = "", None
    for char in printed:
        if previous and char["x0"] - previous["x1"] > 0.8 * char["size"] and not text[-1:].isspace():
            text += " "
        text += char["text"]
        previous = char
    yield _Line(text, printed[0]["x0"], printed[-1]["x1"], min(c["top"] for c in printed),
                max(c["bottom"] for c in printed), max(c["size"] for c in printed), page, height)


def _without_furniture(lines: Sequence[_Line]) -> list[_Line]:
    """Drop page numbers, and lines in the margin that come back on at least half of the pages."""
    pages = max((line.page for line in lines), default=0)
    seen = Counter(key for key in {(line.page, _key(line)) for line in lines if line.in_margin})
    times = Counter(key for _, key in seen)
    needed = max(_SHORTEST_PAGES, pages / 2)
    return [
        line for line in lines
        if not (line.in_margin and (_PAGE_NUMBER.fullmatch(line.text) or times[_key(line)] >= needed))
    ]


def _key(line: _Line) -> tuple[str, bool]:
    return re.sub(r"\d+", "#", line.text), line.top < line.height / 2


def _paragraphs(lines: Sequence[_Line]) -> list[str]:
    """Join hard-wrapped lines: a line goes on the one before unless something says that a paragraph begins."""
    size = Counter(round(line.size, 1) for line in lines for _ in line.text).most_common(1)[0][0]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    indented = any(_is_indented(line, left, right, size) for line in lines)
    pitch = _pitch(lines)
    out: list[str] = []
    previous: _Line | None = None
    for line in lines:
        if previous is None or _begins(line, previous, left=left, right=right, size=size, indented=indented, pitch=pitch):
            out.append(line.text)
        else:
            gap = " " if re.search(r"[A-Za-z0-9,.]$", out[-1]) and re.match(r"[A-Za-z0-9]", line.text) else ""
            out[-1] += gap + line.text
        previous = line
    return out


def _begins(line: _Line, previous: _Line, *, left: float, right: float, size: float, indented: bool, pitch: float) -> bool:
    if abs(line.size - previous.size) > 0.1 * size or line.x0 - left > 1.2 * size:
        return True
    if previous.x1 < right - 2 * size:
        return not (indented and _breaks_off(previous, left=left, right=right, size=size))
    if line.page == previous.page and pitch and line.top - previous.top > 1.6 * pitch:
        return True
    return not indented and starts_with_marker(line.text)


def _breaks_off(line: _Line, *, left: float, right: float, size: float) -> bool:
    """A line that ends a little early without ending a sentence: half-width words (12345) do not fill the line."""
    return line.x1 > right - 6 * size and line.x0 - left < 3.2 * size and line.text[-1] not in _SENTENCE_END


def _is_indented(line: _Line, left: float, right: float, size: float) -> bool:
    """Two characters in, and not centred: a line that reaches the right edge or opens a numbered unit."""
    return 1.2 * size < line.x0 - left < 3.2 * size and (line.x1 > right - 2 * size or starts_with_marker(line.text))


def _pitch(lines: Sequence[_Line]) -> float:
    """The usual distance from line to line of one page."""
    steps = [round(b.top - a.top, 1) for a, b in pairwise(lines) if a.page == b.page]
    return Counter(steps).most_common(1)[0][0] if steps else 0.0
