"""Head, warnings and failures: the same on every page."""

from tiaowen.ui import wording
from tiaowen.ui.html import Html, h


def head(title: str, subtitle: str) -> Html:
    """Return the head of a page."""
    return h("header", h("h1", title), h("p", subtitle, cls="tw-small"), cls="tw-head")


def warning(sentence: str) -> Html:
    """Return a sentence that the operator should read."""
    return h("p", sentence, cls="tw-warning", role="status")


def failure(sentence: str) -> Html:
    """Return the sentence that stands where the page cannot be shown."""
    return h("section", h("h2", wording.FAILED), h("p", sentence), cls="tw-failure", role="alert")
