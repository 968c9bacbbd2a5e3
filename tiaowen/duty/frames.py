"""Document -> duty frames: one for each normative clause, every slot a slice of the clean text.

Guarantees:
- `clean.text[slot.start:slot.end] == slot.text` for every slot; a slot that stands outside the frame's own sentence is
  named in `inherited` with the eid where it stands.
- `start`..`end` is the sentence up to 。 or ；; `provision` is the unit, `at` the deepest place that holds it.
- ids count from 1 within a unit in document order; the same document gives the same frames.
- A clause without subject takes the subject before its ；, then the chapeau's, then the unit list; else none. A thing
  bears nothing: its holder does where the subject names one, else nobody is named.
- 指导 X 做 Y is never booked under X: X is its `object`. Assumption `encouraged-is-bearer`: 鼓励 X 做 Y and 支持 X 做 Y
  are addressed to X, who is object too; 禁止 X 做 Y likewise in a statute, in a plan it is a task of the unit list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tiaowen.duty import limits
from tiaowen.duty.clauses import Region, Sentence, regions, run_in_headings, sentences
from tiaowen.duty.drafts import Reader
from tiaowen.duty.modals import BARE, ENCOURAGE, MUST, MUST_NOT, Modal
from tiaowen.duty.parties import actor_of, bodies, is_open, recipients
from tiaowen.duty.patterns import possible, table_rows
from tiaowen.duty.pieces import Draft
from tiaowen.duty.qualifiers import qualifiers
from tiaowen.duty.within import extended
from tiaowen.eid import join
from tiaowen.model import Document, DutyFrame, Slot, Span


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a place hands on to the clauses after it: subject and modal word with the eid where they stand."""

    subject: Span | None = None
    modal: Modal | None = None
    eid: str = ""


