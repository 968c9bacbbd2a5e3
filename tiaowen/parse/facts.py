"""What a text itself states: title, number, issuer, date, stage; compared with meta.toml, which wins."""

import re
from datetime import date

from tiaowen.model import Block, Issue, Meta, Span

_OPEN_DATE = re.compile(r"\d{4}年[ \t　]+月[ \t　]+日")
_TARGET_YEAR = re.compile(r"(?:到|至)(\d{4})年(?:底|末|前)?")


def stated(text: str, blocks: tuple[Block, ...]) -> dict[str, str | date]:
    """Return what the text states of itself, under the keys of `Meta`; absent is absent, also where no block is a title."""
    if not any(b.role in ("title", "notice") for b in blocks):
        return {}
    from tiaowen.parse.detect import detect  # only ingest and trials read headers

    found = detect(text, today=date.max)
    return {key: fact.value for key in ("title", "stage", "document_number", "issuer", "issued") if (fact := found.get(key))}


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
