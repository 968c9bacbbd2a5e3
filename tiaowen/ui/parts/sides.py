"""Two texts side by side: what the right one lacks is struck on the left, what the left one lacks is bold on the right."""

import itertools
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from tiaowen.library import Change, Part, SideRow, parts, place, share_kept, title, words_of
from tiaowen.model import Document
from tiaowen.ui import wording
from tiaowen.ui.html import Html, h, join
from tiaowen.ui.parts.register import reader_link
from tiaowen.ui.parts.status import badge, region_tag, successor
from tiaowen.ui.parts.words import lines, words


def sides_table(before: Document, after: Document, rows: Iterable[Html]) -> Html:
    """Return rows under the heads of two documents."""
    heads = (h("th", title(d.meta), " ", badge(d.meta), region_tag(d.meta), successor(d.meta), scope="col") for d in (before, after))
    return h("table", h("thead", h("tr", *heads)), h("tbody", *rows), cls="tw-sides")


def side_row(row: SideRow, before: Document, after: Document) -> Html:
    """Return one row: both units with their differences, or one beside an empty cell."""
    left = provision(before, row.before, parts(row.changes, after=False)) if row.before else _none()
    right = provision(after, row.after, parts(row.changes, after=True)) if row.after else _none()
    return h("tr", _cell(left, before), _cell(right, after))


def provision(document: Document, eid: str, marked: Sequence[Part] = (), shared: Sequence[tuple[int, int]] = ()) -> Html:
    """Return a provision with its place as a link; `marked` are the changed ranges, `shared` the words to highlight."""
    link = h("a", place(eid, document), href=reader_link(document.meta.id, eid), cls="tw-place")
    span = words_of(document.get(eid), document)
    text = document.clean.text
    body = (h("p", changed(text, line, marked) if marked else words(text, *line, shared)) for line in lines(text, span.start, span.end))
    return join(h("p", link), *body)


def changed(text: str, line: tuple[int, int], marked: Sequence[Part]) -> Html:
    """Return a line of a text with its deleted and added ranges as such."""
    edges = {*line} | {min(max(edge, line[0]), line[1]) for p in marked for edge in (p.span.start, p.span.end)}
    cuts = sorted(edges)
    out: list[Html | str] = []
    for start, end in itertools.pairwise(cuts):
        kind = next((p.kind for p in marked if p.span.start <= start and end <= p.span.end), "kept")
        name = {"deleted": "del", "added": "ins"}.get(kind)
        out.append(h(name, words(text, start, end)) if name else words(text, start, end))
    return join(*out)


def kept(changes: Sequence[Change]) -> Html:
    """Return how much of the text after is also in the text before."""
    return h("p", wording.SIDES_KEPT.format(percent=round(100 * share_kept(changes))), cls="tw-small")


def sides_link(one: str, other: str) -> str:
    """Return the address of a comparison of two documents or two provisions, relative to a page of the app."""
    return "sides?" + urlencode({"a": one, "b": other})


def _cell(content: Html, document: Document) -> Html:
    return h("td", content, data_label=title(document.meta))


def _none() -> Html:
    return h("p", wording.SIDES_NONE, cls="tw-none")
