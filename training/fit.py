"""Fit the weights of ranking and of the decision to answer: python -m training.fit [--base DIR] [--folds 2] [--write].

Cross-fitted by author (a file of training/pairs): an encoder that has seen a question would make its own provision look
too near, and an author's own words would look familiar, so each question is searched with an encoder, and judged with
counts of words, that know the other authors only. Ranking: a softmax over the candidates of a question, weights not below
zero. Answering: a logistic regression on the signals of `tiaowen.ask.decide`, with the oddness of the words
(`tiaowen.ask.odd`) fitted in the same run. The tune half of eval/questions.jsonl joins with more weight per question; the
test half is never read.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from tiaowen.ask import odd, search
from tiaowen.ask.decide import signals
from tiaowen.ask.query import Understanding, understand
from tiaowen.ask.view import View
from tiaowen.duty.frames import frames
from tiaowen.index import dense, lexical, store
from tiaowen.index.passages import passages
from tiaowen.index.tokens import tokens
from tiaowen.model import Document
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load
from tiaowen.rules import table
from training.subject import Material, Plan, Table, as_encoder, read, train

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "tiaowen" / "rules" / "weights.toml"
FAMILIAR = ROOT / "tiaowen" / "rules" / "familiar.txt"
SHOWN = 30
TUNE_WEIGHT = 6.0
FREE = ("lexical", "vector", "cover", "slot", "whole")
KEPT = ("place", "outward", "report", "others")
"""Weights that are a choice, not a fit: what applies where one is, and a report outwards before everything else."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A question as search saw it: its understanding, what was found, which candidates are right, its words' features."""

    understood: Understanding
    found: search.Found
    right: tuple[bool, ...]
    words: Floats
    answerable: bool
    reason: str | None
    weight: float = 1.0


def generation(documents: Sequence[Document], encoder: dense.Encoder) -> store.Generation:
    """Return an index of the documents in memory."""
    found = tuple(p for d in documents for p in passages(d))
    texts = [f"{p.path}\n{p.text}" for p in found]
    manifest = store.Manifest(store.FORMAT, "", encoder.id, ("lexical", "vector"), {})
    return store.Generation("fit", manifest, tuple(documents), found, tuple(f for d in documents for f in frames(d)),
                            lexical.build([tokens(t) for t in texts]), dense.build(encoder.encode(texts)))


def look(text: str, units: Sequence[str], view: View, encoder: dense.Encoder, *, counts: odd.Counts, scope: Sequence[str] = (),
         region: str | None = None, reason: str | None, weight: float = 1.0) -> Seen | None:
    """Search one question; None where an exact reference or a foreign text decides it."""
    u = understand(text, documents=view.generation.documents)
    if u.problem or u.reference or u.foreign:
        return None
    found = search.search(u, view, allowed=lambda i: not scope or view.places[i][0].meta.id in scope, encoder=encoder,
                          region=region)
    kept = replace(found, candidates=found.candidates[:SHOWN])
    return Seen(u, kept, tuple(c.unit.key in units for c in kept.candidates),
                odd.features(u, kept, view, encoder, counts=counts), reason is None, reason, weight)


class Lexicon:
    """How often each word was used, by author, in questions that have an answer and in questions that have none."""

    def __init__(self, material: Material, documents: Sequence[Document]) -> None:
        """Count the judged words of every training question."""
        self._uses: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
        for q in material.questions:
            for word in {c.said for c in odd.judged(understand(q.text, documents=documents))}:
                self._uses[word][q.author, q.reason is None] += 1

    def without(self, author: str) -> odd.Counts:
        """Return the counts of all authors but one."""
        def counts(word: str) -> tuple[int, int]:
            uses = self._uses.get(word, Counter())
            return (sum(n for (who, ok), n in uses.items() if ok and who != author),
                    sum(n for (who, ok), n in uses.items() if not ok and who != author))
        return counts

    def write(self, path: Path, *, least: int = 2) -> None:
        """Write the words used at least so often: word, uses with an answer, uses without."""
        everyone = self.without("")
        lines = [f"{word}\t{a}\t{b}" for word in sorted(self._uses) for a, b in [everyone(word)] if a + b >= least]
        head = "# Words of the questions in training/pairs: word, questions with an answer, without. Made by training.fit."
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def author_folds(material: Material, folds: int) -> list[list[int]]:
    """Return the numbers of the questions of each fold: whole authors, dealt out by size."""
    size = Counter(q.author for q in material.questions)
    order = sorted(size, key=lambda name: (-size[name], name))
    return [[i for i, q in enumerate(material.questions) if order.index(q.author) % folds == fold] for fold in range(folds)]


