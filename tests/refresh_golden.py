"""Golden trees of the shipped corpus: `python -m tests.refresh_golden` writes them, test_golden.py compares.

One line a provision: eid, label, heading, first and last 12 characters, length, units. Read the change as a diff.
"""

from pathlib import Path

from tiaowen.model import Document, Provision
from tiaowen.parse.citation import text_of
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
GOLDEN = Path(__file__).resolve().parent / "golden"
SEEN = 12


def tree(document: Document) -> str:
    """Return the golden tree of a document."""
    return "".join(f"{line(p, document)}\n" for p in document.provisions)


def line(p: Provision, document: Document) -> str:
    """Return the line of one provision."""
    words = text_of(p, document).replace("\n", "⏎")
    fields = [p.eid, p.label or "-", document.cut(p.heading) if p.heading else "-", f"{words[:SEEN]} … {words[-SEEN:]}",
              str(len(words))]
    if p.units:
        lead = "、".join(document.cut(n) for n in p.units.lead) or "-"
        rest = "、".join(document.cut(n) for n in p.units.names if n not in p.units.lead) or "-"
        fields.append(f"{p.units.mode}: {lead} | {rest}")
    return "\t".join(fields)


def path(identity: str) -> Path:
    """Return the file of a golden tree."""
    return GOLDEN / f"{identity}.tree.txt"


def main() -> None:
    """Write the tree of every shipped document of the local shelf."""
    GOLDEN.mkdir(exist_ok=True)
    for folder in folders(CORPUS):
        if folder.parent == CORPUS:
            document = parse(load(folder))
            path(document.meta.id).write_text(tree(document), encoding="utf-8")
            print(f"{document.meta.id}: {len(document.provisions)}")


if __name__ == "__main__":
    main()
