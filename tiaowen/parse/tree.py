"""The growing tree of one text: nodes in document order, the open ones on a stack."""

from dataclasses import dataclass, field

from tiaowen import eid as eids
from tiaowen.model import Issue, Provision, Span, UnitList

RANK = {level: rank for rank, level in enumerate(eids.LEVELS)} | {"head": eids.LEVELS.index("sec"), "att": -1}


@dataclass
class Node:
    """A provision while it grows; `style` is how a 项 or 目 is numbered: （一）, 一、, 1. or （1）."""

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
    style: str = ""


class Tree:
    """Nodes in document order with unique ids, the open ones, and what was odd."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.nodes: list[Node] = []
        self.by_eid: dict[str, Node] = {}
        self.stack: list[Node] = []
        self.issues: list[Issue] = []

    def add(self, node: Node) -> Node:
        """Append a node below its parent; an eid that is taken gets the suffix ~2 and an issue."""
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

    def grow(self, node: Node, end: int) -> None:
        """Let the last node reach to `end`."""
        node.own_end = node.end = end

    def pop_to(self, level: str) -> Node | None:
        """Close what cannot hold a `level`; returns the innermost open node."""
        while self.stack and RANK[self.stack[-1].level] >= RANK[level]:
            self.stack.pop()
        return self.stack[-1] if self.stack else None

    def fold(self, position: int, end: int) -> None:
        """Make the nodes after `position` words of the node there, which then reaches to `end`."""
        gone = {node.eid for node in self.nodes[position + 1 :]}
        del self.nodes[position + 1 :]
        for eid in gone:
            del self.by_eid[eid]
        for node in self.nodes:
            if gone.intersection(node.children):
                node.children = [child for child in node.children if child not in gone]
        self.issues = [issue for issue in self.issues if issue.eid not in gone]
        self.stack = [node for node in self.stack if node.eid not in gone]
        self.grow(self.nodes[position], end)

    def freeze(self) -> tuple[Provision, ...]:
        """Return the provisions, their full spans closed from the leaves up."""
        for node in reversed(self.nodes):
            node.end = max([node.end, node.own_end, *(self.by_eid[c].end for c in node.children)])
        return tuple(_freeze(node) for node in self.nodes)


def _freeze(node: Node) -> Provision:
    units: UnitList | None = None
    return Provision(node.eid, node.parent, node.level, node.number, node.label, node.heading,
                     Span(node.start, node.own_end), Span(node.start, node.end), tuple(node.children),
                     node.unit_line, units)
