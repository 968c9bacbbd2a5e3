"""What trial reading shows: facts with their proof, outline, duties, findings. Nothing links: the text is not held."""

from collections import defaultdict
from collections.abc import Sequence

from tiaowen import wording as core
from tiaowen.library import Found, Trial, is_unit, place, title
from tiaowen.model import Document, DutyFrame, Issue, Provision
from tiaowen.ui import wording_operator as wording
from tiaowen.ui.html import Html, details, h, join
from tiaowen.ui.parts.reader import CONTAINERS, outline_words
from tiaowen.ui.parts.status import badge, region_tag

MOST_DUTIES, MOST_FINDINGS, QUOTE = 40, 60, 90
LISTED = (*CONTAINERS, "art", "att")


def trial_result(trial: Trial) -> Html:
    """Return everything that was understood of a file."""
    document = trial.document
    units = sum(1 for p in document.provisions if is_unit(p, document))
    counts = wording.TRIAL_COUNTS.format(units=units, provisions=len(document.provisions), duties=len(trial.duties), percent=f"{trial.coverage * 100:.4g}")
    return join(
        h("header", h("h2", title(document.meta), cls="tw-title"), h("p", badge(document.meta), region_tag(document.meta), cls="tw-badges"),
          h("p", h("strong", counts), role="status"), cls="tw-document-head"),
        facts(trial), findings(trial.findings), outline(document), duties(trial.duties, document))


def facts(trial: Trial) -> Html:
    """Return the table of facts, each with the words that state it; what the text does not state is 未注明."""
    rows = [h("div", h("dt", name), h("dd", _value(trial, key), _proof(trial.detected.get(key), trial.document)))
            for key, name in core.FACTS.items() if key not in ("work", "aliases")]
    return h("section", h("h3", wording.TRIAL_TITLE), h("dl", *rows, cls="tw-facts"), cls="tw-trial")


def _value(trial: Trial, key: str) -> Html:
    if key == "status":
        return badge(trial.document.meta)
    words = trial.detected.words(key)
    return h("strong", words) if words else h("span", core.UNSTATED, cls="tw-unstated")


def _proof(fact: Found | None, document: Document) -> Html:
    if fact is None:
        return h("div", wording.TRIAL_NO_PROOF, cls="tw-small")
    quote = " ".join(fact.quote.split())
    short = quote if len(quote) <= QUOTE else quote[:QUOTE] + "……"
    line = document.clean.text.count("\n", 0, fact.start) + 1
    return h("div", wording.TRIAL_LINE.format(line=line, quote=short), cls="tw-small")


def findings(found: Sequence[Issue]) -> Html:
    """Return what is odd, errors first."""
    order = {"error": 0, "warning": 1, "note": 2}
    worth = sorted((i for i in found if i.code != "status"), key=lambda i: order[i.level])
    lines = [h("li", h("strong", wording.LEVELS[i.level], cls=f"tw-level tw-level-{i.level}"), i.message) for i in worth[:MOST_FINDINGS]]
    body = h("ul", *lines) if lines else h("p", wording.TRIAL_NOTHING)
    return h("section", h("h3", wording.TRIAL_FINDINGS.format(count=len(worth))), body, cls="tw-notes")


def outline(document: Document) -> Html:
    """Return the outline as nested lists, folded."""
    children: dict[str | None, list[Provision]] = defaultdict(list)
    listed = [p for p in document.provisions if p.level in LISTED]
    known = {p.eid for p in listed}
    for provision in listed:
        children[provision.parent if provision.parent in known else None].append(provision)
    return details(wording.TRIAL_OUTLINE.format(count=len(listed)), h("div", _level(children, None, document), cls="tw-outline"), cls="tw-fold")


def _level(children: dict[str | None, list[Provision]], parent: str | None, document: Document) -> Html | None:
    entries = [h("li", outline_words(p, document), _level(children, p.eid, document)) for p in children.get(parent, ())]
    return h("ul", *entries) if entries else None


def duties(found: Sequence[DutyFrame], document: Document) -> Html:
    """Return the duties as a table, folded; the first forty."""
    label = wording.TRIAL_DUTIES.format(count=len(found))
    if not found:
        return h("p", wording.TRIAL_DUTIES_NONE)
    head = h("thead", h("tr", *(h("th", name) for name in wording.DUTY_COLUMNS)))
    rows = [_duty(frame, document) for frame in found[:MOST_DUTIES]]
    rest = len(found) - MOST_DUTIES
    more = h("p", wording.TRIAL_REST.format(count=rest), cls="tw-small") if rest > 0 else None
    return details(label, h("table", head, h("tbody", *rows), cls="tw-plain-table"), more, cls="tw-fold")


def _duty(frame: DutyFrame, document: Document) -> Html:
    when = [slot.text for slot in (frame.time_limit, frame.frequency) if slot]
    bearer = frame.bearer.text if frame.bearer else wording.BEARER_UNSTATED
    cells = (place(frame.at, document), bearer, f"{frame.modality}：{frame.action.text}", core.LIST.join(when))
    return h("tr", *(h("td", h("div", cell), data_label=name) for name, cell in zip(wording.DUTY_COLUMNS, cells, strict=True)))
