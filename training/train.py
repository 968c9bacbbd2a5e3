"""Trains the encoder that ships: python -m training.train --data DIR [--out models/encoder]."""

import argparse
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from training.bags import Ints, Tokens, number_sources
from training.batches import Mix, Sampler
from training.contrast import Steps, train_rows
from training.lexical import Floats
from training.sources import Sources, read_pairs, read_sources
from training.start import choose_vocabulary, sif_weights, start_vectors


@dataclass(frozen=True)
class Settings:
    """Everything that decides the outcome beside the texts."""

    seed: int = 1
    rows: int = 40_000
    dim: int = 256
    scale: float = 1.0  # mean length of a row at the start: the longer, the less the steps turn it
    mix: Mix = field(default_factory=Mix)
    plan: Steps = field(default_factory=Steps)


def begin(tokens: Tokens, settings: Settings, kept: Path | None = None) -> Floats:
    """Return the start vectors of all tokens, learned from the articles alone; `kept` saves them for later runs."""
    if kept and kept.exists():
        found: Floats = np.load(kept)
        if found.shape == (len(tokens.names), settings.dim):
            return found
    table = choose_vocabulary(tokens, np.zeros(0, np.int64), settings.rows * 5 // 4)
    found = start_vectors(tokens.sentences.through(table), int(table.max()) + 1, settings.dim, settings.seed)
    vectors = np.asarray(found[table], np.float32)
    if kept:
        np.save(kept, vectors)
    return vectors


def fit(sources: Sources, tokens: Tokens, use: Ints, vectors: Floats, settings: Settings) -> tuple[Ints, Floats]:
    """Train on all articles and the questions `use`; return the table token number -> row, and the rows."""
    torch.manual_seed(settings.seed)
    table = choose_vocabulary(tokens, use, settings.rows)
    rows = int(table.max()) + 1
    sentences = tokens.sentences.through(table)
    start = np.zeros((rows, settings.dim), np.float32)
    start[table[table > 0]] = vectors[table > 0]
    start *= sif_weights(sentences, rows)[:, None]
    start *= settings.scale / np.linalg.norm(start, axis=1).mean()
    golds = [frozenset(question.gold) for question in sources.questions]
    sampler = Sampler(tokens, table, golds, use=use, mix=settings.mix, seed=settings.seed)
    sampler.mine(tokens, sources.searched)
    return table, train_rows(start, sampler, settings.plan)


def arguments() -> argparse.ArgumentParser:
    """Return the options that training and cross-checking share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with laws-national.tar.gz and stard/")
    parser.add_argument(
        "--pairs", type=Path, action="append", default=[], help='further pairs: {"question","text"} a line'
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a .npy file that keeps the start vectors between runs")
    parser.add_argument("--threads", type=int, default=2)
    return parser


def main() -> None:
    """Read, train on everything, save."""
    from training.save import save

    parser = arguments()
    parser.add_argument("--out", type=Path, default=Path("models/encoder"))
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    began = time.monotonic()
    sources = read_sources(given.data)
    tokens = number_sources(sources, read_pairs(given.pairs))
    settings = Settings(seed=given.seed)
    table, rows = fit(
        sources, tokens, np.arange(len(sources.questions)), begin(tokens, settings, given.start), settings
    )
    names = [tokens.names[i] for i in np.flatnonzero(table)]
    trained_on = ["LawRefBook/Laws", "STARD", "LeCoQA", *(path.name for path in given.pairs)]
    facts = {"name": "tiaowen-static-256", "input": "tokens", "dim": settings.dim, "vocabulary": len(rows)}
    save(rows, names, given.out, facts | {"seed": given.seed, "trained_on": trained_on})
    print(f"{given.out}: {len(rows)} rows of {settings.dim}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
