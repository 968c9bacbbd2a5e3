"""PDF -> text: the text layer by its places, tables kept as rows; scanned pages are recognised where that is installed.

Guarantees: a page without a text layer is recognised or the file is refused, never skipped; each page is let go before the next is read.
"""

import io
import logging
import math
from collections.abc import Sequence
from typing import Any

from tiaowen.errors import ReadError
from tiaowen.read import limits, ocr
from tiaowen.read.layout import Glyph, Line, join_cell, lines_of, plain, reading
from tiaowen.read.limits import Step, no_step
from tiaowen.read.reading import Reading

_MOST_UNREADABLE = 0.05
_FEWEST_CHARACTERS = 30
_SCAN_SHARE = 0.5
_EDGES = range(4, 4000)


def read_pdf(data: bytes, *, name: str, step: Step = no_step) -> Reading:
    """Return the text of a PDF, a paragraph a line; raises ReadError for an encrypted, broken, empty or scanned file."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it complains of every odd font
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            lines, scanned = _lines(pdf, name, step)
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        if any("Password" in repr(e) or "Encrypt" in repr(e) for e in (error, error.__cause__, error.__context__)):
            raise ReadError(f"{name}：pdf 有密码，请先解除密码再试。") from error
        raise ReadError(f"{name}：不是完好的 pdf，请重新取得文件，或另存为 txt 再试。") from error
    found = reading(lines)
    if not found.text.strip():
        raise ReadError(f"{name}：pdf 里没有文字，请换一份有文字层的 pdf，或另存为 txt 再试。")
    return Reading(found.text, found.pages, (ocr.RECOGNISED,) if scanned else ())


def _lines(pdf: Any, name: str, step: Step) -> tuple[list[Line], list[int]]:
    """The lines of all pages, and the numbers of the scanned ones."""
    if len(pdf.pages) > limits.PAGES:
        raise ReadError(f"{name}：页数太多（超过 {limits.PAGES} 页），不像一份文件，请拆分后再试。")
    if not pdf.pages:
        raise ReadError(f"{name}：pdf 里没有文字，请换一份有文字层的 pdf，或另存为 txt 再试。")
    lines: list[Line] = []
    scanned: list[int] = []
    unknown, total = 0, 0
    for page in pdf.pages:
        step(limits.STEP_SECONDS)
        chars = _chars(page)
        if _is_scan(page, chars):
            scanned.append(page.page_number)
            if len(scanned) > limits.SCANS:
                raise ReadError(f"{name}：扫描页太多（超过 {limits.SCANS} 页），请拆分后再试。")
            if ocr.is_installed():
                step(limits.PAGE_SECONDS)
                lines += _recognised(page)
        else:
            unknown += sum(1 for char in chars if char["text"].startswith("(cid:") or char["text"] == "\ufffd")
            total += len(chars)
            lines += _page(page, chars)
        page.close()
    if scanned and not ocr.is_installed():
        where = "、".join(str(number) for number in scanned[:5]) + ("等" if len(scanned) > 5 else "")
        raise ReadError(f"{name}：第{where}页是扫描图片，没有文字层，{ocr.HOW_TO_INSTALL}")
    if unknown > _MOST_UNREADABLE * max(total, 1):
        raise ReadError(f"{name}：pdf 的文字层读不出汉字（字体没有对照表），请另存为 txt 再试。")
    return lines, scanned


def _chars(page: Any) -> list[dict[str, Any]]:
    """The upright characters of a page; a watermark that runs aslant is none of the text, bold printed twice is once."""
    return [char for char in page.dedupe_chars().chars if char["upright"] and char["text"] >= " "]


def _is_scan(page: Any, chars: Sequence[dict[str, Any]]) -> bool:
    """A picture and no words, or a large one with the few words that a scanning program stamps on it."""
    if not page.images:
        return False
    area = sum(max(i["x1"] - i["x0"], 0) * max(i["bottom"] - i["top"], 0) for i in page.images)
    words = sum(1 for char in chars if char["text"].strip())
    return not words or (words < _FEWEST_CHARACTERS and area > _SCAN_SHARE * float(page.width) * float(page.height))


def _recognised(page: Any) -> list[Line]:
    most = 72 * math.sqrt(ocr.MOST_PIXELS / (float(page.width) * float(page.height)))
    resolution = min(ocr.RESOLUTION, most)
    image = page.to_image(resolution=resolution).original
    return ocr.lines_of_image(image, page=page.page_number, scale=72 / resolution)


def _page(page: Any, chars: Sequence[dict[str, Any]]) -> list[Line]:
    glyphs = [Glyph(plain(c["text"]), c["x0"], c["x1"], c["top"], c["bottom"], c["size"]) for c in chars]
    number, height = page.page_number, float(page.height)
    rows: list[Line] = []
    for table in page.find_tables() if len(page.edges) in _EDGES else ():
        found, glyphs = _rows(table, glyphs, number, height)
        rows += found
    return sorted([*lines_of(glyphs, page=number, height=height), *rows], key=lambda line: line.top)


def _rows(table: Any, glyphs: list[Glyph], page: int, height: float) -> tuple[list[Line], list[Glyph]]:
    """The rows of a ruled table, and the characters outside it; a frame of one column is no table."""
    grid = [row.cells for row in table.rows]
    if max((sum(1 for cell in row if cell) for row in grid), default=0) < 2:
        return [], glyphs
    inside = [g for g in glyphs if _within(g, table.bbox)]
    rows = []
    for cells in grid:
        boxes = [cell for cell in cells if cell]
        words = [join_cell(list(lines_of([g for g in inside if _within(g, cell)], page=page, height=height))) if cell else ""
                 for cell in cells]
        if any(words):
            size = max((g.size for g in inside), default=0.0)
            rows.append(Line("\t".join(words), boxes[0][0], boxes[-1][2], boxes[0][1], boxes[0][3], size, page, height, is_row=True))
    return rows, [g for g in glyphs if not _within(g, table.bbox)]


def _within(glyph: Glyph, box: Sequence[float]) -> bool:
    return box[0] <= (glyph.x0 + glyph.x1) / 2 <= box[2] and box[1] <= (glyph.top + glyph.bottom) / 2 <= box[3]
