"""差异与空白: every difference with both sentences, and every topic by document; filters stand in the address."""

from datetime import date
from pathlib import Path

import streamlit as st

from tiaowen import wording as core
from tiaowen.library import MOST_COMPARED, Difference, Library, gaps_excel, title
from tiaowen.ui import state, wording
from tiaowen.ui.html import h, join
from tiaowen.ui.parts import compare
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.page import head

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSS = Path(__file__).parent.parent / "matrix.css"
SHOWN = 20
NAMES = ("kind", "aspect", "document")


def _select(name: str, label: str, options: dict[str, str]) -> str:
    """Show a select whose value is in the address; return the value, empty for all."""
    key = f"gaps-{name}"
    given = st.query_params.get(name, "")
    value = given if given in options else ""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.selectbox(label, ("", *options), key=key, format_func=lambda v: options.get(v, wording.ALL), on_change=_changed, args=(name,))
    return value


def _changed(name: str) -> None:
    value = st.session_state[f"gaps-{name}"]
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _filters(library: Library) -> dict[str, str]:
    documents = {d.meta.id: title(d.meta) for d in library.compared}
    options = (core.DIFFERENCE, core.ASPECT, documents)
    labels = (wording.KIND, wording.ASPECT, wording.BETWEEN)
    out = {}
    for name, label, held, column in zip(NAMES, labels, options, st.columns(3), strict=True):
        with column:
            out[name] = _select(name, label, held)
    return out


def _kept(found: tuple[Difference, ...], chosen: dict[str, str]) -> tuple[Difference, ...]:
    return tuple(d for d in found if chosen["kind"] in ("", d.kind) and chosen["aspect"] in ("", d.aspect)
                 and chosen["document"] in ("", *(side.document for side in d.sides)))


def _differences(library: Library, chosen: dict[str, str]) -> tuple[Difference, ...]:
    documents = {d.meta.id: d for d in library.documents}
    every = library.differences()
    if every is None:
        st.html(message(wording.GAPS_MANY.format(most=MOST_COMPARED)))
        return ()
    found = _kept(every, chosen)
    st.html(join(h("h2", wording.DIFFERENCES.format(count=len(found)), cls="tw-topic"), h("p", wording.DIFFERENCE_INTRO, cls="tw-small")))
    if not found:
        st.html(message(wording.NO_DIFFERENCE))
        return ()
    st.html(join(*(compare.difference(d, documents) for d in found[:SHOWN])))
    if found[SHOWN:]:
        with st.expander(wording.MORE_DIFFERENCES.format(count=len(found) - SHOWN)):
            st.html(join(*(compare.difference(d, documents) for d in found[SHOWN:])))
    return found


def _gaps(library: Library, found: tuple[Difference, ...]) -> None:
    gaps, documents = library.gaps(), library.compared
    only = st.query_params.get("gaps") == "1"
    st.html(join(h("h2", wording.GAPS_TITLE.format(topics=len(gaps)), cls="tw-topic"), h("p", wording.GAPS_INTRO, cls="tw-small")))
    if st.session_state.get("gaps-only") != only:
        st.session_state["gaps-only"] = only
    today = date.today()
    with st.container(horizontal=True, key="compare-tools", vertical_alignment="center"):
        st.checkbox(wording.GAP_ONLY, key="gaps-only", on_change=_only)
        st.download_button(wording.COMPARE_EXCEL, data=lambda: gaps_excel(gaps, found, documents, today), mime=EXCEL_TYPE,
                           file_name=wording.GAPS_FILE.format(today=today), on_click="ignore", key="gaps-excel")
        st.html(h("button", wording.PRINT, cls="tw-print", type="button", data_print=""), width="content")
    st.html(compare.gap_table([g for g in gaps if g.silent or not only], documents, ()))


def _only() -> None:
    if st.session_state["gaps-only"]:
        st.query_params["gaps"] = "1"
    else:
        st.query_params.pop("gaps", None)


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_GAPS))
    st.html(CSS)
    st.html(head(wording.PAGE_GAPS, wording.GAPS_SUBTITLE))
    library = state.opened()
    found = _differences(library, _filters(library))
    _gaps(library, found)
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
