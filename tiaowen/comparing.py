"""What the read side compares: kinship of documents, texts side by side, a draft of one's own, and the tables of the drafters.

Guarantees: nothing is written; a comparison of held documents is made once and kept; a draft is kept nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from tiaowen import wording
from tiaowen.ask.view import View
from tiaowen.compare import draft as drafts
from tiaowen.compare.kinship import Kinship, kinship
from tiaowen.compare.rows import Row, compared, side_by_side
from tiaowen.compare.words import Change
from tiaowen.errors import ReadError
from tiaowen.export.tables import Table, basis_table, changes_table, elsewhere_table
from tiaowen.index.dense import Encoder
from tiaowen.model import Document

LONGEST = 300_000  # characters of a draft
WORD, EXCEL = "docx", "xlsx"


class Comparing:
    """Compares the documents of a view, and drafts with them."""

    def __init__(self, view: View, encoder: Encoder | None) -> None:
        """Keep what is compared; nothing is compared yet."""
        self._view, self._encoder = view, encoder
        self._kin: dict[tuple[str, str], Kinship] = {}
        self._rows: dict[tuple[str, str], tuple[Row, ...]] = {}

    def kinship(self, higher: Document, lower: Document) -> Kinship:
        """Return which units of two held documents share text."""
        key = (higher.meta.id, lower.meta.id)
        if key not in self._kin:
            self._kin[key] = kinship(higher, lower)
        return self._kin[key]

    def rows(self, before: Document, after: Document) -> tuple[Row, ...]:
        """Return the units of two held documents side by side."""
        key = (before.meta.id, after.meta.id)
        if key not in self._rows:
            self._rows[key] = side_by_side(before, after)
        return self._rows[key]

    def changes(self, before: Document, one: str, after: Document, other: str) -> tuple[Change, ...]:
        """Return what leads from one provision to another."""
        return compared(before, before.get(one), after, after.get(other))

    def stages(self) -> tuple[tuple[Document, Document], ...]:
        """Return the held documents that are stages or versions of one work, two by two in the order of the index."""
        found = [d for d in self._view.documents.values() if d.meta.work]
        return tuple((a, b) for a, b in combinations(found, 2) if a.meta.work == b.meta.work)

    def read(self, text: str, *, name: str = "draft.txt") -> Document:
        """Return a draft parsed in memory; raises ReadError where it holds no words or too many."""
        if not text.strip():
            raise ReadError(wording.DRAFT_EMPTY)
        if len(text) > LONGEST:
            raise ReadError(wording.DRAFT_LONG)
        return drafts.read_draft(text, name=name)

    def alike(self, draft: Document, documents: Sequence[str] = ()) -> dict[str, tuple[drafts.Alike, ...]]:
        """Return the held provisions that each unit of a draft resembles, of some documents or of all."""
        return drafts.alike(draft, self._view, self._encoder, documents=documents)

    def proposals(self, draft: Document, parent: Document) -> tuple[drafts.Proposal, ...]:
        """Return how each unit of a draft stands to a parent text."""
        return drafts.proposals(draft, parent, self._view, self._encoder)

    def dead(self, draft: Document) -> tuple[drafts.Dead, ...]:
        """Return the references of a draft to articles that do not exist or are not held."""
        return drafts.dead_references(draft, tuple(self._view.documents.values()))

    def basis(self, draft: Document, parents: Sequence[Document], *, today: date) -> Table:
        """Return 上位法依据对照表."""
        return basis_table(draft, {p.meta.id: self.proposals(draft, p) for p in parents}, parents, today=today)

    def changed(self, before: Document, after: Document, *, today: date) -> Table:
        """Return 修改前后对照表."""
        return changes_table(before, after, today=today)

    def elsewhere(self, draft: Document, others: Sequence[Document], *, today: date) -> Table:
        """Return 外省（区、市）规定对照表."""
        each = [self.alike(draft, [d.meta.id]) for d in others]
        found = {eid: tuple(a for one in each for a in one.get(eid, ())) for eid in (each[0] if each else ())}
        return elsewhere_table(draft, found, others, today=today)


def file(table: Table, kind: str) -> bytes:
    """Return a table as a Word (docx) or Excel (xlsx) file."""
    if kind == WORD:
        from tiaowen.export.docx import document

        return document(table)
    from tiaowen.export.table_xlsx import table_book

    return table_book(table)


def kinship_json(found: Kinship) -> Iterator[dict[str, Any]]:
    """Yield the pairs of two documents under the keys of the contract."""
    above, below = found.higher.meta.id, found.lower.meta.id
    for pair in found.pairs:
        yield {"higher": f"{above}#{pair.higher}" if pair.higher else None, "lower": f"{below}#{pair.lower}" if pair.lower else None,
               "relation": pair.relation, "shared": pair.shared,
               "common": [[c.higher.start, c.higher.end, c.lower.start, c.lower.end] for c in pair.common]}


def relation_counts(found: Kinship) -> Mapping[str, int]:
    """Return how many pairs there are of each relation."""
    return {relation: len(found.of(relation)) for relation in wording.KIN}
