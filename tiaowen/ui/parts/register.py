"""The duty register as a table; on a phone each row is a card. Every cell is the source's own words."""

from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import urlencode

from tiaowen.library import Penalty, Row, place, title
from tiaowen.model import DutyFrame, Slot
from tiaowen.ui import wording
from tiaowen.ui.html import Html, h, join
from tiaowen.ui.parts.status import badge, region_tag

TONE = {"应当": "must", "不得": "mustnot", "可以": "may", "鼓励": "may", "任务": "task"}

Penalties = Callable[[Row], Sequence[Penalty]]


def duty_table(found: Sequence[Row], penalties: Penalties) -> Html:
    """Return rows of the register as a table under their documents: 主体 · 做什么 · 向谁 · 时限/频次 · 依据."""
    head = h("thead", h("tr", *(h("th", name, scope="col") for name in wording.COLUMN.values())))
    bodies = (_document([*rows], penalties) for _, rows in groupby(found, key=lambda row: row.document.meta.id))
    widths = join(*(Html(f'<col class="tw-w-{name}">') for name in wording.COLUMN))
    return h("table", h("colgroup", widths), head, *bodies, cls="tw-register")


def reader_link(identity: str, eid: str | None = None) -> str:
    """Return the address of a document, or of a provision in it, relative to a page of the app."""
    return "reader?" + urlencode({"doc": identity, **({"eid": eid} if eid else {})})


def _document(found: Sequence[Row], penalties: Penalties) -> Html:
    document = found[0].document
    name = h("th", title(document.meta), " ", badge(document.meta), region_tag(document.meta), colspan="5", scope="rowgroup")
    return h("tbody", h("tr", name, cls="tw-of"), *(_row(row, penalties(row)) for row in found))


def _row(row: Row, sanctions: Sequence[Penalty]) -> Html:
    frame = row.frame
    cells = {"who": _who(frame), "what": _what(row, sanctions), "to": _to(row), "when": _when(frame), "basis": _basis(row)}
    return h("tr", *(h("td", h("div", cell), cls=f"tw-c-{name}", data_label=wording.COLUMN[name]) if cell else
                     h("td", cls=f"tw-c-{name} tw-empty") for name, cell in cells.items()), cls=f"tw-r-{TONE.get(frame.modality, 'task')}")


def _small(words: str) -> Html:
    return h("div", words, cls="tw-small")


def _who(frame: DutyFrame) -> Html:
    if frame.bearer is None:
        return h("span", wording.BEARER_UNSTATED, cls="tw-unstated")
    if frame.units and frame.inherited.get("bearer") and frame.units[0] in frame.bearer.text:
        return _units(frame)
    return join(frame.bearer.text, _small(wording.INHERITED) if frame.inherited.get("bearer") else None)


def _units(frame: DutyFrame) -> Html:
    """The responsible units: where a lead is marked, lead and assisting units apart."""
    names = wording.NAMES_LIST
    if frame.lead_units and frame.unit_mode == "lead":
        others = [unit for unit in frame.units if unit not in frame.lead_units]
        return join(h("div", wording.LED.format(units=names.join(frame.lead_units))),
                    _small(wording.ASSISTED.format(units=names.join(others))) if others else None)
    form = wording.UNDETERMINED if frame.unit_mode == "undetermined" else wording.JOINT
    units = names.join(frame.units)
    return join(units) if len(frame.units) == 1 else h("div", form.format(units=units))


def _what(row: Row, sanctions: Sequence[Penalty]) -> Html:
    frame = row.frame
    notes = [wording.CONDITION.format(words=frame.condition.text) if frame.condition else None,
             wording.EXCEPT.format(words=frame.exception.text) if frame.exception else None,
             f"{wording.HEDGES}：{_join(frame.hedges)}" if frame.hedges else None]
    links = [_penalty(row, penalty) for penalty in sanctions]
    return join(
        _small(frame.trigger.text) if frame.trigger else None,
        h("span", frame.modality, cls=f"tw-modal tw-{TONE.get(frame.modality, 'task')}"), h("span", frame.action.text, cls="tw-do"),
        *(_small(words) for words in notes if words), h("div", join(*links, by="；"), cls="tw-penalty") if links else None)


def _penalty(row: Row, penalty: Penalty) -> Html:
    link = h("a", wording.PENALTY.format(citation=place(penalty.eid, row.document)), href=reader_link(row.document.meta.id, penalty.eid),
             title=penalty.citation)
    amounts = wording.NAMES_LIST.join(penalty.amounts)
    return join(link, wording.AMOUNTS.format(amounts=amounts) if amounts else None)


def _to(row: Row) -> Html | None:
    frame = row.frame
    if not frame.recipients:
        return None
    unnamed = not frame.recipient_bodies
    return join(_join(frame.recipients), h("span", wording.UNNAMED, cls="tw-small") if unnamed else None)


def _when(frame: DutyFrame) -> Html | None:
    figures = tuple(slot for slot in frame.figures if frame.amount is None or slot.text != frame.amount.text)
    found = [slot.text for slot in (frame.time_limit, frame.frequency) if slot]
    more = [slot.text for slot in (frame.amount, *figures) if slot]
    return join(*(h("div", h("strong", words)) for words in found), *(_small(words) for words in more)) if found or more else None


def _basis(row: Row) -> Html:
    """The place in the document, with its status; the link says the citation in full."""
    meta, eid = row.document.meta, row.frame.at
    link = h("a", place(eid, row.document), href=reader_link(meta.id, eid), title=row.citation, aria_label=row.citation)
    return join(link, h("div", badge(meta)))


def _join(slots: Sequence[Slot]) -> str:
    return wording.NAMES_LIST.join(slot.text for slot in slots)
