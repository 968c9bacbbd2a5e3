"""Two texts -> the words they share: common runs of word characters, each with its place in both and its weight.

Guarantees: a run reads the same in both texts once punctuation, spaces and width are left aside; runs of one pair of strips
do not overlap on one diagonal; the weight of a run never exceeds its length, and is small where its words stand in many
strips or are stock phrases (各级人民政府应当).
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from tiaowen.index.tokens import fold
from tiaowen.rules import compiled, rows

GRAM = 4  # characters: the shortest run
LEAST = 0.5  # the weight below which a run is a common word and no more
SKIP = 2  # characters that may be changed between a run and its sequel
_BREAK = re.compile(r"[。；;！？!?\n]")


@dataclass(frozen=True, slots=True)
class Strip:
    """The word characters of a range of a text, folded, each with its offset and the number of its sentence."""

    words: str
    at: tuple[int, ...]
    sentence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A common run: strip numbers on either side, where it begins in each strip, its length, its weight."""

    higher: int
    lower: int
    above: int
    below: int
    length: int
    weight: float


def strip(text: str, spans: Sequence[tuple[int, int]]) -> Strip:
    """Return the word characters of some ranges of a text; a sentence ends at 。；！？ or the end of a range."""
    words, at, sentence, number = [], [], [], 0
    for start, end in spans:
        for offset, (printed, character) in enumerate(zip(text[start:end], fold(text[start:end]), strict=True), start):
            if _BREAK.match(printed):
                number += 1
            elif character.isalnum():
                words.append(character)
                at.append(offset)
                sentence.append(number)
        number += 1
    return Strip("".join(words), tuple(at), tuple(sentence))


def runs(higher: Sequence[Strip], lower: Sequence[Strip]) -> tuple[Run, ...]:
    """Return the maximal common runs of at least GRAM characters and the weight LEAST, in the order of the lower strips."""
    spread = _Spread(higher, lower)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, one in enumerate(higher):
        for i in range(len(one.words) - GRAM + 1):
            places[one.words[i : i + GRAM]].append((number, i))
    out: list[Run] = []
    for number, one in enumerate(lower):
        out += _of(number, one, higher, places, spread)
    return tuple(out)


def _of(number: int, one: Strip, higher: Sequence[Strip], places: Mapping[str, Sequence[tuple[int, int]]], spread: "_Spread") -> Iterator[Run]:
    words = one.words
    sums = spread.sums(words)
    for i in range(len(words) - GRAM + 1):
        for other, j in places.get(words[i : i + GRAM], ()):
            above = higher[other].words
            if i and j and words[i - 1] == above[j - 1]:
                continue
            length = GRAM
            while i + length < len(words) and j + length < len(above) and words[i + length] == above[j + length]:
                length += 1
            grams = length - GRAM + 1
            weight = (sums[i + grams] - sums[i]) * length / grams
            if weight >= LEAST:
                yield Run(other, number, j, i, length, weight)


def beyond(above: str, below: str, run: Run) -> int:
    """Return how many characters go on alike right beside a run, over at most SKIP changed characters on either side."""
    return (_on(above[run.above + run.length :], below[run.below + run.length :])
            + _on(above[: run.above][::-1], below[: run.below][::-1]))


def _on(above: str, below: str) -> int:
    """Characters that go on alike after a short change, at least two; a change leaves something out or swaps it."""
    best = 0
    for i in range(SKIP + 1):
        for j in range(SKIP + 1):
            length = 0
            while i + length < len(above) and j + length < len(below) and above[i + length] == below[j + length]:
                length += 1
            best = max(best, length if length >= 2 and (i or j) else 0)
    return min(best, GRAM - 1)


class _Spread:
    """In how many strips each gram stands: what stands everywhere proves no kinship."""

    def __init__(self, higher: Sequence[Strip], lower: Sequence[Strip]) -> None:
        """Count the grams of both sides."""
        self._counts = [_counted(higher), _counted(lower)]

    def sums(self, words: str) -> list[float]:
        """Return the running sum of the weights of a lower strip's grams: 1 where rare, near 0 where common, 0 in stock phrases."""
        above, below = self._counts
        stock = _stock(words)
        each = (0.0 if stock[i] else 1.0 / max(1.0, above.get(gram, 0), math.sqrt(below.get(gram, 0)))
                for i, gram in enumerate(words[i : i + GRAM] for i in range(len(words) - GRAM + 1)))
        return [0.0, *accumulate(each)]


def _counted(strips: Sequence[Strip]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for one in strips:
        for gram in {one.words[i : i + GRAM] for i in range(len(one.words) - GRAM + 1)}:
            counts[gram] += 1
    return counts


def _stock(words: str) -> list[bool]:
    """For each gram, whether it lies within a stock phrase."""
    out = [False] * max(0, len(words) - GRAM + 1)
    for pattern in stock_patterns():
        for match in pattern.finditer(words):
            for i in range(match.start(), min(match.end() - GRAM + 1, len(out))):
                out[i] = True
    return out


@cache
def stock_patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of stock phrases, as they read without punctuation."""
    return tuple(compiled(row["pattern"]) for row in rows("kinship", "stock"))
