"""A document as a page to read: every provision at its anchor, one of them marked, each with its citation to copy."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from tiaowen.library import citation, is_unit, text_of, title
from tiaowen.model import Document, Provision
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.status import badge, region_tag, status_words, successor
from tiaowen.ui.parts.words import lines, words

References = Callable[[str], Html | None]
CONTAINERS = ("prt", "chp", "sec", "head", "l1", "l2", "l3", "l4")


@dataclass(frozen=True)
class _Page:
    document: Document
    provisions: dict[str, Provision]
    issues: dict[str, list[str]]
    target: str | None
    references: References


def document_text(document: Document, target: str | None, references: References = lambda eid: None) -> Html:
    """Return the whole text; the provision `target` is marked and can be landed on.

    `references` gives what a unit cites and what cites it, to be shown under it.
    """
    issues = defaultdict(list)
    for issue in document.issues:
        if issue.eid:
            issues[issue.eid].append(issue.message)
    page = _Page(document, {p.eid: p for p in document.provisions}, issues, target, references)
    tops = [p for p in document.provisions if p.parent is None or p.parent not in page.provisions]
    strip = h("p", badge(document.meta), h("span", title(document.meta)), cls="tw-strip")
    return h("article", strip, *(_provision(p, page) for p in tops), cls="tw-document")


def landing(document: Document, eid: str) -> str:
    """Return the provision to mark for a link to `eid`: the article, where its only paragraph is meant."""
    above = document.get(eid).parent
    while above and citation(above, document) == citation(eid, document):
        eid, above = above, document.get(above).parent
    return eid


def _provision(provision: Provision, page: _Page) -> Html:
    marked = provision.eid == page.target
    children = [_provision(page.provisions[c], page) for c in provision.children if c in page.provisions]
    text = page.document.clean.text
    units = [h("p", words(text, *line), cls="tw-units") for line in _unit_line(provision, text)]
    remarks = [h("p", wording.ISSUE.format(message=m), cls="tw-issue") for m in page.issues.get(provision.eid, ())]
    cite = _cite(provision, page) if not marked and is_unit(provision, page.document) else None
    landed = _landed(provision, page) if marked else None
    refs = page.references(provision.eid) if is_unit(provision, page.document) else None
    return h("section", landed, *_own(provision, page.document), *children, *units, *remarks, cite, refs, id=provision.eid,
             cls=f"tw-p tw-{provision.level}" + (" tw-target" if marked else ""), tabindex="-1" if marked else None)


def _unit_line(provision: Provision, text: str) -> list[tuple[int, int]]:
    return lines(text, provision.unit_line.start, provision.unit_line.end) if provision.unit_line else []


def _own(provision: Provision, document: Document) -> list[Html]:
    """The provision's own lines; its label and heading stand out."""
    text = document.clean.text
    own = lines(text, provision.own.start, provision.own.end)
    if not own:
        return []
    start, end = own[0]
    head = _head_end(provision, text, start, end)
    if head == start:
        return [h("p", words(text, *line)) for line in own]
    alone = provision.level in CONTAINERS and not text[head:end].strip()
    name = "strong" if not alone else "h2" if provision.parent is None else "h3"
    label = h(name, words(text, start, head), cls="tw-label")
    first = label if alone else h("p", label, words(text, head, end))
    return [first, *(h("p", words(text, *line)) for line in own[1:])]


def _head_end(provision: Provision, text: str, start: int, end: int) -> int:
    """Where label and heading end, closing bracket and full stop included."""
    head = start
    if provision.label and text.startswith(provision.label, start):
        head = start + len(provision.label)
    if provision.heading and head <= provision.heading.end <= end:
        head = provision.heading.end
        while head < end and text[head] in "】。":
            head += 1
    return head


def _cite(provision: Provision, page: _Page) -> Html:
    """The citation, folded away under each unit."""
    return details(wording.CITE, h("p", _cited(provision, page.document), cls="tw-cited"),
                   _buttons(provision, page.document), cls="tw-cite")


def _landed(provision: Provision, page: _Page) -> Html:
    """What a link led to: citation, status and successor above the words, since the page opens deep inside."""
    meta = page.document.meta
    return h("div", h("p", h("strong", citation(provision.eid, page.document)), _page(provision, page.document)), h("p", badge(meta), region_tag(meta)),
             successor(meta), h("div", _buttons(provision, page.document), cls="tw-cite"), cls="tw-landed")


def _page(provision: Provision, document: Document) -> str:
    """The page of the file on which a provision begins, where the file has pages."""
    number = document.page(provision.full.start)
    return wording.ON_PAGE.format(page=number) if number else ""


def _cited(provision: Provision, document: Document) -> str:
    return wording.CITED.format(citation=citation(provision.eid, document) + _page(provision, document),
                                status=status_words(document.meta))


def _buttons(provision: Provision, document: Document) -> Html:
    """Copy the citation with its status, alone or with the words, or a link."""
    cited = _cited(provision, document)
    quoted = wording.CITED_WORDS.format(words=text_of(provision, document), cited=cited)
    link = "?" + urlencode({"doc": document.meta.id, "eid": provision.eid})
    pairs = ((wording.COPY_CITATION, cited), (wording.COPY_WORDS, quoted), (wording.COPY_LINK, link))
    return join(*(h("button", name, type="button", data_copy=value, data_done=wording.COPIED,
                    data_failed=wording.COPY_FAILED) for name, value in pairs))


# -- outline


def outline(document: Document) -> Html:
    """Return the outline: sections, numbered units and articles, each a link to its anchor."""
    children: dict[str | None, list[Provision]] = defaultdict(list)
    known = {p.eid for p in document.provisions}
    for provision in document.provisions:
        if _listed(provision):
            children[provision.parent if provision.parent in known else None].append(provision)
    return h("nav", _level(children, None, document), cls="tw-outline", aria_label=wording.OUTLINE)


def _listed(provision: Provision) -> bool:
    return provision.level in (*CONTAINERS, "art", "att") or provision.level in wording.PARTS


def _level(children: dict[str | None, list[Provision]], parent: str | None, document: Document) -> Html | None:
    entries = [h("li", h("a", outline_words(p, document), href=f"#{p.eid}"), _level(children, p.eid, document))
               for p in children.get(parent, ())]
    return h("ul", *entries) if entries else None


def outline_words(provision: Provision, document: Document) -> str:
    """Return a provision's label and heading as the outline prints them."""
    heading = document.cut(provision.heading) if provision.heading else ""
    return " ".join(_spaced((provision.label, heading))) or wording.PARTS.get(provision.level, provision.eid)


def _spaced(parts: Sequence[str]) -> list[str]:
    return [" ".join(part.split()) for part in parts if part.strip()]
