"""What a text itself states: title, number, issuer, date, stage; compared with meta.toml, which wins."""

import re
from datetime import date

from tiaowen.model import Block, Issue, Meta, Span

_NUMBER = re.compile(r"[一-龥]{1,12}[〔\[【(（]\d{4}[〕\]】)）]\d+号")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_STAGE = re.compile(r"[（(]([^（()）\s]*?稿|草案|[^（()）\s]*?草案[^（()）\s]*?)[）)]")
_OPEN_DATE = re.compile(r"\d{4}年[ \t　]+月[ \t　]+日")
_TARGET_YEAR = re.compile(r"(?:到|至)(\d{4})年(?:底|末|前)?")


def stated(text: str, blocks: tuple[Block, ...]) -> dict[str, str | date]:
    """Return what the text states of itself, under the keys of `Meta`; absent is absent."""
    out: dict[str, str | date] = {}
    title = "".join(re.sub(r"\s", "", text[b.start : b.end]) for b in blocks if b.role == "title")
    if title:
        out["title"] = title[1:-1] if title.startswith("《") and title.endswith("》") else title
    stage = next((m for b in blocks if b.role == "mark" and (m := _STAGE.search(text[b.start : b.end]))), None)
    if stage:
        out["stage"] = stage[1]
    notice = [text[b.start : b.end].strip() for b in blocks if b.role == "notice"]
    number = next((line for line in notice if _NUMBER.fullmatch(line)), None)
    if number:
        out["document_number"] = number
    signed = next((i for i, line in enumerate(notice) if _DATE.fullmatch(line)), None)
    if signed is not None:
        year, month, day = (int(part) for part in _DATE.fullmatch(notice[signed]).groups())  # type: ignore[union-attr]
        out["issued"] = date(year, month, day)
        if signed and not re.search(r"[。：；]", notice[signed - 1]):
            out["issuer"] = notice[signed - 1]
    return out


def differences(meta: Meta, found: dict[str, str | date]) -> tuple[Issue, ...]:
    """Return an issue for each statement of the text that meta.toml contradicts."""
    known = {"title": meta.title, "stage": meta.stage, "document_number": meta.document_number,
             "issuer": meta.issuer, "issued": meta.dates.issued}
    return tuple(
        Issue("meta_differs", f"meta.toml 的 {key} 是“{known[key]}”，正文写的是“{value}”")
        for key, value in found.items()
        if known.get(key) is not None and known[key] != value
    )


def open_dates(text: str) -> tuple[Issue, ...]:
    """Return an issue for each date left open, such as 2023年  月  日."""
    return tuple(
        Issue("open_date", f"日期未填写：{m[0]}", None, Span(m.start(), m.end()), "note")
        for m in _OPEN_DATE.finditer(text)
    )


def target_years(text: str) -> tuple[tuple[int, Span], ...]:
    """Return (year, span) of each target such as 到2025年."""
    return tuple((int(m[1]), Span(m.start(), m.end())) for m in _TARGET_YEAR.finditer(text))
