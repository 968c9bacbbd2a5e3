"""A sentence -> drafts: one for each duty it sets, with the pieces that belong to it.

Guarantees: drafts of a sentence stand in order and do not overlap; a piece that only sets a case, a moment or a topic
belongs to the draft after it. A new draft begins at a modal word, an own subject, a guided X (指导 X 做 Y), a case
(发现…的), and where a second limit or frequency would share a slot with the first.
"""

import re
from dataclasses import dataclass, field

from tiaowen.duty import limits
from tiaowen.duty.clauses import Sentence
from tiaowen.duty.modals import ENCOURAGE, MAY, MUST, Modal, modal
from tiaowen.duty.parties import appointed, subject_opening
from tiaowen.duty.patterns import any_of, leading_joint, opening, table_rows
from tiaowen.duty.pieces import Draft, draft_of, punished, sanction
from tiaowen.model import Span


@dataclass
class _Lead:
    """Pieces that wait for the clause they belong to."""

    start: int
    subject: Span | None = None
    trigger: Span | None = None
    condition: Span | None = None
    event: bool = False
    year: bool = False
    rules: list[str] = field(default_factory=list)

    @property
    def breaks(self) -> bool:
        return bool(self.subject or self.trigger or self.event or self.year)


class Reader:
    """Reads the pieces of one sentence from left to right."""

    def __init__(self, text: str, sentence: Sentence, *, statute: bool, governed: bool = False) -> None:
        """Take a sentence; `governed` for an item under a chapeau whose modal word it obeys."""
        self.text, self.sentence, self.statute, self.governed = text, sentence, statute, governed
        self.modals = [None if self._case(p) else modal(text, p, governed=governed, statute=statute) for p in sentence.pieces]
        self.drafts: list[Draft] = []
        self.lead: _Lead | None = None

    def read(self) -> list[Draft]:
        """Return the drafts of the sentence."""
        for i, piece in enumerate(self.sentence.pieces):
            if not self._waits(i, piece):
                self._main(i, piece)
        if self.lead and self.drafts:
            self.drafts[-1].end = self.sentence.pieces[-1].end
        return self.drafts

    # -- pieces that wait

    def _case(self, piece: Span) -> bool:
        return self.text[piece.end - 1] == "的"

    def _waits(self, i: int, piece: Span) -> bool:
        found = None if self.modals[i] else self._lead_kind(i, piece)
        if found is None:
            return False
        kind, rule = found
        lead = self.lead = self.lead or _Lead(piece.start)
        lead.rules += [rule] if rule else []
        subject = subject_opening(self.text, piece.start, piece.end, whole=kind == "name")
        lead.year = lead.year or kind == "year"
        lead.event = lead.event or kind == "event"
        if kind != "topic" and lead.start == piece.start:
            lead.subject = subject
        if kind in ("trigger", "before") or (kind == "topic" and self._opens("limiting", piece.start)):
            lead.trigger = Span(self._trigger_start(lead, piece), piece.end)
        if kind in ("before", "topic") and not self._case(piece) and self._opens("topical", piece.start):
            lead.trigger, lead.condition = None, piece
        return True

    def _trigger_start(self, lead: _Lead, piece: Span) -> int:
        """A case may begin in the piece before: 网络产品和服务提供者发现…风险，或者接到…投诉的."""
        if lead.trigger:
            return lead.trigger.start
        own = lead.subject
        start = own.end if own and own.start == lead.start else lead.start
        while self.text[start] in "，, ":
            start += 1
        towards = re.match("对于?", self.text[start : piece.end]) if self._case(piece) else None
        return start + (towards.end() if towards else 0)

    def _lead_kind(self, i: int, piece: Span) -> tuple[str, str] | None:
        if i + 1 == len(self.sentence.pieces):
            return None
        words = self.text[piece.start : piece.end]
        ending = self._ending_limit(piece) if words.endswith(("年", "底", "末", "前", "时")) else None
        if ending:
            return ending.kind, ending.rule
        trigger = self._trigger(words)
        if trigger:
            return "trigger", trigger
        row = table_rows("duty_relations", "adjunct")[0]
        if row.pattern.match(words):
            return "topic", row.id
        if subject_opening(self.text, piece.start, piece.end, whole=True):
            return "name", ""
        return ("before", "") if self._before(i, piece) else None

    def _ending_limit(self, piece: Span) -> limits.Found | None:
        """A piece that is a target year, or ends in an event: 到2025年; 学校处分未成年学生前."""
        for found in limits.limits(self.text, piece.start, piece.end + 1):
            if found.span.end == piece.end and (
                    found.kind == "event" or (found.kind == "year" and found.span.start == piece.start)):
                return found
        return None

    def _trigger(self, words: str) -> str:
        for row in table_rows("duty_relations", "trigger"):
            if row.id in ("trigger-case", "trigger-time") and row.pattern.search(words):
                return row.id
        return ""

    def _before(self, i: int, piece: Span) -> bool:
        """Words of a statute's sentence in front of its case or first modal word: they set no duty themselves.

        违反本办法规定，向未成年人提供文身服务的，由…; 公安机关办理未成年人刑事案件，可以对….
        """
        if not self.statute or self.drafts or (self.lead and self.lead.trigger and sanction(self.text, piece)):
            return False
        after = range(i + 1, len(self.modals))
        j = next((j for j in after if self.modals[j] or self._case(self.sentence.pieces[j])), None)
        if j is None:
            return False
        found, own = self.modals[j], subject_opening(self.text, piece.start, piece.end)
        if found is None:
            return not (own and self._finding(self.sentence.pieces[j]))
        at_start = found.span.start - self.sentence.pieces[j].start <= 2
        if own:
            return at_start
        if opening("preposition").match(self.text, piece.start):
            return True
        if opening("task_verb").match(self.text, piece.start):
            return at_start and found.kind in (MUST, MAY)
        return True

    def _finding(self, piece: Span) -> bool:
        """A case that begins anew: 居民委员会每月走访，发现…的，应当…."""
        row = next(r for r in table_rows("duty_relations", "trigger") if r.id == "trigger-finding")
        return row.opens(self.text, piece.start, piece.end) is not None

    # -- pieces that say what is to be done

    def _main(self, i: int, piece: Span) -> None:
        current = self.drafts[-1] if self.drafts else None
        found = self.modals[i]
        if found and current and (self._inside_chain(found, current) or self._inside_name(found, piece)):
            found = None
        draft = draft_of(self.text, piece, found, statute=self.statute,
                         alone=piece is not self.sentence.pieces[-1])
        if current and draft.subject is None and self._holds_office(piece):
            draft.subject = appointed(self.text, current.action, current.end)
            draft.rules += [table_rows("duty_relations", "appointed")[0].id] if draft.subject else []
        lead, self.lead = self.lead, None
        if current and not self._begins(draft, current, lead, piece):
            current.end = piece.end
            return
        if lead:
            draft.start = lead.start
            draft.case = lead.trigger is not None
            draft.trigger = draft.trigger or lead.trigger
            draft.condition = lead.condition
            draft.year = lead.year
            if not lead.breaks and draft.modal is None:
                draft.action = lead.start
            draft.rules += lead.rules
            self._take_subject(draft, lead)
        if current and draft.modal is None and self._continues(draft, current):
            draft.modal = current.modal
        if current:
            self._carry(draft, current)
        self.drafts.append(draft)

    def _carry(self, draft: Draft, current: Draft) -> None:
        """A case, and the one punished, hold for the later members of the sentence too: …的，应当…，督促其…."""
        if draft.trigger is None and current.case:
            draft.trigger, draft.case = current.trigger, True
        pronoun = "其" in self.text[draft.action : draft.end]
        if draft.target is None and (draft.penalty or (pronoun and current.penalty)):
            draft.target = current.target

    def _holds_office(self, piece: Span) -> bool:
        """负责 after the office that was just created: 设立儿童主任，负责做好…."""
        row = next(r for r in table_rows("duty_modality", "modal") if r.id == "responsible")
        return row.opens(self.text, piece.start, piece.end) is not None

    def _inside_chain(self, found: Modal, current: Draft) -> bool:
        """支持 or 负责 inside a chain that 应当 governs is what must be done, not a modality of its own."""
        return found.yields and current.modal is not None and (self.statute or current.modal.kind == MUST)

    def _inside_name(self, found: Modal, piece: Span) -> bool:
        """限制未成年人应当享有的照顾: the word stands inside a phrase that a verb opens."""
        opened = found.span.start - piece.start > 2 and opening("task_verb").match(self.text, piece.start)
        return bool(opened) and found.kind == MUST and "的" in self.text[found.span.end : piece.end]

    def _take_subject(self, draft: Draft, lead: _Lead) -> None:
        if draft.subject is None and lead.subject:
            draft.subject = lead.subject
        elif lead.subject and lead.trigger and lead.subject.end <= lead.trigger.start:
            draft.trigger = Span(lead.subject.start, lead.trigger.end)
            draft.target = draft.target or (lead.subject if draft.penalty else None)
        if draft.penalty and draft.trigger and draft.target is None:
            draft.target = punished(self.text, draft.trigger)

    def _begins(self, draft: Draft, current: Draft, lead: _Lead | None, piece: Span) -> bool:
        if current.year:
            return False
        if draft.modal or draft.mediator or draft.target or draft.trigger:
            return True
        if lead and lead.breaks:
            return not self._only_manner(current)
        if draft.subject and self._holds_office(piece):
            return True
        if draft.subject:
            guided = current.mediator and self.text[draft.subject.start : draft.subject.end] in self.text[
                current.mediator.end : current.end]
            return not guided and (not self.statute or current.modal is None)
        if current.modal and current.modal.kind == ENCOURAGE and not self.statute and not self._manner(current):
            return bool(opening("task_verb").match(self.text, piece.start))
        return self._clashes(current, piece)

    def _only_manner(self, current: Draft) -> bool:
        """应当根据…状况，在作出…决定前，听取…: the first piece says how, not what."""
        return "，" not in self.text[current.action : current.end] and self._opens("manner", current.action)

    def _manner(self, current: Draft) -> bool:
        """鼓励通过…等方式，推进…: the piece after the manner is still what is encouraged."""
        return self._opens("manner", current.action)

    def _opens(self, section: str, start: int) -> bool:
        return bool(any_of("duty_modality", section).match(self.text, start))

    def _clashes(self, current: Draft, piece: Span) -> bool:
        """A limit that opens a later member holds for that member only: …，并于一个月内进行回访; one in X's act cuts nothing."""
        opening_at = leading_joint().match(self.text, piece.start, piece.end)
        start = opening_at.end() if opening_at else piece.start
        if current.mediator is None and not self._manner(current) and not self._opens("manner", current.start):
            for find in (limits.limits, limits.frequencies):
                if any(f.span.start == start for f in find(self.text, piece.start, piece.end)):
                    return True
        skip = [current.trigger] if current.trigger else []
        for find in (limits.limits, limits.frequencies):
            if find(self.text, piece.start, piece.end) and find(self.text, current.start, current.end, without=skip):
                return True
        return False

    def _continues(self, draft: Draft, current: Draft) -> bool:
        """A clause without a modal word stays under the one before it: …应当建立…，发现…的，及时采取…."""
        if current.modal is None or draft.penalty:
            return False
        if draft.subject and not self.statute:
            return False
        if current.modal.kind == MAY:
            return draft.trigger is None and not draft.subject
        return current.modal.kind == MUST or (current.modal.kind == ENCOURAGE and self.statute)
