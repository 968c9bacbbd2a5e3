"""条文阅读: a document with outline, metadata, anchors; ?doc=…&eid=… lands on a provision."""

import json
from pathlib import Path

import streamlit as st

from tiaowen.library import Library, place, title
from tiaowen.model import Document
from tiaowen.ui import nav, state, wording
from tiaowen.ui.html import details
from tiaowen.ui.parts.facts import document_head, facts, message
from tiaowen.ui.parts.reader import document_text, landing, outline
from tiaowen.ui.parts.references import both_ways
from tiaowen.ui.parts.status import status_words


def _chosen(documents: dict[str, Document]) -> Document:
    """Return the document that the address names, else the one selected, else the first."""
    named = st.query_params.get("doc")
    if named is not None and named not in documents:
        st.html(message(wording.NO_DOCUMENT.format(document=named[:80])))
        named = None
    wanted = named or st.session_state.get("document") or next(iter(documents))
    if st.session_state.get("document") != wanted:
        st.session_state.document = wanted
    identity = st.selectbox(wording.DOCUMENT, list(documents), key="document", on_change=_selected,
                            format_func=lambda i: _option(documents[i]))
    return documents[identity]


def _option(document: Document) -> str:
    return wording.CITED.format(citation=title(document.meta), status=status_words(document.meta))


def _selected() -> None:
    st.query_params["doc"] = st.session_state.document
    st.query_params.pop("eid", None)


def _target(document: Document) -> str | None:
    """Return the eid of the address where the document has it."""
    eid = st.query_params.get("eid")
    if eid is None:
        return None
    if any(p.eid == eid for p in document.provisions):
        return landing(document, eid)
    st.html(message(wording.NO_PROVISION.format(eid=eid[:80])))
    return None


def _read(document: Document, library: Library) -> None:
    target = _target(document)
    name = f"{place(target, document)} {title(document.meta)}" if target else title(document.meta)
    st.set_page_config(page_title=wording.TAB.format(page=name))
    st.html(document_head(document, title(document.meta), library.others(document.meta.id)))
    coverage = library.generation.manifest.coverage.get(document.meta.id, 0.0)
    st.html(details(wording.FACTS, facts(document, coverage), cls="tw-fold"))
    contents = outline(document)
    st.html(details(wording.OUTLINE, contents, cls="tw-fold tw-narrow"))
    st.html(document_text(document, target, lambda eid: both_ways(library, document, eid)))
    st.sidebar.html(contents)  # after the text: a link of the outline always has somewhere to lead
    if target:
        land = (Path(nav.__file__).parent / "land.js").read_text(encoding="utf-8")
        nav.run_script(land.replace('"EID"', json.dumps(target)) + f"\n// {document.meta.id}")


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_READER))
    library = state.opened()
    state.region()
    with st.container(key="nav-ask"):
        st.page_link(nav.ASK, label=wording.BACK)
    document = _chosen({d.meta.id: d for d in library.documents})
    _read(document, library)


view()
