"""Lexical channel: BM25 impacts computed once, so that a query sums a few columns.

The statistics are rank-bm25's (BM25Okapi, k1 1.5, b 0.75); the scores equal its `get_scores` to 1e-4.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """Impacts by token in compressed columns: token t's passages are indices[indptr[t]:indptr[t+1]]."""

    vocabulary: Mapping[str, int]
    indptr: Ints
    indices: Ints
    impacts: Floats
    idf: Floats
    size: int

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """Return one score a passage, shape (size,), for tokens with weights; unknown tokens add nothing."""
        out = np.zeros(self.size, dtype=np.float32)
        for token, weight in weights.items():
            column = self.vocabulary.get(token)
            if column is not None:
                a, b = self.indptr[column], self.indptr[column + 1]
                out[self.indices[a:b]] += np.float32(weight) * self.impacts[a:b]
        return out


def build(token_lists: Sequence[Sequence[str]]) -> Lexical:
    """Return the impacts of passages given as token lists; no passage is an empty index."""
    from rank_bm25 import BM25Okapi

    if not any(token_lists):
        empty = np.zeros(0, dtype=np.int32)
        return Lexical({}, np.zeros(1, dtype=np.int32), empty, empty.astype(np.float32), empty.astype(np.float32),
                       len(token_lists))
    bm25 = BM25Okapi([list(tokens) for tokens in token_lists])
    vocabulary = {token: i for i, token in enumerate(sorted(bm25.idf))}
    columns: list[list[tuple[int, float]]] = [[] for _ in vocabulary]
    for row, tokens in enumerate(token_lists):
        norm = bm25.k1 * (1 - bm25.b + bm25.b * bm25.doc_len[row] / bm25.avgdl)
        for token, count in Counter(tokens).items():
            impact = bm25.idf[token] * count * (bm25.k1 + 1) / (count + norm)
            columns[vocabulary[token]].append((row, impact))
    lengths = np.array([0, *(len(c) for c in columns)], dtype=np.int32)
    flat = [pair for column in columns for pair in column]
    return Lexical(
        vocabulary,
        np.cumsum(lengths, dtype=np.int32),
        np.array([row for row, _ in flat], dtype=np.int32),
        np.array([impact for _, impact in flat], dtype=np.float32),
        np.array([bm25.idf[token] for token in vocabulary], dtype=np.float32),
        len(token_lists),
    )
