"""A table of the drafters -> a Word file that Word, WPS and LibreOffice open alike.

Guarantees: every run names its East Asian font (w:eastAsia), so that no program puts its own; A4 landscape; the head row comes
again on every page; the same table gives the same words.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from tiaowen import wording
from tiaowen.export.tables import Cell, Table, Words

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
LATIN = "Times New Roman"
_FONT = {"plain": FANG, "head": HEI, "note": SONG, "added": HEI, "deleted": FANG}
_SIZE, _NOTE_SIZE, _TITLE_SIZE = 10.5, 9, 18
_CREATED = datetime(2000, 1, 1)
_WIDE = 25.7  # centimetres between the margins of A4 landscape


def document(table: Table) -> bytes:
    """Return the Word file of a table."""
    from docx import Document

    file: Any = Document()
    _page(file)
    _line(file.add_paragraph(), table.title, HEI, _TITLE_SIZE, centre=True)
    _line(file.add_paragraph(), table.subject, FANG, _SIZE, centre=True)
    if table.legend:
        _line(file.add_paragraph(), table.legend, SONG, _SIZE, centre=True)
    _table(file, [name for name, _ in table.columns], [share for _, share in table.columns], [list(row) for row in table.rows])
    _line(file.add_paragraph(), wording.TABLE_SOURCES, HEI, _SIZE)
    _table(file, [name for name, _ in wording.TABLE_SOURCE], [share for _, share in wording.TABLE_SOURCE],
           [[((Words(words, "note"),),) for words in row] for row in table.sources])
    _line(file.add_paragraph(), wording.TABLE_NOTE, SONG, _NOTE_SIZE)
    _footer(file)
    file.core_properties.author = ""
    file.core_properties.title = table.title
    file.core_properties.created = file.core_properties.modified = _CREATED
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _page(file: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.0)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(_SIZE)
    _east_asian(normal.element.get_or_add_rPr(), FANG)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(2)
    normal.paragraph_format.line_spacing = 1.15


def _line(paragraph: Any, words: str, font: str, size: float, *, centre: bool = False, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, words, font, size, bold=bold)


def _run(paragraph: Any, words: str, font: str, size: float, *, bold: bool = False, strike: bool = False) -> Any:
    """Add a run; the font stands for every script, the East Asian one above all."""
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.font.name, run.font.size = LATIN, Pt(size)
    run.font.bold, run.font.strike = bold or None, strike or None
    _east_asian(run._element.get_or_add_rPr(), font)
    return run


def _east_asian(properties: Any, font: str) -> None:
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _table(file: Any, names: list[str], shares: list[int], rows: list[list[Cell]]) -> None:
    from docx.shared import Cm

    grid = file.add_table(rows=1, cols=len(names))
    grid.style, grid.autofit = "Table Grid", False
    widths = [Cm(_WIDE * share / sum(shares)) for share in shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for cell, name, width in zip(grid.rows[0].cells, names, widths, strict=True):
        cell.width = width
        _line(cell.paragraphs[0], name, HEI, _SIZE, centre=True, bold=True)
    _repeated(grid.rows[0])
    for row in rows:
        for cell, content, width in zip(grid.add_row().cells, row, widths, strict=True):
            cell.width = width
            _fill(cell, content)


def _fill(cell: Any, content: Cell) -> None:
    for number, paragraph in enumerate(content):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        for words in paragraph:
            size = _NOTE_SIZE if words.style == "note" else _SIZE
            _run(line, words.text, _FONT[words.style], size, bold=words.style in ("added", "head"), strike=words.style == "deleted")


def _repeated(row: Any) -> None:
    """The head row again on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        properties.append(mark)


def _footer(file: Any) -> None:
    """The page number, as a field that the program fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = file.sections[0].footer.paragraphs[0]
    run = None
    for kind, code in (("begin", None), (None, "PAGE"), ("end", None)):
        run = _run(paragraph, "", SONG, _NOTE_SIZE)
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = code
        run._element.append(mark)
    paragraph.alignment = 1
