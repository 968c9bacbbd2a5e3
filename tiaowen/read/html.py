"""Web pages -> text: a block a line, a table row a line with tabs between its cells; scripts, menus and hidden parts dropped.

Guarantees: nothing is run or fetched; the characters of visible text that were left out are counted in an issue.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

from tiaowen.errors import ReadError
from tiaowen.model import Issue
from tiaowen.read.reading import Reading
from tiaowen.read.text import decode
from tiaowen.rules import compiled, rows

_NEVER = frozenset(["script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "button", "select", "option", "input", "textarea", "head", "title", "meta", "link", "dialog", "audio", "video", "map"])
_FRAME = frozenset(("nav", "footer", "aside"))
_BLOCKS = frozenset(["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE)
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"))
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BROKEN_LINE = re.compile(r"(?<=[^\x00-\x7f])[ \t\f]*\n[ \t\n\r\f]*(?=[^\x00-\x7f])")
_EDGE = " \t\n\r\f\xa0\u2002\u2003\u2009\u3000\ufeff\u200b"
_LONGEST_CELL = 400
_MOST_LINKS = 0.6
_FEWEST_LINKS = 3
_CONTENT_SHARE = 0.6

Node = Any


def read_html(data: bytes, *, name: str) -> Reading:
    """Return the text of a web page (or of a page saved as .doc or .txt); raises ReadError where it holds none."""
    return _read(_decoded(data, name), name)


def read_mhtml(data: bytes, *, name: str) -> Reading:
    """Return the text of a web archive (.mht, or saved as .doc): its first page; raises ReadError."""
    try:
        pages = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
        payload = pages[0].get_payload(decode=True) if pages else None
    except (ValueError, LookupError, RecursionError):
        payload = None
    if not isinstance(payload, bytes) or not payload:
        raise ReadError(f"{name}：网页存档里没有正文，请用浏览器打开后另存为 html 再试。")
    charset = _charset(pages[0])
    return _read(payload.decode(charset, "replace") if charset else _decoded(payload, name), name)


def _charset(part: Message) -> str | None:
    declared = part.get_content_charset()
    if declared in _CHINESE:
        return "gb18030"
    return declared if declared in ("utf-8", "utf-16", "big5") else None


def _decoded(data: bytes, name: str) -> str:
    """Declared charset first, where it is one that the bytes keep to; gb2312 means gb18030."""
    declared = _DECLARED.search(data[:4096])
    charset = declared[1].decode("ascii").lower() if declared else ""
    try:
        if charset in _CHINESE:
            return data.decode("gb18030")
        if charset == "big5":
            return data.decode("big5")
    except UnicodeDecodeError:
        pass
    return decode(data, name=name)


def _read(page: str, name: str) -> Reading:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(page).body
    if body is None:
        raise ReadError(f"{name}：网页里没有文字，请重新取得文件。")
    everything = _length(_lines(body, furniture=True))
    lines = _trimmed(_chosen(body))
    if not lines:
        raise ReadError(f"{name}：网页里没有正文，可能要靠脚本才显示，请用浏览器打开后另存为 docx 或 txt 再试。")
    left_out = everything - _length(lines)
    issues = (Issue("page_furniture", f"网页里导航、页脚等 {left_out} 个字符没有读入", level="note"),) if left_out > 0 else ()
    return Reading("\n".join(lines) + "\n", issues=issues)


def _length(lines: list[str]) -> int:
    return sum(1 for line in lines for char in line if not char.isspace())


def _trimmed(lines: list[str]) -> list[str]:
    """Without blank lines at either end, and never two in a row."""
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _chosen(body: Node) -> list[str]:
    """The part that holds the document, under the page's heading, where one is named and holds most; else all that is no furniture."""
    whole = _lines(body)
    enough = _CONTENT_SHARE * _length(whole)
    for part in _candidates(body):
        lines = _lines(part)
        if _length(lines) >= max(enough, 1):
            return [*_headings_before(body, part), *lines]
    return whole


def _candidates(body: Node) -> Iterator[Node]:
    """Named parts from the outside in."""
    patterns = [compiled(row["pattern"]) for row in rows("web", "content")]
    for node in body.traverse():
        if node.tag in ("main", "article") or any(p.fullmatch(word) for p in patterns for word in _names(node)):
            yield node


