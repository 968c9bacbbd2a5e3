"""What the duties of two clauses tell: modality, bearer, recipients, limits, frequency, and two leads for one task.

Guarantees: slots are compared only of duties whose actions are alike; a subject carried over from elsewhere is none of the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tiaowen.compare.clauses import Clause, Clauses, Pair
from tiaowen.compare.sides import MARKS, Difference, difference, hedge_in, place_of, within
from tiaowen.duty.roles import actors_in
from tiaowen.index.tokens import bigrams, fold
from tiaowen.model import DutyFrame, Slot
from tiaowen.numerals import NUMERAL, to_int
from tiaowen.rules import compiled, rows

SOFT = ("可以", "鼓励")
SOFT_WORDS = ("可以", "可", "鼓励", "可视情", "倡导")
STATUTE_LEVELS = ("art", "para", "item", "point")
SAME, LEAST_SAME = 0.85, 8  # two clauses of one document that set one task
ALIKE, SENTENCE = 0.8, 0.6


# -- slots of the duties


def of_duties(pair: Pair) -> list[Iterator[Difference]]:
    """Return what the duties of a pair differ in, slot by slot."""
    a, b = pair.first.frame, pair.second.frame
    if a is None or b is None:
        return []
    return [_modality(pair, a, b), _bearer(pair, a, b), _recipients(pair, a, b), _limits(pair, a, b), _frequency(pair, a, b)]


def _modality(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.modality == b.modality or not _inside(pair):
        return
    words = place_of(a.modality_word), place_of(b.modality_word)
    hard = ("应当", "不得")
    said = a.modality_word is not None and b.modality_word is not None
    if {a.modality, b.modality} == {"应当", "任务"}:
        if _is_statute(pair.first) != _is_statute(pair.second):
            yield difference(pair, "modality", "document_kind", "modality", *words)
    elif said and a.modality in hard and b.modality in SOFT and _is_said(b):
        yield difference(pair, "modality", "weaker", "modality", *words)
    elif said and a.modality in SOFT and b.modality in hard and _is_said(a):
        yield difference(pair, "modality", "stronger", "modality", *words)


def _is_said(frame: DutyFrame) -> bool:
    """Tell whether a soft word is printed as such: 支持 and 引导 are tasks of a plan, too."""
    return frame.modality_word is not None and frame.modality_word.text in SOFT_WORDS


def _inside(pair: Pair) -> bool:
    """Tell whether both duties are those of the clauses: sentences and actions are alike too."""
    a, b = pair.first.frame, pair.second.frame
    if a is None or b is None or pair.held < SENTENCE:
        return False
    first, second = frozenset(bigrams(fold(a.action.text))), frozenset(bigrams(fold(b.action.text)))
    return 2 * len(first & second) >= 0.5 * (len(first) + len(second))


def _is_statute(clause: Clause) -> bool:
    return clause.unit.provision.level in STATUTE_LEVELS


def _printed(slot: Slot | None, clause: Clause) -> bool:
    """Tell whether a slot is printed in the sentence of a clause, not carried over from elsewhere."""
    return slot is not None and clause.piece.start <= slot.start and slot.end <= clause.piece.end


def _bearer(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if not _inside(pair):
        return
    first, second = _printed(a.bearer, pair.first), _printed(b.bearer, pair.second)
    if first and not second and a.bearer:
        own = pair.first.start <= a.bearer.start < pair.first.end
        if not own or not pair.above or hedge_in(fold(a.bearer.text)):
            return
        yield difference(pair, "bearer", "weaker", "bearer-lost", place_of(a.bearer), None)
    elif first and second and a.bearer and b.bearer:
        ours, theirs = set(actors_in(a.bearer.text)), set(actors_in(b.bearer.text))
        if MARKS.sub("", fold(a.bearer.text)) != MARKS.sub("", fold(b.bearer.text)) and ours != theirs and (ours or theirs):
            yield difference(pair, "bearer", "differs", "bearer", place_of(a.bearer), place_of(b.bearer))


def _recipients(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.recipients and b.recipients and _inside(pair) and _others_are_told(pair, a, b):
        yield difference(pair, "recipients", "differs", "recipients", place_of(a.recipients[0]), place_of(b.recipients[0]))


def _others_are_told(pair: Pair, a: DutyFrame, b: DutyFrame) -> bool:
    """Tell whether the two duties tell different bodies, and neither sentence names those of the other as well."""
    ours, theirs = set(a.recipient_bodies), set(b.recipient_bodies)
    told_too = any(fold(slot.text) in pair.second.piece.words for slot in a.recipients) or any(
        fold(slot.text) in pair.first.piece.words for slot in b.recipients)
    return ours != theirs and not told_too


@cache
def _paces() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((row["rank"], compiled(row["pattern"])) for row in rows("drift", "pace"))


def _pace(clause: Clause) -> tuple[int, tuple[int, int]] | None:
    return next(((n, within(clause, m)) for n, pattern in _paces() if (m := pattern.search(clause.words))), None)


def _limits(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    """立即, 及时 or 适时 lost, gained or changed in the clause itself; a word elsewhere in the sentence is no loss."""
    first, second = _pace(pair.first), _pace(pair.second)
    if (not pair.above and pair.likeness < ALIKE) or not _inside(pair) or _others_do_it(pair, a, b):
        return
    if first and second and first[0] != second[0]:
        yield difference(pair, "time_limit", "weaker" if second[0] > first[0] else "stronger", "pace", first[1], second[1])
    elif first and not second and not any(p.search(pair.second.piece.words) for _, p in _paces()):
        yield difference(pair, "time_limit", "weaker", "pace", first[1], None)
    elif second and not first and not any(p.search(pair.first.piece.words) for _, p in _paces()):
        yield difference(pair, "time_limit", "stronger", "pace", None, second[1])


def _others_do_it(pair: Pair, a: DutyFrame, b: DutyFrame) -> bool:
    """Tell whether both sentences print a subject and these are different actors: no pace of one is lost by the other."""
    if not (a.bearer and b.bearer and _printed(a.bearer, pair.first) and _printed(b.bearer, pair.second)):
        return False
    return not set(actors_in(a.bearer.text)) & set(actors_in(b.bearer.text))


def _frequency(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.frequency and b.frequency and _inside(pair) and _plain(a.frequency.text) != _plain(b.frequency.text):
        yield difference(pair, "frequency", "differs", "frequency", place_of(a.frequency), place_of(b.frequency))


def _plain(words: str) -> str:
    """A frequency with its numbers in digits: 不少于一次 and 不少于1次 are one."""
    return re.sub(NUMERAL, lambda match: str(to_int(match[0])), fold(words))


# -- inside one document


def two_leads(pair: Pair) -> Iterator[Difference]:
    """One task of one document under two leads, where each unit list marks its lead."""
    a, b = pair.first.unit.provision.units, pair.second.unit.provision.units
    if not a or not b or not a.lead or not b.lead or pair.likeness < SAME or len(pair.first.pairs) < LEAST_SAME:
        return
    document = pair.first.unit.document
    ours, theirs = {document.cut(s) for s in a.lead}, {document.cut(s) for s in b.lead}
    if not ours & theirs:
        yield difference(pair, "units", "contradicts", "two-leads", (a.lead[0].start, a.lead[-1].end), (b.lead[0].start, b.lead[-1].end))


# -- duties to report, in other words


@dataclass(frozen=True, slots=True)
class Reporting:
    """A duty to report to somebody, in the sentence that sets it."""

    frame: DutyFrame
    clause: Clause
    actors: frozenset[str]
    case: frozenset[str]


def reporting(clauses: Clauses) -> tuple[Reporting, ...]:
    """Return the duties with somebody to report to, whose bearer and case are printed."""
    out = {}
    for clause in clauses.all:
        frame = clause.frame
        if frame and frame.bearer and frame.recipients and frame.trigger and frame.id not in out:
            out[frame.id] = Reporting(frame, clause, frozenset(actors_in(frame.bearer.text)), frozenset(bigrams(fold(frame.trigger.text))))
    return tuple(out.values())


def reported(found: Sequence[Reporting]) -> tuple[Difference, ...]:
    """Return where the same actors, in the same case, report to others or sooner: 情节严重的, 向公安机关 against 向相关部门."""
    out: list[Difference] = []
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if a.frame.document != b.frame.document and a.actors & b.actors and _same_case(a.case, b.case):
                out += _told(Clauses.ordered(a.clause, b.clause), a.frame, b.frame)
    return tuple(out)


def _same_case(a: frozenset[str], b: frozenset[str]) -> bool:
    return min(len(a), len(b)) >= 3 and len(a & b) >= 0.6 * min(len(a), len(b))


def _told(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.document != pair.first.document:
        a, b = b, a
    if _others_are_told(pair, a, b):
        yield difference(pair, "recipients", "differs", "recipients", place_of(a.recipients[0]), place_of(b.recipients[0]))
    elif set(a.recipient_bodies) == set(b.recipient_bodies) and a.time_limit and b.time_limit and _plain(a.time_limit.text) != _plain(b.time_limit.text):
        yield difference(pair, "time_limit", "differs", "limit", place_of(a.time_limit), place_of(b.time_limit))
