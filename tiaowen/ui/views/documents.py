"""文档: the corpus doctor, a page of documents at a time."""

import streamlit as st

from tiaowen.library import Library
from tiaowen.model import Document
from tiaowen.ui import nav, state, wording
from tiaowen.ui import wording_operator as words
from tiaowen.ui.html import h, join
from tiaowen.ui.parts.doctor import report_fold
from tiaowen.ui.parts.page import head, warning
from tiaowen.ui.parts.references import not_held

SHOWN = 20


def _ordered(library: Library) -> list[Document]:
    """Return the documents, the texts of one work together, laws last."""
    documents = library.documents
    first = {d.meta.work: i for i, d in reversed(list(enumerate(documents))) if d.meta.work}
    place = {d.meta.id: i for i, d in enumerate(documents)}
    return sorted(documents, key=lambda d: (d.meta.shelf == "law", first.get(d.meta.work or "", place[d.meta.id]), place[d.meta.id]))


def _page(pages: int) -> int:
    given = st.query_params.get("page", "1")
    return min(max(int(given), 1), pages) if given.isdecimal() and len(given) < 6 else 1


def _turn(page: int) -> None:
    st.query_params["page"] = str(page)


def _pager(page: int, pages: int) -> None:
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="documents-pager"):
        st.button(wording.PREVIOUS, disabled=page == 1, on_click=_turn, args=(page - 1,), key="documents-previous")
        st.html(h("span", wording.PAGE_OF.format(page=page, pages=pages)), width="content")
        st.button(wording.NEXT, disabled=page == pages, on_click=_turn, args=(page + 1,), key="documents-next")


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=words.PAGE_DOCUMENTS))
    st.html(head(words.PAGE_DOCUMENTS, words.DOCUMENTS_SUBTITLE))
    library = state.opened()
    state.region()
    if library.stale:
        from tiaowen import wording as core

        st.html(warning(core.STALE))
    documents = _ordered(library)
    pages = -(-len(documents) // SHOWN)
    page = _page(pages)
    shown = documents[(page - 1) * SHOWN : page * SHOWN]
    reports = [library.examine(d.meta.id) for d in shown]
    counts = {level: sum(one.count(level) for one in reports) for level in ("error", "warning")}
    st.html(h("p", h("strong", words.DOCUMENTS_COUNT.format(count=len(documents), errors=counts["error"], warnings=counts["warning"])),
              cls="tw-count", role="status"))
    st.html(join(*(report_fold(one, document) for one, document in zip(reports, shown, strict=True))))
    _pager(page, pages)
    missing = not_held(library)
    if missing:
        st.html(h("section", h("h2", wording.NOT_HELD), missing, id="not-held"))
    with st.container(key="nav-trial"):
        st.page_link(nav.TRIAL, label=words.PAGE_TRIAL)


view()
