"""Responsible units of a task: unit lines and tails, and the convention that a document states once.

Guarantees: names are slices in printed order without repeats; lead names are a subset; a mode is given for every list.
"""

import re
from dataclasses import replace

from tiaowen.model import Issue, Provision, Span, UnitList
from tiaowen.rules import compiled, rows

_NAME = re.compile(r"[^，,、；;\s（()）]+(?:[（(][^（()）]*[）)])?")
_PART_PLAYED = re.compile(r"(?:牵头|主办|配合|协助|协办|参与|协同)(?:负责|落实)?(?=$|[，,、；;])")  # 市民政局牵头，市教育局配合


def with_units(text: str, provisions: tuple[Provision, ...]) -> tuple[tuple[Provision, ...], tuple[Issue, ...]]:
    """Return the provisions with their unit lists, and findings (a name printed twice, a lead not determinable)."""
    out, issues = [], []
    leaves = [p for p in provisions if p.level in ("l1", "l2", "l3", "l4")]
    tails = {p.eid: found for p in leaves if (found := _tail(text, p, others=True))}
    certain = sum(1 for p in leaves if _tail(text, p, others=False))
    convention = False
    for p in provisions:
        lines = _lines(text, p) if p.level in ("l1", "l2", "l3", "l4") else []
        if lines:
            convention = convention or _has_convention(lines[0][0].cut(text))
            units = _read_lines(text, lines, lead_by_comma=convention)
        elif p.eid in tails and (certain >= 2 or _tail(text, p, others=False)):
            units = _read_tail(text, *tails[p.eid])
        else:
            units = None
        if units:
            issues += _findings(text, p, units)
        out.append(replace(p, units=units))
    return tuple(out), tuple(issues)


def _own_lines(text: str, p: Provision) -> list[Span]:
    """The lines that can hold a unit line or tail: its own words, and the unit line apart."""
    spans = [p.unit_line] if p.unit_line else []
    out = []
    for span in [p.own, *spans]:
        position = span.start
        for line in span.cut(text).splitlines(keepends=True):
            words = line.strip()
            if words:
                start = position + line.index(words)
                out.append(Span(start, start + len(words)))
            position += len(line)
    return out


def _lines(text: str, p: Provision) -> list[tuple[Span, bool]]:
    """Return (list, does it lead) for each unit line of a provision."""
    out = []
    for span in _own_lines(text, p):
        for row in rows("units", "line"):
            match = compiled(row["pattern"]).fullmatch(span.cut(text))
            if match:
                out.append((Span(span.start + match.start("list"), span.end), bool(match["leads"])))
    return out


def _read_lines(text: str, lines: list[tuple[Span, bool]], *, lead_by_comma: bool) -> UnitList:
    """One line by its convention; several (牵头单位：… / 配合单位：…) by their labels."""
    if not any(leads for _, leads in lines):
        return _read_line(text, lines[0][0], lead_by_comma=lead_by_comma)
    names = [(name, leads) for span, leads in lines for name in _names(text, span)]
    whole = Span(lines[0][0].start, lines[-1][0].end)
    return UnitList(whole, tuple(n for n, _ in names), tuple(n for n, leads in names if leads), "lead")


def _tail(text: str, p: Provision, *, others: bool) -> tuple[Span, Span] | None:
    """Return (list, closing words) of brackets at the very end of the unit's own words."""
    lines = _own_lines(text, p)
    if not lines:
        return None
    last = lines[-1]
    for row in rows("units", "tail"):
        if row.get("needs_others") and not others:
            continue
        for match in compiled(row["pattern"]).finditer(text, last.start, last.end):
            if match.end() == last.end:
                return Span(match.start("list"), match.end("list")), Span(match.start("how"), match.end("how"))
    return None


def _has_convention(words: str) -> bool:
    return any(compiled(row["pattern"]).search(words) for row in rows("units", "convention"))


def _names(text: str, span: Span) -> tuple[Span, ...]:
    """Names of a list in printed order, a repeated name once; the part played and a convention's bracket are no name."""
    words = _PART_PLAYED.sub(lambda m: "、" * len(m[0]), span.cut(text))
    for row in rows("units", "convention"):
        words = compiled(row["pattern"]).sub(lambda m: "、" * len(m[0]), words)
    out: dict[str, Span] = {}
    for match in _NAME.finditer(words):
        out.setdefault(match[0], Span(span.start + match.start(), span.start + match.end()))
    return tuple(out.values())


def _read_line(text: str, span: Span, *, lead_by_comma: bool) -> UnitList:
    names = _names(text, span)
    by_word = _lead_by_word(text, span, names)
    if by_word:
        return by_word
    if len(names) == 1:
        return UnitList(span, names, (), "joint" if _stands_for_several(names[0].cut(text)) else "single")
    comma = re.search(r"[，,]", _without_brackets(span.cut(text)))
    if lead_by_comma and comma:
        lead = tuple(n for n in names if n.end <= span.start + comma.start())
        return UnitList(span, names, lead, "lead")
    return UnitList(span, names, (), "undetermined")


def _read_tail(text: str, span: Span, how: Span) -> UnitList:
    names = _names(text, span)
    by_word = _lead_by_word(text, span, names)
    if by_word:
        return by_word
    if len(names) == 1 and not _stands_for_several(names[0].cut(text)):
        return UnitList(Span(span.start, how.end), names, (), "single")
    return UnitList(Span(span.start, how.end), names, (), "joint")


def _lead_by_word(text: str, span: Span, names: tuple[Span, ...]) -> UnitList | None:
    for row in rows("units", "lead"):
        match = compiled(row["pattern"]).fullmatch(span.cut(text))
        if match:
            limit = span.start + match.end("lead")
            return UnitList(span, names, tuple(n for n in names if n.end <= limit), "lead")
    return None


def _without_brackets(words: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]", lambda m: "　" * len(m[0]), words)


def _stands_for_several(name: str) -> bool:
    return any(compiled(row["pattern"]).search(name) for row in rows("units", "joint"))


def _findings(text: str, p: Provision, units: UnitList) -> list[Issue]:
    out = []
    printed = [m[0] for m in _NAME.finditer(_drop_convention(units.span.cut(text)))]
    for name in dict.fromkeys(n for n in printed if printed.count(n) > 1):
        out.append(Issue("unit_repeated", f"责任单位重复列出：{name}（原文如此）", p.eid, units.span, "note"))
    if units.mode == "undetermined":
        out.append(Issue("lead_undetermined", "责任单位未能区分牵头与配合（原文如此）", p.eid, units.span, "note"))
    return out


def _drop_convention(words: str) -> str:
    for row in rows("units", "convention"):
        words = compiled(row["pattern"]).sub("、", words)
    return words
