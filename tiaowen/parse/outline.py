"""Blocks -> provisions: one stack algorithm for both marker schemes.

Guarantees: eids are unique; provisions stand in document order; their own spans and unit lines tile everything from
the first notice, preamble or unit to the end, titles and contents apart; no input is refused.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tiaowen import eid as eids
from tiaowen.model import Block, Issue, Marker, Provision, Span, UnitList

_RANK = {level: rank for rank, level in enumerate(eids.LEVELS)}
_STATUTE_TOP = ("prt", "chp", "sec", "art")
_CAPTION = re.compile(r"[ \t　]*【([^】\n]*)】[ \t　]*")
_LONGEST_HEADING = 30


@dataclass
class _Node:
    eid: str
    parent: str | None
    level: str
    number: str
    label: str
    start: int
    own_end: int
    end: int
    heading: Span | None = None
    children: list[str] = field(default_factory=list)
    unit_line: Span | None = None


def outline(text: str, blocks: Sequence[Block]) -> tuple[tuple[Provision, ...], tuple[Issue, ...]]:
    """Return the provisions of a text cut into `blocks`, and what was odd in its numbering."""
    builder = _Builder(text)
    for block in blocks:
        builder.take(block)
    return builder.result()


class _Builder:
    """Holds the open units while the blocks of one text go by."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes: list[_Node] = []
        self.by_eid: dict[str, _Node] = {}
        self.stack: list[_Node] = []
        self.issues: list[Issue] = []
        self.last_number: dict[str, int] = {}

    def take(self, block: Block) -> None:
        """Add one block to the tree."""
        if block.role in ("title", "mark", "toc"):
            return
        if block.role == "blank":
            self._extend(block)
        elif block.role in eids.PARTS:
            self._part(block)
        elif block.marker and block.marker.kind in (*_STATUTE_TOP, "item", "point"):
            self._statute(block, block.marker)
        elif block.marker:
            self._official(block, block.marker)
        elif block.role == "unit_line" and self.stack:
            self._unit_line(block)
        else:
            self._text(block)

    def _extend(self, block: Block) -> None:
        if self.nodes and self.nodes[-1].own_end == block.start:
            self._grow(self.nodes[-1], block.end)
        elif self.stack and (line := self.stack[-1].unit_line) and line.end == block.start:
            self.stack[-1].unit_line = Span(line.start, block.end)

    def _grow(self, node: _Node, end: int) -> None:
        node.own_end = node.end = end

    def _part(self, block: Block) -> None:
        if self.nodes and self.nodes[-1].eid == block.role:
            self._grow(self.nodes[-1], block.end)
            return
        self.stack = []
        self._add(_Node(block.role, None, block.role, "", "", block.start, block.end, block.end))

    def _add(self, node: _Node) -> _Node:
        repeat = 1
        base = node.eid
        while node.eid in self.by_eid:
            repeat += 1
            node.eid = f"{base}~{repeat}"
        if repeat > 1:
            span = Span(node.start, node.own_end)
            self.issues.append(Issue("number_repeated", f"编号重复：{node.label or base}", node.eid, span))
        self.nodes.append(node)
        self.by_eid[node.eid] = node
        if node.parent:
            self.by_eid[node.parent].children.append(node.eid)
        return node

    def _open(self, block: Block, mark: Marker, parent: _Node | None, *, nested: bool) -> _Node:
        prefix = parent.eid if parent and nested else None
        eid = eids.make(mark.kind, mark.number, parent=prefix)
        self._check_sequence(eid, block, mark)
        node = _Node(eid, parent.eid if parent else None, mark.kind, mark.number, mark.label,
                     block.start, block.end, block.end)
        return self._add(node)

    def _check_sequence(self, eid: str, block: Block, mark: Marker) -> None:
        """A number follows the one before it of its kind, or begins again at 1 under a new parent."""
        number = int(mark.number.split("-")[0])
        last = self.last_number.get(mark.kind, 0)
        if number not in (last + 1, 1) and not ("-" in mark.number and number == last):
            message = f"编号不连续：{mark.label}之前为{last}"
            self.issues.append(Issue("number_gap", message, eid, Span(block.start, block.end)))
        self.last_number[mark.kind] = number

    def _pop_to(self, level: str) -> _Node | None:
        while self.stack and _RANK[self.stack[-1].level] >= _RANK[level]:
            self.stack.pop()
        return self.stack[-1] if self.stack else None

    # -- statutes: an article runs through the chapters, its words are 款, 项 hang on the 款 that announces them

    def _statute(self, block: Block, mark: Marker) -> None:
        if mark.kind in ("item", "point"):
            if not any(node.level == "para" for node in self.stack):
                self._text(block)
                return
            if mark.kind == "point" and not any(node.level == "item" for node in self.stack):
                self._text(block)
                return
            parent = self._pop_to(mark.kind)
            self.last_number[mark.kind] = 0 if not parent or not parent.children else self.last_number[mark.kind]
            self.stack.append(self._open(block, mark, parent, nested=True))
            return
        parent = self._pop_to(mark.kind)
        node = self._open(block, mark, parent, nested=mark.kind in ("chp", "sec"))
        self.stack.append(node)
        start = block.start + mark.end
        if mark.kind != "art":
            node.heading = _strip(self.text, start, block.end)
            return
        caption = _CAPTION.match(self.text, start, block.end)
        if caption:
            node.heading = Span(caption.start(1), caption.end(1)) if caption[1].strip() else None
            start = caption.end()
        words = _strip(self.text, start, block.end)
        if words:
            node.own_end = words.start
            self._paragraph(node, words.start, block.end)

    def _paragraph(self, article: _Node, start: int, end: int) -> None:
        number = 1 + sum(1 for child in article.children if "__para_" in child)
        node = _Node(eids.make("para", number, parent=article.eid), article.eid, "para", str(number), "", start, end, end)
        self._pop_to("para")
        self.stack.append(self._add(node))

    # -- official documents: the level is the kind of the marker

    def _official(self, block: Block, mark: Marker) -> None:
        node = self._open(block, mark, self._pop_to(mark.kind), nested=True)
        node.heading = _heading(self.text, block.start + mark.end, block.end)
        self.stack.append(node)

    def _unit_line(self, block: Block) -> None:
        owner = self._pop_to("p")
        if owner is None:
            self._text(block)
        elif owner is self.nodes[-1]:
            self._grow(owner, block.end)
        else:
            owner.unit_line = Span(owner.unit_line.start if owner.unit_line else block.start, block.end)
            owner.end = block.end

    def _text(self, block: Block) -> None:
        article = next((node for node in self.stack if node.level == "art"), None)
        if article:
            self._paragraph(article, block.start, block.end)
        elif self.stack:
            owner = self._pop_to("p")
            if owner is None:
                return
            number = 1 + sum(1 for child in owner.children if "__p_" in child)
            eid = eids.make("p", number, parent=owner.eid)
            self.stack.append(self._add(_Node(eid, owner.eid, "p", str(number), "", block.start, block.end, block.end)))
        else:
            self._part(Block(block.start, block.end, "preamble"))

    def result(self) -> tuple[tuple[Provision, ...], tuple[Issue, ...]]:
        """Close the tree: full spans from the leaves up, and a finding where nothing was numbered."""
        for node in reversed(self.nodes):
            node.end = max([node.end, node.own_end, *(self.by_eid[c].end for c in node.children)])
        if not any(node.level in eids.LEVELS for node in self.nodes):
            self.issues.append(Issue("no_provisions", "没有找到编号的条款，全文作为一段收录", None, None))
        repeated = [eid for eid, n in Counter(node.eid for node in self.nodes).items() if n > 1]
        if repeated:
            raise AssertionError(f"eids repeated: {repeated}")
        return tuple(_freeze(node) for node in self.nodes), tuple(self.issues)


def _freeze(node: _Node) -> Provision:
    units: UnitList | None = None
    return Provision(node.eid, node.parent, node.level, node.number, node.label, node.heading,
                     Span(node.start, node.own_end), Span(node.start, node.end), tuple(node.children),
                     node.unit_line, units)


def _strip(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if right > left else None


def _heading(text: str, start: int, end: int) -> Span | None:
    """The heading of a numbered unit: its first sentence where short and without a comma, or the whole short line.

    rangtang-opinions-2022#l1_1__l2_1: (一)指导思想; national-opinions-2021: 9.有效落实强制报告制度。指导国家机关…;
    yuexiu-plan-draft#l1_3__l2_2__l3_3__l4_1 has none: （1）团区委、妇联、民政、教育部门要动员和支持….
    """
    words = _strip(text, start, end)
    if words is None:
        return None
    line = words.cut(text)
    stop = line.find("。")
    head = line if stop < 0 else line[:stop]
    if not head.strip() or len(head) > _LONGEST_HEADING or re.search(r"[，,；;：:]", head):
        return None
    return Span(words.start, words.start + len(head))
