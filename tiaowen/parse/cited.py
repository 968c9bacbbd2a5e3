"""Who cites what, both ways, and what is cited but not held."""

from collections.abc import Sequence
from dataclasses import dataclass

from tiaowen import eid as eids
from tiaowen.model import Citing, Document
from tiaowen.parse.titles import folded_title


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A text that is cited and not held: where it is the basis of a document, and where it is merely mentioned.

    `basis` and `mentions` are `document#eid` ids, one for each reference in the order of the texts.
    """

    title: str | None
    number: str | None
    basis: tuple[str, ...]
    mentions: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many references name the text."""
        return len(self.basis) + len(self.mentions)

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that name the text."""
        return tuple(dict.fromkeys(place.partition("#")[0] for place in (*self.basis, *self.mentions)))


def references_of(document: Document, eid: str | None = None) -> tuple[Citing, ...]:
    """Return the references printed in a provision or below it, or in the whole document (引用)."""
    return tuple(c for c in document.references if eid is None or eids.within(c.eid, eid))


def cited_by(documents: Sequence[Document], identity: str, eid: str | None = None) -> tuple[tuple[str, Citing], ...]:
    """Return (document id, reference) of each that reaches a provision or a place below it, or the document (被引用)."""
    return tuple((d.meta.id, c) for d in documents for c in d.references if any(_at(t, identity, eid) for t in c.targets))


def citing(documents: Sequence[Document], identity: str, eid: str | None = None
           ) -> tuple[tuple[Citing, ...], tuple[tuple[str, Citing], ...]]:
    """Return both ways at once: what a provision cites, and what cites it."""
    own = next((d for d in documents if d.meta.id == identity), None)
    return references_of(own, eid) if own else (), cited_by(documents, identity, eid)


def _at(target: str, identity: str, eid: str | None) -> bool:
    document, _, place = target.partition("#")
    return document == identity and (eid is None or (bool(place) and eids.within(place, eid)))


def cited_not_held(documents: Sequence[Document]) -> tuple[NotHeld, ...]:
    """Return the texts that are cited and not held, the most cited first; a law with and without 中华人民共和国 is one.

    A held text with a wrong article is not listed: the text is held. A reference without title and number names nothing.
    """
    groups: dict[str, list[tuple[str, Citing]]] = {}
    held = {folded_title(d.meta.title) for d in documents if not d.meta.stage}
    for document in documents:
        for reference in document.references:
            name = folded_title(reference.title or reference.number or "")
            if reference.kind != "internal" and name and not reference.targets and not (reference.article and name in held):
                groups.setdefault(name, []).append((document.meta.id, reference))
    found = [_entry(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda e: (-e.count, e.title or e.number or "")))


def _entry(group: list[tuple[str, Citing]]) -> NotHeld:
    titles = ["".join(c.title.split()) for _, c in group if c.title]
    places = [(c.kind == "basis", eids.join(identity, c.eid)) for identity, c in group]
    return NotHeld(max(titles, key=len, default=None), next((c.number for _, c in group if c.number), None),
                   tuple(p for basis, p in places if basis), tuple(p for basis, p in places if not basis))
