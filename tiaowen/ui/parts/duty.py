"""The answer card: 谁 · 必须做什么 · 向谁 · 时限/频次, filled slots only, each as printed."""

from collections.abc import Sequence
from typing import Any

from tiaowen.model import AnswerItem
from tiaowen.ui import wording
from tiaowen.ui.html import Html, details, h, join

Duty = dict[str, Any]

SHOWN = 3  # duties of one quote in sight; those that name a recipient or a limit before the others


def duty_cards(item: AnswerItem) -> Html | None:
    """Return the duties inside the quote, the best first, the others folded below it."""
    if item.duty is None:
        return None
    others = [d for d in item.duties if _inside(d, item.span)]
    others.sort(key=lambda d: not (d.get("recipients") or d.get("time_limit")))
    shown, folded = [item.duty, *others[: SHOWN - 1]], others[SHOWN - 1 :]
    more = details(wording.MORE_DUTIES.format(count=len(folded)), *map(duty_card, folded)) if folded else None
    return join(*map(duty_card, shown), more)


def _inside(duty: Duty, span: tuple[int, int]) -> bool:
    start, end = duty.get("span") or (0, 0)
    return bool(start < span[1] and span[0] < end)


def duty_card(duty: Duty) -> Html:
    """Return one duty as a list of its filled slots."""
    rows = [(name, value) for name, value in _rows(duty) if value]
    return h("dl", *(h("div", h("dt", name), h("dd", value)) for name, value in rows), cls="tw-duty")


def _rows(duty: Duty) -> list[tuple[str, str | None]]:
    action = f"{duty.get('modality_word') or ''}{duty['action']}"
    return [
        (wording.BEARER, _bearer(duty)),
        (wording.TRIGGER, duty.get("trigger")),
        (wording.DUTY.get(duty["modality"], wording.DUTY["任务"]), action),
        (wording.RECIPIENTS, wording.NAMES_LIST.join(duty.get("recipients") or ())),
        (wording.TIME_LIMIT, duty.get("time_limit")),
        (wording.FREQUENCY, duty.get("frequency")),
        (wording.AMOUNT, duty.get("amount")),
        (wording.TARGET, duty.get("target")),
        (wording.FIGURES, wording.NAMES_LIST.join(f for f in duty.get("figures") or () if f != duty.get("amount"))),
        (wording.HEDGES, wording.NAMES_LIST.join(duty.get("hedges") or ())),
        *_units(duty),
    ]


def _bearer(duty: Duty) -> Html:
    bearer = duty.get("bearer")
    if not bearer:
        return h("span", wording.BEARER_UNSTATED, cls="tw-unstated")
    if _from_units(duty):
        return join(*(h("div", h("span", f"{name}：", cls="tw-small"), value) for name, value in _named(duty)))
    inherited = bool((duty.get("inherited") or {}).get("bearer"))
    return join(bearer, h("span", wording.BEARER_INHERITED, cls="tw-small") if inherited else None)


def _from_units(duty: Duty) -> bool:
    """The bearer is the unit list itself: it is shown once, with who leads."""
    return bool(duty.get("units") and (duty.get("inherited") or {}).get("bearer"))


def _units(duty: Duty) -> Sequence[tuple[str, str]]:
    return () if _from_units(duty) else _named(duty)


def _named(duty: Duty) -> Sequence[tuple[str, str]]:
    """The responsible units; where a lead is marked, lead and assisting units apart."""
    units, lead = duty.get("units") or [], duty.get("lead_units") or []
    if not units:
        return ()
    if lead:
        others = [unit for unit in units if unit not in lead]
        pairs = ((wording.LEAD, lead), (wording.ASSISTING, others))
        return tuple((name, wording.NAMES_LIST.join(names)) for name, names in pairs if names)
    return ((wording.UNITS.get(duty.get("unit_mode") or "", wording.UNITS["single"]), wording.NAMES_LIST.join(units)),)
