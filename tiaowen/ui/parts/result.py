"""The result of a question on the page: safety, message, groups of cards, the higher law, the nearest."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tiaowen import eid as eids
from tiaowen import wording as core
from tiaowen.model import AnswerItem, AskResult, Document, Related
from tiaowen.ui import wording
from tiaowen.ui.contacts import Contact
from tiaowen.ui.html import Html, h, join
from tiaowen.ui.parts.duty import duty_cards
from tiaowen.ui.parts.law import higher_law
from tiaowen.ui.parts.safety import safety_strip
from tiaowen.ui.parts.status import citation_link
from tiaowen.ui.parts.words import provision_words

NEAREST_SHOWN = 3
QUESTION_SHOWN = 160

Find = Callable[[str], Document]


def show(node: Html | None) -> None:
    """Put markup on the page, nothing where there is none."""
    if node:
        st.html(node)


def show_result(result: AskResult, *, document: Find, contacts: Sequence[Contact], reader: str) -> None:
    """Show a result; `document` finds a held document, `reader` is the page a citation leads to."""
    show(safety_strip(result.safety, contacts))
    law = higher_law(result.higher_law)
    urgent = bool(result.safety) or not result.answers
    show(message(result))
    if urgent:
        show(law)
    found = groups(result.answers)
    for name, items in found:
        with _group(name, len(items), folded=name == "elsewhere" and len(found) > 1):
            for item in items:
                _card(item, document(eids.unjoin(item.provision)[0]), name, reader)
    show(notes(result.notes))
    if not urgent:
        show(law)
    show(understood(result, document))
    _related(result, document, reader)


def _group(name: str, count: int, *, folded: bool) -> DeltaGenerator:
    """Open a group under its name; what is from elsewhere is folded where something applies to the person."""
    if folded:
        return st.expander(wording.GROUP.format(name=core.APPLICABILITY[name], count=count))
    show(h("h3", core.APPLICABILITY[name], cls=f"tw-group tw-{name}"))
    return st.container()


def message(result: AskResult) -> Html:
    """Return the question as asked and the one sentence of the result, with the reason of a refusal."""
    asked = result.question.strip()
    clipped = asked[:QUESTION_SHOWN] + (wording.CLIPPED if len(asked) > QUESTION_SHOWN else "")
    reason = h("strong", wording.REASON[result.reason]) if result.reason in wording.REASON else None
    return h("section", h("h2", wording.RESULT, cls="tw-hidden"),
             h("p", wording.ASKED.format(question=clipped), cls="tw-asked") if asked else None,
             h("p", reason, result.message, cls="tw-message"),
             cls=f"tw-result tw-{result.status}", role="status")


def notes(sentences: Sequence[str]) -> Html | None:
    """Return the notes beside an answer."""
    if not sentences:
        return None
    return h("section", h("h3", wording.NOTES), h("ul", *(h("li", s) for s in sentences)), cls="tw-notes")


def groups(items: Sequence[AnswerItem]) -> list[tuple[str, list[AnswerItem]]]:
    """Return the answers by how they apply: what holds for the person in the order of the answers, elsewhere last."""
    names = list(dict.fromkeys(item.applicability for item in items))
    names.sort(key=lambda name: name == "elsewhere")
    return [(name, [item for item in items if item.applicability == name]) for name in names]


def _card(item: AnswerItem, document: Document, group: str, reader: str) -> None:
    with st.container(border=True, gap="xsmall", key=f"card-{group}-{item.provision}"):
        show(duty_cards(item))
        show(h("p", wording.BASIS, cls="tw-basis"))
        citation_link(item.citation, document, item.at, reader)
        show(provision_words(item, document))


def understood(result: AskResult, document: Find) -> Html | None:
    """Return how the question was read: the statutory words searched for, the documents it was held to."""
    pairs = result.understood.get("words") or []
    means = [wording.UNDERSTOOD_WORD.format(said=said, means=word) for said, word in pairs]
    lines = [wording.UNDERSTOOD.format(words=wording.NAMES_LIST.join(means))] if means else []
    held = result.understood.get("documents")
    if held:
        titles = wording.NAMES_LIST.join(f"《{document(identity).meta.title}》" for identity in held)
        lines.append(wording.ONLY_IN.format(titles=titles))
    return join(*(h("p", line, cls="tw-small") for line in lines)) if lines else None


def _related(result: AskResult, document: Find, reader: str) -> None:
    """Related provisions, folded under an answer; under a refusal the nearest in sight."""
    shown = {item.provision for item in result.answers}
    rest = [r for r in result.related if r.provision not in shown]
    if not result.answers and rest:
        show(h("h3", wording.NEAREST))
        for related in rest[:NEAREST_SHOWN]:
            _row(related, document, reader)
        rest = rest[NEAREST_SHOWN:]
    if rest:
        label = wording.RELATED if result.answers else wording.NEAREST_MORE
        with st.expander(label.format(count=len(rest))):
            for related in rest:
                _row(related, document, reader)


def _row(related: Related, document: Find, reader: str) -> None:
    identity, eid = eids.unjoin(related.provision)
    with st.container(gap="xsmall", key=f"row-{related.provision}"):
        citation_link(related.citation, document(identity), eid, reader)
        show(h("blockquote", related.quote, cls="tw-quote"))
