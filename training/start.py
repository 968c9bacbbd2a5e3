"""The vocabulary of the encoder and the vectors that training starts from."""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from training.bags import Bags, Ints, Tokens
from training.lexical import Floats

SIF = 1e-3
FREQUENT = 1e-3


def choose_vocabulary(tokens: Tokens, use: Ints, size: int) -> Ints:
    """Return a table token number -> row: the most widespread tokens of articles and given questions; 0 = no row."""
    spread = np.zeros(len(tokens.names))
    for texts, weight in ((tokens.questions, 3.0), (tokens.answers, 1.0)):
        for i in use:
            spread[np.unique(texts[i])] += weight
    for texts, weight in ((tokens.sentences, 1.0), (tokens.asked, 3.0)):
        for i in range(len(texts)):
            spread[np.unique(texts[i])] += weight
    spread[0] = 0
    order = np.lexsort((np.arange(len(spread)), -spread))
    chosen = np.sort(order[: size - 1][spread[order[: size - 1]] > 0])
    table = np.zeros(len(tokens.names), np.int64)
    table[chosen] = np.arange(1, len(chosen) + 1)
    return table


def sif_weights(texts: Bags, rows: int) -> Floats:
    """Return smooth inverse frequency weights, a / (a + p(token)); row 0 (unknown) weighs nothing."""
    share = np.bincount(texts.flat, minlength=rows) / max(1, len(texts.flat))
    weights = SIF / (SIF + share)
    weights[0] = 0
    return np.asarray(weights, np.float32)


def _together(texts: Bags, rows: int) -> csr_matrix:
    """Return how often two tokens stand in one text: frequent tokens and long texts weigh less, as in word2vec."""
    row = np.repeat(np.arange(len(texts)), np.diff(texts.starts))
    found = csr_matrix((np.ones(len(row), np.float32), (row, texts.flat)), shape=(len(texts), rows))
    found.sum_duplicates()
    share = np.bincount(found.indices, minlength=rows) / len(texts)
    weight = np.minimum(1, np.sqrt(FREQUENT / np.maximum(share, 1e-9)))
    length = np.diff(found.indptr)
    found.data = (weight[found.indices] / np.sqrt(np.repeat(length, length))).astype(np.float32)
    together = (found.T @ found).tocsr()
    together.setdiag(0)
    return together


def start_vectors(texts: Bags, rows: int, dim: int, seed: int) -> Floats:
    """Return a unit vector a token, common direction removed: word2vec's matrix (shifted positive mutual information)
    of the tokens that stand in one text, and its truncated singular value decomposition.
    """
    together = _together(texts, rows)
    total = np.asarray(together.sum(axis=1), np.float64).ravel()
    context = total**0.75 / (total**0.75).sum()
    row = np.repeat(np.arange(rows), np.diff(together.indptr))
    expected = np.maximum(total[row] * context[together.indices], 1e-12)
    information = np.log(np.maximum(together.data, 1e-12) / expected) - 1
    together.data = np.maximum(information, 0).astype(np.float32)
    together.eliminate_zeros()
    left, strength, _ = randomized_svd(together, dim, n_iter=1, random_state=seed)
    vectors = left * np.sqrt(strength)
    vectors -= vectors[1:].mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    vectors[np.bincount(texts.flat, minlength=rows) == 0] = 0
    return np.asarray(vectors, np.float32)
