"""HTML that is safe by construction: plain strings are escaped, only what this module built is not."""

from html import escape


class Html(str):
    """Markup that may be shown as it is."""

    __slots__ = ()


def safe(text: str | None) -> Html:
    """Return `text` as markup: escaped unless it already is Html."""
    return text if isinstance(text, Html) else Html(escape(text or "", quote=True))


def join(*children: str | None, by: str = "") -> Html:
    """Return the children one after the other; None is left out."""
    return Html(safe(by).join(safe(child) for child in children if child is not None))


def h(name: str, *children: str | None, **attributes: str | None) -> Html:
    """Return an element: `cls` is class, `_` in a name is -, an attribute that is None is left out."""
    pairs = {("class" if key == "cls" else key.replace("_", "-")): value for key, value in attributes.items()}
    written = "".join(f' {key}="{escape(value, quote=True)}"' for key, value in pairs.items() if value is not None)
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def details(summary: str, *children: str | None, cls: str = "tw-more") -> Html:
    """Return a part that is folded away."""
    return h("details", h("summary", summary), *children, cls=cls)


def plain_label(text: str) -> str:
    """Return `text` as a Markdown label that shows every character as itself."""
    return "".join("\\" + c if c in "\\`*_{}[]()#+-.!$~:|<>" else c for c in text)
