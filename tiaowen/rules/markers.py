"""Which numbered unit, if any, a line opens."""

import re

from tiaowen.model import Marker
from tiaowen.numerals import to_int
from tiaowen.rules import compiled, rows

STATUTE, OFFICIAL = "statute", "official"
LISTED = ("item", "point")
_HIGHEST = 9999  # no unit has a higher number: 12345.政务热线 at the start of a line is a telephone number


def marker(line: str, *, scheme: str) -> Marker | None:
    """Return the marker at the start of `line` under a scheme; `end` is the offset in the line after it."""
    indent = len(line) - len(line.lstrip(" \t　\xa0"))
    for row in rows("markers", "marker"):
        if row["scheme"] != scheme:
            continue
        match = compiled(row["pattern"]).match(line, indent)
        if match:
            sub = match.groupdict().get("sub")
            try:
                number, after = to_int(match["n"]), to_int(sub) if sub else None
            except ValueError:
                continue
            if number > _HIGHEST:
                continue
            return Marker(kind=row["kind"], number=f"{number}" + (f"-{after}" if after is not None else ""),
                          label=match["label"], end=match.end())
    return None


def style(mark: Marker) -> str:
    """Return how a 项 or 目 is numbered, whatever its number and width: （一） and (二) alike, 1. and ２、 alike."""
    script = "1" if re.search(r"[0-9０-９]", mark.label) else "一"
    return f"({script})" if mark.label[0] in "（(" else f"{script}、"


def starts_with_marker(line: str) -> bool:
    """Tell whether the line opens a numbered unit in either scheme, or is an unnumbered —— paragraph."""
    return bool(marker(line, scheme=STATUTE) or marker(line, scheme=OFFICIAL)) or line.lstrip(" 　").startswith("——")
