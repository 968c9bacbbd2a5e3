"""Texts as runs of token numbers, kept in two flat arrays."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import Pool

import numpy as np
import numpy.typing as npt

from tiaowen.index.tokens import tokens
from training.sources import Sources

Ints = npt.NDArray[np.int64]
_SENTENCE = re.compile(r"[^。；\n]+[。；\n]?")


@dataclass(frozen=True)
class Bags:
    """A list of token-number runs: run i is flat[starts[i]:starts[i + 1]]."""

    flat: Ints
    starts: Ints

    def __len__(self) -> int:
        """Return how many runs there are."""
        return len(self.starts) - 1

    def __getitem__(self, i: int) -> Ints:
        """Return run i (a view, not a copy)."""
        return self.flat[self.starts[i] : self.starts[i + 1]]

    def through(self, table: Ints) -> "Bags":
        """Return the same runs with every number looked up in the table; numbers that become 0 are dropped."""
        flat = table[self.flat]
        kept = np.concatenate(([0], np.cumsum(flat > 0)))
        return Bags(flat[flat > 0], kept[self.starts])


def bags(runs: Sequence[Ints]) -> Bags:
    """Pack runs into one value."""
    flat = np.concatenate([np.zeros(0, np.int64), *runs])
    return Bags(flat, np.concatenate(([0], np.cumsum([len(run) for run in runs], dtype=np.int64))))


@dataclass(frozen=True)
class Tokens:
    """Every training text in token numbers; `names` holds the tokens, number 0 stands for none."""

    names: tuple[str, ...]
    sentences: Bags
    first: Ints  # article i has the sentences first[i]:first[i + 1]
    titles: Bags
    headings: Bags
    questions: Bags
    keywords: Bags
    answers: Bags
    asked: Bags  # the left and the right sides of further pairs, if any
    provided: Bags

    def articles(self) -> Bags:
        """Return the articles: their sentences stand one after the other, so only the borders change."""
        return Bags(self.sentences.flat, self.sentences.starts[self.first])


def _split(text: str) -> list[str]:
    return _SENTENCE.findall(text) or [text]


class Numbering:
    """Gives every token a number from 1 on, in order of first appearance."""

    def __init__(self, pool_size: int = 2) -> None:
        """Start empty; texts are cut by this many processes."""
        self.known: dict[str, int] = {"": 0}
        self.pool_size = pool_size

    def number(self, texts: Iterable[str]) -> Bags:
        """Cut the texts into tokens and number them."""
        known = self.known
        with Pool(self.pool_size) as pool:
            cut = pool.imap(tokens, texts, chunksize=500)
            return bags([np.array([known.setdefault(t, len(known)) for t in run], np.int64) for run in cut])


def number_sources(sources: Sources, further: Sequence[tuple[str, str]] = ()) -> Tokens:
    """Cut all training texts into the tokens of both search channels."""
    numbering = Numbering()
    pieces = [_split(article.text) for article in sources.articles]
    first = np.concatenate(([0], np.cumsum([len(p) for p in pieces], dtype=np.int64)))
    parts = {
        "sentences": numbering.number([sentence for piece in pieces for sentence in piece]),
        "titles": numbering.number([article.law for article in sources.articles]),
        "headings": numbering.number([article.heading for article in sources.articles]),
        "questions": numbering.number([question.text for question in sources.questions]),
        "keywords": numbering.number([question.keywords for question in sources.questions]),
        "answers": numbering.number([question.answer for question in sources.questions]),
        "asked": numbering.number([left for left, _ in further]),
        "provided": numbering.number([right for _, right in further]),
    }
    return Tokens(tuple(numbering.known), first=first, **parts)
