"""A topic across documents, differences with both quotes, topics by documents: values in, markup out."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from tiaowen import wording as core
from tiaowen.library import Cell, Cited, Comparison, Difference, Gap, Listed, Nearest, Side, place, title
from tiaowen.model import Document
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.register import TONE, reader_link
from tiaowen.ui.parts.status import badge, region_tag

MOST_PLACES = 4
KIND_TONE = {"contradicts": "warn", "weaker": "warn", "stronger": "good", "differs": "plain", "document_kind": "plain"}

Documents = Mapping[str, Document]


def compare_link(topic: str, documents: Sequence[str] = ()) -> str:
    """Return the address of a comparison, relative to a page of the app."""
    return "compare?" + urlencode({"topic": topic} | ({"docs": ",".join(documents)} if documents else {}))


def topics(listed: Sequence[Listed], documents: Sequence[str]) -> Html:
    """Return the curated topics as links, by area."""
    areas: dict[str, list[Html]] = {}
    for topic in listed:
        areas.setdefault(topic.area, []).append(h("a", topic.name, href=compare_link(topic.name, documents), target="_self"))
    rows = [h("p", h("strong", area), *links, cls="tw-topics") for area, links in areas.items()]
    return h("section", h("h2", wording.TOPIC_LIST), *rows, cls="tw-directory")


def cells(found: Comparison, documents: Documents) -> Html:
    """Return the rows of a comparison: each document with its provisions, or why it has none."""
    return h("div", *(_row(row, documents[row.document]) for row in found.rows), cls="tw-cells")


def _row(row: Cell, document: Document) -> Html:
    name = h("h3", h("a", title(document.meta), href="reader?" + urlencode({"doc": document.meta.id}), target="_self"))
    head = h("div", name, h("p", badge(document.meta), region_tag(document.meta), cls="tw-badges"), cls="tw-cell-of")
    body = _silent(row.nearest) if row.silent else join(*(_cited(c, document) for c in row.provisions))
    return h("section", head, h("div", body, cls="tw-cell"), cls="tw-cell-row tw-cell-silent" if row.silent else "tw-cell-row")


def _silent(near: Nearest | None) -> Html:
    said = h("p", h("strong", core.SILENT), cls="tw-silent")
    if near is None:
        return said
    link = _link(near.id, near.citation)
    return join(said, h("p", wording.NEAREST_HERE, " ", link, "：", near.why, cls="tw-small"), h("blockquote", near.quote, cls="tw-quote tw-small"))


def _link(identity: str, citation: str) -> Html:
    document, _, eid = identity.partition("#")
    return h("a", citation, href=reader_link(document, eid), target="_self")


def _cited(cited: Cited, document: Document) -> Html:
    further = [e for e in cited.more if e.slot == "further"]
    lead = next((e.quote for e in cited.more if e.slot == "lead"), None)
    link = h("a", place(cited.at, document), href=reader_link(document.meta.id, cited.at), target="_self", title=cited.citation)
    return h("article", h("p", link, cls="tw-cite-line"),
             h("p", lead, cls="tw-small") if lead else None,
             h("blockquote", cited.quote, cls="tw-quote"), _slots(cited.duty),
             details(wording.MORE_WORDS.format(count=len(further)), *(h("blockquote", e.quote, cls="tw-quote") for e in further))
             if further else None, cls="tw-cited-cell")


def _slots(duty: dict[str, Any] | None) -> Html | None:
    """The filled slots of the duty in one line each: modality, bearer, to whom, limit, frequency, units."""
    if duty is None:
        return None
    names = wording.NAMES_LIST
    units, lead = duty.get("units") or [], duty.get("lead_units") or []
    filled = [
        (wording.BEARER, None if units and duty.get("inherited") else duty.get("bearer")),
        (wording.RECIPIENTS, names.join(duty.get("recipients") or ())), (wording.TIME_LIMIT, duty.get("time_limit")),
        (wording.FREQUENCY, duty.get("frequency")), (wording.HEDGES, names.join(duty.get("hedges") or ())),
        (wording.AMOUNT, duty.get("amount")), (wording.LEAD, names.join(lead)),
        (wording.ASSISTING if lead else wording.UNITS["joint"], names.join(u for u in units if u not in lead)),
    ]
    modality = h("span", duty["modality"], cls=f"tw-modal tw-{TONE.get(duty['modality'], 'task')}")
    shown = [h("span", h("span", f"{name}：", cls="tw-small"), words, cls="tw-slot") for name, words in filled if words]
    unstated = None if units or duty.get("bearer") else h("span", wording.BEARER_UNSTATED, cls="tw-slot tw-unstated")
    return h("p", modality, unstated, *shown, cls="tw-slots")


# -- differences


def difference(found: Difference, documents: Documents) -> Html:
    """Return a difference as a fact with both sentences, the words that differ marked."""
    first, second = found.sides
    label = join(h("span", core.DIFFERENCE[found.kind], cls=f"tw-badge tw-{KIND_TONE[found.kind]}"),
                 h("span", core.ASPECT[found.aspect], cls="tw-badge tw-region"))
    return h("section", h("p", label, _fact(found)), h("div", _side(first, documents), _side(second, documents), cls="tw-sides"), cls="tw-difference")


def _fact(found: Difference) -> str:
    first, second = (side.value for side in found.sides)
    if found.kind == "contradicts":
        form = "contradicts"
    else:
        form = "both" if first and second else "lost" if first else "gained" if second else "none"
    return wording.DIFFERS[form].format(first=first, second=second)


def _side(side: Side, documents: Documents) -> Html:
    document = documents[side.document]
    cited = h("p", _link(f"{side.document}#{side.at}", side.citation), " ", badge(document.meta), cls="tw-cite-line")
    outside = side.value_span is not None and not side.span[0] <= side.value_span[0] < side.span[1]
    return h("div", cited, h("blockquote", _marked(side), cls="tw-quote"),
             h("p", core.ASPECT["units"], "：", h("mark", side.value), cls="tw-small") if outside else None, cls="tw-side")


def _marked(side: Side) -> Html:
    """The sentence with the words that differ marked, where they stand in it."""
    start, end = side.span
    if side.value_span is None or not (start <= side.value_span[0] and side.value_span[1] <= end):
        return join(side.quote)
    a, b = side.value_span[0] - start, side.value_span[1] - start
    return join(side.quote[:a], h("mark", side.quote[a:b]), side.quote[b:])


# -- topics by documents


def gap_table(gaps: Sequence[Gap], documents: Sequence[Document], chosen: Sequence[str]) -> Html:
    """Return the table of topics by documents; a topic is a link to its comparison."""
    head = h("thead", h("tr", h("th", wording.TOPIC[:2], scope="col"), *(h("th", _short(d), scope="col", title=title(d.meta)) for d in documents)))
    bodies = []
    for area, group in groupby(gaps, key=lambda gap: gap.topic.area):
        of = h("tr", h("th", area, colspan=str(len(documents) + 1), scope="rowgroup"), cls="tw-area")
        bodies.append(h("tbody", of, *(_gap_row(gap, documents, chosen) for gap in group)))
    return h("div", h("table", head, *bodies, cls="tw-gaps"), cls="tw-wide", tabindex="0", role="region", aria_label=wording.PAGE_GAPS)


def _gap_row(gap: Gap, documents: Sequence[Document], chosen: Sequence[str]) -> Html:
    link = h("a", gap.topic.name, href=compare_link(gap.topic.name, chosen), target="_self")
    return h("tr", h("th", link, scope="row"), *(_gap_cell(gap, d) for d in documents))


def _short(document: Document) -> str:
    """A column's name: an alias of the document where it has one."""
    return min(document.meta.aliases, key=len, default=document.meta.title)


def _gap_cell(gap: Gap, document: Document) -> Html:
    places = gap.speaking.get(document.meta.id, ())
    if not places:
        return h("td", wording.GAP_NONE, cls="tw-gap")
    shown = [h("a", place, href=reader_link(document.meta.id, eid), target="_self") for eid, place in places[:MOST_PLACES]]
    more = wording.MORE_PLACES.format(count=len(places)) if len(places) > MOST_PLACES else None
    return h("td", join(*shown, by=wording.NAMES_LIST), more)
