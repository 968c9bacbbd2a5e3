"""Penalties as cases: the act, the grade, the kinds, the range; two cases compared (行为、种类、幅度).

Guarantees: act, grade and amounts are slices; a range is read only where its numerals are; what cannot be read is not compared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tiaowen import eid as eids
from tiaowen.model import Document, DutyFrame, Slot
from tiaowen.numerals import NUMERAL, to_int
from tiaowen.rules import compiled, rows

_RANGE = re.compile(f"(?:({NUMERAL})(元|倍)?以上)?({NUMERAL})(元|倍)以下")
_PLAIN = re.compile(f"({NUMERAL})(元|倍)")
_MARKS = re.compile(r"\W+")
_LEAD = re.compile(r"违反本(?:法|条例|办法|规定|规章)[^，,]*?规定[，,]?")
_FEWEST = 4  # bigrams: shorter acts (情节严重的) are none
Range = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One difference of two cases: aspect sanction or amount, kind beyond, within, same or unset, words on both sides."""

    aspect: str
    kind: str
    ours: Slot
    theirs: Slot | None


@dataclass(frozen=True, slots=True)
class Case:
    """One punished act at one grade: where it stands, the words of the act (its own, and those of the duty it cites)."""

    unit: str
    at: str
    act: Slot
    more: str
    graded: bool
    kinds: tuple[tuple[str, Slot], ...]
    amount: Slot | None

    @property
    def bigrams(self) -> frozenset[str]:
        """The character bigrams of the act and of what it cites."""
        return _bigrams(self.act.text + self.more)


def likeness(one: Case, other: Case, spread: Mapping[str, int]) -> float:
    """Return how far two acts read alike, 0 to 1: the share of the shorter act that the longer one holds.

    `spread` says in how many acts a bigram stands: 向未成年人提供 says little where every act does.
    """
    mine = (_bigrams(one.act.text), one.bigrams)
    theirs = (_bigrams(other.act.text), other.bigrams)
    return max(_held(a, b, spread) for a, b in ((mine[0], theirs[0]), (mine[0], theirs[1]), (mine[1], theirs[0])))


def cases(document: Document, made: Sequence[DutyFrame]) -> tuple[Case, ...]:
    """Return the punished acts of a text in its order."""
    out: list[Case] = []
    act: tuple[str, Slot] | None = None
    for frame in made:
        found = sanctions(document, frame)
        if not found:
            continue
        trigger = frame.trigger
        graded = trigger is not None and any(compiled(r["pattern"]).search(trigger.text) for r in rows("kinship", "grade"))
        if trigger and not (graded and act and act[0] == frame.provision):
            act = (frame.provision, trigger)
        if act and act[0] == frame.provision:
            out.append(Case(frame.provision, frame.at, act[1], _cited(document, act[1]), graded, found, frame.amount))
    return tuple(_joined(out))


def _joined(found: Sequence[Case]) -> Iterator[Case]:
    """One case for an act and a grade: 可以并处…罚款 is a frame of its own."""
    held: Case | None = None
    for one in found:
        if held and (held.unit, held.act, held.graded) == (one.unit, one.act, one.graded):
            held = Case(held.unit, held.at, held.act, held.more, held.graded, held.kinds + one.kinds, held.amount or one.amount)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def sanctions(document: Document, frame: DutyFrame) -> tuple[tuple[str, Slot], ...]:
    """Return the kinds of sanction that a frame names, with their words."""
    text = document.clean.text
    action = frame.action
    found = [(str(row["id"]), m) for row in rows("kinship", "sanction")
             for m in compiled(row["pattern"]).finditer(text, action.start, action.end)]
    return tuple((name, Slot(m[0], m.start(), m.end())) for name, m in sorted(found, key=lambda pair: pair[1].start()))


def compare(ours: Case, theirs: Case) -> tuple[Verdict, ...]:
    """Return how a case of a draft stands to that of its parent: kinds beyond it, range within it or beyond it."""
    held = {name for name, _ in theirs.kinds} | {str(row["id"]) for row in rows("kinship", "sanction") if row.get("measure")}
    out = [Verdict("sanction", "beyond", slot, None) for name, slot in ours.kinds if name not in held]
    if ours.amount and theirs.amount:
        mine, other = range_of(ours.amount.text), range_of(theirs.amount.text)
        if mine and other and mine[2] == other[2]:
            kind = "same" if mine == other else "within" if other[0] <= mine[0] and mine[1] <= other[1] else "beyond"
            out.append(Verdict("amount", kind, ours.amount, theirs.amount))
    return tuple(out)


def range_of(words: str) -> Range | None:
    """Return (least, most, 元 or 倍) of a fine; None where its numerals cannot be read."""
    found = _RANGE.search(words)
    try:
        if found:
            return (to_int(found[1]) if found[1] else 0), to_int(found[3]), found[4]
        plain = _PLAIN.search(words)
        return (to_int(plain[1]), to_int(plain[1]), plain[2]) if plain else None
    except ValueError:
        return None


def _cited(document: Document, act: Slot) -> str:
    """The words of the provisions that the words of an act cite: 违反本法第五十七条规定 punishes what that article sets."""
    targets = [t for c in document.references if act.start <= c.start < act.end for t in c.targets if "#" in t]
    found = [eids.unjoin(target)[1] for target in targets if target.startswith(document.meta.id + "#")]
    return "".join(document.cut(document.get(eid).full) for eid in found)


def _bigrams(words: str) -> frozenset[str]:
    plain = _MARKS.sub("", _LEAD.sub("", words))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _held(one: frozenset[str], other: frozenset[str], spread: Mapping[str, int]) -> float:
    """The share of the smaller set that the larger one holds, each bigram weighed by how rare it is."""
    short, long = sorted((one, other), key=len)
    if len(short) < _FEWEST:
        return 0.0
    weight = {bigram: 1.0 / max(1, spread.get(bigram, 0)) for bigram in short}
    return sum(w for bigram, w in weight.items() if bigram in long) / sum(weight.values())
