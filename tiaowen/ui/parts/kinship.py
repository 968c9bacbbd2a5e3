"""Kinship of two documents as a picture, a table and a list; every statement leads to both texts."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from tiaowen import wording as core
from tiaowen.library import Kinship, Pair, citation, place, title, units
from tiaowen.model import Document, Provision
from tiaowen.ui import wording
from tiaowen.ui.html import Html, h, join
from tiaowen.ui.parts.register import reader_link
from tiaowen.ui.parts.sides import provision, sides_link
from tiaowen.ui.parts.status import badge, region_tag

_STEP = 30  # pixels from box to box
_LETTERS = 24  # of a label: what a box holds


def basis(found: Kinship, held: dict[str, Document]) -> Html:
    """Return what the lower document itself names as its basis, held or not."""
    named = list(dict.fromkeys((c.words, c.targets) for c in found.basis))
    rows = [h("li", words, " ", _held(targets, held)) for words, targets in named]
    return join(h("h3", wording.KIN_BASIS), h("ul", *rows) if rows else h("p", wording.KIN_NO_BASIS))


def _held(targets: Sequence[str], held: dict[str, Document]) -> Html:
    document = held.get(targets[0].partition("#")[0]) if targets else None
    if document is None:
        return h("span", wording.KIN_NOT_HELD, cls="tw-small")
    return join(h("span", wording.KIN_HELD, cls="tw-small"), badge(document.meta))


def kin_table(found: Kinship, names: Sequence[str]) -> Html:
    """Return the pairs as a table, in the order of the lower document."""
    heads = [join(title(d.meta), " ", badge(d.meta), region_tag(d.meta)) for d in (found.lower, found.higher)]
    head = h("thead", h("tr", *(h("th", words, scope="col") for words in (*heads, wording.KIN_COLUMN[2]))))
    widths = join(Html("<col><col>"), Html('<col class="tw-w-relation">'))
    body = [_row(pair, found) for pair in found.pairs if pair.relation in names]
    return h("table", h("colgroup", widths), head, h("tbody", *body), cls="tw-sides")


def _row(pair: Pair, found: Kinship) -> Html:
    below = _cell(found.lower, pair.lower, [(c.lower.start, c.lower.end) for c in pair.common])
    above = _cell(found.higher, pair.higher, [(c.higher.start, c.higher.end) for c in pair.common])
    return h("tr", h("td", below, data_label=wording.KIN_COLUMN[0]), h("td", above, data_label=wording.KIN_COLUMN[1]),
             h("td", _relation(pair, found), data_label=wording.KIN_COLUMN[2]))


def _cell(document: Document, eid: str | None, shared: Sequence[tuple[int, int]]) -> Html:
    if eid is None:
        return h("p", core.NO_COUNTERPART, cls="tw-none")
    return provision(document, eid, shared=shared)


def _relation(pair: Pair, found: Kinship) -> Html:
    label = h("span", core.KIN[pair.relation], cls=f"tw-kin tw-k-{pair.relation}")
    if not (pair.higher and pair.lower):
        return label
    sides = sides_link(f"{found.higher.meta.id}#{pair.higher}", f"{found.lower.meta.id}#{pair.lower}")
    return join(label, h("p", core.KINSHIP, cls="tw-small"),
                h("p", wording.KIN_SHARED.format(percent=round(100 * pair.shared)), cls="tw-small"), h("a", wording.PAGE_SIDES, href=sides))


def kin_list(found: Kinship) -> Html:
    """Return the pairs as lists, one a relation."""
    out = []
    for relation, name in wording.KIN_TITLES.items():
        pairs = found.of(relation)
        if pairs:
            items = (h("li", *_sides(pair, found)) for pair in pairs)
            out.append(join(h("h3", f"{name}（{len(pairs)}）"), h("ul", *items, cls="tw-kin-list")))
    return join(*out)


def _sides(pair: Pair, found: Kinship) -> Iterator[Html | str]:
    sides = [(d, eid) for d, eid in ((found.lower, pair.lower), (found.higher, pair.higher)) if eid]
    for number, (document, eid) in enumerate(sides):
        if number:
            yield " ← "
        yield h("a", _label(document.get(eid), document), href=reader_link(document.meta.id, eid), title=citation(eid, document))
    if len(sides) > 1:
        yield h("span", "　" + wording.KIN_SHARE.format(percent=round(100 * pair.shared)), cls="tw-small")


def _label(one: Provision, document: Document) -> str:
    """The place and the heading, cut to what a box holds."""
    heading = document.cut(one.heading).strip("。 　") if one.heading else ""
    words = f"{place(one.eid, document)} {heading}".strip()
    return words if len(words) <= _LETTERS else words[: _LETTERS - 1] + "…"


# -- the picture: boxes are links of the page, the lines between them an image, since the page takes no drawing


def picture(found: Kinship) -> Html:
    """Return both documents as two columns of boxes with a line for each pair."""
    columns = (units(found.lower), units(found.higher))
    height = _STEP * max(1, *(len(rows) for rows in columns))
    middle = [{p.eid: height / len(rows) * (n + 0.5) for n, p in enumerate(rows)} for rows in columns]
    met = ({pair.lower for pair in found.pairs if pair.higher}, {pair.higher for pair in found.pairs if pair.lower})
    boxes = [_box(p, document, side, middle[side][p.eid], alone=p.eid not in met[side])
             for side, document in enumerate((found.lower, found.higher)) for p in columns[side]]
    words = wording.KIN_PICTURE.format(lower=title(found.lower.meta), higher=title(found.higher.meta))
    lines = h("img", src=_drawing(found, middle, height), alt=words)
    return join(h("p", words, cls="tw-small"),
                h("div", h("div", lines, *boxes, cls="tw-columns", style=f"height: {height}px"), cls="tw-picture", tabindex="0"))


def _box(one: Provision, document: Document, side: int, y: float, *, alone: bool) -> Html:
    names = ("tw-box", "tw-right" if side else "tw-left", "tw-alone" if alone else "")
    return h("a", _label(one, document), href=reader_link(document.meta.id, one.eid), title=citation(one.eid, document),
             cls=" ".join(n for n in names if n), style=f"top: {y - _STEP / 2 + 2:.1f}px")


def _drawing(found: Kinship, middle: Sequence[dict[str, float]], height: float) -> str:
    """The lines as an image in the address itself: solid for copied, dashed for adapted, the thicker the more words."""
    lines = []
    for pair in found.pairs:
        if pair.lower and pair.higher:
            left, right = middle[0][pair.lower], middle[1][pair.higher]
            copied = pair.relation == "copied"
            lines.append(h("path", d=f"M0 {left:.1f} C50 {left:.1f} 50 {right:.1f} 100 {right:.1f}", fill="none", stroke_opacity="0.6",
                           stroke="#1b4f7a" if copied else "#2f7d4f", stroke_width=f"{1 + 5 * pair.shared:.1f}",
                           stroke_dasharray=None if copied else "7 4", vector_effect="non-scaling-stroke"))
    svg = h("svg", *lines, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 100 {height}", preserveAspectRatio="none", width="100", height=str(height))
    return "data:image/svg+xml," + quote(svg)
