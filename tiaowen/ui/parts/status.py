"""The status badge and what goes with it: on every citation, never without its words."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from tiaowen import wording as core
from tiaowen.library import since
from tiaowen.model import Document, Meta
from tiaowen.ui import wording
from tiaowen.ui.html import Html, h, join, plain_label

TONE = {
    "in_force": "good", "issued": "plain", "draft": "warn", "draft_superseded": "warn", "not_yet_in_force": "warn",
    "amended": "warn", "repealed": "warn", "expired": "warn", "unknown": "plain",
}


def day(value: date | str | None) -> str:
    """Return a date as shown, 未注明 where there is none."""
    return str(value) if value else core.UNSTATED


def status_words(meta: Meta) -> str:
    """Return the status of a document in words, with the date of the check where it claims to be in force."""
    evidence = meta.status_evidence
    return core.STATUS[meta.status].format(checked=day(evidence.checked_on if evidence else None))


def badge(meta: Meta) -> Html:
    """Return the status as a badge."""
    return h("span", status_words(meta), cls=f"tw-badge tw-{TONE.get(meta.status, 'plain')}")


def region_tag(meta: Meta) -> Html | None:
    """Return the region of a document as a badge."""
    return h("span", meta.region.replace("/", " "), cls="tw-badge tw-region") if meta.region else None


def successor(meta: Meta) -> Html | None:
    """Return the line that names the text which replaced a document."""
    if meta.successor is None:
        return None
    later = meta.successor
    form = wording.REPLACED if meta.status not in core.DRAFTS else wording.SUCCESSOR if later.in_force else wording.SUCCESSOR_UNDATED
    words = form.format(title=later.title, in_force=day(later.in_force), since=since(later), held=core.HELD[later.document is not None])
    link = h("a", wording.OPEN_SUCCESSOR, href=reader_link(later.document)) if later.document else None
    return h("p", words, link and Html(" "), link, cls="tw-successor")


def reader_link(identity: str, eid: str | None = None) -> str:
    """Return the address of a document in the reader, or of a provision in it."""
    return "reader?" + urlencode({"doc": identity} | ({"eid": eid} if eid else {}))


def citation_link(citation: str, document: Document, eid: str, page: str) -> None:
    """Show a citation as a link to its place in the reader, with status and successor."""
    st.page_link(page, label=plain_label(citation), query_params={"doc": document.meta.id, "eid": eid})
    st.html(join(h("p", badge(document.meta), region_tag(document.meta), cls="tw-badges"), successor(document.meta)))
