"""Times on this machine: python -m eval.bench. Figures for the README; nothing here is a test."""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eval.made_up import corpus
from eval.run import questions

EXAMPLE = "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？"


def cold(runs: int = 5) -> list[float]:
    """Return the wall seconds of a whole `tiaowen ask` process, after one that warms the disk."""
    out = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "tiaowen", "ask", EXAMPLE, "--json"], check=True, capture_output=True)
        out.append(time.perf_counter() - began)
    return out[1:]


def warm() -> tuple[list[float], list[float]]:
    """Return the seconds of each question of the evaluation: the whole answer, and the query side alone."""
    from tiaowen.ask.query import understand
    from tiaowen.ask.search import search
    from tiaowen.library import Library

    library = Library()
    rows = questions(None)
    for row in rows:
        library.ask(row["question"])
    whole, query = [], []
    for row in rows:
        began = time.perf_counter()
        library.ask(row["question"], region=row["region"])
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        understood = understand(row["question"], documents=library.documents)
        if not understood.problem:
            search(understood, library.view, allowed=lambda _: True, encoder=library.encoder)
        query.append(time.perf_counter() - began)
    return whole, query


def harm() -> float:
    """Return the seconds of the harm patterns on the longest question: a pattern that backtracks shows here."""
    from tiaowen.ask.query import LONGEST_QUESTION, is_harm

    question = ("学生的规定和打被老让给他一" * LONGEST_QUESTION)[:LONGEST_QUESTION]
    is_harm(question)
    began = time.perf_counter()
    is_harm(question)
    return time.perf_counter() - began


def ingest() -> float:
    """Return the wall seconds of building the index from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run([sys.executable, "ingest.py", "--index", str(Path(folder) / "index")], check=True, capture_output=True)
        return time.perf_counter() - began


def again(size: int) -> tuple[float, float]:
    """Return the processor seconds of building `size` made-up documents from nothing, and again after changing one."""
    with tempfile.TemporaryDirectory() as folder:
        made = corpus(Path(folder) / "corpus", size)
        command = [sys.executable, "ingest.py", "--corpus", str(made), "--index", str(Path(folder) / "index")]
        out = []
        for _ in range(2):
            began = _children()
            subprocess.run(command, check=True, capture_output=True)
            out.append(_children() - began)
            text = made / f"made-up-{size // 2:04d}" / "text.txt"
            text.write_text(text.read_text(encoding="utf-8").replace("学校", "幼儿园"), encoding="utf-8")
        return out[0], out[1]


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", type=int, metavar="N", help="only the second ingest of N made-up documents after one changed")
    asked = parser.parse_args()
    if asked.again is None:
        _times()
    size = asked.again or 200
    whole, one = again(size)
    print(f"ingest of {size} made-up documents: {whole:.1f} processor seconds from nothing, {one:.1f} after changing one: "
          f"{one / whole:.1%}")


def _times() -> None:
    seconds = cold()
    print(f"cold ask, whole process: median {statistics.median(seconds):.2f} s of {len(seconds)}")
    whole, query = warm()
    for name, values in (("warm ask", whole), ("query side (understand and search)", query)):
        ordered = sorted(values)
        print(f"{name}: median {statistics.median(values) * 1000:.1f} ms, 95 % under {ordered[int(len(ordered) * 0.95)] * 1000:.1f} ms, "
              f"slowest {ordered[-1] * 1000:.0f} ms of {len(values)}")
    print(f"harm patterns on the longest question: {harm() * 1000:.1f} ms")
    print(f"ingest from nothing, whole process: {ingest():.1f} s")


if __name__ == "__main__":
    main()
