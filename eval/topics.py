"""Score the cells of comparisons by topic: python -m eval.topics [FILE …] [--free] [--show].

A row of the gold (eval/topics.jsonl) is a topic and a document: the units that regulate it, or silent with the units that only
share a word. Counted are units (right, found wrongly, missed), cells that are silent or not as labelled, and of silent cells whether
the nearest provision is one that the labeller names. `--free` passes over the curated topics: the words of the topic alone, which is
what a topic gets that no row knows. `--show` prints the mistakes, for a file of the tune half only.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures import wilson
from tiaowen.compare.nearest import nearest
from tiaowen.compare.topics import Topic, find_topic
from tiaowen.library import Library

GOLD = Path(__file__).parent / "topics.jsonl"


@dataclass(slots=True)
class Score:
    """Units found rightly, wrongly, and missed; cells; nearest provisions."""

    right: int = 0
    false: int = 0
    missed: int = 0
    cells: int = 0
    same: int = 0
    silent: int = 0
    silent_right: int = 0
    near: int = 0
    near_right: int = 0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall of units."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0


def score(rows: Sequence[dict[str, Any]], library: Library, *, free: bool = False, show: bool = False) -> Score:
    """Return the score of gold rows."""
    out = Score()
    topics: dict[str, Topic] = {}
    for row in rows:
        topic = topics.setdefault(row["topic"], find_topic(row["topic"], documents=library.documents, curated=not free))
        _count(row, topic, library, out, show)
    return out


def _count(row: dict[str, Any], topic: Topic, library: Library, out: Score, show: bool) -> None:
    matrix = library.by_topic.matrix
    found = {library.view.places[on.number][1].eid for on in matrix.regulating(topic, row["document"])}
    gold = set(row["provisions"])
    out.right += len(found & gold)
    out.false += len(found - gold)
    out.missed += len(gold - found)
    out.cells += 1
    out.same += (not found) == (not gold)
    out.silent += not gold
    out.silent_right += not gold and not found
    if not gold and not found and row.get("near"):
        near = nearest(topic, [row["document"]], matrix, library.encoder).get(row["document"])
        out.near += 1
        out.near_right += near is not None and near.id.partition("#")[2] in row["near"]
    if show and found != gold:
        print(f"{row['topic']} {row['document']}: 多 {sorted(found - gold)} 少 {sorted(gold - found)}")


def _rate(hits: int, n: int) -> str:
    low, high = wilson(hits, n)
    return f"{hits / n:.3f} ({hits}/{n}, {low:.2f}–{high:.2f})" if n else "– (0)"


def page(name: str, found: Score) -> str:
    """Return the figures as printed."""
    return "\n".join((
        f"{name}",
        f"  units: F1 {found.f1:.3f}, precision {_rate(found.right, found.right + found.false)}, recall {_rate(found.right, found.right + found.missed)}",
        f"  gaps: cells silent or not as labelled {_rate(found.same, found.cells)}, of silent cells {_rate(found.silent_right, found.silent)}",
        f"  nearest provision among those named {_rate(found.near_right, found.near)}",
    ))


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()]


def agreement() -> list[str]:
    """Return how far the second labelling of a seeded fifth of the topics agrees: units of both as F1, silent cells."""
    first = {(row["topic"], row["document"]): row for row in _rows("topics.jsonl")}
    found, same = Score(), []
    for row in _rows("topics_second.jsonl"):
        one, other = set(first[row["topic"], row["document"]]["provisions"]), set(row["provisions"])
        found.right, found.false, found.missed = found.right + len(one & other), found.false + len(other - one), found.missed + len(one - other)
        same.append(bool(one) == bool(other))
    return [f"| two labellers, a fifth of the topics: units, F1 | {found.f1:.3f} ({found.right} in common) |",
            f"| two labellers: silent or not | {_rate(sum(same), len(same))} |"]


def report_lines(library: Library) -> list[str]:
    """Return the section on comparisons by topic for eval/report.md."""
    out = ["## topics and documents", "", "Cells of comparisons against `eval/topics.jsonl`, halves cut by topic.", "", "| measure | value |", "|---|---|"]
    rows = _rows("topics.jsonl")
    for split in ("tune", "test"):
        for free in (False, True):
            found = score([row for row in rows if row["split"] == split], library, free=free)
            name = f"{split}, {'words alone' if free else 'with the table of topics'}"
            out += [f"| {name}: units, F1 | {found.f1:.3f} |",
                    f"| {name}: precision | {_rate(found.right, found.right + found.false)} |",
                    f"| {name}: recall | {_rate(found.right, found.right + found.missed)} |",
                    f"| {name}: cells silent or not as labelled | {_rate(found.same, found.cells)} |",
                    f"| {name}: silent cells found silent | {_rate(found.silent_right, found.silent)} |"]
    return [*out, *agreement(), ""]


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[GOLD])
    parser.add_argument("--free", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    library = Library()
    for file in options.files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        print(page(file.name, score(rows, library, free=options.free, show=options.show)))


if __name__ == "__main__":
    main()
