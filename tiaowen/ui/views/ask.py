"""问答: a place, a question, an answer."""

import streamlit as st

from tiaowen.ui import state, wording
from tiaowen.ui.contacts import Contact, contacts
from tiaowen.ui.html import h
from tiaowen.ui.nav import READER
from tiaowen.ui.parts.page import head, warning
from tiaowen.ui.parts.place import choose_place
from tiaowen.ui.parts.result import show_result


def _box() -> None:
    """Show the question box; Enter submits."""
    if "box" not in st.session_state:
        st.session_state.box = st.session_state.get("question") or ""
    with st.form("ask", border=False):
        st.text_input(wording.QUESTION, key="box", placeholder=wording.QUESTION_HINT)
        st.form_submit_button(wording.SUBMIT, type="primary", on_click=lambda: state.ask(st.session_state.box))


def _examples() -> None:
    st.html(h("h2", wording.EXAMPLES_TITLE, cls="tw-examples"))
    for number, example in enumerate(wording.EXAMPLES):
        st.button(example, key=f"example-{number}", on_click=state.ask, args=(example,))


def _numbers(region: str | None) -> tuple[Contact, ...]:
    try:
        return contacts(region)
    except ValueError:
        st.html(warning(wording.CONTACTS_BROKEN))
        return ()


def _answer(question: str, region: str | None) -> None:
    library = state.library(warm=True)
    result = library.ask(question, region=region)
    if result.warning:
        st.html(warning(result.warning))
    show_result(result, document=library.document, contacts=_numbers(region) if result.safety else (), reader=READER)


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_ASK))
    st.html(head(wording.PAGE_ASK, wording.SUBTITLE))
    state.opened()
    question = state.question()
    region = choose_place()
    _box()
    if question is None:
        _examples()
    else:
        _answer(question, region)
    st.html(h("p", wording.SCOPE + wording.DISCLAIMER, cls="tw-foot"))
    with st.container(key="nav-reader"):
        st.page_link(READER, label=wording.BROWSE)


view()
