"""Times on this machine: python -m eval.bench. Figures for the README; nothing here is a test."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def main() -> None:
    """Measure and print."""
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
