"""Tables -> an Excel file.

Guarantees: every cell is text as given (nothing is a formula, a number or a link by its looks); the head row stays in sight;
the same sheets give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to some program
LONGEST = 32_767  # characters of a cell, as Excel allows
_LINE, _TALLEST = 15.0, 409.0  # points
_CREATED = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns (head, width in characters), its rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the file that holds the sheets."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    book.set_properties({"created": _CREATED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EBF3", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    quoted = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for number, (title, width) in enumerate(sheet.columns):
            page.set_column(number, number, width)
            page.write_string(0, number, title, head)
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values):
                page.write_string(row, column, value[:LONGEST], quoted if value.startswith(ACTIVE) else cell)
        page.freeze_panes(1, 0)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)
        for row, values in enumerate(sheet.rows, start=1):
            page.set_row(row, _height(values, sheet.columns))
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    book.close()
    return out.getvalue()


def _height(values: Sequence[str], columns: Sequence[tuple[str, int]]) -> float:
    """The height that a row's longest cell needs: not every program grows a row to its wrapped words when it opens a file."""
    lines = [sum(-(-_wide(line) // width) or 1 for line in value.split("\n")) for value, (_, width) in zip(values, columns, strict=True)]
    return min(_TALLEST, _LINE * max(lines, default=1))


def _wide(words: str) -> int:
    """How many columns of a narrow character words take: a Chinese one takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in words)
