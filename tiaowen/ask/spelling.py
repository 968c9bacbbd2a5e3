"""What a hurried or dictated question meant to write: traditional characters, and words written with others of one sound.

Guarantees: the text keeps its length; only what is no word by itself is changed, and only into a word that the held texts
or the table of everyday words know; every change is reported.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from tiaowen.ask.familiar import counts
from tiaowen.index.pinyin import sound
from tiaowen.index.segment import segmenter
from tiaowen.index.tokens import fold, words
from tiaowen.rules import rows

LONGEST = 6
USUAL = 10  # how many times more often than the next word of its sound a word is written that is meant without doubt
COMMON = 20_000  # a character that jieba counts as a word more often than this (我, 是, 去) is meant as it stands
RARE = 2_500  # the same where only an everyday word is meant
_HAN = re.compile(r"[一-鿿]+")
Change = tuple[str, str]


class Spelling:
    """The words that may be meant, by their sound."""

    def __init__(self, held: Iterable[str], *, names: Iterable[str] = (), known: Iterable[str] = (), everyday: Iterable[str] = ()) -> None:
        """Take the tokens of the held texts, further words and names, everyday words that stand as they are, and everyday
        words that may be meant where nothing held is.

        A token of two characters is a word only where jieba knows it: the index holds bigrams too.
        """
        self._names, self._held = frozenset(names), frozenset(held)
        self.known = frozenset({*self._names, *known})
        self._by_sound = _by_sound({*self._held, *self._names})
        self._said = frozenset(everyday) - self._held
        self._everyday = _by_sound(self._said)
        used = Counter(c for word in self._said for c in set(word))
        self._usual = frozenset(c for c, n in used.items() if n > 1)

    def mend(self, text: str) -> tuple[str, tuple[Change, ...]]:
        """Return the text with misspelt words put right, and (written, meant) of each; longer words first."""
        changes: list[Change] = []
        mended = text
        for start, end in sorted(_windows(text), key=lambda w: (w[0] - w[1], w[0])):
            written = text[start:end]
            meant = self._meant(written) if mended[start:end] == written else None
            if meant:
                mended = mended[:start] + meant + mended[end:]
                changes.append((written, meant))
        return mended, tuple(dict.fromkeys(changes))

    def _meant(self, written: str) -> str | None:
        """The one word of the same sound; None where there is none, where several fit, or where it stands as written."""
        if self._is_word(written) or written in self._held or written in self._said:
            return None
        if len(written) > 2 and (self._stands(written[1:], written[0]) or self._stands(written[:-1], written[-1])):
            return None
        heard = sound(written) or ()
        found = [w for w in self._by_sound.get(heard, ())
                 if w in self._names or (_near(w, written) and (len(w) > 2 or self._is_word(w)))]
        meant = found[0] if len(found) == 1 else _usual(found)
        if meant and len(written) == 2 and meant not in self._names and _common(written, meant, COMMON):
            return None
        return meant or (None if found else self._everyday_meant(written, heard))

    def _everyday_meant(self, written: str, heard: tuple[str, ...]) -> str | None:
        """The everyday word of the same sound, where the character written cannot be meant: it is rare, and everyday words lack it."""
        found = [w for w in self._everyday.get(heard, ()) if _near(w, written) and not _common(written, w, RARE)
                 and not any(a != b and a in self._usual for a, b in zip(written, w, strict=True))]
        return found[0] if len(found) == 1 else _usual(found)

    def _is_word(self, text: str) -> bool:
        return text in self.known or bool(segmenter().FREQ.get(text))

    def _stands(self, word: str, beside: str) -> bool:
        """A known word beside an everyday character is no misspelling: 是妇联 is not 市妇联."""
        return _everyday_word(beside) and self._is_word(word)


def _by_sound(words_: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    out: dict[tuple[str, ...], list[str]] = {}
    for word in sorted(words_):
        if 2 <= len(word) <= LONGEST and _HAN.fullmatch(word):
            out.setdefault(sound(word) or (word,), []).append(word)
    return out


def _common(written: str, meant: str, limit: int) -> bool:
    """Tell whether a character that would be changed is a word that people write by itself."""
    return any(w != m and (segmenter().FREQ.get(w) or 0) > limit for w, m in zip(written, meant, strict=True))


def _everyday_word(character: str) -> bool:
    return (segmenter().FREQ.get(character) or 0) > COMMON


def _usual(found: Sequence[str]) -> str | None:
    """The word that people write far more often than the others of its sound; None where no word stands out."""
    order = sorted(((segmenter().FREQ.get(word) or 0, word) for word in found), reverse=True)
    return order[0][1] if len(order) > 1 and order[0][0] >= USUAL * max(order[1][0], 1) else None


def _near(word: str, written: str) -> bool:
    """A short word must share a character, a longer one two: too many characters sound like some word."""
    return sum(a == b for a, b in zip(word, written, strict=True)) >= min(len(word) - 1, 2)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of neighbouring pieces of the segmenter that may be one misspelt word."""
    cut, at = [], 0
    for word in words(text):
        cut.append((at, at + len(word)))
        at += len(word)
    for i, (start, _) in enumerate(cut):
        for _, end in cut[i:]:
            if end - start > LONGEST:
                break
            if end - start > 1 and _HAN.fullmatch(text[start:end]):
                yield start, end


def lexicon(held: Iterable[str], names: Iterable[str]) -> Spelling:
    """Return what may be meant: tokens of the held texts, the table of everyday words, names of documents and places."""
    lay = rows("lay", "lay")
    meant = {fold(word) for row in lay for word in row["means"]}
    said = {fold(word) for row in lay for word in row["say"]}
    return Spelling({*held, *meant}, names={fold(name) for name in names}, known=said, everyday={*said, *everyday()})


def everyday() -> frozenset[str]:
    """Return the words that written questions used twice or more."""
    return frozenset(word for word, uses in counts().items() if sum(uses) > 1)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return a text in simplified characters; as it is where that would change its length or nothing is traditional."""
    if all(_everyday(character) for character in text):
        return text
    converted = str(_converter().convert(text))
    return converted if len(converted) == len(text) else text


def _everyday(character: str) -> bool:
    if not "一" <= character <= "鿿":
        return True
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
