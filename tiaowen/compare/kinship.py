"""Two documents -> which of their units share text (文字同源), and which stand alone on either side.

Guarantees: every unit of both documents stands in at least one pair; a pair with both sides names the runs that prove it, each
a slice of both texts; `shared` is the share of the lower unit's word characters (label and unit line aside) that the common
runs with that higher unit cover, 0 where there is no other side; the order is that of the lower document, then what only the
higher one has. Kinship is presumed from words alone: it says nothing of who copied whom.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tiaowen.compare.align import GRAM, Run, Strip, beyond, runs, strip
from tiaowen.model import Citing, Document, Provision, Span
from tiaowen.parse.document import is_unit
from tiaowen.rules import table

COPIED, ADAPTED, NEW, ALONE = "copied", "adapted", "new", "no_counterpart"
_MOST_MORE = 3.0  # how many times its plain sum the weight of a sentence can be
RELATIONS = (COPIED, ADAPTED, NEW, ALONE)


@dataclass(frozen=True, slots=True)
class Common:
    """Words that two units share: where they stand in the higher and in the lower text."""

    higher: Span
    lower: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that share text, or one that has no other side; `common` are the shared words in the lower's order."""

    higher: str | None
    lower: str | None
    relation: str
    shared: float
    common: tuple[Common, ...] = ()


@dataclass(frozen=True)
class Kinship:
    """The pairs of two documents, and what the lower one names as its basis."""

    higher: Document
    lower: Document
    pairs: tuple[Pair, ...]

    def of(self, relation: str) -> tuple[Pair, ...]:
        """Return the pairs of one relation."""
        return tuple(pair for pair in self.pairs if pair.relation == relation)

    @cached_property
    def basis(self) -> tuple[Citing, ...]:
        """Return the texts that the lower document names as its basis (根据…制定), held or not."""
        return tuple(c for c in self.lower.references if c.kind == "basis")


def kinship(higher: Document, lower: Document) -> Kinship:
    """Return which units of two documents share text, many to many."""
    above, below = units(higher), units(lower)
    strips = [[strip_of(p, d) for p in side] for side, d in ((above, higher), (below, lower))]
    found = linked(*strips)
    pairs: list[Pair] = []
    for number, provision in enumerate(below):
        links = sorted((link for link in found if link.lower == number), key=lambda link: link.higher)
        pairs += [_pair(link, above, below, strips) for link in links] or [Pair(None, provision.eid, NEW, 0.0)]
    met = {link.higher for link in found}
    pairs += [Pair(p.eid, None, ALONE, 0.0) for n, p in enumerate(above) if n not in met]
    return Kinship(higher, lower, tuple(pairs))


def units(document: Document) -> list[Provision]:
    """Return the units of a document in its order."""
    return [p for p in document.provisions if is_unit(p, document)]


def strip_of(provision: Provision, document: Document) -> Strip:
    """Return the words of a unit with its heading, without its label and its unit line."""
    text, start = document.clean.text, provision.full.start
    if provision.label:
        start = text.index(provision.label, start) + len(provision.label)
    line = provision.units.span if provision.units else None
    spans = [(start, line.start), (line.end, provision.full.end)] if line else [(start, provision.full.end)]
    return strip(text, [(a, b) for a, b in spans if a < b])


@dataclass(frozen=True, slots=True)
class Link:
    """Two strips that share text, by number, with the runs of the sentences that show it."""

    higher: int
    lower: int
    weight: float
    runs: tuple[Run, ...]


def linked(higher: Sequence[Strip], lower: Sequence[Strip]) -> list[Link]:
    """Return the strips that share enough text, those of a lower strip by the best first.

    Sentence by sentence: words that a better higher strip explains count for no other.
    """
    by_lower: dict[int, list[Run]] = defaultdict(list)
    for run in runs(higher, lower):
        by_lower[run.lower].append(run)
    out: list[Link] = []
    for number, found in sorted(by_lower.items()):
        out += _links(found, higher, lower[number])
    return out


def _settings() -> Mapping[str, Any]:
    return table("kinship")


