"""文字同源: which provisions of one document share the text of another; ?a= higher, ?b= lower, ?view= picture, table or list."""

from datetime import date
from pathlib import Path

import streamlit as st

from tiaowen import wording as core
from tiaowen.library import Library, relation_counts
from tiaowen.ui import nav, state, wording
from tiaowen.ui.html import h
from tiaowen.ui.parts.choose import documents_chosen, downloads
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.kinship import basis, kin_list, kin_table, picture
from tiaowen.ui.parts.page import head


def _shown() -> str:
    """Return how the pairs are shown: what the address says, else the picture."""
    given = st.query_params.get("view")
    chosen = given if given in wording.KIN_VIEWS else "picture"
    if st.session_state.get("kin-view") != chosen:
        st.session_state["kin-view"] = chosen
    st.radio(wording.KIN_VIEW, list(wording.KIN_VIEWS), key="kin-view", horizontal=True, format_func=wording.KIN_VIEWS.__getitem__,
             on_change=_changed)
    return chosen


def _changed() -> None:
    st.query_params["view"] = st.session_state["kin-view"]


def _page(library: Library) -> None:
    documents = {d.meta.id: d for d in library.documents}
    higher, lower = documents_chosen(documents, (wording.KIN_HIGHER, wording.KIN_LOWER), "kin")
    if higher is lower:
        st.html(message(wording.KIN_SAME))
        return
    found = library.comparing.kinship(higher, lower)
    counts = wording.KIN_COUNTS.format(**relation_counts(found))
    st.html(h("p", h("strong", core.KINSHIP), "：", counts, cls="tw-count", role="status"))
    st.html(h("p", wording.KIN_EXPLAIN, cls="tw-small"))
    st.html(basis(found, documents))
    shown = _shown()
    if shown == "picture":
        st.html(picture(found))
    elif shown == "table":
        st.html(h("p", wording.KIN_MARKED, cls="tw-small"))
        st.html(kin_table(found, tuple(core.KIN)))
    else:
        st.html(kin_list(found))
    downloads(core.TABLES["basis"], lambda: library.comparing.basis(lower, [higher], today=date.today()), "kin")


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_KINSHIP))
    st.html(Path(nav.__file__).parent / "compare.css")
    st.html(head(wording.PAGE_KINSHIP, wording.KIN_SUBTITLE))
    library = state.opened()
    state.region()
    _page(library)
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
