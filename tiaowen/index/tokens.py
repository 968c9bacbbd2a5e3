"""Text -> tokens of both channels: jieba words plus character bigrams in one list.

A two-character word counts twice, as bigram and as word; stop words are dropped from the words only; 未成年人 stays
whole and is no part of any bigram, else its pieces flood the ranking.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from tiaowen.index.segment import segmenter

WHOLE = ("未成年人",)
_RUN = re.compile(r"[一-鿿]+|[a-z0-9]+(?:\.[0-9]+)?")
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def fold(text: str) -> str:
    """Return a search key of the same length: full width to half width, lower case."""
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else folded


@cache
def stop_words() -> frozenset[str]:
    """Return the function words that are dropped from the words."""
    text = (resources.files("tiaowen.rules") / "stopwords.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, in order, stop words and punctuation included."""
    return tuple(word for sentence in _SENTENCE.findall(fold(text)) for word in _cut(sentence))


@lru_cache(maxsize=16384)
def _cut(sentence: str) -> tuple[str, ...]:
    """The words of a sentence, cut once: a unit, its paragraphs and their windows repeat it. No word crosses 。."""
    return tuple(segmenter().lcut(sentence))


def bigrams(text: str) -> Iterator[str]:
    """Yield the character bigrams of a text; a single character between punctuation stands alone."""
    for whole in WHOLE:
        text = text.replace(whole, "\n")
    for run in _RUN.findall(fold(text)):
        if run[0] < "一":
            continue
        if len(run) == 1:
            yield run
        for i in range(len(run) - 1):
            yield run[i : i + 2]


def tokens(text: str) -> list[str]:
    """Return words (stop words dropped) then bigrams: the tokens that are indexed, asked and encoded."""
    stop = stop_words()
    kept = [w for w in words(text) if w not in stop and _RUN.fullmatch(w) and (len(w) > 1 or w.isdigit())]
    return kept + list(bigrams(text))
