"""The value that every reader returns."""

from dataclasses import dataclass

from tiaowen.model import Issue


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: its text, where its pages begin in it (none where it has no pages), what was odd."""

    text: str
    pages: tuple[int, ...] = ()
    issues: tuple[Issue, ...] = ()
