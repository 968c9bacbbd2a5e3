"""Every value that crosses a stage: frozen, tuples inside, JSON both ways (msgspec). No I/O, no patterns.

Offsets are code points of the clean text, half open, unless a name says raw.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from tiaowen.plain import from_json as from_json
from tiaowen.plain import to_builtins as to_builtins
from tiaowen.plain import to_json as to_json

# -- source ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of the clean text."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the slice of `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd that was noticed and survived; `level` is error, warning or note."""

    code: str
    message: str
    eid: str | None = None
    span: Span | None = None
    level: str = "warning"


@dataclass(frozen=True, slots=True)
class Successor:
    """The text that replaced a document; `document` is its id where it is held, found when an index is opened."""

    title: str
    adopted: date | None = None
    in_force: date | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class StatusEvidence:
    """Why the status is claimed: words of the text, and when and where it was checked."""

    quote: str | None = None
    checked_on: date | None = None
    checked_source: str | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates of a document; absent is None. `amended` is the last amendment, which tells versions apart."""

    issued: date | None = None
    adopted: date | None = None
    in_force: date | None = None
    amended: date | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a document: meta.toml first, then what the text itself states."""

    id: str
    file: str
    title: str
    sha256: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    aliases: tuple[str, ...] = ()
    level: str | None = None
    region: str | None = None
    shelf: str = "local"
    work: str | None = None
    stage: str | None = None
    status: str = "unknown"
    status_evidence: StatusEvidence | None = None
    successor: Successor | None = None
    dates: Dates = Dates()


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as received: metadata, decoded text, what was odd about the file, where its pages begin in `raw`."""

    meta: Meta
    raw: str
    issues: tuple[Issue, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deleted:
    """A run of the raw text that is not in the clean text, in raw offsets."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class CleanText:
    """The raw text minus `deleted`: nothing inserted, replaced or folded."""

    text: str
    deleted: tuple[Deleted, ...] = ()

    def to_raw(self, offset: int) -> int:
        """Return the raw offset of the clean character at `offset` (the end maps to the end)."""
        shift = 0
        for run in self.deleted:
            if run.start - shift > offset:
                break
            shift += run.end - run.start
        return offset + shift


# -- structure ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed number at the start of a block: kind is a level of `eid`, number e.g. 55 or 14-1."""

    kind: str
    number: str
    label: str
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One line with its line feed; blocks tile the clean text."""

    start: int
    end: int
    role: str
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class UnitList:
    """The responsible units that a unit line or tail names, as printed; mode lead, joint, single, undetermined."""

    span: Span
    names: tuple[Span, ...]
    lead: tuple[Span, ...]
    mode: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One citable place. `own` ends where the next provision begins; `full` covers the children.

    `unit_line` is the span of a unit line that stands after children; own spans and unit lines tile the body.
    """

    eid: str
    parent: str | None
    level: str
    number: str
    label: str
    heading: Span | None
    own: Span
    full: Span
    children: tuple[str, ...] = ()
    unit_line: Span | None = None
    units: UnitList | None = None


@dataclass(frozen=True, slots=True)
class Citing:
    """A reference printed in a provision: its words and place, and what it reaches; nothing is guessed.

    kind: internal (本办法、前款、第十四条), external (a named text), basis (根据…制定). `targets` are `document#eid` ids, or
    `document` alone for a whole held text; empty where it reaches nothing held. `title`, `number` and `article` are as printed.
    """

    eid: str
    start: int
    end: int
    words: str
    kind: str
    targets: tuple[str, ...] = ()
    title: str | None = None
    number: str | None = None
    article: str | None = None


