"""Word files -> text: paragraphs and tables in document order, automatic numbers printed, deletions left out.

Guarantees: a paragraph is a line, a table row a line with tabs between its cells; insertions are read and deletions are not; what is left out
(text boxes, footnotes, pictures, hidden words) is said in an issue. Elements go by their names without namespace: the strict form reads alike.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tiaowen.errors import ReadError
from tiaowen.model import Issue
from tiaowen.read import archive
from tiaowen.read.numbering import Counters, numbering
from tiaowen.read.reading import Reading
from tiaowen.read.styles import Styles

_MAIN = ("word/document.xml", "word/document2.xml")
_GONE = ("del", "moveFrom")
_SKIPPED = frozenset((*_GONE, "instrText", "delText", "delInstrText", "rPr", "pPr", "rt", "sdtPr", "sdtEndPr", "sectPr"))
_WITHIN = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_DRAWN = frozenset(("drawing", "pict", "object", "AlternateContent"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "脚注", "endnoteReference": "尾注", "commentReference": "批注", "altChunk": "嵌入的文件"}
_PAGE_FIELDS = ("PAGEREF", "PAGE", "NUMPAGES", "SECTIONPAGES")
_LONGEST_CELL = 400
_PRIVATE = range(0xE000, 0xF900)
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Field:
    """An open field: what it asks for, and whether its result has begun."""

    asks: str = ""
    shows: bool = False

    @property
    def is_read(self) -> bool:
        return self.shows and self.asks.split()[:1] not in [[name] for name in _PAGE_FIELDS]


@dataclass(slots=True)
class _State:
    """What is carried from paragraph to paragraph."""

    counters: Counters
    styles: Styles
    left_out: Counter[str] = field(default_factory=Counter)
    boxes: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    joined: str = ""  # words of a paragraph whose end was deleted


def read_docx(data: bytes, *, name: str) -> Reading:
    """Return the text of a Word file; raises ReadError where it is broken or holds none."""
    with archive.opened(data, name=name) as found:
        held = set(found.namelist())
        body = _plain(archive.xml(found, next(n for n in _MAIN if n in held), name=name)).find("body")
        lists = numbering(_part(found, "word/numbering.xml", name))
        styles = Styles(_part(found, "word/styles.xml", name))
    if body is None:
        raise ReadError(f"{name}：文件不完整或已损坏，请重新取得文件。")
    state = _State(Counters(lists), styles)
    lines = [line for block in _blocks(body, state) for line in _lines(block, state)]
    lines += state.joined.split("\n") if state.joined else []
    if state.left_out["图片"] and not any(line.strip() for line in lines):
        raise ReadError(f"{name}：文件里只有图片，没有文字，请把图片存为 pdf 或图片文件再试。")
    return Reading("\n".join(lines) + "\n", issues=tuple(_issues(state)))


def _part(found: zipfile.ZipFile, path: str, name: str) -> Element | None:
    try:
        return _plain(archive.xml(found, path, name=name))
    except KeyError:
        return None


def _plain(root: Element) -> Element:
    """The same tree with the namespaces taken off the names."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.attrib:
            element.attrib = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    return root


def _issues(state: _State) -> Iterator[Issue]:
    for what, count in state.left_out.items():
        yield Issue("not_read", f"{what} {count} 处没有读入", level="note")
    for words in state.boxes:
        shown = words if len(words) <= 30 else words[:30] + "…"
        yield Issue("text_box", f"文本框里的文字没有读入：“{shown}”")


def _blocks(parent: Element, state: _State) -> Iterator[Element]:
    """Paragraphs and tables, those inside content controls and insertions too."""
    for element in parent:
        if element.tag in ("p", "tbl"):
            yield element
        elif element.tag in _WITHIN:
            yield from _blocks(element, state)
        elif element.tag in _NOTES:
            state.left_out[_NOTES[element.tag]] += 1


