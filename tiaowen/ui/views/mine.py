"""我的职责: a role and a place; what the documents say that role has to do, and what stands apart from it."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from tiaowen import wording as core
from tiaowen.library import Group, Mine, Register, Row, limit_label, replaced, role_group, role_label, title
from tiaowen.model import Document
from tiaowen.ui import state, wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.facts import message
from tiaowen.ui.parts.law import higher_law
from tiaowen.ui.parts.page import head
from tiaowen.ui.parts.place import choose_place
from tiaowen.ui.parts.register import duty_table
from tiaowen.ui.parts.result import notes, show

MOST = {"elsewhere": 8}  # duties of one limit in sight; the rest is a link to the register
MOST_SHOWN = 30

ByPlace = Sequence[tuple[str, Sequence[Row]]]


def _role(register: Register) -> str | None:
    """Show the select of roles; the address names the role, so that a page can be sent."""
    offered = register.page_roles()
    given = st.query_params.get("role") or st.session_state.get("role")
    if given and given not in offered:
        st.html(message(wording.NO_ROLE))
        given = None
    st.session_state.role = given
    if st.session_state.get("mine-role") != given:
        st.session_state["mine-role"] = given
    if given and st.query_params.get("role") != given:
        st.query_params["role"] = given
    st.selectbox(wording.ROLE, offered, index=None, key="mine-role", format_func=role_label, on_change=_chosen,
                 placeholder=wording.ROLE_HINT)
    return str(given) if given else None


def _chosen() -> None:
    role = st.session_state["mine-role"]
    st.session_state.role = role
    if role:
        st.query_params["role"] = role
    else:
        st.query_params.pop("role", None)


def directory(offered: Sequence[str]) -> Html:
    """Return every role as a link, by kind."""
    kinds = groupby(sorted(offered, key=role_group), key=role_group)
    order = list(dict.fromkeys(map(role_group, offered)))
    lines = {kind: [h("a", role_label(role), href="?" + urlencode({"role": role})) for role in found] for kind, found in kinds}
    return h("section", h("h2", wording.ROLE_LIST), *(h("p", h("strong", kind), *lines[kind], cls="tw-roles") for kind in order),
             cls="tw-directory")


def _warnings(rows: Sequence[Row]) -> list[str]:
    """What must be known of the drafts among the documents shown."""
    documents: dict[str, Document] = {row.document.meta.id: row.document for row in rows}
    out = []
    for meta in (d.meta for d in documents.values()):
        if meta.status in core.DRAFTS:
            out.append(core.NOTE_DRAFT_FIRST.format(title=title(meta)))
        if meta.successor and meta.successor.in_force:
            out.append(replaced(meta))
    return out


def _own(mine: Mine, role: str, register: Register) -> None:
    for name, groups in mine.own:
        parts = join(*(_group(group, name, role, register) for group in groups))
        _placed(name, sum(len(group.rows) for group in groups), parts, folded=name == "elsewhere" and len(mine.own) > 1)


def _placed(name: str, count: int, parts: Html, *, folded: bool) -> None:
    """Show what applies in one way; what is from elsewhere is folded where something applies to the person."""
    words = wording.PLACE_COUNT.format(place=core.APPLICABILITY[name], count=count)
    if folded:
        show(details(words, parts, cls="tw-fold tw-away"))
    else:
        show(join(h("h2", words, cls=f"tw-group tw-{name}"), parts))


def _group(group: Group, name: str, role: str, register: Register) -> Html:
    most = MOST.get(name, MOST_SHOWN)
    rest = len(group.rows) - most
    link = h("a", wording.REST.format(count=rest), href="register?" + urlencode({"role": role})) if rest > 0 else None
    return join(h("h3", wording.LIMIT_GROUP.format(limit=limit_label(group.limit), count=len(group.rows)), cls="tw-limit"),
                duty_table(group.rows[:most], register.penalties), h("p", link, cls="tw-rest") if link else None)


def _apart(heading: str, intro: Sequence[str | None], found: ByPlace, register: Register, cls: str) -> Html | None:
    """A part beside one's own duties, by place, elsewhere folded."""
    if not found:
        return None
    return h("section", h("h2", heading), *(h("p", words) for words in intro if words), *_parts(found, register), cls=f"tw-apart {cls}")


def _parts(found: ByPlace, register: Register) -> list[Html]:
    out = []
    for name, rows in found:
        words = wording.PLACE_COUNT.format(place=core.APPLICABILITY[name], count=len(rows))
        table = duty_table(rows, register.penalties)
        out.append(details(words, table) if name == "elsewhere" and len(found) > 1 else join(h("h3", words, cls="tw-limit"), table))
    return out


def _everyone(found: ByPlace, register: Register) -> Html | None:
    count = sum(len(rows) for _, rows in found)
    return details(wording.EVERYONE.format(count=count), *_parts(found, register), cls="tw-fold") if count else None


def _show(role: str, region: str | None, register: Register) -> None:
    mine = register.mine(role, region)
    own = [row for _, groups in mine.own for group in groups for row in group.rows]
    name = role_label(role)
    st.set_page_config(page_title=wording.TAB.format(page=f"{name} {wording.PAGE_MINE}"))
    count = wording.MINE_COUNT.format(role=name, count=len(own)) if own else wording.MINE_NONE.format(role=name)
    show(h("p", h("strong", count), h("button", wording.PRINT, type="button", data_print="1", cls="tw-print"), cls="tw-count", role="status"))
    show(h("p", wording.PRINTED.format(role=name, place=state.place_name(region)), cls="tw-on-paper"))
    every = [*own, *(row for part in (mine.guided, mine.maybe) for _, rows in part for row in rows)]
    show(notes(_warnings(every)))
    show(higher_law(register.pointers(role)))
    _own(mine, role, register)
    show(_apart(wording.MAYBE, (wording.MAYBE_INTRO, mine.why), mine.maybe, register, "tw-maybe"))
    show(_apart(wording.GUIDED, (wording.GUIDED_INTRO,), mine.guided, register, "tw-guided"))
    show(_everyone(mine.everyone, register))


def view() -> None:
    """Show the page."""
    st.set_page_config(page_title=wording.TAB.format(page=wording.PAGE_MINE))
    st.html(head(wording.PAGE_MINE, wording.MINE_SUBTITLE))
    register = state.opened().register
    left, right = st.columns(2)
    with left:
        role = _role(register)
    with right:
        region = choose_place()
    if role:
        _show(role, region, register)
    else:
        show(directory(register.page_roles()))
    st.html(h("p", wording.DISCLAIMER, cls="tw-foot"))


view()
