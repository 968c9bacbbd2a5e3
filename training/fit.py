"""Fit the weights of the decision to answer: python -m training.fit [--write], and count the words: --words.

Fitted on questions that the encoder has never seen, searched by the program as it is: those of training/judged, and the
tune half of eval/questions.jsonl with more weight a question; the test half is never read. A logistic regression on the
signals of `tiaowen.ask.decide`, with the oddness of the words (`tiaowen.ask.odd`) fitted in the same run. Printed beside
it is how well weights fitted on four fifths decide the last fifth.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from tiaowen.ask import odd
from tiaowen.ask.decide import is_subject, signals
from tiaowen.ask.query import understand
from tiaowen.ask.search import search
from tiaowen.ask.slots import empty_slot
from tiaowen.build import ingest
from tiaowen.library import Library
from tiaowen.rules import table
from training.subject import read

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "tiaowen" / "rules" / "weights.toml"
FAMILIAR = ROOT / "tiaowen" / "rules" / "familiar.txt"
JUDGED = Path(__file__).parent / "judged"
TUNE_WEIGHT = 4.0
FOLDS = 5
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A question as search saw it: the signals, its words' features, whether an asked slot is empty, and what is right."""

    source: str
    signals: dict[str, float]
    words: Floats
    subject: bool
    empty: bool
    reason: str | None

    @property
    def weight(self) -> float:
        """What the question counts; where only the slot is empty, its subject is here and the slot rule declines it."""
        return 0.0 if self.reason == "not_stated" else TUNE_WEIGHT if self.source == "tune" else 1.0


