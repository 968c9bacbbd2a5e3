"""The whole of parsing on one screen: source document -> document."""

from dataclasses import replace
from pathlib import PurePath

from tiaowen.model import CleanText, Document, Issue, Provision, SourceDocument
from tiaowen.parse.blocks import blocks
from tiaowen.parse.clean import clean
from tiaowen.parse.facts import differences, open_dates, stated
from tiaowen.parse.outline import outline
from tiaowen.parse.references import references
from tiaowen.parse.units import with_units

NUMBERED = ("l1", "l2", "l3", "l4")


def parse(source: SourceDocument) -> Document:
    """Return the parsed document. Odd input becomes an issue, never a refusal."""
    cleaned = clean(source.raw, suffix=PurePath(source.meta.file).suffix.lower().lstrip("."))
    text = cleaned.text
    cut = blocks(text)
    provisions, numbering = outline(text, cut)
    provisions, unit_findings = with_units(text, provisions)
    removed = len(source.raw) - len(text)
    residue = (Issue("residue", f"已略去 {removed} 个非正文字符（书签、分页空行、网页残留）", level="note"),) if removed else ()
    issues = (*source.issues, *differences(source.meta, stated(text, cut)), *numbering, *unit_findings,
              *open_dates(text), *residue)
    pages = tuple(_clean_offset(cleaned, start) for start in source.pages)
    document = Document(source.meta, cleaned, cut, provisions, issues, pages=pages)
    return replace(document, references=references(document))


def _clean_offset(cleaned: CleanText, raw: int) -> int:
    """The clean offset of a raw one; inside a deleted run, of the first kept character after it."""
    return raw - sum(min(run.end, raw) - run.start for run in cleaned.deleted if run.start < raw)


def is_unit(provision: Provision, document: Document) -> bool:
    """Tell whether a provision is an article, an annex, or a numbered unit without numbered children (a leaf)."""
    if provision.level in ("art", "att"):
        return True
    if provision.level not in NUMBERED:
        return False
    return not any(child.rpartition("__")[2].startswith(NUMBERED) for child in provision.children)


def unit_of(eid: str, document: Document) -> str:
    """Return the eid of the unit that holds `eid`, or `eid` itself outside units."""
    current: str | None = eid
    while current:
        provision = document.get(current)
        if is_unit(provision, document):
            return current
        current = provision.parent
    return eid


def coverage(source: SourceDocument, document: Document) -> float:
    """Return the share of raw characters accounted for: in a block of the clean text or in a named deleted run."""
    if not source.raw:
        return 1.0
    kept = sum(b.end - b.start for b in document.blocks)
    deleted = sum(run.end - run.start for run in document.clean.deleted)
    return (kept + deleted) / len(source.raw)
