"""Draws the batches of training pairs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from training.bags import Bags, Ints, Tokens
from training.lexical import Lexical


@dataclass(frozen=True)
class Mix:
    """How many pairs of each kind stand in a batch, and how hard they are made."""

    sentence: int = 80
    title: int = 20
    question: int = 60
    keyword: int = 10
    answer: int = 20
    further: int = 60  # only where further pairs are given
    negatives: int = 1
    pool: int = 50  # hard negatives come from this many best BM25 hits
    drop: float = 0.1  # share of the left side's tokens left out


@dataclass
class Batch:
    """Left texts and right texts; right i belongs to left i, further rights are hard negatives."""

    left: list[Ints] = field(default_factory=list)
    right: list[Ints] = field(default_factory=list)
    extra: list[Ints] = field(default_factory=list)
    article: list[int] = field(default_factory=list)  # of right i, or -1
    extra_article: list[int] = field(default_factory=list)
    gold: list[frozenset[int]] = field(default_factory=list)  # articles that are no negatives for left i

    def add(self, left: Ints, right: Ints, article: int = -1, gold: frozenset[int] = frozenset()) -> None:
        """Add one pair."""
        self.left.append(left)
        self.right.append(right)
        self.article.append(article)
        self.gold.append(gold or frozenset((article,)))

    def columns(self) -> list[Ints]:
        """Return all right texts: partners first, hard negatives after them."""
        return self.right + self.extra

    def forbidden(self) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
        """Return which (left, column) cells are right answers too and so no negatives."""
        column = self.article + self.extra_article
        cells = np.zeros((len(self.left), len(column)), np.bool_)
        for i, gold in enumerate(self.gold):
            cells[i] = [a >= 0 and a in gold for a in column]
            cells[i, i] = False
        return cells


class Sampler:
    """Draws batches from the training texts; the rows of the encoder are the token numbers."""

    def __init__(
        self, tokens: Tokens, table: Ints, golds: Sequence[frozenset[int]], *, use: Ints, mix: Mix, seed: int
    ) -> None:
        """Keep every text as encoder rows; `use` are the questions that may be seen."""
        self.mix, self.use, self.golds, self.first = mix, use, golds, tokens.first
        self.rng = np.random.default_rng(seed)
        self.asked, self.provided = tokens.asked.through(table), tokens.provided.through(table)
        self.sentences = tokens.sentences.through(table)
        self.articles = Bags(self.sentences.flat, self.sentences.starts[tokens.first])
        self.titles, self.headings = tokens.titles.through(table), tokens.headings.through(table)
        self.questions = tokens.questions.through(table)
        self.keywords, self.answers = tokens.keywords.through(table), tokens.answers.through(table)
        self.several = np.flatnonzero(np.diff(tokens.first) > 1)
        self.hard: dict[int, Ints] = {}

    def mine(self, tokens: Tokens, searched: int) -> None:
        """Find the best wrong BM25 hits of every question that may be seen."""
        everything = tokens.articles()
        documents = Bags(everything.flat, everything.starts[: searched + 1])
        lexical = Lexical(documents, len(tokens.names))
        for q in self.use:
            best = lexical.best(tokens.questions[q], self.mix.pool)
            self.hard[int(q)] = np.array([a for a in best if int(a) not in self.golds[q]], np.int64)

    def _drop(self, run: Ints) -> Ints:
        kept = run[self.rng.random(len(run)) >= self.mix.drop]
        return kept if len(kept) else run

    def _sentence(self, batch: Batch) -> None:
        for a in self.rng.choice(self.several, self.mix.sentence):
            s = int(self.rng.integers(self.first[a], self.first[a + 1]))
            lo, hi = self.sentences.starts[s] - self.articles.starts[a], self.sentences.starts[s + 1]
            whole = self.articles[a]
            rest = np.concatenate((whole[:lo], whole[hi - self.articles.starts[a] :]))
            batch.add(self._drop(self.sentences[s]), rest, int(a))

    def _title(self, batch: Batch) -> None:
        for a in self.rng.integers(0, len(self.articles), self.mix.title):
            batch.add(np.concatenate((self.titles[a], self.headings[a])), self.articles[a], int(a))

    def _question(self, batch: Batch) -> None:
        for q in self.rng.choice(self.use, self.mix.question, replace=self.mix.question > len(self.use)):
            gold = self.golds[q]
            a = int(self.rng.choice(sorted(gold)))
            batch.add(self._drop(self.questions[q]), self.articles[a], a, gold)
            for wrong in self.rng.choice(self.hard[int(q)], self.mix.negatives):
                batch.extra.append(self.articles[wrong])
                batch.extra_article.append(int(wrong))

    def _answer(self, batch: Batch) -> None:
        for q in self.rng.choice(self.use, self.mix.keyword):
            batch.add(self._drop(self.questions[q]), self.keywords[q], -1, self.golds[q])
        for q in self.rng.choice(self.use, self.mix.answer):
            a = int(self.rng.choice(sorted(self.golds[q])))
            batch.add(self._drop(self.answers[q]), self.articles[a], a, self.golds[q])

    def _further(self, batch: Batch) -> None:
        if len(self.asked):
            for i in self.rng.integers(0, len(self.asked), self.mix.further):
                batch.add(self._drop(self.asked[i]), self.provided[i])

    def draw(self) -> Batch:
        """Return the next batch."""
        batch = Batch()
        self._sentence(batch)
        self._title(batch)
        self._question(batch)
        self._answer(batch)
        self._further(batch)
        return batch
