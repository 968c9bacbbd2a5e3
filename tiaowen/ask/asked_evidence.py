"""The spans that fill the asked slots of an answer, cut from the duty that answers or from its neighbours."""

from collections.abc import Sequence

from tiaowen.ask.covering import frame_cover
from tiaowen.ask.duty_json import Wanted, frame_value
from tiaowen.ask.quote import deepest
from tiaowen.ask.view import Unit
from tiaowen.model import DutyFrame, Evidence, Slot

CLOSE = 0.6
ASKED = {"limit": ("time_limit",), "moment": ("time_limit",), "frequency": ("frequency", "time_limit"), "recipient": ("recipients",),
         "units": ("bearer",), "fine": ("amount",), "ratio": ("figures",), "may": ("modality_word",), "penalty": ("target", "amount")}
"""The slots of a duty that answer an asked slot, the first that is filled."""


def slot_evidence(unit: Unit, frame: DutyFrame, wanted: Wanted) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each asked slot that the unit fills, the answering duty first, each span once."""
    start, end = frame.start, frame.end
    least = CLOSE * frame_cover(frame, wanted.concepts, wanted.weights)
    near = [f for f in unit.frames if f.id == frame.id or 0 < least <= frame_cover(f, wanted.concepts, wanted.weights)]
    order = sorted(near, key=lambda f: (f.id != frame.id, -frame_value(f, start, end, wanted), f.start))
    out: list[Evidence] = []
    for slot in wanted.slots:
        out += next((found for f in order if (found := _filled(unit, f, ASKED.get(slot, ())))), [])
    return tuple(dict.fromkeys(out))


def _filled(unit: Unit, frame: DutyFrame, names: Sequence[str]) -> list[Evidence]:
    for name in names:
        value: Slot | tuple[Slot, ...] | None = getattr(frame, name)
        slots = value if isinstance(value, tuple) else (value,) if value else ()
        if slots:
            return [Evidence(name, s.text, (s.start, s.end), _at(unit, frame, name, s)) for s in slots]
    return []


def _at(unit: Unit, frame: DutyFrame, name: str, slot: Slot) -> str:
    """Where a slot stands: in the unit, or at the place from which it is inherited."""
    if name in frame.inherited:
        return frame.inherited[name].split("#", 1)[1]
    return deepest(unit, slot.start, slot.end)
