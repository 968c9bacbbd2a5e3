"""Documents -> passages: each unit whole, and its paragraphs apart where it has several."""

from tiaowen.model import Document, Passage, Provision
from tiaowen.parse.citation import path, text_of
from tiaowen.parse.document import is_unit


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document; `text` is what the unit reads, `path` the headings it stands under."""
    out = []
    for provision in document.provisions:
        if is_unit(provision, document):
            out.append(_passage(document, provision, provision))
            parts = [document.get(c) for c in provision.children]
            if len(parts) > 1:
                out += [_passage(document, provision, part) for part in parts]
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
