"""Automatic numbers of a Word file: what Word prints before a paragraph and does not store in it.

After ECMA-376 part 1, 17.9: a paragraph names a list and a level, itself or through its style; a level counts up, and a higher level starts
those below anew. Guarantees: the label as printed, with a space where Word leaves one, or nothing for a bullet.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tiaowen.numerals import to_chinese

_LEVELS = 9
_CIRCLED, _DOTTED, _BRACKETED = "\u2460", "\u2488", "\u2474"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
          (4, "iv"), (1, "i"))
_NEEDS_SPACE = ("条", "章", "节", "编")
_NO_SPACE = ("、", "）", "。", "．")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and how it prints; `style` is the paragraph style that stands for it."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    arabic: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a file: list id -> (shared counter id, levels, start numbers that the list sets anew)."""

    lists: dict[str, tuple[str, tuple[Level, ...], dict[int, int]]] = field(default_factory=dict)


class Counters:
    """The running numbers while the paragraphs of one file are read in order."""

    def __init__(self, numbering: Numbering) -> None:
        """Start with nothing counted."""
        self._lists = numbering.lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph and return its label; an unknown list prints nothing."""
        if list_id not in self._lists:
            return ""
        shared, levels, starts = self._lists[list_id]
        level = min(max(level, 0), len(levels) - 1)
        counts = self._counts.setdefault(shared, [None] * len(levels))
        begins = levels[level].start
        if level in starts and (list_id, level) not in self._begun:
            begins, counts[level] = starts[level], None
        self._begun.add((list_id, level))
        now = counts[level]
        counts[level] = begins if now is None else now + 1
        for below in range(level + 1, len(levels)):
            restart = levels[below].restart
            if restart != 0 and (restart is None or level < restart):
                counts[below] = None
        return _printed(levels, counts, level)

    def level_of_style(self, list_id: str, style: str) -> int:
        """Return the level that a paragraph style stands for in a list, the first where none is named."""
        levels = self._lists[list_id][1] if list_id in self._lists else ()
        return next((i for i, level in enumerate(levels) if level.style == style), 0)


def _printed(levels: tuple[Level, ...], counts: list[int | None], level: int) -> str:
    own = levels[level]
    if own.format in ("bullet", "none") and "%" not in own.text:
        return ""
    label = own.text
    for i, part in enumerate(levels):
        if f"%{i + 1}" in label:
            count = counts[i]
            label = label.replace(f"%{i + 1}", number(part.start if count is None else count, "decimal" if own.arabic else part.format))
    if not label or label.endswith(_NO_SPACE) or (own.suffix == "nothing" and not label.endswith(_NEEDS_SPACE)):
        return label
    return label + " "


def number(value: int, form: str) -> str:
    """Return a number in a format of ECMA-376 17.18.59; an unknown format prints Arabic digits."""
    maker = _FORMATS.get(form)
    try:
        return maker(value) if maker else str(value)
    except (ValueError, IndexError):
        return str(value)


def _glyph(first: str, most: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= most else str(value)


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 1000 else str(value)


def _roman(value: int) -> str:
    out = ""
    for size, sign in _ROMAN if 0 < value < 4000 else ():
        out += sign * (value // size)
        value %= size
    return out or str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
                     "ideographTraditionalCounting"), to_chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), lambda n: str(n).translate(_DIGITS)),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), lambda n: to_chinese(n).translate(_FORMAL)),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda n: str(n).translate(_WIDE)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _glyph(_CIRCLED, 20)),
    "decimalEnclosedFullstop": _glyph(_DOTTED, 20), "decimalEnclosedParen": _glyph(_BRACKETED, 20),
    "decimalZero": lambda n: f"{n:02d}", "none": lambda n: "",
    "ideographTraditional": lambda n: _STEMS[n - 1], "ideographZodiac": lambda n: _BRANCHES[n - 1],
    "lowerLetter": _letters, "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman, "upperRoman": lambda n: _roman(n).upper(),
}


def numbering(root: Element | None) -> Numbering:
    """Return the lists of a numbering part (names without namespace); a list may borrow its levels from a style's list."""
    if root is None:
        return Numbering()
    shapes = {e.get("abstractNumId", ""): e for e in root.findall("abstractNum")}
    styled = {link.get("val"): key for key, e in shapes.items() if (link := e.find("styleLink")) is not None}
    lists: dict[str, tuple[str, tuple[Level, ...], dict[int, int]]] = {}
    for one in root.findall("num"):
        named = one.find("abstractNumId")
        shared = named.get("val", "") if named is not None else ""
        if shared not in shapes:
            continue
        link = shapes[shared].find("numStyleLink")
        shape = shapes[styled.get(link.get("val"), shared)] if link is not None else shapes[shared]
        lists[one.get("numId", "")] = (shared, *_levels(shape, one))
    return Numbering(lists)


def _levels(shape: Element, one: Element) -> tuple[tuple[Level, ...], dict[int, int]]:
    levels = [Level()] * _LEVELS
    for element in shape.findall("lvl"):
        _place(levels, element)
    starts: dict[int, int] = {}
    for override in one.findall("lvlOverride"):
        at = whole_number(override.get("ilvl"), 0)
        for element in override.findall("lvl"):
            _place(levels, element)
        start = override.find("startOverride")
        if start is not None:
            starts[at] = whole_number(start.get("val"), 1)
    return tuple(levels), starts


def _place(levels: list[Level], element: Element) -> None:
    at = whole_number(element.get("ilvl"), 0)
    if not 0 <= at < _LEVELS:
        return
    value = {child.tag: child.get("val") for child in element}
    levels[at] = Level(whole_number(value.get("start"), 1), value.get("numFmt") or "decimal", value.get("lvlText") or "", value.get("suff") or "tab",
                       whole_number(value["lvlRestart"], 0) if value.get("lvlRestart") else None,
                       "isLgl" in value and value["isLgl"] not in ("0", "false"), value.get("pStyle"))


def whole_number(text: str | None, otherwise: int) -> int:
    """Return the whole number that an attribute holds, or `otherwise`."""
    return int(text) if text and text.lstrip("-").isdigit() and len(text) < 9 else otherwise
