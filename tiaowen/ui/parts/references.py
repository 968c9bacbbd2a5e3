"""What a provision cites and what cites it (引用 / 被引用), and the list of texts that are cited and not held."""

from collections.abc import Sequence

from tiaowen.library import Library, citation, place, title
from tiaowen.model import Citing, Document
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.register import reader_link


def both_ways(library: Library, document: Document, eid: str) -> Html | None:
    """Return the references of a provision in both directions, folded away; None where there are none."""
    own, back = library.references_of(document.meta.id, eid), library.cited_by(document.meta.id, eid)
    if not own and not back:
        return None
    summary = wording.REFERENCES.format(own=len(own), back=len(back))
    return details(summary, _list(wording.CITES, [_own(c, library, document) for c in own]),
                   _list(wording.CITED_BY, [_back(identity, c, library, document) for identity, c in back]), cls="tw-cite tw-refs")


def _list(title: str, entries: Sequence[Html]) -> Html | None:
    return join(h("p", h("strong", title)), h("ul", *(h("li", e) for e in entries))) if entries else None


def _own(c: Citing, library: Library, document: Document) -> Html:
    """The printed words, and where they lead; what is not held or not certain is said."""
    words = h("span", wording.QUOTED.format(words="".join(c.words.split())))
    if not c.targets:
        return join(words, h("span", wording.UNRESOLVED if c.kind == "internal" else wording.CITED_NOT_HELD, cls="tw-dim"))
    return join(words, " → ", join(*(_link(target, library, document) for target in c.targets), by="、"))


def _back(identity: str, c: Citing, library: Library, document: Document) -> Html:
    return join(_link(f"{identity}#{c.eid}", library, document), h("span", wording.IN_WORDS.format(words="".join(c.words.split()))))


def _link(target: str, library: Library, here: Document) -> Html:
    identity, _, eid = target.partition("#")
    document = library.document(identity)
    if not eid:
        return h("a", title(document.meta), href=reader_link(identity), target="_self")
    name = place(eid, document) if document.meta.id == here.meta.id else citation(eid, document)
    return h("a", name, href=reader_link(identity, eid), target="_self")


def not_held(library: Library) -> Html | None:
    """Return the laws and documents that are cited and not held: basis apart from mention, with counts and places."""
    found = library.cited_not_held()
    if not found:
        return None
    name, basis, mention = wording.NOT_HELD_COLUMNS
    rows = [h("tr", h("td", h("span", _named(entry.title, entry.number)), data_label=name),
              h("td", _places(entry.basis, library), data_label=basis),
              h("td", _places(entry.mentions, library), data_label=mention)) for entry in found]
    head = h("tr", *(h("th", name, scope="col") for name in wording.NOT_HELD_COLUMNS))
    return join(h("p", wording.NOT_HELD_INTRO.format(count=len(found))),
                h("table", h("thead", head), h("tbody", *rows), cls="tw-plain-table tw-missing"))


def _named(title: str | None, number: str | None) -> str:
    return "".join(part for part in (f"《{title}》" if title else "", f"（{number}）" if title and number else number or ""))


def _places(places: Sequence[str], library: Library) -> Html:
    if not places:
        return h("span", wording.NONE_HERE)
    first = [h("li", _full_link(p, library)) for p in dict.fromkeys(places)]
    return details(wording.TIMES.format(count=len(places)), h("ul", *first), cls="tw-cite")


def _full_link(target: str, library: Library) -> Html:
    identity, _, eid = target.partition("#")
    return h("a", citation(eid, library.document(identity)), href=reader_link(identity, eid), target="_self")
