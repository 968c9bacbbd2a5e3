"""Words that name a provision: text, citation label, heading path."""

from tiaowen import eid as eids
from tiaowen.model import Document, Meta, Provision
from tiaowen.numerals import to_chinese
from tiaowen.parse.document import NUMBERED, is_unit

_PART_NAMES = {"notice": "印发通知", "preamble": "引言", "colophon": "文末"}


def text_of(provision: Provision, document: Document) -> str:
    """Return the words of a provision, its paragraphs joined by one line feed.

    A unit: label, heading, all children, unit line or tail. A container: label, heading and lead-in only.
    """
    whole = provision.level in ("para", "item", "point", "p", "art", *eids.PARTS) or is_unit(provision, document)
    span = provision.full if whole else provision.own
    lines = [line.strip() for line in document.cut(span).splitlines()]
    if not whole:
        for child in provision.children:
            if child.rpartition("__")[2].startswith("p_"):
                lines += [line.strip() for line in document.cut(document.get(child).own).splitlines()]
    return "\n".join(line for line in lines if line)


def title(meta: Meta) -> str:
    """Return 《title》 with the stage inside the marks and inner marks 〈〉."""
    inner = meta.title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}（{meta.stage}）》" if meta.stage else f"《{inner}》"


def place(eid: str, document: Document) -> str:
    """Return the place of an eid in its document: 第五十五条第三项, 二（三）9, 印发通知."""
    segments = eids.split(eid)
    if segments[0][0] in eids.PARTS:
        return _PART_NAMES[segments[0][0]]
    return _statute_place(eid, document) if segments[0][0] not in NUMBERED else _official_place(eid, document)


def citation(eid: str, document: Document) -> str:
    """Return the citation label of a provision in full."""
    meta = document.meta
    number = f"（{meta.document_number}）" if meta.document_number and eids.split(eid)[0][0] in (*NUMBERED, *eids.PARTS) else ""
    return f"{title(meta)}{number}{place(eid, document)}"


def _statute_place(eid: str, document: Document) -> str:
    out, position = "", ""
    names = {"prt": "编", "chp": "章", "sec": "节", "art": "条", "para": "款", "item": "项", "point": "目", "att": "附件"}
    for level, number in eids.split(eid):
        if level == "head":
            return out + _named(document.get(eid), document)
        if level == "p":
            return f"{out}第{number}段"
        position = f"{position}__{level}_{number}" if position else f"{level}_{number}"
        main, _, sub = number.split("~")[0].partition("-")
        if level == "para" and _only_paragraph(position, document):
            continue
        before, after = ("", to_chinese(int(main))) if level == "att" else (f"第{to_chinese(int(main))}", "")
        out += f"{before}{names[level]}{after}" + (f"之{to_chinese(int(sub))}" if sub else "")
    return out


def _named(provision: Provision, document: Document) -> str:
    """A heading without 编章节 is named by its words."""
    return f"“{provision.label}{document.cut(provision.heading) if provision.heading else ''}”部分"


def _only_paragraph(eid: str, document: Document) -> bool:
    article = eids.parent(eid)
    return article is not None and sum("__para_" in c for c in document.get(article).children) <= 1


def _official_place(eid: str, document: Document) -> str:
    out = ""
    for level, number in eids.split(eid):
        n = number.split("~")[0]
        out += {"l1": to_chinese(int(n)), "l2": f"（{to_chinese(int(n))}）", "l3": n, "l4": f"（{n}）",
                "p": f"第{n}段"}[level]
    return out


def path(eid: str, document: Document) -> tuple[str, ...]:
    """Return the headings above and of a provision, outermost first: the context a passage is searched with."""
    out: list[str] = []
    current: str | None = eid
    while current:
        provision = document.get(current)
        if provision.heading:
            out.append(document.cut(provision.heading))
        current = provision.parent
    return tuple(reversed(out))
