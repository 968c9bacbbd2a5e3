"""Lexical channel: BM25 impacts computed once, so that a query sums a few columns.

The statistics are rank-bm25's (BM25Okapi, k1 1.5, b 0.75, epsilon 0.25); the scores equal its `get_scores` to 1e-4.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
K1, B, EPSILON = 1.5, 0.75, 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often tokens stand in passages: token t's passages are indices[indptr[t]:indptr[t+1]], ascending."""

    vocabulary: tuple[str, ...]
    indptr: npt.NDArray[np.int64]
    indices: Ints
    counts: Ints
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """Impacts by token in compressed columns: token t's passages are indices[indptr[t]:indptr[t+1]]."""

    vocabulary: Mapping[str, int]
    indptr: npt.NDArray[np.int64]
    indices: Ints
    impacts: Floats
    idf: Floats
    size: int
    counts: Ints

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """Return one score a passage, shape (size,), for tokens with weights; unknown tokens add nothing."""
        out = np.zeros(self.size, dtype=np.float32)
        for token, weight in weights.items():
            column = self.vocabulary.get(token)
            if column is not None:
                a, b = self.indptr[column], self.indptr[column + 1]
                out[self.indices[a:b]] += np.float32(weight) * self.impacts[a:b]
        return out

    def counted(self) -> Counts:
        """Return the counts that the impacts were made of."""
        return Counts(tuple(self.vocabulary), self.indptr, self.indices, self.counts, self.size)


def build(token_lists: Sequence[Sequence[str]]) -> Lexical:
    """Return the impacts of passages given as token lists; no passage is an empty index."""
    return weighed(count(token_lists))


def count(token_lists: Sequence[Sequence[str]]) -> Counts:
    """Return the counts of passages given as token lists."""
    columns: dict[str, list[tuple[int, int]]] = {}
    for row, tokens in enumerate(token_lists):
        for token, number in Counter(tokens).items():
            columns.setdefault(token, []).append((row, number))
    vocabulary = tuple(sorted(columns))
    pairs = [pair for token in vocabulary for pair in columns[token]]
    flat = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return Counts(vocabulary, _pointers([len(columns[t]) for t in vocabulary]), flat[:, 0].copy(), flat[:, 1].copy(),
                  len(token_lists))


def joined(parts: Sequence[tuple[Counts, Ints]], size: int) -> Counts:
    """Return the counts of `size` passages out of parts, each with the new place of its passages (-1: dropped)."""
    vocabulary = tuple(sorted({token for part, _ in parts for token in part.vocabulary}))
    known = {token: number for number, token in enumerate(vocabulary)}
    keys, numbers = [], []
    for part, places in parts:
        columns = np.array([known[token] for token in part.vocabulary], dtype=np.int64)
        rows = places[part.indices]
        kept = rows >= 0
        keys.append((np.repeat(columns, np.diff(part.indptr)) * size + rows)[kept])
        numbers.append(part.counts[kept])
    key = np.concatenate([np.zeros(0, dtype=np.int64), *keys])
    order = np.argsort(key, kind="stable")
    key, number = key[order], np.concatenate([np.zeros(0, dtype=np.int32), *numbers])[order]
    column = key // max(size, 1)
    lengths = np.bincount(column, minlength=len(vocabulary))
    present = lengths > 0
    words = tuple(token for token, there in zip(vocabulary, present, strict=True) if there)
    return Counts(words, _pointers(lengths[present]), (key - column * size).astype(np.int32), number, size)


def weighed(counts: Counts) -> Lexical:
    """Return the BM25 impacts of counts."""
    known = {token: number for number, token in enumerate(counts.vocabulary)}
    if not known:
        empty = np.zeros(0, dtype=np.float32)
        return Lexical({}, counts.indptr, counts.indices, empty, empty, counts.size, counts.counts)
    lengths = np.bincount(counts.indices, weights=counts.counts, minlength=counts.size)
    found = np.diff(counts.indptr)
    idf = np.log(counts.size - found + 0.5) - np.log(found + 0.5)
    idf[idf < 0] = EPSILON * idf.mean()
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    impacts = np.repeat(idf, found) * counts.counts * (K1 + 1) / (counts.counts + norm[counts.indices])
    return Lexical(known, counts.indptr, counts.indices, impacts.astype(np.float32), idf.astype(np.float32), counts.size,
                   counts.counts)


def _pointers(lengths: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.asarray(lengths, dtype=np.int64))])