@dataclass(frozen=True)
class Document:
    """A parsed document: provisions in document order, blocks that tile the text, issues; `pages` begin at clean offsets."""

    meta: Meta
    clean: CleanText
    blocks: tuple[Block, ...]
    provisions: tuple[Provision, ...]
    issues: tuple[Issue, ...] = ()
    references: tuple[Citing, ...] = ()
    pages: tuple[int, ...] = ()

    def get(self, eid: str) -> Provision:
        """Return the provision; raises KeyError when there is none."""
        return self._by_eid[eid]

    @cached_property
    def _by_eid(self) -> dict[str, Provision]:
        return {p.eid: p for p in self.provisions}

    @cached_property
    def by_number(self) -> dict[tuple[str, str], list[Provision]]:
        """The provisions by level and printed number, in document order."""
        out: dict[tuple[str, str], list[Provision]] = {}
        for p in self.provisions:
            out.setdefault((p.level, p.number), []).append(p)
        return out

    def cut(self, span: Span) -> str:
        """Return the clean text of `span`."""
        return self.clean.text[span.start : span.end]

    def page(self, offset: int) -> int | None:
        """Return the page, counted from 1, of a clean offset; None where the file has no pages."""
        return bisect_right(self.pages, offset) or None


# -- duties ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """Words cut from the source with their place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DutyFrame:
    """Who must do what, to whom, within what limit; every slot is a slice or is inherited from an eid."""

    id: str
    document: str
    provision: str
    at: str
    start: int
    end: int
    modality: str
    action: Slot
    bearer: Slot | None = None
    modality_word: Slot | None = None
    recipients: tuple[Slot, ...] = ()
    recipient_bodies: tuple[str, ...] = ()
    recipients_open: bool = False
    trigger: Slot | None = None
    time_limit: Slot | None = None
    limit_kind: str | None = None
    frequency: Slot | None = None
    figures: tuple[Slot, ...] = ()
    lead_units: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unit_mode: str | None = None
    mediated_by: Slot | None = None
    hedges: tuple[Slot, ...] = ()
    amount: Slot | None = None
    target: Slot | None = None
    object: Slot | None = None
    condition: Slot | None = None
    exception: Slot | None = None
    limit_from: Slot | None = None
    by_reference: tuple[str, ...] = ()
    inherited: dict[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PenaltyLink:
    """A penalty joined to a duty by reference or same prohibition; ids of provisions and frames, words of either side."""

    document: str
    kind: str
    penalty: str
    duty: str
    penalties: tuple[str, ...]
    duties: tuple[str, ...]
    evidence: Slot
    counterpart: Slot | None = None


# -- index and search -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: a unit or a piece of one, with the heading path that gives it context."""

    document: str
    unit: str
    at: str
    start: int
    end: int
    path: str
    text: str


# -- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that fill a slot or belong to the quote, with their place."""

    slot: str
    quote: str
    span: tuple[int, int]
    at: str


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One cited statement: quote == clean[span[0]:span[1]], with the document's status and how it applies."""

    provision: str
    at: str
    citation: str
    document_status: str
    successor: dict[str, str | None] | None
    applicability: str
    quote: str
    span: tuple[int, int]
    raw_span: tuple[int, int]
    evidence: tuple[Evidence, ...] = ()
    duty: dict[str, Any] | None = None
    duties: tuple[dict[str, Any], ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Related:
    """A provision of the ranking."""

    provision: str
    citation: str
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class HigherLaw:
    """What the higher law says: a verbatim quote (and its `provision`) where the text is held, else a pointer of ours."""

    law: str
    article: str
    quote: str | None
    pointer: str | None
    status: str
    checked_on: date | None
    note: str | None = None
    provision: str | None = None


@dataclass(frozen=True, slots=True)
class AskResult:
    """The answer to a question, or the reason why there is none."""

    id: str | None
    question: str
    status: str
    message: str
    notes: tuple[str, ...] = ()
    reason: str | None = None
    answers: tuple[AnswerItem, ...] = ()
    related: tuple[Related, ...] = ()
    higher_law: tuple[HigherLaw, ...] = ()
    safety: tuple[str, ...] = ()
    understood: dict[str, Any] = field(default_factory=dict)
    stale: bool = False
    channels: tuple[str, ...] = ()
    warning: str | None = None
    confidence: float | None = None