def asked() -> Iterator[tuple[str, str, str | None, list[str] | None, str | None]]:
    """Yield (source, question, reason or None, scope, region) of every question that is fitted on."""
    for path in sorted(JUDGED.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield path.stem, row["question"], row["reason"], None, None
    for row in map(json.loads, (ROOT / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()):
        if row["split"] == "tune":
            yield "tune", row["question"], row["expect"]["reason"], row["scope"], row["region"]


def collect(library: Library) -> list[Seen]:
    """Search every question; those that an exact reference or a foreign text decides are left out."""
    view, out = library.view, []
    for source, text, reason, scope, region in asked():
        u = understand(text, documents=list(view.documents.values()), spelling=view.spelling)
        if u.problem or u.reference or u.foreign:
            continue
        found = search(u, view, allowed=lambda i, scope=scope: not scope or view.places[i][0].meta.id in scope,  # type: ignore[misc]
                       encoder=library.encoder, region=region)
        out.append(Seen(source, signals(u, found, odd.Oddness()), odd.features(u, found, view, library.encoder),
                        is_subject(u), empty_slot(u, found) is not None, reason))
    return out


class Answerable(torch.nn.Module):
    """The decision: signals weighed, less the oddness of the words, whose features are weighed in turn."""

    def __init__(self, signals_: int, features: int) -> None:
        """Start from nothing: all weights zero, every word fitting."""
        super().__init__()
        self.signals = torch.nn.Linear(signals_, 1)
        self.words = torch.nn.Linear(features, 1)
        self.share = torch.nn.Parameter(torch.tensor(1.0))

    def forward(self, signals_: torch.Tensor, words: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Return the logit of "answerable" for questions of (signals), (words, features), (which words are real)."""
        scores = self.words(words).squeeze(-1).masked_fill(~real, -1e4)
        pooled = torch.nn.functional.softplus(torch.logsumexp(scores, dim=1))
        answer: torch.Tensor = self.signals(signals_).squeeze(-1) - torch.nn.functional.softplus(self.share) * pooled
        return answer


@dataclass(frozen=True)
class Fitted:
    """Weights of the decision and of oddness, and the probability that they give each question."""

    answerable: dict[str, float]
    odd: dict[str, float]
    likely: npt.NDArray[np.float64]


def fit(seen: Sequence[Seen], use: npt.NDArray[np.bool_]) -> Fitted:
    """Return the weights fitted on the questions `use`, and what they say of all."""
    names = [n for n in seen[0].signals if n not in ("bias", "odd")]
    x = np.array([[s.signals[n] for n in names] for s in seen], dtype=np.float32)
    most = max(len(s.words) for s in seen)
    words = np.zeros((len(seen), most, seen[0].words.shape[1]), dtype=np.float32)
    real = np.zeros((len(seen), most), dtype=bool)
    for i, s in enumerate(seen):
        words[i, : len(s.words)], real[i, : len(s.words)] = s.words, True
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    flat = words[real]
    centre, width = flat.mean(axis=0), flat.std(axis=0)
    centre, width = np.where(width > 1e-6, centre, 0.0), np.where(width > 1e-6, width, 1.0)
    tensors = (torch.from_numpy((x - middle) / spread), torch.from_numpy(((words - centre) / width).astype(np.float32)),
               torch.from_numpy(real))
    y = torch.tensor([float(s.reason is None) for s in seen])
    weight = torch.tensor([s.weight * float(u) for s, u in zip(seen, use, strict=True)])
    model = _train(Answerable(x.shape[1], words.shape[2]), tensors, y, weight)
    plain = model.signals.weight.detach().numpy()[0] / spread
    answer = {"bias": float(model.signals.bias.detach()) - float(plain @ middle)} | dict(zip(names, map(float, plain), strict=True))
    answer["odd"] = -float(torch.nn.functional.softplus(model.share.detach()))
    each = model.words.weight.detach().numpy()[0] / width
    oddness = dict(zip([*odd.FEATURES, *(f"{n}_asked" for n in odd.FEATURES)], map(float, each), strict=True))
    oddness["bias"] += float(model.words.bias.detach()) - float(each @ centre)
    with torch.no_grad():
        likely = torch.sigmoid(model(*tensors)).numpy().astype(np.float64)
    return Fitted(_rounded(answer), _rounded(oddness), likely)


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


def _train(model: Answerable, tensors: tuple[torch.Tensor, ...], y: torch.Tensor, weight: torch.Tensor) -> Answerable:
    torch.manual_seed(1)
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-2, weight_decay=DECAY)
    for _ in range(STEPS):
        each = torch.nn.functional.binary_cross_entropy_with_logits(model(*tensors), y, reduction="none")
        loss = (each * weight).sum() / weight.sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return model


STEPS, DECAY = 600, 1e-3


def report(seen: Sequence[Seen], likely: npt.NDArray[np.float64], thresholds: Sequence[float]) -> None:
    """Print for each source how many are declined that should be, and how many wrongly, at some thresholds."""
    for source in dict.fromkeys(s.source for s in seen):
        here = np.array([s.source == source for s in seen])
        yes = np.array([s.reason is None for s in seen])
        empty = np.array([s.empty for s in seen])
        for threshold in thresholds:
            refused = (likely < threshold) | empty
            print(f"{source:7} {threshold:.2f}: declined {(refused & here & ~yes).sum()}/{(here & ~yes).sum()}, "
                  f"wrongly {(refused & here & yes).sum()}/{(here & yes).sum()}")


def count_words(path: Path = FAMILIAR, *, least: int = 2) -> None:
    """Write how often each judged word of training/pairs was used in questions with an answer, and without."""
    material = read(ROOT / "corpus")
    uses: dict[str, Counter[bool]] = defaultdict(Counter)
    documents = Library(index=ROOT / "index", corpus=ROOT / "corpus").documents
    for q in material.questions:
        for word in {c.said for c in odd.judged(understand(q.text, documents=documents))}:
            uses[word][q.reason is None] += 1
    lines = [f"{word}\t{n[True]}\t{n[False]}" for word, n in sorted(uses.items()) if n.total() >= least]
    head = "# Words of the questions in training/pairs: word, questions with an answer, without. Made by training.fit."
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def write(sections: dict[str, dict[str, float]]) -> None:
    """Put the fitted numbers into weights.toml; everything else there stays."""
    text = WEIGHTS.read_text(encoding="utf-8")
    for section, values in sections.items():
        head, _, rest = text.partition(f"[{section}]\n")
        body, separator, tail = rest.partition("\n[")
        for name, value in values.items():
            line = f"{name} = {value}"
            body, n = re.subn(rf"(?m)^{name} = -?[0-9.]+", line, body)
            body = body if n else f"{body.rstrip()}\n{line}\n"
        text = f"{head}[{section}]\n{body}{separator}{tail}"
    WEIGHTS.write_text(text, encoding="utf-8")


def main() -> None:
    """Collect, fit, print; with --write keep the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the fitted weights into weights.toml")
    parser.add_argument("--words", action="store_true", help="only write the counts of words (familiar.txt); fit nothing")
    options = parser.parse_args()
    ingest(ROOT / "corpus", ROOT / "index")
    if options.words:
        count_words()
        return
    seen = collect(Library(index=ROOT / "index", corpus=ROOT / "corpus"))
    fold = np.random.default_rng(1).integers(0, FOLDS, len(seen))
    crossed = np.zeros(len(seen))
    for k in range(FOLDS):
        crossed[fold == k] = fit(seen, fold != k).likely[fold == k]
    print(f"{len(seen)} questions; weights of four fifths decide the last fifth, threshold now {table('weights')['decide']['answer']}")
    report(seen, crossed, (0.4, 0.5, 0.6))
    fitted = fit(seen, np.ones(len(seen), dtype=bool))
    print("answerable", fitted.answerable, "\nodd", fitted.odd)
    if options.write:
        write({"answerable": fitted.answerable, "odd": fitted.odd})


if __name__ == "__main__":
    main()
