"""Whose duty it is: the names in a bearer, a unit list or a recipient -> rows of the table of actors.

Guarantees: a name is a name or short name of `rules/actors.toml`, the longest first; a name that only qualifies the next one
(县级以上人民政府 in 县级以上人民政府民政部门) does not count; whoever is guided (指导 X 做 Y) is never a bearer; words that
no row knows give nothing.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tiaowen.model import DutyFrame
from tiaowen.rules import rows

CONTACT, ANYONE, ORGAN = "contact-units", "anyone", "state-organ"
_FOLD = str.maketrans("（），", "(),")
_STOP = re.compile(r"[，,。；;：:\n]")
_SKIPPED = 8  # characters of an unknown name in a list (高校、高中阶段学校)


@dataclass(frozen=True, slots=True)
class _Name:
    actor: str
    end: int
    bounded: bool


@cache
def actors() -> dict[str, dict[str, Any]]:
    """Return the rows of the table by id."""
    return {str(row["id"]): row for row in rows("actors", "actor")}


def role_of(actor: str) -> str:
    """Return the role under which an actor is shown: 教职员工 -> 学校、幼儿园及其教职员工."""
    return str(actors()[actor].get("under", actor))


def label(role: str) -> str:
    """Return the name of a role as shown."""
    return str(actors()[role].get("label") or actors()[role]["role"])


def belongs(role: str) -> tuple[str, ...]:
    """Return the wider actors that a role is one of: a state organ, a unit in close contact with minors."""
    row = actors()[role]
    return (*((ORGAN,) if row.get("organ") else ()), *((CONTACT,) if row["closely_in_contact"] else ()))


def page_roles() -> tuple[str, ...]:
    """Return the roles that a person may choose, in the order of the table."""
    return tuple(identity for identity, row in actors().items() if row.get("page"))


@cache
def actors_in(phrase: str) -> tuple[str, ...]:
    """Return the actors that a phrase names, in order, each once."""
    return _scan(phrase.translate(_FOLD), leading=False)


@cache
def actors_opening(words: str) -> tuple[str, ...]:
    """Return the actors of the list that opens some words: 街道和社区居委会开展…走访 -> 街道, 社区居委会."""
    stop = _STOP.search(words)
    return _scan((words[: stop.start()] if stop else words).translate(_FOLD), leading=True)


def from_units(frame: DutyFrame) -> bool:
    """Tell whether the bearer of a frame is the list of responsible units itself."""
    return bool(frame.bearer and frame.units and frame.inherited.get("bearer")
                and frame.bearer.text.startswith(frame.units[0]) and frame.bearer.text.endswith(frame.units[-1]))


def bearers(frame: DutyFrame) -> tuple[str, ...]:
    """Return the actors whose own duty a frame is; a ban on anyone that names a trade counts for that trade too."""
    if frame.bearer is None:
        return ()
    phrases = frame.units if from_units(frame) else (frame.bearer.text,)
    found = tuple(dict.fromkeys(actor for phrase in phrases for actor in actors_in(phrase)))
    if ANYONE not in found:
        return found
    return found + tuple(i for i, row in actors().items() if any(act in frame.action.text for act in row.get("acts", ())))


def leads(frame: DutyFrame) -> tuple[str, ...]:
    """Return the actors that lead, where the source marks a lead."""
    if not from_units(frame):
        return ()
    return tuple(dict.fromkeys(actor for unit in frame.lead_units for actor in actors_in(unit)))


def guided(frame: DutyFrame, text: str) -> tuple[str, ...]:
    """Return the actors whom the bearer is to guide, urge or support; `text` is the clean text of the document."""
    if frame.mediated_by is None:
        return ()
    if frame.object is not None:
        return actors_in(frame.object.text)
    return actors_opening(text[frame.mediated_by.end : frame.end])


def told(frame: DutyFrame) -> tuple[str, ...]:
    """Return the actors to whom something is reported, notified or applied."""
    return tuple(dict.fromkeys(actor for slot in frame.recipients for actor in actors_in(slot.text)))


# -- the scan


@cache
def _form(identity: str) -> re.Pattern[str]:
    return re.compile(next(str(row["pattern"]) for row in rows("actors", "form") if row["id"] == identity))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    owner = {str(name).translate(_FOLD): i for i, row in reversed(actors().items()) for name in row["names"]}
    return re.compile("|".join(map(re.escape, sorted(owner, key=len, reverse=True)))), owner


@cache
def _stems() -> tuple[re.Pattern[str], tuple[str, ...]]:
    pairs = [(stem, i) for i, row in actors().items() for stem in row.get("stems", ())]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return re.compile("|".join(f"({stem})" for stem, _ in pairs)), tuple(i for _, i in pairs)


def _scan(phrase: str, *, leading: bool) -> tuple[str, ...]:
    out: dict[str, None] = {}
    position = 0
    while position < len(phrase):
        position = _over(phrase, position)
        found = _name(phrase, position)
        gap = _form("between").search(phrase, found.end if found else position)
        after = gap.end() if gap else len(phrase)
        if found and (found.bounded or not actors()[found.actor].get("whole")):
            out.setdefault(found.actor)
        unknown = gap is None or gap.start() - position > _SKIPPED
        if leading and (not found.bounded if found else unknown):
            break
        position = after
    return tuple(out)


def _over(phrase: str, position: int) -> int:
    gap = _form("between").match(phrase, position)
    return gap.end() if gap else position


def _name(phrase: str, position: int) -> _Name | None:
    """The name that a part of the phrase opens with; one that only qualifies another gives way to it."""
    found = _at(phrase, position)
    end = found.end if found else position
    gap = _form("between").search(phrase, end)
    limit = gap.start() if gap else len(phrase)
    of = phrase.rfind("的", position, limit)
    qualifies = found is None or phrase[end : end + 1] == "的" or actors()[found.actor].get("whole")
    inner = _at(phrase, of + 1) if qualifies and of >= end and of + 1 < limit else None
    next_to = _at(phrase, end) if found and not found.bounded else None
    return inner or next_to or found


def _at(phrase: str, position: int) -> _Name | None:
    """The longest name at a place, with or without the words before it."""
    before = _form("before").match(phrase, position)
    starts = range(position, (before.end() if before else position) + 1)
    found = [name for start in starts for name in (_listed(phrase, start), _short(phrase, start)) if name]
    return max(found, key=lambda name: name.end, default=None)


def _listed(phrase: str, start: int) -> _Name | None:
    pattern, owner = _names()
    match = pattern.match(phrase, start)
    return _Name(owner[match[0]], match.end(), _bounded(phrase, match.end())) if match and _whole(phrase, match) else None


def _whole(phrase: str, match: re.Match[str]) -> bool:
    """A listed name that is a short name too (教育, 公安) must stand for a body."""
    pattern, _ = _stems()
    bare = pattern.fullmatch(match[0])
    return not bare or _stands_alone(phrase, match.end())


def _short(phrase: str, start: int) -> _Name | None:
    pattern, owner = _stems()
    match = pattern.match(phrase, start)
    if not match or match.lastindex is None:
        return None
    actor = owner[match.lastindex - 1]
    ending = _form("after").match(phrase, match.end())
    if ending:
        return _Name(actor, ending.end(), _bounded(phrase, ending.end()))
    return _Name(actor, match.end(), True) if _stands_alone(phrase, match.end()) else None


def _stands_alone(phrase: str, end: int) -> bool:
    return end == len(phrase) or phrase[end] in "()" or bool(_form("branches").match(phrase, end))


def _bounded(phrase: str, end: int) -> bool:
    return end == len(phrase) or bool(_form("between").match(phrase, end))