def _headings_before(body: Node, part: Node) -> list[str]:
    """First-level headings that stand outside the part and before it: sites print the title above the text."""
    out: list[str] = []
    for node in body.traverse():
        if node.mem_id == part.mem_id:
            return out
        if node.tag == "h1":
            out += [line for line in _lines(node) if line]
    return out


def _names(node: Node) -> list[str]:
    attributes = node.attributes
    return " ".join(attributes.get(key) or "" for key in ("class", "id", "role")).lower().split()


def _is_furniture(node: Node) -> bool:
    if node.tag in _FRAME:
        return True
    if node.tag not in _BLOCKS or node.tag == "body":
        return False
    patterns = [compiled(row["pattern"]) for row in rows("web", "furniture")]
    if any(p.fullmatch(word) for p in patterns for word in _names(node)):
        return True
    return node.tag in ("ul", "ol", "div", "dl", "table", "p") and _is_all_links(node)


def _is_all_links(node: Node) -> bool:
    """Most of its words lead to other pages; a contents list leads inside its own page."""
    links = [a for a in node.css("a[href]") if not (a.attributes.get("href") or "").startswith("#")]
    if len(links) < _FEWEST_LINKS:
        return False
    linked = sum(len(a.text().strip()) for a in links)
    return linked > _MOST_LINKS * max(len(_SPACES.sub("", node.text())), 1)


def _is_dropped(node: Node, furniture: bool) -> bool:
    if node.tag in _NEVER or node.tag.startswith("-"):
        return True
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return True
    return not furniture and _is_furniture(node)


class _Flow:
    """Lines as they grow: words join the current one, a block ends it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.as_typed = 0  # open <pre>: line feeds count
        self._words: list[str] = []

    def add(self, words: str) -> None:
        first, *others = words.splitlines() or [""] if self.as_typed else [words]
        self._words.append(first)
        for line in others:
            self.end(blank=True)
            self._words.append(line)

    def end(self, *, blank: bool = False) -> None:
        line = _SPACES.sub(" ", _BROKEN_LINE.sub("", "".join(self._words))).strip(_EDGE)
        if line or blank:
            self.lines.append(line)
        self._words.clear()


def _lines(root: Node, *, furniture: bool = False) -> list[str]:
    """The lines below a node, in order; an empty paragraph or a second <br> is a blank line. No recursion: pages nest deeply."""
    flow, open_blocks = _Flow(), list[tuple[Node, int]]()
    node: Node | None = root
    while node is not None:
        into = _enter(node, root, flow, furniture)
        if into and node.tag in _BLOCKS:
            open_blocks.append((node, len(flow.lines)))
            flow.as_typed += node.tag == "pre"
        following = node.child if into else None
        while following is None and node is not None and node.mem_id != root.mem_id:
            _leave(node, flow, open_blocks)
            following = node.next
            node = node.parent
        node = following
    flow.end()
    return flow.lines


def _enter(node: Node, root: Node, flow: _Flow, furniture: bool) -> bool:
    """Take in what the node itself says; tells whether to go on with its children."""
    if node.tag == "-text":
        flow.add(node.text_content or "")
        return False
    if node.mem_id != root.mem_id and _is_dropped(node, furniture):
        return False
    if node.tag == "br":
        flow.end(blank=True)
        return False
    if node.tag in _BLOCKS:
        flow.end()
    if node.tag == "table" and _is_data(node):
        flow.lines += ["\t".join(" ".join(filter(None, _lines(cell))) for cell in _cells(row)) for row in node.css("tr")]
        return False
    return True


def _leave(node: Node, flow: _Flow, open_blocks: list[tuple[Node, int]]) -> None:
    if not (open_blocks and open_blocks[-1][0].mem_id == node.mem_id):
        return
    before = open_blocks.pop()[1]
    flow.end()
    flow.as_typed -= node.tag == "pre"
    if node.tag == "p" and len(flow.lines) == before:
        flow.end(blank=True)


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _is_data(table: Node) -> bool:
    """A table of data has several cells in a row, all of them short; older sites lay out whole pages as a table."""
    found = [_cells(row) for row in table.css("tr")]
    if max((len(cells) for cells in found), default=0) < 2 or table.css_first("table table"):
        return False
    return all(len(cell.text()) <= _LONGEST_CELL for cells in found for cell in cells)
