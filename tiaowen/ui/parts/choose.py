"""Two documents chosen by the address: ?a=…&b=… is the comparison."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import streamlit as st

from tiaowen.library import EXCEL, WORD, Table, file, title
from tiaowen.model import Document
from tiaowen.ui import wording
from tiaowen.ui.parts.status import status_words

_TYPES = {WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def documents_chosen(documents: Mapping[str, Document], labels: tuple[str, str], page: str) -> tuple[Document, Document]:
    """Return the two documents that the address names, else the first two; the selects change the address."""
    names = list(documents)
    out = []
    for column, (key, label), other in zip(st.columns(2), zip("ab", labels, strict=True), (0, 1), strict=True):
        given = st.query_params.get(key, "").partition("#")[0]
        chosen = given if given in documents else names[min(other, len(names) - 1)]
        state = f"{page}-{key}"
        if st.session_state.get(state) != chosen:
            st.session_state[state] = chosen
        with column:
            st.selectbox(label, names, key=state, format_func=lambda i: option(documents[i]), on_change=_changed, args=(key, state))
        out.append(documents[chosen])
    return out[0], out[1]


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
