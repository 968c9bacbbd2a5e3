"""Search at scale: python -m eval.bench_stard DIR [--no-quality]. DIR holds laws-national.tar.gz and stard/.

The articles of STARD go through the product's own index (tokens, impacts, static encoder, exact faiss, a generation on
disk that is written and opened as any other), and its lay questions through the product's channels on one core. The
encoder that ships was trained on these questions, so the index gives sizes and times; quality comes from
`training.crosscheck`, which trains on the other questions of each turn.
"""

import argparse
import importlib.util
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tiaowen.index import dense, lexical, store
from tiaowen.index.tokens import tokens
from tiaowen.model import Passage
from training.measure import NAMES, best, judge, mixed
from training.sources import Article, Question, Sources, read_sources

WEIGHT = 0.5  # of the vectors in the timed mixture; the times do not depend on it
NEEDED = ("laws-national.tar.gz", "stard/corpus.jsonl.gz", "stard/queries.train.jsonl", "stard/answers.train.jsonl")
TRAINING = ("torch", "scipy", "sklearn")
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Taken:
    """Seconds of one thing: on the clock, and of the processor (another program beside this one adds nothing there)."""

    wall: float
    processor: float


class Watch:
    """Measures from its making to `read`."""

    def __init__(self) -> None:
        """Start both clocks."""
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def read(self) -> Taken:
        """Return what has passed on both clocks."""
        return Taken(time.perf_counter() - self._wall, time.process_time() - self._processor)


def build(articles: Sequence[Article], encoder: dense.Encoder, folder: Path) -> tuple[Path, list[tuple[str, Taken]]]:
    """Write the articles as one generation of an index; returns its folder and how long each step took."""
    watch = Watch()
    cut = [tokens(article.text) for article in articles]
    steps = [("cut into tokens", watch.read())]
    watch = Watch()
    impacts = lexical.build(cut)
    steps.append(("BM25 impacts", watch.read()))
    watch = Watch()
    vectors = dense.build(encoder.encode([article.text for article in articles]))
    steps.append(("vectors, cutting included", watch.read()))
    watch = Watch()
    manifest = store.Manifest(store.FORMAT, "", encoder.id, ("lexical", "vector"), {})
    passages = tuple(Passage("stard", str(i), str(i), 0, len(a.text), a.law, a.text) for i, a in enumerate(articles))
    made = store.write(folder, manifest=manifest, documents=(), passages=passages, duties=(), lexical=impacts, vectors=vectors)
    steps.append(("written to disk", watch.read()))
    return made, steps


def ranked(generation: store.Generation, encoder: dense.Encoder, question: str) -> npt.NDArray[np.int64]:
    """Return the first hundred articles for a question: both channels of the product, mixed."""
    words = generation.lexical.scores({token: float(n) for token, n in Counter(tokens(question)).items()})
    near = dense.scores(generation.vectors, encoder.encode([question], query=True)[0])
    return best(mixed(words, near, WEIGHT))


def query_times(generation: store.Generation, encoder: dense.Encoder, questions: Sequence[str]) -> list[Taken]:
    """Return how long each question takes from its words to its ranking, after a first pass over twenty of them."""
    import faiss

    faiss.omp_set_num_threads(1)
    for question in questions[:20]:
        ranked(generation, encoder, question)
    _forget()
    out = []
    for question in questions:
        watch = Watch()
        ranked(generation, encoder, question)
        out.append(watch.read())
    return out


def _forget() -> None:
    """Empty the caches of cut texts: a question that comes again costs less than a first one."""
    from tiaowen.index.tokens import _cut, words

    words.cache_clear()
    _cut.cache_clear()


def bm25(generation: store.Generation, questions: Iterable[Question]) -> Floats:
    """Return the figures of the product's word channel alone, question × measure."""
    return np.array([judge(generation.lexical.scores({t: float(n) for t, n in Counter(tokens(q.text)).items()}),
                           frozenset(q.gold)) for q in questions], dtype=np.float32)


def spread(taken: Sequence[float]) -> str:
    """Return the median and the 95th percentile of seconds, in milliseconds."""
    median, high = np.percentile(np.asarray(taken) * 1000, (50, 95))
    return f"median {median:.1f} ms, 95 % under {high:.1f} ms"


def sizes(folder: Path) -> str:
    """Return the size of a generation and of its search files in MB."""
    size = {path.name: path.stat().st_size / 1e6 for path in folder.iterdir()}
    words = sum(n for name, n in size.items() if name.endswith(".npy") or name == "vocabulary.json")
    return f"{sum(size.values()):.0f} MB: words {words:.0f}, vectors {size['vectors.faiss']:.0f}, texts {size['passages.jsonl']:.0f}"


def lines(sources: Sources, encoder: dense.Encoder, index: Path) -> Iterator[str]:
    """Build, time and measure; yield what was found, one line at a time."""
    folder, steps = build(sources.articles[: sources.searched], encoder, index)
    yield f"index of {sources.searched} articles: {sizes(folder)}"
    for name, taken in [*steps, ("in all", Taken(sum(t.wall for _, t in steps), sum(t.processor for _, t in steps)))]:
        yield f"  {name}: {taken.wall:.0f} s, processor {taken.processor:.0f} s"
    generation = store.open_generation(folder)
    asked = query_times(generation, encoder, [question.text for question in sources.questions])
    yield f"query side of {len(asked)} questions, one core, encoder included: {spread([t.wall for t in asked])}"
    yield f"  processor alone: {spread([t.processor for t in asked])}"
    figures = bm25(generation, sources.questions).mean(axis=0)
    yield "BM25 of the product's index: " + ", ".join(f"{n} {x:.3f}" for n, x in zip(NAMES, figures, strict=True))


def quality(data: Path, start: Path | None) -> None:
    """Print both tables of the cross-check, or what to install for it."""
    missing = [name for name in TRAINING if importlib.util.find_spec(name) is None]
    if missing:
        print(f"quality not measured, {', '.join(missing)} missing: pip install torch scipy scikit-learn")
        return
    from training import crosscheck

    given = ["--data", str(data), "--threads", "1", *(["--start", str(start)] if start else [])]
    crosscheck.main(given)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 where the data is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--no-quality", action="store_true", help="sizes and times only: no training")
    parser.add_argument("--start", type=Path, help="a .npy file that keeps the start vectors between runs")
    given = parser.parse_args(arguments)
    missing = [name for name in NEEDED if not (given.data / name).is_file()]
    if missing:
        print(f"数据目录 {given.data} 缺少：{'、'.join(missing)}。请用 DATA= 指定放有这些文件的目录。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(read_sources(given.data), dense.load(dense.chosen()), Path(folder)):
            print(line, flush=True)
    if not given.no_quality:
        quality(given.data, given.start)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
