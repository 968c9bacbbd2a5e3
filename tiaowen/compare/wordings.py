"""What the words of two clauses tell: hedges, scope, levels, figures, lists, and what was left out.

Guarantees: of the same clause a hedge counts only where the other sentence has it nowhere; a list is shortened only where items
are shared; what was dropped stands nowhere in the other document; what only fits a text to its level of government is no loss.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from tiaowen.compare.clauses import Clause, Clauses, Pair, share
from tiaowen.compare.sides import (
    BRACKETS,
    MARKS,
    Difference,
    Words,
    difference,
    hedge_in,
    hedge_patterns,
    kind_of,
    within,
)
from tiaowen.index.tokens import fold, words
from tiaowen.model import DutyFrame
from tiaowen.numerals import NUMERAL, to_int
from tiaowen.rules import compiled, rows

_NUMBERED = re.compile(f"([0-9]+\\.[0-9]+|{NUMERAL})(?:个)?([一-鿿%])")
_TITLES = re.compile(r"《[^》]*》")
_JOINING = "、和并或与及，,。；; "
_YEARS = re.compile(r"[(《〈]?\d{4}(?:[-—]\d{4})?年[)》〉]?|第[一二三四五六七八九十\d]+|\d{4}-\d{4}")
_LIST = re.compile(r"[^、,，。;；:：]+(?:、[^、,，。;；:：]+)+")
_SANCTION = re.compile("罚款|吊销|处分|有期徒刑|责令|没收|禁止其")
_MODAL = re.compile("不得|应当|可以|必须|鼓励")
HELD, LEAST_DROPPED, LEAST_LEFT_OUT, SAME_SENTENCE = 0.85, 6, 4, 0.7


def _hedged(clause: Clause, clauses: Clauses) -> dict[str, tuple[int, int]]:
    """The hedges of a clause: in its own words, and in a clause of nothing else before it (有条件的地区，)."""
    out = {}
    for identity, pattern in hedge_patterns():
        match = pattern.search(clause.words)
        if match:
            out[identity] = within(clause, match)
    siblings = clauses.siblings(clause)
    before = siblings[siblings.index(clause) - 1] if siblings.index(clause) else None
    if before is not None:
        for identity, pattern in hedge_patterns():
            match = pattern.search(before.words)
            if match and len(before.words) - len(match[0]) <= 2:
                out.setdefault(identity, within(before, match))
    return out


def _hedges_somewhere(clause: Clause) -> set[str]:
    return {identity for identity, pattern in hedge_patterns() if pattern.search(clause.piece.words)}


def hedges(pair: Pair, clauses: Clauses) -> Iterator[Difference]:
    """Yield a hedge lost, gained or changed for another."""
    first, second = _hedged(pair.first, clauses), _hedged(pair.second, clauses)
    ours, theirs = _hedges_somewhere(pair.first), _hedges_somewhere(pair.second)
    lost, gained = [i for i in first if i not in theirs], [i for i in second if i not in ours]
    if lost and gained:
        yield difference(pair, "hedge", "differs", lost[0], first[lost[0]], second[gained[0]])
    elif lost:
        soft = pair.second.frame is not None and pair.second.frame.modality == "鼓励" and not _is_soft(pair.first.frame, "鼓励")
        yield difference(pair, "hedge", "differs" if soft else "stronger", lost[0], first[lost[0]], _modal(pair.second) if soft else None)
    elif gained:
        yield difference(pair, "hedge", "weaker", gained[0], None, second[gained[0]])


def _is_soft(frame: DutyFrame | None, kind: str) -> bool:
    return frame is not None and frame.modality == kind


def _modal(clause: Clause) -> Words:
    word = clause.frame.modality_word if clause.frame else None
    return (word.start, word.end) if word else None


# -- scope, levels, figures, lists


def scope(pair: Pair) -> Iterator[Difference]:
    """Yield where one side says the one and the other the other of two words of the table: 事件, 案件."""
    for row in rows("drift", "scope"):
        for one, other in (row["words"], row["words"][::-1]):
            a, b = pair.first.words, pair.second.words
            if one in a and other not in a and other in b and one not in b and _beside(a, one) == _beside(b, other):
                i, j = pair.first.start + a.index(one), pair.second.start + b.index(other)
                yield difference(pair, "scope", "differs", row["id"], (i, i + len(one)), (j, j + len(other)))


def _beside(folded: str, word: str) -> tuple[str, str]:
    """The characters before and after a word; a mark or an end is the same as any other."""
    start = folded.index(word)
    before, after = folded[max(0, start - 1) : start], folded[start + len(word) : start + len(word) + 1]
    return MARKS.sub("", before), MARKS.sub("", after)


def levels(pair: Pair) -> Iterator[Difference]:
    """Yield where something reaches down to different levels: 县、乡全覆盖, 县全覆盖."""
    for row in rows("drift", "level"):
        a, b = (compiled(row["pattern"]).search(c.words) for c in (pair.first, pair.second))
        if a and b and _outside(a[1]) != _outside(b[1]):
            yield difference(pair, "scope", kind_of(pair), row["id"], within(pair.first, a, 1), within(pair.second, b, 1))


def _outside(words: str) -> str:
    """Words without their brackets and marks: 县(市、区) is 县."""
    return MARKS.sub("", BRACKETS.sub("", words))


def _numbers(clause: Clause) -> dict[str, tuple[float, tuple[int, int]]]:
    """What is counted -> the number and its place; years and ordinals are no figures."""
    words = _YEARS.sub(lambda match: "。" * len(match[0]), clause.words)
    out: dict[str, tuple[float, tuple[int, int]]] = {}
    for match in _NUMBERED.finditer(words):
        out[match[2]] = (_value(match[1]), within(clause, match, 1)) if match[2] not in out else (-1, (0, 0))
    return out


def _value(words_: str) -> float:
    return float(words_) if "." in words_ else float(to_int(words_))


def figures(pair: Pair) -> Iterator[Difference]:
    """The same thing counted with another number, where all else in the clause is nearly the same: 两免一补, 三免一补."""
    first, second = _numbers(pair.first), _numbers(pair.second)
    for counted, (number, place) in first.items():
        other = second.get(counted)
        if other and -1 not in (number, other[0]) and number != other[0] and _same_sentence(pair) and not _sanctions(pair):
            yield difference(pair, "figures", kind_of(pair), "figures", _around(pair.first, place), _around(pair.second, other[1]))


def _same_sentence(pair: Pair) -> bool:
    """Tell whether the sentences around a number are the same; inside one document more closely, where it is called a contradiction."""
    alone = pair.first.document == pair.second.document
    return pair.likeness >= 0.8 and pair.held >= (HELD if alone else SAME_SENTENCE)


def _sanctions(pair: Pair) -> bool:
    """Tell whether a sentence punishes: another act, another amount is no contradiction."""
    return any(_SANCTION.search(clause.piece.words) for clause in (pair.first, pair.second))


def _around(clause: Clause, place: tuple[int, int]) -> tuple[int, int]:
    """The number with what it counts."""
    return place[0], min(place[1] + 1, clause.end)


def _items(clause: Clause) -> tuple[tuple[str, ...], tuple[int, int]] | None:
    """The longest enumeration of a clause: its items and its place; brackets apart."""
    found = max(_LIST.finditer(BRACKETS.sub(lambda m: "·" * len(m[0]), clause.words)), key=lambda m: m[0].count("、"), default=None)
    if found is None:
        return None
    return tuple(MARKS.sub("", item) for item in found[0].split("、")), within(clause, found)


def lists(pair: Pair) -> Iterator[Difference]:
    """A list that lost items, none taking their place: at least two are shared, and the lost stand nowhere in the other sentence."""
    first, second = _items(pair.first), _items(pair.second)
    if not first or not second:
        return
    a, b = MARKS.sub("", fold(pair.first.piece.words)), MARKS.sub("", fold(pair.second.piece.words))
    middle_a, middle_b = first[0][1:-1], second[0][1:-1]
    lost = [item for item in middle_a if item not in b and not _MODAL.search(item)]
    gained = [item for item in middle_b if item not in a]
    shared = [item for item in middle_a if item in b]
    if len(shared) >= 2 and lost and pair.likeness >= SAME_SENTENCE:
        yield difference(pair, "scope", "differs" if gained or not pair.above else "weaker", "list", first[1], second[1])


# -- what was dropped


def shortened(pair: Pair) -> Iterator[Difference]:
    """Words of a clause that are left out while all else of it is kept: 采取保护措施并, 、被委托人."""
    if not pair.above or share(pair.second.pairs, pair.first.pairs) < HELD:
        return
    ours, theirs = words(pair.first.words), words(pair.second.words)
    changes = [c for c in SequenceMatcher(None, ours, theirs, False).get_opcodes() if c[0] != "equal"]
    content = [c for c in changes if MARKS.sub("", "".join(ours[c[1] : c[2]]) + "".join(theirs[c[3] : c[4]]))]
    if len(content) != 1 or content[0][0] != "delete":
        return
    _, low, high, _, _ = content[0]
    start = pair.first.start + len("".join(ours[:low]))
    start, end = _trimmed(pair.first, start, start + len("".join(ours[low:high])))
    left_out = pair.first.cut(start, end)
    named = pair.first.frame.bearer if pair.first.frame else None
    is_subject = named is not None and named.start < end and start < named.end
    is_subject = is_subject or any(compiled(row["pattern"]).search(left_out) for row in rows("drift", "adapted"))
    if len(left_out) >= LEAST_LEFT_OUT and not is_subject and not hedge_in(fold(left_out)) and fold(left_out) not in pair.second.piece.words:
        yield difference(pair, "scope", "weaker", "shortened", (start, end), None)


def _trimmed(clause: Clause, start: int, end: int) -> tuple[int, int]:
    """A slice without the marks and joining words at its ends."""
    while start < end and clause.cut(start, start + 1) in _JOINING:
        start += 1
    while start < end and clause.cut(end - 1, end) in _JOINING:
        end -= 1
    return start, end


def dropped(pair: Pair, clauses: Clauses) -> Iterator[Difference]:
    """A clause of the first sentence that the second document has nowhere, while the second sentence puts nothing in its place."""
    if not pair.above or pair.likeness < 0.8 or not _cut_down(pair, clauses):
        return
    gone = [c for c in clauses.siblings(pair.first) if _is_gone(c, pair, clauses)]
    if not gone:
        return
    start, end = _trimmed(pair.first, gone[0].start, gone[-1].end)
    instead = _instead(pair, clauses)
    yield difference(pair, "scope", "differs" if instead else "weaker", "dropped", (start, end), instead)


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
