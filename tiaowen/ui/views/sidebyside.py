"""并排对照: two documents or stages item by item, or any two provisions; ?a=doc or doc#eid, ?b=…."""

from datetime import date
from pathlib import Path

import streamlit as st

from tiaowen import wording as core
from tiaowen.library import Library, SideRow, place, title, units
from tiaowen.model import Document
from tiaowen.ui import nav, state, wording
from tiaowen.ui.html import h
from tiaowen.ui.parts.choose import documents_chosen, downloads
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.page import head
from tiaowen.ui.parts.sides import kept, side_row, sides_link, sides_table


def _provision(key: str, label: str, document: Document) -> str | None:
    """Return the provision that the address names in a document, None for the whole; the select changes the address."""
    identity, _, given = st.query_params.get(key, "").partition("#")
    known = [p.eid for p in document.provisions]
    chosen = given if identity == document.meta.id and given in known else ""
    if given and not chosen:
        st.html(message(wording.SIDES_UNKNOWN))
    names = ["", *(p.eid for p in units(document))]
    name = f"sides-eid-{key}"
    if st.session_state.get(name) != chosen:
        st.session_state[name] = chosen

    def shown(eid: str) -> str:
        return _name(eid, document) if eid else wording.SIDES_WHOLE

    st.selectbox(label, names if chosen in names else [*names, chosen], key=name, format_func=shown, on_change=_chosen,
                 args=(key, name, document.meta.id))
    return chosen or None


def _name(eid: str, document: Document) -> str:
    heading = document.get(eid).heading
    return f"{place(eid, document)} {document.cut(heading) if heading else ''}".strip()


def _chosen(key: str, name: str, identity: str) -> None:
    eid = st.session_state[name]
    st.query_params[key] = f"{identity}#{eid}" if eid else identity


def _stages(library: Library) -> None:
    found = library.comparing.stages()
    if found:
        links = (h("a", wording.SIDES_STAGE.format(before=title(a.meta), after=title(b.meta)), href=sides_link(a.meta.id, b.meta.id))
                 for a, b in found)
        st.html(h("p", wording.SIDES_STAGES, "：", *links))


def _documents(library: Library, before: Document, after: Document) -> None:
    rows = library.comparing.rows(before, after)
    both = sum(1 for r in rows if r.before and r.after)
    alone = sum(1 for r in rows if r.before and not r.after)
    st.html(h("p", wording.SIDES_COUNTS.format(rows=len(rows), both=both, before=alone, after=len(rows) - both - alone), role="status"))
    if st.checkbox(wording.SIDES_ONLY, key="sides-only"):
        rows = tuple(r for r in rows if not (r.before and r.after) or any(c.kind != "kept" for c in r.changes))
    st.html(sides_table(before, after, (side_row(row, before, after) for row in rows)))
    downloads(core.TABLES["changes"], lambda: library.comparing.changed(before, after, today=date.today()), "sides")


def _pair(library: Library, before: Document, one: str, after: Document, other: str) -> None:
    changes = library.comparing.changes(before, one, after, other)
    st.html(kept(changes))
    st.html(sides_table(before, after, [side_row(SideRow(one, other, changes), before, after)]))


def _page(library: Library) -> None:
    documents = {d.meta.id: d for d in library.documents}
    before, after = documents_chosen(documents, (wording.SIDES_BEFORE, wording.SIDES_AFTER), "sides")
    left, right = st.columns(2)
    with left:
        one = _provision("a", wording.SIDES_ONE, before)
    with right:
        other = _provision("b", wording.SIDES_OTHER, after)
    _stages(library)
    st.html(h("p", wording.SIDES_LEGEND, cls="tw-small"))
    if one and other:
        _pair(library, before, one, after, other)
    elif one or other:
        rows = [r for r in library.comparing.rows(before, after) if (one and r.before == one) or (other and r.after == other)]
        st.html(sides_table(before, after, (side_row(row, before, after) for row in rows)))
    elif before is after:
        st.html(message(wording.KIN_SAME))
    else:
        _documents(library, before, after)


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_SIDES))
    st.html(Path(nav.__file__).parent / "compare.css")
    st.html(head(wording.PAGE_SIDES, wording.SIDES_SUBTITLE))
    library = state.opened()
    state.region()
    _page(library)
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
