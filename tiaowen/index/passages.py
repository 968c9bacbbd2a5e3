"""Documents -> passages: each unit whole, its paragraphs apart where it has several, and windows of long ones."""

import re

from tiaowen.model import Document, Passage, Provision
from tiaowen.parse.citation import path, text_of
from tiaowen.parse.document import is_unit

LONG = 260
WINDOW = 130
_SENTENCE = re.compile(r"[^。；\n]*[。；]+[”’）」』]*|[^。；\n]+")


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document; `text` is what is read, `path` the headings it stands under.

    A plan's leaf of a thousand characters names dozens of tasks: as one passage none of them would be found.
    """
    out = []
    for provision in document.provisions:
        if is_unit(provision, document):
            out.append(_passage(document, provision, provision))
            parts = [document.get(c) for c in provision.children]
            if len(parts) > 1:
                out += [_passage(document, provision, part) for part in parts]
            for part in parts or [provision]:
                out += _windows(document, provision, part)
    return tuple(out)


def _passage(document: Document, unit: Provision, part: Provision) -> Passage:
    return Passage(
        document=document.meta.id,
        unit=unit.eid,
        at=part.eid,
        start=part.full.start,
        end=part.full.end,
        path=" ".join(path(unit.eid, document)),
        text=text_of(part, document),
    )


def _windows(document: Document, unit: Provision, part: Provision) -> list[Passage]:
    """Runs of whole sentences of about WINDOW characters, for a part longer than LONG."""
    if part.full.end - part.full.start <= LONG:
        return []
    text, heading = document.clean.text, " ".join(path(unit.eid, document))
    out, start, end = [], -1, -1
    for match in _SENTENCE.finditer(text, part.full.start, part.full.end):
        if start >= 0 and match.end() - start > WINDOW:
            out.append((start, end))
            start = -1
        start = match.start() if start < 0 else start
        end = match.end()
    if start >= 0:
        out.append((start, end))
    return [Passage(document.meta.id, unit.eid, part.eid, a, b, heading, text[a:b].strip())
            for a, b in out if text[a:b].strip()]
