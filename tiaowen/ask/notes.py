"""What stands beside an answer: draft, successor, missing number, missing lead, past target years, slips."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tiaowen import wording
from tiaowen.ask import premise
from tiaowen.ask.places import Place
from tiaowen.ask.query import Understanding
from tiaowen.index.tokens import fold
from tiaowen.model import AnswerItem, Document, Meta, Successor
from tiaowen.parse.citation import title
from tiaowen.parse.facts import target_years
from tiaowen.parse.versions import version_day
from tiaowen.rules import compiled, rows

_REGULATION = r"[^，。？?！]{0,14}?(?:办法|方案|意见|条例|规定|细则|文件|政策|标准|草案|征求意见稿|若干规定|那份)"
_NATION = re.compile(r"(?:国家|国务院|中央|全国)(?:层面)?的?(?:那份|这份|那个)?(?:意见|文件|稿|那份|这份|第)")
_MOVES = re.compile(r"(?:去|到|往|从|在|来|回|赴|飞)$")
_ASKS_WORDS = re.compile(r"^[的里中]?(?:是怎么|怎么|如何|有没有|对|里|中|第|规定|原文|全文|写)")
_HOURS = re.compile(r"小时|钟头|几天|多少天|几个工作日|天之?内")


def names_regulation(question: str, place: Place) -> bool:
    """Tell whether a word for a regulation follows a place: 贵州的办法里, 太原的未保实施方案."""
    rest = fold(question)
    start = rest.find(place.words)
    return start >= 0 and re.match(_REGULATION, rest[start + len(place.words) :]) is not None


def names_nation(question: str) -> bool:
    """Tell whether the national text is named by its level: 国家那份意见, 国务院的文件."""
    return _NATION.search(fold(question)) is not None


def is_incidental(question: str, place: Place) -> bool:
    """Tell whether a place is only where somebody goes: 去东莞打工."""
    text = fold(question)
    start = text.find(place.words)
    before = text[max(0, start - 1) : start]
    return bool(_MOVES.search(before)) and not names_regulation(question, place)


def opens(question: str, place: Place) -> bool:
    """Tell whether a question begins with a place."""
    return fold(question).strip().startswith(place.words)


def asks_words_of(question: str, name: str) -> bool:
    """Tell whether a question asks for the words of a named law, not only mentions it."""
    text = fold(question)
    start = text.find(name)
    if start < 0:
        return True
    return bool(_ASKS_WORDS.match(text[start + len(name) :].lstrip("》 ")))


def status_words(meta: Meta) -> str:
    """Return the status as shown, with the date of the check where it is claimed to be in force."""
    evidence = meta.status_evidence
    checked = evidence.checked_on.isoformat() if evidence and evidence.checked_on else wording.UNSTATED
    return wording.STATUS[meta.status].format(checked=checked)


def notes(u: Understanding, items: Sequence[AnswerItem], documents: Mapping[str, Document], today: date) -> tuple[str, ...]:
    """Return the notes of an answered question, most urgent first, each once."""
    metas = [documents[i.provision.split("#")[0]].meta for i in items]
    out: list[str] = []
    if all(i.applicability == "elsewhere" for i in items):
        out.append(wording.NOTE_ELSEWHERE)
    only_drafts = all(m.status in wording.DRAFTS for m in metas)
    if only_drafts:
        out.append(wording.NOTE_DRAFT_ONLY)
    for meta in metas:
        if meta.status in wording.DRAFTS and not only_drafts:
            out.append(wording.NOTE_DRAFT_FIRST.format(title=title(meta)))
        if meta.successor:
            out.append(replaced(meta))
    out += _slot_notes(u, items)
    out += _text_notes(items, today)
    return tuple(dict.fromkeys(out))


def since(later: Successor) -> str:
    """Return from when a later text is: in force, else adopted or amended."""
    name = "in_force" if later.in_force else "adopted" if later.adopted else "none"
    return wording.SINCE[name].format(day=later.in_force or later.adopted)


def replaced(meta: Meta) -> str:
    """Return the sentence that names the text which replaced a document, and whether it is held; "" where none did."""
    later = meta.successor
    if later is None:
        return ""
    form = wording.NOTE_SUCCESSOR if meta.status in wording.DRAFTS else wording.NOTE_REPLACED
    day = version_day(meta)
    return form.format(title=title(meta), of=f"{day}的文本" if day else "旧文本", successor=later.title,
                       in_force=later.in_force or wording.UNSTATED, since=since(later), held=wording.HELD[later.document is not None])


def _slot_notes(u: Understanding, items: Sequence[AnswerItem]) -> list[str]:
    out = []
    first = items[0]
    if "limit" in u.slots and _HOURS.search(u.folded):
        limit = (first.duty or {}).get("time_limit") or _word_limit(first.quote)
        if limit and not re.search(r"[0-9一二三四五六七八九十](?:个)?(?:小时|工作日|日|天|个月|月)", limit):
            out.append(wording.NOTE_WORD_LIMIT.format(limit=limit))
    duty = first.duty or {}
    if "lead" in u.slots and not duty.get("lead_units") and duty.get("units"):
        out.append(wording.NOTE_NO_LEAD.format(units="、".join(duty["units"])))
    if "may" in u.slots and duty.get("modality") == "任务":
        out.append(wording.NOTE_MAY_UNSTATED)
    out += premise.corrections(u, items)
    if u.harm and any("向学校报告" in i.quote or "向学校、幼儿园报告" in i.quote for i in items):
        out.append(wording.NOTE_INNER_OUTER)
    return out


def _word_limit(quote: str) -> str | None:
    found = re.search(r"立即|及时|适时|实时|限时", quote)
    return found[0] if found else None


def _text_notes(items: Sequence[AnswerItem], today: date) -> list[str]:
    out = []
    quotes = " ".join(i.quote for i in items)
    past = sorted({year for year, _ in target_years(quotes) if year < today.year})
    if past:
        out.append(wording.NOTE_TARGET_PAST.format(years="、".join(f"{y}年" for y in past)))
    if "民政牵头" in quotes:
        out.append(wording.NOTE_COORDINATION)
    for row in rows("slips", "slip"):
        found = compiled(row["pattern"]).search(quotes)
        if found:
            out.append(wording.NOTE_SLIP.format(words=found[0]))
    return out
