"""What the commands that change a corpus show in a terminal: what was read, with the words that prove it, and what would change."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tiaowen import wording
from tiaowen.adding import Removal
from tiaowen.ask.notes import replaced
from tiaowen.check import Report
from tiaowen.model import Document, DutyFrame, Issue, Meta, to_builtins
from tiaowen.parse.citation import place, title
from tiaowen.parse.document import is_unit
from tiaowen.proposal import Proposal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

MOST_LINES, MOST_DUTIES, MOST_UNITS, MOST_FINDINGS = 60, 5, 12, 20
_OUTLINE = ("prt", "chp", "sec", "l1", "l2", "l3", "l4", "art", "att")


def console(*, error: bool = False) -> "Console":
    """Return the console to print to; 100 columns where the output is no terminal."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 100, highlight=False, markup=False, emoji=False)


def show_proposal(proposal: Proposal, out: "Console") -> None:
    """Print what a file would become."""
    trial, document = proposal.trial, proposal.trial.document
    out.rule(trial.path.name)
    out.print(_facts(proposal))
    out.print(tree(document))
    units = [p for p in document.provisions if is_unit(p, document)]
    out.print(f"共 {len(units)} 条（项），{len(document.provisions)} 处可引用；字符 {trial.coverage * 100:.4g}% 有着落。", soft_wrap=True)
    for line in (*_duties(trial.duties, document), *_units(document)):
        out.print(line, soft_wrap=True)
    for issue in _worth(trial.findings):
        out.print(f"[{wording.ISSUE_LEVELS[issue.level]}] {_where(issue)}{issue.message}", soft_wrap=True)
    for line in _consequences(proposal):
        out.print(line, soft_wrap=True)


def _facts(proposal: Proposal) -> Any:
    from rich.table import Column, Table

    table = Table(Column("项目", no_wrap=True), Column("读到的", overflow="fold"), Column("依据（正文原文）", overflow="fold"))
    text = proposal.trial.document.clean.text
    for key, name in wording.FACTS.items():
        fact = proposal.trial.detected.get(key)
        value = fact_value(proposal.meta, key)
        proof = f"第{text.count(chr(10), 0, fact.start) + 1}行：{' '.join(fact.quote.split())[:60]}" if fact and fact_stands(proposal.meta, key, str(fact.value)) else ""
        table.add_row(name, value or wording.UNSTATED, proof or ("" if not value else "（由你指定或推出）"))
    return table


def fact_value(meta: Meta, key: str) -> str | None:
    """Return a fact of the metadata as it is shown."""
    if key == "status":
        checked = meta.status_evidence.checked_on if meta.status_evidence else None
        return wording.STATUS[meta.status].format(checked=checked or "—")
    value = getattr(meta.dates, key) if key in ("issued", "adopted", "in_force", "amended") else getattr(meta, key)
    return wording.LIST.join(value) if isinstance(value, tuple) else str(value) if value else None


def fact_stands(meta: Meta, key: str, detected: str) -> bool:
    """Tell whether what would be written is what the text states: an operator or another text may have set it."""
    value = meta.status if key == "status" else fact_value(meta, key)
    return value == detected


def tree(document: Document) -> "Tree":
    """Return the outline as a tree, cut off after a screen or two."""
    from rich.tree import Tree

    root = Tree(title(document.meta))
    nodes: dict[str | None, Any] = {None: root}
    listed = [p for p in document.provisions if p.level in _OUTLINE]
    for provision in listed[:MOST_LINES]:
        heading = document.cut(provision.heading) if provision.heading else ""
        words = " ".join(f"{provision.label.strip()} {heading}".split()) or provision.eid
        nodes[provision.eid] = nodes.get(provision.parent, root).add(words)
    if len(listed) > MOST_LINES:
        root.add(f"……还有 {len(listed) - MOST_LINES} 处")
    return root


def _duties(duties: Sequence[DutyFrame], document: Document) -> Iterable[str]:
    counts = Counter(frame.modality for frame in duties)
    yield f"义务 {len(duties)} 项" + ("：" + wording.LIST.join(f"{name} {n}" for name, n in counts.most_common()) if counts else "") + "。"
    for frame in duties[:MOST_DUTIES]:
        bearer = frame.bearer.text if frame.bearer else "（未写明主体）"
        yield f"  {place(frame.at, document)}：{bearer} {frame.modality_word.text if frame.modality_word else ''} {' '.join(frame.action.text.split())[:50]}"


