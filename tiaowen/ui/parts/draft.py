"""A draft article by article: what it resembles, and how it stands to a parent text; each statement with both sides' words."""

from collections.abc import Mapping, Sequence

from tiaowen import wording as core
from tiaowen.library import Alike, Dead, Proposal, citation, finding_words, place, title, units, words_of
from tiaowen.model import Document
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.register import reader_link
from tiaowen.ui.parts.sides import provision
from tiaowen.ui.parts.status import badge, region_tag
from tiaowen.ui.parts.words import lines, words


def draft_title(draft: Document) -> str:
    """Return the title of a draft as it states it."""
    return title(draft.meta) if draft.meta.title else wording.DRAFT_UNTITLED


def counts(found: Sequence[Proposal], parent: Document) -> Html:
    """Return how many units there are of each proposed relation."""
    each = [(name, sum(1 for p in found if p.relation == name)) for name in core.PROPOSAL]
    badges = [h("span", wording.DRAFT_COUNT.format(relation=core.PROPOSAL[name], count=number), cls=f"tw-kin tw-p-{name}")
              for name, number in each if number]
    return join(h("p", wording.DRAFT_COUNTS.format(parent=title(parent.meta)), join(*badges, by=" "), role="status"),
                h("p", wording.DRAFT_RELATIONS, cls="tw-small"))


def articles(draft: Document, like: Mapping[str, Sequence[Alike]], found: Mapping[str, Proposal], held: Mapping[str, Document]) -> Html:
    """Return every unit of a draft as a card, in its order."""
    return join(*(_article(draft, p.eid, like.get(p.eid, ()), found.get(p.eid), held) for p in units(draft)))


def _article(draft: Document, eid: str, like: Sequence[Alike], proposal: Proposal | None, held: Mapping[str, Document]) -> Html:
    span, text = words_of(draft.get(eid), draft), draft.clean.text
    first = [(c.lower.start, c.lower.end) for a in (proposal.alike if proposal else like)[:1] for c in a.common]
    body = h("div", *(h("p", words(text, *line, first)) for line in lines(text, span.start, span.end)), cls="tw-quote")
    wrong = proposal is not None and proposal.relation == "conflict"
    return h("section", h("h3", place(eid, draft)), body, _proposal(proposal) if proposal else None,
             _resembles(like, held), cls="tw-article tw-wrong" if wrong else "tw-article")


def _proposal(found: Proposal) -> Html:
    label = h("span", core.PROPOSED.format(relation=core.PROPOSAL[found.relation]), cls=f"tw-kin tw-p-{found.relation}")
    share = h("span", "　" + core.REPEATED.format(percent=round(100 * found.shared)), cls="tw-small") if found.shared else None
    listed = h("ul", *(h("li", finding_words(f), cls="tw-findings" if f.against else None) for f in found.findings))
    return join(h("p", label, share), join(h("h4", wording.DRAFT_FINDINGS), listed) if found.findings else None)


def _resembles(found: Sequence[Alike], held: Mapping[str, Document]) -> Html:
    if not found:
        return h("p", wording.DRAFT_NOTHING_LIKE, cls="tw-small")
    return join(h("h4", wording.DRAFT_LIKE), *(_one(a, held[a.document]) for a in found))


def _one(found: Alike, document: Document) -> Html:
    """A provision that resembles a unit: its citation and status in sight, its words folded."""
    why = wording.DRAFT_SHARE.format(percent=round(100 * found.shared)) if found.shared else wording.DRAFT_CLOSE
    link = h("a", citation(found.eid, document), href=reader_link(document.meta.id, found.eid))
    marks = [(c.higher.start, c.higher.end) for c in found.common]
    return h("div", link, " ", badge(document.meta), region_tag(document.meta), details(why, provision(document, found.eid, shared=marks)))


def dead(found: Sequence[Dead], draft: Document, held: Mapping[str, Document]) -> Html | None:
    """Return the references that lead nowhere or could not be looked up."""
    if not found:
        return None
    rows = [h("li", wording.DRAFT_DEAD_KIND[d.kind].format(
        place=place(d.reference.eid, draft), words=d.reference.words, title=title(held[d.document].meta) if d.document else ""),
        cls=None if d.kind == "not_held" else "tw-findings") for d in found]
    return h("section", h("h2", wording.DRAFT_DEAD), h("ul", *rows))
