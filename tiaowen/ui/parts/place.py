"""The select of places: asked once, kept for the next visit."""

import streamlit as st

from tiaowen.ui import state, wording
from tiaowen.ui.nav import run_script


def choose_place() -> str | None:
    """Show the select of places; returns the chosen path and keeps it."""
    known = state.region()
    if st.session_state.get("place") != (known or wording.PLACE_NONE):
        st.session_state.place = known or wording.PLACE_NONE
    chosen = st.selectbox(wording.PLACE, (wording.PLACE_NONE, *state.places()), key="place",
                          format_func=state.place_name, on_change=_placed)
    region = None if chosen == wording.PLACE_NONE else chosen
    run_script(f'document.cookie = "{state.region_cookie(region)}";')
    return region


def _placed() -> None:
    chosen = st.session_state.place
    state.keep_region(None if chosen == wording.PLACE_NONE else chosen)
