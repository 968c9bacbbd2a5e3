"""Two documents chosen by the address: ?a=…&b=… is the comparison."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import streamlit as st

from tiaowen.library import EXCEL, WORD, Table, file, title
from tiaowen.model import Document
from tiaowen.ui import wording
from tiaowen.ui.parts.status import status_words

NATION = "全国"  # region of a text for the whole country
_TYPES = {WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def documents_chosen(documents: Mapping[str, Document], labels: tuple[str, str], page: str) -> tuple[Document, Document]:
    """Return the two documents that the address names, else one for a wide and one for a narrower place; the selects change the address."""
    names = list(documents)
    out = []
    pair = pair_of(documents, *(st.query_params.get(key, "").partition("#")[0] for key in "ab"))
    for column, key, label, chosen in zip(st.columns(2), "ab", labels, pair, strict=True):
        state = f"{page}-{key}"
        if st.session_state.get(state) != chosen:
            st.session_state[state] = chosen
        with column:
            st.selectbox(label, names, key=state, format_func=lambda i: option(documents[i]), on_change=_changed, args=(key, state))
        out.append(documents[chosen])
    return out[0], out[1]


def pair_of(documents: Mapping[str, Document], first: str, second: str) -> tuple[str, str]:
    """Return two ids: those given where they are held, else the widest text and the widest of those below it."""
    ranked = sorted(documents, key=lambda i: _depth(documents[i]))
    if first not in documents:
        first = next((i for i in ranked if i != second), ranked[0])
    if second not in documents:
        others = [i for i in ranked if i != first]
        below = (i for i in others if _depth(documents[i]) > _depth(documents[first]))
        second = next(below, others[0] if others else first)
    return first, second


def _depth(document: Document) -> int:
    """0 for the whole country, 1 for a province and so on; a text without a place comes last."""
    region = document.meta.region
    if region is None:
        return 9
    return 0 if region == NATION else region.count("/") + 1


def option(document: Document) -> str:
    """Return a document as a choice: title and status."""
    return wording.CITED.format(citation=title(document.meta), status=status_words(document.meta))


def _changed(key: str, state: str) -> None:
    st.query_params[key] = st.session_state[state]


def _bytes(make: Callable[[], Table], kind: str) -> bytes:
    return file(make(), kind)


def downloads(name: str, make: Callable[[], Table], key: str) -> None:
    """Show the buttons that hand over a table as Word and as Excel file; it is made when one is pressed."""
    today = date.today()
    with st.container(horizontal=True, key=f"{key}-files"):
        for kind, form in ((WORD, wording.WORD_FILE), (EXCEL, wording.EXCEL_TABLE)):
            st.download_button(form.format(table=name), data=partial(_bytes, make, kind), mime=_TYPES[kind], on_click="ignore",
                               file_name=wording.TABLE_FILE.format(table=name, today=today, kind=kind), key=f"{key}-{kind}")
