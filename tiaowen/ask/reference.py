"""Exact references in a question: 第五十五条第三项, 55条, 二（三）9, 第9项, 文号; resolved exactly or not at all.

Guarantees: 第五条 never reaches 第五十五条; where two provisions fit, both are returned and neither is asserted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tiaowen import eid as eids
from tiaowen.model import Document
from tiaowen.numerals import to_int
from tiaowen.parse.document import NUMBERED
from tiaowen.rules import ANY_NUMERAL as NUM
from tiaowen.rules import CHINESE_NUMERAL as CN

# 第五十五条第一款第（三）项, 第55条第3项, 55条; 第十四条之一
_STATUTE = re.compile(
    rf"(?P<di>第)?\s*(?P<art>{NUM})\s*条(?:之(?P<sub>{CN}))?"
    rf"(?:\s*第?\s*(?P<para>{NUM})\s*款)?(?:\s*第?\s*[（(]?(?P<item>{NUM})[)）]?\s*项)?(?:\s*第?\s*(?P<point>{NUM})\s*目)?"
)
# 二（三）9, 二（一）2（8）, 三（二）
# 第二部分第（三）项第9点, 第三部分（二）第4点（1）
_PARTS = re.compile(
    rf"第\s*(?P<l1>{NUM})\s*(?:大?部分|大点|大项|大块)[的里中,，]?\s*第?\s*[（(]?(?P<l2>{CN})[)）]?\s*[条项点款]?"
    r"(?:\s*的?第?\s*(?P<l3>[0-9０-９]+)(?![0-9])\s*[条项点款.]?)?(?:\s*[（(](?P<l4>[0-9０-９]+)[)）])?"
)
# 第55、56条, 第十四条和第十五条 is two references of their own
_LIST = re.compile(rf"(?P<di>第)?\s*(?P<list>{NUM}(?:\s*[、,，和及]\s*{NUM})+)\s*(?P<word>[条项点款])")
_NUMERAL = re.compile(NUM)
MOST = 5
_BARE = re.compile(r"[（(]?(?P<n>[0-9０-９]{1,3})[)）]?(?=$|[。？?\s])")
_TOP = re.compile(rf"第?(?P<l1>{CN})(?:部分|、)?(?:第?(?P<p>{NUM})段)?(?=$|[。？?的])")
_JOIN = r"[\s、.．,，的里中下之]*第?\s*"
_PLACE = re.compile(
    rf"(?<![零〇一二两三四五六七八九十百0-9])(?P<l1>{CN})\s*[、.．]?\s*[（(]\s*(?P<l2>{CN})\s*[)）]"
    rf"(?:{_JOIN}(?P<l3>[0-9０-９]+)(?![0-9])(?:\s*[条项点款.．、])?)?"
    rf"(?:{_JOIN}[（(]\s*(?P<l4>[0-9０-９]+)\s*[)）](?:\s*[条项点款])?)?(?:第?(?P<p>{NUM})段)?"
)
# 第9项, 第9点, 9条, （23）条, 第（九）款
_RUNNING = re.compile(rf"(?P<di>第)?\s*[（(]?\s*(?P<n>{NUM})\s*[)）]?\s*(?:个)?(?P<word>[条项点款])")
_ORDINAL = re.compile(rf"第\s*(?P<n>{NUM})\s*(?P<word>[章编节])")


@dataclass(frozen=True, slots=True)
class Reference:
    """An exact place named in a question: level and number pairs, and the words that name it."""

    path: tuple[tuple[str, int | str], ...]
    printed: str
    start: int
    end: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a reference reaches: (document, eid) pairs; `last` is where the text ends when it reaches nothing."""

    targets: tuple[tuple[str, str], ...]
    last: str | None = None


def find_all(text: str, *, after_name: int | None = None) -> tuple[Reference, ...]:
    """Return every reference of a question, in order: 第9条和第11条, 第55、56条; at most MOST."""
    out: list[Reference] = []
    for match in _LIST.finditer(text):
        if match["di"] or _follows(text, match.start(), after_name):
            numbers = [to_int(n) for n in _NUMERAL.findall(match["list"])]
            level = "art" if match["word"] == "条" else "n"
            out += [Reference(((level, n),), f"第{n}{match['word']}", match.start(), match.end(), True) for n in numbers]
    if out:
        return tuple(out[:MOST])
    rest = text
    while len(out) < MOST and (found := find(rest, after_name=after_name if not out else None)):
        if out and (found.path[0][0] not in ("art", "n") or "第" not in found.printed):
            break
        out.append(found)
        rest = rest[: found.start] + " " * (found.end - found.start) + rest[found.end :]
    return tuple(sorted(out, key=lambda r: r.start))


def find(text: str, *, after_name: int | None = None) -> Reference | None:
    """Return the reference in a question; `after_name` is where a document's name ends, so that 55条 counts there.

    Without 第 a number before 条 counts only right after a document's name (有5条规定 is no reference).
    """
    place = _PARTS.search(text) or _PLACE.search(text)
    if place:
        path: tuple[tuple[str, int | str], ...] = tuple((k, to_int(place[k])) for k in ("l1", "l2", "l3", "l4", "p") if place.groupdict().get(k))
        return Reference(path, place[0].strip(), place.start(), place.end(), True)
    for match in _STATUTE.finditer(text):
        if match["di"] or _follows(text, match.start(), after_name) or match[0].strip() == text.strip():
            path = _statute_path(match)
            return Reference(path, match[0].strip(), match.start(), match.end(), True)
    for match in _RUNNING.finditer(text):
        if match["di"] or _follows(text, match.start(), after_name):
            return Reference((("n", to_int(match["n"])),), match[0].strip(), match.start(), match.end(), True)
    bare = _BARE.match(text, _skip(text, after_name)) if after_name is not None else None
    if bare:
        return Reference((("n", to_int(bare["n"])),), bare["n"], bare.start(), bare.end(), True)
    top = _TOP.match(text, _skip(text, after_name)) if after_name is not None else None
    if top:
        path = tuple((k, to_int(top[k])) for k in ("l1", "p") if top[k])
        return Reference(path, top[0].strip(), top.start(), top.end(), True)
    ordinal = _ORDINAL.search(text)
    if ordinal:
        level = {"章": "chp", "编": "prt", "节": "sec"}[ordinal["word"]]
        return Reference(((level, to_int(ordinal["n"])),), ordinal[0], ordinal.start(), ordinal.end(), False)
    return None


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " 　的里中，,：:（()）》":
        start += 1
    return start


