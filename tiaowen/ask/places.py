"""Places named in a question, and how a document's region stands to a person's place."""

from dataclasses import dataclass
from functools import cache

from tiaowen.rules import rows

NATION = "全国"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a question: the words, where they stand, and the path of the region."""

    words: str
    path: str
    start: int
    end: int


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Every name -> the paths it may mean, longest name first."""
    out: dict[str, list[str]] = {}
    for row in rows("places", "place"):
        for name in {row.get("name"), row["full"]} - {None}:
            if len(str(name)) < 3 and name != row.get("name"):
                continue  # 城区 is a district of its own name, and an everyday word
            out.setdefault(str(name), []).append(row["path"])
    return {name: tuple(paths) for name, paths in sorted(out.items(), key=lambda kv: -len(kv[0]))}


@cache
def _by_first_character() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for name in _names():
        out.setdefault(name[0], []).append(name)
    return {first: tuple(names) for first, names in out.items()}


def find(text: str) -> tuple[Place, ...]:
    """Return the places named in a text, left to right, longest name first; a name of two places names none."""
    out, position = [], 0
    while position < len(text):
        for name in _by_first_character().get(text[position], ()):
            if text.startswith(name, position):
                paths = _names()[name]
                if len(paths) == 1:
                    out.append(Place(name, paths[0], position, position + len(name)))
                position += len(name) - 1
                break
        position += 1
    return tuple(out)


def covers(region: str | None, place: str) -> bool:
    """Tell whether a region contains a place: 全国 does, 湖南省 contains 湖南省/长沙市."""
    if region == NATION:
        return True
    return bool(region) and (place == region or place.startswith(f"{region}/"))


def applicability(region: str | None, place: str | None) -> str:
    """Return nationwide, local, elsewhere, or unknown (no place given, or a document without one)."""
    if region == NATION:
        return "nationwide"
    if not place or not region:
        return "unknown"
    return "local" if covers(region, place) else "elsewhere"


def touches(region: str | None, place: str) -> bool:
    """Tell whether a document's region and a place lie one in the other (the nation as a whole apart)."""
    if not region or region == NATION:
        return False
    return covers(region, place) or covers(place, region)
