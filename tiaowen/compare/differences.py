"""Pairs of clauses -> differences that are real, each with the words of both sides.

Guarantees: a difference is asserted only of clauses that otherwise say the same; every value and quote is a slice; words of one class
(应当, 必须; 不得, 禁止; 一次, 1次) never differ; the bare verb of a plan against 应当 of a statute is a difference of document kind.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from tiaowen.compare.clauses import Clause, Clauses, Pair, share
from tiaowen.duty.patterns import table_rows
from tiaowen.duty.roles import actors_in
from tiaowen.index.tokens import bigrams, fold, words
from tiaowen.model import DutyFrame, Slot
from tiaowen.numerals import NUMERAL, to_int
from tiaowen.parse.citation import citation
from tiaowen.rules import compiled, rows

_NUMBERED = re.compile(f"({NUMERAL})(?:个)?([一-鿿%])")
_TITLES = re.compile(r"《[^》]*》")
_JOINING = "、和并或与及，,。；; "
_YEARS = re.compile(r"[(《〈]?\d{4}(?:[-—]\d{4})?年[)》〉]?|第[一二三四五六七八九十\d]+|\d{4}-\d{4}")
_LIST = re.compile(r"[^、,，。;；:：]+(?:、[^、,，。;；:：]+)+")
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[\s“”\"'()（）《》〈〉、,，。；;：:·]+")
SOFT = ("可以", "鼓励")
SOFT_WORDS = ("可以", "可", "鼓励", "可视情", "倡导")
STATUTE_LEVELS = ("art", "para", "item", "point")
SAME, LEAST_SAME = 0.85, 8  # two clauses of one document that set one task
HELD, LEAST_DROPPED, LEAST_LEFT_OUT = 0.85, 6, 4
ALIKE, SENTENCE = 0.8, 0.6
ORDER = {"contradicts": 0, "weaker": 1, "stronger": 2, "differs": 3, "document_kind": 4}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: where it stands, the words that differ (null where there are none), the sentence."""

    document: str
    id: str
    at: str
    citation: str
    value: str | None
    value_span: tuple[int, int] | None
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two provisions on one duty; `kind` says what the second side is beside the first."""

    aspect: str
    kind: str
    rule: str
    likeness: float
    sides: tuple[Side, Side]


Words = tuple[int, int] | None


def differences(clauses: Clauses) -> tuple[Difference, ...]:
    """Return the differences of all pairs, contradictions first, then what is weaker; each once."""
    found: dict[tuple[object, ...], Difference] = {}
    every = (*(d for pair in clauses.pairs for d in _of_pair(pair, clauses)), *reported(reporting(clauses)))
    for difference in every:
        a, b = difference.sides
        key = (difference.aspect, a.id, b.id, a.value_span or a.span, b.value_span or b.span)
        if key not in found or found[key].likeness < difference.likeness:
            found[key] = difference
    return tuple(sorted(found.values(), key=order))


def order(difference: Difference) -> tuple[object, ...]:
    """Return what puts differences in order of weight: kind, how alike the clauses are, place."""
    a, b = difference.sides
    return (ORDER[difference.kind], -round(difference.likeness, 3), a.document, a.span, b.document, b.span, difference.aspect)


def _of_pair(pair: Pair, clauses: Clauses) -> Iterator[Difference]:
    if pair.first.document == pair.second.document:
        rules: Iterable[Iterator[Difference]] = (_units(pair), _levels(pair), _figures(pair))
    else:
        rules = (_hedges(pair, clauses), _scope(pair), _levels(pair), _figures(pair), _lists(pair), _shortened(pair),
                 _dropped(pair, clauses), *_of_frames(pair))
    for rule in rules:
        yield from rule


def _difference(pair: Pair, aspect: str, kind: str, rule: str, first: Words, second: Words) -> Difference:
    return Difference(aspect, kind, rule, pair.likeness, (_side(pair.first, first), _side(pair.second, second)))


def _side(clause: Clause, words: Words) -> Side:
    unit, piece = clause.unit, clause.piece
    value = clause.cut(*words) if words else None
    return Side(clause.document, unit.key, piece.at, citation(piece.at, unit.document), value, words,
                clause.cut(piece.start, piece.end), (piece.start, piece.end))


def _within(clause: Clause, match: re.Match[str], group: int = 0) -> tuple[int, int]:
    return clause.start + match.start(group), clause.start + match.end(group)


# -- hedges


@cache
def _hedge_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (*((row.id, row.pattern) for row in table_rows("duty_modality", "hedge")),
            *((row["id"], compiled(row["pattern"])) for row in rows("drift", "hedge")))


def _hedged(clause: Clause, clauses: Clauses) -> dict[str, tuple[int, int]]:
    """The hedges of a clause: in its own words, and in a clause of nothing else before it (有条件的地区，)."""
    out = {}
    for identity, pattern in _hedge_patterns():
        match = pattern.search(clause.words)
        if match:
            out[identity] = _within(clause, match)
    siblings = clauses.siblings(clause)
    before = siblings[siblings.index(clause) - 1] if siblings.index(clause) else None
    if before is not None:
        for identity, pattern in _hedge_patterns():
            match = pattern.search(before.words)
            if match and len(before.words) - len(match[0]) <= 2:
                out.setdefault(identity, _within(before, match))
    return out


def _hedges_somewhere(clause: Clause) -> set[str]:
    return {identity for identity, pattern in _hedge_patterns() if pattern.search(clause.piece.words)}


def _hedges(pair: Pair, clauses: Clauses) -> Iterator[Difference]:
    first, second = _hedged(pair.first, clauses), _hedged(pair.second, clauses)
    ours, theirs = _hedges_somewhere(pair.first), _hedges_somewhere(pair.second)
    lost, gained = [i for i in first if i not in theirs], [i for i in second if i not in ours]
    if lost and gained:
        yield _difference(pair, "hedge", "differs", lost[0], first[lost[0]], second[gained[0]])
    elif lost:
        soft = pair.second.frame is not None and pair.second.frame.modality == "鼓励" and not _is_soft(pair.first.frame, "鼓励")
        yield _difference(pair, "hedge", "differs" if soft else "stronger", lost[0], first[lost[0]], _modal(pair.second) if soft else None)
    elif gained:
        yield _difference(pair, "hedge", "weaker", gained[0], None, second[gained[0]])


def _is_soft(frame: DutyFrame | None, kind: str) -> bool:
    return frame is not None and frame.modality == kind


def _modal(clause: Clause) -> Words:
    word = clause.frame.modality_word if clause.frame else None
    return (word.start, word.end) if word else None


# -- scope, levels, figures, lists


def _scope(pair: Pair) -> Iterator[Difference]:
    for row in rows("drift", "scope"):
        for one, other in (row["words"], row["words"][::-1]):
            a, b = pair.first.words, pair.second.words
            if one in a and other not in a and other in b and one not in b:
                i, j = pair.first.start + a.index(one), pair.second.start + b.index(other)
                yield _difference(pair, "scope", "differs", row["id"], (i, i + len(one)), (j, j + len(other)))


def _levels(pair: Pair) -> Iterator[Difference]:
    for row in rows("drift", "level"):
        a, b = (compiled(row["pattern"]).search(c.words) for c in (pair.first, pair.second))
        if a and b and _outside(a[1]) != _outside(b[1]):
            yield _difference(pair, "scope", _kind(pair), row["id"], _within(pair.first, a, 1), _within(pair.second, b, 1))


def _outside(words: str) -> str:
    """Words without their brackets and marks: 县(市、区) is 县."""
    return _MARKS.sub("", _BRACKETS.sub("", words))


def _kind(pair: Pair) -> str:
    return "contradicts" if pair.first.document == pair.second.document else "differs"


def _numbers(clause: Clause) -> dict[str, tuple[int, tuple[int, int]]]:
    """What is counted -> the number and its place; years and ordinals are no figures."""
    words = _YEARS.sub(lambda match: "。" * len(match[0]), clause.words)
    out: dict[str, tuple[int, tuple[int, int]]] = {}
    for match in _NUMBERED.finditer(words):
        out[match[2]] = (to_int(match[1]), _within(clause, match, 1)) if match[2] not in out else (-1, (0, 0))
    return out


def _figures(pair: Pair) -> Iterator[Difference]:
    """The same thing counted with another number, where all else in the clause is nearly the same: 两免一补, 三免一补."""
    first, second = _numbers(pair.first), _numbers(pair.second)
    for counted, (number, place) in first.items():
        other = second.get(counted)
        if other and -1 not in (number, other[0]) and number != other[0] and pair.likeness >= 0.8:
            yield _difference(pair, "figures", _kind(pair), "figures", _around(pair.first, place), _around(pair.second, other[1]))


def _around(clause: Clause, place: tuple[int, int]) -> tuple[int, int]:
    """The number with what it counts."""
    return place[0], min(place[1] + 1, clause.end)


def _items(clause: Clause) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    """The longest enumeration of a clause: its items and its place; brackets apart."""
    found = max(_LIST.finditer(_BRACKETS.sub(lambda m: "·" * len(m[0]), clause.words)), key=lambda m: m[0].count("、"), default=None)
    if found is None:
        return None
    return tuple(_MARKS.sub("", item) for item in found[0].split("、")), _within(clause, found)


def _lists(pair: Pair) -> Iterator[Difference]:
    """A list that lost items, none taking their place: at least two are shared, and the lost stand nowhere in the other sentence."""
    first, second = _items(pair.first), _items(pair.second)
    if not first or not second:
        return
    a, b = _MARKS.sub("", fold(pair.first.piece.words)), _MARKS.sub("", fold(pair.second.piece.words))
    middle_a, middle_b = first[0][1:-1], second[0][1:-1]
    lost = [item for item in middle_a if item not in b]
    gained = [item for item in middle_b if item not in a]
    shared = [item for item in middle_a if item in b]
    if len(shared) >= 2 and lost:
        yield _difference(pair, "scope", "differs" if gained else "weaker", "list", first[1], second[1])


# -- what was dropped


def _shortened(pair: Pair) -> Iterator[Difference]:
    """Words of a clause that are left out while all else of it is kept: 采取保护措施并, 、被委托人."""
    if not pair.above or share(pair.second.pairs, pair.first.pairs) < HELD:
        return
    ours, theirs = words(pair.first.words), words(pair.second.words)
    changes = [c for c in SequenceMatcher(None, ours, theirs, False).get_opcodes() if c[0] != "equal"]
    content = [c for c in changes if _MARKS.sub("", "".join(ours[c[1] : c[2]]) + "".join(theirs[c[3] : c[4]]))]
    if len(content) != 1 or content[0][0] != "delete":
        return
    _, low, high, _, _ = content[0]
    start = pair.first.start + len("".join(ours[:low]))
    start, end = _trimmed(pair.first, start, start + len("".join(ours[low:high])))
    left_out = pair.first.cut(start, end)
    named = pair.first.frame.bearer if pair.first.frame else None
    is_subject = named is not None and named.start < end and start < named.end
    is_subject = is_subject or any(compiled(row["pattern"]).search(left_out) for row in rows("drift", "adapted"))
    if len(left_out) >= LEAST_LEFT_OUT and not is_subject and not _hedge_in(fold(left_out)) and fold(left_out) not in pair.second.piece.words:
        yield _difference(pair, "scope", "weaker", "shortened", (start, end), None)


def _trimmed(clause: Clause, start: int, end: int) -> tuple[int, int]:
    """A slice without the marks and joining words at its ends."""
    while start < end and clause.cut(start, start + 1) in _JOINING:
        start += 1
    while start < end and clause.cut(end - 1, end) in _JOINING:
        end -= 1
    return start, end


def _hedge_in(folded: str) -> bool:
    return any(pattern.search(folded) for _, pattern in _hedge_patterns())


def _dropped(pair: Pair, clauses: Clauses) -> Iterator[Difference]:
    """A clause of the first sentence that the second document has nowhere, while the second sentence puts nothing in its place."""
    if not pair.above or pair.likeness < 0.8 or not _cut_down(pair, clauses):
        return
    gone = [c for c in clauses.siblings(pair.first) if _is_gone(c, pair, clauses)]
    if not gone:
        return
    start, end = _trimmed(pair.first, gone[0].start, gone[-1].end)
    instead = _instead(pair, clauses)
    yield _difference(pair, "scope", "differs" if instead else "weaker", "dropped", (start, end), instead)


def _is_gone(clause: Clause, pair: Pair, clauses: Clauses) -> bool:
    return (len(clause.pairs) >= LEAST_DROPPED and share(clause.pairs, clauses.sentence(pair.second)) < 0.35
            and not _names_a_text(clause.words) and not _elsewhere(clause, pair.second.document, clauses))


def _instead(pair: Pair, clauses: Clauses) -> Words:
    """What the second sentence says of its own where something was dropped."""
    ours = clauses.sentence(pair.first)
    own = max(clauses.siblings(pair.second), key=lambda c: (len(c.pairs - ours), -c.start))
    return _trimmed(own, own.start, own.end) if len(own.pairs - ours) >= 4 and share(own.pairs, ours) < 0.7 else None


def _cut_down(pair: Pair, clauses: Clauses) -> bool:
    """Tell whether the second sentence is the first with parts left out: it holds next to nothing of its own."""
    ours, theirs = clauses.sentence(pair.first), clauses.sentence(pair.second)
    return len(theirs) >= 10 and len(ours) > len(theirs) and share(theirs, ours) >= HELD


def _names_a_text(words_: str) -> bool:
    """Tell whether a clause only names a text that is carried out: 贯彻落实《…纲要》."""
    return len(_TITLES.sub("", words_)) < 0.4 * len(words_)


def _elsewhere(clause: Clause, document: str, clauses: Clauses) -> bool:
    """Tell whether a document says somewhere what a clause says, in about the same words."""
    return clauses.says(document, clause.pairs, 0.5)


# -- slots of the duties


def _of_frames(pair: Pair) -> list[Iterator[Difference]]:
    a, b = pair.first.frame, pair.second.frame
    if a is None or b is None:
        return []
    return [_modality(pair, a, b), _bearer(pair, a, b), _recipients(pair, a, b), _limits(pair, a, b), _frequency(pair, a, b)]


def _modality(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.modality == b.modality or not _inside(pair):
        return
    words = _place(a.modality_word), _place(b.modality_word)
    hard = ("应当", "不得")
    if {a.modality, b.modality} == {"应当", "任务"}:
        if _is_statute(pair.first) != _is_statute(pair.second):
            yield _difference(pair, "modality", "document_kind", "modality", *words)
    elif a.modality in hard and b.modality in SOFT and _is_said(b):
        yield _difference(pair, "modality", "weaker", "modality", *words)
    elif a.modality in SOFT and b.modality in hard and _is_said(a):
        yield _difference(pair, "modality", "stronger", "modality", *words)


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


def _place(slot: Slot | None) -> Words:
    return (slot.start, slot.end) if slot else None


def _printed(slot: Slot | None, clause: Clause) -> bool:
    """Tell whether a slot is printed in the sentence of a clause, not carried over from elsewhere."""
    return slot is not None and clause.piece.start <= slot.start and slot.end <= clause.piece.end


def _bearer(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if not _inside(pair):
        return
    first, second = _printed(a.bearer, pair.first), _printed(b.bearer, pair.second)
    if first and not second and a.bearer:
        own = pair.first.start <= a.bearer.start < pair.first.end
        if not own or not pair.above or _hedge_in(fold(a.bearer.text)):
            return
        yield _difference(pair, "bearer", "weaker", "bearer-lost", _place(a.bearer), None)
    elif first and second and a.bearer and b.bearer:
        ours, theirs = set(actors_in(a.bearer.text)), set(actors_in(b.bearer.text))
        if _MARKS.sub("", fold(a.bearer.text)) != _MARKS.sub("", fold(b.bearer.text)) and ours != theirs and (ours or theirs):
            yield _difference(pair, "bearer", "differs", "bearer", _place(a.bearer), _place(b.bearer))


def _recipients(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.recipients and b.recipients and _inside(pair):
        ours, theirs = set(a.recipient_bodies), set(b.recipient_bodies)
        if ours != theirs:
            yield _difference(pair, "recipients", "differs", "recipients", _place(a.recipients[0]), _place(b.recipients[0]))


@cache
def _paces() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((row["rank"], compiled(row["pattern"])) for row in rows("drift", "pace"))


def _pace(clause: Clause) -> tuple[int, tuple[int, int]] | None:
    return next(((n, _within(clause, m)) for n, pattern in _paces() if (m := pattern.search(clause.words))), None)


def _limits(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    """立即, 及时 or 适时 lost, gained or changed in the clause itself; a word elsewhere in the sentence is no loss."""
    first, second = _pace(pair.first), _pace(pair.second)
    if not pair.above and pair.likeness < ALIKE or not _inside(pair):
        return
    if first and second and first[0] != second[0]:
        yield _difference(pair, "time_limit", "weaker" if second[0] > first[0] else "stronger", "pace", first[1], second[1])
    elif first and not second and not any(p.search(pair.second.piece.words) for _, p in _paces()):
        yield _difference(pair, "time_limit", "weaker", "pace", first[1], None)
    elif second and not first and not any(p.search(pair.first.piece.words) for _, p in _paces()):
        yield _difference(pair, "time_limit", "stronger", "pace", None, second[1])


def _frequency(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.frequency and b.frequency and _inside(pair) and _plain(a.frequency.text) != _plain(b.frequency.text):
        yield _difference(pair, "frequency", "differs", "frequency", _place(a.frequency), _place(b.frequency))


def _plain(words: str) -> str:
    """A frequency with its numbers in digits: 不少于一次 and 不少于1次 are one."""
    return re.sub(NUMERAL, lambda match: str(to_int(match[0])), fold(words))


# -- inside one document


def _units(pair: Pair) -> Iterator[Difference]:
    """One task of one document under two leads, where each unit list marks its lead."""
    a, b = pair.first.unit.provision.units, pair.second.unit.provision.units
    if not a or not b or not a.lead or not b.lead or pair.likeness < SAME or len(pair.first.pairs) < LEAST_SAME:
        return
    document = pair.first.unit.document
    ours, theirs = {document.cut(s) for s in a.lead}, {document.cut(s) for s in b.lead}
    if not ours & theirs:
        yield _difference(pair, "units", "contradicts", "two-leads", (a.lead[0].start, a.lead[-1].end), (b.lead[0].start, b.lead[-1].end))


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
    out = []
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if a.frame.document != b.frame.document and a.actors & b.actors and _same_case(a.case, b.case):
                out += _told(Clauses.ordered(a.clause, b.clause), a.frame, b.frame)
    return tuple(out)


def _same_case(a: frozenset[str], b: frozenset[str]) -> bool:
    return min(len(a), len(b)) >= 3 and share(min(a, b, key=len), max(a, b, key=len)) >= 0.6


def _told(pair: Pair, a: DutyFrame, b: DutyFrame) -> Iterator[Difference]:
    if a.document != pair.first.document:
        a, b = b, a
    if set(a.recipient_bodies) != set(b.recipient_bodies):
        yield _difference(pair, "recipients", "differs", "recipients", _place(a.recipients[0]), _place(b.recipients[0]))
    if a.time_limit and b.time_limit and _plain(a.time_limit.text) != _plain(b.time_limit.text):
        yield _difference(pair, "time_limit", "differs", "limit", _place(a.time_limit), _place(b.time_limit))

