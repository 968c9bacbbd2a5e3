"""A topic compared: a row for every document, and the differences between the provisions in the cells.

Guarantees: a row for each document asked for, in their order; a silent row names the nearest provision where there is one, and the
higher law that applies directly; the same topic over the same index gives the same comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tiaowen.ask.view import View
from tiaowen.compare.clauses import Clauses, rank
from tiaowen.compare.differences import differences
from tiaowen.compare.matrix import Cell, Matrix, laws_on
from tiaowen.compare.nearest import nearest
from tiaowen.compare.sides import Difference
from tiaowen.compare.topics import Listed, Topic, find_topic, listed, part_of
from tiaowen.index.dense import Encoder
from tiaowen.model import Document, HigherLaw
from tiaowen.parse.citation import place

MOST_CLAUSES = 3000  # clauses of a topic that are compared with each other; a broader topic over so many documents is not
MOST_COMPARED = 30  # documents that are compared sentence by sentence as a whole; beyond that a topic is asked for


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the documents say on a topic: `name` and `curated` say how the words were understood.

    `too_many`: so many sentences are on the topic that their differences were not looked for.
    """

    topic: str
    name: str
    curated: bool
    rows: tuple[Cell, ...]
    differences: tuple[Difference, ...]
    too_many: bool
    higher_law: tuple[HigherLaw, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A curated topic: the documents silent on it, and of the others the provisions as (eid, place)."""

    topic: Listed
    silent: tuple[str, ...]
    speaking: dict[str, tuple[tuple[str, str], ...]]


class ByTopic:
    """The comparisons over a view; what is costly is kept."""

    def __init__(self, view: View, encoder: Encoder | None) -> None:
        """Keep what comparisons need; nothing is cut yet."""
        self.view, self.encoder, self.matrix = view, encoder, Matrix(view)
        self._kept: dict[tuple[str, ...], tuple[Difference, ...]] = {}
        self._gaps: dict[tuple[str, ...], tuple[Gap, ...]] = {}

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the shelf "local": the nation before a province before a county, then by date."""
        found = [d for d in self.view.generation.documents if d.meta.shelf == "local"]
        return tuple(sorted(found, key=lambda d: rank(d.meta)))

    def topic(self, words: str) -> Topic:
        """Return the topic that words name."""
        return find_topic(words, documents=self.view.generation.documents)

    def compare(self, words: str, documents: Sequence[str]) -> Comparison:
        """Return the comparison of a topic over documents."""
        topic = self.topic(words)
        cells = [self.matrix.cell(topic, identity) for identity in documents]
        near = nearest(topic, [c.document for c in cells if c.silent], self.matrix, self.encoder)
        held = [d for d in self.view.generation.documents if d.meta.shelf == "law"]
        laws = laws_on(topic, held, self.view.generation.documents)
        shown = tuple(replace(c, nearest=near.get(c.document), higher_law=laws) for c in cells)
        found = self._differences(topic, documents)
        return Comparison(words, topic.name, topic.curated, shown, found or (), found is None, laws)

    def _differences(self, topic: Topic, documents: Sequence[str]) -> tuple[Difference, ...] | None:
        numbers = {on.number: on.sentences for identity in documents for on in self.matrix.regulating(topic, identity)}
        clauses = Clauses(self.matrix, numbers)
        return differences(clauses) if len(clauses.all) <= MOST_CLAUSES else None

    def differences(self, documents: Sequence[str] = ()) -> tuple[Difference, ...]:
        """Return all differences among documents (of the shelf "local" without any), on whatever topic; kept."""
        key = tuple(documents) or tuple(d.meta.id for d in self.documents)
        if key not in self._kept:
            self._kept[key] = differences(Clauses(self.matrix, {n: None for i in key for n in self.matrix.places[i].numbers}))
        return self._kept[key]

    def gaps(self, documents: Sequence[str] = ()) -> tuple[Gap, ...]:
        """Return every curated topic with the documents that are silent on it and those that are not."""
        identities = tuple(documents) or tuple(d.meta.id for d in self.documents)
        if identities not in self._gaps:
            self._gaps[identities] = tuple(self._gap(topic, identities) for topic in listed())
        return self._gaps[identities]

    def _gap(self, topic: Listed, identities: Sequence[str]) -> Gap:
        part = part_of(topic.id)
        found = {i: self.matrix.regulating(Topic(topic.name, topic.name, (part,)), i) for i in identities}
        speaking = {i: tuple(self._place(on.number) for on in units) for i, units in found.items() if units}
        return Gap(topic, tuple(i for i in identities if i not in speaking), speaking)

    def _place(self, number: int) -> tuple[str, str]:
        document, provision = self.view.places[number]
        return provision.eid, place(provision.eid, document)
