"""What the higher law says: verbatim where it is held, a pointer marked as one until then."""

from collections.abc import Sequence

from tiaowen import wording as core
from tiaowen.model import HigherLaw
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.status import day


def higher_law(laws: Sequence[HigherLaw]) -> Html | None:
    """Return the box of the higher law, the most important first, the rest folded; None where there is none."""
    if not laws:
        return None
    held = all(law.quote for law in laws)
    title = wording.LAW_HELD if held else core.POINTER_TITLE
    more = details(wording.LAW_MORE.format(count=len(laws) - 1), *map(_law, laws[1:])) if laws[1:] else None
    return h("section", h("h3", title), _law(laws[0]), more, cls="tw-law", aria_label=title)


def _law(law: HigherLaw) -> Html:
    form = core.STATUS.get(law.status, law.status) if law.quote else law.status  # of a pointer it is the law's version
    status = form.format(checked=day(law.checked_on))
    checked = wording.LAW_CHECKED.format(status=status, checked=day(law.checked_on))
    words = h("blockquote", law.quote, cls="tw-quote") if law.quote else h("p", law.pointer)
    note = h("p", law.note, cls="tw-small") if law.note else None
    name = h("p", h("strong", f"《{law.law}》{law.article}"), " ", h("span", checked, cls="tw-badge tw-plain"))
    return h("div", join(name, words, note), cls="tw-law-row")
