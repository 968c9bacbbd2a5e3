"""What of a question a duty frame speaks of: the words of its own slots, not of the sentence around it."""

from collections.abc import Mapping, Sequence

from tiaowen.ask.query import Concept
from tiaowen.ask.search import coverage
from tiaowen.index.tokens import fold
from tiaowen.model import DutyFrame

_LONG_BEARER = 40


def frame_words(frame: DutyFrame) -> str:
    """Return the folded words of a frame: case, act, object and recipients, and a bearer that is not a whole unit list."""
    slots = [frame.trigger, frame.condition, frame.target, frame.mediated_by, frame.action, frame.object, *frame.recipients]
    if frame.bearer and "bearer" not in frame.inherited and len(frame.bearer.text) <= _LONG_BEARER:
        slots.insert(0, frame.bearer)
    return fold(" ".join(slot.text for slot in slots if slot))


def frame_cover(frame: DutyFrame, concepts: Sequence[Concept], weights: Mapping[str, float]) -> float:
    """Return the weighted share of a question's concepts that a frame speaks of, 0 to 1."""
    return coverage(frame_words(frame), concepts, weights)
