"""What a text states of itself, each fact with the words that prove it; and a text as lines and without white space.

Offsets are code points of the clean text. A value may be joined from printed words (white space dropped, the number of a
session left out); `quote` is always a slice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tiaowen.numerals import to_int

_SPACES = frozenset(" \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029　\xa0\u200b\ufeff")
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日|([一二三四五六七八九〇○零０Ｏ]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
                  r"|(\d{4})[./-](\d{1,2})[./-](\d{1,2})日?")
_ZEROS = str.maketrans("○Ｏ０", "〇〇〇")


@dataclass(frozen=True, slots=True)
class Found:
    """One fact: its key, its value, and the words of the text that state it. `rule` names the row that read it."""

    key: str
    value: str | date
    quote: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True)
class Detected:
    """All that was found, one fact a key; absent is absent."""

    facts: tuple[Found, ...] = ()

    def get(self, key: str) -> Found | None:
        """Return the fact of a key, None where the text does not state it."""
        return next((fact for fact in self.facts if fact.key == key), None)

    def words(self, key: str) -> str | None:
        """Return the value of a key as words."""
        fact = self.get(key)
        return str(fact.value) if fact else None

    def day(self, key: str) -> date | None:
        """Return the value of a key as a date."""
        fact = self.get(key)
        return fact.value if fact and isinstance(fact.value, date) else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks at its ends: `words` has no white space at all, `printed` has its own."""

    number: int
    start: int
    end: int
    words: str
    printed: str
    after_blank: bool


@dataclass(frozen=True)
class Squeezed:
    """A range of a text without white space, with the place of every character."""

    words: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the text that holds words[start:end]."""
        return self.places[start], self.places[end - 1] + 1


def squeezed(text: str, start: int = 0, end: int | None = None) -> Squeezed:
    """Return a range of a text without its white space."""
    places = tuple(i for i in range(start, len(text) if end is None else end) if text[i] not in _SPACES)
    return Squeezed("".join(text[i] for i in places), places)


def squeeze(words: str) -> str:
    """Return words without white space."""
    return "".join(c for c in words if c not in _SPACES)


def lines_of(text: str) -> Iterator[Line]:
    """Yield the printed lines that hold anything, in order."""
    position, blank = 0, True
    for number, raw in enumerate(text.split("\n")):
        words = squeeze(raw)
        if words:
            first = position + raw.index(words[0])
            last = position + raw.rindex(words[-1]) + 1
            yield Line(number, first, last, words, raw.strip(), blank)
        blank = not words
        position += len(raw) + 1


def found(key: str, value: str | date, text: str, span: tuple[int, int], rule: str = "") -> Found:
    """Return a fact with its words."""
    return Found(key, value, text[span[0] : span[1]], span[0], span[1], rule)


def first_of(facts: Iterable[Found | None]) -> Found | None:
    """Return the first fact that there is."""
    return next((fact for fact in facts if fact), None)


def to_date(words: str) -> date | None:
    """Return the date that words print, in figures or in Chinese; None where there is none, or no such day."""
    match = DATE.search(words)
    if match is None:
        return None
    parts = [part.translate(_ZEROS) for part in match.groups() if part]
    try:
        return date(*(to_int(part) for part in parts))
    except ValueError:
        return None
