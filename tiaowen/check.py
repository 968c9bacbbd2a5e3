"""The corpus doctor: what is odd in each document, with its place, and what state it is in.

A document can be examined as read afresh from the corpus (`check`, `reports`) or as an index holds it (`report`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tiaowen import wording
from tiaowen.errors import TiaowenError, UsageError
from tiaowen.model import Document, Issue, Meta, Span
from tiaowen.parse.detect import valid_until
from tiaowen.parse.document import coverage, parse
from tiaowen.parse.facts import target_years
from tiaowen.parse.source import folders, load
from tiaowen.parse.versions import others
from tiaowen.rules import compiled, rows

OLD_CHECK_DAYS = 365


@dataclass(frozen=True, slots=True)
class Report:
    """One document: its state, how much of it is accounted for, the other texts of its work, and the findings."""

    id: str
    meta: Meta | None
    coverage: float
    removed: int
    provisions: int
    others: tuple[Meta, ...]
    findings: tuple[Issue, ...]

    def count(self, level: str) -> int:
        """Return how many findings are of a level: error, warning, note."""
        return sum(issue.level == level for issue in self.findings)


def check(corpus: Path, identity: str | None = None, *, today: date | None = None) -> list[tuple[str, Issue]]:
    """Return (document id, issue) for every finding; a folder that cannot be read is an error, never an exception.

    Raises UsageError when `identity` names no folder, CorpusError when there is no corpus.
    """
    return [(one.id, issue) for one in reports(corpus, identity, today=today) for issue in one.findings]


def reports(corpus: Path, identity: str | None = None, *, today: date | None = None) -> list[Report]:
    """Return a report of every document, or of one, read afresh; raises as `check` does."""
    found = list(folders(corpus))
    if identity and identity not in (f.name for f in found):
        raise UsageError(f"没有编号为“{identity}”的文件。")
    read = [_read(folder) for folder in found]
    held = [one[0].meta for one in read if not isinstance(one, Report)]
    return [one if isinstance(one, Report) else report(*one, held=held, today=today or date.today())
            for folder, one in zip(found, read, strict=True) if identity in (None, folder.name)]


def _read(folder: Path) -> tuple[Document, float] | Report:
    try:
        source = load(folder)
        document = parse(source)
    except TiaowenError as error:
        return Report(folder.name, None, 0.0, 0, 0, (), (Issue("unreadable", str(error), level="error"),))
    return document, coverage(source, document)


def report(document: Document, share: float, *, held: Sequence[Meta], today: date) -> Report:
    """Return the report of a parsed document; `held` are the documents among which its other texts are sought."""
    meta = document.meta
    removed = sum(run.end - run.start for run in document.clean.deleted)
    found = findings(document, share, today=today)
    return Report(meta.id, meta, share, removed, len(document.provisions), others(meta, held), tuple(found))


def findings(document: Document, share: float, *, today: date) -> list[Issue]:
    """Return everything odd about a document, with its place where it has one."""
    found = [*document.issues, *_accounted(share), *_targets(document, today), *_slips(document), *_references(document),
             *_validity(document, today), *_status(document.meta, today)]
    return [_placed(document, issue) for issue in found]


def _placed(document: Document, issue: Issue) -> Issue:
    """Give a finding with a span the provision in whose own words it stands."""
    if issue.eid or issue.span is None:
        return issue
    at = next((p.eid for p in document.provisions if p.own.start <= issue.span.start < p.own.end), None)
    return Issue(issue.code, issue.message, at, issue.span, issue.level)


def _accounted(share: float) -> list[Issue]:
    return [] if share == 1.0 else [Issue("coverage", f"只有 {share:.2%} 的字符有着落", level="error")]


def _targets(document: Document, today: date) -> list[Issue]:
    """One finding a year, at its first place."""
    past: dict[int, Span] = {}
    for year, span in target_years(document.clean.text):
        if year < today.year:
            past.setdefault(year, span)
    return [Issue("target_past", f"目标年份已过：{y}年", None, past[y], "note") for y in sorted(past)]


def _slips(document: Document) -> Iterator[Issue]:
    for row in rows("slips", "slip"):
        for found in compiled(row["pattern"]).finditer(document.clean.text):
            yield Issue("slip", f"疑似原文笔误：{found[0]}（原文如此，疑为{row['meant']}）", None, Span(*found.span()), "note")


def _references(document: Document) -> list[Issue]:
    """A place of the text itself that is not there, or that cannot be told for sure."""
    return [Issue("reference_unresolved", f"未能确定所指的内部引用：{c.words}", c.eid, Span(c.start, c.end))
            for c in document.references if c.kind == "internal" and not c.targets]


def _validity(document: Document, today: date) -> Iterator[Issue]:
    """A text that names the day it ends: whether it was prolonged is for a person to find out."""
    fact = valid_until(document.clean.text)
    if fact and isinstance(fact.value, date) and fact.value < today:
        yield Issue("validity_past", f"正文写明{fact.quote}，已过，请核实是否延期或失效", None, Span(fact.start, fact.end))


def _status(meta: Meta, today: date) -> Iterator[Issue]:
    evidence = meta.status_evidence
    checked_on = evidence.checked_on if evidence else None
    words = wording.STATUS[meta.status].format(checked=checked_on or "—")
    yield Issue("status", f"状态：{words}{f'，核验于 {checked_on}' if checked_on else '，未核验'}", level="note")
    if meta.status == "in_force" and checked_on and (today - checked_on).days > OLD_CHECK_DAYS:
        yield Issue("check_old", f"状态核验于 {checked_on}，已过一年，请重新核验", level="note")
    if meta.status == "not_yet_in_force" and meta.dates.in_force and meta.dates.in_force <= today:
        yield Issue("status_outdated", f"meta.toml 写的是尚未施行，而施行日期 {meta.dates.in_force} 已到，请核验后改正")


def as_json(found: Iterable[Report]) -> Iterator[dict[str, object]]:
    """Yield reports under the keys of `tiaowen check --json`."""
    for one in found:
        meta = one.meta
        evidence = meta.status_evidence if meta else None
        yield {
            "id": one.id, "title": meta.title if meta else None, "stage": meta.stage if meta else None, "status": meta.status if meta else None,
            "checked_on": str(evidence.checked_on) if evidence and evidence.checked_on else None, "coverage": one.coverage, "removed": one.removed,
            "provisions": one.provisions, "others": [m.id for m in one.others], "errors": one.count("error"), "warnings": one.count("warning"),
            "findings": [{"code": i.code, "level": i.level, "message": i.message, "eid": i.eid, "span": [i.span.start, i.span.end] if i.span else None}
                         for i in one.findings]}
