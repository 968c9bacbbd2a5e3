"""What a text says of itself, with the words that prove each fact: title, stage, number, issuer, dates, level, region, status.

Guarantees: every fact has a quote that is a slice of the text; what the text does not state is absent, never a default. A status
is never `in_force`: no text can prove that of itself.
"""

import re
from collections import deque
from collections.abc import Sequence
from datetime import date

from tiaowen.parse.events import Event, amendment, events, first, passed
from tiaowen.parse.found import DATE, Detected, Found, Line, Squeezed, first_of, found, lines_of, squeezed, to_date
from tiaowen.parse.issuers import (
    NATION,
    body_row,
    by_title,
    dated_lines,
    label,
    letterhead,
    national,
    number,
    orders,
    plain_body,
    region_of,
    signature,
)
from tiaowen.parse.own_title import OwnTitle, own_title
from tiaowen.rules import compiled, rows
from tiaowen.rules.markers import starts_with_marker

NATIONAL_LEVELS = ("法律", "行政法规", "监察法规", "司法解释", "部门规章")
_UNDER = {"issuer": "发文机关", "document_number": "文号", "adopter": "通过", "approver": "批准", "publisher": "公布",
          "reader": "审议", "title": "题名"}
_READING = re.compile(r"(?P<who>[一-龥]{2,20}?(?:人大常委会|人民代表大会常务委员会))[^。]{0,30}?审议")
_COLOPHON_DATE = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日)印发")
_TAIL_LINES = 16
_MOST_STARTS = 200
_APPLIES = re.compile(r"(?:起|开\s*始)\s*(?:施\s*行|实\s*施|执\s*行|生\s*效)")


def detect(text: str, *, today: date) -> Detected:
    """Return what a clean text states of itself; `today` decides only whether its day of coming into force is ahead."""
    lines = tuple(lines_of(text))
    own = own_title(text, lines)
    if own is None:
        return Detected()
    head = _head(lines, own)
    done = (*events(text, lines, own.title.end, _body_start(lines, own, len(text))), *passed(text, 0, own.title.start))
    consulting = own.stage is not None and _consults(text, lines, own)
    facts = [own.title, own.stage]
    if not consulting:
        facts += [number(text, head, done), _issuer(text, lines, head, own, done), _issued(text, lines, head, own, done)]
    facts += [*_acts(text, done), _reader(text, head) if consulting else None]
    facts.append(_in_force(text, head, done, first_of(f for f in facts if f and f.key == "issued")))
    known = Detected(tuple(f for f in facts if f))
    level = _level(known)
    known = Detected((*known.facts, *([level] if level else [])))
    region, status = _region(known), _status(text, lines, own, done, known, today)
    return Detected((*known.facts, *(f for f in (region, status) if f)))


def _head(lines: Sequence[Line], own: OwnTitle) -> list[Line]:
    """The lines of the covering text and of the head, without the body that follows the title."""
    end = _body_start(lines, own, lines[-1].end + 1)
    return [line for line in lines if line.start < end][:200]


def _body_start(lines: Sequence[Line], own: OwnTitle, end: int) -> int:
    return next((line.start for line in lines if line.start >= own.title.end and starts_with_marker(line.printed)), end)


def _consults(text: str, lines: Sequence[Line], own: OwnTitle) -> bool:
    """Tell whether what stands above the title asks for opinions: who asks is not who issues."""
    row = next(r for r in rows("detect", "naming") if r["id"] == "consulting")
    return bool(compiled(row["pattern"]).search(squeezed(text, 0, max(own.title.start, lines[0].end)).words))


# -- who, when


def _issuer(text: str, lines: Sequence[Line], head: Sequence[Line], own: OwnTitle, done: Sequence[Event]) -> Found | None:
    above = (signature(text, lines, i) for i in dated_lines(lines, 0, own.title.start))
    below = (signature(text, lines, i) for i in dated_lines(head, own.title.end, head[-1].end + 1))
    ordered = (o.issuer for o in orders(text, head) if body_row(str(o.issuer.value)))
    return first_of((
        label(text, head, "issuer"), *above, *ordered, letterhead(text, head), _acting(text, head, done, own), by_title(text, head, own.title), *below, *(signature(text, lines, i) for i in _tail_dates(lines, own)),
    ))


