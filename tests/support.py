"""Small helpers of the tests: documents from snippets, corpora in a temporary folder, places for failure messages."""

from itertools import pairwise
from pathlib import Path

from tiaowen.model import Document, Meta, SourceDocument
from tiaowen.parse.document import parse


def doc(text: str, *, file: str = "t.txt", **meta: object) -> Document:
    """Return the document that a snippet parses to."""
    return parse(SourceDocument(Meta("t", file, **{"title": "试验文件", **meta}), text))  # type: ignore[arg-type]


def eids(document: Document) -> list[str]:
    """Return the eids in order."""
    return [p.eid for p in document.provisions]


def tiling(document: Document) -> list[str]:
    """What is wrong with the own spans and unit lines: overlaps, and words of the body that none of them holds.

    Titles, stage marks, contents and the blank lines around them belong to no provision.
    """
    spans = sorted((s.start, s.end) for p in document.provisions for s in (p.own, p.unit_line) if s)
    bad = [f"overlap: {a} {b}" for a, b in pairwise(spans) if a[1] > b[0]]
    held = bytearray(len(document.clean.text))
    for a, b in spans:
        held[a:b] = b"x" * (b - a)
    loose = True
    for block in document.blocks:
        inside = held[block.start : block.end].count(b"x")
        if block.role in ("title", "mark", "toc"):
            loose = True
        elif inside == block.end - block.start:
            loose = False
        elif not (block.role == "blank" and loose and not inside):
            bad.append(f"not held: {document.clean.text[block.start : block.end]!r}")
    return bad


def shown(document: Document, eid: str) -> str:
    """Return doc#eid and the words, for the message of a failing test."""
    return f"{document.meta.id}#{eid}: {document.cut(document.get(eid).full)!r}"


def write_corpus(folder: Path, documents: dict[str, tuple[str, str]]) -> Path:
    """Write a corpus: id (or _law/id) -> (meta.toml without file, text)."""
    for name, (meta, text) in documents.items():
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        (place / "text.txt").write_text(text, encoding="utf-8")
        (place / "meta.toml").write_text(f'file = "text.txt"\n{meta}\n', encoding="utf-8")
    return folder
