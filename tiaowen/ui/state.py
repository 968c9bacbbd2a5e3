"""What a visit holds: the opened library, the person's place, the question."""

import os
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import streamlit as st

from tiaowen.errors import TiaowenError
from tiaowen.ui import wording
from tiaowen.ui.parts.page import failure

if TYPE_CHECKING:
    from tiaowen.library import Library

COOKIE = "tiaowen_region"


def library(*, warm: bool = False) -> "Library":
    """Return the library of the serving generation; raises TiaowenError, one sentence that says what to do.

    `warm` waits until its lazy tables are filled: a second thread at the same work would only slow the first.
    """
    index, corpus = _folder("TIAOWEN_INDEX", "index"), _folder("TIAOWEN_CORPUS", "corpus")
    serving, warming = _opened(str(index), str(corpus), _current(index))
    if warm:
        warming.join()
    return serving


def opened() -> "Library":
    """Return the library for a page; where it cannot be opened, the page shows the sentence that says why and ends."""
    try:
        return library()
    except TiaowenError as error:
        st.html(failure(str(error)))
        st.stop()


@st.cache_resource(max_entries=2, show_spinner=wording.LOADING)
def _opened(index: str, corpus: str, generation: str) -> "tuple[Library, threading.Thread]":
    """Open once per generation: a new ingest names a new one. Fill the lazy tables while the visitor still types."""
    from tiaowen.library import Library

    opened = Library(index=Path(index), corpus=Path(corpus))
    warming = threading.Thread(target=opened.ask, args=(wording.EXAMPLES[0],), daemon=True)
    warming.start()
    return opened, warming


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or default)


def _current(index: Path) -> str:
    try:
        return (index / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


# -- place


@cache
def places() -> tuple[str, ...]:
    """Return the paths of the places table, in its order."""
    from tiaowen.library import place_paths

    return place_paths()


def place_name(path: str | None) -> str:
    """Return a path as shown: 湖南省 长沙市."""
    return path.replace("/", " ") if path else wording.PLACE_NONE


def region() -> str | None:
    """Return the person's place: from the address, else from this visit, else from an earlier one."""
    if "region" in st.query_params:
        st.session_state.region = known_place(st.query_params["region"])
    elif "region" not in st.session_state:
        st.session_state.region = known_place(unquote(st.context.cookies.get(COOKIE, "")))
    found: str | None = st.session_state.region
    return found


def keep_region(path: str | None) -> None:
    """Keep a place in this visit and in the address."""
    st.session_state.region = path
    if path:
        st.query_params["region"] = path
    else:
        st.query_params.pop("region", None)


def known_place(path: str) -> str | None:
    """Return the longest part of a path that the places table holds, None where there is none."""
    parts = path.strip("/").split("/")
    for length in range(len(parts), 0, -1):
        if "/".join(parts[:length]) in places():
            return "/".join(parts[:length])
    return None


def region_cookie(path: str | None) -> str:
    """Return the cookie text that keeps a place for a year, or forgets it."""
    age = 31536000 if path else 0
    return f"{COOKIE}={quote(path or '', safe='')}; path=/; max-age={age}; SameSite=Lax"


# -- question


def question() -> str | None:
    """Return what was asked, None before anything was; a question in the address counts once."""
    given = st.query_params.get("q")
    if given is not None and given != st.session_state.get("given"):
        st.session_state.given = given
        ask(given)
    found: str | None = st.session_state.get("question")
    return found


def ask(words: str) -> None:
    """Make `words` the question. It never goes into the address: the words may tell of a child."""
    st.session_state.question = words
    st.session_state.box = words
    if st.query_params.get("q") != words:
        st.query_params.pop("q", None)
