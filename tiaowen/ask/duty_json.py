"""Duty frames under the keys of the contract, and the frame that answers best."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tiaowen.ask.covering import frame_cover
from tiaowen.ask.query import Concept
from tiaowen.ask.view import Unit
from tiaowen.duty.patterns import table_rows
from tiaowen.model import DutyFrame, Slot, Span
from tiaowen.rules import table

_TELLING = ("recipients", "time_limit", "frequency", "amount", "figures")
_WANTED = {"limit": "time_limit", "moment": "time_limit", "frequency": "frequency", "recipient": "recipients", "fine": "amount",
           "ratio": "figures"}
_SETTLES = ("不得", "可以")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants of a duty: the asked slots, its concepts with their weights, and whether it is about harm."""

    slots: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    harm: bool = False


def best_frame(unit: Unit, start: int, end: int, wanted: Wanted) -> DutyFrame | None:
    """Return the frame that answers the question, None where the unit has none: the one whose own words cover it best.

    An asked slot that is filled counts, then the place of the quote; a question about harm wants the report outwards.
    """
    return max(unit.frames, key=lambda f: (round(frame_value(f, start, end, wanted), 6), -f.start), default=None)


def frame_value(frame: DutyFrame, start: int, end: int, wanted: Wanted) -> float:
    """Return how well a frame answers; the weights stand in `[frame]` of the table of weights."""
    weights: Mapping[str, float] = table("weights")["frame"]
    names = [_WANTED[s] for s in wanted.slots if s in _WANTED]
    outside = [s for s in frame.recipients if not table_rows("duty_relations", "inward")[0].pattern.search(s.text)]
    outward = (1.0 if frame.recipient_bodies else weights["vague"]) if outside else 0.0
    values = {
        "cover": frame_cover(frame, wanted.concepts, wanted.weights),
        "filled": sum(1 for name in names if getattr(frame, name)) / len(names) if names else 0.0,
        "inside": 1.0 if start < frame.action.end and frame.action.start < end else 0.0,
        "may": 1.0 if "may" in wanted.slots and not wanted.harm and frame.modality in _SETTLES else 0.0,
        "outward": outward if "recipient" in wanted.slots else 0.0,
        "rescue": outward if wanted.harm else 0.0,
        "must": 1.0 if wanted.harm and frame.modality == "应当" else 0.0,
        "urgent": 1.0 if wanted.harm and frame.time_limit else 0.0,
        "tells": sum(1 for name in _TELLING if getattr(frame, name)) / len(_TELLING),
    }
    return sum(weights[name] * value for name, value in values.items())


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
