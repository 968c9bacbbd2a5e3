"""The second stage: the subject's own questions, so that everyday words lie near the provisions that answer them.

python -m training.subject [--base models/encoder] [--out models/encoder] [--folds 5 --scores FILE]

Every question is pulled to its units among all units of the corpus; a question that no provision answers is pulled to
a constant null score, so that the cosine of the first unit also tells answerable from unanswerable.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from tiaowen.ask.query import understand
from tiaowen.ask.search import vector_text
from tiaowen.index import dense
from tiaowen.index.passages import passages
from tiaowen.index.tokens import tokens
from tiaowen.model import Document
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load

PAIRS = Path(__file__).parent / "pairs"
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Plan:
    """What decides the outcome beside the texts."""

    epochs: int = 13
    batch: int = 128
    rate: float = 2e-3
    temperature: float = 0.06
    dropped: float = 0.4
    seed: int = 1
    most_new: int = 4_480


@dataclass(frozen=True)
class Question:
    """A training question: the units that answer it (none: nothing does), why nothing does, and the file it stands in."""

    text: str
    units: tuple[str, ...]
    reason: str | None
    author: str = ""


@dataclass(frozen=True)
class Material:
    """Questions and passages as tokens; `owner` numbers the unit of each passage."""

    questions: tuple[Question, ...]
    asked: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    owner: tuple[int, ...]
    passages: tuple[tuple[str, ...], ...]


def read(corpus: Path) -> Material:
    """Return the project's own pairs and the passages of its corpus."""
    documents = tuple(parse(load(folder)) for folder in folders(corpus))
    found = [p for d in documents for p in passages(d)]
    units = tuple(dict.fromkeys(f"{p.document}#{p.unit}" for p in found))
    number = {unit: i for i, unit in enumerate(units)}
    questions = tuple(q for path in sorted(PAIRS.glob("*.jsonl")) for q in _questions(path, number))
    return Material(
        questions,
        tuple(asked(q.text, documents) for q in questions),
        units,
        tuple(number[f"{p.document}#{p.unit}"] for p in found),
        tuple(tuple(tokens(f"{p.path}\n{p.text}")) for p in found),
    )


