"""A table of the drafters -> an Excel file.

Guarantees: every cell is text as given (nothing is a formula, a number or a link by its looks); added words are bold, deleted
words struck; the head row stays in sight and comes again on every page.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from tiaowen import wording
from tiaowen.export.tables import Cell, Table, Words
from tiaowen.export.xlsx import ACTIVE, LONGEST

_CREATED = datetime(2000, 1, 1)
_FONT = {"plain": "仿宋", "head": "黑体", "note": "宋体", "added": "黑体", "deleted": "仿宋"}
_CHARACTERS = 160  # the width of a page in characters
_LINE, _TALLEST = 16.0, 409.0  # points: a line, and the tallest row that Excel allows


def table_book(table: Table) -> bytes:
    """Return an Excel file of a table of the drafters: a sheet of rows, added words bold, deleted words struck; one of sources."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"created": _CREATED, "title": table.title})
    styles = {name: book.add_format({"font_name": font, "font_size": 11 if name != "note" else 9, "bold": name in ("added", "head"),
                                     "font_strikeout": name == "deleted"}) for name, font in _FONT.items()}
    box: dict[str, Any] = {"text_wrap": True, "valign": "top", "border": 1, "num_format": "@", "font_name": "仿宋", "font_size": 11}
    formats = {"cell": book.add_format(box), "quoted": book.add_format({**box, "quote_prefix": True}),
               "head": book.add_format({**box, "bold": True, "font_name": "黑体", "align": "center", "bg_color": "#E3EBF3"}),
               "title": book.add_format({"bold": True, "font_name": "黑体", "font_size": 16})}
    page = book.add_worksheet(wording.TABLE_SHEET)
    top = [table.title, f"{table.subject}{table.legend or ''}"]
    for number, words in enumerate(top):
        page.write_string(number, 0, words, formats["title"] if number == 0 else None)
    _head(page, len(top), table.columns, formats, _CHARACTERS / sum(share for _, share in table.columns))
    widths = [share * _CHARACTERS / sum(share for _, share in table.columns) for _, share in table.columns]
    for row, cells in enumerate(table.rows, start=len(top) + 1):
        page.set_row(row, _height(cells, widths))
        for column, cell in enumerate(cells):
            _rich(page, row, column, cell, styles, formats)
    _landscape(page, len(top))
    sources = book.add_worksheet(wording.TABLE_SOURCES)
    _head(sources, 0, wording.TABLE_SOURCE, formats, 1.0)
    for row, values in enumerate((*table.sources, (wording.TABLE_NOTE,)), start=1):
        for column, value in enumerate(values):
            sources.write_string(row, column, value[:LONGEST], formats["quoted" if value.startswith(ACTIVE) else "cell"])
    _landscape(sources, 0)
    book.close()
    return out.getvalue()


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """The height of a row in points, as many lines as its fullest cell needs: not every program finds it by itself."""
    lines = [sum(-(-2 * sum(len(w.text) for w in paragraph) // max(1, int(width) - 2)) or 1 for paragraph in cell)
             for cell, width in zip(cells, widths, strict=True)]
    return min(_TALLEST, _LINE * max(1, *lines))


def _head(page: Any, row: int, columns: Sequence[tuple[str, int]], formats: dict[str, Any], width: float) -> None:
    for column, (name, share) in enumerate(columns):
        page.set_column(column, column, share * width)
        page.write_string(row, column, name, formats["head"])
    page.set_row(row, 2 * _LINE)


def _landscape(page: Any, head: int) -> None:
    page.freeze_panes(head + 1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _rich(page: Any, row: int, column: int, cell: Cell, styles: dict[str, Any], formats: dict[str, Any]) -> None:
    """One cell of several styles; the text is as given, a line feed between paragraphs."""
    words = [(w.text, w.style) for number, paragraph in enumerate(cell) for w in (*((Words("\n"),) if number else ()), *paragraph)]
    text = "".join(t for t, _ in words)
    box = formats["quoted" if text.startswith(ACTIVE) else "cell"]
    if len(words) < 2 or len(text) > LONGEST:
        page.write_string(row, column, text[:LONGEST], box)
        return
    parts = [part for t, style in words for part in (styles[style], t)]
    page.write_rich_string(row, column, *parts, box)
