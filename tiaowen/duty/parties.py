"""Who stands in a clause: its subject, whom it guides, to whom it reports, whom it punishes.

Guarantees: every answer is a span of the text or None; a phrase that could be read both ways gives None.
"""

import re
from dataclasses import dataclass

from tiaowen.duty.patterns import (
    actor_at_start,
    any_of,
    ends_in_thing,
    far_actor,
    guided_actor,
    guided_person,
    leading,
    listed_actor,
    longer_actor,
    longer_person,
    names_bearer,
    opening,
    table_rows,
)
from tiaowen.model import Span

_SPLIT = re.compile(r"、|以及|及其|及|或者|或|与|和(?!旅游|社会保障|信息化|改革|计划生育)")
_TOLD = re.compile(r"向|报|告|通|与|联系")
_SECOND_SUBJECT = re.compile(r"(?:接到|收到|受理|办理|审理)[^，,。；;]{2,12}?(?:或者|以及|及)")


def subject_before(text: str, start: int, end: int) -> Span | None:
    """Return the subject phrase in front of a modal word, without adverbials.

    应急管理部门在突发事件救援过程中应当: 应急管理部门.
    """
    skip = leading().match(text, start, end)
    if skip and skip.end() > start:
        return None
    if opening("preposition").match(text, start, end):
        return None
    for cut in opening("adverbial").finditer(text, start, end):
        if cut.start() > start and names_bearer(text[start : cut.start()]):
            end = cut.start()
            break
    return Span(start, end) if end - start >= 2 else None


def subject_opening(text: str, start: int, end: int, *, whole: bool = False) -> Span | None:
    """Return the bearer that opens a piece without a modal word: 学校发现…的: 学校.

    With `whole` the piece must be nothing but the phrase: 教育、公安等部门, | 应当.
    """
    verb = opening("task_verb").match(text, start, end)
    best = _phrase(text, start, end)
    if best is None or (verb and not _is_name(text, start, best)):
        return None
    if whole:
        return Span(start, end) if best.end == end or _runs_on(text, best, end) else None
    if best.end < end and not opening("subject_verb").match(text, best.end, end):
        longer = longer_actor().match(text, best.end, end)
        if longer is None:
            return None
        best = Span(start, longer.end())
    return None if best.end == end else _wider(text, best, end)


def actor_of(text: str, subject: Span) -> Span | None:
    """Return who stands behind a subject that is a thing, None where it names no holder; else the subject itself.

    剧本娱乐经营场所使用的剧本脚本应当…: 剧本娱乐经营场所; 未成年人保护工作应当坚持…: nobody is named.
    """
    if names_bearer(text[subject.start : subject.end]):
        return subject
    phrase = _phrase(text, subject.start, subject.end)
    if phrase and "的" in text[phrase.end : subject.end]:
        return phrase
    return None if ends_in_thing(text[subject.start : subject.end]) else subject


def _runs_on(text: str, first: Span, end: int) -> bool:
    """A subject with words that no table knows: 少年先锋队以及其他人民团体; 学校、幼儿园的…设施以及…用品."""
    rest = text[first.end : end]
    return rest.startswith("的") or (rest.startswith(("、", "以及", "和", "及")) and names_bearer(rest))


def _phrase(text: str, start: int, end: int) -> Span | None:
    found = [m for m in (actor_at_start().match(text, start, end), listed_actor().match(text, start, end))
             if m and names_bearer(m[0])]
    ends = [m.end() for m in found]
    return Span(start, max(ends)) if ends else None


def _is_name(text: str, start: int, phrase: Span) -> bool:
    """A verb that opens a name: 教育部门, 教育、公安、民政等部门."""
    branch = opening("function").match(text, start, phrase.end)
    return bool(branch and text[branch.end() : branch.end() + 1] in ("、", "部", "行", "和", "等"))


def _wider(text: str, first: Span, end: int) -> Span:
    """A second subject that takes up the first: 公安机关接到报告或者公安机关、人民检察院、人民法院在…发现."""
    between = _SECOND_SUBJECT.match(text, first.end, end)
    if not between:
        return first
    second = _phrase(text, between.end(), end)
    if second is None or not opening("subject_verb").match(text, second.end, end):
        return first
    one, other = text[first.start : first.end], text[second.start : second.end]
    if other in one:
        return first
    return second if one in other else Span(first.start, second.end)


@dataclass(frozen=True, slots=True)
class Guided:
    """指导 X 做 Y: the verb, X (None where it is not named: 督促、支持起诉) and the row."""

    verb: Span
    whom: Span | None
    rule: str


