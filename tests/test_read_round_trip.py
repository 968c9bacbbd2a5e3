"""The shipped documents saved in other formats and read again: the same tree, and the same text but for white space."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import making
from tests.conftest import FIVE
from tiaowen.model import Document, SourceDocument
from tiaowen.parse.document import parse
from tiaowen.read import isolated
from tiaowen.read.reading import Reading


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shape(document: Document) -> list[tuple[str, str, str | None]]:
    """Eid, label and heading of every provision; white space apart."""
    return [(p.eid, squeezed(p.label), squeezed(document.cut(p.heading)) if p.heading else None) for p in document.provisions]


def paragraphs(document: Document) -> list[str]:
    """The lines as a person would paste them into Word: without residue, without blank lines."""
    return [line.strip() for line in document.clean.text.splitlines() if line.strip()]


def titles(document: Document) -> list[str]:
    return [document.clean.text[b.start : b.end].strip() for b in document.blocks if b.role in ("title", "mark")]


MAKERS: dict[str, Callable[[Document], bytes]] = {
    "docx": lambda d: making.docx(paragraphs(d)),
    "html": lambda d: making.page_of_site(paragraphs(d)),
    "pdf": lambda d: making.pdf(paragraphs(d), centred=titles(d), header="某市人民政府公报"),
    "txt": lambda d: d.clean.text.encode("gb18030"),
}


def reparsed(reading: Reading, ending: str, document: Document) -> Document:
    from dataclasses import replace

    return parse(SourceDocument(replace(document.meta, file=f"a.{ending}"), reading.text, reading.issues, reading.pages))


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("identity", FIVE)
def test_the_same_tree_and_text(identity: str, ending: str, documents: dict[str, Document], tmp_path: Path) -> None:
    document = documents[identity]
    path = tmp_path / f"a.{ending}"
    path.write_bytes(MAKERS[ending](document))
    again = reparsed(isolated.read(path), ending, document)
    assert squeezed(again.clean.text) == squeezed(document.clean.text)
    assert shape(again) == shape(document)
