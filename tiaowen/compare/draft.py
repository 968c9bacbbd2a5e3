"""A draft of one's own, held in memory only -> what each article resembles, and how it stands to a parent text (我的草案).

Guarantees: nothing is written anywhere; every unit of the draft stands in exactly one proposal; what a unit resembles is named
with the words they share or, without shared words, with the cosine of their meaning; a proposal is a proposal, and names the
words on both sides that led to it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tiaowen.ask.view import View
from tiaowen.compare.conflicts import Finding, conflicts
from tiaowen.compare.kinship import Common, Pair, kinship, units
from tiaowen.index import dense
from tiaowen.index.tokens import stop_words, tokens
from tiaowen.model import Citing, Document, Meta, Provision, SourceDocument
from tiaowen.parse.citation import path, text_of
from tiaowen.parse.document import parse
from tiaowen.parse.facts import stated
from tiaowen.parse.pinpoint import place_at, reach
from tiaowen.parse.references import resolve
from tiaowen.parse.titles import names
from tiaowen.rules import table

REPEAT, REFINE, ADD, CREATE, CONFLICT = "repeat", "refine", "supplement", "create", "conflict"
DRAFT = "draft"
_MOST, _POOL, _KIN_DOCUMENTS = 3, 12, 5
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alike:
    """A held provision that a unit of the draft resembles: words shared (0 where none), cosine of meaning, where."""

    document: str
    eid: str
    shared: float
    close: float
    common: tuple[Common, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """How one unit of a draft stands to a parent text, the share of it that repeats the parent, and why."""

    eid: str
    relation: str
    shared: float
    alike: tuple[Alike, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Dead:
    """A reference of the draft to an article that is not there, or that cannot be looked up.

    kind: own (the draft has no such article), held (the held `document` has none), not_held (no such text is held).
    """

    reference: Citing
    kind: str
    document: str | None = None


def read_draft(text: str, *, name: str = "draft.txt") -> Document:
    """Return the draft that a text is, parsed like any document; its title and stage are those it states itself."""
    first = parse(SourceDocument(Meta(DRAFT, name, ""), text))
    own = stated(first.clean.text, first.blocks)
    title, stage = own.get("title"), own.get("stage")
    meta = replace(first.meta, title=str(title or ""), stage=str(stage) if stage else None, status="draft")
    return parse(SourceDocument(meta, text))


class Nearest:
    """Finds the held units whose words or meaning are nearest to a unit of a draft: both channels of the index."""

    def __init__(self, view: View, encoder: dense.Encoder | None, documents: Sequence[str] = ()) -> None:
        """Look at all units, or at those of some documents only."""
        self.view, self.encoder = view, encoder
        self.keep = np.array([not documents or d.meta.id in documents for d, _ in view.places], dtype=bool)

    def find(self, provision: Provision, draft: Document) -> list[tuple[int, float]]:
        """Return (number of a unit, cosine) of the nearest units, the best first."""
        words = "\n".join((" ".join(path(provision.eid, draft)), text_of(provision, draft)))
        lexical = self._by_unit(self.view.generation.lexical.scores(
            {t: 1.0 + 0.3 * (n - 1) for t, n in Counter(tokens(words)).items() if t not in stop_words()}))
        cosine = np.zeros_like(lexical)
        if self.encoder is not None and self.view.generation.vectors is not None:
            cosine = self._by_unit(dense.scores(self.view.generation.vectors, self.encoder.encode([words])[0]))
        mixed = np.where(self.keep, _scaled(lexical) + _scaled(cosine), 0.0)
        best = np.argsort(-mixed, kind="stable")[:_POOL]
        return [(int(i), round(float(cosine[i]), 3)) for i in best if mixed[i] > 0]

    def _by_unit(self, scores: Floats) -> Floats:
        out = np.zeros(len(self.view.places), dtype=np.float32)
        if len(scores):
            np.maximum.at(out, np.asarray(self.view.passage_unit), np.maximum(scores, 0.0))
        return out


def _scaled(values: Floats) -> Floats:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else values


def alike(draft: Document, view: View, encoder: dense.Encoder | None, *, documents: Sequence[str] = (),
          most: int = _MOST) -> dict[str, tuple[Alike, ...]]:
    """Return for each unit of a draft the held provisions it resembles, those that share words first, by their share."""
    finder = Nearest(view, encoder, documents)
    near = {p.eid: finder.find(p, draft) for p in units(draft)}
    hits = Counter(view.places[i][0].meta.id for found in near.values() for i, _ in found[:_MOST])
    kin: dict[str, dict[tuple[str, str], Pair]] = {eid: {} for eid in near}
    for identity, _ in hits.most_common(_KIN_DOCUMENTS):
        for pair in kinship(view.documents[identity], draft).pairs:
            if pair.higher and pair.lower:
                kin[pair.lower][identity, pair.higher] = pair
    return {eid: _merged(kin[eid], [(*_key(view, i), close) for i, close in near[eid]], most) for eid in near}


def _key(view: View, number: int) -> tuple[str, str]:
    document, provision = view.places[number]
    return document.meta.id, provision.eid


def _merged(kin: dict[tuple[str, str], Pair], near: Sequence[tuple[str, str, float]], most: int) -> tuple[Alike, ...]:
    close = {(identity, eid): cosine for identity, eid, cosine in near}
    out = [Alike(*key, pair.shared, close.get(key, 0.0), pair.common) for key, pair in kin.items()]
    out.sort(key=lambda a: (-a.shared, a.document, a.eid))
    enough = float(table("kinship")["near"])
    out += [Alike(identity, eid, 0.0, cosine) for identity, eid, cosine in near if (identity, eid) not in kin and cosine >= enough]
    return tuple(out[:most])


def proposals(draft: Document, parent: Document, view: View, encoder: dense.Encoder | None) -> tuple[Proposal, ...]:
    """Return how each unit of a draft stands to a parent text, in the order of the draft."""
    found = alike(draft, view, encoder, documents=(parent.meta.id,))
    against = {eid: [a.eid for a in rows] for eid, rows in found.items()}
    wrong = conflicts(draft, parent, against)
    return tuple(Proposal(eid, _relation(rows, wrong.get(eid, ())), max((a.shared for a in rows), default=0.0), rows,
                          wrong.get(eid, ())) for eid, rows in found.items())


def _relation(found: Sequence[Alike], wrong: Sequence[Finding]) -> str:
    settings = table("kinship")
    shared = max((a.shared for a in found), default=0.0)
    if any(f.against for f in wrong):
        return CONFLICT
    if shared >= settings["repeat"]:
        return REPEAT
    if shared >= settings["refine"]:
        return REFINE
    return ADD if found else CREATE


def dead_references(draft: Document, documents: Sequence[Document]) -> tuple[Dead, ...]:
    """Return the references of a draft to articles that do not exist, in itself or in a held document, or are not held."""
    out = []
    for reference in resolve(draft.references, documents):
        if not reference.article or reference.targets:
            continue
        if reference.kind == "internal":
            if _missing(reference, draft):
                out.append(Dead(reference, "own"))
            continue
        held = [d for d in documents if names(reference, d, None)]
        if len(held) == 1 and _missing(reference, held[0]):
            out.append(Dead(reference, "held", held[0].meta.id))
        elif not held and (reference.title or reference.number):
            out.append(Dead(reference, "not_held"))
    return tuple(out)


def _missing(reference: Citing, document: Document) -> bool:
    """Tell whether the article that opens a reference is not in a text of articles."""
    place = place_at(reference.article or "", 0)
    statute = any(p.level == "art" for p in document.provisions)
    return place is not None and statute and place["unit"] == "条" and not reach(place[0], document)