def _follows(text: str, start: int, after_name: int | None) -> bool:
    return after_name is not None and not text[after_name:start].strip(" 　的里中，,：:（()）》")


def _statute_path(match: re.Match[str]) -> tuple[tuple[str, int | str], ...]:
    article: int | str = to_int(match["art"])
    if match["sub"]:
        article = f"{article}-{to_int(match['sub'])}"
    rest = tuple((k, to_int(match[k])) for k in ("para", "item", "point") if match[k])
    return (("art", article), *rest)


def resolve(reference: Reference, documents: Sequence[Document]) -> Resolved:
    """Return the provisions that a reference reaches in `documents`, and where the text ends when it reaches none."""
    targets: list[tuple[str, str]] = []
    last = None
    for document in documents:
        found = _in_document(reference, document)
        targets += [(document.meta.id, eid) for eid in found]
        if not found and len(documents) == 1:
            last = _last_inside(reference, document) or _last_label(document)
    return Resolved(tuple(targets), last)


def _in_document(reference: Reference, document: Document) -> list[str]:
    levels = {p.level for p in document.provisions}
    first = reference.path[0][0]
    if first == "l1":
        return _official_place(reference, document)
    if first == "art" and "art" in levels:
        return _article(reference, document)
    if first == "n" and "art" in levels:
        return _article(Reference((("art", reference.path[0][1]),), "", 0, 0, True), document)
    if first in ("n", "art"):
        return _running(int(str(reference.path[0][1]).split("-")[0]), document)
    return [p.eid for p in document.provisions if p.level == first and p.number == str(reference.path[0][1])]


def _official_place(reference: Reference, document: Document) -> list[str]:
    """二（三）9: levels that the path leaves out may be missing in the document, or forgotten: 二（一）（9）."""
    wanted = [(level, str(number)) for level, number in reference.path]
    eid = "__".join(f"{level}_{number}" for level, number in wanted)
    exact = [p.eid for p in document.provisions if p.eid == eid]
    if exact or len(wanted) < 3:
        return exact
    return [p.eid for p in document.provisions if (p.level == wanted[-1][0] and _holds(eids.split(p.eid), wanted))
            or (p.level in ("l3", "l4") and p.number == wanted[-1][1] and _holds(eids.split(p.eid)[:-1], wanted[:-1]))]


def _holds(path: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the wanted levels stand in a path, in order."""
    rest = iter(path)
    return all(pair in rest for pair in wanted)


def _article(reference: Reference, document: Document) -> list[str]:
    eid = f"art_{reference.path[0][1]}"
    known = {p.eid: p for p in document.provisions}
    if eid not in known:
        return []
    for level, number in reference.path[1:]:
        children = [c for c in _below(eid, known) if c.endswith(f"__{level}_{number}")]
        if (level == "item" and len(children) > 1) or not children:
            return children
        eid = children[0]
    return [eid]


def _below(eid: str, known: Mapping[str, object]) -> list[str]:
    return [k for k in known if k.startswith(eid + "__")]


def _running(number: int, document: Document) -> list[str]:
    """The running number of an official document: the deepest level whose numbers run through without repeats.

    rangtang-opinions-2022 runs (1)–(27) through its fourth level; where numbers restart, every fitting place is named.
    """
    for level in reversed(NUMBERED):
        numbers = [p.number for p in document.provisions if p.level == level]
        if len(numbers) > 3 and len(set(numbers)) == len(numbers) and level in ("l3", "l4"):
            return [p.eid for p in document.provisions if p.level == level and p.number == str(number)]
    return [p.eid for p in document.provisions if p.level in ("l3", "l4") and p.number == str(number)]


def _last_inside(reference: Reference, document: Document) -> str | None:
    """Where the levels above exist and only the last number is too high: the last place of that kind there."""
    from tiaowen.parse.citation import place

    for depth in range(len(reference.path) - 1, 0, -1):
        above = _in_document(Reference(reference.path[:depth], "", 0, 0, True), document)
        if len(above) == 1:
            level = reference.path[depth][0]
            inside = [p for p in document.provisions if p.level == level and p.eid.startswith(above[0] + "__")]
            if not inside:
                return place(above[0], document)
            name = place(inside[-1].eid, document)
            return name if level != "para" or "款" in name else f"{name}第一款"
    return None


def _last_label(document: Document) -> str:
    """The last place of a text: 第六十四条, or the last running number."""
    articles = [p for p in document.provisions if p.level == "art"]
    if articles:
        return articles[-1].label
    from tiaowen.parse.citation import place

    numbered = [p for p in document.provisions if p.level in NUMBERED]
    for level in ("l4", "l3"):
        numbers = [p.number for p in numbered if p.level == level]
        if len(numbers) > 3 and len(set(numbers)) == len(numbers):
            last = [p for p in numbered if p.level == level][-1]
            return f"第{last.number}项"
    return place(numbered[-1].eid, document) if numbered else "文末"
