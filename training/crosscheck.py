"""Cross-checked figures on STARD: python -m training.crosscheck --data DIR [--by questions|laws|both]."""

import argparse
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from training.bags import Bags, Ints, Tokens, number_sources
from training.lexical import Floats, Lexical
from training.measure import NAMES, WEIGHTS, embed, table
from training.sources import Sources, read_pairs, read_sources
from training.train import Settings, arguments, begin, fit

TURNS = 3


def by_questions(sources: Sources, seed: int) -> list[tuple[Ints, Ints]]:
    """Return (training, test) questions of each turn: a random third held out."""
    order = np.random.default_rng(seed).permutation(len(sources.questions))
    return [(np.sort(np.delete(order, np.s_[turn::TURNS])), np.sort(order[turn::TURNS])) for turn in range(TURNS)]


def by_laws(sources: Sources) -> list[tuple[Ints, Ints]]:
    """Return (training, test) questions of each turn: the laws of one third are never a training answer."""
    part = [zlib.crc32(article.law.encode()) % TURNS for article in sources.articles]
    held = [{part[a] for a in question.gold} for question in sources.questions]
    return [
        (
            np.array([i for i, parts in enumerate(held) if turn not in parts], np.int64),
            np.array([i for i, parts in enumerate(held) if parts == {turn}], np.int64),
        )
        for turn in range(TURNS)
    ]


def turn_figures(
    sources: Sources, tokens: Tokens, lexical: Lexical, split: tuple[Ints, Ints], vectors: Floats, settings: Settings
) -> Floats:
    """Train on one side of the split and return the figures of the other side's questions."""
    use, test = split
    found, rows = fit(sources, tokens, use, vectors, settings)
    sentences = tokens.sentences.through(found)
    documents = embed(rows, Bags(sentences.flat, sentences.starts[tokens.first[: sources.searched + 1]]))
    questions = embed(rows, tokens.questions.through(found))
    asked = [(tokens.questions[i], questions[i], frozenset(sources.questions[i].gold)) for i in test]
    return table(lexical, documents, asked)


def chosen(turns: list[Floats]) -> tuple[list[Floats], list[float]]:
    """Return each turn's hybrid figures at the weight that the other turns choose, and these weights.

    The one-standard-error rule: the smallest weight whose nDCG@10 on the other turns is not worse than the best by more than
    one standard error of that difference. A weight that the others do not clearly ask for is not taken.
    """
    picked, weights = [], []
    for turn, figures in enumerate(turns):
        others = np.concatenate([f for other, f in enumerate(turns) if other != turn])[:, 2:, -1]
        lost = others[:, [int(others.mean(axis=0).argmax())]] - others
        close = lost.mean(axis=0) <= lost.std(axis=0) / np.sqrt(len(lost))
        cautious = int(np.flatnonzero(close)[0])
        picked.append(figures[:, 2 + cautious])
        weights.append(WEIGHTS[cautious])
    return picked, weights


def interval(gain: Floats, seed: int) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean gain."""
    drawn = np.random.default_rng(seed).integers(0, len(gain), (10_000, len(gain)))
    low, high = np.percentile(gain[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def cell(values: Floats, seed: int) -> str:
    """Return a mean with its 95 % bootstrap interval over questions."""
    low, high = interval(values, seed)
    return f"{values.mean():.3f} ({low:.3f}–{high:.3f})"


@dataclass(frozen=True)
class Material:
    """What every turn of every split shares: texts, their tokens, BM25 over the articles, the start vectors."""

    sources: Sources
    tokens: Tokens
    lexical: Lexical
    vectors: Floats


def material(given: argparse.Namespace, settings: Settings) -> Material:
    """Read and cut the texts once and compute the start vectors, which no question enters."""
    sources = read_sources(given.data)
    tokens = number_sources(sources, read_pairs(given.pairs))
    articles = tokens.articles()
    lexical = Lexical(Bags(articles.flat, articles.starts[: sources.searched + 1]), len(tokens.names))
    return Material(sources, tokens, lexical, begin(tokens, settings, given.start))


def report(by: str, known: Material, settings: Settings) -> Iterator[str]:
    """Train and measure every turn of one split; yield its table, one line at a time."""
    splits = by_laws(known.sources) if by == "laws" else by_questions(known.sources, settings.seed)
    turns = [
        turn_figures(known.sources, known.tokens, known.lexical, split, known.vectors, settings) for split in splits
    ]
    picked, weights = chosen(turns)
    every, hybrid = np.concatenate(turns), np.concatenate(picked)
    yield f"{by}: n = {len(every)}, vector weights {weights}, 95 % bootstrap intervals over questions"
    yield f"| | {' | '.join(NAMES)} |\n|{'---|' * (len(NAMES) + 1)}"
    for name, figures in (("BM25", every[:, 0]), ("vectors", every[:, 1]), ("hybrid", hybrid)):
        yield f"| {name} | {' | '.join(cell(column, settings.seed) for column in figures.T)} |"
    gain = hybrid[:, -1] - every[:, 0, -1]
    low, high = interval(gain, settings.seed)
    yield f"nDCG@10, hybrid minus BM25: {gain.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def main(options: Sequence[str] | None = None) -> None:
    """Train on two thirds, measure on the last, three times; print one table for each split."""
    parser = arguments()
    parser.add_argument("--by", choices=("questions", "laws", "both"), default="both")
    given = parser.parse_args(options)
    torch.set_num_threads(given.threads)
    settings = Settings(seed=given.seed)
    known = material(given, settings)
    for by in ("questions", "laws") if given.by == "both" else (given.by,):
        for line in report(by, known, settings):
            print(line, flush=True)


if __name__ == "__main__":
    main()
