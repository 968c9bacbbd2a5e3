"""Duty frames under the keys of the contract, and the frame that answers best."""

from collections.abc import Sequence
from typing import Any

from tiaowen.ask.view import Unit
from tiaowen.duty.patterns import table_rows
from tiaowen.model import DutyFrame, Slot, Span

_TELLING = ("recipients", "time_limit", "frequency", "amount", "figures")
_WANTED = {"limit": "time_limit", "frequency": "frequency", "recipient": "recipients", "fine": "amount", "ratio": "figures"}


def best_frame(unit: Unit, start: int, end: int, slots: Sequence[str]) -> DutyFrame | None:
    """Return the frame that overlaps the quote and fills the asked slots best, None where the unit has none.

    Of two that fill them alike the outward report comes first: 向公安机关报告 before 联系父母.
    """
    wanted = [_WANTED[s] for s in slots if s in _WANTED]

    inward = table_rows("duty_relations", "inward")[0].pattern

    def value(frame: DutyFrame) -> tuple[float, ...]:
        overlap = max(0, min(end, frame.action.end) - max(start, frame.action.start))
        filled = sum(1 for name in wanted if getattr(frame, name))
        tells = sum(1 for name in _TELLING if getattr(frame, name))
        inside = 1.0 if overlap else 0.0
        outward = 1.0 if any(not inward.search(s.text) for s in frame.recipients) else 0.0
        return (inside, float(filled), outward, float(tells), overlap)

    return max(unit.frames, key=value, default=None)


def duty_json(frame: DutyFrame, unit: Unit) -> dict[str, Any]:
    """Return a frame under the keys of the contract; slots are the words as printed."""
    def words(slot: Slot | None) -> str | None:
        return slot.text if slot else None

    return {
        "bearer": words(frame.bearer), "modality": frame.modality, "modality_word": words(frame.modality_word),
        "action": frame.action.text, "recipients": [s.text for s in frame.recipients],
        "recipient_bodies": list(frame.recipient_bodies), "recipients_open": frame.recipients_open,
        "trigger": words(frame.trigger), "time_limit": words(frame.time_limit), "limit_kind": frame.limit_kind,
        "frequency": words(frame.frequency), "figures": [s.text for s in frame.figures],
        "lead_units": list(frame.lead_units), "units": list(frame.units), "unit_mode": frame.unit_mode,
        "mediated_by": words(frame.mediated_by), "hedges": [s.text for s in frame.hedges],
        "amount": words(frame.amount), "target": words(frame.target), "object": words(frame.object),
        "condition": words(frame.condition), "exception": words(frame.exception), "limit_from": words(frame.limit_from),
        "by_reference": list(frame.by_reference), "inherited": frame.inherited,
        "at": frame.at, "span": [frame.start, frame.end], "rules": list(frame.rules),
    }


def list_duty(unit: Unit) -> dict[str, Any] | None:
    """Return the duty of a unit that has a unit list but no frame: who is responsible, nothing else."""
    units = unit.provision.units
    if units is None:
        return None
    cut = unit.document.cut
    return {
        "bearer": cut(Span(units.names[0].start, units.names[-1].end)) if units.names else None, "modality": "任务", "modality_word": None,
        "action": cut(unit.provision.heading) if unit.provision.heading else "", "recipients": [],
        "recipient_bodies": [], "recipients_open": False, "trigger": None, "time_limit": None, "limit_kind": None,
        "frequency": None, "figures": [], "lead_units": [cut(n) for n in units.lead],
        "units": [cut(n) for n in units.names], "unit_mode": units.mode, "mediated_by": None, "hedges": [],
        "amount": None, "target": None, "object": None, "condition": None, "exception": None, "limit_from": None,
        "by_reference": [], "inherited": {"bearer": unit.key}, "at": unit.provision.eid,
        "span": [units.span.start, units.span.end], "rules": [],
    }
