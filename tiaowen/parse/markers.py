"""Which numbered unit, if any, a line opens."""

from tiaowen.model import Marker
from tiaowen.numerals import to_int
from tiaowen.rules import compiled, rows

STATUTE, OFFICIAL = "statute", "official"


def marker(line: str, *, scheme: str) -> Marker | None:
    """Return the marker at the start of `line` under a scheme; `end` is the offset in the line after it."""
    indent = len(line) - len(line.lstrip(" \t　\xa0"))
    for row in rows("markers", "marker"):
        if row["scheme"] != scheme:
            continue
        match = compiled(row["pattern"]).match(line, indent)
        if match:
            sub = match.groupdict().get("sub")
            number = f"{to_int(match['n'])}" + (f"-{to_int(sub)}" if sub else "")
            return Marker(kind=row["kind"], number=number, label=match["label"], end=match.end())
    return None


def starts_with_marker(line: str) -> bool:
    """Tell whether the line opens a numbered unit in either scheme, or is an unnumbered —— paragraph."""
    return bool(marker(line, scheme=STATUTE) or marker(line, scheme=OFFICIAL)) or line.lstrip(" 　").startswith("——")
