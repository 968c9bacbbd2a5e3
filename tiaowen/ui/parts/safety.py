"""The safety strip: fixed phrases and the operator's local numbers, before and apart from any answer."""

import re
from collections.abc import Sequence

from tiaowen.ui import wording
from tiaowen.ui.contacts import Contact
from tiaowen.ui.html import Html, h, join

_EMERGENCY = re.compile("|".join(wording.EMERGENCY))


def safety_strip(phrases: Sequence[str], contacts: Sequence[Contact] = ()) -> Html | None:
    """Return the strip, None where the question is not about harm to a child."""
    if not phrases:
        return None
    lines = [h("li", _callable(phrase)) for phrase in phrases]
    lines += [h("li", _contact(contact)) for contact in contacts]
    title = wording.SAFETY_TITLE
    return h("section", h("h2", title), h("ul", *lines), cls="tw-safety", aria_label=title)


def _callable(phrase: str) -> Html:
    """The phrase, its emergency numbers made to be tapped."""
    out: list[str] = []
    position = 0
    for match in _EMERGENCY.finditer(phrase):
        out += [phrase[position : match.start()], h("a", match[0], href=f"tel:{match[0]}")]
        position = match.end()
    return join(*out, phrase[position:])


def _contact(contact: Contact) -> Html:
    number = re.sub(r"[^0-9+]", "", contact.phone)
    before, after = wording.SAFETY_CONTACT.format(
        name=contact.name, phone="\0", checked=contact.checked_on.isoformat()).split("\0")
    return join(before, h("a", contact.phone, href=f"tel:{number}"), after)
