"""The note under a title: what was done to the text, by whom and when (…通过 …公布 …修订 …起施行).

Read are the brackets that hold a date, and the lines that begin with one, between the title and the body.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tiaowen.parse.found import DATE, Line, Squeezed, squeezed, to_date
from tiaowen.rules import compiled, rows

_BRACKET = re.compile(r"[（(]((?:[^（()）]|[（(][^（()）]*[）)])*)[）)]?")
_LEAD = re.compile(r"^[，,、；;。根据由经自于已的]*")
_FROM_THEN = re.compile(r"[，,]?自(?:公布|发布|通过|颁布)之日起?(?:施行|实施|生效|执行)$")
_TAIL = re.compile(r"[，,、；;。：:）)》〉根据由经自于并和]*$")
_FARTHEST = 1600


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done to a text on a day: kind is a key of the table, `who` the words between day and verb."""

    kind: str
    day: date
    who: str
    start: int
    end: int
    rule: str


def events(text: str, lines: Sequence[Line], start: int, end: int) -> tuple[Event, ...]:
    """Return the events that the notes in a range of the text tell, in printed order."""
    out: list[Event] = []
    end = min(end, start + _FARTHEST)
    for part in _notes(text, lines, start, end):
        out += _read(part)
    return tuple(out)


def _notes(text: str, lines: Sequence[Line], start: int, end: int) -> Iterator[Squeezed]:
    """Brackets that open a line and hold a date, and lines that begin with one; a bracket inside a sentence tells of another text."""
    whole = squeezed(text, start, end)
    taken = -1
    opens = {start, *(line.start for line in lines)}
    for match in _BRACKET.finditer(whole.words):
        if whole.places[match.start()] in opens and DATE.search(match[1]) and len(match[1]) >= 8:
            span = whole.span(match.start(1), match.end(1))
            taken = max(taken, span[1])
            yield squeezed(text, *span)
    for line in lines:
        opening = DATE.match(line.words)
        if start <= line.start < end and line.start >= taken and opening and opening.end() < len(line.words):
            yield squeezed(text, line.start, line.end)


def _read(note: Squeezed) -> Iterator[Event]:
    """Cut a note at its dates: each piece from a date to the next tells what was done on that day."""
    dates = list(DATE.finditer(note.words))
    for number, match in enumerate(dates):
        until = dates[number + 1].start() if number + 1 < len(dates) else len(note.words)
        day = to_date(match[0])
        rest = note.words[match.end() : until]
        if day is None or not rest:
            continue
        yield from _pieces(note, day, match.start(), match.end(), rest)


def _pieces(note: Squeezed, day: date, start: int, position: int, rest: str) -> Iterator[Event]:
    """Read the words after a date, up to the first verb that ends a clause; later clauses share the day."""
    for clause in re.split(r"(?<=[，,；;])", rest):
        words = _FROM_THEN.sub("", _TAIL.sub("", clause))
        bare = _LEAD.sub("", words)
        row = next((r for r in rows("detect", "event") if bare and compiled(r["pattern"]).search(bare)), None)
        if row:
            match = compiled(row["pattern"]).search(bare)
            who = bare[: match.start()] if match else bare
            left, right = note.span(start, position + len(words))
            yield Event(row["key"], day, who or bare, left, right, row["id"])
        position += len(clause)


_PASSED = re.compile(rf"》(?:[（(][^（）()]*[）)])?(?P<before>[^。《》]{{0,60}}?)(?P<day>{DATE.pattern})(?P<after>[^。，,《》]{{0,50}}?)(?P<how>修订|修正)?(?:审议)?通过")


def passed(text: str, start: int, end: int) -> tuple[Event, ...]:
    """Return the adoption that a covering text tells: 《…》已于…经…会议通过，现予公布."""
    whole = squeezed(text, start, end)
    match = _PASSED.search(whole.words)
    day = to_date(match["day"]) if match else None
    if match is None or day is None:
        return ()
    who = re.sub(r"^(?:已|业|经|由|于)+|(?:已|经|由|于)+$", "", match["after"]) or re.sub(r"^(?:已|业|经|由|于)+|(?:已|经|由|于)+$", "", match["before"])
    left, right = whole.span(match.start("before"), match.end())
    return (Event("amended" if match["how"] else "adopted", day, who, left, right, "order"),)


def first(found: Sequence[Event], kind: str) -> Event | None:
    """Return the first event of a kind."""
    return next((event for event in found if event.kind == kind), None)


def amendment(found: Sequence[Event]) -> Event | None:
    """Return the latest amendment, by its day; a second adoption by the same kind of meeting is one too."""
    adopted = [event for event in found if event.kind == "adopted"]
    again = [event for event in adopted[1:] if event.who[:6] == adopted[0].who[:6] and event.day > adopted[0].day]
    return max([*again, *(event for event in found if event.kind == "amended")], key=lambda event: event.day, default=None)
