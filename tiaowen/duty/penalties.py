"""Penalties joined to the duties they sanction, within one document.

Guarantees:
- a link rests on words: a numbered reference (违反本办法第十四条、第十五条规定), or a breach and a prohibition of the same act
  (向未成年人提供文身服务的 | 不得向未成年人提供文身服务); anything vaguer (不依法履行职责的) is joined to nothing;
- every id exists in the document, evidence and counterpart are slices of the clean text;
- a prohibition under a condition (未经…同意) is joined only to a breach that names the same condition.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tiaowen.duty.frames import frames
from tiaowen.duty.patterns import table_rows
from tiaowen.duty.within import cited
from tiaowen.eid import join
from tiaowen.model import Document, DutyFrame, PenaltyLink, Provision, Slot, Span

_ACT = 6
_JOINTS = re.compile(r"[，,\s]")


def links(document: Document, found: Sequence[DutyFrame] | None = None) -> tuple[PenaltyLink, ...]:
    """Return the links in document order of the penalties; `found` are the frames where they are at hand."""
    made = frames(document) if found is None else found
    out: list[PenaltyLink] = []
    for article, penal in _articles(document, made):
        others = [f for f in made if f.provision != article]
        fresh = [*_references(document, article, penal, others), *_same_acts(document, article, penal, others)]
        out += {(link.kind, link.duty): link for link in reversed(fresh)}.values()
    return tuple(sorted(out, key=lambda link: (link.evidence.start, _place(document, link.duty))))


def by_duty(found: Iterable[PenaltyLink]) -> dict[str, tuple[PenaltyLink, ...]]:
    """Return the links of each sanctioned duty frame."""
    out: dict[str, tuple[PenaltyLink, ...]] = {}
    for link in found:
        for frame in link.duties:
            out[frame] = (*out.get(frame, ()), link)
    return out


def by_penalty(found: Iterable[PenaltyLink]) -> dict[str, tuple[PenaltyLink, ...]]:
    """Return the links of each penalty frame."""
    out: dict[str, tuple[PenaltyLink, ...]] = {}
    for link in found:
        for frame in link.penalties:
            out[frame] = (*out.get(frame, ()), link)
    return out


def without_penalty(document: Document, found: Sequence[DutyFrame] | None = None, *,
                    modalities: Sequence[str] = ("不得",)) -> tuple[str, ...]:
    """Return the frame ids of prohibitions (or of other `modalities`) that no penalty of the text is joined to.

    Empty for a text that holds no penalties at all: there the question does not arise.
    """
    made = frames(document) if found is None else found
    penal = {article for article, _ in _articles(document, made)}
    sanctioned = by_duty(links(document, made))
    return tuple(f.id for f in made if penal and f.modality in modalities and f.provision not in penal and f.id not in sanctioned)


def without_duty(document: Document, found: Sequence[DutyFrame] | None = None) -> tuple[str, ...]:
    """Return the ids of articles with penalties that no duty of the text could be joined to."""
    made = frames(document) if found is None else found
    joined = {link.penalty for link in links(document, made)}
    ids = (join(document.meta.id, article) for article, _ in _articles(document, made))
    return tuple(one for one in ids if one not in joined)


def _articles(document: Document, made: Sequence[DutyFrame]) -> Iterator[tuple[str, list[DutyFrame]]]:
    """Articles with their frames where an authority punishes, under 法律责任 or by the words 违反…规定."""
    acts = {row.id for row in table_rows("duty_relations", "penalty")}
    by_article: dict[str, list[DutyFrame]] = {}
    for frame in made:
        if document.get(frame.provision).level == "art":
            by_article.setdefault(frame.provision, []).append(frame)
    for article, own in by_article.items():
        punished = any(acts & set(f.rules) for f in own)
        breach = any(f.trigger and f.trigger.text.startswith("违反") for f in own)
        if punished and (breach or _under_liability(document, article)):
            yield article, own


def _under_liability(document: Document, eid: str) -> bool:
    current: Provision | None = document.get(eid)
    row = table_rows("duty_relations", "liability")[0]
    while current is not None:
        if current.heading and row.pattern.search("".join(document.cut(current.heading).split())):
            return True
        current = document.get(current.parent) if current.parent else None
    return False


def _references(document: Document, article: str, penal: Sequence[DutyFrame], others: Sequence[DutyFrame]) -> Iterator[PenaltyLink]:
    row, full = table_rows("duty_relations", "breach")[0], document.get(article).full
    for match in row.pattern.finditer(document.clean.text, full.start, full.end):
        at = next((f.at for f in penal if f.start <= match.start() < f.end), article)
        for eid in cited(document, at, Span(match.start(), match.end())):
            duties = [f for f in others if eid and (f.provision == eid or f"{f.at}__".startswith(f"{eid}__"))]
            if eid and eid != article:
                yield _link(document, "reference", article, eid, [f for f in penal if f.at == at], duties, Slot(match[0], match.start(), match.end()))


def _same_acts(document: Document, article: str, penal: Sequence[DutyFrame], others: Sequence[DutyFrame]) -> Iterator[PenaltyLink]:
    for one in penal:
        if one.trigger is None:
            continue
        breach = _words(one.trigger.text)
        for duty in (f for f in others if f.modality == "不得"):
            act, case = _words(duty.action.text), _words(duty.trigger.text) if duty.trigger else ""
            if len(act) >= _ACT and act in breach and case in breach:
                start = min(duty.trigger.start if duty.trigger else duty.action.start, duty.action.start)
                counterpart = Slot(document.clean.text[start : duty.action.end], start, duty.action.end)
                same = [f for f in penal if f.at == one.at]
                yield _link(document, "prohibition", article, duty.at, same, [duty], one.trigger, counterpart)


def _words(text: str) -> str:
    """The act of a breach or of a prohibition, without 违反本办法规定 and the joints."""
    for row in table_rows("duty_relations", "breach_lead"):
        text = row.pattern.sub("", text)
    return _JOINTS.sub("", text)


def _link(document: Document, kind: str, article: str, duty: str, penal: Sequence[DutyFrame], duties: Sequence[DutyFrame],
          evidence: Slot, counterpart: Slot | None = None) -> PenaltyLink:
    name = document.meta.id
    return PenaltyLink(name, kind, join(name, article), join(name, duty), tuple(f.id for f in penal),
                       tuple(f.id for f in duties), evidence, counterpart)


def _place(document: Document, key: str) -> int:
    return document.get(key.partition("#")[2]).full.start
