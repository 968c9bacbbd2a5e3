"""Raw text -> clean text: deletes runs that are not the document's words, and nothing else.

Guarantees: the clean text is the raw text minus `deleted`; runs are ordered and do not overlap; kept + deleted = 100 %.
"""

import re

from tiaowen.model import CleanText, Deleted
from tiaowen.rules import compiled, rows
from tiaowen.rules.markers import starts_with_marker

_BLANK_LINES = re.compile(r"[ \t　]*\n[ \t　]*\n\s*")
_SENTENCE_END = "。！？；：…”』」）)】》—"
_SHORTEST_CUT_LINE = 20


def clean(raw: str, *, suffix: str = "txt") -> CleanText:
    """Return the clean text of a received file; `suffix` says which rows of the residue table apply."""
    first = _delete(raw, _residue(raw, suffix))
    breaks = _page_breaks(first.text)
    if not breaks:
        return first
    inner = [Deleted(first.to_raw(a), first.to_raw(b - 1) + 1, "page-break") for a, b in breaks]
    return _delete(raw, [*first.deleted, *inner])


def _delete(raw: str, runs: list[Deleted] | tuple[Deleted, ...]) -> CleanText:
    merged: list[Deleted] = []
    for run in sorted(runs, key=lambda r: (r.start, -r.end)):
        if merged and run.start < merged[-1].end:
            if run.end > merged[-1].end:
                merged[-1] = Deleted(merged[-1].start, run.end, merged[-1].reason)
            continue
        merged.append(run)
    pieces, position = [], 0
    for run in merged:
        pieces.append(raw[position : run.start])
        position = run.end
    return CleanText("".join([*pieces, raw[position:]]), tuple(merged))


def _residue(raw: str, suffix: str) -> list[Deleted]:
    out = []
    for row in rows("residue", "residue"):
        if suffix not in row.get("files", (suffix,)):
            continue
        if row["where"] == "any":
            found = compiled(row["pattern"]).finditer(raw)
            out += [Deleted(m.start(), m.end(), row["id"]) for m in found]
    return out + _tail_residue(raw)


def _tail_residue(raw: str) -> list[Deleted]:
    """Whole lines at the end, from the last upwards, as long as each is residue."""
    tail_rows = [row for row in rows("residue", "residue") if row["where"] == "tail"]
    out: list[Deleted] = []
    end = len(raw)
    for line in reversed(raw.splitlines(keepends=True)):
        start = end - len(line)
        row = next((r for r in tail_rows if compiled(r["pattern"]).fullmatch(line.strip())), None)
        if row:
            out.append(Deleted(start, end, row["id"]))
        elif line.strip():
            break
        end = start
    return out


def _page_breaks(text: str) -> list[tuple[int, int]]:
    """Blank lines that cut a sentence of the numbered body in two.

    jincheng-plan-2021#l1_2__l2_2__l3_4: 符合条件 / (blank line) / 的家庭. A cut is assumed where the line before does not
    end a sentence and is no heading (longer than a heading, or with a full stop in it), the line after opens no
    numbered unit, and both stand between the first marker and the colophon.
    """
    body_start = _first_marker(text)
    if body_start is None:
        return []
    body_end = _colophon(text, body_start)
    out = []
    for match in _BLANK_LINES.finditer(text, body_start, body_end):
        line_start = text.rfind("\n", 0, match.start()) + 1
        before = text[line_start : match.start()].strip()
        after = text[match.end() : match.end() + 40].split("\n")[0]
        if not before or not after.strip() or before[-1] in _SENTENCE_END:
            continue
        long_enough = len(before) >= _SHORTEST_CUT_LINE or "。" in before
        if long_enough and not starts_with_marker(after):
            out.append((match.start(), match.end()))
    return out


def _first_marker(text: str) -> int | None:
    position = 0
    for line in text.splitlines(keepends=True):
        if starts_with_marker(line):
            return position
        position += len(line)
    return None


def _colophon(text: str, start: int) -> int:
    match = re.compile(r"^[ \t　]*抄送[:：]", re.MULTILINE).search(text, start)
    return match.start() if match else len(text)
