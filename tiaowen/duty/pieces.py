"""One piece of a sentence -> a draft: modal word, subject, guided X, case, penalty.

Guarantees: every field is a span of the text or None; `action` lies inside the piece.
"""

from dataclasses import dataclass, field

from tiaowen.duty.modals import ENCOURAGE, Modal
from tiaowen.duty.parties import encouraged, mediated, subject_before, subject_opening
from tiaowen.duty.patterns import Row, any_of, table_rows
from tiaowen.model import Span


@dataclass
class Draft:
    """One duty while it is put together."""

    start: int
    action: int
    end: int
    modal: Modal | None = None
    subject: Span | None = None
    mediator: Span | None = None
    trigger: Span | None = None
    target: Span | None = None
    object: Span | None = None
    condition: Span | None = None
    case: bool = False
    year: bool = False
    penalty: bool = False
    rules: list[str] = field(default_factory=list)


def draft_of(text: str, piece: Span, found: Modal | None, *, statute: bool, alone: bool) -> Draft:
    """Return the draft of a piece; `alone` where the X that is encouraged may fill the piece."""
    draft = Draft(piece.start, piece.start, piece.end, found)
    draft.trigger = _inside(text, piece.start, piece.end)
    if found and found.opens:
        _opened(text, draft, found, piece, statute=statute, alone=alone)
    elif found:
        _with_modal(text, draft, found, piece)
    else:
        _without_modal(text, draft, piece, statute=statute)
    if found:
        draft.rules.append(found.rule)
    _penalty(text, draft, piece)
    guided = mediated(text, draft.action, piece.end) if draft.object is None else None
    if guided and not (found and found.opens):
        draft.mediator, draft.object = guided.verb, guided.whom
        draft.rules.append(guided.rule)
    return draft


def _opened(text: str, draft: Draft, found: Modal, piece: Span, *, statute: bool, alone: bool) -> None:
    """鼓励 X 做 Y, 支持 X 做 Y, 禁止 X 做 Y: addressed to X; 严禁 in a plan is a task of its unit list."""
    if found.kind == ENCOURAGE or (statute and not found.keeps):
        whom = encouraged(text, found.span.end, piece.end, alone=alone, acts=found.keeps or not statute)
        draft.subject, draft.object = whom, whom if found.kind == ENCOURAGE else None
    draft.action = found.span.start if found.keeps else found.span.end


def _with_modal(text: str, draft: Draft, found: Modal, piece: Span) -> None:
    draft.action = found.span.end
    agent = _agent(text, draft, found.span.end, piece.end)
    start = draft.trigger.end if draft.trigger and draft.trigger.start - piece.start <= 1 else piece.start
    draft.subject = subject_before(text, start, found.span.start)
    if draft.subject and text[draft.subject.end - 1] == "的":
        draft.trigger, draft.subject = draft.subject, None
    between = draft.subject.end if draft.subject else start
    draft.trigger = draft.trigger or _inside(text, between, found.span.start)
    draft.subject = agent or draft.subject


def _agent(text: str, draft: Draft, start: int, end: int) -> Span | None:
    """Who acts behind the modal word: 应当由女性工作人员进行."""
    for row in table_rows("duty_relations", "by_modal"):
        by = row.opens(text, start, end, group="by")
        if by:
            draft.rules.append(row.id)
            return by
    return None


def _inside(text: str, start: int, end: int) -> Span | None:
    row = next(r for r in table_rows("duty_relations", "trigger") if r.id == "trigger-inside")
    return row.opens(text, start, end, group="when")


def _without_modal(text: str, draft: Draft, piece: Span, *, statute: bool) -> None:
    for row in table_rows("duty_relations", "by_subject") if statute and text[piece.start] != "由" else ():
        by = row.pattern.search(text, piece.start, piece.end)
        if by:
            draft.subject = Span(by.start("by"), by.end("by"))
            draft.rules.append(row.id)
            return
    draft.subject = subject_opening(text, piece.start, piece.end)
    if draft.subject:
        draft.action = draft.subject.end


def _penalty(text: str, draft: Draft, piece: Span) -> None:
    for row in table_rows("duty_relations", "penalty_bearer"):
        by = row.opens(text, piece.start, piece.end, group="by")
        if by:
            draft.subject, draft.action = by, by.end
            draft.rules.append(row.id)
    act = sanction(text, piece)
    if act is None:
        return
    draft.penalty = True
    draft.rules.append(act.id)
    for row in table_rows("duty_relations", "target"):
        target = (row.opens(text, piece.start, piece.end, group="target")
                  or row.opens(text, draft.action, piece.end, group="target"))
        if target:
            draft.target = target
            draft.rules.append(row.id)


def sanction(text: str, piece: Span) -> Row | None:
    """Return the row of the act by which an authority punishes, or None."""
    words = text[piece.start : piece.end]
    if not any_of("duty_relations", "penalty").search(words):
        return None
    return next((row for row in table_rows("duty_relations", "penalty") if row.pattern.search(words)), None)


def punished(text: str, case: Span) -> Span | None:
    """Return the one punished that a case names: 发现未成年人的父母…存在上述情形的; 对工作不力的责任单位和人员."""
    for row in table_rows("duty_relations", "target_found"):
        match = row.pattern.search(text[case.start : case.end])
        if match:
            group = "target" if match["target"] else "whole"
            return Span(case.start + match.start(group), case.start + match.end(group))
    return None
