"""我的草案: a draft pasted or uploaded, read in memory, compared with what is held; nothing is kept after the visit."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import streamlit as st

from tiaowen import wording as core
from tiaowen.errors import ReadError
from tiaowen.library import Library, Proposal, read_file, units
from tiaowen.model import Document
from tiaowen.ui import nav, state, wording
from tiaowen.ui.html import h
from tiaowen.ui.parts.choose import downloads, option
from tiaowen.ui.parts.draft import articles, counts, dead, draft_title
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.labels import upload_labels
from tiaowen.ui.parts.page import head

T = TypeVar("T")
TYPES = ["txt", "md", "docx", "pdf", "html", "htm", "doc", "wps", "rtf", "ofd"]
MOST_OTHERS = 4
LARGEST = 10_000_000  # bytes of an uploaded file


def _given() -> tuple[str, str] | None:
    """Return (text, file name) of the draft that was handed in, None before one was; raises ReadError."""
    with st.form("draft-form", border=False):
        pasted = st.text_area(wording.DRAFT_TEXT, height=220, key="draft-text")
        upload = st.file_uploader(wording.DRAFT_FILE, type=TYPES, key="draft-file")
        if st.form_submit_button(wording.DRAFT_START, type="primary"):
            st.session_state.draft_given = _read(upload.name, upload.getvalue()) if upload else (pasted, "draft.txt")
    found: tuple[str, str] | None = st.session_state.get("draft_given")
    return found


def _read(name: str, data: bytes) -> tuple[str, str]:
    """The text of an uploaded file, by way of a temporary file that is gone at once; raises ReadError."""
    if len(data) > LARGEST:
        raise ReadError(wording.DRAFT_LARGE)
    with tempfile.TemporaryDirectory(prefix="tiaowen-") as folder:
        path = Path(folder) / f"draft{Path(name).suffix.lower()}"
        path.write_bytes(data)
        return read_file(path).text, path.name


def _parent(documents: Mapping[str, Document]) -> Document | None:
    """Return the parent text that the address names; the select changes the address."""
    given = st.query_params.get("parent", "")
    chosen = given if given in documents else ""
    if st.session_state.get("draft-parent") != chosen:
        st.session_state["draft-parent"] = chosen

    def shown(identity: str) -> str:
        return option(documents[identity]) if identity else wording.DRAFT_NO_PARENT

    st.selectbox(wording.DRAFT_PARENT, ["", *documents], key="draft-parent", format_func=shown, on_change=_changed)
    return documents.get(chosen)


def _changed() -> None:
    value = st.session_state["draft-parent"]
    if value:
        st.query_params["parent"] = value
    else:
        st.query_params.pop("parent", None)


def _tables(library: Library, draft: Document, parent: Document | None, documents: Mapping[str, Document]) -> None:
    """Offer the three tables: what rests on the parent, what changed from it, what other texts say."""
    comparing, today = library.comparing, date.today()
    st.html(h("h2", wording.DRAFT_TABLES))
    if parent:
        downloads(core.TABLES["basis"], lambda: comparing.basis(draft, [parent], today=today), "draft-basis")
        downloads(core.TABLES["changes"], lambda: comparing.changed(parent, draft, today=today), "draft-changes")
    chosen = st.multiselect(wording.DRAFT_OTHERS, list(documents), key="draft-others", format_func=lambda i: option(documents[i]),
                            max_selections=MOST_OTHERS, placeholder=wording.DRAFT_CHOOSE)
    if chosen:
        downloads(core.TABLES["elsewhere"], lambda: comparing.elsewhere(draft, [documents[i] for i in chosen], today=today),
                  "draft-elsewhere")


def _once(key: str, of: tuple[object, ...], make: Callable[[], T]) -> T:
    """Return what was made of the same draft before in this visit, else make it: a click must not compare all anew."""
    held = st.session_state.get(key)
    if held is None or held[0] != of:
        with st.spinner(wording.DRAFT_WORKING):
            held = of, make()
        st.session_state[key] = held
    made: T = held[1]
    return made


def _page(library: Library) -> None:
    documents = {d.meta.id: d for d in library.documents}
    try:
        parent = _parent(documents)
        given = _given()
        if given is None:
            return
        draft = _once("draft_read", given, lambda: library.comparing.read(given[0], name=given[1]))
    except ReadError as error:
        st.html(message(str(error)))
        return
    found = units(draft)
    if not found:
        st.html(message(wording.DRAFT_NO_UNITS))
        return
    st.html(h("p", wording.DRAFT_READ.format(count=len(found), title=draft_title(draft)), role="status"))
    serving = library.generation.name
    like = _once("draft_alike", (given, serving), lambda: library.comparing.alike(draft))
    proposals: tuple[Proposal, ...] = ()
    if parent:
        proposals = _once("draft_proposed", (given, serving, parent.meta.id), lambda: library.comparing.proposals(draft, parent))
        st.html(counts(proposals, parent))
    lost = dead(library.comparing.dead(draft), draft, documents)
    if lost:
        st.html(lost)
    _tables(library, draft, parent, documents)
    st.html(articles(draft, like, {p.eid: p for p in proposals}, documents))


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_DRAFT))
    st.html(Path(nav.__file__).parent / "compare.css")
    st.html(upload_labels(wording.DRAFT_HINT.format(most=LARGEST // 1_000_000)))
    st.html(head(wording.PAGE_DRAFT, wording.DRAFT_SUBTITLE))
    st.html(h("p", wording.DRAFT_KEPT, cls="tw-small"))
    library = state.opened()
    state.region()
    _page(library)
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
