"""Paragraph styles of a Word file, as far as numbers hang on them: a heading is often numbered by its style alone."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tiaowen.read.numbering import Counters, whole_number

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Style:
    above: str | None
    list_id: str | None
    level: int | None


class Styles:
    """The styles of one file, by id."""

    def __init__(self, root: Element | None) -> None:
        """Read the styles part (names without namespace); None where the file has none."""
        found = list(root.findall("style")) if root is not None else []
        self._styles = {style.get("styleId", ""): _style(style) for style in found}
        self._standard = next((style.get("styleId", "") for style in found
                               if style.get("type") == "paragraph" and style.get("default") in ("1", "true")), "")

    def numbered(self, paragraph: Element, counters: Counters) -> tuple[str | None, int]:
        """Return the list and level of a paragraph, its own or its style's; (None, 0) where it has no number."""
        own_list, own_level = _numbering(paragraph)
        named = paragraph.find("pPr/pStyle")
        style = named.get("val", "") if named is not None else self._standard
        list_id, level = self._of_style(style, counters)
        list_id, level = (own_list or list_id), (own_level if own_level is not None else level if not own_list else 0)
        return (None, 0) if list_id in (None, "0") else (list_id, level)

    def _of_style(self, style: str, counters: Counters) -> tuple[str | None, int]:
        level: int | None = None
        for _ in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return None, 0
            level = found.level if level is None else level
            if found.list_id is not None:
                return found.list_id, counters.level_of_style(found.list_id, style) if level is None else level
            style = found.above or ""
        return None, 0


def _style(element: Element) -> _Style:
    above = element.find("basedOn")
    list_id, level = _numbering(element)
    return _Style(above.get("val") if above is not None else None, list_id, level)


def _numbering(element: Element) -> tuple[str | None, int | None]:
    list_id, level = element.find("pPr/numPr/numId"), element.find("pPr/numPr/ilvl")
    return (list_id.get("val") if list_id is not None else None,
            whole_number(level.get("val"), 0) if level is not None else None)