def _acting(text: str, head: Sequence[Line], done: Sequence[Event], own: OwnTitle) -> Found | None:
    """Who adopted or published the text, where the note names a body in full; the title names all where there are several."""
    for event in sorted((e for e in done if e.kind in ("adopted", "issued")), key=lambda e: e.kind):
        names = [plain_body(n) for n in event.who.split("、")]
        if names and all(body_row(n) and (national(n) or region_of(n)) for n in names):
            titled = by_title(text, head, own.title)
            if titled and set(names) < set(str(titled.value).split("、")):
                return titled
            return found("issuer", "、".join(dict.fromkeys(names)), text, (event.start, event.end), event.rule)
    return None


def _tail_dates(lines: Sequence[Line], own: OwnTitle) -> list[int]:
    tail = lines[-_TAIL_LINES:]
    start = max(tail[0].start, own.title.end)
    return list(dated_lines(lines, start, lines[-1].end + 1))


def _issued(text: str, lines: Sequence[Line], head: Sequence[Line], own: OwnTitle, done: Sequence[Event]) -> Found | None:
    published = first(done, "issued")
    if published:
        return found("issued", published.day, text, (published.start, published.end), published.rule)
    above = [*dated_lines(lines, 0, own.title.start), *dated_lines(head, own.title.end, head[-1].end + 1)]
    for position in above:
        return _dated(text, lines[position], "signature")
    bracket = next((line for line in head if line.start >= own.title.start
                    and re.fullmatch(rf"[（(](?:{DATE.pattern})[）)]", line.words)), None)
    if bracket:
        return _dated(text, bracket, "note")
    labelled = label(text, head, "issued")
    day = to_date(str(labelled.value)) if labelled else None
    if labelled and day:
        return found("issued", day, text, (labelled.start, labelled.end), labelled.rule)
    for position in _tail_dates(lines, own):
        return _dated(text, lines[position], "signature")
    return _colophon(text, lines)


def _dated(text: str, line: Line, rule: str) -> Found | None:
    day = to_date(line.words)
    match = squeezed(text, line.start, line.end)
    where = DATE.search(match.words)
    return found("issued", day, text, match.span(where.start(), where.end()), rule) if day and where else None


def _colophon(text: str, lines: Sequence[Line]) -> Found | None:
    for line in lines[-_TAIL_LINES:]:
        match = _COLOPHON_DATE.search(line.words)
        day = to_date(match[1]) if match else None
        if day:
            return found("issued", day, text, (line.start, line.end), "colophon")
    return None


def _acts(text: str, done: Sequence[Event]) -> list[Found | None]:
    """Adoption, approval, publication and the latest amendment, with who acted."""
    adopted, approved, issued, amended = first(done, "adopted"), first(done, "approved"), first(done, "issued"), amendment(done)
    whole = amended if adopted is None else adopted  # 2020年…修订通过: the revision is the adoption of this text
    return [
        found("adopted", adopted.day, text, (adopted.start, adopted.end), adopted.rule) if adopted else None,
        found("amended", amended.day, text, (amended.start, amended.end), amended.rule) if amended else None,
        *(found(key, event.who, text, (event.start, event.end), event.rule) if event else None
          for key, event in (("adopter", whole), ("approver", approved), ("publisher", issued))),
    ]


def _reader(text: str, head: Sequence[Line]) -> Found | None:
    """The congress before which a draft stands: its level follows."""
    whole = squeezed(text, head[0].start, head[-1].end)
    match = _READING.search(whole.words)
    return found("reader", match["who"], text, whole.span(match.start(), match.end()), "reading") if match else None


def _in_force(text: str, head: Sequence[Line], done: Sequence[Event], issued: Found | None) -> Found | None:
    """The day from which the text applies: under a label, in the note, in its own words."""
    labelled = label(text, head, "in_force")
    day = to_date(str(labelled.value)) if labelled else None
    if labelled and day:
        return found("in_force", day, text, (labelled.start, labelled.end), labelled.rule)
    noted = first(done, "in_force")
    by_note = found("in_force", noted.day, text, (noted.start, noted.end), noted.rule) if noted else None
    return _later(by_note, _own_start(text, issued))


def _own_start(text: str, issued: Found | None) -> Found | None:
    """The day in the article or the order on the coming into force; 自公布之日起 where that day is printed too."""
    for row in rows("detect", "starts"):
        for whole, match in reversed([(part, m) for part in _around(text) for m in compiled(row["pattern"]).finditer(part.words)]):
            when = to_date(match["when"])
            if when is None and issued and re.match(r"(?:公布|发布|印发|颁布)之日$", match["when"]):
                when = issued.value if isinstance(issued.value, date) else None
            if when:
                return found("in_force", when, text, whole.span(*_clause(match)), row["id"])
    return None


