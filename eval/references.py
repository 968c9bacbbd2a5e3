"""References of the five documents against the labels made by hand: python -m eval.references."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures import rate
from tiaowen.model import Document
from tiaowen.parse.document import parse
from tiaowen.parse.references import linked
from tiaowen.parse.source import folders, load

HERE = Path(__file__).parent
Label = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """Labels found and right, found and wrong, and missed."""

    right: tuple[Label, ...]
    wrong: tuple[Label, ...]
    missed: tuple[Label, ...]


def gold() -> list[Label]:
    """Return the labels made by hand."""
    lines = (HERE / "references.jsonl").read_text(encoding="utf-8").splitlines()
    return [label(json.loads(line)) for line in lines]


def label(row: dict[str, Any]) -> Label:
    """Return one label as it is compared: every field counts."""
    return (row["document"], row["eid"], row["words"], row["kind"], " ".join(row["targets"]), row["title"] or "",
            row["number"] or "", row["article"] or "")


def found(documents: Sequence[Document]) -> list[Label]:
    """Return what the program reads in the documents, in the form of the labels."""
    return [label({"document": d.meta.id, "eid": c.eid, "words": c.words, "kind": c.kind, "targets": c.targets,
                   "title": c.title, "number": c.number, "article": c.article}) for d in documents for c in d.references]


def held(corpus: Path = Path("corpus")) -> tuple[Document, ...]:
    """Return the documents of a corpus with their references resolved across it."""
    return linked([parse(load(folder)) for folder in folders(corpus)])


def measure(documents: Sequence[Document]) -> Measured:
    """Compare with the labels, repeated ones counted; documents without labels are left out."""
    labels = gold()
    labelled = {one[0] for one in labels}
    want, have = Counter(labels), Counter(one for one in found(documents) if one[0] in labelled)
    return Measured(tuple((want & have).elements()), tuple((have - want).elements()), tuple((want - have).elements()))


def report_lines(documents: Sequence[Document] | None = None) -> list[str]:
    """Return the section of the report as Markdown lines."""
    measured = measure(held() if documents is None else documents)
    right = [True] * len(measured.right)
    kinds = Counter(one[3] for one in gold())
    counted = ", ".join(f"{kind} {kinds[kind]}" for kind in ("internal", "basis", "external"))
    return ["## references", "", f"{sum(kinds.values())} references labelled by hand ({counted}); place, words, kind, targets, title, "
            "number and article must all be right.", "", "| measure | value |", "|---|---|",
            f"| precision | {rate(right + [False] * len(measured.wrong))} |",
            f"| recall | {rate(right + [False] * len(measured.missed))} |", ""]


def main() -> None:
    """Print the figures and every difference."""
    documents = held()
    measured = measure(documents)
    print("\n".join(report_lines(documents)))
    for name, labels in (("wrong", measured.wrong), ("missed", measured.missed)):
        for one in labels:
            print(name, *one, sep=" | ")


if __name__ == "__main__":
    main()