def _links(found: Iterable[Run], higher: Sequence[Strip], lower: Strip) -> Iterator[Link]:
    """The links of one lower strip."""
    taken = bytearray(len(lower.words))
    groups: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in found:
        groups[run.higher, lower.sentence[run.below]].append(run)
    kept: dict[int, list[tuple[float, list[Run]]]] = defaultdict(list)
    first = {key: _weigh(group, higher, lower, taken)[0] for key, group in groups.items()
             if sum(run.weight for run in group) * _MOST_MORE >= _settings()["sentence"]}
    for (other, sentence), _ in sorted(first.items(), key=lambda item: (-item[1], item[0])):
        group = groups[other, sentence]
        weight, used = _weigh(group, higher, lower, taken)
        if weight >= _settings()["sentence"]:
            kept[other].append((weight, group))
            for run in used:
                taken[run.below : run.below + run.length] = b"x" * run.length
    for other, groups_kept in kept.items():
        weight = max(w for w, _ in groups_kept)
        if weight >= _settings()["pair"]:
            together = sorted((run for _, group in groups_kept for run in group), key=lambda run: run.below)
            yield Link(other, together[0].lower, weight, tuple(together))


def _weigh(group: Sequence[Run], higher: Sequence[Strip], lower: Strip, taken: bytearray) -> tuple[float, list[Run]]:
    """The weight of a lower sentence's runs with the best sentence of a higher strip, and those of them that prove something.

    Words that are taken already count no more, and characters count once on either side; a long run goes on over a word that
    was changed (依法处置机制, 依法处理机制); a sentence that is taken over whole counts half as much again.
    """
    best: tuple[float, list[Run]] = (0.0, [])
    by_sentence: dict[int, list[Run]] = defaultdict(list)
    for run in group:
        by_sentence[higher[run.higher].sentence[run.above]].append(run)
    for found in by_sentence.values():
        used: list[Run] = []
        total = 0.0
        for run in sorted(found, key=lambda r: (-r.weight, r.below, r.above)):
            free = run.length - taken.count(b"x", run.below, run.below + run.length)
            if free * 2 > run.length and not any(_overlap(run, other) for other in used):
                used.append(run)
                more = beyond(higher[run.higher].words, lower.words, run) if run.length >= _settings()["long"] else 0
                total += run.weight * free / run.length * (1 + more / run.length)
        total *= 1 + _covered(used, lower) / 2
        if total > best[0]:
            best = total, [run for run in used if run.weight >= GRAM]
    return best


def _covered(used: Sequence[Run], lower: Strip) -> float:
    """The share of a lower sentence that runs cover; a sentence of few characters is a heading and says nothing."""
    length = lower.sentence.count(lower.sentence[used[0].below]) if used else 0
    return sum(run.length for run in used) / length if length >= _settings()["heading"] else 0.0


def _overlap(one: Run, other: Run) -> bool:
    return ((one.below < other.below + other.length and other.below < one.below + one.length)
            or (one.above < other.above + other.length and other.above < one.above + one.length))


def _pair(link: Link, above: Sequence[Provision], below: Sequence[Provision], strips: Sequence[Sequence[Strip]]) -> Pair:
    one, other = strips[0][link.higher], strips[1][link.lower]
    chosen = _apart(link.runs)
    covered = sum(run.length for run in chosen)
    shared = round(covered / max(1, len(other.words)), 3)
    common = tuple(Common(_span(one, run.above, run.length), _span(other, run.below, run.length)) for run in chosen)
    both = min(shared, covered / max(1, len(one.words)))
    relation = COPIED if both >= _settings()["copied"] else ADAPTED
    return Pair(above[link.higher].eid, below[link.lower].eid, relation, shared, common)


def _apart(found: Sequence[Run]) -> list[Run]:
    """The runs that cover the lower strip, the longest first, cut where they overlap; in the lower's order."""
    out: list[Run] = []
    for run in sorted(found, key=lambda r: (-r.length, r.below, r.above)):
        start, end = run.below, run.below + run.length
        for other in out:
            if other.below <= start < other.below + other.length:
                start = other.below + other.length
            if other.below < end <= other.below + other.length:
                end = other.below
        if end - start >= 2 and not any(start < o.below + o.length and o.below < end for o in out):
            moved = start - run.below
            out.append(Run(run.higher, run.lower, run.above + moved, start, end - start, run.weight))
    return sorted(out, key=lambda r: r.below)


def _span(one: Strip, start: int, length: int) -> Span:
    return Span(one.at[start], one.at[start + length - 1] + 1)
