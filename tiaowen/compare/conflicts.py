"""Duties of a draft against those of a parent text: what is weaker, later, or goes beyond its penalties.

Guarantees: every finding names a slice of the draft and a slice of the parent; a finding is `against` the parent only where the
draft asks for less, forbids what the parent demands, or punishes outside the parent's kinds and range; stricter is no conflict.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tiaowen.compare.sanctions import Case, cases, compare
from tiaowen.compare.sanctions import likeness as act_likeness
from tiaowen.duty.frames import frames
from tiaowen.model import Document, DutyFrame, Slot
from tiaowen.numerals import NUMERAL, to_int
from tiaowen.rules import rows, table

_WEAK, _STRONG, _NEVER = ("可以", "鼓励"), ("应当",), ("不得",)
_NUMBER = re.compile(f"({NUMERAL})(?:个)?(工作日|小时|分钟|日|天|周|星期|月|学期|年)")
_OFFICE = re.compile(r"(?<=.)(?:(?:行政|主管)?部门|机关)$")  # 教育部门 is told where 教育、公安等部门 are
_MARKS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference between a draft and its parent: aspect, kind, the words on both sides and where they stand.

    aspect: modality, time_limit, recipients, amount, sanction; kind: weaker, stricter, contradicts, differs, lost, beyond, within, same, unset.
    """

    aspect: str
    kind: str
    at: str
    ours: Slot
    parent: str | None
    theirs: Slot | None

    @property
    def against(self) -> bool:
        """Tell whether the draft falls short of the parent or goes beyond what it allows."""
        return self.kind in ("weaker", "lost", "contradicts", "beyond")


def conflicts(draft: Document, parent: Document, against: Mapping[str, Sequence[str]]) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of each unit of a draft; `against` names the parent's units that resemble it."""
    ours, theirs = frames(draft), frames(parent)
    out: dict[str, list[Finding]] = {}
    for eid, names in against.items():
        mine = [f for f in ours if f.provision == eid]
        others = [f for f in theirs if f.provision in names]
        found = [finding for f in mine if not f.amount and (best := _same_act(f, others)) for finding in _duty(f, best)]
        if found:
            out[eid] = found
    for ours_case, their_case in _paired(cases(draft, ours), cases(parent, theirs)):
        out.setdefault(ours_case.unit, []).extend(
            Finding(v.aspect, v.kind, ours_case.at, v.ours, their_case.at, v.theirs) for v in compare(ours_case, their_case))
    return {eid: tuple(found) for eid, found in out.items() if found}


def _paired(ours: Sequence[Case], theirs: Sequence[Case]) -> Iterator[tuple[Case, Case]]:
    """Each punished act of the draft with the parent's same act and grade, where there is one."""
    spread = Counter(bigram for other in theirs for bigram in other.bigrams)
    for one in ours:
        scored = [(act_likeness(one, other, spread), other) for other in theirs]
        best = max((s for s, _ in scored), default=0.0)
        same = [o for s, o in scored if s == best and s >= table("kinship")["act"]]
        if same:
            yield one, next((o for o in same if o.graded == one.graded), same[0])


def _same_act(frame: DutyFrame, others: Sequence[DutyFrame]) -> DutyFrame | None:
    """The frame that sets the same act, None where no action reads alike."""
    scored = [(likeness(_act(frame), _act(other)), -n, other) for n, other in enumerate(others) if not other.amount]
    best = max(scored, key=lambda s: s[:2], default=None)
    if best and best[0] >= table("kinship")["act"]:
        return best[2]
    told = [(likeness(_telling(frame), _telling(other)), -n, other) for n, other in enumerate(others)
            if frame.recipients and other.recipients]
    best = max(told, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] >= table("kinship")["telling"] else None


def _telling(frame: DutyFrame) -> str:
    """Who tells what on which occasion, without to whom and how soon: (密切接触…的单位)(发现…的)报告."""
    words = _act(frame)
    for slot in frame.recipients:
        words = words.replace(slot.text, "")
    return "".join([frame.bearer.text if frame.bearer else "", frame.trigger.text if frame.trigger else "", words])


def _act(frame: DutyFrame) -> str:
    """The words of an action without how soon and how often: the same act may be due at another time."""
    words = frame.action.text
    for slot in (frame.time_limit, frame.frequency):
        words = words.replace(slot.text, "") if slot else words
    return words


def likeness(one: str, other: str) -> float:
    """Return how far two actions read alike: Dice's measure of their character bigrams, marks aside, 0 to 1."""
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _bigrams(words: str) -> set[str]:
    plain = _MARKS.sub("", words)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _duty(ours: DutyFrame, theirs: DutyFrame) -> Iterator[Finding]:
    kind = _modality(ours.modality, theirs.modality)
    if kind:
        yield Finding("modality", kind, ours.at, ours.modality_word or ours.action, theirs.at, theirs.modality_word or theirs.action)
    if theirs.time_limit and ours.time_limit:
        kind = later(ours.time_limit.text, theirs.time_limit.text)
        if kind:
            yield Finding("time_limit", kind, ours.at, ours.time_limit, theirs.at, theirs.time_limit)
    if theirs.time_limit and not ours.time_limit:
        yield Finding("time_limit", "lost", ours.at, ours.action, theirs.at, theirs.time_limit)
    if theirs.recipient_bodies and ours.recipient_bodies:
        kind = _told(_bodies(ours), _bodies(theirs))
        if kind:
            yield Finding("recipients", kind, ours.at, ours.recipients[0], theirs.at, theirs.recipients[0])


def _bodies(frame: DutyFrame) -> frozenset[str]:
    return frozenset(_OFFICE.sub("", "".join(body.split())) for body in frame.recipient_bodies)


def _told(ours: frozenset[str], theirs: frozenset[str]) -> str | None:
    """Weaker where somebody is no longer told, stricter where more are, differs where others are."""
    if ours == theirs:
        return None
    return "weaker" if ours < theirs else "stricter" if ours > theirs else "differs"


def _modality(ours: str, theirs: str) -> str | None:
    """Weaker where a duty becomes a choice, contradicts where one forbids what the other demands or allows."""
    if ours == theirs:
        return None
    if (ours in _NEVER) != (theirs in _NEVER) and "任务" not in (ours, theirs):
        return "contradicts"
    if theirs in _STRONG and ours in _WEAK:
        return "weaker"
    return "stricter" if theirs in _WEAK and ours in _STRONG else None


def later(ours: str, theirs: str) -> str | None:
    """Return weaker where a limit is later than the parent's, stricter where earlier, differs where they cannot be compared."""
    a, b = _hours(ours), _hours(theirs)
    if a == b:
        return None if a is not None or ours == theirs else "differs"
    if a is None or b is None:
        return "differs"
    return "weaker" if a > b else "stricter"


def _hours(words: str) -> float | None:
    """A limit in hours: 立即 is 0, a working day one day and a half; None where words do not say."""
    for row in rows("kinship", "limit"):
        if any(word in words for word in row["words"]):
            return float(row["hours"])
    found = _NUMBER.search(words)
    if not found:
        return None
    hours = {row["id"]: row["hours"] for row in rows("kinship", "span")}
    try:
        return to_int(found[1]) * float(hours[found[2]])
    except (ValueError, KeyError):
        return None
