"""BM25 over token numbers: the hard negatives of training and the yardstick of measuring."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix

from training.bags import Bags, Ints

Floats = npt.NDArray[np.float32]
K1, B, EPSILON = 1.5, 0.75, 0.25


class Lexical:
    """Okapi BM25 (rank_bm25's statistics) as one impact matrix, documents × tokens."""

    def __init__(self, documents: Bags, size: int) -> None:
        """Compute the impact of every (document, token) once."""
        lengths = np.diff(documents.starts)
        row = np.repeat(np.arange(len(documents)), lengths)
        flat = documents.flat[documents.starts[0] : documents.starts[-1]]
        counts = csc_matrix((np.ones(len(flat), np.float32), (row, flat)), shape=(len(documents), size))
        counts.sum_duplicates()
        found = np.diff(counts.indptr)
        idf = np.log(len(documents) - found + 0.5) - np.log(found + 0.5)
        idf[idf < 0] = EPSILON * idf[found > 0].mean()
        norm = K1 * (1 - B + B * lengths / lengths.mean())
        gain = counts.data * (K1 + 1) / (counts.data + norm[counts.indices])
        counts.data = (gain * np.repeat(idf, found)).astype(np.float32)
        self.impacts = counts

    def scores(self, query: Ints) -> Floats:
        """Return the score of every document for one query."""
        total = np.zeros(self.impacts.shape[0], np.float32)
        for token in query:
            lo, hi = self.impacts.indptr[token], self.impacts.indptr[token + 1]
            total[self.impacts.indices[lo:hi]] += self.impacts.data[lo:hi]
        return total

    def best(self, query: Ints, count: int) -> Ints:
        """Return the positions of the best documents, best first."""
        scores = self.scores(query)
        top = np.argpartition(-scores, count)[:count]
        return top[np.argsort(-scores[top], kind="stable")]
