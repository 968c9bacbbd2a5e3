"""Who issued a text, under which number, and which place that is: read from the signature, the head, the note, the title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from tiaowen.numerals import NUMERAL
from tiaowen.parse.events import Event
from tiaowen.parse.found import DATE, Found, Line, found, squeeze
from tiaowen.rules import compiled, rows

NATION = "全国"
NUMBER = re.compile(r"[（(]?(?P<number>[一-龥]{1,16}[〔\[【（(]\d{4}[〕\]】）)]第?\d+号)[）)]?")
_ORDER_IN = re.compile(rf"(?P<number>[一-龥、]{{2,60}}?(?:令|公告)[（(〔]?第?{NUMERAL}号)")
_SESSION = re.compile(rf"第{NUMERAL}届")
_MEETING = re.compile(rf"(?:第?{NUMERAL}次|\d{{4}}年|(?:部|局|委|署)务会|常务会|审判委员会|检察委员会|全体会议|会议|主席团|令第|公告第).*$")
_OFFICER = re.compile(r"^(?:中华人民共和国主席|国务院?总理|总理|省长|市长|州长|县长|区长|部长|主任|主席|局长|署长|行长|院长|检察长)")
_NO_BODY = re.compile(r"[。；，：:！？《》〈〉<>0-9]|关于")
_PREFIX = re.compile(r"^(?P<body>[^《》〈〉<>，。]{3,60}?)(?:[（(][^（）()]{2,10}[）)])?关于")
_BELOW = re.compile(r"[一-龥]{1,10}?(?:自治县|自治旗|特区|林区|县|市|区|旗)(?=人民|人大|民政|教育|公安|卫生|司法|检察|未成年人|妇|委|关于)")
_LONGEST, _MOST = 45, 14


def body_row(words: str) -> dict[str, object] | None:
    """Return the row of the table of bodies that a name fits, None where it names none."""
    if _NO_BODY.search(words) or not 2 <= len(words) <= _LONGEST:
        return None
    return next((row for row in rows("detect", "body") if compiled(row["pattern"]).search(words)), None)


def national(words: str) -> bool:
    """Tell whether any of the bodies, joined by 、, is one of the nation."""
    return any((row := body_row(part)) is not None and bool(row.get("nation")) for part in words.split("、"))


def plain_body(words: str) -> str:
    """Return a body without the session, the meeting and 中华人民共和国: 第十三届…常务委员会第五次会议 -> …常务委员会."""
    words = _MEETING.sub("", _SESSION.sub("", words.removeprefix("由"))).strip("、，,（）()")
    short = words.removeprefix("中华人民共和国")
    return short if short != words and body_row(short) else words


# -- number


def label(text: str, head: Sequence[Line], key: str) -> Found | None:
    """Return what the table above a text says under a label."""
    for line in head:
        for row in rows("detect", "label"):
            match = compiled(row["pattern"]).match(text[line.start : line.end]) if row["key"] == key else None
            if match:
                start, end = line.start + match.start("value"), line.start + match.end("value")
                return found(key, squeeze(match["value"]), text, (start, end), row["id"])
    return None


def number(text: str, head: Sequence[Line], events: Sequence[Event]) -> Found | None:
    """Return the document number: a line of its own, an order with its number, or the number in the note."""
    labelled = label(text, head, "document_number")
    if labelled:
        return labelled
    for order in orders(text, head):
        if order.number:
            return order.number
    for line in head:
        match = NUMBER.fullmatch(line.words) or re.fullmatch(r".{4,60}?文件" + NUMBER.pattern, line.words)
        if match:
            start = text.index(match["number"][0], line.start) if line.words.startswith(match["number"]) else line.start
            return found("document_number", match["number"], text, (start, line.end), "number")
    for event in events:
        match = _ORDER_IN.search(event.who) if event.kind == "issued" else None
        if match:
            return found("document_number", match["number"].removeprefix("以"), text, (event.start, event.end), event.rule)
    return None


@dataclass(frozen=True, slots=True)
class Order:
    """The head of an order: who gave it, and its number where one is printed."""

    issuer: Found
    number: Found | None


def orders(text: str, head: Sequence[Line]) -> Iterator[Order]:
    """Yield the heads of orders and announcements, with the number on the same line or the next."""
    row = next(r for r in rows("detect", "furniture") if r["id"] == "order")
    digits = next(r for r in rows("detect", "furniture") if r["id"] == "order-number")
    for position, line in enumerate(head):
        match = re.match(compiled(row["pattern"]).pattern.removesuffix("$") + r"(?P<n>[（(〔\[]?第?[^《》，。]{1,16}号[）)]?)?$", line.words)
        if match is None or _NO_BODY.search(match["issuer"]):
            continue
        printed, end = match["n"], line.end
        following = head[position + 1] if position + 1 < len(head) else None
        if not printed and following and compiled(digits["pattern"]).match(following.words):
            printed, end = following.words, following.end
        issuer = found("issuer", plain_body(match["issuer"]), text, (line.start, line.end), row["id"])
        value = line.words.removesuffix(match["n"] or "") + _bare_number(printed) if printed else None
        yield Order(issuer, found("document_number", value, text, (line.start, end), row["id"]) if value else None)


def _bare_number(printed: str) -> str:
    """（第80号） -> 第80号; 〔13届〕第80号 stays."""
    return printed[1:-1] if re.fullmatch(r"[（(][^（）()]*[）)]", printed) else printed


# -- issuer


def signature(text: str, lines: Sequence[Line], position: int) -> Found | None:
    """Return the bodies that stand above a line with a date, or before the date on its line."""
    above: list[tuple[int, int, str]] = []
    line = lines[position]
    match = re.fullmatch(rf"(?P<who>.+?)(?:{DATE.pattern})", line.words)
    if match and all(body_row(n) for n in _names(text, line, match["who"])):
        above = [(line.start, line.end, n) for n in reversed(_names(text, line, match["who"]))]
    for before in reversed(lines[max(0, position - _MOST) : position]):
        names = _names(text, before, before.words)
        if _OFFICER.match(before.words) and len(before.words) < 20:
            continue
        if not names or not all(body_row(n) for n in names):
            break
        above += [(before.start, before.end, n) for n in reversed(names)]
    if not above:
        return None
    names = [plain_body(n) for _, _, n in reversed(above)]
    return found("issuer", "、".join(dict.fromkeys(names)), text, (above[-1][0], above[0][1]), "signature")


def _names(text: str, line: Line, words: str) -> list[str]:
    """The names on a line, parted by white space or 、; one name where the spaces only widen it."""
    if body_row(words) and not re.search(r"\S[ 　\t]{1,}\S", text[line.start : line.end].strip()):
        return words.split("、") if "、" in words else [words]
    parts = [p for p in re.split(r"[\s　、]+", text[line.start : line.end].strip()) if p and not DATE.fullmatch(p)]
    return parts if all(body_row(p) for p in parts) else [words]


def dated_lines(lines: Sequence[Line], start: int, end: int) -> Iterator[int]:
    """Yield the numbers of the lines in a range of the text that are a date, with or without bodies before it."""
    for position, line in enumerate(lines):
        if start <= line.start < end and len(line.words) < 60 and re.search(rf"(?:{DATE.pattern})$", line.words):
            match = DATE.search(line.words)
            if match and (match.start() == 0 or body_row(line.words[: match.start()])):
                yield position


def letterhead(text: str, head: Sequence[Line]) -> Found | None:
    """Return who stands in the head of an official document: …文件."""
    row = next(r for r in rows("detect", "furniture") if r["id"] == "letterhead")
    for line in head:
        match = compiled(row["pattern"]).match(line.words)
        if match and body_row(match["issuer"]):
            return found("issuer", match["issuer"], text, (line.start, line.end), row["id"])
    return None


def by_title(text: str, head: Sequence[Line], title: Found) -> Found | None:
    """Return the body that opens a notice's title or the text's own: …关于…."""
    for line in head:
        match = _PREFIX.match(line.words)
        if match and line.start <= title.start and body_row(match["body"]):
            end = next(line.start + i + 1 for i in range(line.end - line.start)
                       if squeeze(text[line.start : line.start + i + 1]) == match["body"])
            return found("issuer", plain_body(match["body"]), text, (line.start, end), "notice-title")
    several = list(takewhile(body_row, title.quote.split()))
    if several:
        return found("issuer", "、".join(map(plain_body, several)), text, (title.start, title.end), "own-title")
    match = _PREFIX.match(str(title.value))
    if match and body_row(match["body"]):
        return found("issuer", plain_body(match["body"]), text, (title.start, title.end), "own-title")
    return None


# -- place


@cache
def _places() -> dict[str, tuple[str, ...]]:
    out: dict[str, dict[str, None]] = {}
    for row in rows("places", "place"):
        for name in {row["full"], row["path"].rpartition("/")[2]}:
            out.setdefault(name, {})[row["path"]] = None
        if row.get("name"):
            out.setdefault(f"{row['name']}经济特区", {})[row["path"]] = None
    return {name: tuple(paths) for name, paths in sorted(out.items(), key=lambda kv: -len(kv[0]))}


def region_of(words: str) -> str | None:
    """Return the path of the place that words begin with; None where the table has none, or more than one.

    A county that the table lacks is taken as printed where its province or city stands before it.
    """
    words = words.removeprefix("中共").removeprefix("中国共产党")
    path: str | None = None
    position = 0
    while True:
        step = _step(words, position, path)
        if step is None:
            break
        path, position = step
    if path and path.count("/") < 2 and (match := _BELOW.match(words, position)):
        return f"{path}/{match[0]}"
    return path


def _step(words: str, position: int, path: str | None) -> tuple[str, int] | None:
    for name, paths in _places().items():
        if words.startswith(name, position):
            fitting = [p for p in paths if p.startswith(f"{path}/") or (path is None and len(name) > 2)]
            if len(fitting) == 1:
                return fitting[0], position + len(name)
    return None