@dataclass
class _State:
    """What has been read of one document."""

    document: Document
    chapeau: dict[str, tuple[str, _Carried]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    _names: dict[tuple[Span, ...], tuple[str, ...]] = field(default_factory=dict)

    def names(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        """Return the words of a unit list, cut once."""
        if spans not in self._names:
            self._names[spans] = tuple(self.document.cut(s) for s in spans)
        return self._names[spans]


def frames(document: Document) -> tuple[DutyFrame, ...]:
    """Return the duty frames of a document in document order."""
    state = _State(document)
    return tuple(frame for region in regions(document) for frame in _region(state, region))


def _region(state: _State, region: Region) -> Iterator[DutyFrame]:
    announced = state.chapeau.get(region.chapeau or "")
    if region.chapeau and (announced is None or announced[0] != "duties"):
        return
    carried = announced[1] if announced else _Carried()
    text = state.document.clean.text
    cut = tuple(sentences(text, region.span))
    headings = () if region.statute else run_in_headings(text, cut)
    for sentence in cut:
        if not sentence.carried and not region.statute:
            carried = _Carried()
        kind = _chapeau(text, sentence)
        if sentence in headings or _sets_no_duty(text, sentence):
            continue
        for draft in Reader(text, sentence, statute=region.statute, governed=announced is not None).read():
            if _piece_sets_none(text, draft):
                continue
            frame, carried = _frame(state, region, sentence, draft, carried)
            yield frame
        if kind:
            state.chapeau[region.at] = (kind, carried)


def _chapeau(text: str, sentence: Sentence) -> str:
    words = text[sentence.start : sentence.end]
    if not words.endswith(("：", ":")):
        return ""
    found = (row for row in table_rows("duty_modality", "chapeau") if row.pattern.search(words))
    return next((str(row.values["kind"]) for row in found), "")


def _sets_no_duty(text: str, sentence: Sentence) -> bool:
    return _nonnormative(text[sentence.start : sentence.end], piece=False)


def _piece_sets_none(text: str, draft: Draft) -> bool:
    return _nonnormative(text[draft.start : draft.end], piece=True)


def _nonnormative(words: str, *, piece: bool) -> bool:
    return any(row.pattern.search(words) for row in possible("duty_modality", "nonnormative", words, 0, len(words))
               if bool(row.values.get("piece")) == piece)


# -- one frame


def _frame(state: _State, region: Region, sentence: Sentence, draft: Draft, carried: _Carried
           ) -> tuple[DutyFrame, _Carried]:
    document, unit = state.document, region.unit
    text = document.clean.text
    inherited: dict[str, str] = {}
    bearer = _bearer(state, region, sentence, draft, carried, inherited)
    modal = _modal(state, region, sentence, draft, carried, inherited)
    state.counts[unit.eid] = n = state.counts.get(unit.eid, 0) + 1
    to = recipients(text, draft.start, draft.end, without=draft.trigger)
    phrases = [text[s.start : s.end] for s, _ in to]
    found = _measures(text, draft)
    parts = qualifiers(text, draft, found.limit)
    frame = DutyFrame(
        id=f"{join(document.meta.id, unit.eid)}/{n}", document=document.meta.id, provision=unit.eid,
        at=region.at, start=sentence.start, end=sentence.end,
        modality=modal.kind if modal else (MUST if region.statute else BARE),
        action=_slot(text, _action(text, draft)),
        bearer=_slot(text, bearer) if bearer else None,
        modality_word=_slot(text, modal.span) if modal else None,
        recipients=tuple(_slot(text, s) for s, _ in to),
        recipient_bodies=tuple(dict.fromkeys(b for p in phrases for b in bodies(p))),
        recipients_open=any(is_open(p) for p in phrases),
        trigger=_slot(text, draft.trigger) if draft.trigger else None,
        time_limit=_slot(text, found.limit.span) if found.limit else None,
        limit_kind=found.limit.kind if found.limit else None,
        frequency=_slot(text, found.frequency.span) if found.frequency else None,
        figures=tuple(_slot(text, f.span) for f in found.figures),
        lead_units=state.names(unit.units.lead) if unit.units else (),
        units=state.names(unit.units.names) if unit.units else (),
        unit_mode=unit.units.mode if unit.units else None,
        mediated_by=_slot(text, draft.mediator) if draft.mediator else None,
        hedges=tuple(_slot(text, s) for s, _ in found.hedges),
        amount=_slot(text, found.amount.span) if found.amount else None,
        target=_slot(text, draft.target) if draft.target else None,
        object=_slot(text, draft.object) if draft.object else None,
        condition=_slot(text, parts.condition) if parts.condition else None,
        exception=_slot(text, parts.exception) if parts.exception else None,
        limit_from=_slot(text, parts.limit_from) if parts.limit_from else None,
        by_reference=extended(document, region.at, Span(draft.start, draft.end)),
        inherited=inherited, rules=_rules(draft, found, [*(r for _, r in to), *parts.rules], text),
    )
    own = actor_of(text, draft.subject) if draft.subject and not draft.year else carried.subject
    eid = region.at if draft.subject or not carried.eid else carried.eid
    return frame, _Carried(own, modal, eid)


def _bearer(state: _State, region: Region, sentence: Sentence, draft: Draft, carried: _Carried,
            inherited: dict[str, str]) -> Span | None:
    if draft.subject and not draft.year:
        own = actor_of(state.document.clean.text, draft.subject)
        if own or region.unit.units is None:
            return own
    elif carried.subject:
        if not sentence.start <= carried.subject.start < sentence.end:
            inherited["bearer"] = join(state.document.meta.id, carried.eid)
        return carried.subject
    units = region.unit.units
    if units is None:
        return None
    inherited["bearer"] = join(state.document.meta.id, region.unit.eid)
    return Span(min(s.start for s in units.names), max(s.end for s in units.names))


def _modal(state: _State, region: Region, sentence: Sentence, draft: Draft, carried: _Carried,
           inherited: dict[str, str]) -> Modal | None:
    """The clause's own modal word, or the one of the clause before ；, or of the chapeau."""
    if draft.modal or draft.penalty or not region.statute or carried.modal is None:
        return draft.modal
    governs = (MUST, ENCOURAGE, MUST_NOT) if region.chapeau else (MUST, ENCOURAGE)
    if not (sentence.carried or region.chapeau) or carried.modal.kind not in governs:
        return None
    if draft.subject and actor_of(state.document.clean.text, draft.subject) != carried.subject:
        return None
    if not sentence.start <= carried.modal.span.start < sentence.end:
        inherited["modality_word"] = join(state.document.meta.id, carried.eid)
    return carried.modal


@dataclass(frozen=True, slots=True)
class _Measures:
    limit: limits.Found | None
    frequency: limits.Found | None
    amount: limits.Found | None
    figures: tuple[limits.Found, ...]
    hedges: tuple[tuple[Span, str], ...]


def _measures(text: str, draft: Draft) -> _Measures:
    skip = [draft.trigger] if draft.trigger else []
    end = draft.end + 1 if draft.end < len(text) else draft.end
    found = limits.limits(text, draft.start, end, without=skip)
    order = {"number": 0, "event": 1, "year": 2, "word": 3}
    return _Measures(
        min(found, key=lambda f: order[f.kind], default=None),
        next(iter(limits.frequencies(text, draft.start, draft.end, without=skip)), None),
        next(iter(limits.amounts(text, draft.start, draft.end)), None),
        limits.figures(text, draft.start, draft.end),
        _hedges(text, draft),
    )


def _hedges(text: str, draft: Draft) -> tuple[tuple[Span, str], ...]:
    found = sorted((m.start(), m.end(), row.id) for row in possible("duty_modality", "hedge", text, draft.start, draft.end)
                   for m in row.pattern.finditer(text, draft.start, draft.end))
    out: list[tuple[Span, str]] = []
    for start, end, rule in found:
        if not out or start >= out[-1][0].end:
            out.append((Span(start, end), rule))
    return tuple(out)


def _rules(draft: Draft, found: _Measures, relations: list[str], text: str) -> tuple[str, ...]:
    measured = [f.rule for f in (found.limit, found.frequency, found.amount, *found.figures) if f]
    by_reference = [r.id for r in table_rows("duty_relations", "by_reference")
                    if r.pattern.search(text, draft.start, draft.end)]
    hedges = [rule for _, rule in found.hedges]
    return tuple(dict.fromkeys([*draft.rules, *relations, *measured, *hedges, *by_reference]))


def _action(text: str, draft: Draft) -> Span:
    """What is to be done: the words after the modal word, or the whole clause where nothing follows it."""
    start, end = draft.action, draft.end
    while start < end and (text[start] in "，, \t　" or (text[start] == "并" and text[start + 1] not in "处列")):
        start += 1
    return Span(start, end) if start < end else Span(draft.start, end)


def _slot(text: str, span: Span) -> Slot:
    return Slot(text[span.start : span.end], span.start, span.end)
