"""条文比对: a topic, a row for every document, the differences between them; the address is the comparison (?topic=…&docs=a,b)."""

from datetime import date
from pathlib import Path

import streamlit as st

from tiaowen.errors import TiaowenError
from tiaowen.library import Comparison, Library, comparison_excel, listed, title
from tiaowen.model import Document
from tiaowen.ui import state, wording
from tiaowen.ui.html import h, join
from tiaowen.ui.parts import compare
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.law import higher_law
from tiaowen.ui.parts.page import head, warning

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSS = Path(__file__).parent.parent / "matrix.css"


def _documents(library: Library) -> tuple[str, ...]:
    """Return the documents that the address names; what is not held is named and left out."""
    named = [i for i in st.query_params.get("docs", "").split(",") if i]
    held = {d.meta.id for d in library.documents}
    unknown = [i[:40] for i in named if i not in held]
    if unknown:
        st.html(message(wording.UNKNOWN_FILTER.format(values=wording.NAMES_LIST.join(unknown))))
    return tuple(i for i in named if i in held)


def _ask(documents: dict[str, Document], chosen: tuple[str, ...]) -> None:
    """Show the box for the topic and the choice of documents; what is put in goes into the address."""
    given = st.query_params.get("topic", "")
    if st.session_state.get("compare_given") != given:
        st.session_state.compare_given = st.session_state.compare_topic = given
    if st.session_state.get("compare_docs") != list(chosen):
        st.session_state.compare_docs = list(chosen)
    with st.form("compare-form", border=False):
        st.text_input(wording.TOPIC, key="compare_topic", placeholder=wording.TOPIC_HINT, max_chars=100)
        st.form_submit_button(wording.TOPIC_SUBMIT, type="primary", on_click=_submitted)
    with st.expander(wording.COMPARE_IN, expanded=bool(chosen)):
        st.multiselect(wording.COMPARE_IN, list(documents), key="compare_docs", format_func=lambda i: title(documents[i].meta),
                       label_visibility="collapsed", placeholder=wording.ALL, on_change=_chosen)


def _submitted() -> None:
    words = st.session_state.compare_topic.strip()
    st.session_state.compare_given = words
    if words:
        st.query_params["topic"] = words
    else:
        st.query_params.pop("topic", None)


def _chosen() -> None:
    if st.session_state.compare_docs:
        st.query_params["docs"] = ",".join(st.session_state.compare_docs)
    else:
        st.query_params.pop("docs", None)


def _show(found: Comparison, documents: dict[str, Document]) -> None:
    silent = sum(row.silent for row in found.rows)
    st.html(join(h("h2", found.name, cls="tw-topic"),
                 h("p", wording.COMPARE_COUNT.format(said=len(found.rows) - silent, silent=silent), cls="tw-small", role="status"),
                 None if found.curated else h("p", wording.TOPIC_FREE.format(topic=found.name), cls="tw-small")))
    _tools(found, documents)
    st.html(compare.cells(found, documents))
    laws = higher_law(found.higher_law)
    if laws:
        st.html(laws)
    if len(found.rows) - silent > 1 or found.differences or found.too_many:
        _differences(found, documents)


def _tools(found: Comparison, documents: dict[str, Document]) -> None:
    today = date.today()
    with st.container(horizontal=True, key="compare-tools"):
        st.download_button(wording.COMPARE_EXCEL, data=lambda: comparison_excel(found, documents, today), mime=EXCEL_TYPE,
                           file_name=wording.COMPARE_FILE.format(topic=found.name[:20].replace("/", "、"), today=today),
                           on_click="ignore", key="compare-excel")
        st.html(h("button", wording.PRINT, cls="tw-print", type="button", data_print=""), width="content")


def _differences(found: Comparison, documents: dict[str, Document]) -> None:
    if found.too_many:
        st.html(message(wording.DIFFERENCES_TOO_MANY))
        return
    parts = [compare.difference(d, documents) for d in found.differences]
    note = wording.DIFFERENCE_INTRO if parts else wording.DIFFERENCES_NONE
    st.html(join(h("h2", wording.DIFFERENCES.format(count=len(parts)), cls="tw-topic"), h("p", note, cls="tw-small"), *parts))


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_COMPARE))
    st.html(CSS)
    st.html(head(wording.PAGE_COMPARE, wording.COMPARE_SUBTITLE))
    library = state.opened()
    documents = {d.meta.id: d for d in library.documents}
    chosen = _documents(library)
    _ask(documents, chosen)
    words = st.query_params.get("topic", "").strip()
    if words:
        try:
            _show(library.compare(words, documents=chosen), documents)
        except TiaowenError as error:
            st.html(warning(str(error)))
    st.html(compare.topics(listed(), chosen))
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
