"""Who stands in a clause: its subject, whom it guides, to whom it reports, whom it punishes.

Guarantees: every answer is a span of the text or None; a phrase that could be read both ways gives None.
"""

import re

from tiaowen.duty.patterns import (
    actor_at_start,
    guided_actor,
    guided_person,
    leading,
    listed_actor,
    longer_actor,
    names_bearer,
    opening,
    table_rows,
)
from tiaowen.model import Span

_SPLIT = re.compile(r"、|以及|及其|及|或者|或|与|和(?!旅游|社会保障|信息化|改革|计划生育)")
_WIDE = ("推动", "推进", "支持")
_TOLD = re.compile(r"向|报|告|通|对")
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


def actor_of(text: str, subject: Span) -> Span:
    """Return who stands behind a subject that is a thing, for the clauses after it; else the subject itself.

    剧本娱乐经营场所使用的剧本脚本应当…，不得允许…: 剧本娱乐经营场所.
    """
    if names_bearer(text[subject.start : subject.end]):
        return subject
    phrase = _phrase(text, subject.start, subject.end)
    return phrase if phrase and "的" in text[phrase.end : subject.end] else subject


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


def mediated(text: str, start: int, end: int) -> tuple[Span, str] | None:
    """Return the verb of 指导 X 做 Y and the row, where X is a body or a person; None for 推动构建体系."""
    skip = leading().match(text, start, end)
    position = skip.end() if skip else start
    for row in table_rows("duty_relations", "mediator"):
        match = row.pattern.match(text, position, end)
        if match and _guided(text, match.end(), end, verb=match[0]):
            return Span(match.start(), match.end()), row.id
    return None


def _guided(text: str, start: int, end: int, *, verb: str) -> bool:
    """Tell whether an X follows: any body near 指导, 督促; before its own verb after 推动, 推进 (not 推动工会…工作)."""
    if opening("person").match(text, start, end):
        return True
    if opening("task_verb").match(text, start, end) and not _is_name(text, start, Span(start, end)):
        return False
    phrase = _phrase(text, start, end)
    if phrase is not None and phrase.end < end and text[phrase.end] != "的":
        acts = any(opening(verbs).match(text, phrase.end, end) for verbs in ("subject_verb", "task_verb"))
        if acts or verb not in _WIDE or longer_actor().match(text, phrase.end, end):
            return True
    if verb not in _WIDE and guided_actor().match(text, start, end):
        return True
    person = guided_person().match(text, start, end)
    if person is None:
        return False
    return verb not in _WIDE or bool(opening("subject_verb").match(text, person.end(), end))


def encouraged(text: str, start: int, end: int, *, alone: bool = False) -> Span | None:
    """Return X of 鼓励 X 做 Y, 禁止 X 做 Y; `alone` where X may fill the piece: 鼓励…等社会力量，依托…."""
    phrase = _phrase(text, start, end)
    if phrase is None or (phrase.end >= end and not alone) or opening("task_verb").match(text, start, end):
        return None
    return phrase


def recipients(text: str, start: int, end: int, *, without: Span | None = None) -> tuple[tuple[Span, str], ...]:
    """Return the phrases that name to whom something is reported, notified, applied or filed, with their rows."""
    found = []
    if not _TOLD.search(text, start, end):
        return ()
    for row in table_rows("duty_relations", "recipient"):
        for match in row.pattern.finditer(text, start, end):
            span = Span(match.start("to"), match.end("to"))
            inside = without is not None and without.start <= span.start < without.end
            if not inside and names_bearer(text[span.start : span.end]):
                found.append((span, row.id))
    out: list[tuple[Span, str]] = []
    for span, rule in sorted(found, key=lambda pair: (pair[0].start, -pair[0].end)):
        if not out or span.start >= out[-1][0].end:
            out.append((span, rule))
    return tuple(out)


def bodies(phrase: str) -> tuple[str, ...]:
    """Return the bodies of a recipient phrase: 教育、公安、民政等部门 -> 教育, 公安, 民政; 有关部门 -> none."""
    words = phrase.rpartition("的")[2] or phrase
    out: dict[str, None] = {}
    for part in _SPLIT.split(words):
        if any(row.pattern.search(part) for row in table_rows("duty_relations", "unnamed")):
            continue
        for row in table_rows("duty_relations", "body"):
            part = row.pattern.sub("", part)
        name = opening("locator").sub("", part, count=1)
        if name and name not in ("有关", "相关"):
            out.setdefault(name)
    return tuple(out)


def is_open(phrase: str) -> bool:
    """Tell whether a list of recipients is open (等部门)."""
    return "等" in phrase
