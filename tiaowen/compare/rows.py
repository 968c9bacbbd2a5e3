"""Two documents, or two stages of one -> their items side by side (版本对照, 修改前后对照).

Guarantees: every unit of both stands in exactly one row; rows keep the order of the document after, and what only the one
before has stands behind the row of the unit before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tiaowen.compare.kinship import linked, strip_of, units
from tiaowen.compare.words import Change, changes
from tiaowen.model import Document, Provision, Span


@dataclass(frozen=True, slots=True)
class Row:
    """One unit beside another, or alone; `changes` lead from the one before to the one after where both are there."""

    before: str | None
    after: str | None
    changes: tuple[Change, ...] = ()


def side_by_side(before: Document, after: Document) -> tuple[Row, ...]:
    """Return the units of two documents in rows: each beside the one it shares most with."""
    one, other = units(before), units(after)
    partner = _partners(before, one, after, other)
    behind: dict[int, list[int]] = {}
    last = -1
    for number in range(len(one)):
        if number in partner.values():
            last = next(b for b, a in partner.items() if a == number)
        else:
            behind.setdefault(last, []).append(number)
    out = [Row(one[n].eid, None) for n in behind.get(-1, ())]
    for number, provision in enumerate(other):
        found = partner.get(number)
        out.append(Row(None, provision.eid) if found is None else
                   Row(one[found].eid, provision.eid, compared(before, one[found], after, provision)))
        out += [Row(one[n].eid, None) for n in behind.get(number, ())]
    return tuple(out)


def compared(before: Document, one: Provision, after: Document, other: Provision) -> tuple[Change, ...]:
    """Return what leads from the words of one provision to those of another, labels aside."""
    return changes(before.clean.text, [words_of(one, before)], after.clean.text, [words_of(other, after)])


def words_of(provision: Provision, document: Document) -> Span:
    """Return the words of a provision in full, without its label and the white space around them."""
    text, start, end = document.clean.text, provision.full.start, provision.full.end
    if provision.label:
        start = text.index(provision.label, start) + len(provision.label)
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip())))


def _partners(before: Document, one: Sequence[Provision], after: Document, other: Sequence[Provision]) -> dict[int, int]:
    """Unit after -> unit before, one to one: the strongest kinship first, then equal headings among what is left."""
    links = linked([strip_of(p, before) for p in one], [strip_of(p, after) for p in other])
    out: dict[int, int] = {}
    for link in sorted(links, key=lambda k: (-sum(r.weight for r in k.runs), k.lower, k.higher)):
        if link.lower not in out and link.higher not in out.values():
            out[link.lower] = link.higher
    headings = {_heading(p, before): n for n, p in reversed(list(enumerate(one))) if n not in out.values()}
    for number, provision in enumerate(other):
        found = headings.get(_heading(provision, after))
        if number not in out and found is not None and found not in out.values():
            out[number] = found
    return out


def _heading(provision: Provision, document: Document) -> str:
    return "".join(document.cut(provision.heading).split()) if provision.heading else provision.eid
