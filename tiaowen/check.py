"""The corpus doctor: reads every document afresh and lists what is odd, with its place."""

from datetime import date
from pathlib import Path

from tiaowen import wording
from tiaowen.errors import TiaowenError, UsageError
from tiaowen.model import Document, Issue, SourceDocument, Span
from tiaowen.parse.document import coverage, parse
from tiaowen.parse.facts import target_years
from tiaowen.parse.source import folders, load
from tiaowen.rules import compiled, rows


def check(corpus: Path, identity: str | None = None, *, today: date | None = None) -> list[tuple[str, Issue]]:
    """Return (document id, issue) for every finding; a folder that cannot be read is an error, never an exception.

    Raises UsageError when `identity` names no folder, CorpusError when there is no corpus.
    """
    found = [f for f in folders(corpus) if identity in (None, f.name)]
    if identity and not found:
        raise UsageError(f"没有编号为“{identity}”的文件。")
    out: list[tuple[str, Issue]] = []
    for folder in found:
        try:
            source = load(folder)
        except TiaowenError as error:
            out.append((folder.name, Issue("unreadable", str(error), level="error")))
            continue
        document = parse(source)
        issues = (*document.issues, *_accounted(source, document), *_targets(document, today or date.today()),
                  *_slips(document), *_references(document), *_status(document))
        out += [(folder.name, issue) for issue in issues]
    return out


def _accounted(source: SourceDocument, document: Document) -> list[Issue]:
    share = coverage(source, document)
    return [] if share == 1.0 else [Issue("coverage", f"只有 {share:.2%} 的字符有着落", level="error")]


def _targets(document: Document, today: date) -> list[Issue]:
    years = sorted({year for year, _ in target_years(document.clean.text) if year < today.year})
    return [Issue("target_past", f"目标年份已过：{y}年", level="note") for y in years]


def _slips(document: Document) -> list[Issue]:
    out = []
    for row in rows("slips", "slip"):
        found = compiled(row["pattern"]).search(document.clean.text)
        if found:
            out.append(Issue("slip", f"疑似原文笔误：{found[0]}（原文如此，疑为{row['meant']}）", level="note"))
    return out


def _references(document: Document) -> list[Issue]:
    """A place of the text itself that is not there, or that cannot be told for sure."""
    return [Issue("reference_unresolved", f"未能确定所指的内部引用：{c.words}", c.eid, Span(c.start, c.end))
            for c in document.references if c.kind == "internal" and not c.targets]


def _status(document: Document) -> list[Issue]:
    evidence = document.meta.status_evidence
    checked = f"，核验于 {evidence.checked_on}" if evidence and evidence.checked_on else "，未核验"
    words = wording.STATUS[document.meta.status].format(checked=evidence.checked_on if evidence else "—")
    return [Issue("status", f"状态：{words}{checked}", level="note")]