def _lines(block: Element, state: _State) -> Iterator[str]:
    if block.tag == "p":
        yield from _paragraph(block, state)
        return
    table = [(row, list(_inside(row, "tc"))) for row in _inside(block, "tr") if not _has(row, "trPr", *_GONE)]
    if not _is_data([cells for _, cells in table]):
        yield from (line for _, cells in table for cell in cells for inner in _blocks(cell, state) for line in _lines(inner, state))
        return
    for _, cells in table:
        row = "\t".join(_cell(cell, state) for cell in cells)
        if row.strip():
            yield row


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WITHIN:
            yield from _inside(element, tag)


def _is_data(table: list[list[Element]]) -> bool:
    """Several cells in a row, all of them short; one cell, or a long one, is a frame around running text."""
    if max((len(cells) for cells in table), default=0) < 2:
        return False
    return all(cell.find(".//tbl") is None and sum(len(t.text or "") for t in cell.iter("t")) <= _LONGEST_CELL
               for cells in table for cell in cells)


def _cell(cell: Element, state: _State) -> str:
    """The words of a cell on one line; a cell that continues the one above prints nothing."""
    merged = cell.find("tcPr/vMerge")
    if merged is not None and merged.get("val", "continue") == "continue":
        return ""
    lines = [line.strip() for block in _blocks(cell, state) for line in _lines(block, state)]
    return " ".join(filter(None, lines)).replace("\t", " ")


def _paragraph(paragraph: Element, state: _State) -> Iterator[str]:
    """The lines of a paragraph (it may hold line breaks), under its number."""
    words = state.joined + "".join(_words(paragraph, state))
    state.fields = [one for one in state.fields if one.shows]
    state.joined = ""
    if _has(paragraph, "pPr/rPr", *_GONE):
        state.joined = words
        return
    list_id, level = state.styles.numbered(paragraph, state.counters)
    label = state.counters.label(list_id, level) if list_id else ""
    yield from (line.rstrip(" \t") for line in (label + words).split("\n"))


def _words(parent: Element, state: _State) -> Iterator[str]:
    for element in parent:
        tag = element.tag
        if tag in ("t", "sym", *_SIGNS):
            if all(one.is_read for one in state.fields):
                yield from _sign(element, state)
        elif tag == "instrText" and state.fields:
            state.fields[-1].asks += element.text or ""
        elif tag == "fldChar":
            _field(element, state)
        elif tag in _NOTES:
            state.left_out[_NOTES[tag]] += 1
        elif tag in _DRAWN:
            _drawn(element, state)
        elif tag == "r" and _is_hidden(element):
            state.left_out["隐藏文字"] += any(True for _ in element.iter("t"))
        elif tag == "fldSimple" and element.get("instr", "").split()[:1] in [[name] for name in _PAGE_FIELDS]:
            continue
        elif tag not in _SKIPPED:
            yield from _words(element, state)


def _sign(element: Element, state: _State) -> Iterator[str]:
    if element.tag == "t":
        yield element.text or ""
    elif element.tag == "sym":
        code = int(element.get("char", "0"), 16)
        if 32 <= code < 0x110000 and code not in _PRIVATE:
            yield chr(code)
        else:
            state.left_out["特殊符号"] += 1
    elif element.get("type", "textWrapping") == "textWrapping":
        yield _SIGNS[element.tag]


def _field(element: Element, state: _State) -> None:
    kind = element.get("fldCharType")
    if kind == "begin":
        state.fields.append(_Field())
    elif kind == "separate" and state.fields:
        state.fields[-1].shows = True
    elif kind == "end" and state.fields:
        state.fields.pop()


def _is_hidden(run: Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "true") not in _OFF


def _drawn(element: Element, state: _State) -> None:
    """A drawing, or its two alternative forms: its words, if any, are noted once."""
    box = next(element.iter("txbxContent"), None)
    words = "".join(t.text or "" for t in box.iter("t")).strip() if box is not None else ""
    if words:
        state.boxes.append(words)
    elif element.tag != "AlternateContent" and box is None:
        state.left_out["图片"] += 1


def _has(element: Element, path: str, *names: str) -> bool:
    found = element.find(path)
    return found is not None and any(found.find(name) is not None for name in names)
