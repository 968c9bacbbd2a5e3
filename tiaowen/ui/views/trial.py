"""试读: upload a file, see what would be made of it; nothing is stored."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from tiaowen.errors import TiaowenError
from tiaowen.library import Trial, read
from tiaowen.ui import wording
from tiaowen.ui import wording_operator as words
from tiaowen.ui.html import h
from tiaowen.ui.parts.labels import upload_labels
from tiaowen.ui.parts.page import head
from tiaowen.ui.parts.trial import trial_result

LONGEST_NAME = 120


def most_megabytes() -> int:
    """Return the size limit of an upload."""
    return int(st.get_option("server.maxUploadSize"))


def _read(name: str, data: bytes) -> Trial:
    """Read a file from a folder that is gone when this returns."""
    with tempfile.TemporaryDirectory(prefix="tiaowen-trial-") as folder:
        path = Path(folder) / (Path(name.replace("\\", "/")).name[-LONGEST_NAME:] or "file")
        path.write_bytes(data)
        return read(path, today=date.today())


def _forget(uploaded: Any) -> None:
    """Take the bytes out of the server's memory at once: Streamlit would keep them as long as the page is open."""
    from streamlit.runtime import Runtime
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context, identity = get_script_run_ctx(), getattr(uploaded, "file_id", None)
    if context and identity and Runtime.exists():
        manager: Any = Runtime.instance().uploaded_file_mgr
        manager.remove_file(context.session_id, identity)


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=words.PAGE_TRIAL))
    st.html(head(words.PAGE_TRIAL, words.TRIAL_SUBTITLE))
    st.html(h("p", words.TRIAL_PROMISE.format(most=most_megabytes())))
    st.html(upload_labels(words.UPLOAD_HINT.format(most=most_megabytes())))
    uploaded = st.file_uploader(words.UPLOAD, key="trial-file", label_visibility="collapsed")
    if uploaded is not None:
        try:
            with st.spinner(words.TRIAL_READING):
                data = uploaded.getvalue()
                _forget(uploaded)
                trial = _read(uploaded.name, data)
        except TiaowenError as error:
            st.html(h("section", h("h2", words.TRIAL_BAD), h("p", str(error)), cls="tw-failure", role="alert"))
            return
        st.html(trial_result(trial))
    st.html(h("p", words.TRIAL_HOW, cls="tw-foot"))


view()
