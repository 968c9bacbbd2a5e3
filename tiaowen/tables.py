"""Comparisons -> Excel files: the cells of a topic with their slots, the differences with both quotes, topics by documents.

Guarantees: every quote is a slice of its document; an empty cell says so and names the nearest provision; nothing is a formula.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tiaowen import wording
from tiaowen.compare.comparison import Comparison, Gap
from tiaowen.compare.matrix import Cell, Cited
from tiaowen.compare.sides import Difference
from tiaowen.export.xlsx import Sheet, workbook
from tiaowen.model import Document, HigherLaw
from tiaowen.parse.citation import title
from tiaowen.register import status_words

_EMPTY = ("",) * 10


def comparison_excel(found: Comparison, documents: Mapping[str, Document], today: date) -> bytes:
    """Return an Excel file of a comparison: cells, differences, higher law, documents."""
    cells = [line for row in found.rows for line in _lines(found.name, row, documents[row.document])]
    return workbook((
        Sheet(wording.SHEET_CELLS, wording.SHEET_CELL, cells),
        Sheet(wording.SHEET_DIFFERENCES, wording.SHEET_DIFFERENCE, [_difference(d) for d in found.differences]),
        Sheet(wording.SHEET_LAWS, wording.SHEET_LAW, [_law(law) for law in found.higher_law]),
        Sheet(wording.SHEET_SOURCES, wording.SHEET_SOURCE, [_source(documents[r.document], today) for r in found.rows]),
    ))


def gaps_excel(gaps: Sequence[Gap], found: Sequence[Difference], documents: Sequence[Document], today: date) -> bytes:
    """Return an Excel file of all topics by documents, and of the differences."""
    columns = [*wording.SHEET_GAP, *((title(d.meta), 24) for d in documents)]
    lines = [(g.topic.area, g.topic.name, *(_said(g, d.meta.id) for d in documents)) for g in gaps]
    return workbook((
        Sheet(wording.SHEET_GAPS, columns, lines),
        Sheet(wording.SHEET_DIFFERENCES, wording.SHEET_DIFFERENCE, [_difference(d) for d in found]),
        Sheet(wording.SHEET_SOURCES, wording.SHEET_SOURCE, [_source(d, today) for d in documents]),
    ))


def _said(gap: Gap, identity: str) -> str:
    return wording.LIST.join(place for _, place in gap.speaking.get(identity, ())) or wording.SILENT


def _lines(topic: str, row: Cell, document: Document) -> list[tuple[str, ...]]:
    name, status = title(document.meta), status_words(document.meta)
    if not row.silent:
        return [(topic, name, status, *_cited(cited), "") for cited in row.provisions]
    near = row.nearest
    why = wording.NEAREST_IS.format(citation=near.citation, why=near.why) if near else ""
    return [(topic, name, status, *_EMPTY, wording.SILENT, why)]


def _cited(cited: Cited) -> tuple[str, ...]:
    duty: Mapping[str, Any] = cited.duty or {}
    one = [str(duty.get(key) or "") for key in ("modality", "bearer", "action")]
    more = "\n".join([cited.quote, *(e.quote for e in cited.more if e.slot == "further")])
    return (cited.citation, *one, _several(duty, "recipients"), str(duty.get("time_limit") or ""), str(duty.get("frequency") or ""),
            _several(duty, "hedges"), _several(duty, "lead_units"), _several(duty, "units"), more)


def _several(duty: Mapping[str, Any], key: str) -> str:
    return wording.LIST.join(duty.get(key) or ())


def _difference(found: Difference) -> tuple[str, ...]:
    first, second = found.sides
    return (wording.DIFFERENCE[found.kind], wording.ASPECT[found.aspect], first.citation, first.value or wording.NOT_PRINTED, first.quote,
            second.citation, second.value or wording.NOT_PRINTED, second.quote)


def _law(law: HigherLaw) -> tuple[str, ...]:
    kind = "" if law.quote else wording.POINTER_TITLE
    return (f"《{law.law}》{law.article}", law.quote or law.pointer or "", kind, str(law.checked_on or wording.UNSTATED))


def _source(document: Document, today: date) -> tuple[str, ...]:
    meta = document.meta
    issued = str(meta.dates.issued) if meta.dates.issued else wording.UNSTATED
    return (title(meta), meta.document_number or wording.UNSTATED, issued, status_words(meta), str(today), wording.SHEET_NOTE)
