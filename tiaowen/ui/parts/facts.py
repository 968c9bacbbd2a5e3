"""What is known of a document: absent is 未注明, never a default."""

from collections.abc import Sequence

from tiaowen import wording as core
from tiaowen.library import title as title_of
from tiaowen.model import Document, Meta
from tiaowen.ui import wording
from tiaowen.ui.html import Html, h, join
from tiaowen.ui.parts.status import badge, day, reader_link, region_tag, successor


def document_head(document: Document, title: str, others: Sequence[Document] = ()) -> Html:
    """Return title, status, place, successor and the other texts of the same work."""
    badges = h("p", badge(document.meta), region_tag(document.meta), cls="tw-badges")
    return h("header", h("h1", title, cls="tw-title"), badges, successor(document.meta), other_texts(others), cls="tw-document-head")


def other_texts(others: Sequence[Document]) -> Html | None:
    """Return links to the other texts of a work, each with its day and status."""
    if not others:
        return None
    lines = [h("li", h("a", _with_day(d.meta), href=reader_link(d.meta.id)), " ", badge(d.meta)) for d in others]
    return h("div", h("p", h("strong", wording.OTHER_TEXTS)), h("ul", *lines), cls="tw-others")


def _with_day(meta: Meta) -> str:
    when = meta.dates.amended or meta.dates.adopted or meta.dates.issued
    return wording.OTHER_TEXT.format(title=title_of(meta), day=when) if when else title_of(meta)


def facts(document: Document, coverage: float) -> Html:
    """Return the table of what is known of a document."""
    rows = [(wording.FACT[name], value or core.UNSTATED) for name, value in _facts(document.meta)]
    rows.append((wording.FACT["provisions"], str(len(document.provisions))))
    rows.append((wording.FACT["coverage"], wording.COVERAGE.format(percent=f"{coverage * 100:.4g}")))
    remarks = [h("li", issue.message) for issue in document.issues]
    if remarks:
        rows.append((wording.FACT["issues"], h("ul", *remarks)))
    return h("dl", *(h("div", h("dt", name), h("dd", value)) for name, value in rows), cls="tw-facts")


def _facts(meta: Meta) -> list[tuple[str, str | None]]:
    evidence, dates = meta.status_evidence, meta.dates
    return [
        ("number", meta.document_number), ("issuer", meta.issuer), ("issued", day(dates.issued)),
        ("adopted", day(dates.adopted)), *([("amended", day(dates.amended))] if dates.amended else []),
        ("in_force", day(dates.in_force)), ("level", meta.level),
        ("region", meta.region), ("stage", meta.stage), ("evidence", evidence.quote if evidence else None),
        ("checked", _checked(meta)), ("successor", _successor(meta)),
    ]


def _checked(meta: Meta) -> str | None:
    evidence = meta.status_evidence
    if evidence is None or evidence.checked_on is None:
        return None
    return wording.CHECKED.format(on=evidence.checked_on, source=evidence.checked_source or core.UNSTATED)


def _successor(meta: Meta) -> str | None:
    later = meta.successor
    if later is None:
        return None
    return wording.ADOPTED.format(title=later.title, adopted=day(later.adopted), in_force=day(later.in_force),
                                  held=core.HELD[later.document is not None])


def message(sentence: str) -> Html:
    """Return a sentence about a link that leads nowhere."""
    return join(h("p", sentence, cls="tw-warning", role="status"))