def collect(material: Material, documents: Sequence[Document], base: dense.StaticEncoder, folds: int,
            lexicon: Lexicon) -> list[Seen]:
    """Return every training question as seen by an encoder and by counts that do not know its author, and the tune half."""
    out: list[Seen | None] = []
    for fold, held in enumerate(author_folds(material, folds)):
        trained: Table = train(base, material, sorted(set(range(len(material.questions))) - set(held)), Plan())
        encoder = as_encoder(trained)
        view = View(generation(documents, encoder))
        for q in (material.questions[i] for i in held):
            out.append(look(q.text, q.units, view, encoder, counts=lexicon.without(q.author), reason=q.reason))
        if fold == 0:
            out += list(_tune(view, encoder, lexicon.without("")))
        print(f"fold {fold}: {len(out)} questions", flush=True)
    return [seen for seen in out if seen is not None]


def _tune(view: View, encoder: dense.Encoder, counts: odd.Counts) -> Iterable[Seen | None]:
    for line in (ROOT / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == "tune":
            right = [g["id"] for g in row["gold"] if g["grade"] == 3]
            yield look(row["question"], right, view, encoder, counts=counts, scope=row["scope"] or (), region=row["region"],
                       reason=row["expect"]["reason"], weight=TUNE_WEIGHT)


def fit_rank(seen: Sequence[Seen]) -> dict[str, float]:
    """Return the ranking weights: right candidates against the others of the same question."""
    rows = [s for s in seen if any(s.right)]
    size = max(len(s.right) for s in rows)
    x = np.zeros((len(rows), size, len(FREE)), dtype=np.float32)
    fixed = np.full((len(rows), size), -1e9, dtype=np.float32)
    right = np.zeros((len(rows), size), dtype=bool)
    kept = {name: table("weights")["rank"][name] for name in KEPT}
    for i, s in enumerate(rows):
        for j, c in enumerate(s.found.candidates):
            x[i, j] = [c.features[name] for name in FREE]
            fixed[i, j] = sum(weight * c.features[name] for name, weight in kept.items())
            right[i, j] = s.right[j]
    return _softmax_fit(torch.from_numpy(x), torch.from_numpy(fixed), torch.from_numpy(right),
                        torch.tensor([s.weight for s in rows]))


def _softmax_fit(x: torch.Tensor, fixed: torch.Tensor, right: torch.Tensor, weight: torch.Tensor) -> dict[str, float]:
    raw = torch.zeros(x.shape[2], requires_grad=True)
    sharp = torch.tensor(1.0, requires_grad=True)
    optimiser = torch.optim.Adam([raw, sharp], lr=0.05)
    for _ in range(400):
        weights = torch.nn.functional.softplus(raw)
        logits = (x @ weights + fixed) * torch.nn.functional.softplus(sharp) * 3
        likely = torch.log_softmax(logits, dim=1)
        loss = -(weight * torch.logsumexp(likely.masked_fill(~right, -1e9), dim=1)).sum() / weight.sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    values = torch.nn.functional.softplus(raw).detach().numpy()
    return {name: round(float(v), 2) for name, v in zip(FREE, values, strict=True)}


def ordered(seen: Seen, weights: dict[str, float]) -> Seen:
    """Return the question with its candidates in the order of other weights."""
    def score(c: search.Candidate) -> float:
        return sum(weights.get(name, 0.0) * value for name, value in c.features.items())

    pairs = sorted(zip(seen.found.candidates, seen.right, strict=True), key=lambda pair: -score(pair[0]))
    candidates = tuple(replace(c, score=score(c)) for c, _ in pairs)
    return replace(seen, found=replace(seen.found, candidates=candidates), right=tuple(r for _, r in pairs))


def first_share(seen: Sequence[Seen]) -> tuple[float, float]:
    """Return how often the first, and one of the first five, is right."""
    rows = [s for s in seen if s.answerable]
    return (sum(any(s.right[:1]) for s in rows) / len(rows), sum(any(s.right[:5]) for s in rows) / len(rows))


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


def fit_answer(seen: Sequence[Seen]) -> tuple[dict[str, float], dict[str, float], npt.NDArray[np.float64]]:
    """Return the weights of the decision, those of oddness, and the probability that they give each question.

    A question whose asked slot is empty (not_stated) has its subject here: the slot rule declines it, not these weights.
    """
    names = [n for n in signals(seen[0].understood, seen[0].found, odd.Oddness()) if n not in ("bias", "odd")]
    x = np.array([[signals(s.understood, s.found, odd.Oddness())[n] for n in names] for s in seen], dtype=np.float32)
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
    y = torch.tensor([float(s.answerable) for s in seen])
    weight = torch.tensor([s.weight * (s.reason != "not_stated") for s in seen])
    model = _train_answerable(Answerable(x.shape[1], words.shape[2]), tensors, y, weight)
    plain = model.signals.weight.detach().numpy()[0] / spread
    answer = {"bias": float(model.signals.bias) - float(plain @ middle)} | dict(zip(names, map(float, plain), strict=True))
    answer["odd"] = -float(torch.nn.functional.softplus(model.share))
    each = model.words.weight.detach().numpy()[0] / width
    oddness = dict(zip([*odd.FEATURES, *(f"{n}_asked" for n in odd.FEATURES)], map(float, each), strict=True))
    oddness["bias"] += float(model.words.bias) - float(each @ centre)
    with torch.no_grad():
        likely = torch.sigmoid(model(*tensors)).numpy().astype(np.float64)
    return _rounded(answer), _rounded(oddness), likely


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


def _train_answerable(model: Answerable, tensors: tuple[torch.Tensor, ...], y: torch.Tensor, weight: torch.Tensor) -> Answerable:
    torch.manual_seed(1)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(40):
        order = torch.randperm(len(y))
        for at in range(0, len(y), 1024):
            take = order[at : at + 1024]
            each = torch.nn.functional.binary_cross_entropy_with_logits(model(*(t[take] for t in tensors)), y[take], reduction="none")
            loss = (each * weight[take]).sum() / weight[take].sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return model


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
    parser.add_argument("--base", default=str(dense.SHIPPED), help="encoder of the first stage")
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--words", action="store_true", help="only write the counts of words (familiar.txt); fit nothing")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    documents = tuple(parse(load(folder)) for folder in folders(ROOT / "corpus"))
    base = dense.load(options.base)
    assert isinstance(base, dense.StaticEncoder)
    material = read(ROOT / "corpus")
    lexicon = Lexicon(material, documents)
    if options.words:
        lexicon.write(FAMILIAR)
        return
    seen = collect(material, documents, base, options.folds, lexicon)
    print("first, first five before:", first_share(seen))
    rank = fit_rank(seen)
    weights = {**table("weights")["rank"], **rank}
    seen = [ordered(s, weights) for s in seen]
    print("rank", rank, "\nfirst, first five after:", first_share(seen))
    answer, oddness, likely = fit_answer(seen)
    print("answerable", answer, "\nodd", oddness)
    report(seen, likely)
    if options.write:
        write({"rank": rank, "answerable": answer, "odd": oddness})
        lexicon.write(FAMILIAR)


def report(seen: Sequence[Seen], likely: npt.NDArray[np.float64]) -> None:
    """Print declined and wrongly declined by threshold, for pairs and for the tune half."""
    for name, chosen in (("pairs", [s.weight == 1 for s in seen]), ("tune", [s.weight > 1 for s in seen])):
        here = np.array(chosen)
        yes = np.array([s.answerable for s in seen])
        held = np.array([s.reason != "not_stated" for s in seen])
        for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
            refused = float((likely[here & ~yes & held] < threshold).mean())
            wrongly = float((likely[here & yes] < threshold).mean())
            print(f"{name} threshold {threshold}: declined {refused:.3f}, wrongly {wrongly:.3f}")


if __name__ == "__main__":
    main()