def _units(document: Document) -> Iterable[str]:
    lists = [p.units for p in document.provisions if p.units]
    names = list(dict.fromkeys(document.cut(n) for units in lists for n in units.names))
    if lists:
        more = f"……等 {len(names)} 个" if len(names) > MOST_UNITS else ""
        yield f"责任单位 {len(lists)} 处：{wording.LIST.join(names[:MOST_UNITS])}{more}。"


def _worth(findings: Sequence[Issue]) -> Sequence[Issue]:
    """Errors and warnings first; the note on the status stands in the table already."""
    order = {"error": 0, "warning": 1, "note": 2}
    return sorted((i for i in findings if i.code != "status"), key=lambda i: order[i.level])[:MOST_FINDINGS]


def _where(issue: Issue) -> str:
    return f"{issue.eid}：" if issue.eid else ""


def _consequences(proposal: Proposal) -> Iterable[str]:
    for warning in proposal.warnings:
        yield f"请注意：{warning}"
    for other in proposal.joined:
        yield f"同一文件的其他文本：{other.id} {title(other)}（{fact_value(other, 'status')}），并存，互相标明。"
    for change in proposal.changes:
        values = "，".join(f"{key} = {value}" for key, value in change.values.items() if value)
        yield f"将同时改写 {change.id}/meta.toml（{change.why}）：{values}"
    yield f"将写入 {proposal.folder}/"


def show_documents(rows: Iterable[Mapping[str, Any]], metas: Mapping[str, Meta], out: "Console") -> None:
    """Print the held documents, the texts of one work together, the shelf of laws last."""
    found = list(rows)
    first = {m.work: i for i, row in reversed(list(enumerate(found))) if (m := metas[row["id"]]).work}
    order = sorted(enumerate(found), key=lambda pair: (pair[1]["shelf"] == "law", first.get(metas[pair[1]["id"]].work or "", pair[0]), pair[0]))
    for _, row in order:
        meta = metas[row["id"]]
        odd = f" · 存疑 {len(row['issues'])} 处" if row["issues"] else ""
        out.print(f"{row['id']}  {title(meta)}{meta.document_number or ''}", soft_wrap=True)
        out.print(f"    {fact_value(meta, 'status')} · {meta.region or wording.UNSTATED} · {meta.level or wording.UNSTATED} · "
                  f"{row['provisions']} 处条文{odd}", soft_wrap=True)
        if replaced(meta):
            out.print(f"    {replaced(meta)}", soft_wrap=True)
    out.print(f"共 {len(found)} 份。")


def report_lines(found: Iterable[Report]) -> Iterable[str]:
    """Yield the head of each report: coverage, what was left out, the other texts."""
    for one in found:
        if one.meta is None:
            continue
        others = f"；同一文件的其他文本：{wording.LIST.join(m.id for m in one.others)}" if one.others else ""
        yield f"{one.id}  {one.provisions} 处条文，字符 {one.coverage * 100:.4g}% 有着落，略去 {one.removed} 个非正文字符{others}"


def removal_lines(gone: Removal) -> Iterable[str]:
    """Yield what removing a document takes away."""
    name = title(gone.meta) if gone.meta else "（meta.toml 读不出）"
    yield f"将删除 {gone.folder}/ {name}"
    yield from (f"  {file}" for file in gone.files)
    if gone.pointing:
        yield f"这些文件与它同属一份文件或由它取代，其 meta.toml 不会改动，请核对：{wording.LIST.join(gone.pointing)}"
    yield "链接到它的条文的网址将失效。"


def proposal_json(proposal: Proposal, *, added: bool) -> dict[str, Any]:
    """Return a proposal under the keys of `tiaowen add --json`."""
    trial, document, meta = proposal.trial, proposal.trial.document, proposal.meta
    values = to_builtins(meta)
    return {
        "id": meta.id, "file": str(trial.path), "folder": str(proposal.folder), "added": added,
        "meta": {key: value for key, value in values.items() if key not in ("id", "file")},
        "evidence": [{"key": f.key, "value": str(f.value), "quote": f.quote, "span": [f.start, f.end]} for f in trial.detected.facts],
        "outline": [{"eid": p.eid, "level": p.level, "label": p.label.strip(), "heading": document.cut(p.heading) if p.heading else None}
                    for p in document.provisions if p.level in _OUTLINE],
        "provisions": len(document.provisions), "units": sum(1 for p in document.provisions if p.units), "duties": len(trial.duties),
        "coverage": trial.coverage, "findings": [{"code": i.code, "level": i.level, "message": i.message, "eid": i.eid} for i in trial.findings],
        "joined": [m.id for m in proposal.joined], "similar": [m.id for m in proposal.similar],
        "changes": [{"id": c.id, "set": {k: str(v) for k, v in c.values.items() if v}} for c in proposal.changes], "warnings": list(proposal.warnings)}
