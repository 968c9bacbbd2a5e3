"""How often a word was used in written questions: familiar.txt, made by training.fit from training/pairs."""

from functools import cache
from importlib import resources


@cache
def counts() -> dict[str, tuple[int, int]]:
    """Return for each word the number of questions that have an answer, and of those that have none."""
    text = (resources.files("tiaowen.rules") / "familiar.txt").read_text(encoding="utf-8")
    split = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {word: (int(with_), int(without)) for word, with_, without in split}


def familiar(word: str) -> tuple[int, int]:
    """Return in how many written questions that have an answer, and that have none, a word was used."""
    return counts().get(word, (0, 0))