def asked(question: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the tokens that the vector channel sees of a question."""
    return tuple(tokens(vector_text(understand(question, documents=documents))))


def _questions(path: Path, number: dict[str, int]) -> list[Question]:
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        units = [u for u in (row["provision"], *row.get("also", ())) if u in number]
        if units or row["provision"] is None:
            out.append(Question(row["question"], tuple(units), row.get("reason"), path.stem))
    return out


class Table(torch.nn.Module):
    """Rows of the encoder and of tokens that it did not know, and the null score."""

    def __init__(self, base: dense.StaticEncoder, material: Material, plan: Plan) -> None:
        """Start from the base encoder; new rows are small and random, seeded."""
        super().__init__()
        torch.manual_seed(plan.seed)
        known = np.asarray(base.rows, dtype=np.float32)
        self.names = _new_names(base, material, plan)
        fresh = torch.randn(len(self.names), known.shape[1]) * float(np.linalg.norm(known, axis=1).mean()) / 50
        self.number = {**base.vocabulary, **{name: len(known) + i for i, name in enumerate(self.names)}}
        self.bag = torch.nn.EmbeddingBag.from_pretrained(
            torch.cat([torch.from_numpy(known), fresh]), freeze=False, mode="mean"
        )
        self.null = torch.nn.Parameter(torch.tensor(0.3))

    def forward(self, runs: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return unit vectors of token-number runs, shape (len(runs), dim)."""
        flat = torch.tensor([i for run in runs for i in run], dtype=torch.long)
        starts = torch.tensor(np.cumsum([0, *(len(run) for run in runs[:-1])]), dtype=torch.long)
        return torch.nn.functional.normalize(self.bag(flat, starts), dim=1)

    def numbers(self, run: Sequence[str]) -> list[int]:
        """Return the row numbers of known tokens."""
        return [self.number[token] for token in run if token in self.number]


def _new_names(base: dense.StaticEncoder, material: Material, plan: Plan) -> list[str]:
    """Tokens of questions (twice or more) that the base lacks, the most frequent first."""
    count = Counter(t for run in material.asked for t in set(run))
    held = {t for run in material.passages for t in run}
    new = [t for t, n in count.items() if t not in base.vocabulary and (n >= 2 or t in held)]
    return sorted(new, key=lambda t: (-count[t], t))[: plan.most_new]


def scores(
    table: Table, runs: Sequence[Sequence[int]], passages_: Sequence[Sequence[int]], owner: torch.Tensor, size: int
) -> torch.Tensor:
    """Return the best passage's cosine for each question and unit, shape (questions, units)."""
    similarity = table(runs) @ table(passages_).T
    best = torch.full((len(runs), size), -1.0)
    return best.scatter_reduce(1, owner.expand(len(runs), -1), similarity, "amax")


def train(base: dense.StaticEncoder, material: Material, use: Sequence[int], plan: Plan) -> Table:
    """Return the table after training on the questions `use`."""
    table = Table(base, material, plan)
    order = random.Random(plan.seed)
    runs = [table.numbers(run) for run in material.asked]
    held = [table.numbers(run) for run in material.passages]
    owner = torch.tensor(material.owner)
    number = {unit: i for i, unit in enumerate(material.units)}
    usable = [i for i in use if runs[i] and material.questions[i].reason != "not_stated"]
    optimiser = torch.optim.Adam(table.parameters(), lr=plan.rate)
    for _ in range(plan.epochs):
        order.shuffle(usable)
        for at in range(0, len(usable), plan.batch):
            batch = usable[at : at + plan.batch]
            dropped = [[t for t in runs[i] if order.random() >= plan.dropped] or runs[i] for i in batch]
            found = scores(table, dropped, held, owner, len(number))
            logits = torch.cat([found, table.null.expand(len(batch), 1)], dim=1) / plan.temperature
            target = torch.zeros_like(logits)
            for row, i in enumerate(batch):
                wanted = [number[u] for u in material.questions[i].units] or [len(number)]
                target[row, wanted] = 1.0
            likely = torch.log_softmax(logits, dim=1).masked_fill(target == 0, -1e9)
            loss = -torch.logsumexp(likely, dim=1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return table


def as_encoder(table: Table) -> dense.StaticEncoder:
    """Return the trained table as the encoder that search uses."""
    return dense.StaticEncoder("subject", dict(table.number), table.bag.weight.detach().numpy())


def arguments() -> argparse.ArgumentParser:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default=str(dense.SHIPPED), help="folder of the encoder to start from")
    parser.add_argument("--out", type=Path, default=dense.SHIPPED)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--threads", type=int, default=2)
    return parser


def main() -> None:
    """Train on every pair and save."""
    from training.save import save

    options = arguments().parse_args()
    torch.set_num_threads(options.threads)
    base = dense.load(options.base)
    assert isinstance(base, dense.StaticEncoder)
    material = read(options.corpus)
    table = train(base, material, range(len(material.questions)), Plan())
    rows = table.bag.weight.detach().numpy()
    names = [name for name, _ in sorted(table.number.items(), key=lambda pair: pair[1])]
    facts: dict[str, object] = json.loads((Path(options.base) / "encoder.json").read_text(encoding="utf-8"))
    facts |= {
        "vocabulary": len(names),
        "trained_on": [*dict.fromkeys([*facts["trained_on"], "training/pairs"])],  # type: ignore[misc]
        "null": round(float(table.null), 4),
    }
    save(rows, names, options.out, {k: v for k, v in facts.items() if k != "sha256"})
    print(
        f"{len(material.questions)} questions, {len(table.names)} new tokens, {len(names)} rows, null {float(table.null):.3f}"
    )


if __name__ == "__main__":
    main()