def _later(one: Found | None, other: Found | None) -> Found | None:
    """The later of two days: the note of an amended text names its own, the last article still the first one's."""
    both = [f for f in (one, other) if f and isinstance(f.value, date)]
    return max(both, key=lambda f: str(f.value), default=None)


def _around(text: str) -> list[Squeezed]:
    """The last sentences that say from when something applies."""
    out = []
    for match in deque(_APPLIES.finditer(text), maxlen=_MOST_STARTS):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。；") + 1
        out.append(squeezed(text, max(start, match.start() - 160), match.end()))
    return out


def _clause(match: re.Match[str]) -> tuple[int, int]:
    """The words of a match without the punctuation before it."""
    lead = len(match[0]) - len(match[0].lstrip("。；，,"))
    return match.start() + lead, match.end()


# -- level, place, status


def _level(known: Detected) -> Found | None:
    said = "\n".join(f"{name}：{words}" for key, name in _UNDER.items() if (words := known.words(key)))
    for row in rows("detect", "level"):
        match = compiled(row["pattern"]).search(said)
        if match is None:
            continue
        if not row["level"]:
            return None
        keys = [row["proof"], *(key for key, name in _UNDER.items() if match[0].startswith(f"{name}："))]
        proof = first_of(known.get(key) for key in keys)
        return Found("level", row["level"], proof.quote, proof.start, proof.end, row["id"]) if proof else None
    return None


def _region(known: Detected) -> Found | None:
    level, title = known.get("level"), known.get("title")
    issuer = known.get("issuer")
    if level and level.value in NATIONAL_LEVELS:
        return Found("region", NATION, level.quote, level.start, level.end, "national-level")
    if issuer and national(str(issuer.value)):
        return Found("region", NATION, issuer.quote, issuer.start, issuer.end, "national-body")
    for fact in (issuer, known.get("adopter"), known.get("document_number"), title):
        path = region_of(plain_body(str(fact.value))) if fact else None
        if fact and path:
            return Found("region", path, fact.quote, fact.start, fact.end, "place")
    if title and str(title.value).startswith("中华人民共和国"):
        return Found("region", NATION, title.quote, title.start, title.end, "national-title")
    return None


def _status(text: str, lines: Sequence[Line], own: OwnTitle, done: Sequence[Event], known: Detected, today: date) -> Found | None:
    """The status that the text proves: ended, draft, ahead, issued; None where it proves nothing."""
    head = squeezed(text, 0, min(len(text), _body_start(lines, own, len(text))))
    found_by_row = {row["status"]: (row, match) for row in rows("detect", "status")
                    if (match := compiled(row["pattern"]).search(head.words))}
    for name in ("repealed", "expired"):
        if name in found_by_row:
            row, match = found_by_row[name]
            return found("status", name, text, head.span(match.start(), match.end()), row["id"])
    ended = first(done, "ended")
    if ended:
        return found("status", "repealed", text, (ended.start, ended.end), ended.rule)
    if own.stage:
        return Found("status", "draft", own.stage.quote, own.stage.start, own.stage.end, "stage")
    ahead = known.get("in_force")
    if ahead and isinstance(ahead.value, date) and ahead.value > today:
        return Found("status", "not_yet_in_force", ahead.quote, ahead.start, ahead.end, "ahead")
    if "issued" in found_by_row:
        row, match = found_by_row["issued"]
        return found("status", "issued", text, head.span(match.start(), match.end()), row["id"])
    proof = first_of(known.get(key) for key in ("publisher", "adopter", "document_number", "issued"))
    return Found("status", "issued", proof.quote, proof.start, proof.end, "acted") if proof else None


def valid_until(text: str) -> Found | None:
    """Return the day until which a text says that it applies (有效期至…)."""
    start = text.find("有效期")
    whole = squeezed(text, max(start, 0), len(text) if start >= 0 else 0)
    for row in rows("detect", "valid"):
        match = compiled(row["pattern"]).search(whole.words)
        day = to_date(match["when"]) if match else None
        if match and day:
            return found("valid_until", day, text, whole.span(match.start(), match.end()), row["id"])
    return None