def mediated(text: str, start: int, end: int) -> Guided | None:
    """Return the verb and X of 指导 X 做 Y, where X is a body or a person; None for 推动构建体系."""
    skip = leading().match(text, start, end)
    position = skip.end() if skip else start
    for row in table_rows("duty_relations", "mediator"):
        match = row.pattern.match(text, position, end)
        if match is None:
            continue
        verb = Span(match.start(), match.end())
        if row.values.get("alone"):
            return Guided(verb, None, row.id)
        whom = _guided(text, match.end(), end, near=not row.values.get("wide"))
        if whom is None and row.values.get("far"):
            far = far_actor().match(text, match.end(), end)
            whom = Span(match.end(), far.end()) if far else None
        if whom:
            return Guided(verb, whom, row.id)
    return None


def _guided(text: str, start: int, end: int, *, near: bool) -> Span | None:
    """Return the X that follows: any body `near` 指导, 督促; one before its own verb after 推动, 推进, 组织."""
    person = opening("person").match(text, start, end)
    if person and (near or not text.startswith("的", person.end())):
        return Span(start, person.end())
    if opening("task_verb").match(text, start, end) and not _is_name(text, start, Span(start, end)):
        return None
    phrase = _phrase(text, start, end)
    if phrase is not None and phrase.end < end and text[phrase.end] != "的":
        longer = _longest(text, phrase, end)
        if near or longer != phrase or _acts(text, phrase.end, end):
            return longer
    further = guided_actor().match(text, start, end) if near else None
    other = guided_person().match(text, start, end)
    if further and not (other and other.end() < further.end()):
        return Span(start, further.end())
    if other and (near or _acts(text, other.end(), end)):
        return Span(start, other.end())
    return None


def _acts(text: str, start: int, end: int) -> bool:
    """Tell whether a verb follows an X."""
    return any(opening(verbs).match(text, start, end) for verbs in ("subject_verb", "task_verb"))


def _longest(text: str, phrase: Span, end: int) -> Span:
    """An X whose name runs on before its verb: 企业|职工, 街道|未成年人保护工作站."""
    if _acts(text, phrase.end, end):
        return phrase
    more = longer_actor().match(text, phrase.end, end) or longer_person().match(text, phrase.end, end)
    return Span(phrase.start, more.end()) if more else phrase


def encouraged(text: str, start: int, end: int, *, alone: bool = False, acts: bool = False) -> Span | None:
    """Return X of 鼓励 X 做 Y, 禁止 X 做 Y; `alone` where X may fill the piece: 鼓励…等社会力量，依托….

    With `acts` a verb must follow X: 支持用人单位为职工提供…, not 支持学校体育工作.
    """
    phrase = _phrase(text, start, end)
    if phrase is None or (phrase.end >= end and not alone):
        return None
    if opening("task_verb").match(text, start, end) and not _is_name(text, start, phrase):
        return None
    if acts and phrase.end < end and not _acts(text, phrase.end, end):
        longer = _longest(text, phrase, end)
        return longer if longer != phrase else None
    return phrase


def appointed(text: str, start: int, end: int) -> Span | None:
    """Return A of 设立 A，负责…: the office that the clause before 负责 creates, the last one printed."""
    row = table_rows("duty_relations", "appointed")[0]
    found = [m for m in row.pattern.finditer(text, start, end) if names_bearer(m["who"])]
    return Span(found[-1].start("who"), found[-1].end("who")) if found else None


def recipients(text: str, start: int, end: int, *, without: Span | None = None) -> tuple[tuple[Span, str], ...]:
    """Return the phrases that name to whom something is reported, notified, applied or filed, with their rows."""
    found = []
    if not _TOLD.search(text, start, end):
        return ()
    for row in table_rows("duty_relations", "recipient"):
        for match in row.pattern.finditer(text, start, end):
            group = "to" if match["to"] else "two"
            span = Span(match.start(group), match.end(group))
            inside = without is not None and without.start <= span.start < without.end
            if not inside and names_bearer(text[span.start : span.end]):
                found.append((span, row.id))
    out: list[tuple[Span, str]] = []
    for span, rule in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if not out or span.start >= out[-1][0].end:
            out.append((span, rule))
    return tuple(out)


def bodies(phrase: str) -> tuple[str, ...]:
    """Return the bodies of a recipient phrase: 教育、公安、民政等部门 -> 教育, 公安, 民政; 有关部门 -> none.

    部门 is cut only where a list shares it (民政部门 stays); 父母或者其他监护人 is one body.
    """
    words = phrase.rpartition("的")[2] or phrase
    out: dict[str, None] = {}
    parts = _SPLIT.split(words) if not any_of("duty_relations", "one_body").fullmatch(words) else [words]
    for part in parts:
        if any(row.pattern.search(part) for row in table_rows("duty_relations", "unnamed")):
            continue
        for row in table_rows("duty_relations", "body"):
            shared = row.pattern.search(part)
            if shared and (len(parts) > 1 or shared[0] != "部门"):
                part = part[: shared.start()]
        name = opening("locator").sub("", part, count=1)
        if name and name not in ("有关", "相关"):
            out.setdefault(name)
    return tuple(out)


def is_open(phrase: str) -> bool:
    """Tell whether a list of recipients is open (等部门)."""
    return "等" in phrase
