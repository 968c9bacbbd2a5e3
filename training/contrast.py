"""In-batch contrastive training of the token rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from training.bags import Ints, bags
from training.batches import Sampler
from training.lexical import Floats


@dataclass(frozen=True)
class Steps:
    """The length, pace and sharpness of training."""

    steps: int = 400
    rate: float = 2e-3
    temperature: float = 0.05


def _embed(rows: torch.Tensor, runs: Sequence[Ints]) -> torch.Tensor:
    packed = bags(runs)
    flat, starts = torch.from_numpy(packed.flat), torch.from_numpy(packed.starts[:-1].copy())
    return functional.normalize(functional.embedding_bag(flat, rows, starts, mode="sum"), dim=1)


def _loss(rows: torch.Tensor, sampler: Sampler, temperature: float) -> torch.Tensor:
    batch = sampler.draw()
    left, right = _embed(rows, batch.left), _embed(rows, batch.columns())
    scores = (left @ right.T / temperature).masked_fill(torch.from_numpy(batch.forbidden()), -1e4)
    target = torch.arange(len(batch.left))
    forth = functional.cross_entropy(scores, target)
    back = functional.cross_entropy(scores[:, : len(batch.left)].T, target)
    return 0.7 * forth + 0.3 * back


def train_rows(start: Floats, sampler: Sampler, plan: Steps) -> Floats:
    """Return the rows after training: a text's vector is the normalised sum of its rows."""
    rows = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.Adam([rows], lr=plan.rate, fused=True)
    for step in range(plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * min(1.0, (step + 1) / 20) * (1 - step / plan.steps)
        optimiser.zero_grad()
        loss = _loss(rows, sampler, plan.temperature)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if step % 100 == 99:
            print(f"step {step + 1}: loss {loss.item():.3f}", flush=True)
    trained: Floats = rows.detach().numpy()
    trained[0] = 0
    return np.ascontiguousarray(trained)
