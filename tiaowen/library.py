"""The read side: the only door for the command line, the app and the evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tiaowen import eid as eids
from tiaowen import wording
from tiaowen.ask.answer import ask
from tiaowen.ask.duty_json import duty_json
from tiaowen.ask.notes import replaced, since
from tiaowen.ask.scope import Asked
from tiaowen.ask.view import View
from tiaowen.errors import EncoderError, TiaowenError, UsageError
from tiaowen.index import dense, store
from tiaowen.model import AskResult, Citing, Document, DutyFrame, Meta, Provision, to_builtins
from tiaowen.parse import cited
from tiaowen.parse.citation import citation, place, text_of, title
from tiaowen.parse.document import is_unit
from tiaowen.parse.found import Detected, Found
from tiaowen.parse.source import folders
from tiaowen.parse.versions import others, with_held_successors
from tiaowen.register import (
    FILTERS,
    NONE,
    Group,
    Mine,
    Penalty,
    Register,
    Row,
    excel,
    limit_label,
    option_label,
    role_group,
    role_label,
)
from tiaowen.rules import compiled, rows

if TYPE_CHECKING:
    from tiaowen.check import Report
    from tiaowen.compare.comparison import MOST_COMPARED, ByTopic, Comparison, Gap
    from tiaowen.compare.draft import Alike, Dead, Proposal
    from tiaowen.compare.kinship import Kinship, Pair, units
    from tiaowen.compare.matrix import Cell, Cited, Nearest
    from tiaowen.compare.rows import Row as SideRow
    from tiaowen.compare.rows import words_of
    from tiaowen.compare.sides import Difference, Side
    from tiaowen.compare.topics import Listed, listed
    from tiaowen.compare.words import Change, Part, parts, share_kept
    from tiaowen.comparing import EXCEL, WORD, Comparing, file, relation_counts
    from tiaowen.export.tables import Table, finding_words
    from tiaowen.read.isolated import read as read_file
    from tiaowen.tables import comparison_excel, gaps_excel
    from tiaowen.trial import Trial, read

__all__ = [
    "EXCEL", "FILTERS", "MOST_COMPARED", "NONE", "WORD", "Alike", "Cell", "Change", "Cited", "Comparing", "Comparison",
    "Dead", "Detected", "Difference", "Found", "Gap", "Group", "Kinship", "Library", "Listed", "Mine", "Nearest", "Pair",
    "Part", "Penalty", "Proposal", "Register", "Report", "Row", "Side", "SideRow", "Table", "Trial", "citation",
    "comparison_excel", "excel", "file", "finding_words", "gaps_excel", "is_unit", "limit_label", "listed", "option_label",
    "parts", "place", "place_paths", "read", "read_file", "relation_counts", "replaced", "role_group", "role_label",
    "share_kept", "since", "slip_ends", "text_of", "title", "units", "words_of",
]
_LATER = {
    "tiaowen.check": ("Report",),
    "tiaowen.compare.comparison": ("MOST_COMPARED", "ByTopic", "Comparison", "Gap"),
    "tiaowen.compare.draft": ("Alike", "Dead", "Proposal"),
    "tiaowen.compare.kinship": ("Kinship", "Pair", "units"),
    "tiaowen.compare.matrix": ("Cell", "Cited", "Nearest"),
    "tiaowen.compare.rows": ("SideRow", "words_of"),
    "tiaowen.compare.sides": ("Difference", "Side"),
    "tiaowen.compare.topics": ("Listed", "listed"),
    "tiaowen.compare.words": ("Change", "Part", "parts", "share_kept"),
    "tiaowen.comparing": ("EXCEL", "WORD", "Comparing", "file", "relation_counts"),
    "tiaowen.export.tables": ("Table", "finding_words"),
    "tiaowen.read.isolated": ("read_file",),
    "tiaowen.tables": ("comparison_excel", "gaps_excel"),
    "tiaowen.trial": ("Trial", "read"),
}
"""What only some pages and commands need, by module: loaded when first named, so that a question need not wait for it."""
_RENAMED = {"SideRow": "Row", "read_file": "read"}
LONGEST_TOPIC = 100
CORPUS, INDEX = Path("corpus"), Path("index")


def __getattr__(name: str) -> Any:
    """Return a name of a module that is loaded late; raises AttributeError."""
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(module), _RENAMED.get(name, name))
    raise AttributeError(name)


class Library:
    """An opened index. Reads only; answers the same question the same way."""

    def __init__(self, *, index: Path = INDEX, corpus: Path | None = CORPUS) -> None:
        """Open the serving generation; raises IndexMissingError, IndexDamagedError or EncoderError."""
        opened, self.warning = store.open_current(index)
        self.generation = replace(opened, documents=with_held_successors(opened.documents))
        self.view = View(self.generation)
        self.encoder = _encoder(self.generation)
        self.stale = _stale(corpus, self.generation)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the held documents."""
        return self.generation.documents

    def document(self, identity: str) -> Document:
        """Return a document; raises UsageError naming the ids there are."""
        if identity not in self.view.documents:
            raise UsageError(f"没有编号为“{identity}”的文件，现有：{'、'.join(self.view.documents)}。")
        return self.view.documents[identity]

    def ask(self, question: str, *, documents: Sequence[str] = (), region: str | None = None, shelf: str = "local",
            identity: str | None = None, today: date | None = None) -> AskResult:
        """Return the answer to a question; raises UsageError for an unknown document id."""
        for wanted in documents:
            self.document(wanted)
        asked = Asked(question, tuple(documents), region or None, shelf, today or date.today())
        result = ask(asked, self.view, encoder=self.encoder)
        warning = self.warning or (wording.STALE if self.stale else None)
        return replace(result, id=identity, stale=self.stale, channels=self.generation.manifest.channels, warning=warning)

    def provisions(self, identity: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield every provision under the keys of the contract, in document order."""
        for document in [self.document(identity)] if identity else self.documents:
            for provision in document.provisions:
                yield provision_json(provision, document)

    def duties(self, identity: str | None = None, *, bearer: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield every duty frame under the keys of the contract; `bearer` keeps those whose bearer holds the word."""
        if identity:
            self.document(identity)
        for frame in self.generation.duties:
            if identity in (None, frame.document) and (not bearer or (frame.bearer and bearer in frame.bearer.text)):
                yield duty_row(frame, self.view)

    @cached_property
    def register(self) -> Register:
        """Return the duty register of the held documents."""
        return Register(self.documents, self.generation.duties)

    @cached_property
    def comparing(self) -> Comparing:
        """Return what compares the held documents with each other and with drafts."""
        from tiaowen.comparing import Comparing

        return Comparing(self.view, self.encoder)

    def kinship(self, higher: str, lower: str) -> Iterator[dict[str, Any]]:
        """Yield the units of two documents that share text, under the keys of the contract; raises UsageError."""
        from tiaowen.comparing import kinship_json

        yield from kinship_json(self.comparing.kinship(self.document(higher), self.document(lower)))

    @cached_property
    def by_topic(self) -> ByTopic:
        """Return what compares the held documents by topic."""
        from tiaowen.compare.comparison import ByTopic

        return ByTopic(self.view, self.encoder)

    def compare(self, topic: str, *, documents: Sequence[str] = ()) -> Comparison:
        """Return what the documents (of the shelf "local" without any) say on a topic; raises UsageError."""
        if not topic.strip() or len(topic) > LONGEST_TOPIC:
            raise UsageError(wording.TOPIC_WANTED)
        chosen = tuple(self.document(d).meta.id for d in documents) or tuple(d.meta.id for d in self.by_topic.documents)
        return self.by_topic.compare(topic, chosen)

    @property
    def compared(self) -> tuple[Document, ...]:
        """Return the documents that are compared: those of the shelf "local", the nation before a province before a county."""
        return self.by_topic.documents

    def differences(self) -> tuple[Difference, ...] | None:
        """Return all differences among the compared documents, None where they are too many to compare sentence by sentence."""
        from tiaowen.compare.comparison import MOST_COMPARED

        return self.by_topic.differences() if len(self.compared) <= MOST_COMPARED else None

    def gaps(self) -> tuple[Gap, ...]:
        """Return every curated topic with the compared documents that are silent on it."""
        return self.by_topic.gaps()

    def references_of(self, identity: str, eid: str | None = None) -> tuple[Citing, ...]:
        """Return what a provision and the places below it cite, or the whole document (引用)."""
        return cited.references_of(self.document(identity), eid)

    def cited_by(self, identity: str, eid: str | None = None) -> tuple[tuple[str, Citing], ...]:
        """Return (document id, reference) of all that reaches a provision or a document (被引用)."""
        return cited.cited_by(self.documents, self.document(identity).meta.id, eid)

    def cited_not_held(self) -> tuple[cited.NotHeld, ...]:
        """Return the laws and documents that are cited and not held, the most cited first."""
        return cited.cited_not_held(self.documents)

    def others(self, identity: str) -> tuple[Document, ...]:
        """Return the other texts of the same work: stages and versions, drafts first."""
        return tuple(self.view.documents[m.id] for m in others(self.document(identity).meta, [d.meta for d in self.documents]))

    def examine(self, identity: str, *, today: date | None = None) -> Report:
        """Return the report of the corpus doctor on a document, as the index holds it."""
        document = self.document(identity)
        share = self.generation.manifest.coverage.get(identity, 0.0)
        from tiaowen.check import report

        return report(document, share, held=[d.meta for d in self.documents], today=today or date.today())

    def describe(self) -> Iterator[dict[str, Any]]:
        """Yield every document under the keys of the contract."""
        for document in self.documents:
            yield document_json(document, self.generation.manifest.coverage.get(document.meta.id, 0.0))


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison under the keys of `tiaowen compare`."""
    out: dict[str, Any] = to_builtins(found)
    out["differences"] = [difference_json(d) for d in found.differences]
    return out


def difference_json(found: Difference) -> dict[str, Any]:
    """Return a difference under the keys of the contract."""
    return {"aspect": found.aspect, "kind": found.kind, "rule": found.rule, "sides": [to_builtins(side) for side in found.sides]}


def place_paths() -> tuple[str, ...]:
    """Return the paths of the places table, in its order."""
    return tuple(dict.fromkeys(row["path"] for row in rows("places", "place")))


def slip_ends(text: str, start: int, end: int) -> set[int]:
    """Return where likely slips of a source end in a range: shown with （原文如此）."""
    patterns = (compiled(row["pattern"]) for row in rows("slips", "slip"))
    return {match.end() for pattern in patterns for match in pattern.finditer(text, start, end)}


def duty_row(frame: DutyFrame, view: View) -> dict[str, Any]:
    """Return a frame under the keys of `tiaowen duties`."""
    unit = view.unit(view.number[frame.document, frame.provision])
    document = unit.document
    return {"id": frame.id, "provision": unit.key, "citation": citation(frame.at, document),
            "document_status": document.meta.status, "quote": document.clean.text[frame.start : frame.end],
            **duty_json(frame, unit)}


def _encoder(generation: store.Generation) -> dense.Encoder | None:
    """The encoder that built the index; any other is refused, since its vectors mean something else."""
    built = generation.manifest.encoder
    if built is None:
        return None
    now = dense.identity(dense.chosen())
    if now != built:
        raise EncoderError(f"索引是用 {built} 建的，现在设定的是 {now}：请改回 TIAOWEN_ENCODER，或重新运行 python ingest.py")
    return dense.load(dense.chosen())


def _stale(corpus: Path | None, generation: store.Generation) -> bool:
    if corpus is None:
        return False
    try:
        return store.fingerprint(folders(corpus)) != generation.manifest.corpus
    except (TiaowenError, OSError):
        return True


def provision_json(provision: Provision, document: Document) -> dict[str, Any]:
    """Return a provision under the keys of the contract."""
    units = provision.units
    return {
        "id": eids.join(document.meta.id, provision.eid), "document": document.meta.id, "eid": provision.eid,
        "parent": provision.parent, "level": provision.level, "label": provision.label,
        "heading": document.cut(provision.heading) if provision.heading else None,
        "text": text_of(provision, document),
        "units": [document.cut(n) for n in units.names] if units else [],
        "lead_units": [document.cut(n) for n in units.lead] if units else [],
        "unit_mode": units.mode if units else None,
        "citation": citation(provision.eid, document), "span": [provision.full.start, provision.full.end],
        "page": document.page(provision.full.start),
    }


def document_json(document: Document, coverage: float) -> dict[str, Any]:
    """Return a document under the keys of the contract."""
    meta = document.meta
    return {
        "id": meta.id, "title": meta.title, "document_number": meta.document_number, "issuer": meta.issuer,
        "date": meta.dates.issued.isoformat() if meta.dates.issued else None, "stage": meta.stage,
        "status": meta.status, "successor": _successor_json(meta), "level": meta.level, "region": meta.region,
        "shelf": meta.shelf, "provisions": len(document.provisions), "coverage": coverage,
        "issues": [{"code": i.code, "message": i.message, "eid": i.eid,
                    "span": [i.span.start, i.span.end] if i.span else None} for i in document.issues],
    }


def _successor_json(meta: Meta) -> dict[str, Any] | None:
    """The successor; `document` only where it is held."""
    values: dict[str, Any] | None = to_builtins(meta.successor)
    return {k: v for k, v in values.items() if k != "document" or v} if values else None
