"""Kinship of documents against the labels made by hand: python -m eval.kinship [FILE].

A row of the file: {"documents": [higher, lower], "higher": eid or null, "lower": eid or null, "relation", "split": "tune" or "test"}.
A pair is right where both sides are; its relation (copied, adapted) is measured apart, among the right pairs.
"""

import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.measures import rate
from tiaowen.compare.kinship import ADAPTED, ALONE, COPIED, NEW, kinship
from tiaowen.model import Document
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load

HERE = Path(__file__).parent
FILE = HERE / "kinship.jsonl"
Key = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """Of two documents: pairs right, wrong and missed; among the right those with the right relation; the units left alone."""

    right: tuple[Key, ...]
    wrong: tuple[Key, ...]
    missed: tuple[Key, ...]
    relations: tuple[bool, ...]
    alone: dict[str, tuple[int, int, int]]

    @property
    def precision(self) -> float:
        """Return the share of found pairs that are labelled."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """Return the share of labelled pairs that are found."""
        return len(self.right) / max(1, len(self.right) + len(self.missed))

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * len(self.right) / max(1, 2 * len(self.right) + len(self.wrong) + len(self.missed))


def half(key: Key) -> str:
    """Return the half of a row by the checksum of its lower side, or of its higher side where it stands alone."""
    return "test" if zlib.crc32((key[1] or key[0] or "").encode()) % 2 else "tune"


def measure(higher: Document, lower: Document, gold: dict[Key, str], halves: Sequence[str]) -> Measured:
    """Return how the program's pairs of two documents stand to the labels of some halves."""
    found = {(p.higher, p.lower): p.relation for p in kinship(higher, lower).pairs if half((p.higher, p.lower)) in halves}
    gold = {key: relation for key, relation in gold.items() if half(key) in halves}
    ours, labelled = ({k for k, r in rows.items() if r in (COPIED, ADAPTED)} for rows in (found, gold))
    right = sorted(ours & labelled, key=str)
    alone = {}
    for relation in (NEW, ALONE):
        a, b = ({k for k, r in rows.items() if r == relation} for rows in (found, gold))
        alone[relation] = (len(a & b), len(a - b), len(b - a))
    return Measured(tuple(right), tuple(sorted(ours - labelled, key=str)), tuple(sorted(labelled - ours, key=str)),
                    tuple(found[k] == gold[k] for k in right), alone)


def labels(path: Path) -> dict[tuple[str, str], dict[Key, str]]:
    """Return the labels of a file by their two documents."""
    out: dict[tuple[str, str], dict[Key, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        higher, lower = row["documents"]
        out.setdefault((higher, lower), {})[row["higher"], row["lower"]] = row["relation"]
    return out


def report(path: Path = FILE, corpus: Path = Path("corpus")) -> str:
    """Return the figures of every two documents of a file, halves apart, as lines of text."""
    documents = {folder.name: parse(load(folder)) for folder in folders(corpus)}
    out = []
    for (higher, lower), gold in labels(path).items():
        for name in sorted({half(key) for key in gold}, reverse=True):
            found = measure(documents[higher], documents[lower], gold, (name,))
            pairs = len(found.right) + len(found.missed)
            out.append(f"{higher} -> {lower} ({name}, {pairs} pairs): P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}; "
                       f"relation {rate(found.relations)}")
            for relation, (right, wrong, missed) in found.alone.items():
                out.append(f"  {relation}: right {right}, wrong {wrong}, missed {missed}")
            if name == "tune":
                out += [f"  wrong {a} {b}" for a, b in found.wrong] + [f"  missed {a} {b}" for a, b in found.missed]
    return "\n".join(out)


def agreement() -> list[str]:
    """Return how far the second, blind labelling of a part of the lower units agrees: pairs as F1, relations."""
    out = []
    first = labels(FILE)
    for key, second in labels(HERE / "kinship_second.jsonl").items():
        units = {lower for _, lower in second}
        one = {pair: r for pair, r in first[key].items() if pair[1] in units and pair[0]}
        other = {pair: r for pair, r in second.items() if pair[0]}
        both = one.keys() & other.keys()
        f1 = 2 * len(both) / max(1, len(one) + len(other))
        out += [f"| two labellers, {key[1]}, {len(units)} units: pairs, F1 | {f1:.3f} ({len(both)} in common) |",
                f"| two labellers, {key[1]}: same relation | {rate([one[k] == other[k] for k in both])} |"]
    return out


def report_lines(documents: Sequence[Document]) -> list[str]:
    """Return the section on kinship for eval/report.md."""
    held = {d.meta.id: d for d in documents}
    out = ["## kinship", "", "Pairs against `eval/kinship.jsonl`, halves cut by lower unit.", "", "| measure | value |", "|---|---|"]
    for (higher, lower), gold in labels(FILE).items():
        for name in ("tune", "test"):
            found = measure(held[higher], held[lower], gold, (name,))
            out += [f"| {lower}, {name}: pairs, F1 | {found.f1:.3f} (right {len(found.right)}, wrong {len(found.wrong)}, missed {len(found.missed)}) |",
                    f"| {lower}, {name}: relation of the right pairs | {rate(found.relations)} |"]
    return [*out, *agreement(), ""]


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE))
