"""The corpus doctor on the page: what each document's report says, one fold a document."""

from collections.abc import Sequence

from tiaowen import wording as core
from tiaowen.library import Report, place, title
from tiaowen.model import Document, Issue, Meta
from tiaowen.ui import wording_operator as wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.status import badge, day, reader_link, region_tag, successor

MOST = 12


def report_fold(report: Report, document: Document) -> Html:
    """Return a document's report, folded; its head shows status and how much was found."""
    meta = document.meta
    counts = [h("span", wording.COUNT_OF.format(level=wording.LEVELS[level], count=report.count(level)), cls=f"tw-level tw-level-{level}")
              for level in ("error", "warning", "note") if report.count(level)]
    head = join(h("span", title(meta), cls="tw-doctor-title"), badge(meta), *counts)
    body = join(h("p", h("a", wording.READ, href=reader_link(meta.id)), " ", h("code", meta.id), " ", region_tag(meta)), successor(meta), _rows(report, document))
    return details(head, body, cls="tw-fold tw-doctor")


def _rows(report: Report, document: Document) -> Html:
    rows = [(wording.STATE, _checked(document.meta)), (wording.ACCOUNTED, _accounted(report))]
    if report.others:
        rows.append((wording.OTHERS, h("ul", *(h("li", h("a", title(m), href=reader_link(m.id)), " ", badge(m)) for m in report.others))))
    left = [i for i in report.findings if i.code not in wording.SHOWN_ELSEWHERE]
    for label, codes in wording.CHECKS:
        rows.append((label, _found([i for i in left if i.code in codes], document)))
    known = {code for _, codes in wording.CHECKS for code in codes}
    if rest := [i for i in left if i.code not in known]:
        rows.append((wording.OTHER_FINDINGS, _found(rest, document)))
    return h("dl", *(h("div", h("dt", name), h("dd", value)) for name, value in rows), cls="tw-facts")


def _checked(meta: Meta) -> str:
    evidence = meta.status_evidence
    if evidence is None or evidence.checked_on is None:
        return wording.NOT_CHECKED
    return wording.CHECKED_ON.format(on=day(evidence.checked_on), source=evidence.checked_source or core.UNSTATED)


def _accounted(report: Report) -> str:
    return wording.ACCOUNTED_WORDS.format(percent=f"{report.coverage * 100:.4g}", provisions=report.provisions, removed=report.removed)


def _found(issues: Sequence[Issue], document: Document) -> Html:
    if not issues:
        return h("span", wording.NONE_FOUND, cls="tw-unstated")
    lines = [h("li", _link(i, document), h("span", i.message, cls=f"tw-found-{i.level}")) for i in issues[:MOST]]
    rest = len(issues) - MOST
    if rest > 0:
        lines.append(h("li", wording.MORE_FINDINGS.format(count=rest, id=document.meta.id)))
    return h("ul", *lines)


def _link(issue: Issue, document: Document) -> Html | None:
    if issue.eid is None or not any(p.eid == issue.eid for p in document.provisions):
        return None
    return h("a", place(issue.eid, document), href=reader_link(document.meta.id, issue.eid), cls="tw-where")
