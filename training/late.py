"""Rows for late interaction, on top of the encoder: python -m training.late [--encoder models/encoder] [--out models/late]

Every token of a question looks for the nearest token of a unit; the weighted mean of these cosines is pulled up for the
units that answer and down for the encoder's own best wrong ones, and for all units where nothing answers. Start: the
encoder's rows, turned to their first principal axes. Four to five minutes on two cores.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from tiaowen.index import dense, late
from training.subject import Floats, Material, read

Runs = list[list[int]]


@dataclass(frozen=True)
class Plan:
    """What decides the outcome beside the texts."""

    dim: int = 96
    epochs: int = 3
    batch: int = 64
    near: int = 20  # wrong units taken from the encoder's best
    far: int = 4  # wrong units drawn at random
    temperature: float = 0.05
    dropped: float = 0.3
    rate: float = 1e-3
    weight_rate: float = 3e-2
    null_rate: float = 1e-2
    seed: int = 1


class Rows(torch.nn.Module):
    """A vector and a weight for each row of the encoder, and the score of no answer."""

    def __init__(self, rows: Floats, plan: Plan) -> None:
        """Start from the encoder's rows: their direction, and their length as the weight."""
        super().__init__()
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        unit = rows / np.maximum(length, 1e-9)
        axes = np.linalg.svd(unit[:20_000], full_matrices=False)[2][: plan.dim]
        self.vectors = torch.nn.Embedding.from_pretrained(torch.from_numpy(unit @ axes.T), freeze=False)  # type: ignore[no-untyped-call]
        self.weights = torch.nn.Parameter(torch.log(torch.from_numpy(length[:, 0] / length.mean() + 0.01)))
        self.null = torch.nn.Parameter(torch.tensor(0.55))

    def forward(self, question: Sequence[int], units: Runs) -> torch.Tensor:
        """Return the score of each unit for a question, both as row numbers without repeats; shape (units,)."""
        asked = torch.tensor(question)
        rows, place = torch.unique(torch.tensor([row for unit in units for row in unit]), return_inverse=True)
        owner = torch.tensor([i for i, unit in enumerate(units) for _ in unit])
        cosine = (self._unit(asked) @ self._unit(rows).T)[:, place]
        best = torch.full((len(question), len(units)), -1.0)
        best = best.scatter_reduce(1, owner.expand(len(question), -1), cosine, "amax")
        weight = torch.exp(self.weights[asked])
        return weight @ best / weight.sum()

    def _unit(self, rows: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.normalize(self.vectors(rows), dim=1)


def train(encoder: dense.StaticEncoder, material: Material, use: Sequence[int], plan: Plan) -> Rows:
    """Return the rows after training on the questions `use`."""
    torch.manual_seed(plan.seed)
    order = random.Random(plan.seed)
    model = Rows(np.asarray(encoder.rows, dtype=np.float32), plan)
    questions = [_known(encoder, run) for run in material.asked]
    units = _units(encoder, material)
    near = np.argsort(-_cosines(encoder, material), axis=1)[:, : plan.near].tolist()
    number = {unit: i for i, unit in enumerate(material.units)}
    usable = [i for i in use if questions[i] and material.questions[i].reason != "not_stated"]
    optimiser = torch.optim.Adam([
        {"params": model.vectors.parameters(), "lr": plan.rate},
        {"params": [model.weights], "lr": plan.weight_rate},
        {"params": [model.null], "lr": plan.null_rate},
    ])
    for _ in range(plan.epochs):
        order.shuffle(usable)
        for at in range(0, len(usable), plan.batch):
            losses = []
            for i in usable[at : at + plan.batch]:
                right = [number[u] for u in material.questions[i].units]
                others = order.sample(range(len(units)), plan.far)
                chosen = list(dict.fromkeys([*right, *near[i], *others]))
                asked = [row for row in questions[i] if order.random() >= plan.dropped] or questions[i]
                scores = torch.cat([model(asked, [units[u] for u in chosen]), model.null[None]]) / plan.temperature
                likely = torch.log_softmax(scores, dim=0)
                losses.append(-torch.logsumexp(likely[: len(right)], dim=0) if right else -likely[-1])
            optimiser.zero_grad()
            torch.stack(losses).mean().backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return model


def _known(encoder: dense.StaticEncoder, run: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(row for token in run if (row := encoder.vocabulary.get(token)) is not None))


def _units(encoder: dense.StaticEncoder, material: Material) -> Runs:
    held: list[dict[int, None]] = [{} for _ in material.units]
    for run, owner in zip(material.passages, material.owner, strict=True):
        held[owner].update(dict.fromkeys(_known(encoder, run)))
    return [sorted(rows) for rows in held]


def _cosines(encoder: dense.StaticEncoder, material: Material) -> Floats:
    """The best passage's cosine for each question and unit, shape (questions, units)."""
    def vectors(runs: Sequence[Sequence[str]]) -> Floats:
        out = np.zeros((len(runs), encoder.rows.shape[1]), dtype=np.float32)
        for i, run in enumerate(runs):
            rows = [row for token in run if (row := encoder.vocabulary.get(token)) is not None]
            if rows:
                out[i] = encoder.rows[rows].astype(np.float32).sum(axis=0)
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return out

    by_passage = vectors(material.asked) @ vectors(material.passages).T
    best = np.full((len(material.asked), len(material.units)), -1.0, dtype=np.float32)
    for column, owner in zip(by_passage.T, material.owner, strict=True):
        best[:, owner] = np.maximum(best[:, owner], column)
    return best


def as_late(model: Rows) -> late.Late:
    """Return the trained rows as search reads them."""
    vectors = torch.nn.functional.normalize(model.vectors.weight.detach(), dim=1).numpy()
    return late.Late(np.rint(vectors * late.SCALE).astype(np.int8), np.exp(model.weights.detach().numpy()).astype(np.float16))


def save(made: late.Late, encoder: dense.StaticEncoder, out: Path, plan: Plan) -> None:
    """Write the folder; `late.json` names the encoder whose rows these are."""
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "rows.npy", made.rows)
    np.save(out / "weights.npy", made.weights)
    facts = {"encoder": encoder.id, "dim": plan.dim, "seed": plan.seed, "trained_on": ["training/pairs"]}
    (out / "late.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Train on every pair and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default=str(dense.SHIPPED), help="folder of the encoder")
    parser.add_argument("--out", type=Path, default=late.SHIPPED)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    encoder = dense.load(options.encoder)
    assert isinstance(encoder, dense.StaticEncoder)
    material, plan = read(options.corpus), Plan()
    save(as_late(train(encoder, material, range(len(material.questions)), plan)), encoder, options.out, plan)


if __name__ == "__main__":
    main()
