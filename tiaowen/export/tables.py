"""The three tables that a drafter hands in, as values: rows in the order of the draft, sources at the end, 说明 left empty.

Guarantees: the words of a provision are slices of its source, a paragraph a printed line; every unit of the draft has its row;
what the texts do not say is 未见相应表述.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tiaowen import wording
from tiaowen.compare.conflicts import Finding
from tiaowen.compare.draft import DRAFT, Alike, Proposal
from tiaowen.compare.kinship import units
from tiaowen.compare.rows import side_by_side, words_of
from tiaowen.compare.words import ADDED, DELETED, KEPT, Part, parts
from tiaowen.model import Document, Meta, Span
from tiaowen.parse.citation import place, title

PLAIN, HEAD, NOTE = "plain", "head", "note"
STYLES = (PLAIN, HEAD, NOTE, ADDED, DELETED)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of one style: plain, head, note, added or deleted."""

    text: str
    style: str = PLAIN


Paragraph = tuple[Words, ...]
Cell = tuple[Paragraph, ...]
EMPTY: Cell = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is handed in: kind (basis, changes, elsewhere), columns with their share of the width, rows, sources."""

    kind: str
    subject: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[tuple[str, ...], ...]
    legend: str | None = None

    @property
    def title(self) -> str:
        """Return the name of the table."""
        return wording.TABLES[self.kind]


def basis_table(draft: Document, found: Mapping[str, Sequence[Proposal]], parents: Sequence[Document], *, today: date) -> Table:
    """Return 上位法依据对照表: each unit of a draft, what of the parents it rests on, and the proposed relation."""
    held = {d.meta.id: d for d in parents}
    by_eid: dict[str, list[Proposal]] = {}
    for proposed in found.values():
        for one in proposed:
            by_eid.setdefault(one.eid, []).append(one)
    rows = []
    for number, provision in enumerate(units(draft), 1):
        mine = sorted(by_eid.get(provision.eid, ()), key=lambda p: -p.shared)
        theirs = [_of(held[a.document], a.eid) for one in mine for a in one.alike]
        basis = tuple(p for cell in theirs for p in cell) or _note(wording.NO_COUNTERPART)
        rows.append((_note(str(number)), unit_cell(draft, provision.eid), basis, _relations(mine, held), EMPTY))
    columns = ((wording.TABLE_NUMBER, 5), (_name(draft), 33), (wording.TABLE_BASIS, 33), (wording.TABLE_RELATION, 15), (wording.TABLE_REMARK, 14))
    return Table("basis", _subject(draft), columns, tuple(rows), _sources([draft, *parents], today))


def _relations(found: Sequence[Proposal], held: Mapping[str, Document]) -> Cell:
    out: list[Paragraph] = []
    for one in found:
        if len(found) > 1 and not one.alike and any(o.alike for o in found):
            continue
        if len(held) > 1 and one.alike:
            out.append((Words(title(held[one.alike[0].document].meta), NOTE),))
        out.append((Words(wording.PROPOSED.format(relation=wording.PROPOSAL[one.relation]), HEAD),))
        if one.shared:
            out.append((Words(wording.REPEATED.format(percent=round(100 * one.shared)), NOTE),))
        out += [(Words(finding_words(f), NOTE),) for f in one.findings]
        if not any(o.alike for o in found):
            break
    return tuple(out)


def finding_words(finding: Finding) -> str:
    """Return a finding as a sentence with the words of both sides."""
    form = wording.FINDING[finding.aspect, finding.kind]
    return form.format(ours=finding.ours.text, theirs=finding.theirs.text if finding.theirs else "")


def changes_table(before: Document, after: Document, *, today: date) -> Table:
    """Return 修改前后对照表: deleted words struck in the text before, added words bold in the text after."""
    rows = []
    for row in side_by_side(before, after):
        if row.before and row.after:
            left = unit_cell(before, row.before, parts(row.changes, after=False))
            right = unit_cell(after, row.after, parts(row.changes, after=True))
        else:
            left = _whole(before, row.before, DELETED) if row.before else EMPTY
            right = _whole(after, row.after, ADDED) if row.after else EMPTY
        rows.append((left, right, EMPTY))
    columns = ((wording.TABLE_BEFORE.format(title=_name(before)), 43), (wording.TABLE_AFTER.format(title=_name(after)), 43),
               (wording.TABLE_REMARK, 14))
    return Table("changes", _subject(after), columns, tuple(rows), _sources([before, after], today), wording.TABLE_LEGEND)


def elsewhere_table(draft: Document, found: Mapping[str, Sequence[Alike]], others: Sequence[Document], *, today: date) -> Table:
    """Return 外省（区、市）规定对照表: each unit of a draft beside what other texts say, a column a text."""
    rows = []
    for provision in units(draft):
        mine = found.get(provision.eid, ())
        cells = [tuple(p for a in mine if a.document == d.meta.id for p in unit_cell(d, a.eid)) or _note(wording.NO_COUNTERPART)
                 for d in others]
        rows.append((unit_cell(draft, provision.eid), *cells, EMPTY))
    share = 88 // (len(others) + 1)
    columns = ((_name(draft), share), *((_name(d), share) for d in others), (wording.TABLE_REMARK, 12))
    return Table("elsewhere", _subject(draft), columns, tuple(rows), _sources([draft, *others], today))


# -- cells


def unit_cell(document: Document, eid: str, marked: Sequence[Part] = ()) -> Cell:
    """Return a provision as a cell: its place, then its printed lines, with marked ranges in their style."""
    span = words_of(document.get(eid), document)
    lines = tuple(_paragraph(document.clean.text, line, marked) for line in _lines(document.clean.text, span))
    return ((Words(place(eid, document), HEAD),), *lines)


def _of(document: Document, eid: str) -> Cell:
    cell = unit_cell(document, eid)
    return ((Words(title(document.meta) + cell[0][0].text, HEAD),), *cell[1:])


def _whole(document: Document, eid: str, style: str) -> Cell:
    return unit_cell(document, eid, (Part(style, words_of(document.get(eid), document)),))


def _lines(text: str, span: Span) -> Iterable[Span]:
    """The printed lines of a range without the white space around them."""
    start = span.start
    for raw in text[span.start : span.end].splitlines(keepends=True):
        words = raw.strip()
        if words:
            first = start + raw.index(words[0])
            yield Span(first, first + len(words))
        start += len(raw)


def _paragraph(text: str, line: Span, marked: Sequence[Part]) -> Paragraph:
    """A line cut where its style changes; the words together are the line."""
    edges = {line.start, line.end}
    for part in marked:
        edges |= {min(max(edge, line.start), line.end) for edge in (part.span.start, part.span.end)}
    cuts = sorted(edges)
    out: list[Words] = []
    for start, end in itertools.pairwise(cuts):
        kind = next((p.kind for p in marked if p.span.start <= start and end <= p.span.end), KEPT)
        out.append(Words(text[start:end], PLAIN if kind == KEPT else kind))
    return tuple(out)


def _note(words: str) -> Cell:
    return ((Words(words, NOTE),),)


# -- head and sources


def _name(document: Document) -> str:
    return title(document.meta) if document.meta.title else wording.TABLE_DRAFT_TITLE


def _subject(document: Document) -> str:
    return _name(document)


def _sources(documents: Iterable[Document], today: date) -> tuple[tuple[str, ...], ...]:
    """One line a document: title, number, status, when its status was checked, when the table was made."""
    return tuple((_name(d), d.meta.document_number or wording.UNSTATED, _status(d.meta), _checked(d.meta), str(today)) for d in documents)


def _status(meta: Meta) -> str:
    return wording.TABLE_DRAFT_TITLE if meta.id == DRAFT else wording.STATUS[meta.status].format(checked=_checked(meta))


def _checked(meta: Meta) -> str:
    evidence = meta.status_evidence
    return str(evidence.checked_on) if evidence and evidence.checked_on else wording.UNSTATED
