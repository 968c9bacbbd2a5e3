"""Late interaction (MaxSim): how well each word of a question is met by some word of a text.

A bag's cosine mixes all words into one vector; here every token of the question keeps its own and looks for the nearest
token of the text. The rows are those of the encoder's vocabulary (training/late.py), one matrix row a token.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
SHIPPED = Path(__file__).resolve().parents[2] / "models" / "late"
SCALE = 127.0


@dataclass(frozen=True, eq=False)
class Late:
    """Rows of length 1 (int8, times 127) and how much each token of a question counts; row i belongs to the encoder's row i."""

    rows: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float16]

    def scores(self, question: Ints, texts: Sequence[Ints]) -> Floats:
        """Return for each text the weighted mean, over the question's rows, of the best cosine with one of the text's rows.

        `question` and each text are row numbers without repeats; an empty question or text gives 0.
        """
        out = np.zeros(len(texts), dtype=np.float32)
        held = [i for i, text in enumerate(texts) if len(text)]
        if not len(question) or not held:
            return out
        rows, place = np.unique(np.concatenate([texts[i] for i in held]), return_inverse=True)
        cosine = (self._vectors(question) @ self._vectors(rows).T)[:, place]
        starts = np.cumsum([0, *(len(texts[i]) for i in held[:-1])])
        weight = self.weights[question].astype(np.float32)
        out[held] = weight @ np.maximum.reduceat(cosine, starts, axis=1) / weight.sum()
        return out

    def _vectors(self, numbers: Ints) -> Floats:
        return np.asarray(self.rows[numbers], dtype=np.float32) / SCALE


@cache
def load(encoder: str, folder: Path = SHIPPED) -> Late | None:
    """Return the rows made for an encoder, by its id; None where the folder holds none for it."""
    try:
        facts = json.loads((folder / "late.json").read_text(encoding="utf-8"))
        if facts["encoder"] != encoder:
            return None
        return Late(np.load(folder / "rows.npy", mmap_mode="r"), np.load(folder / "weights.npy"))
    except (OSError, ValueError, KeyError):
        return None
