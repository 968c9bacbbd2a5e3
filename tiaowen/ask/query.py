"""Question -> understanding: place, documents, exact reference, asked slots, and the words it is searched with.

Guarantees: nothing here looks at a provision; every decision is kept with the words that caused it.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from tiaowen.ask import places, reference
from tiaowen.ask.asking import asked_slots
from tiaowen.ask.places import Place
from tiaowen.ask.reference import Reference
from tiaowen.ask.spelling import Spelling, simplified
from tiaowen.index.tokens import fold, words
from tiaowen.model import Document
from tiaowen.rules import compiled, rows, table

LONGEST_QUESTION = 500
HARM = "疑似侵害"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f​-‏‪-‮﻿]")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_HAS_WORD = re.compile(r"[一-鿿0-9A-Za-z０-９]")
_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_NUMBER = re.compile(r"([一-龥]{1,12})[〔\[【(（]\s*(\d{4})\s*[〕\]】)）]\s*(?:第)?(\d+)\s*号")
_LAW = re.compile(r"(?:[一-龥]{2,24}?)(?:法|条例|规定|办法|解释)(?=第|里|中|规定|是怎么|怎么|有没有|的第)")


# 壤府办函2022年74号: brackets forgotten; only for numbers of held documents
_LOOSE_NUMBER = re.compile(r"([一-龥]{1,12})\s*[〔\[【(（]?\s*(\d{4})\s*[〕\]】)）年]?\s*(?:第)?(\d+)\s*号")
_NAME_TAIL = re.compile(r"(?:[（(][^（()）]{0,12}(?:稿|草案)[^（()）]{0,4}[)）])?》?")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question speaks of: the words said, and the words that may stand for it in a provision."""

    said: str
    means: tuple[str, ...]
    weight: float
    kind: str
    start: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a question."""

    question: str
    problem: str | None = None
    places: tuple[Place, ...] = ()
    documents: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    reference: Reference | None = None
    references: tuple[Reference, ...] = ()
    slots: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    translated: tuple[tuple[str, str], ...] = ()
    harm: bool = False
    endangered: bool = False
    bare: str = ""
    masked: tuple[tuple[int, int], ...] = field(default=())
    things: tuple[str, ...] = ()
    folded: str = ""


def understand(question: str, *, documents: Sequence[Document], spelling: Spelling | None = None) -> Understanding:
    """Return the understanding of a question against the names of the held documents; never raises.

    With `spelling`, misspelt words are read as what they mean; each is told in `translated`.
    """
    clean = _CONTROL.sub("", _MARKUP.sub(" ", question)).strip()
    if not _HAS_WORD.search(clean) or clean.isdecimal():
        return Understanding(question, problem="empty")
    if len(clean) > LONGEST_QUESTION:
        return Understanding(question, problem="too_long")
    folded = simplified(unicodedata.normalize("NFC", fold(clean)))
    folded, mended = spelling.mend(folded) if spelling else (folded, ())
    named = _documents(folded, documents)
    laws = _foreign(folded, documents, named)
    found = tuple(p for p in places.find(folded) if not _inside(p.start, named) and not _inside(p.start, laws))
    after = max((end for _, _, end in named), default=None)
    if after is None and found:
        after = found[-1].end
    refs = reference.find_all(_blank(folded, [(a, b) for _, a, b in (*named, *laws)]), after_name=after)
    ref = refs[0] if refs else None
    masked = tuple([(a, b) for _, a, b in (*named, *laws)] + [(p.start, p.end) for p in found]
                   + [(r.start, r.end) for r in refs])
    bare = _blank(folded, masked)
    concepts, translated = _concepts(bare)
    understood = Understanding(
        question, None, found, tuple(dict.fromkeys(d for d, _, _ in named)), tuple(name for name, _, _ in laws), ref, refs,
        asked_slots(folded), concepts, (*mended, *translated), is_harm(folded), is_endangered(folded), bare, masked, things(bare), folded,
    )
    return with_harm(understood) if understood.harm else understood


def with_harm(u: Understanding) -> Understanding:
    """Return the understanding of a question about harm: it asks for the duty to report, whatever words it uses."""
    means = tuple(table("safety")["means"])
    concept = Concept(HARM, (HARM, *means), 0.8, "act", len(u.bare))
    return replace(u, harm=True, concepts=(*u.concepts, concept), translated=(*u.translated, (HARM, means[0])))


def is_endangered(folded: str) -> bool:
    """Tell whether a folded question speaks of a certain child, and not of lessons, plans or definitions.

    Such a question is about harm too where the provision that it finds first is about harm: no list of words knows
    every way to say it (往我儿子嘴里塞抹布).
    """
    for row in rows("safety", "mask"):
        folded = compiled(row["pattern"]).sub("、", folded)
    return _fires("victim", folded) and not _fires("calm", folded)


def _inside(position: int, spans: Sequence[tuple[str, int, int]]) -> bool:
    return any(a <= position < b for _, a, b in spans)


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for a, b in spans:
        text = text[:a] + " " * (b - a) + text[b:]
    return text


def _documents(text: str, documents: Sequence[Document]) -> list[tuple[str, int, int]]:
    """(document, start, end) for every held document named by title, alias or number, longest name first."""
    names: list[tuple[str, str]] = []
    for document in documents:
        meta = document.meta
        names += [(fold(name), meta.id) for name in (meta.title, *meta.aliases)]
        names += [(fold(meta.title).replace("〈", "《").replace("〉", "》"), meta.id)]
        names += [(re.sub("[〈〉《》]|中华人民共和国", "", fold(meta.title)), meta.id)]
        if meta.shelf == "law":
            names += [(fold(meta.title).removeprefix("中华人民共和国"), meta.id)]
    out: list[tuple[str, int, int]] = []
    for name, identity in sorted(set(names), key=lambda pair: -len(pair[0])):
        for match in re.finditer(re.escape(name), text):
            if not _inside(match.start(), out):
                tail = _NAME_TAIL.match(text, match.end())
                out.append((identity, match.start(), tail.end() if tail else match.end()))
    numbers = {_number_key(d.meta.document_number): d.meta.id for d in documents if d.meta.document_number}
    for match in _LOOSE_NUMBER.finditer(text):
        held = next((numbers[k] for k in numbers if k.endswith(f"{match[2]}|{match[3]}") and k.split("|")[0] in match[1]), None)
        if held:
            out.append((held, match.start(), match.end()))
    return out


def _number_key(number: str | None) -> str:
    match = _NUMBER.search(fold(number or ""))
    return f"{match[1]}|{match[2]}|{match[3]}" if match else ""


def _foreign(text: str, documents: Sequence[Document], named: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """(name, start, end) for each law or document that the question asks about and that is not held."""
    out: list[tuple[str, int, int]] = []
    for match in _NUMBER.finditer(text):
        if not _inside(match.start(), named):
            out.append((match[0], match.start(), match.end()))
    for match in _TITLE.finditer(text):
        if not _inside(match.start() + 1, named) and not _inside(match.start(), named):
            out.append((match[1], match.start(), match.end()))
    for name in law_names():
        for match in re.finditer(re.escape(name), text):
            if not _inside(match.start(), named) and not _inside(match.start(), out):
                out.append((name, match.start(), match.end()))
    for document in documents:
        successor = document.meta.successor
        if successor and successor.document is None and "若干规定" in successor.title:
            for match in re.finditer(r"(?:[一-龥]{0,6})若干规定", text):
                if not _inside(match.start(), out):
                    out.append((successor.title, match.start(), match.end()))
    return out


@cache
def law_names() -> tuple[str, ...]:
    """Return the names of laws that the pointer table knows, long and short, longest first."""
    full = {row["law"] for row in rows("pointers", "pointer")}
    short = {name.removeprefix("中华人民共和国") for name in full}
    return tuple(sorted(full | short | {"未保法", "预防法", "家庭教育法", "家促法", "反家暴法", "民法典", "刑法"}, key=len, reverse=True))


@cache
def _things() -> tuple[frozenset[str], tuple[int, ...]]:
    """The words of the table, and how long they are."""
    held = frozenset(fold(word) for row in rows("things", "thing") for word in row["words"].split())
    return held, tuple(sorted({len(word) for word in held}))


def things(folded: str) -> tuple[str, ...]:
    """Return the subject nouns that a question names: whole words, or long enough to stand in no other word."""
    cut = set(words(folded))
    held, lengths = _things()
    runs = {folded[i : i + n] for n in lengths for i in range(len(folded) - n + 1)}
    found = [word for word in runs & held if len(word) > 2 or word in cut]
    return tuple(sorted(w for w in found if not any(w != other and w in other for other in found)))


def is_harm(folded: str) -> bool:
    """Tell whether a folded question is about harm to a child that happened, happens or is suspected."""
    for row in rows("safety", "mask"):
        folded = compiled(row["pattern"]).sub("、", folded)
    if _fires("always", folded):
        return True
    acts = [row for row in rows("safety", "act") if compiled(row["pattern"]).search(folded)]
    if not any(row.get("alone") for row in acts) and not (acts and _fires("victim", folded)):
        return False
    return not _fires("calm", folded) or _fires("incident", folded)


def _fires(section: str, folded: str) -> bool:
    """Tell whether any row of a section of the table of safety is in a folded question."""
    return any(compiled(row["pattern"]).search(folded) for row in rows("safety", section))


@cache
def padding() -> frozenset[str]:
    """Return the words of everyday talk that carry no subject."""
    text = (resources.files("tiaowen.rules") / "padding.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def _lay() -> dict[str, list[tuple[str, dict[str, object] | None]]]:
    """First character -> (say-string, row or None for a mask), longest first."""
    out: dict[str, list[tuple[str, dict[str, object] | None]]] = {}
    entries: list[tuple[str, dict[str, object] | None]] = [
        (fold(say), row) for row in rows("lay", "lay") for say in row["say"]]
    entries += [(fold(row["say"]), None) for row in rows("lay", "mask")]
    for say, row in sorted(entries, key=lambda e: -len(e[0])):
        out.setdefault(say[0], []).append((say, row))
    return out


def _lay_matches(text: str) -> list[tuple[int, str, dict[str, object] | None]]:
    out, position = [], 0
    while position < len(text):
        for say, row in _lay().get(text[position], ()):
            if text.startswith(say, position):
                out.append((position, say, row))
                position += len(say) - 1
                break
        position += 1
    return out


COMMON = ("未成年人", "儿童", "孩子", "少年", "青少年", "保护", "工作")
"""Words that every provision of the subject shares: they never rank."""


def _concepts(bare: str) -> tuple[tuple[Concept, ...], tuple[tuple[str, str], ...]]:
    """Lay words first, longest first; then the words of what is left."""
    concepts, translated, rest = [], [], bare
    for start, say, row in _lay_matches(bare):
        rest = rest[:start] + " " * len(say) + rest[start + len(say) :]
        if row is None:
            continue
        means = tuple(fold(str(m)) for m in row["means"]) if isinstance(row["means"], list) else ()
        common = not [m for m in means if m not in COMMON]
        weight = 0.0 if common else float(str(row.get("weight", 0.8)))
        concepts.append(Concept(say, (say, *(m for m in means if m != say)), weight, str(row.get("kind", "thing")), start))
        if means and means[0] != say:
            translated.append((say, means[0]))
    for word, position in _rest_words(rest):
        concepts.append(Concept(word, (word,), 1.0, "word", position))
    return tuple(sorted(concepts, key=lambda c: c.start)), tuple(dict.fromkeys(translated))


_SINGLE_STOP = frozenset("的了在和与或及等对向由从到为被把将是有就也都又再还很这那该其之所以于而且并但如若因我你他她它吗呢吧啊呀什么怎哪谁几多"
                         "少可应当必须需要会能不没请问一下给让上中时人个去来得着过说看做打用要想儿子大小好两三")


def _rest_words(rest: str) -> list[tuple[str, int]]:
    """Content words of what the lay table left, and runs of single characters that the segmenter could not join."""
    out: list[tuple[str, int]] = []
    position, run, run_start = 0, "", 0
    for word in (*words(rest), " "):
        single = len(word) == 1 and "一" <= word <= "鿿" and word not in _SINGLE_STOP
        if single:
            run_start = position if not run else run_start
            run += word
        else:
            if len(run) in (2, 3, 4):
                out.append((run, run_start))
            run = ""
            if _content(word):
                out.append((word, position))
        position += len(word)
    return out


_COUNT = re.compile(r"[零一二两三四五六七八九十百千万]+[个岁名次回天年月周日级点]?")


def _content(word: str) -> bool:
    """十五岁 is as little a subject as 15岁: a count tells no provision from another."""
    return (len(word) > 1 and not _COUNT.fullmatch(word) and re.fullmatch(r"[一-鿿]+|[a-z]{2,}|[0-9]{3,}", word) is not None
            and word not in padding() and word not in COMMON)


def idf(count: int, size: int) -> float:
    """Return the weight of something that `count` of `size` units hold."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5))
