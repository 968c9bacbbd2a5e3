"""Two runs over the same questions: their mean difference, its 95 % interval, and a permutation test; all seeded."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

SEED = 20261122
RESAMPLES = 4999


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of (other − whole) over n questions, its bootstrap interval, the p value, and how many questions differ."""

    mean: float
    low: float
    high: float
    p: float
    changed: int
    n: int

    @property
    def clear(self) -> bool:
        """Tell whether the interval leaves out nought."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        """Return the difference as `−0.052 (−0.081…−0.024), p 0.0004`; a plain 0 where no question differs."""
        if not self.changed:
            return "0"
        return f"{self.mean:+.3f} ({self.low:+.3f}…{self.high:+.3f}), p {self.p:.4f}".replace("-", "−")


def difference(whole: Sequence[float], other: Sequence[float]) -> Difference:
    """Return what `other` has more than `whole`, question by question; both in the same order, at least one value."""
    change = np.asarray(other, dtype=np.float64) - np.asarray(whole, dtype=np.float64)
    changed = int(np.count_nonzero(change))
    if not changed:
        return Difference(0.0, 0.0, 0.0, 1.0, 0, len(change))
    low, high = _interval(change)
    return Difference(float(change.mean()), low, high, _p(change), changed, len(change))


def _interval(change: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The percentile bootstrap over questions."""
    drawn = np.random.default_rng(SEED).integers(0, len(change), (RESAMPLES, len(change)))
    low, high = np.percentile(change[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _p(change: npt.NDArray[np.float64]) -> float:
    """Two-sided: how often swapping the two runs of a question at random gives a mean at least as far from nought."""
    found = stats.permutation_test((change,), _mean, permutation_type="samples", vectorized=True, n_resamples=RESAMPLES,
                                   rng=np.random.default_rng(SEED))
    return float(found.pvalue)


def _mean(values: npt.NDArray[np.float64], axis: int = -1) -> npt.NDArray[np.float64]:
    mean: npt.NDArray[np.float64] = values.mean(axis=axis)
    return mean
