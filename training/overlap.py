"""Do training questions come too near to evaluation questions? python -m training.overlap [--limit 0.6]

Prints every training question whose character bigrams overlap with an evaluation question's (Jaccard) above the limit,
and exits 1 when there is one. `training.subject` leaves such questions out.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tiaowen.index.tokens import bigrams, fold

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 0.6


def near(questions: Iterable[str], others: Iterable[str], limit: float = LIMIT) -> Iterator[tuple[str, str, float]]:
    """Yield (question, other, overlap) for each question with an other above the limit; the closest other."""
    sets = [(other, frozenset(bigrams(fold(other)))) for other in others]
    for question in questions:
        own = frozenset(bigrams(fold(question)))
        best, name = 0.0, ""
        for other, theirs in sets:
            smaller, larger = sorted((len(own), len(theirs)))
            if not larger or smaller / larger < limit:
                continue
            share = len(own & theirs) / len(own | theirs)
            if share > best:
                best, name = share, other
        if best > limit:
            yield question, name, best


def evaluation() -> list[str]:
    """Return every evaluation question."""
    return [json.loads(line)["question"] for line in (ROOT / "eval" / "questions.jsonl").read_text("utf-8").splitlines()]


def pairs() -> list[str]:
    """Return every training question, those that only the decision is fitted on among them."""
    files = sorted((ROOT / "training").glob("[pj]*/*.jsonl"))
    return [json.loads(line)["question"] for path in files for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Print the pairs that are too near."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=LIMIT)
    limit = parser.parse_args().limit
    found = sorted(near(pairs(), evaluation(), limit), key=lambda row: -row[2])
    for question, other, share in found:
        print(f"{share:.2f}  {question}  ~  {other}")
    print(f"{len(found)} of {len(pairs())} training questions above {limit}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
