"""Measures BM25, vectors and their mixture on STARD questions."""

from collections.abc import Sequence

import numpy as np

from training.bags import Bags, Ints
from training.lexical import Floats, Lexical

WEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
NAMES = ("R@10", "R@100", "MRR@10", "nDCG@10")


def embed(rows: Floats, texts: Bags) -> Floats:
    """Return the normalised sums of rows, one a text; a text without known tokens gives zeros."""
    out = np.zeros((len(texts), rows.shape[1]), np.float32)
    for i in range(len(texts)):
        out[i] = rows[texts[i]].sum(axis=0)
    length = np.linalg.norm(out, axis=1, keepdims=True)
    return np.asarray(out / np.where(length > 0, length, 1), np.float32)


def best(scores: Floats, count: int = 100) -> Ints:
    """Return the positions of the best scores, best first; all of them where there are no more than `count`."""
    top = np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
    return np.asarray(top[np.argsort(-scores[top], kind="stable")], np.int64)


def mixed(words: Floats, near: Floats, weight: float) -> Floats:
    """Return the mixture of two channels, each brought to 0–1 by its own least and greatest score."""
    return (1 - weight) * _spread(words) + weight * _spread(near)


def judge(scores: Floats, gold: frozenset[int]) -> Floats:
    """Return R@10, R@100, MRR@10 and nDCG@10 of one ranking (binary judgements)."""
    hit = np.isin(best(scores), sorted(gold))
    gains = 1 / np.log2(np.arange(2, 12))
    ideal = gains[: min(10, len(gold))].sum()
    rank = np.flatnonzero(hit[:10])
    first = 1 / (rank[0] + 1) if len(rank) else 0.0
    return np.array([hit[:10].sum() / len(gold), hit.sum() / len(gold), first, gains[: len(hit)][hit[:10]].sum() / ideal], "f4")


def _spread(scores: Floats) -> Floats:
    low, high = scores.min(), scores.max()
    spread: Floats = (scores - low) / max(high - low, 1e-9)
    return spread


def table(lexical: Lexical, documents: Floats, asked: Sequence[tuple[Ints, Floats, frozenset[int]]]) -> Floats:
    """Return figures, question × way × metric; ways: BM25, vectors, then the mixture at each weight."""
    figures = np.zeros((len(asked), 2 + len(WEIGHTS), len(NAMES)), np.float32)
    for i, (query, vector, gold) in enumerate(asked):
        words, near = lexical.scores(query), documents @ vector
        figures[i, 0], figures[i, 1] = judge(words, gold), judge(near, gold)
        for j, weight in enumerate(WEIGHTS):
            figures[i, 2 + j] = judge(mixed(words, near, weight), gold)
    return figures
