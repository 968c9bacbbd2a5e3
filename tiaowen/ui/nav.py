"""The router: pages by role, the look, and deep links to a provision."""

from pathlib import Path

import streamlit as st

from tiaowen.ui import wording, wording_operator
from tiaowen.ui.parts.labels import frame_labels

HERE = Path(__file__).parent
VIEWS = "tiaowen/ui/views"
ASK, READER = f"{VIEWS}/ask.py", f"{VIEWS}/reader.py"
REGISTER, MINE = f"{VIEWS}/register.py", f"{VIEWS}/mine.py"
TRIAL, DOCUMENTS = f"{VIEWS}/trial.py", f"{VIEWS}/documents.py"
KINSHIP, SIDES, DRAFT = f"{VIEWS}/kinship.py", f"{VIEWS}/sidebyside.py", f"{VIEWS}/draft.py"
COMPARE, GAPS = f"{VIEWS}/compare.py", f"{VIEWS}/gaps.py"


def run() -> None:
    """Show the page that the address names; an address with ?doc= anywhere is a link to a provision."""
    st.set_page_config(page_title=wording.APP, page_icon=str(HERE / "icon.png"), layout="centered")
    ask = st.Page(ASK, title=wording.PAGE_ASK, default=True)
    reader = st.Page(READER, title=wording.PAGE_READER, url_path="reader")
    mine = st.Page(MINE, title=wording.PAGE_MINE, url_path="mine")
    register = st.Page(REGISTER, title=wording.PAGE_REGISTER, url_path="register")
    trial = st.Page(TRIAL, title=wording_operator.PAGE_TRIAL, url_path="trial")
    documents = st.Page(DOCUMENTS, title=wording_operator.PAGE_DOCUMENTS, url_path="documents")
    compare = st.Page(COMPARE, title=wording.PAGE_COMPARE, url_path="compare")
    gaps = st.Page(GAPS, title=wording.PAGE_GAPS, url_path="gaps")
    kinship = st.Page(KINSHIP, title=wording.PAGE_KINSHIP, url_path="kinship")
    sides = st.Page(SIDES, title=wording.PAGE_SIDES, url_path="sides")
    draft = st.Page(DRAFT, title=wording.PAGE_DRAFT, url_path="draft")
    page = st.navigation({wording.ROLE_FRONTLINE: [ask, mine], wording.ROLE_EVERYBODY: [register, reader],
                          wording.ROLE_DRAFTER: [compare, gaps, kinship, sides, draft],
                          wording_operator.ROLE_OPERATOR: [documents, trial]})
    if page == ask and "doc" in st.query_params:
        st.switch_page(reader, query_params=dict(st.query_params))
    st.html(HERE / "style.css")
    st.html(frame_labels())
    run_script((HERE / "page.js").read_text(encoding="utf-8"))
    page.run()


def run_script(code: str) -> None:
    """Run a script of ours in the page; never hand it words that come from outside."""
    st.html(f"<script>{code}</script>", unsafe_allow_javascript=True)
