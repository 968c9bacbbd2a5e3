"""Blocks -> provisions: one stack algorithm for both marker schemes.

Guarantees: eids are unique; provisions stand in document order; their own spans and unit lines tile everything from
the first notice, preamble or unit to the end, titles and contents apart; no input is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tiaowen import eid as eids
from tiaowen.model import Block, Issue, Marker, Provision, Span
from tiaowen.parse.heads import annex_number, continues
from tiaowen.parse.tree import Node, Tree
from tiaowen.rules.markers import style

_STATUTE_TOP = ("prt", "chp", "sec", "art")
_LISTED = ("item", "point")
_CAPTION = re.compile(r"[ \t　]*【([^】\n]*)】[ \t　]*")
_LONGEST_HEADING = 30


def outline(text: str, blocks: Sequence[Block]) -> tuple[tuple[Provision, ...], tuple[Issue, ...]]:
    """Return the provisions of a text cut into `blocks`, and what was odd in its numbering."""
    builder = _Builder(text)
    for block in blocks:
        builder.take(block)
    return builder.result()


class _Builder(Tree):
    """Holds the open units while the blocks of one text go by."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.last_number: dict[str, int] = {}

    def take(self, block: Block) -> None:
        """Add one block to the tree."""
        if block.role in ("title", "mark", "toc"):
            return
        if block.role == "blank":
            self._extend(block)
        elif block.role in eids.PARTS:
            self._part(block)
        elif block.role == "head":
            self._head(block)
        elif block.role == "annex":
            self._annex(block)
        elif block.marker and block.marker.kind in _LISTED:
            self._listed(block, block.marker)
        elif block.marker and block.marker.kind in _STATUTE_TOP:
            self._statute(block, block.marker)
        elif block.marker:
            self._official(block, block.marker)
        elif block.role == "unit_line" and self.stack:
            self._unit_line(block)
        else:
            self._text(block)

    def _extend(self, block: Block) -> None:
        if self.nodes and self.nodes[-1].own_end == block.start:
            self.grow(self.nodes[-1], block.end)
        elif self.stack and (line := self.stack[-1].unit_line) and line.end == block.start:
            self.stack[-1].unit_line = Span(line.start, block.end)

    def _part(self, block: Block) -> None:
        if self.nodes and self.nodes[-1].eid == block.role:
            self.grow(self.nodes[-1], block.end)
            return
        self.stack = []
        self.add(Node(block.role, None, block.role, "", "", block.start, block.end, block.end))

    def _open(self, block: Block, mark: Marker, parent: Node | None, *, nested: bool) -> Node:
        prefix = parent.eid if parent and nested else None
        eid = eids.make(mark.kind, mark.number, parent=prefix)
        self._check_sequence(eid, block, mark)
        node = Node(eid, parent.eid if parent else None, mark.kind, mark.number, mark.label,
                    block.start, block.end, block.end)
        return self.add(node)

    def _check_sequence(self, eid: str, block: Block, mark: Marker) -> None:
        """A number follows the one before it of its kind, or begins again at 1 under a new parent."""
        number = int(mark.number.split("-")[0])
        last = self.last_number.get(mark.kind, 0)
        if number not in (last + 1, 1) and not ("-" in mark.number and number == last):
            message = f"编号不连续：{mark.label}之前为{last}"
            self.issues.append(Issue("number_gap", message, eid, Span(block.start, block.end)))
        self.last_number[mark.kind] = number

    # -- statutes: an article runs through the chapters, its words are 款, 项 hang on the 款 that announces them

    def _statute(self, block: Block, mark: Marker) -> None:
        parent = self.pop_to(mark.kind)
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

    def _paragraph(self, article: Node, start: int, end: int) -> None:
        number = 1 + sum(1 for child in article.children if "__para_" in child)
        node = Node(eids.make("para", number, parent=article.eid), article.eid, "para", str(number), "", start, end, end)
        self.pop_to("para")
        self.stack.append(self.add(node))

    def _listed(self, block: Block, mark: Marker) -> None:
        """A 项, or a 目 below it: the first way of numbering under a 款 makes 项, the second 目, a third is words."""
        if not any(node.level == "para" for node in self.stack):
            self._text(block)
            return
        own = style(mark)
        self._resume(block, mark, own)
        opened = [node for node in self.stack if node.level in _LISTED]
        same = next((node for node in opened if node.style == own), None)
        if same is None and len(opened) == len(_LISTED):
            self.grow(opened[-1], block.end)
            return
        level = same.level if same else _LISTED[len(opened)]
        parent = self.pop_to(level)
        siblings = [self.by_eid[c] for c in parent.children] if parent else []
        self.last_number[level] = int(siblings[-1].number) if siblings else 0
        node = self._open(block, replace(mark, kind=level), parent, nested=True)
        node.style = own
        self.stack.append(node)

    def _resume(self, block: Block, mark: Marker, own: str) -> None:
        """Lines between （一） and （二） are words of （一）, not a 款 of their own: go back to it.

        Only where （二） has no （一） in its 款, and the last one numbered its way in this article is （一）.
        """
        if mark.number == "1" or any(node.style == own for node in self.stack):
            return
        paragraph = next(node for node in self.stack if node.level == "para")
        for position in range(len(self.nodes) - 1, -1, -1):
            node = self.nodes[position]
            if node.level == "art":
                return
            if node.style == own:
                break
        else:
            return
        if int(node.number) + 1 != int(mark.number) or node.parent == paragraph.eid:
            return
        last = next(i for i in range(position, len(self.nodes)) if self.nodes[i + 1].level == "para")
        article = next(n for n in self.stack if n.level == "art")
        self.fold(last, block.start)
        above = [node]
        while above[-1].parent and above[-1].parent != article.eid:
            above.append(self.by_eid[above[-1].parent])
        self.pop_to("para")
        self.stack += reversed(above)

    def _head(self, block: Block) -> None:
        """A heading without 编章节 between articles; 附则 closes the chapters too."""
        mark = block.marker
        words = _strip(self.text, block.start + (mark.end if mark else 0), block.end)
        if words is None:
            return self._text(block)
        line = words.cut(self.text)
        above = self.nodes[-1] if self.nodes else None
        if above and not mark and above.level in ("prt", "chp", "sec") and above.heading and continues(line):
            above.heading = Span(above.heading.start, words.end)
            return self.grow(above, block.end)
        own = style(mark) if mark else ""
        outer = next((n for n in self.stack if n.level == "head" and n.style == "一、"), None) if own == "(一)" else None
        parent = self.pop_to("prt" if re.sub(r"\s", "", line) == "附则" else "head")
        if outer:
            self.stack.append(outer)
        number = mark.number if mark else str(1 + sum(1 for node in self.nodes if node.level == "head"))
        eid = eids.make("head", number, parent=outer.eid if outer else None)
        parent = outer or parent
        node = Node(eid, parent.eid if parent else None, "head", number, mark.label if mark else "",
                    block.start, block.end, block.end, words, style=own)
        self.stack.append(self.add(node))
        return None

    def _annex(self, block: Block) -> None:
        """附件 after the last article, to the next one: one unit, its lines paragraphs."""
        words = _strip(self.text, block.start, block.end) or Span(block.start, block.start)
        line = words.cut(self.text)
        self.pop_to("att")
        number = annex_number(line) or 1 + sum(1 for node in self.nodes if node.level == "att")
        node = Node(eids.make("att", number), None, "att", str(number), re.split(r"[:： 　]", line)[0],
                    block.start, block.end, block.end)
        self.stack.append(self.add(node))

    # -- official documents: the level is the kind of the marker

    def _official(self, block: Block, mark: Marker) -> None:
        node = self._open(block, mark, self.pop_to(mark.kind), nested=True)
        node.heading = _heading(self.text, block.start + mark.end, block.end)
        self.stack.append(node)

    def _unit_line(self, block: Block) -> None:
        owner = self.pop_to("p")
        if owner is None:
            self._text(block)
        elif owner is self.nodes[-1]:
            self.grow(owner, block.end)
        else:
            owner.unit_line = Span(owner.unit_line.start if owner.unit_line else block.start, block.end)
            owner.end = block.end

    def _text(self, block: Block) -> None:
        article = next((node for node in self.stack if node.level == "art"), None)
        if article:
            self._paragraph(article, block.start, block.end)
        elif self.stack:
            owner = self.stack[-1] if self.stack[-1].level == "att" else self.pop_to("p")
            if owner is None:
                return
            number = 1 + sum(1 for child in owner.children if "__p_" in child)
            eid = eids.make("p", number, parent=owner.eid)
            node = self.add(Node(eid, owner.eid, "p", str(number), "", block.start, block.end, block.end))
            if owner.level != "att":
                self.stack.append(node)
        else:
            self._part(Block(block.start, block.end, "preamble"))

    def result(self) -> tuple[tuple[Provision, ...], tuple[Issue, ...]]:
        """Close the tree, with a finding where nothing was numbered."""
        if not any(node.level in eids.LEVELS for node in self.nodes):
            self.issues.append(Issue("no_provisions", "没有找到编号的条款，全文作为一段收录", None, None))
        return self.freeze(), tuple(self.issues)


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
