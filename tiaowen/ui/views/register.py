"""义务清单: the duty register, filtered by the address, a page at a time, with an Excel file of what is shown."""

from collections import Counter
from datetime import date

import streamlit as st

from tiaowen import wording as core
from tiaowen.library import FILTERS, Register, Row, excel, option_label, title
from tiaowen.model import Document
from tiaowen.ui import nav, state, wording
from tiaowen.ui.html import h, join
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.page import head
from tiaowen.ui.parts.register import duty_table
from tiaowen.ui.parts.status import status_words

SHOWN = 20
FIRST = ("role", "modality", "limit")
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Chosen = dict[str, str]


def _chosen(register: Register) -> Chosen:
    """Return the filters that the address names; what no row can hold is named and left out."""
    given = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    known = {name: {value for value, _ in register.options[name]} for name in FILTERS}
    unknown = [value[:40] for name, value in given.items() if value and value not in known[name]]
    if unknown:
        st.html(message(wording.UNKNOWN_FILTER.format(values=wording.NAMES_LIST.join(unknown))))
    return {name: value for name, value in given.items() if value in known[name]}


def _filters(register: Register, chosen: Chosen, documents: dict[str, Document]) -> None:
    """Show the selects: three in sight, the others folded unless one of them is in use."""
    rest = [name for name in FILTERS if name not in FIRST]
    columns = st.columns(len(FIRST))
    for column, name in zip(columns, FIRST, strict=True):
        with column:
            _select(name, register, chosen, documents)
    with st.expander(wording.MORE_FILTERS, expanded=any(name in chosen for name in rest)):
        columns = st.columns(len(FIRST))
        for number, name in enumerate(rest):
            with columns[number % len(FIRST)]:
                _select(name, register, chosen, documents)


def _select(name: str, register: Register, chosen: Chosen, documents: dict[str, Document]) -> None:
    key = f"register-{name}"
    counts = dict(register.options[name])
    if st.session_state.get(key) != chosen.get(name, ""):
        st.session_state[key] = chosen.get(name, "")

    def shown(value: str) -> str:
        return wording.OPTION.format(name=_name(name, value, documents), count=counts[value]) if value else wording.ALL

    st.selectbox(wording.FILTER[name], ("", *counts), key=key, format_func=shown, on_change=_changed, args=(name,))


def _name(name: str, value: str, documents: dict[str, Document]) -> str:
    if name == "document":
        return title(documents[value].meta)
    if name == "status":
        return next(status_words(d.meta) for d in documents.values() if d.meta.status == value)
    return option_label(name, value).replace("/", " ")


def _changed(name: str) -> None:
    value = st.session_state[f"register-{name}"]
    st.query_params.pop("page", None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _clear() -> None:
    for name in (*FILTERS, "page"):
        st.query_params.pop(name, None)


def _summary(found: tuple[Row, ...], every: int) -> None:
    counts = Counter(row.frame.modality for row in found)
    parts = [wording.COUNT_PART.format(name=name, count=counts[name]) for name in core.MODALITIES if counts[name]]
    st.html(h("p", h("strong", wording.COUNT.format(found=len(found), all=every)), h("span", "　" + " · ".join(parts), cls="tw-small"),
              cls="tw-count", role="status"))


def _page(pages: int) -> int:
    given = st.query_params.get("page", "1")
    return min(max(int(given), 1), pages) if given.isdecimal() and len(given) < 6 else 1


def _turn(page: int) -> None:
    st.query_params["page"] = str(page)
    st.session_state.register_turned = page


def _pager(page: int, pages: int) -> None:
    if pages < 2:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="register-pager"):
        st.button(wording.PREVIOUS, disabled=page == 1, on_click=_turn, args=(page - 1,), key="register-previous")
        st.html(h("span", wording.PAGE_OF.format(page=page, pages=pages)), width="content")
        st.button(wording.NEXT, disabled=page == pages, on_click=_turn, args=(page + 1,), key="register-next")
    if st.session_state.pop("register_turned", None) == page:
        nav.run_script(f"document.querySelector('.tw-count')?.scrollIntoView(); // {page}")


def _tools(found: tuple[Row, ...], chosen: Chosen) -> None:
    today = date.today()
    with st.container(horizontal=True, key="register-tools"):
        if found:
            st.download_button(wording.EXCEL.format(count=len(found)), data=lambda: excel(found, today), mime=EXCEL_TYPE,
                               file_name=wording.EXCEL_FILE.format(today=today), on_click="ignore", key="register-excel")
        if chosen:
            st.button(wording.CLEAR, on_click=_clear, key="register-clear")


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_REGISTER))
    st.html(head(wording.PAGE_REGISTER, wording.REGISTER_SUBTITLE))
    library = state.opened()
    state.region()
    register = library.register
    chosen = _chosen(register)
    _filters(register, chosen, {d.meta.id: d for d in library.documents})
    found = register.select(chosen)
    _summary(found, len(register.rows))
    _tools(found, chosen)
    if not found:
        st.html(message(wording.NOTHING))
        return
    pages = -(-len(found) // SHOWN)
    page = _page(pages)
    st.html(join(duty_table(found[(page - 1) * SHOWN : page * SHOWN], register.penalties)))
    _pager(page, pages)
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
