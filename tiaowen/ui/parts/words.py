"""The source's own words: cut, never retyped, with the quote marked within its provision."""

from collections.abc import Sequence
from itertools import pairwise

from tiaowen import eid as eids
from tiaowen.library import slip_ends
from tiaowen.model import AnswerItem, Document, Provision
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join

WHOLE_UP_TO = 420  # characters: a longer provision shows the lines around the quote, the rest folded

Marks = Sequence[tuple[int, int]]


def provision_words(item: AnswerItem, document: Document) -> Html:
    """Return the provision of an answer with its quote marked."""
    provision = document.get(eids.unjoin(item.provision)[1])
    marks = [item.span, *(e.span for e in item.evidence if e.slot != "provision")]
    lines = _lines(document.clean.text, provision)
    near = [line for line in lines if any(_meet(line, mark) for mark in marks)]
    title = h("h4", wording.WORDS)
    if provision.full.end - provision.full.start <= WHOLE_UP_TO or not near or len(near) == len(lines):
        return h("div", title, _paragraphs(document, lines, marks), cls="tw-words")
    gap = h("p", wording.GAP, cls="tw-small")
    whole = details(wording.WHOLE, _paragraphs(document, lines, marks))
    return h("div", title, None if near[0] == lines[0] else gap, _paragraphs(document, near, marks),
             None if near[-1] == lines[-1] else gap, whole, cls="tw-words")


def _meet(line: tuple[int, int], mark: tuple[int, int]) -> bool:
    return line[0] < mark[1] and mark[0] < line[1]


def _lines(text: str, provision: Provision) -> list[tuple[int, int]]:
    return lines(text, provision.full.start, provision.full.end)


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the printed lines of a range without the blanks at their ends."""
    out = []
    for raw in text[start:end].splitlines(keepends=True):
        words = raw.strip()
        if words:
            first = start + raw.index(words[0])
            out.append((first, first + len(words)))
        start += len(raw)
    return out


def _paragraphs(document: Document, spans: Sequence[tuple[int, int]], marks: Marks) -> Html:
    return join(*(h("p", words(document.clean.text, start, end, marks)) for start, end in spans))


def words(text: str, start: int, end: int, marks: Marks = ()) -> Html:
    """Return text[start:end] escaped, with marked ranges highlighted and slips followed by （原文如此）."""
    slips = slip_ends(text, start, end)
    edges = {start, end, *slips}
    edges |= {min(max(edge, start), end) for mark in marks for edge in mark}
    cuts = sorted(edges)
    out: list[Html | str] = []
    for left, right in pairwise(cuts):
        inside = any(mark[0] <= left and right <= mark[1] for mark in marks)
        out.append(h("mark", text[left:right]) if inside else text[left:right])
        if right in slips:
            out.append(h("span", wording.SIC, cls="tw-sic"))
    return join(*out)

